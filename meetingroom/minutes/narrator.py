"""The narrator: every kind of event in words, for the minutes and for the timeline, both declared in one place. Pure.

`narrative.py` and `narrative_people.py` register every kind of event here, with both forms: how it is gathered into the
narrative that the minutes are written from (`sentences.py`), or why the minutes do not tell it; and its line in the
timeline (`timeline.py`), or why it has none. What is not registered is named when the program starts
(`commands/registries.py`).
"""

import typing
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from meetingroom.meeting.kernel import Event, Incomplete, Recorded
from meetingroom.meeting.state import Ballot, MeetingState
from meetingroom.printing.wording import Words

LONG = 300  # letters of what somebody wrote, in one line of the timeline


@dataclass(frozen=True)
class Line:
    """A line of the timeline while its words are found: the facts it stands for, the first one first."""

    facts: list[Recorded]
    state: MeetingState
    language: str

    @property
    def by(self) -> str:
        return self.person(self.facts[0].by)

    def person(self, key: str) -> str:
        known = self.state.roll.people.get(key)
        return known.name if known else key

    def item(self, key: str, _: Words) -> str:
        """`2. Thảo luận`."""
        items = self.state.agenda
        return f"{items.order.index(key) + 1}. {items.items[key].title}" if key in items.items else _("(removed)")

    def paper(self, key: str, _: Words) -> str:
        return self.state.papers[key].title if key in self.state.papers else _("a paper")

    def site(self, key: str) -> str:
        known = self.state.sites.sites.get(key)
        return (known.short or known.name) if known else ""

    def ballot(self, key: str) -> Ballot | None:
        return self.state.ballots.ballots.get(key)

    def question(self, key: str, _: Words) -> str:
        ballot = self.ballot(key)
        return ballot.question if ballot else _("(removed)")


@dataclass(frozen=True)
class Caption:
    """How the timeline tells a kind of event: the name of an icon, and words found from (event, line, words).

    `joins` finds the line among those before (each a list of facts) that a further fact of this kind belongs to, or
    None. `strong`: a turn of the meeting that the eye looks for.
    """

    icon: str
    words: Callable[[Any, Line, Words], str]
    strong: bool = False
    joins: Callable[[list[list[Recorded]], Recorded], list[Recorded] | None] | None = None


@dataclass
class Entry:
    """What facts are gathered into; every kind has its time and its sentence in `sentences.say`. `seq` is the number of
    the first of them."""

    at: int
    seq: int = field(default=0, kw_only=True)


@dataclass
class Said(Entry):
    """One fact that has a sentence of its own; `words` finds it from (event, sentences.Scene, words)."""

    event: Event
    words: Callable[[Any, Any, Words], str]


@singledispatch
def narrate(event: Event, narrative: Any, fact: Recorded) -> None:
    """Adds one fact to the narrative of the minutes. Every kind is registered, also those the minutes do not tell."""
    raise Incomplete([f"event {type(event).__name__}: not registered with the narrator"])


def ignore(event: Event, narrative: Any, fact: Recorded) -> None:
    """What has no sentence of its own; `UNTOLD` says why."""


# Why a kind of event has no sentence of its own in the minutes.
NOT_IN_MINUTES: dict[type[Event], str] = {}
# The timeline's form of every kind of event, or why it has none.
TIMELINE: dict[type[Event], Caption | str] = {}
# After these, what was told before is called otherwise.
RENAMING: set[type[Event]] = set()


def narrates(timeline: Caption | str, minutes: Callable[[Any, Any, Words], str] | None = None, renames: bool = False):
    """Registers both forms of a kind of event, which is the type of the decorated function's argument `event`.

    `timeline` is its line or why it has none. The function gathers it for the minutes (`Narrative`); the sentence is
    `minutes`, found from (event, sentences.Scene, words), or comes of the entries that the function makes.
    """

    def register(gather):
        collect = followed_by(gather, minutes) if minutes else gather
        enter(typing.get_type_hints(gather)["event"], collect, timeline, renames)
        return gather

    return register


def followed_by(gather: Callable, words: Callable[[Any, Any, Words], str]) -> Callable:
    """The function, and after it an entry with the sentence."""

    def collect(event: Event, narrative: Any, fact: Recorded) -> None:
        gather(event, narrative, fact)
        narrative.chapter.entries.append(Said(fact.at, event, words))

    return collect


def timeline_only(kind: type[Event], reason: str, timeline: Caption, renames: bool = False) -> None:
    """Registers a kind that the timeline tells and the minutes do not, and why."""
    NOT_IN_MINUTES[kind] = reason
    enter(kind, ignore, timeline, renames)


def leave_out(reason: str, *kinds: type[Event], renames: bool = False) -> None:
    """Registers kinds that neither the minutes nor the timeline tell, and why."""
    for kind in kinds:
        NOT_IN_MINUTES[kind] = reason
        enter(kind, ignore, reason, renames)


def enter(kind: type[Event], gather: Callable, timeline: Caption | str, renames: bool = False) -> None:
    if kind in TIMELINE:
        raise TypeError(f"{kind.__name__} is registered with the narrator twice")
    narrate.register(kind)(gather)
    TIMELINE[kind] = timeline
    if renames:
        RENAMING.add(kind)


def shortened(text: str) -> str:
    return f"{text[:LONG].rstrip()}…" if len(text) > LONG else text
