"""A meeting that is over, seen again: its page, and what the page draws."""

from flask import Blueprint, Response, render_template, request

from meetingroom import log
from meetingroom.archive import replay
from meetingroom.auth import guard
from meetingroom.auth.guard import signed_in
from meetingroom.meeting import checks
from meetingroom.meeting.roles import STAFF
from meetingroom.meeting.state import MeetingState
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("replay", __name__)


def may_see(meeting: str) -> tuple[str, MeetingState]:
    """The role of who looks, and the meeting: one that was held and is over. Of one on state secrets nothing is there
    to be seen again."""
    role = guard.require_member(meeting)
    state = log.state(context().pool, meeting)
    if state.meeting.secrecy != "none":
        raise Problem("not_found", 404)
    if state.meeting.status not in checks.OVER or not state.meeting.opened_at:
        raise Problem("meeting_not_over", 409)
    return role, state


@bp.get("/meetings/<meeting>/replay")
@signed_in
def page(meeting: str):
    """The meeting again, at any speed; `?at=` is the moment (ms) where it begins."""
    role, state = may_see(meeting)
    frame = state.meeting
    boot = {"meeting": meeting, "screen": "replay", "at": request.args.get("at", frame.opened_at, type=int)}
    shown = frame.status == "archived" or role in STAFF
    return render_template(
        "screens/replay.html", boot=boot, about={"title": frame.title}, opened=frame.opened_at,
        back=f"/meetings/{meeting}{'/archive' if shown and request.args.get('from') == 'archive' else ''}",
    )  # fmt: skip


@bp.get("/api/meetings/<meeting>/replay.json")
@signed_in
def read(meeting: str):
    """The meeting again, as its members saw it: `{seq, at, until, view, patches: [[at, patch], …], marks: [{at, kind,
    text, n?, page?}]}`; once it is closed. A paper that is not released (or was taken back) is seen by the staff alone;
    where it was on the screens, others find `stage.withheld`."""
    role, state = may_see(meeting)
    with context().pool.lend() as db:
        facts = log.read(db, meeting)
    papers = None if role in STAFF else replay.released(state)
    body = context().in_thread(replay.build, meeting, facts, papers)
    answer = Response(log.canonical_json(body), mimetype="application/json")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
