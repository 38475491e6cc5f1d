"""“My notes”: everything I have marked in a meeting's papers, by page; and in which meetings I have."""

from dataclasses import asdict

from flask import Blueprint, g, render_template

from meetingroom import log
from meetingroom.auth import guard
from meetingroom.marks import listing, store
from meetingroom.projections import queries
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("marks_page", __name__)
NEVER = {"Cache-Control": "private, no-store"}


@bp.app_context_processor
def counts():
    """For templates: in how many places of a meeting's papers the reader has marked something."""
    return {"my_marks": count_mine}


def count_mine(meeting: str = "") -> int:
    """Of one meeting, or of all."""
    with context().pool.lend() as db:
        found = store.count_by_meeting(db, g.user.id)
    return found.get(meeting, 0) if meeting else sum(found.values())


@bp.get("/marks")
@guard.signed_in
def meetings():
    """The meetings in whose papers I have marked something."""
    with context().pool.lend() as db:
        found = store.count_by_meeting(db, g.user.id)
        mine = [meeting for meeting in queries.meetings_of(db, g.user.id) if meeting["id"] in found]
    return render_template("marks/meetings.html", meetings=mine[::-1], counts=found), NEVER


@bp.get("/meetings/<meeting>/marks")
@guard.signed_in
def page(meeting: str):
    """All my marks of a meeting, by paper and page; nobody else's."""
    guard.require_member(meeting)
    frame = {"id": meeting, "title": frame_of(meeting).title}
    papers, hidden = listing.of_meeting(meeting)
    days = context().settings.marks_days
    with context().pool.lend() as db:
        closed = store.closed_at(db, meeting) if days else 0
    ends = closed + days * store.A_DAY if closed else 0
    shown = {"papers": papers, "hidden": hidden, "days": days, "ends": ends}
    return render_template("marks/page.html", meeting=frame, **shown), NEVER


@bp.get("/api/meetings/<meeting>/marks")
@guard.signed_in
def read(meeting: str):
    """The same as data: `{papers: [{paper, title, document, pages: [{page, lines}], earlier}], hidden}`; a line is
    `{kind, text, note, colour, strokes, at, moved}`."""
    guard.require_member(meeting)
    frame_of(meeting)
    papers, hidden = listing.of_meeting(meeting)
    return {"papers": [tell(paper) for paper in papers], "hidden": hidden}, NEVER


def frame_of(meeting: str):
    frame = log.state(context().pool, meeting).meeting
    if frame.secrecy != "none":
        raise Problem("not_found", 404)
    return frame


def tell(paper: listing.PaperMarks) -> dict:
    def pages(found):
        return [{"page": page, "lines": [asdict(line) for line in lines]} for page, lines in found]

    about = {"paper": paper.id, "title": paper.title, "document": paper.about["document"]}
    return about | {"pages": pages(paper.pages), "earlier": pages(paper.earlier)}
