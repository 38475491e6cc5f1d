"""The wire's way in: who is this, what do they wish, and the answer. No rules here."""

import hashlib
import json
import re
from typing import Any

from flask import Blueprint, Response, g, jsonify, request

from meetingroom import clock, log
from meetingroom.meeting import roles, wire
from meetingroom.meeting.ballot_count import telling
from meetingroom.meeting.ballots import may_not_vote
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.lifecycle import CreateMeeting
from meetingroom.meeting.notices import words_for
from meetingroom.meeting.people import Invite
from meetingroom.meeting.state import MeetingState
from meetingroom.people import guard, tablets
from meetingroom.people.guard import needs, signed_in
from meetingroom.web import store
from meetingroom.web.errors import Problem
from meetingroom.web.house import house
from meetingroom.web.messages import message

bp = Blueprint("commands", __name__)
COMMAND_ID = re.compile(r"[\w.:-]{1,80}")
MOST = 2**53  # no meeting has so many facts, and SQLite still knows the number


@bp.post("/api/meetings/<meeting>/commands")
@signed_in
def command(meeting: str):
    """`{id, name, args}` → `{seq}`. The same `id` again: the same answer, nothing done twice."""
    role = guard.member(meeting)
    wish = json_object()
    name = command_id(wish.get("id"))
    wanted = wire.command_from(wish.get("name"), wish.get("args") or {})
    if g.user.tablet:
        tablets.allow(g.user, name, wish["name"], wish.get("args") or {}, log.state(house().pool, meeting))
    answer = do(meeting, wanted, Actor(g.user.id, role), name)
    if g.user.tablet:
        tablets.spent(g.user, name)
    return {"seq": answer.seq, "receipt": answer.receipt} if answer.receipt else {"seq": answer.seq}


@bp.get("/api/meetings/<meeting>/commands/<command>")
@signed_in
def fate(meeting: str, command: str):
    """What became of my command whose answer never came: `{seq}` as it was given; 404 when it was not done."""
    guard.member(meeting)
    with house().pool.lend() as db:
        before = log.answered(db, meeting, command)
    answer = json.loads(before["answer"]) if before and before["by"] == g.user.id else {}
    if "seq" not in answer:
        raise Problem("not_found", 404)
    return {"seq": answer["seq"]}


@bp.get("/api/meetings")
@signed_in
def meetings():
    """`[{id, title, kind, status, starts_at, role}]`: mine, the latest first; drafts for their staff only."""
    with house().pool.lend() as db:
        mine = store.meetings_of(db, g.user.id)
    told = ("id", "title", "kind", "status", "starts_at", "ends_at", "place", "role")
    return jsonify([{key: row[key] for key in told} for row in reversed(mine)])


@bp.post("/api/meetings")
@needs("admin", "organiser")
def create():
    """A new meeting in draft, its creator as organiser. An `id` (of the request) makes a repeated request harmless."""
    wish = json_object()
    request_id = command_id(wish.pop("id", None) or clock.new_id())
    for key in ("starts_at", "ends_at"):
        wish[key] = moment(wish.get(key), key)
    creation = wire.command_from("create_meeting", wish)
    assert isinstance(creation, CreateMeeting)
    return {"id": create_meeting(creation, request_id)}, 201


def create_meeting(creation: CreateMeeting, request_id: str, role: str = "organiser") -> str:
    """The id of the new meeting, with its creator in it; the same `request_id` of the same person again: the same."""
    digest = hashlib.sha256(f"{g.user.id}/{request_id or clock.new_id()}".encode()).hexdigest()
    meeting, actor = "m" + digest[:15], Actor(g.user.id, "system")
    do(meeting, creation, actor, "create")
    do(meeting, Invite(g.user.id, role), actor, "organiser")
    return meeting


@bp.get("/api/meetings/<meeting>")
@signed_in
def meeting_view(meeting: str):
    """`{seq, audience, view, now}`."""
    audience = roles.audience(guard.member(meeting))
    seq, view = house().push.current(meeting, audience)
    return {"seq": seq, "audience": audience, "view": view, "now": house().push.moment(meeting)}


@bp.get("/api/meetings/<meeting>/log")
@signed_in
def meeting_log(meeting: str):
    """JSON lines, one fact each with its hash; for the staff. `?after=n`. What of a secret ballot of fewer than four
    votes an old fact still holds is left out (its hash is of the whole fact)."""
    if guard.member(meeting) not in roles.STAFF:
        raise Problem("not_allowed", 403)
    state = log.state(house().pool, meeting)
    with house().pool.lend() as db:
        facts = log.read(db, meeting, min(request.args.get("after", 0, type=int), MOST))
    lines = (
        log.canonical(
            {
                "seq": fact.seq,
                "at": clock.iso(fact.at),
                "by": fact.by,
                "name": type(fact.event).__name__,
                "data": wire.data_of(telling(fact.event, state)),
                "hash": fact.hash,
            }
        )
        for fact in facts
    )
    return Response("".join(f"{line}\n" for line in lines), mimetype="application/x-ndjson")


@bp.get("/api/meetings/<meeting>/me")
@signed_in
def me(meeting: str):
    """What is mine here: role, roll entry, requests, ballots; `words` of notices to me and of calls I answer."""
    role = guard.member(meeting)
    state = log.state(house().pool, meeting)
    _, view = house().push.current(meeting, roles.audience(role))
    return {
        "id": g.user.id,
        "name": g.user.name,
        "role": role,
        "roll": view["roll"]["people"].get(g.user.id, {}),
        "holds_stage": state.stage.holder == g.user.id,
        "requests": [key for key in state.floor.queue if state.floor.requests[key].person == g.user.id],
        "words": words_for(state, g.user.id),
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


def do(meeting: str, wish, actor: Actor, command_id: str) -> log.Answer:
    """Through the one door, then out to the rooms."""
    answer = log.handle(house().pool, meeting, wish, actor, command_id)
    house().push.now()
    return answer


def json_object() -> dict:
    wish = request.get_json(silent=True)
    if not isinstance(wish, dict):
        raise Problem("malformed", 400)
    return wish


def command_id(value) -> str:
    if not isinstance(value, str) or not COMMAND_ID.fullmatch(value):
        raise Problem("malformed", 400, fields={"id": "type"})
    return value


def moment(value, field: str):
    """A time from JSON: milliseconds, or ISO 8601 (local if it has no offset)."""
    if isinstance(value, str):
        try:
            return clock.milliseconds(value)
        except ValueError:
            raise Problem("bad_time", 422, field=field) from None
    return value
