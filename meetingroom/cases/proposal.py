"""From what a machine read in the corners of pages to a proposal of runs. Pure.

A single reading is worth little, the sequence is worth a lot: numbers go up by one a page. The best piecewise fit of
(page − number) is sought, where each change of the difference costs as much as some readings that contradict.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from meetingroom.cases.citation import BACK, FRONT, HIGHEST
from meetingroom.cases.numbering import NONE, PAGE, SHEET, Run

CHANGE = 1.45  # what a break costs, in readings: three that go on by one are worth a break before and behind them
SWAP = 4.0  # from pages to sheets and back
WRONG = 1.0
UNREAD = 0.05  # a page without a reading: of a sheet's front, which should have one
BACK_READ = 0.8  # a reading on a back, which should have none
NEAR = 25  # pages within which a second reading has to say the same for a difference to be thought of
MOST = 160  # differences that are thought of


@dataclass(frozen=True)
class Proposal:
    """A run, with how many pages of it were read, and how many of these readings agree."""

    run: Run
    read: int
    agreeing: int


def number_at(state: tuple[str, int], page: int) -> int:
    """The number that a state (rule, difference) gives a page; 0 on a back."""
    rule, difference = state
    if rule == PAGE:
        return page - difference
    return 0 if (page - difference) % 2 else (page - difference) // 2


def states_of(readings: Mapping[int, int]) -> list[tuple[str, int]]:
    """The (rule, difference) that at least two readings near each other speak for."""
    support: Counter[tuple[str, int]] = Counter()
    last: dict[tuple[str, int], int] = {}
    for page in sorted(readings):
        number = readings[page]
        if not 0 < number <= HIGHEST:
            continue
        for state in ((PAGE, page - number), (SHEET, page - 2 * number)):
            if state in last and page - last[state] <= NEAR:
                support[state] += 1
            last[state] = page
    return [state for state, _ in support.most_common(MOST)]


def cost(state: tuple[str, int], page: int, reading: int) -> float:
    said = number_at(state, page)
    if said == 0:
        return BACK_READ if reading else 0.0
    if said < 0:
        return WRONG
    return (UNREAD if state[0] == SHEET else 0.0) if not reading else (0.0 if reading == said else WRONG)


def propose_row(
    documents: Sequence[tuple[str, int]],
    readings: Mapping[tuple[str, int], int],
    empty: Set[tuple[str, int]] = frozenset(),
) -> list[Proposal]:
    """The same for documents (id, pages) that lie behind each other in a volume, cut where one of them ends: the stamps
    of single pictures agree with each other, and none of them with itself."""
    places = [(document, page) for document, pages in documents for page in range(1, pages + 1)]
    at = {place: n for n, place in enumerate(places, 1)}
    begins = {at[place] for place in places if place[1] == 1}
    read = {at[place]: number for place, number in readings.items() if place in at}
    bare = {at[place] for place in empty if place in at}
    found = []
    for each in propose("", len(places), read, bare, begins):
        parts = cut(each.run, places, read)
        while len(parts) > 1 and is_bare(parts[-1], bare, at):
            parts.pop()  # nothing says that the numbers reach it
        found += parts
    return found


def cut(run: Run, places: Sequence[tuple[str, int]], readings: Mapping[int, int]) -> list[Proposal]:
    """A run over places of a row, as runs of the documents that lie there."""
    found = []
    first = run.first
    for n in range(run.first, run.last + 1):
        document, page = places[n - 1]
        if n < run.last and places[n][0] == document:
            continue
        part = run.part(first, n)
        said = {each: sheet.number for each in range(first, n + 1) if (sheet := run.at(each)) and sheet.side != BACK}
        read = [each for each in range(first, n + 1) if each in readings]
        own = replace(part, document=document, first=page - (n - first), last=page)
        found.append(Proposal(own, len(read), sum(readings[each] == said.get(each) for each in read)))
        first = n + 1
    return found


def is_bare(part: Proposal, bare: Set[int], at: Mapping[tuple[str, int], int]) -> bool:
    run = part.run
    return run.rule != NONE and all(at[run.document, page] in bare for page in range(run.first, run.last + 1))


def propose(
    document: str,
    pages: int,
    readings: Mapping[int, int],
    empty: Set[int] = frozenset(),
    begins: Set[int] = frozenset({1}),
) -> list[Proposal]:
    """The runs that fit best; `readings` {page: number} of the pages where a number was read. None without any.
    `empty`: pages in whose corner nothing stands; those before the first number of a document are covers (`begins`:
    where documents begin)."""
    states = states_of(readings)
    if not states:
        return []
    costs = dict.fromkeys(states, 0.0)
    ways: list[dict[tuple[str, int], tuple[str, int]]] = []
    for page in range(1, pages + 1):
        reading = readings.get(page, 0)
        cheapest = {rule: min((s for s in costs if s[0] == rule), key=costs.__getitem__, default=None)
                    for rule in (PAGE, SHEET)}  # fmt: skip
        now, way = {}, {}
        for state in states:
            came, paid = state, costs[state]
            for rule, best in cheapest.items():
                if best is not None and page > 1:
                    price = costs[best] + (CHANGE if rule == state[0] else SWAP)
                    if price < paid:
                        came, paid = best, price
            now[state], way[state] = paid + cost(state, page, reading), came
        costs = now
        ways.append(way)
    path = [min(costs, key=costs.__getitem__)]
    for way in reversed(ways[1:]):
        path.append(way[path[-1]])
    path.reverse()
    found: list[Proposal] = []
    for each in pieces(document, path, readings):
        bare = each.run.first in begins or (found and repeats(found[-1].run, each.run))
        found += without_cover(each, empty) if bare else [each]
    return with_covers(document, found, empty)


def repeats(before: Run, run: Run) -> bool:
    """Whether a run begins with a number that the one before it has already: an empty page there is a blank back."""
    one, other = before.at(before.last), run.at(run.first)
    return one is not None and other is not None and other.number <= one.number


def with_covers(document: str, found: list[Proposal], empty: Set[int]) -> list[Proposal]:
    """Before the number 1 there is none: pages on which nothing is stamped are covers."""
    whole, after = [], 1
    for each in found:
        if after < each.run.first and empty >= set(range(after, each.run.first)):
            whole.append(Proposal(Run(document, after, each.run.first - 1, rule=NONE), 0, 0))
        whole.append(each)
        after = each.run.last + 1
    return whole


def without_cover(found: Proposal, empty: Set[int]) -> list[Proposal]:
    """The empty pages before its first stamp have no number."""
    run = found.run
    if run.first not in empty:
        return [found]
    begins = next((page for page in range(run.first, run.last + 1) if page not in empty), run.last + 1)
    cover = Proposal(Run(run.document, run.first, begins - 1, rule=NONE), 0, 0)
    return [cover, *([replace(found, run=run.part(begins, run.last))] if begins <= run.last else [])]


def pieces(document: str, path: list[tuple[str, int]], readings: Mapping[int, int]) -> list[Proposal]:
    """The path, one state a page, as runs; a page before the number 1 is left out: it is a cover."""
    found: list[Proposal] = []
    first = 1
    for page in range(1, len(path) + 1):
        if page < len(path) and path[page] == path[page - 1]:
            continue
        state = path[page - 1]
        rule, difference = state
        begins = max(first, 1 + difference if rule == PAGE else 2 + difference)
        if begins <= page:
            number = number_at(state, begins)
            start = number or (begins - 1 - difference) // 2
            run = Run(document, begins, page, start, rule, side="" if rule == PAGE else FRONT if number else "back")
            read = [each for each in range(begins, page + 1) if each in readings]
            agreeing = sum(readings[each] == number_at(state, each) for each in read)
            found.append(Proposal(run, len(read), agreeing))
        first = page + 1
    return found


def contradicted(labels: Mapping[int, int], readings: Mapping[int, int], least: int = 3) -> list[tuple[int, int]]:
    """The stretches (first, last page) where at least `least` readings in a row agree with each other and not with the
    numbers that the pages were given."""
    found: list[tuple[int, int]] = []
    row: list[int] = []
    for page in [*sorted(set(readings) & set(labels)), 0]:
        against = page and readings[page] != labels[page]
        steady = against and (not row or readings[page] - readings[row[-1]] == labels[page] - labels[row[-1]])
        if steady:
            row.append(page)
            continue
        if len(row) >= least:
            found.append((row[0], row[-1]))
        row = [page] if against else []
    return found
