"""The places on the stage: none, a page, or two side by side. No commands here."""

from dataclasses import replace

from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.page_pairs import paired_page
from meetingroom.meeting.playing import media_now, media_of_stage
from meetingroom.meeting.state import MeetingState, Paper, Side
from meetingroom.meeting.view import compact

SHOWING = ("page", "pair", "evidence")
SIDES = ("", "left", "right", "both")


def sides_shown(state: MeetingState) -> tuple[Side, ...]:
    """The places on every screen: none, one, or the two of a pair."""
    now = state.stage
    left = Side(now.paper, now.page, now.rect, now.version, now.evidence)
    if now.kind not in SHOWING or not is_there(state, left):
        return ()
    return (left, now.right) if now.right and is_there(state, now.right) else (left,)


def is_there(state: MeetingState, side: Side) -> bool:
    return side.evidence is not None or side.paper in state.papers


def sheet_of(state: MeetingState, side: Side) -> Paper:
    """What lies at a place: the paper, or the document of a case as if it were one."""
    if (found := side.evidence) is None:
        return state.papers[side.paper]
    return Paper(found.title, found.document, "", found.pages, found.shape)


def evidence_key(document: str) -> str:
    """What stands for a case's document where a place has the id of a paper."""
    return f"ev:{document}"


def place_key(side: Side) -> str:
    """`p:<paper>/<page>`, `ev:<document>/<page>`."""
    return f"{side.paper}/{side.page}" if side.evidence else f"p:{side.paper}/{side.page}"


def key_of(state: MeetingState, sides: tuple[Side, ...] | None = None) -> str:
    """What is on the stage, in one word: a place, the two of a pair with a bar between them, a node of a map
    (`map:<map>/<version>/<node>`), a recording or a photo (`media:<media>`); "" for the title card. `sides` are the
    places, where they are known already."""
    if sides := sides_shown(state) if sides is None else sides:
        return "|".join([place_key(side) for side in sides])
    if media := media_now(state):
        return f"media:{media.media}"
    at = state.stage.map
    return f"map:{at.map}/{at.version}/{at.node}" if at and state.stage.kind == "map" else ""


def named(sides: tuple[Side, ...]) -> list[tuple[str, Side]]:
    return list(zip(("left", "right"), sides, strict=True)) if len(sides) > 1 else [("", side) for side in sides]


def sides_meant(state: MeetingState, name: str) -> list[tuple[str, Side]]:
    """The places on the stage that a command is about: all, or those of its `side`."""
    checks.one_of(name, SIDES, "side")
    sides = named(sides_shown(state))
    found = [(key, side) for key, side in sides if name in ("both", key or "left")] if name else sides
    if not found:
        raise Refused("nothing_shown")
    return found


def check_page(page: int, pages: int) -> None:
    if not 1 <= page <= pages:
        raise Refused("no_such_page", page=page, pages=pages)


def shown_now(state: MeetingState) -> list[tuple[str, int]]:
    """(document, page) of every place on the stage."""
    return [(version_shown(sheet_of(state, side), side).document, side.page) for side in sides_shown(state)]


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
    if (found := side.evidence) is not None:
        return compact(
            case=found.case,
            document=found.document,
            page=side.page,
            pages=found.pages,
            title=found.title,
            label=found.label,
            volume=found.volume,
            shape=[list(run) for run in found.shape],
            from_node=found.node,
            rect=list(side.rect) if side.rect else None,
        )
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


def of_case(state: MeetingState) -> dict:
    """What the stage has beside a page of a case: the excerpts over it, the line of a pair, the map to go back to; a
    recording or a photo, with the part of this that is shown."""
    now = state.stage
    line, at, media = now.contradiction, now.map, media_now(state)
    if not (line or at or media or now.callouts or now.marks):  # a page of a paper, most of the time
        return {}
    part = {"rect": list(now.rect)} if media and now.rect else {}
    return part | compact(
        media=media_of_stage(media) if media else None,
        callouts=[list(rect) for rect in now.callouts],
        marks=[list(mark) for mark in now.marks],
        contradiction=compact(line=list(line.line) if line.line else None, text=line.text) if line else None,
        map=compact(
            case=at.case,
            map=at.map,
            version=at.version,
            title=at.title,
            node=at.node,
            open=list(at.open),
            levels=at.levels,
            step=at.step,
            steps=at.steps,
        )
        if at
        else None,
    )
