"""What comes along into a new version of a paper. Pure.

Marks on pages whose content is the same come along as they are, of bookmarks the page alone counts. Highlights on a
page that has changed come along where their words were found again (`anchoring.py`). All others stay with the version
they were made on and are listed as not found again, until their owner puts those of a page over.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from meetingroom.marks.anchoring import has_words, placed
from meetingroom.marks.bodies import BOOKMARK, MOVED
from meetingroom.marks.merging import Mark
from meetingroom.meeting.page_pairs import paired_page
from meetingroom.meeting.state import Version


def left_behind(marks: Iterable[Mark], versions: Sequence[Version]) -> list[Mark]:
    """Those that stand on an earlier version alone; tombstones count as what was carried: what was dropped there stays
    so."""
    every = list(marks)
    if len(versions) < 2:
        return []
    newest = versions[-1].document
    # Each is carried once, to the version after it; from there its copy is.
    heirs = {mark.origin for mark in every}
    return [mark for mark in every if not mark.dropped and mark.document != newest and mark.id not in heirs]


def carried(
    marks: Iterable[Mark], versions: Sequence[Version], found_again: Mapping[tuple[str, int], Mark] | None = None
) -> list[Mark]:
    """The copies that are still missing on the newest version. `found_again` are marks of pages that have changed, by
    (id, revision), on the place of their words there."""
    found, again = [], found_again or {}
    for mark in left_behind(marks, versions):
        place = landing(mark, versions)
        if place and (place[1] == "same" or mark.kind == BOOKMARK):
            found.append(copied(mark, replace(mark, page=place[0]), versions))
        elif moved := again.get((mark.id, mark.rev)):
            found.append(copied(mark, moved, versions))
    return found


def sought(marks: Iterable[Mark], versions: Sequence[Version]) -> list[tuple[Mark, int | None]]:
    """Those whose words are to be looked for in the newest version, with the page that stands there for theirs."""
    behind = [(mark, landing(mark, versions)) for mark in left_behind(marks, versions) if has_words(mark)]
    return [(mark, place and place[0]) for mark, place in behind if not (place and place[1] == "same")]


def put_over(marks: Iterable[Mark], versions: Sequence[Version], document: str, page: int) -> list[Mark]:
    """Copies, as they stand, of what stayed behind on this page, on the one that stands for it now; none where none
    does. They say that they were moved by hand: nobody has looked whether what they are about is still there."""
    found = []
    for mark in left_behind(marks, versions):
        place = landing(mark, versions)
        if place and (mark.document, mark.page) == (document, page):
            there = placed(mark, place[0], versions[-1].shape)
            found.append(copied(mark, replace(there, body={**there.body, MOVED: True}), versions))
    return found


@dataclass(frozen=True)
class Left:
    """A page of an earlier version with `n` places that were marked and not found again (all strokes are one), and the
    page that stands for it now: 0 if there is none."""

    document: str
    version: int
    page: int
    to: int
    n: int


def list_left(marks: Iterable[Mark], versions: Sequence[Version]) -> list[Left]:
    """`marks` are those that were left behind."""
    numbers = {each.document: n for n, each in enumerate(versions, 1)}
    pages: dict[tuple[int, int], list[Mark]] = {}
    for mark in marks:
        if mark.document in numbers:
            pages.setdefault((numbers[mark.document], mark.page), []).append(mark)
    return [
        Left(there[0].document, version, page, (landing(there[0], versions) or (0, ""))[0], count_places(there))
        for (version, page), there in sorted(pages.items())
    ]


def count_places(marks: Sequence[Mark]) -> int:
    return len({"ink" if mark.kind == "ink" else mark.id for mark in marks})


def copied(mark: Mark, there: Mark, versions: Sequence[Version]) -> Mark:
    newest = versions[-1].document
    return replace(there, id=id_of(mark, newest), document=newest, origin=mark.id)


def landing(mark: Mark, versions: Sequence[Version]) -> tuple[int, str] | None:
    at = next((n for n, each in enumerate(versions) if each.document == mark.document), None)
    return None if at is None else paired_page([each.map for each in versions[at + 1 :]], mark.page)


def id_of(mark: Mark, document: str) -> str:
    return hashlib.sha256(f"{document}/{mark.id}".encode()).hexdigest()[:16]
