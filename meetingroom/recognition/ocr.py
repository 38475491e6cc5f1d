"""What tesseract found on a page: its words, and how sure they are. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from meetingroom.spelling import compose

FEW_WORDS = 8  # a page with fewer is worth recognising
UNSURE = 30  # of 100: what has no letter and is less sure than this is dirt
HARD = 60  # a page below is hard to recognise
AGAIN = 70  # below, the page is tried as it came, too: the angle may have been wrong
WORD = "5"  # the level of words in tesseract's table
LARGEST = 20_000  # words of one page
LONGEST = 200  # letters of one word


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
