"""Who keeps which table, told of every fact."""

from collections.abc import Callable, Iterable

from sqlite_utils import Database

from meetingroom.meeting.kernel import Event
from meetingroom.meeting.state import MeetingState

Keeper = Callable[[Database, str, MeetingState, MeetingState, Event], None]
made: list[str] = []

# Each with the parts of the state it reads, and the facts it looks at whatever they change.
keepers: list[tuple[Keeper, frozenset[str], frozenset[type[Event]]]] = []


def projection(*tables: str, reads: Iterable[str] = (), facts: Iterable[type[Event]] = ()):
    """Registers a keeper of these tables; each has a column `meeting` or, for meetings themselves, `id`. It is told of
    `facts`, and of all after which one of the parts of the state it `reads` is another: a page turn concerns none."""

    def register(keeper: Keeper) -> Keeper:
        keepers.append((keeper, frozenset(reads), frozenset(facts)))
        made.extend(tables)
        return keeper

    return register


def keep(db: Database, meeting: str, before: MeetingState, after: MeetingState, fact: Event) -> None:
    """Bring every table along with one fact. Inside the transaction that appends it."""
    was, kind = vars(before), type(fact)
    changed = {part for part, now in vars(after).items() if was[part] is not now}
    for keeper, reads, facts in keepers:
        if not changed.isdisjoint(reads) or kind in facts:
            keeper(db, meeting, before, after, fact)
