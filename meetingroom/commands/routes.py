"""The wire's way in: who is this, what do they want, and the answer. No rules here."""

import json
from typing import Any

from flask import Blueprint, Response, g, jsonify, request

from meetingroom import clock, log
from meetingroom.auth import guard
from meetingroom.auth.guard import needs, signed_in
from meetingroom.commands import do, obeying
from meetingroom.meeting import papers, roles, wire
from meetingroom.meeting.ballot_count import hide_few_votes
from meetingroom.meeting.ballots import may_not_vote
from meetingroom.meeting.lifecycle import CreateMeeting
from meetingroom.meeting.notices import words_for
from meetingroom.meeting.state import MeetingState
from meetingroom.projections import queries
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

bp = Blueprint("commands", __name__)
MOST = 2**53  # no meeting has so many facts, and SQLite still knows the number


@bp.post(obeying.ADDRESS)
@signed_in
def command(meeting: str):
    """`{id, name, args}` → `{seq}`. The same `id` again: the same answer, nothing done twice."""
    if failed := request.environ.get(obeying.FAILED):  # it came the short way, and is put into words here
        raise failed
    return obeying.obey(meeting, do.read_json_object)


@bp.get("/api/meetings/<meeting>/commands/<command>")
@signed_in
def fate(meeting: str, command: str):
    """What became of my command whose answer never came: `{seq}` as it was given; 404 when it was not done."""
    guard.require_member(meeting)
    with context().pool.lend() as db:
        before = log.find_answer(db, meeting, command)
    answer = json.loads(before["answer"]) if before and before["by"] == g.user.id else {}
    if "seq" not in answer:
        raise Problem("not_found", 404)
    return {"seq": answer["seq"]}


@bp.get("/api/meetings")
@signed_in
def meetings():
    """`[{id, title, kind, status, starts_at, role}]`: mine, the latest first; drafts for their staff only."""
    with context().pool.lend() as db:
        mine = queries.meetings_of(db, g.user.id)
    columns = ("id", "title", "kind", "status", "starts_at", "ends_at", "place", "role")
    return jsonify([{key: row[key] for key in columns} for row in reversed(mine)])


@bp.post("/api/meetings")
@needs("admin", "organiser")
def create():
    """A new meeting in draft, its creator as organiser. An `id` (of the request) makes a repeated request harmless."""
    body = do.read_json_object()
    request_id = do.read_command_id(body.pop("id", None) or clock.new_id())
    for key in ("starts_at", "ends_at"):
        body[key] = do.read_moment(body.get(key), key)
    creation = wire.command_from("create_meeting", body)
    assert isinstance(creation, CreateMeeting)
    return {"id": do.create_meeting(creation, request_id)}, 201


@bp.get("/api/meetings/<meeting>")
@signed_in
def meeting_view(meeting: str):
    """`{seq, audience, view, now}`."""
    audience = roles.audience(guard.require_member(meeting))
    seq, view = context().push.current(meeting, audience)
    return {"seq": seq, "audience": audience, "view": view, "now": context().push.moment(meeting)}


@bp.get("/api/meetings/<meeting>/log")
@signed_in
def meeting_log(meeting: str):
    """JSON lines, one fact each with its hash; for the staff. `?after=n`. What of a secret ballot of fewer than four
    votes an old fact still holds is left out (its hash is of the whole fact)."""
    guard.require_staff(meeting)
    state = log.state(context().pool, meeting)
    with context().pool.lend() as db:
        facts = log.read(db, meeting, min(request.args.get("after", 0, type=int), MOST))
    lines = (
        log.canonical_json(
            {
                "seq": fact.seq,
                "at": clock.iso(fact.at),
                "by": fact.by,
                "name": type(fact.event).__name__,
                "data": wire.data_of(hide_few_votes(fact.event, state)),
                "hash": fact.hash,
            }
        )
        for fact in facts
    )
    return Response("".join(f"{line}\n" for line in lines), mimetype="application/x-ndjson")


@bp.get("/api/meetings/<meeting>/me")
@signed_in
def me(meeting: str):
    """What is mine here: role, roll entry, requests, ballots; `words` of notices to me and of calls I answer; the
    `papers` that I may read and not all members may."""
    role = guard.require_member(meeting)
    state = log.state(context().pool, meeting)
    _, view = context().push.current(meeting, roles.audience(role))
    return {
        "id": g.user.id,
        "name": g.user.name,
        "role": role,
        "roll": view["roll"]["people"].get(g.user.id, {}),
        "holds_stage": state.stage.holder == g.user.id,
        "requests": [key for key in state.floor.queue if state.floor.requests[key].person == g.user.id],
        "words": words_for(state, g.user.id),
        "papers": papers.of_person(state, g.user.id, log.meeting_time(context().pool, state)),
        "ballots": {key: my_ballot(state, key) for key, b in state.ballots.ballots.items() if b.state != "draft"},
    }


def my_ballot(state: MeetingState, key: str) -> dict:
    """May I vote and if not why; what I voted in an open ballot, whether I voted in a secret one."""
    ballot, why = state.ballots.ballots[key], may_not_vote(state, key, g.user.id)
    if not why and ballot.secret and g.user.tablet:
        why = "own_device_needed"
    mine = ballot.votes.get(g.user.id)
    found: dict[str, Any] = {"may_vote": not why, "voted": g.user.id in ballot.voted}
    if why:
        found |= {"why": why, "words": message(why)}
    return found | ({"choices": list(mine.choices), "text": mine.text} if mine else {})
