"""What tesseract found on a page: its words, how sure they are, and the stamps of state secrets among them. Pure."""

import re
import statistics
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from meetingroom.meeting.spelling import compose

FEW_WORDS = 8  # a page with fewer is worth recognising
UNSURE = 30  # of 100: what has no letter and is less sure than this is dirt
HARD = 60  # a page below is hard to recognise
AGAIN = 70  # below, the page is tried as it came, too: the angle may have been wrong
WORD = "5"  # the level of words in tesseract's table
LARGEST = 20_000  # words of one page
LONGEST = 200  # letters of one word

TOP = 1 / 3
LARGER = 1.3  # than the words of the page: a stamp
APART = 1.5  # heights of the word: what is further away in the line is not the same text


@dataclass(frozen=True)
class Found:
    """A word on the straightened page, in pixels. `line` tells which words stand in one line."""

    text: str
    conf: int
    box: tuple[float, float, float, float]
    line: tuple[int, ...]


def read_table(table: str) -> list[Found]:
    """Tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, conf, text."""
    found = []
    for row in table.splitlines():
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != WORD:
            continue
        text = compose(cells[11].strip())[:LONGEST]
        try:
            conf = max(0, min(100, round(float(cells[10]))))
            line = tuple(map(int, cells[2:5]))
            x, y, width, height = map(float, cells[6:10])
        except (ValueError, OverflowError):
            continue
        if text and not is_dirt(text, conf):
            found.append(Found(text, conf, (x, y, width, height), line))
    return found[:LARGEST]


def is_dirt(text: str, conf: int) -> bool:
    return conf < UNSURE and not any(letter.isalpha() for letter in text)


def sureness(words: Sequence[Found]) -> int:
    """0 to 99 of a page: each letter counts; 0 where nothing was found. (100 is what needed no recognition.)"""
    letters = sum(len(word.text) for word in words)
    return min(99, round(sum(word.conf * len(word.text) for word in words) / letters)) if letters else 0


def search_text(words: Sequence[Found]) -> str:
    """What is searched: as found, and once more joined where the line ended in a hyphen."""
    said = []
    for word, following in zip_longest(words, words[1:]):
        said.append(word.text)
        ends = following is not None and word.line[:2] == following.line[:2] and word.line != following.line
        if ends and following and word.text[:-1] and word.text.endswith("-") and following.text[:1].islower():
            said.append(word.text[:-1] + following.text)
    return " ".join(said)


def find_stamp(words: Sequence[Found], height: float, red_of: Sequence[Found] | None = None) -> str:
    """ "MẬT", "TỐI MẬT", "TUYỆT MẬT", or "": alone in its place, in capitals, large, in the top third of the page.

    `height` of the page. With `red_of`, the words of the page, `words` are those printed in red: their marks may be
    lost in the frame around them, and hardly anything else is red and large there.
    """
    usual = usual_height(words if red_of is None else red_of)
    found = ""
    for run in runs_of(words):
        top, high = min(word.box[1] for word in run), max(word.box[3] for word in run)
        if top + high / 2 > height * TOP or high < LARGER * usual:
            continue
        found = max(found, stamp_in(" ".join(word.text for word in run), red=red_of is not None), key=len)
    return found


def usual_height(words: Sequence[Found]) -> float:
    return statistics.median(word.box[3] for word in words) if words else 0


def runs_of(words: Sequence[Found]) -> list[list[Found]]:
    """Words that stand next to each other in a line."""
    runs: list[list[Found]] = []
    for word in words:
        last = runs[-1][-1] if runs else None
        if last and last.line == word.line and word.box[0] - (last.box[0] + last.box[2]) <= APART * word.box[3]:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def stamp_in(text: str, *, red: bool = False) -> str:
    """The whole text is a stamp; tone marks may have been misread where two words leave no doubt."""
    said = " ".join(re.sub(r"[\W_\d]+", " ", text).split())
    if said != said.upper():
        return ""
    if said in ("MẬT", "MẠT") or (red and bare(said) == "MAT"):
        return "MẬT"
    return {"TOI MAT": "TỐI MẬT", "TUYET MAT": "TUYỆT MẬT"}.get(bare(said), "")


def bare(text: str) -> str:
    """Without any marks."""
    return "".join(each for each in unicodedata.normalize("NFD", text) if unicodedata.category(each) != "Mn")
