"""What comes along into a new version of a paper: marks on pages whose content is the same. Pure.

A mark on a page that has changed stays with the version it was made on, and is listed as not found again; of bookmarks
the page alone counts.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from meetingroom.marks.bodies import BOOKMARK
from meetingroom.marks.merging import Mark
from meetingroom.meeting.page_pairs import paired_page
from meetingroom.meeting.state import Version


def carried(marks: Iterable[Mark], versions: Sequence[Version]) -> list[Mark]:
    """The copies that are still missing on the newest version, tombstones counted: what was dropped there stays so."""
    every = list(marks)
    if len(versions) < 2:
        return []
    newest = versions[-1].document
    # Each is carried once, to the version after it; from there its copy is.
    heirs = {mark.origin for mark in every}
    found = []
    for mark in every:
        if mark.dropped or mark.document == newest or mark.id in heirs:
            continue
        place = landing(mark, versions)
        if place and (place[1] == "same" or mark.kind == BOOKMARK):
            found.append(replace(mark, id=id_of(mark, newest), document=newest, page=place[0], origin=mark.id))
    return found


def landing(mark: Mark, versions: Sequence[Version]) -> tuple[int, str] | None:
    at = next((n for n, each in enumerate(versions) if each.document == mark.document), None)
    return None if at is None else paired_page([each.map for each in versions[at + 1 :]], mark.page)


def id_of(mark: Mark, document: str) -> str:
    return hashlib.sha256(f"{document}/{mark.id}".encode()).hexdigest()[:16]
