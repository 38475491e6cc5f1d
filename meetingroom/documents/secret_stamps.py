"""The stamps of state secrets among the words of a page: those it has itself, and those that were recognised. Pure."""

import re
import statistics
import unicodedata
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol

from meetingroom.spelling import compose, decompose

TOP = 1 / 3  # of the page: there such a stamp stands
LARGER = 1.3  # than the words of the page: a stamp
APART = 1.5  # heights of the word: what is further away in the line is not the same text
SAME_LINE = 0.5  # of the height of a word


class Placed(Protocol):
    """A word on its page; `line` is the same for words that stand in one line."""

    @property
    def text(self) -> str: ...

    @property
    def box(self) -> tuple[float, float, float, float]: ...

    @property
    def line(self) -> Hashable: ...


@dataclass(frozen=True)
class Printed:
    """A word that the page has itself, in points."""

    text: str
    box: tuple[float, float, float, float]
    line: int


def find_stamp(words: Sequence[Placed], height: float, red_of: Sequence[Placed] | None = None) -> str:
    """ "MẬT", "TỐI MẬT", "TUYỆT MẬT", or "": alone in its place, in capitals, large, in the top third of the page.

    `height` of the page. With `red_of`, the words of the page, `words` are those printed in red: their marks may be
    lost in the frame around them, and hardly anything else is red and large there.
    """
    usual = usual_height(words if red_of is None else red_of)
    found = ""
    for run in runs_of(words):
        if is_at_top(run, height) and highest(run) >= LARGER * usual:
            found = max(found, stamp_in(said(run), red=red_of is not None), key=len)
    return found


def find_printed(record: dict) -> str:
    """The same among the words that a page has itself (`record`: its words, width and height).

    Of these the letters are sure: one that is typed as small as the text around it counts as well, where it stands
    there once. (Several of them are a table of such papers, or the rules about them.)
    """
    width, height = record.get("width") or 0, record.get("height") or 0
    words = in_lines(record.get("words", []), width, height)
    if large := find_stamp(words, height):
        return large
    small = [stamp for run in runs_of(words) if is_at_top(run, height) and (stamp := stamp_in(said(run)))]
    return small[0] if len(small) == 1 else ""


def in_lines(words: list[dict], width: float, height: float) -> list[Printed]:
    """Words as their file has them, in lines from the top, each from the left."""
    placed = []
    for word in words:
        x, y, wide, high = word["box"]
        placed.append(Printed(word["text"], (x * width, y * height, wide * width, high * height), 0))
    lines: list[list[Printed]] = []
    for each in sorted(placed, key=middle):
        if lines and abs(middle(lines[-1][0]) - middle(each)) <= SAME_LINE * each.box[3]:
            lines[-1].append(each)
        else:
            lines.append([each])
    return [
        Printed(word.text, word.box, number)
        for number, line in enumerate(lines)
        for word in sorted(line, key=lambda word: word.box[0])
    ]


def middle(word: Placed) -> float:
    return word.box[1] + word.box[3] / 2


def usual_height(words: Sequence[Placed]) -> float:
    return statistics.median(word.box[3] for word in words) if words else 0


def is_at_top(run: Sequence[Placed], height: float) -> bool:
    return min(word.box[1] for word in run) + highest(run) / 2 <= height * TOP


def highest(run: Sequence[Placed]) -> float:
    return max(word.box[3] for word in run)


def said(run: Sequence[Placed]) -> str:
    return " ".join(word.text for word in run)


def runs_of(words: Sequence[Placed]) -> list[list[Placed]]:
    """Words that stand next to each other in a line."""
    runs: list[list[Placed]] = []
    for word in words:
        last = runs[-1][-1] if runs else None
        if last and last.line == word.line and word.box[0] - (last.box[0] + last.box[2]) <= APART * word.box[3]:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def stamp_in(text: str, *, red: bool = False) -> str:
    """The whole text is a stamp, its letters spaced or not; tone marks may have been misread where two words leave no
    doubt."""
    said = re.sub(r"[\W_\d]+", "", compose(text))
    if said != said.upper():
        return ""
    if said in ("MẬT", "MẠT") or (red and bare(said) == "MAT"):
        return "MẬT"
    return {"TOIMAT": "TỐI MẬT", "TUYETMAT": "TUYỆT MẬT"}.get(bare(said), "")


def bare(text: str) -> str:
    """Without any marks."""
    return "".join(each for each in decompose(text) if unicodedata.category(each) != "Mn")
