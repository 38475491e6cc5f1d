"""Where a quotation stands in another text: exactly, or nearly where it is long enough, or nowhere. Never by luck.

The words before and after it decide where a short one occurs twice; of what does not fit nothing is moved.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from meetingroom.spelling import compose

CONTEXT = 40  # letters that a highlight keeps on both sides
NEAR = (0, -1, 1)  # pages around the one that stands for the old one, in the order they are tried
FUZZY_WORDS, ANYWHERE_WORDS = 6, 12
SCORE, CONTEXT_SCORE = 80.0, 70.0  # of 100

EXACT, BY_CONTEXT, NEARLY = "exact", "context", "nearly"


@dataclass(frozen=True)
class Quote:
    """What was marked, and up to 40 letters on both sides."""

    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Anchor:
    """Words `first` to `last` of a page (from 0, both belong to it), how they were found, and how surely (0 to 100)."""

    page: int
    first: int
    last: int
    how: str
    score: float = 100.0


@dataclass(frozen=True)
class Text:
    """The words of a page as one text; `starts` are where each begins."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, words: "list[str] | Text") -> "Text":
        if isinstance(words, Text):
            return words
        starts, at = [], 0
        clean = [tidy(word) for word in words]
        for word in clean:
            starts.append(at)
            at += len(word) + 1
        return cls(" ".join(clean), tuple(starts))

    def words_between(self, start: int, end: int) -> tuple[int, int]:
        inside = [n for n, at in enumerate(self.starts) if at < end and self._end(n) > start]
        return inside[0], inside[-1]

    def _end(self, n: int) -> int:
        return self.starts[n + 1] - 1 if n + 1 < len(self.starts) else len(self.text)


def tidy(text: str) -> str:
    return " ".join(compose(text).split())


def find(quote: Quote, page: int | None, pages: Mapping[int, list[str]] | Mapping[int, Text]) -> Anchor | None:
    """`page` stands for the one where it was (None: none does), `pages` are the words of the text by page, or a text
    of each."""
    wanted = Quote(*(tidy(part) for part in (quote.text, quote.before, quote.after)))
    if not wanted.text:
        return None
    near = [page + step for step in NEAR if page + step in pages] if page is not None else []
    texts = {n: Text.of(pages[n]) for n in near}
    if found := exactly(wanted, near, texts):
        return found
    length = len(wanted.text.split())
    if length < FUZZY_WORDS:
        return None
    found = max((nearly(wanted, n, texts[n], True) for n in near), key=score_of, default=None)
    if found is None and length >= ANYWHERE_WORDS:
        rest = {n: Text.of(words) for n, words in pages.items()}
        found = max((nearly(wanted, n, text, False) for n, text in rest.items()), key=score_of, default=None)
    return found


def score_of(anchor: Anchor | None) -> float:
    return anchor.score if anchor else -1.0


def exactly(quote: Quote, near: list[int], texts: dict[int, Text]) -> Anchor | None:
    """The only place near there; of several, or for a short quotation, the one whose surroundings fit best."""
    places = [(n, start) for n in near for start in occurrences(quote.text, texts[n].text)]
    if not places:
        return None
    length = len(quote.text)
    fits = {(n, start): surroundings(quote, texts[n].text, start, start + length) for n, start in places}
    best = max(places, key=lambda place: fits[place])
    has_context = bool(quote.before or quote.after)
    short = len(quote.text.split()) < FUZZY_WORDS
    if has_context and (short or len(places) > 1) and fits[best] < CONTEXT_SCORE:
        return None
    if len(places) > 1 and (not has_context or sum(fit == fits[best] for fit in fits.values()) > 1):
        # The same words in the same surroundings: only the page that stands for the old one can tell.
        there = [place for place in places if place[0] == near[0] and fits[place] == fits[best]]
        if len(there) != 1:
            return None
        best = there[0]
    n, start = best
    first, last = texts[n].words_between(start, start + length)
    return Anchor(n, first, last, BY_CONTEXT if len(places) > 1 else EXACT)


def occurrences(wanted: str, text: str) -> list[int]:
    """Where it stands as whole words."""
    return [found.start() for found in re.finditer(rf"(?<!\S)(?={re.escape(wanted)}(?!\S))", text)]


def surroundings(quote: Quote, text: str, start: int, end: int) -> float:
    """How well what stands around fits, the better of both sides."""
    from rapidfuzz import fuzz

    sides = []
    if quote.before:
        sides.append(fuzz.ratio(quote.before, text[max(0, start - 1 - len(quote.before)) : start].strip()))
    if quote.after:
        sides.append(fuzz.ratio(quote.after, text[end : end + 1 + len(quote.after)].strip()))
    return max(sides, default=0.0)


def nearly(quote: Quote, page: int, text: Text, with_context: bool) -> Anchor | None:
    from rapidfuzz import fuzz

    if len(text.text) < len(quote.text) / 2:
        return None
    found = fuzz.partial_ratio_alignment(quote.text, text.text, score_cutoff=SCORE)
    if found is None or found.dest_end <= found.dest_start:
        return None
    needs_context = with_context and len(quote.text.split()) < ANYWHERE_WORDS
    if needs_context and surroundings(quote, text.text, found.dest_start, found.dest_end) < CONTEXT_SCORE:
        return None
    first, last = text.words_between(found.dest_start, found.dest_end)
    return Anchor(page, first, last, NEARLY, round(found.score, 1))
