"""What the next meeting of a series begins with, and what a meeting gives to a series or a template."""

import hashlib

from flask import g

from meetingroom import log
from meetingroom.auth import guard
from meetingroom.desk import cloning
from meetingroom.meeting.roles import STAFF
from meetingroom.meeting.state import MeetingState
from meetingroom.tasks import series_store as store
from meetingroom.tasks.store import roles_of
from meetingroom.web.context import context
from meetingroom.web.errors import Problem


def gather(series: str, chosen: str = "", template: str = "") -> cloning.Wish:
    """What the next meeting of a series begins with: the agenda of `template`, of the meeting `chosen`, of the series'
    template or of its last meeting; people and places of that meeting; what waits."""
    with context().pool.lend() as db:
        row = store.find_series(db, series)
        if row is None:
            raise Problem("no_such_series", 404)
        usual = store.find_template(db, template or row["template"]) if template or not chosen else None
        backlog = store.list_backlog(db, series)
        before = store.list_meetings(db, series)
        mine = roles_of(db, g.user.id)
    # The last one that was announced and whose staff I am among: of others, nobody is told anything.
    held = (m["id"] for m in before if m["status"] not in ("draft", "cancelled") and mine.get(m["id"]) in STAFF)
    chosen = chosen or next(held, "")
    source = read_source(chosen) if chosen else None
    items = tuple(usual["items"]) if usual else ()
    return cloning.Wish(row["name"], 0, 0, source, row, items, tuple(backlog))


def read_source(meeting: str) -> MeetingState:
    """A meeting that the reader runs; others are not told that it is there."""
    if not isinstance(meeting, str):
        raise Problem("malformed", 400, fields={"from": "type"})
    guard.require_staff(meeting)
    return log.state(context().pool, meeting)


def cloned_id(request_id: str) -> str:
    return hashlib.sha256(f"{g.user.id}/{request_id}".encode()).hexdigest()[:15]


def items_of(state: MeetingState) -> list[dict]:
    """The agenda as a template keeps it: without what looks back at the meeting before."""
    items = (state.agenda.items[key] for key in state.agenda.order)
    return [
        {"title": item.title, "minutes": item.minutes, "presenters": list(item.presenters)}
        for item in items
        if not item.kind
    ]
