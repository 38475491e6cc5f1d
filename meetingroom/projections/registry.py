"""Who keeps which table, told of every fact."""

from collections.abc import Callable

from sqlite_utils import Database

from meetingroom.meeting.kernel import Event
from meetingroom.meeting.state import MeetingState

Keeper = Callable[[Database, str, MeetingState, MeetingState, Event], None]
keepers: list[Keeper] = []
made: list[str] = []


def projection(*tables: str):
    """Registers a keeper of these tables; each has a column `meeting` or, for meetings themselves, `id`."""

    def register(keeper: Keeper) -> Keeper:
        keepers.append(keeper)
        made.extend(tables)
        return keeper

    return register


def keep(db: Database, meeting: str, before: MeetingState, after: MeetingState, fact: Event) -> None:
    """Bring every table along with one fact. Inside the transaction that appends it."""
    for keeper in keepers:
        keeper(db, meeting, before, after, fact)
