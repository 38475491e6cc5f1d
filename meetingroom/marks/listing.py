"""All my marks of a meeting, by paper and page, as lines to read."""

from dataclasses import dataclass, field
from typing import Any

from flask import g

from meetingroom import log
from meetingroom.marks import store
from meetingroom.marks.bodies import BOOKMARK, HIGHLIGHT, INK, MOVED, NOTE
from meetingroom.marks.merging import Mark
from meetingroom.marks.sight import PaperInSight
from meetingroom.meeting.state import MeetingState
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

ORDER = (BOOKMARK, HIGHLIGHT, NOTE, INK)


@dataclass(frozen=True)
class Line:
    """One line: a mark, or all the strokes of a page (`strokes` of them)."""

    kind: str
    page: int
    text: str = ""
    note: str = ""
    colour: str = ""
    strokes: int = 0
    at: int = 0
    other: dict[str, Any] = field(default_factory=dict)
    moved: bool = False  # by hand, to a new version


@dataclass(frozen=True)
class PaperMarks:
    """A paper that somebody has marked: `pages` is [(page, lines)] of its file of today, `earlier` of files before."""

    id: str
    title: str
    about: dict[str, Any]
    download: bool
    pages: list[tuple[int, list[Line]]]
    earlier: list[tuple[int, list[Line]]]


def of_meeting(meeting: str) -> tuple[list[PaperMarks], int]:
    """(the papers that I have marked and may see now, in the order of the agenda; on how many others I have marks)."""
    state = log.state(context().pool, meeting)
    with context().pool.lend() as db:
        mine = store.list_of_meeting(db, g.user.id, meeting)
    found, hidden = [], 0
    for key in in_order(state, mine):
        try:
            sight = PaperInSight(key)
        except Problem:
            hidden += 1
            continue
        sight.bring_along(g.user.id)
        with context().pool.lend() as db:
            mine[key] = [mark for mark in store.list_marks(db, g.user.id, key) if not mark.dropped]
        seen = [mark for mark in mine[key] if not sight.may_see(mark.document, mark.page)]
        if not seen:
            hidden += 1
            continue
        paper = sight.paper
        carried = {mark.origin for mark in mine[key]}
        about = {"id": key, "title": paper.title, "document": paper.document, "pages": paper.pages,
                 "shape": [list(run) for run in paper.shape], "download": paper.download}  # fmt: skip
        today = [mark for mark in seen if mark.document == paper.document]
        before = [mark for mark in seen if mark.document != paper.document and mark.id not in carried]
        found.append(PaperMarks(key, paper.title, about, sight.sight.download, by_page(today), by_page(before)))
    return found, hidden


def in_order(state: MeetingState, mine: dict[str, list[Mark]]) -> list[str]:
    order = [paper for item in state.agenda.order for paper in state.agenda.items[item].papers]
    return [key for key in order if key in mine] + [key for key in mine if key not in order]


def by_page(marks: list[Mark]) -> list[tuple[int, list[Line]]]:
    pages: dict[int, list[Mark]] = {}
    for mark in marks:
        pages.setdefault(mark.page, []).append(mark)
    return [(page, lines_of(page, pages[page])) for page in sorted(pages)]


def lines_of(page: int, marks: list[Mark]) -> list[Line]:
    lines = [line_of(mark) for mark in marks if mark.kind != INK]
    if drawn := [mark for mark in marks if mark.kind == INK]:
        lines.append(Line(INK, page, strokes=len(drawn), at=max(mark.at for mark in drawn),
                          moved=any(mark.body.get(MOVED) for mark in drawn)))  # fmt: skip
    return sorted(lines, key=lambda line: ORDER.index(line.kind))


def line_of(mark: Mark) -> Line:
    body = mark.body
    said = {HIGHLIGHT: "quote", NOTE: "text", BOOKMARK: "name"}[mark.kind]
    return Line(mark.kind, mark.page, body.get(said, ""), body.get("note", ""), body.get("c", ""), at=mark.at,
                other=body.get("copy", {}), moved=bool(body.get(MOVED)))  # fmt: skip
