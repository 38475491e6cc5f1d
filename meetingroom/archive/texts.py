"""What people have typed into a meeting, entry by entry of its log: there one looks for what must be withheld.

A text that the staff may not read elsewhere is not read here either: of what was meant for one person there is only the
entry's number, of a secret ballot only what is published of it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from meetingroom.archive import facts, store
from meetingroom.meeting import wire
from meetingroom.meeting.archiving import FactWithheld
from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.state import MeetingState
from meetingroom.spelling import compose

SHOWN = 400  # letters of a text


@dataclass(frozen=True)
class Entry:
    """An entry of the log with words in it; `text` is "" where it is withheld or `private`."""

    seq: int
    at: int
    by: str
    text: str
    withheld: bool = False
    private: bool = False


def entries(rows: Iterable[tuple[Recorded, str]], state: MeetingState) -> Iterator[Entry]:
    """Of facts, each with the JSON of its row."""
    for fact, data in rows:
        shown = facts.hide_votes(fact.event, state)
        if isinstance(fact.event, FactWithheld):
            yield Entry(fact.seq, fact.at, fact.by, "", withheld=True)
        elif facts.is_private(fact.event, state):
            yield Entry(fact.seq, fact.at, fact.by, "", private=True)
        elif text := " · ".join(words_in(json.loads(data) if shown == fact.event else wire.data_of(shown))):
            yield Entry(fact.seq, fact.at, fact.by, text)


def search(rows: Iterable[tuple[Recorded, str]], state: MeetingState, wanted: str) -> tuple[list[Entry], list[Entry]]:
    """(every entry, those that hold what is looked for, the latest first)."""
    every = list(entries(rows, state))
    plain = store.fold(wanted)
    return every, [each for each in reversed(every) if not plain or plain in store.fold(each.text)]


def words_in(value) -> Iterator[str]:
    """Texts, not ids and choices: what has a space in it."""
    if isinstance(value, str):
        if " " in value.strip():
            yield value.strip()
    elif isinstance(value, dict):
        for each in value.values():
            yield from words_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from words_in(each)


def excerpt(text: str, wanted: str) -> str:
    """The part of a text around what is looked for."""
    text = compose(" ".join(text.split()))
    place = store.fold(text).find(store.fold(wanted)) if wanted else 0
    start = max(0, place - SHOWN // 4)
    return ("…" if start else "") + text[start : start + SHOWN] + ("…" if len(text) > start + SHOWN else "")
