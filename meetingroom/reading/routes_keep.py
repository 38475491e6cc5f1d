"""What of a meeting's papers somebody may keep on a device of their own, before they do."""

from functools import lru_cache
from pathlib import Path

from flask import Blueprint, g
from flask_babel import lazy_gettext as _l

from meetingroom import log
from meetingroom.auth import guard
from meetingroom.documents import access
from meetingroom.documents.access import Sight
from meetingroom.documents.content_store import ContentStore
from meetingroom.meeting.state import Paper
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import messages

bp = Blueprint("keep", __name__)
FULL = 1920
WORDS = 5000  # bytes of the words of a page, packed
NEVER = {"Cache-Control": "private, no-store"}
messages.update(
    {
        "shared_tablet": _l("A tablet that several people share keeps nothing."),
        "by_card_alone": _l("Papers are kept on a device for whoever has signed in with a password, not with a card."),
    }
)


@bp.get("/api/meetings/<meeting>/keep")
@guard.signed_in
def read(meeting: str):
    """`{meeting, title, status, papers: [{id, document, title, pages, shape, t, bytes}], left_out: [{id, title,
    why}]}`: what may be kept, with its size, and of what the person may read but not keep, why: restricted, view, some
    (not all members may read it), ends (the right to it ends), not_ready. Raises Problem shared_tablet,
    by_card_alone (403)."""
    guard.require_member(meeting)
    if g.user.tablet:
        raise Problem("shared_tablet", 403)
    if g.user.only:
        raise Problem("by_card_alone", 403)
    state = log.state(context().pool, meeting)
    order = [key for item in state.agenda.order for key in state.agenda.items[item].papers]
    found: list[dict] = []
    left_out: list[dict] = []
    for key in dict.fromkeys([*order, *state.papers]):
        paper = state.papers.get(key)
        if paper is None or (sight := sight_of(paper)) is None:
            continue
        if why := hindrance(sight):
            left_out.append({"id": key, "title": paper.title, "why": why})
        else:
            found.append(tell(key, paper, sight))
    return {
        "meeting": meeting,
        "title": state.meeting.title,
        "status": state.meeting.status,
        "papers": found,
        "left_out": left_out,
    }, NEVER


def sight_of(paper: Paper) -> Sight | None:
    """None for a paper that the one who asks may not read as a whole: for them there is none."""
    try:
        sight = access.find_visible(paper.document)
    except Problem:
        return None
    return sight if sight.pages is None else None


def hindrance(sight: Sight) -> str:
    """Why no copy may lie on a device; "" if one may."""
    if sight.mode != "open":
        return sight.mode
    if sight.cache != access.KEPT:
        return "ends" if sight.cache == access.DAY else "some"
    return "" if sight.row["attached"] and sight.row["status"] == "ready" else "not_ready"


def tell(key: str, paper: Paper, sight: Sight) -> dict:
    row = sight.row
    contents = ContentStore(context().settings, row["sha"])
    return {
        "id": key,
        "document": paper.document,
        "title": paper.title,
        "pages": row["pages"],
        "shape": paper.shape,
        "t": row["t"],
        "bytes": size_of(contents.page(1, FULL).parent, row["pages"]) + WORDS * row["pages"],
    }


@lru_cache(maxsize=2000)
def size_of(folder: Path, pages: int) -> int:
    """Bytes of a finished paper, which never change."""
    return sum(path.stat().st_size for n in range(1, pages + 1) if (path := folder / f"{n}.webp").exists())
