"""Finding words on the pages of a paper, whatever their marks; those with the same marks come first. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from meetingroom.meeting import names

LONGEST = 300  # letters of what is looked for
MOST = 500  # places
WIDEST_GAP = 0.05  # of the page's width, between two words that are framed as one


@dataclass(frozen=True)
class Broken:
    """A word that goes on in the next line: how it is printed, with its hyphen, and all its boxes."""

    exact: str
    folded: str
    boxes: list[list[float]]


@dataclass(frozen=True)
class PageText:
    """The words of a page, joined by single spaces; the n-th word has the n-th four of `boxes`, in `fineness`."""

    number: int
    exact: str
    folded: str
    boxes: Sequence[int]
    broken: dict[int, Broken]
    fineness: int = 10_000


@dataclass(frozen=True)
class Place:
    """Words `first` to `last` of a page, a box for each line they stand on, in fractions of the page."""

    page: int
    first: int
    last: int
    exact: bool
    boxes: list[list[float]]


@lru_cache(maxsize=50_000)  # a paper has few different words
def exact_word(word: str) -> str:
    """With its marks, in small letters, as one word: đ also where it was typed as a struck d."""
    return names.lowered(struck(word)).replace(" ", "")


@lru_cache(maxsize=50_000)
def folded_word(word: str) -> str:
    return names.fold(struck(word)).replace(" ", "")


def struck(word: str) -> str:
    return word.replace("d\u0335", "đ").replace("D\u0335", "Đ").replace("\u00ad", "")


def find(query: str, pages: Iterable[PageText]) -> tuple[list[Place], bool]:
    """The places, those with the very marks of the query first, by pages; and whether there are more than MOST."""
    words = names.tidy(query[:LONGEST]).split()
    exact, folded = (" ".join(map(spell, words)) for spell in (exact_word, folded_word))
    if not folded.strip():
        return [], False
    pages = list(pages)
    found: dict[tuple[int, int, int], Place] = {}
    for needle, same in ((exact, True), (folded, False)):
        for page in pages:
            for first, last in spans(needle, page, same):
                key = (page.number, first, last)
                if key in found:
                    continue
                if len(found) == MOST:
                    return list(found.values()), True
                found[key] = Place(*key, same, frames(page, first, last))
    return list(found.values()), False


def spans(needle: str, page: PageText, same: bool) -> Iterator[tuple[int, int]]:
    """(first word, last word) of every place; a word broken at the end of a line is found with its hyphen, too."""
    text = page.exact if same else page.folded
    yield from spans_in(needle, text)
    if page.broken and "-" in needle:
        words = text.split(" ")
        for n, word in page.broken.items():
            words[n] = word.exact if same else word.folded
        yield from spans_in(needle, " ".join(words))


def spans_in(needle: str, text: str) -> Iterator[tuple[int, int]]:
    place = text.find(needle)
    if place < 0:
        return
    first, counted, more = 0, 0, needle.count(" ")
    last_span = (-1, -1)
    while place >= 0:
        first += text.count(" ", counted, place)
        counted = place
        if (span := (first, first + more)) != last_span:
            yield span
        last_span = span
        place = text.find(needle, place + len(needle))


def frames(page: PageText, first: int, last: int) -> list[list[float]]:
    """A box for each line: words side by side are framed as one."""
    lines: list[list[float]] = []
    for n in range(first, last + 1):
        for x, y, width, height in boxes_of(page, n):
            if lines and goes_on(lines[-1], x, y, height):
                left, top, right, bottom = lines[-1]
                lines[-1] = [min(left, x), min(top, y), max(right, x + width), max(bottom, y + height)]
            else:
                lines.append([x, y, x + width, y + height])
    return [[round(part, 5) for part in (left, top, right - left, bottom - top)] for left, top, right, bottom in lines]


def boxes_of(page: PageText, n: int) -> list[list[float]]:
    if n in page.broken:
        return page.broken[n].boxes
    return [[part / page.fineness for part in page.boxes[4 * n : 4 * n + 4]]]


def goes_on(line: list[float], x: float, y: float, height: float) -> bool:
    left, top, right, bottom = line
    shared = min(bottom, y + height) - max(top, y)
    return shared > 0.5 * min(bottom - top, height) and left <= x and x - right <= WIDEST_GAP


def joined(words: Iterable[str]) -> tuple[str, str]:
    """The texts of a page: with marks, and without."""
    listed = list(words)
    return " ".join(map(exact_word, listed)), " ".join(map(folded_word, listed))
