"""Which work the meetings have given out."""

import datetime
import json

from sqlite_utils import Database

from meetingroom import clock
from meetingroom.meeting.conclusions import DirectiveIssued
from meetingroom.meeting.kernel import Event
from meetingroom.meeting.state import MeetingState
from meetingroom.projections.registry import projection

FRIDAY = 4


@projection("tasks", facts=(DirectiveIssued,))
def tasks(db: Database, meeting: str, before: MeetingState, after: MeetingState, fact: Event) -> None:
    """One row a directive; given out again, it reads otherwise and keeps its first day."""
    if not isinstance(fact, DirectiveIssued):
        return
    db.conn.execute(
        "insert into tasks (id, meeting, conclusion, text, lead, lead_unit, units, cooperating, person, due, due_as,"
        " deliverable, item, issued_at, issued_by, times) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
        " on conflict (id) do update set text = excluded.text, lead = excluded.lead, lead_unit = excluded.lead_unit,"
        " units = excluded.units, cooperating = excluded.cooperating, person = excluded.person, due = excluded.due,"
        " due_as = excluded.due_as, deliverable = excluded.deliverable, item = excluded.item, times = times + 1",
        (
            fact.directive,
            meeting,
            fact.conclusion,
            fact.text,
            fact.lead,
            fact.lead_unit,
            json.dumps(list(fact.units)),
            json.dumps(list(fact.cooperating), ensure_ascii=False),
            fact.person,
            last_day(fact.due, after.at),
            fact.due,
            fact.deliverable,
            fact.item,
            after.at,
            after.by,
        ),
    )


def last_day(due: str, issued: int) -> str:
    """The day a task is due: `week` is the Friday of the week in which it is given out (a Sunday, on a weekend)."""
    if due == "regular":
        return ""
    if due != "week":
        return due
    day = clock.local(issued).date()
    weekday = day.weekday()
    return (day + datetime.timedelta(days=(FRIDAY if weekday <= FRIDAY else 6) - weekday)).isoformat()
