"""What is written on the pages, as the state of a meeting keeps it: encoded, never as points."""

from dataclasses import dataclass, field, replace
from typing import Any

AT_ONCE = 32  # operations the screens are told …
AT_ONCE_LETTERS = 24_000  # … and how much of them: whoever lacks more fetches the page's strokes in one piece


@dataclass(frozen=True)
class Stroke:
    """A stroke as it came (`ink.py` says what its fields mean), who drew it and when (ms)."""

    t: str
    c: str
    w: int
    d: str
    by: str = ""
    at: int = 0


@dataclass(frozen=True)
class Operation:
    """A change of a page's strokes as the screens apply it: {draw, by, at}, {erase} or {clear}."""

    rev: int
    seq: int  # of the fact
    body: dict[str, Any]
    letters: int


@dataclass(frozen=True)
class InkedPage:
    """The strokes of a page in the order they are drawn, `rev` changes after it was blank, the newest of those, and
    what was cleared last."""

    rev: int = 0
    strokes: dict[str, Stroke] = field(default_factory=dict)
    letters: int = 0  # of all strokes
    newest: tuple[Operation, ...] = ()
    cleared: dict[str, Stroke] = field(default_factory=dict)
    cleared_at: int = 0


@dataclass(frozen=True)
class Ink:
    """The pages that were ever written on, by document and page; `letters` are those of the whole meeting. `revs` says
    the same in the shape that the screens are told: {document: {page: rev}}."""

    pages: dict[str, dict[int, InkedPage]] = field(default_factory=dict)
    revs: dict[str, dict[str, int]] = field(default_factory=dict)
    letters: int = 0
    first: int = 0  # the revision of a page that nothing is known of: above any that a withheld fact may have made

    def page(self, document: str, page: int) -> InkedPage:
        blank = InkedPage(self.first) if self.first else BLANK
        return self.pages.get(document, {}).get(page, blank)


BLANK = InkedPage()


def fetched_anew(ink: Ink) -> Ink:
    """Every page two changes later, which nobody is told: one of them may have lost a fact that is withheld. Every
    screen fetches the strokes once, under a number that none of them has seen."""
    pages = {
        document: {n: replace(page, rev=page.rev + 2, newest=()) for n, page in inked.items()}
        for document, inked in ink.pages.items()
    }
    revs = {document: {str(n): page.rev for n, page in inked.items()} for document, inked in pages.items()}
    return Ink(pages, revs, ink.letters, ink.first + 2)
