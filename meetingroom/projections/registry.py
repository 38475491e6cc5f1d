"""Who keeps which table, told of every fact."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from sqlite_utils import Database

from meetingroom.meeting.kernel import Event
from meetingroom.meeting.state import MeetingState
from meetingroom.meeting.view import changed_parts

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
        keepers_of.cache_clear()
        return keeper

    return register


def keep(db: Database, meeting: str, before: MeetingState, after: MeetingState, fact: Event) -> None:
    """Bring every table along with one fact. Inside the transaction that appends it."""
    kind: Any = type(fact)
    for keeper in keepers_of(changed_parts(before, after), kind):
        keeper(db, meeting, before, after, fact)


@cache
def keepers_of(parts: frozenset[str], kind: Any) -> tuple[Keeper, ...]:
    """Who is told of a fact of this type after which these parts of the state are others."""
    return tuple(keeper for keeper, reads, facts in keepers if not parts.isdisjoint(reads) or kind in facts)
