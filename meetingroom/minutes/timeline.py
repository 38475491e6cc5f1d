"""The timeline for those who lead a meeting: what happened, a line each, in the words of the narrator. Pure."""

from dataclasses import dataclass

from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes import narrative, narrative_people, narrative_record  # noqa: F401 (they register every kind of fact)
from meetingroom.minutes.narrator import RENAMING, TIMELINE, Line, Telling
from meetingroom.printing.wording import words

BLOCK = 300  # facts: the timeline tells the last one or two blocks of them
LINES = 120


@dataclass(frozen=True)
class Happening:
    """A finished line. `seq` and `at` are its first fact's and stay; a later fact may change its `text`."""

    seq: int
    at: int
    icon: str
    text: str
    strong: bool = False


def first_fact(seq: int) -> int:
    """After which fact the timeline begins in a meeting of `seq` facts: the same for the whole of a block, so that
    lines keep their numbers while it grows."""
    return max(0, (seq // BLOCK - 1) * BLOCK)


def is_told_anew(facts: list[Recorded], after: int, seq: int) -> bool:
    """Whether a reader of the lines up to fact `after` needs them all: some have gone, or are called otherwise."""
    if not 0 <= after <= seq or first_fact(after) != first_fact(seq):
        return True
    return any(fact.seq > after and type(fact.event) in RENAMING for fact in facts)


def happenings(facts: list[Recorded], state: MeetingState, language: str, after: int = 0) -> list[Happening]:
    """The lines of these facts that a fact later than `after` began or changed, in order; the last LINES of them.

    People, items and papers have the names they have in `state`.
    """
    changed = [line for line in gathered(facts) if line[-1].seq > after]
    return [told(line, state, language) for line in changed[-LINES:]]


def gathered(facts: list[Recorded]) -> list[list[Recorded]]:
    """The facts of every line: turned pages of one paper, a row of arrivals, a speech with its end are one line."""
    lines: list[list[Recorded]] = []
    for fact in facts:
        telling = TIMELINE[type(fact.event)]
        if isinstance(telling, str):
            continue
        line = telling.joins(lines, fact) if telling.joins else None
        if line is None:
            lines.append([fact])
        else:
            line.append(fact)
    return lines


def told(facts: list[Recorded], state: MeetingState, language: str) -> Happening:
    first, telling = facts[0], TIMELINE[type(facts[0].event)]
    assert isinstance(telling, Telling)
    text = telling.words(first.event, Line(facts, state, language), words(language))
    return Happening(first.seq, first.at, telling.icon, text, telling.strong)
