"""Tables made from the log, in the same transaction. Any may be dropped and rebuilt (`rebuild`).

Each file registers a function for the facts it cares about; it gets the state before and after.
"""

from collections.abc import Callable

from sqlite_utils import Database

from meetingroom.meeting.kernel import Event
from meetingroom.meeting.state import MeetingState

Keeper = Callable[[Database, str, MeetingState, MeetingState, Event], None]
_keepers: list[Keeper] = []
_tables: list[str] = []


def projection(*tables: str):
    """Registers a keeper of these tables; each has a column `meeting` or, for meetings themselves, `id`."""

    def register(keeper: Keeper) -> Keeper:
        _keepers.append(keeper)
        _tables.extend(tables)
        return keeper

    return register


def keep(db: Database, meeting: str, before: MeetingState, after: MeetingState, fact: Event) -> None:
    """Bring every table along with one fact. Inside the transaction that appends it."""
    for keeper in _keepers:
        keeper(db, meeting, before, after, fact)


def rebuild(db: Database) -> None:
    """Empty the tables and make them again from the log. Inside a write transaction."""
    from meetingroom import log

    for table in _tables:
        db.conn.execute(f"delete from {table}")  # noqa: S608
    for (meeting,) in db.conn.execute("select distinct meeting from events order by meeting").fetchall():
        state = MeetingState(id=meeting)
        for fact in log.read(db, meeting):
            before, state = state, log.step(state, fact)
            keep(db, meeting, before, state, fact.event)


from meetingroom.projections import meetings  # noqa: E402, F401
