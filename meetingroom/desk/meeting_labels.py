"""The words of the desk pages for what the log calls by a code: states, kinds and roles. Filters of the templates."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

STATUS = {
    "draft": lazy_gettext("Draft"),
    "published": lazy_gettext("Published"),
    "live": lazy_gettext("In session"),
    "adjourned": lazy_gettext("Adjourned"),
    "closed": lazy_gettext("Closed"),
    "archived": lazy_gettext("Archived"),
    "cancelled": lazy_gettext("Cancelled"),
}

KINDS = {
    "meeting": lazy_gettext("Meeting"),
    "conference": lazy_gettext("Conference"),
    "review_conf": lazy_gettext("Review conference"),
    "briefing": lazy_gettext("Regular briefing"),
    "adhoc": lazy_gettext("Extraordinary meeting"),
    "training": lazy_gettext("Training conference"),
    "case_report": lazy_gettext("Case report session"),
    "ubks": lazy_gettext("Procuratorial Committee meeting"),
    "interagency": lazy_gettext("Inter-agency meeting"),
    "online_trial": lazy_gettext("Online trial, lessons learnt"),
}

# In the order in which people are listed.
ROLES = {
    "chair": lazy_gettext("Chair"),
    "cochair": lazy_gettext("Co-chair"),
    "secretary": lazy_gettext("Secretary"),
    "organiser": lazy_gettext("Organiser"),
    "delegate": lazy_gettext("Delegate"),
    "guest": lazy_gettext("Guest"),
    "technician": lazy_gettext("Site technician"),
}


def title(meeting: dict) -> str:
    """The meeting's title; a meeting on state secrets has none here."""
    return meeting.get("title") or _("Meeting without a title")


def status(code: str) -> str:
    return str(STATUS.get(code, code))


def kind(code: str) -> str:
    return str(KINDS.get(code, code))


def role(code: str) -> str:
    return str(ROLES.get(code, code))


FILTERS = {"meeting_title": title, "status_word": status, "kind_word": kind, "role_word": role}
