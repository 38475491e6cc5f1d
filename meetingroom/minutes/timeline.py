"""The timeline for those who lead a meeting: what happened, a line each, in the words of the narrator. Pure."""

from dataclasses import dataclass

from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes import (  # they register every kind of fact
    narrative_exhibits,  # noqa: F401
    narrative_ink,  # noqa: F401
    narrative_media,  # noqa: F401
    narrative_pairs,  # noqa: F401
    narrative_people,  # noqa: F401
    narrative_recall,  # noqa: F401
    narrative_record,  # noqa: F401
    narrative_report,  # noqa: F401
    narrative_versions,  # noqa: F401
)
from meetingroom.minutes.narrator import RENAMING, TIMELINE, Caption, Line
from meetingroom.printing.wording import words

BLOCK = 300  # facts: the timeline tells the last one or two blocks of them
LINES = 120


@dataclass(frozen=True)
class Happening:
    """A finished line. `seq` and `at` are its first fact's and stay; a later fact may change its `text`. What one looks
    for it by: its `kind` (roll, agenda, pages, floor, ballots, record, other), its `item`, its `people`."""

    seq: int
    at: int
    icon: str
    text: str
    strong: bool = False
    kind: str = "other"
    item: str = ""
    people: tuple[str, ...] = ()


# By the module of its event.
KINDS = {
    **dict.fromkeys(("roll", "people"), "roll"),
    **dict.fromkeys(("agenda", "lifecycle"), "agenda"),
    **dict.fromkeys(("stage", "pairs", "papers", "ink", "versions", "recall"), "pages"),
    "floor": "floor",
    **dict.fromkeys(("ballots", "ballot_count", "ballot_drafts", "ballot_edit", "ballot_results"), "ballots"),
    **dict.fromkeys(("record", "conclusions", "approval", "reopening"), "record"),
}


def first_fact(seq: int) -> int:
    """After which fact the timeline begins in a meeting of `seq` facts: the same for the whole of a block, so that
    lines keep their numbers while it grows."""
    return max(0, (seq // BLOCK - 1) * BLOCK)


def needs_all_lines(facts: list[Recorded], after: int, seq: int) -> bool:
    """Whether a reader of the lines up to fact `after` needs them all: some have gone, or are called otherwise."""
    if not 0 <= after <= seq or first_fact(after) != first_fact(seq):
        return True
    return any(fact.seq > after and type(fact.event) in RENAMING for fact in facts)


def happenings(
    facts: list[Recorded], state: MeetingState, language: str, after: int = 0, limit: int | None = LINES
) -> list[Happening]:
    """The lines of these facts that a fact later than `after` began or changed, in order; the last `limit` of them.

    People, items and papers have the names they have in `state`.
    """
    changed = [line for line in gathered(facts) if line[-1].seq > after]
    return [narrate(line, state, language) for line in (changed if limit is None else changed[-limit:])]


def gathered(facts: list[Recorded]) -> list[list[Recorded]]:
    """The facts of every line: turned pages of one paper, a row of arrivals, a speech with its end are one line."""
    lines: list[list[Recorded]] = []
    for fact in facts:
        entry = TIMELINE[type(fact.event)]
        if isinstance(entry, str):
            continue
        line = entry.joins(lines, fact) if entry.joins else None
        if line is None:
            lines.append([fact])
        else:
            line.append(fact)
    return lines


def narrate(facts: list[Recorded], state: MeetingState, language: str) -> Happening:
    first, entry = facts[0], TIMELINE[type(facts[0].event)]
    assert isinstance(entry, Caption)
    text = entry.words(first.event, Line(facts, state, language), words(language))
    kind = KINDS.get(type(first.event).__module__.rpartition(".")[2], "other")
    # Who voted is nobody's to look for.
    people = () if kind == "ballots" else tuple(dict.fromkeys(key for fact in facts for key in people_of(fact, state)))
    return Happening(first.seq, first.at, entry.icon, text, entry.strong, kind, item_of(first, state), people)


def people_of(fact: Recorded, state: MeetingState) -> list[str]:
    """Whom a fact is about, or else who did it."""
    about = [getattr(fact.event, "person", ""), *getattr(fact.event, "people", ())]
    return [key for key in about if key in state.roll.people] or [key for key in (fact.by,) if key in state.roll.people]


def item_of(fact: Recorded, state: MeetingState) -> str:
    """The item a fact names, or else the one that was under way."""
    named = getattr(fact.event, "item", "")
    if named in state.agenda.items:
        return named
    for key, item in state.agenda.items.items():
        if item.started_at and item.started_at <= fact.at and (not item.finished_at or fact.at < item.finished_at):
            return key
    return ""
