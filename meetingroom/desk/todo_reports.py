"""What waits for the head of a unit about a case report: the first word, before the session."""

from flask import g, url_for
from flask_babel import gettext as _

from meetingroom import log
from meetingroom.desk.todo import Waiting, source
from meetingroom.meeting.case_report import KIND
from meetingroom.web.context import context

SOON = 3 * 86_400_000


@source
def first_opinion(db, meetings, now):
    """Until it is given, the session opens, or it is decided."""
    for meeting in meetings:
        if meeting["kind"] != KIND or meeting["status"] not in ("draft", "published"):
            continue
        report = log.state(context().pool, meeting["id"]).report
        registered = report.registered
        if registered and registered.head == g.user.id and g.user.id not in report.opinions and not report.direction:
            text = _(
                "A case report asks for your unit’s opinion first: %(question)s", question=registered.question[:200]
            )
            href = url_for("reports.first_opinion", meeting=meeting["id"])
            urgent = meeting["starts_at"] - now < SOON
            yield Waiting(text, meeting, "gavel", href, _("Give the opinion"), urgent)
