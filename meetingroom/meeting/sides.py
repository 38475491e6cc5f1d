"""The places on the stage: none, a page, or two side by side. No commands here."""

from dataclasses import replace

from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.page_pairs import paired_page
from meetingroom.meeting.state import MeetingState, Paper, Side
from meetingroom.meeting.view import compact

SHOWING = ("page", "pair")
SIDES = ("", "left", "right", "both")


def sides_shown(state: MeetingState) -> tuple[Side, ...]:
    """The places on every screen: none, one, or the two of a pair."""
    now = state.stage
    if now.kind not in SHOWING or now.paper not in state.papers:
        return ()
    left = Side(now.paper, now.page, now.rect, now.version)
    return (left, now.right) if now.right and now.right.paper in state.papers else (left,)


def named(sides: tuple[Side, ...]) -> list[tuple[str, Side]]:
    return list(zip(("left", "right"), sides, strict=True)) if len(sides) > 1 else [("", side) for side in sides]


def sides_meant(state: MeetingState, name: str) -> list[tuple[str, Side]]:
    """The places on the stage that a command is about: all, or those of its `side`."""
    checks.one_of(name, SIDES, "side")
    sides = named(sides_shown(state))
    found = [(key, side) for key, side in sides if name in ("", "both", key or "left")]
    if not found:
        raise Refused("nothing_shown")
    return found


def check_page(page: int, pages: int) -> None:
    if not 1 <= page <= pages:
        raise Refused("no_such_page", page=page, pages=pages)


def shown_now(state: MeetingState) -> list[tuple[str, int]]:
    """(document, page) of every place on the stage."""
    return [(version_shown(state.papers[side.paper], side).document, side.page) for side in sides_shown(state)]


def papers_shown(state: MeetingState) -> frozenset[str]:
    return frozenset(side.paper for side in sides_shown(state))


def pages_on_stage(state: MeetingState, document: str) -> frozenset[int]:
    """The pages of a document that every screen shows now."""
    return frozenset(page for shown, page in shown_now(state) if shown == document)


def paper_on_stage(state: MeetingState) -> Paper | None:
    """The paper that is on every screen (of a pair the left one), as the version that is shown."""
    return as_shown(state, state.stage.paper) if state.stage.kind in SHOWING else None


def as_shown(state: MeetingState, key: str, page: int = 0) -> Paper | None:
    """A paper with the document, the pages and the shape that the stage shows of it; the newest if it is not there.
    Where both places of a pair are of it, that of this page."""
    paper = state.papers.get(key)
    if paper is None or not paper.versions:
        return paper
    sides = [side for side in sides_shown(state) if side.paper == key]
    side = next((side for side in sides if side.page == page), sides[0] if sides else None)
    return version_shown(paper, side) if side else paper


def version_shown(paper: Paper, side: Side) -> Paper:
    if not 0 < side.version < len(paper.versions):
        return paper
    shown = paper.versions[side.version - 1]
    return replace(paper, document=shown.document, pages=shown.pages, shape=shown.shape)


def place_of(state: MeetingState, side: Side) -> dict:
    shown = version_shown(state.papers[side.paper], side)
    return compact(
        paper=side.paper,
        document=shown.document,
        page=side.page,
        pages=shown.pages,
        rect=list(side.rect) if side.rect else None,
    ) | about_version(state, side)


def about_version(state: MeetingState, side: Side) -> dict:
    paper = state.papers[side.paper]
    if not paper.versions:
        return {}
    n = side.version or len(paper.versions)
    if n == len(paper.versions):
        return {"version": n}
    pair = paired_page((each.map for each in paper.versions[n:]), side.page)
    newest = compact(document=paper.document, pages=paper.pages, page=pair[0] if pair else 0)
    shape = [list(run) for run in paper.versions[n - 1].shape]
    return {"version": n, "shape": shape, "newest": {**newest, "version": len(paper.versions)}}
