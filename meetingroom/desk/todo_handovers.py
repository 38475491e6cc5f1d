"""What waits for a person about case files: those that somebody hands over to them."""

from flask import g, url_for
from flask_babel import gettext as _

from meetingroom.cases import people_store, words
from meetingroom.desk.todo import Waiting, source


@source
def cases_handed_over(db, meetings, now):
    """For the next prosecutor in charge; until they confirm, nothing has changed."""
    if g.user.only or g.user.is_admin:
        return
    for row in people_store.list_waiting(db, g.user.id):
        text = words.handed_over(row)
        href = url_for("case_pages.handover", case=row["case"], id=row["id"])
        yield Waiting(text, {"id": "", "title": row["code"]}, "file-text", href, _("Look at it"), urgent=True)
