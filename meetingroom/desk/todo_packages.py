"""What waits for a person about offline packages of cases: consents, packages to be taken out, packages to be back."""

from flask import g, url_for
from flask_babel import gettext as _

from meetingroom.cases import store
from meetingroom.cases.packages import rules, words
from meetingroom.cases.packages import store as packages
from meetingroom.desk.todo import Waiting, source


@source
def packages_to_decide(db, meetings, now):
    """For the leaders of the case."""
    if g.user.only or g.user.is_admin:
        return
    for row in packages.list_to_decide(db, g.user.id, store.today()):
        text = _("%(name)s asks for an offline package for %(court)s", name=row["holder_name"], court=row["court"])
        href = url_for("case_packages_pages.page", case=row["of"])
        yield Waiting(text, {"id": "", "title": row["code"]}, "archive", href, _("Decide"), urgent=True)


@source
def packages_out(db, meetings, now):
    """Overdue in red for who holds it and who consented; for who holds it the day before as well."""
    if g.user.only or g.user.is_admin:
        return
    today = store.today()
    for row in packages.list_out(db, g.user.id):
        left, mine = rules.days_left(row["due"], today), row["holder"] == g.user.id
        if left > (rules.SOON if mine else -1):
            continue
        serial, when = rules.serial(row), words.days(left)
        said = _("Offline package %(serial)s to be given back: %(when)s", serial=serial, when=when)
        if not mine:
            said = _("Offline package %(serial)s with %(name)s: %(when)s", serial=serial, name=row["holder_name"],
                     when=when)  # fmt: skip
        seen = bool(row["of"]) and store.role_in_case(db, row["of"], g.user.id) in ("owner", "leader")
        href = url_for("case_packages_pages.page", case=row["of"]) if seen else url_for("case_packages_pages.held")
        about = {"id": "", "title": row["code"] if seen else _("Offline packages")}
        yield Waiting(said, about, "archive", href, _("Give it back") if mine else _("See it"), left < 0, left < 0)
