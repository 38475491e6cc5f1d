"""What the chair and the readers have had on the screen: the next copy is compared with it."""

import sqlite3

from meetingroom import clock, log
from meetingroom.database import Busy
from meetingroom.meeting.roles import CHAIR
from meetingroom.minutes import copies, seen_store
from meetingroom.web.context import context


def mark_latest_seen(meeting: str, person: str, role: str) -> None:
    """The chair has the minutes on the screen, and with them the last copy that was made of them."""
    if role not in CHAIR:
        return
    with context().pool.lend() as db:
        known = copies.list_copies(log.read(db, meeting))
    if known:
        mark_seen(meeting, person, known[-1].seq)


def mark_seen(meeting: str, person: str, seq: int) -> None:
    """Not worth an error: the next look will note it."""
    try:
        with context().pool.lend() as db:
            if seq in seen_store.list_seen(db, meeting, person):
                return
        with context().pool.writing() as db:
            seen_store.mark_seen(db, meeting, person, seq, clock.now())
    except (Busy, sqlite3.OperationalError):
        return
