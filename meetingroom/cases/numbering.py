"""How the pages of a case file got their numbers (bút lục): runs of pages, expanded to labels. Pure.

Only runs are kept: (document, first to last page, start, rule). The label of a page is computed, so a page is found
again whatever it is called, and two pages may carry the same label: that is a finding, no error.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from meetingroom.cases.citation import ANY, BACK, FRONT, HIGHEST, Sheet, suffix_rank

PAGE, SHEET, ONE, NONE = "page", "sheet", "one", "none"
RULES = (PAGE, SHEET, ONE, NONE)
SIDES = (ANY, FRONT, BACK)
SUFFIX = re.compile(r"[a-z]|bis|ter|[./][1-9][0-9]?")
LABEL = re.compile(r"\s*0*([1-9][0-9]{0,4})\s*([a-z]|bis|ter|[./][1-9][0-9]?)?\s*(\(?mặt sau\)?)?\s*", re.IGNORECASE)


class WrongRun(ValueError):
    """A run that says nothing: of no rule, backwards, of no number. The message is its code."""


@dataclass(frozen=True)
class Run:
    """Pages `first` to `last` of a document carry numbers from `start` on.

    rule: page (one more on each page) · sheet (the back has the number of its front) · one (all pages carry one number)
    · none (a cover, a blank back). `suffix` and `side` are those of the first page; a suffix stays through the run.
    """

    document: str
    first: int
    last: int
    start: int = 0
    rule: str = PAGE
    suffix: str = ""
    side: str = ANY

    @property
    def pages(self) -> int:
        return self.last - self.first + 1

    def at(self, page: int) -> Sheet | None:
        """The label of one of its pages; None: it has no number."""
        if self.rule == NONE:
            return None
        if self.rule == ONE:
            return Sheet(self.start, self.suffix, self.side)
        if self.rule == SHEET:
            n = page - self.first + (1 if self.side == BACK else 0)
            return Sheet(self.start + n // 2, self.suffix, BACK if n % 2 else FRONT)
        return Sheet(self.start + page - self.first, self.suffix, self.side)

    def part(self, first: int, last: int) -> "Run":
        """The same labels on some of its pages."""
        sheet = self.at(first)
        if sheet is None or self.rule == ONE:
            return replace(self, first=first, last=last)
        return replace(self, first=first, last=last, start=sheet.number, side=sheet.side)


@dataclass(frozen=True)
class Label:
    """What one page is called; `run` is the place of its run in the list, pages of one run with one label are one."""

    document: str
    page: int
    number: int
    suffix: str
    side: str
    run: int

    @property
    def sheet(self) -> Sheet:
        return Sheet(self.number, self.suffix, self.side)

    @property
    def sort(self) -> int:
        return sort_key(self.sheet)

    def __str__(self) -> str:
        return str(self.sheet)


def sort_key(sheet: Sheet) -> int:
    """Number, suffix ('' < a < b … < bis < ter), side, in one integer."""
    return (sheet.number * 512 + suffix_rank(sheet.suffix)) * 2 + (sheet.side == BACK)


def bounds(first: Sheet, last: Sheet) -> tuple[int, int]:
    """The keys from the first of a range to its last; a label without a side has both."""
    high = replace(last, side=BACK) if last.side == ANY else last
    return sort_key(replace(first, side=ANY) if first.side != BACK else first), sort_key(high)


def read_label(text: str) -> Sheet | None:
    """ "12a", "45 bis", "12 (mặt sau)" as somebody types it in the strip."""
    found = LABEL.fullmatch(text or "")
    if not found:
        return None
    return Sheet(int(found[1]), (found[2] or "").lower(), BACK if found[3] else ANY)


def check(run: Run) -> Run:
    """Raises WrongRun: unknown_rule | wrong_pages | wrong_number | wrong_suffix."""
    if run.rule not in RULES:
        raise WrongRun("unknown_rule")
    if not 1 <= run.first <= run.last:
        raise WrongRun("wrong_pages")
    if run.side not in SIDES or (run.suffix and not SUFFIX.fullmatch(run.suffix)):
        raise WrongRun("wrong_suffix")
    if run.rule == NONE:
        return replace(run, start=0, suffix="", side=ANY)
    last = run.at(run.last)
    if run.start < 1 or last is None or last.number > HIGHEST:
        raise WrongRun("wrong_number")
    # "12a" on several pages of the rule "page" would be 12a, 13a, 14a: no clerk writes that.
    if run.suffix and run.rule == PAGE and run.pages > 1:
        raise WrongRun("wrong_suffix")
    return run


def expand(runs: Iterable[Run]) -> list[Label]:
    """The label of each page, in the order of the runs; where two cover a page, the later one counts."""
    found: dict[tuple[str, int], Label | None] = {}
    for position, run in enumerate(runs):
        for page in range(run.first, run.last + 1):
            sheet = run.at(page)
            found.pop((run.document, page), None)
            found[run.document, page] = (
                Label(run.document, page, sheet.number, sheet.suffix, sheet.side, position) if sheet else None
            )
    return [label for label in found.values() if label is not None]


def covered(runs: Iterable[Run]) -> set[tuple[str, int]]:
    """The pages of which something is said, be it that they carry no number."""
    return {(run.document, page) for run in runs for page in range(run.first, run.last + 1)}


def put(runs: Sequence[Run], new: Run, *, carry: bool = False) -> list[Run]:
    """The runs with a new one laid over them: what it covers is cut out of the others, which keep their labels.

    `carry`: what is left of a run behind the new one counts on from it, as far as that run went (12, 12a, 13).
    """
    kept: list[Run] = []
    for run in runs:
        if run.document != new.document or run.last < new.first or run.first > new.last:
            kept.append(run)
            continue
        if run.first < new.first:
            kept.append(run.part(run.first, new.first - 1))
        if run.last > new.last:
            rest = run.part(new.last + 1, run.last)
            kept.append(counting_on(rest, new, before=run.at(new.first - 1)) if carry else rest)
    return in_order([*kept, new])


def counting_on(rest: Run, new: Run, *, before: Sheet | None) -> Run:
    """What follows a new run continues its numbers; after one without a number, those before it."""
    if rest.rule in (ONE, NONE):
        return rest
    last = new.at(new.last)
    if last is None:
        return replace(rest, start=before.number + 1) if before and before.number else rest
    return replace(rest, start=last.number + 1, side=FRONT if rest.rule == SHEET else rest.side)


def in_order(runs: Iterable[Run]) -> list[Run]:
    """By document, as they first came, and by page; neighbours that say one thing are one run."""
    runs = list(runs)
    order: dict[str, int] = {}
    for run in runs:
        order.setdefault(run.document, len(order))
    joined: list[Run] = []
    for run in sorted(runs, key=lambda run: (order[run.document], run.first)):
        if joined and follows(joined[-1], run):
            joined[-1] = replace(joined[-1], last=run.last)
        else:
            joined.append(run)
    return joined


def follows(one: Run, other: Run) -> bool:
    """Whether a run says of the next pages what the one before it would say of them."""
    if one.document != other.document or one.last + 1 != other.first or one.rule != other.rule or one.rule == ONE:
        return False
    if one.rule == NONE:
        return True
    return not one.suffix and not other.suffix and one.at(other.first) == other.at(other.first)


def highest(runs: Iterable[Run]) -> int:
    """The last number that is given; 0: none."""
    return max((sheet.number for run in runs if (sheet := run.at(run.last))), default=0)


def append(runs: Sequence[Run], document: str, pages: int, rule: str = PAGE) -> list[Run]:
    """A supplement at the end: nothing that has a number gets another one."""
    return [*runs, check(Run(document, 1, pages, highest(runs) + 1, rule))]


def insert(runs: Sequence[Run], new: Run, after: Sheet) -> list[Run]:
    """A supplement between two labels: all that come later move on by the numbers it needs (a new version)."""
    first, last = new.at(new.first), new.at(new.last)
    more = last.number - first.number + 1 if first and last else 0
    key = sort_key(replace(after, side=BACK))
    moved: list[Run] = []
    for run in runs:
        behind = [page for page in range(run.first, run.last + 1) if (at := run.at(page)) and sort_key(at) > key]
        if not behind:
            moved.append(run)
        elif run.rule == ONE or behind[0] == run.first:
            moved.append(replace(run, start=run.start + more))
        else:
            rest = run.part(behind[0], run.last)
            moved += [run.part(run.first, behind[0] - 1), replace(rest, start=rest.start + more)]
    for place, run in enumerate(moved):
        sheet = run.at(run.first)
        if sheet and sort_key(sheet) > key:
            return [*moved[:place], new, *moved[place:]]
    return [*moved, new]
