"""Trials that a person is to observe: today's and those ahead, for list members and for those who are invited."""

from flask import g
from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.cases.court import store
from meetingroom.desk.todo import Waiting, source


@source
def trials_to_observe(db, meetings, now):
    if g.user.only or g.user.is_admin:
        return
    today = clock.local(now).date().isoformat()
    for row in store.list_mine(db, g.user.id, today):
        day = next((day for day in row["days"] if day >= today), row["days"][-1])
        said = f"{row['court']}, {day[8:]}/{day[5:7]}/{day[:4]} ({row['code']})"
        href = f"/cases/{row['case']}/court/{row['id']}"
        yield Waiting(_("Trial that you observe"), {"id": "", "title": said}, "gavel", href, _("Open the log"),
                      urgent=today in row["days"])  # fmt: skip
