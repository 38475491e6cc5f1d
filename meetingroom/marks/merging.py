"""What one act of a person at one of their devices does to a mark, whatever another device has done meanwhile. Pure.

* Strokes never change: what two devices draw is there from both. A stroke, a highlight or a note that was dropped stays
  dropped, unless whoever puts it again knew that (`base` is the revision at which it was dropped): an undo.
* A text written over a revision that is no longer the newest is kept beside the newer one, as a copy that says where it
  was written.
* Of bookmarks the last act counts.
"""

import hashlib
from dataclasses import dataclass, field, replace
from typing import Any

from meetingroom.marks.bodies import BOOKMARK, INK


@dataclass(frozen=True)
class Mark:
    """A mark as it is kept: `rev` of its owner's when it was last changed; `origin` is the mark of an earlier version
    of the paper that it was carried over from; `dropped` (ms) makes it a tombstone."""

    id: str
    document: str
    page: int
    kind: str
    body: dict[str, Any] = field(default_factory=dict)
    rev: int = 0
    at: int = 0
    origin: str = ""
    dropped: int = 0


@dataclass(frozen=True)
class Op:
    """An act: `mark` is put, or (None) `id` is dropped. `base` is the revision it was written over, None for what is
    new; `device` what its owner calls the device."""

    op: str
    id: str
    mark: Mark | None = None
    base: int | None = None
    device: str = ""


def merge(before: Mark | None, act: Op, now: int) -> tuple[Mark | None, str]:
    """(the mark to write, without its revision, or None; the code of a refusal, or "")."""
    if act.mark is None:
        return dropped(before, now), ""
    if before is None:
        return act.mark, ""
    if before.kind != act.mark.kind:
        return None, "another_mark"
    if before.dropped:
        known = before.kind == BOOKMARK or (act.base is not None and act.base >= before.rev)
        return (act.mark, "") if known else (None, "mark_dropped")
    if is_same(before, act.mark):
        return None, ""
    if before.kind == BOOKMARK or (act.base is not None and act.base >= before.rev):
        return (act.mark, "") if before.kind != INK else (None, "mark_stays")
    if before.kind == INK:
        return None, "mark_stays"
    return beside(act), ""


def dropped(before: Mark | None, now: int) -> Mark | None:
    """Its tombstone, which holds nothing of it."""
    return replace(before, body={}, dropped=now) if before and not before.dropped else None


def is_same(one: Mark, other: Mark) -> bool:
    return (one.document, one.page, one.body) == (other.document, other.page, other.body)


def beside(act: Op) -> Mark:
    """The second text, under an id that is the same however often the act arrives."""
    assert act.mark is not None
    id = hashlib.sha256(f"{act.op}/{act.id}".encode()).hexdigest()[:16]
    return replace(act.mark, id=id, body={**act.mark.body, "copy": {"device": act.device, "at": act.mark.at}})
