"""What somebody should look at before a case file counts as numbered: gaps, duplicates, pages that look wrong. Pure.

Each check is a function of the pages in the order of the file; none of them changes anything.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from meetingroom.cases.citation import Sheet
from meetingroom.cases.numbering import Label, read_label, sort_key
from meetingroom.cases.proposal import contradicted

BLANK = 0.0004  # of the page is ink: nothing stands on it
HEADINGS = ("root", "gap", "prop")  # kinds of nodes that need no citation


@dataclass(frozen=True)
class Page:
    """A page at its place in the file. `label` None: it has no number; the rest is what its picture showed."""

    document: str
    page: int
    volume: int
    label: Label | None = None
    picture: str = ""  # a hash of what it looks like
    ink: float | None = None
    upside_down: bool = False
    failed: bool = False
    read: int = 0  # the number that was read in its corner
    secret: str = ""  # the stamp of a state secret that was recognised


@dataclass(frozen=True)
class Listed:
    """A row of the list of documents: from which label to which, as it was typed there."""

    document: str
    first: str
    last: str


@dataclass(frozen=True)
class Finding:
    """`data` has what the sentence of its kind says; `other` is a second page that belongs to it."""

    kind: str
    document: str
    page: int
    data: dict = field(default_factory=dict)
    other: tuple[str, int] | None = None


def look_through(pages: Sequence[Page], listed: Iterable[Listed] = ()) -> list[Finding]:
    """Everything, in the order of the file."""
    place = {(page.document, page.page): n for n, page in enumerate(pages)}
    found = [
        *missing(pages),
        *doubled(pages),
        *unnumbered(pages),
        *falling(pages),
        *contradictions(pages),
        *not_as_listed(pages, listed),
        *looks(pages),
    ]
    return sorted(found, key=lambda each: place.get((each.document, each.page), len(place)))


def numbered(pages: Iterable[Page]) -> list[Page]:
    return [page for page in pages if page.label is not None]


def missing(pages: Sequence[Page]) -> list[Finding]:
    """Numbers that no page has, with the neighbours on both sides. What lies before the first number is no gap."""
    at: dict[int, Page] = {}
    last_of: dict[int, Page] = {}
    for page in numbered(pages):
        assert page.label is not None
        at.setdefault(page.label.number, page)
        last_of[page.label.number] = page
    found = []
    for before, after in pairwise(sorted(at)):
        if after - before > 1:
            one, other = last_of[before], at[after]
            data = {"first": before + 1, "last": after - 1, "before": str(one.label), "after": str(other.label)}
            found.append(Finding("missing", one.document, one.page, data, (other.document, other.page)))
    return found


def doubled(pages: Sequence[Page]) -> list[Finding]:
    """Labels that pages of different runs carry; where a whole stretch of one volume is in the next, one line."""
    places: dict[int, list[Page]] = defaultdict(list)
    for page in numbered(pages):
        assert page.label is not None
        same = places[page.label.sort]
        if not any(each.label and each.label.run == page.label.run for each in same):
            same.append(page)
    twice = {key: same for key, same in sorted(places.items()) if len(same) > 1}
    found, done = [], set()
    for volumes, keys in groupby(twice, key=lambda key: tuple(page.volume for page in twice[key][:2])):
        stretch = list(keys)
        if volumes[0] == volumes[1] or len(stretch) < 2:
            continue
        one, other = twice[stretch[0]][:2]
        last = twice[stretch[-1]][0].label
        data = {"volume": volumes[0], "next": volumes[1], "first": str(one.label), "last": str(last)}
        found.append(Finding("overlap", other.document, other.page, data, (one.document, one.page)))
        done.update(stretch)
    for key, same in twice.items():
        if key not in done:
            one, other = same[0], same[-1]
            data = {"label": str(one.label), "times": len(same)}
            found.append(Finding("duplicate", other.document, other.page, data, (one.document, one.page)))
    return found


def unnumbered(pages: Sequence[Page]) -> list[Finding]:
    """Pages without a number, those that follow each other in one line."""
    found = []
    for (document, bare), row in groupby(pages, key=lambda page: (page.document, page.label is None)):
        stretch = list(row)
        if bare:
            found.append(Finding("unnumbered", document, stretch[0].page, {"last": stretch[-1].page}))
    return found


def falling(pages: Sequence[Page]) -> list[Finding]:
    """Where a number in a volume is lower than the one before it; a duplicate is said to be one, not this as well."""
    times = Counter(page.label.sort for page in pages if page.label)
    found = []
    for _, row in groupby(numbered(pages), key=lambda page: page.volume):
        for before, page in pairwise(row):
            assert before.label
            assert page.label
            repeated = times[page.label.sort] > 1 or times[before.label.sort] > 1
            if page.label.sort < before.label.sort and not repeated:
                data = {"label": str(page.label), "before": str(before.label)}
                found.append(Finding("order", page.document, page.page, data, (before.document, before.page)))
    return found


def contradictions(pages: Sequence[Page]) -> list[Finding]:
    """Three readings in a row, or more, which say something else than the numbers do."""
    found = []
    for document, row in groupby(pages, key=lambda page: page.document):
        known = list(row)
        labels = {page.page: page.label.number for page in known if page.label}
        readings = {page.page: page.read for page in known if page.read}
        for first, last in contradicted(labels, readings):
            data = {"last": last, "label": labels[first], "read": readings[first]}
            found.append(Finding("contradicted", document, first, data))
    return found


def not_as_listed(pages: Sequence[Page], listed: Iterable[Listed]) -> list[Finding]:
    """Where the list of documents says from–to, and the scan has something else."""
    of: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        of[page.document].append(page)
    found = []
    for row in listed:
        labelled = numbered(of.get(row.document, []))
        said = (row.first or row.last, row.last or row.first)
        wanted = [read_label(text) for text in said]
        if not labelled or None in wanted or not any(said):
            continue
        keys = sorted(page.label.sort for page in labelled if page.label)
        if [low(sheet) for sheet in wanted if sheet] != [keys[0], keys[-1] // 2 * 2]:
            ordered = sorted(labelled, key=lambda page: page.label.sort if page.label else 0)
            data = {"said_first": said[0], "said_last": said[1], "first": str(ordered[0].label),
                    "last": str(ordered[-1].label)}  # fmt: skip
            found.append(Finding("listed", row.document, ordered[0].page, data))
    return found


def low(sheet: Sheet) -> int:
    return sort_key(sheet) // 2 * 2


def looks(pages: Sequence[Page]) -> list[Finding]:
    """What the pictures tell: empty, upside down, twice the same, not readable, a stamp of a state secret."""
    found: list[Finding] = []
    first: dict[str, Page] = {}
    for page in pages:
        empty = page.ink is not None and page.ink < BLANK
        if page.failed:
            found.append(Finding("failed", page.document, page.page))
        if empty:
            found.append(Finding("blank", page.document, page.page))
        if page.upside_down:
            found.append(Finding("upside_down", page.document, page.page))
        if page.secret:
            found.append(Finding("secret_stamp", page.document, page.page, {"stamp": page.secret}))
        if page.picture and not empty:
            if same := first.get(page.picture):
                data = {"label": str(same.label or ""), "other_page": same.page}
                found.append(Finding("identical", page.document, page.page, data, (same.document, same.page)))
            first.setdefault(page.picture, page)
    return found


def uncited(nodes: Mapping[str, Mapping]) -> list[str]:
    """The ids of a map's leaves that cite nothing; a node with children is a heading, a gap needs none."""
    return [
        id
        for id, node in nodes.items()
        if not node.get("children") and node.get("kind") not in HEADINGS and not has_citation(node)
    ]


def has_citation(node: Mapping) -> bool:
    """Whether a node has a citation or an anchor; "–" says that there is none, and that this is meant."""
    return bool(str(node.get("bl") or "").strip() or node.get("anchors"))
