"""What edges ask of the origin: who comes in, the view of a room, and what their tablets have said."""

import hmac
import io
import json
import logging
import time
from collections import deque
from urllib.parse import unquote

from flask import Blueprint, Response, current_app, g, jsonify, request
from flask_babel import lazy_gettext as _l

from meetingroom import clock, log
from meetingroom.auth import guard
from meetingroom.edge.headers import BOOT, NAME, SECRET, VERSION
from meetingroom.live import envelope, socket
from meetingroom.live.admission import A_GROUP, take_turns
from meetingroom.live.edges import Edge
from meetingroom.live.presence import Screen
from meetingroom.meeting import roles
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import messages

logger = logging.getLogger(__name__)

bp = Blueprint("edges", __name__)
HEADERS = {"cookie": "HTTP_COOKIE", "language": "HTTP_ACCEPT_LANGUAGE", "agent": "HTTP_USER_AGENT"}
PLAIN = {
    "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": "/socket.io/", "QUERY_STRING": "", "SERVER_NAME": "edge",
    "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
}  # fmt: skip
AT_ONCE = 200  # people of one question
SAID = 5000  # words of one
messages.update({"other_version": _l("This edge runs another version of the program; bring both to the same.")})


@bp.before_request
def only_edges():
    """Who knows the secret; to everybody else there is nothing here. Of another version: refused in words."""
    wanted, given = context().settings.edge_secret, request.headers.get(SECRET, "")
    if context().edges is None or not wanted or not hmac.compare_digest(wanted.encode(), given.encode()):
        raise Problem("not_found", 404)
    name, version = unquote(request.headers.get(NAME, ""))[:64], request.headers.get(VERSION, "")[:64]
    if version != envelope.spoken():
        if name not in context().edges.others:
            logger.warning("the edge %s runs version %s, this is %s: it is refused", name, version, envelope.spoken())
        context().edges.refused(name, version)
        raise Problem("other_version", 409, version=envelope.spoken())
    g.edge = context().edges.heard(request.headers.get(BOOT, "")[:64], name)


@bp.post("/edge/beat")
def beat():
    """`{acked, sockets, delay?, cache?, redis, meetings, said, gone}` → `{now, boot, sids, meetings: {id: {seq, moment,
    screens}}, orders, last, presence}`: twice a second, from each edge. `orders` is null where it has missed too much,
    `presence` where it hears that by Redis."""
    asked, edge = body(), g.edge
    heard_before, edge.redis = edge.hears, asked.get("redis") is True
    edge.hears = hears = edge.redis and context().edges.carries()
    edge.sockets, edge.delay = whole(asked.get("sockets")), decimal(asked.get("delay"))
    edge.cache = asked.get("cache") if type(asked.get("cache")) is dict else None
    hear(edge, asked.get("said"))
    for sid in listed(asked.get("gone"), SAID):
        if isinstance(sid, str) and context().edges.of(sid) is edge:
            context().edges.drop(sid)
            socket.vanish(context(), sid)
    meetings = listed(asked.get("meetings"), AT_ONCE)
    if hears and not heard_before:
        context().presence.changed.update(each for each in meetings if isinstance(each, str))
    return jsonify(
        presence=None if hears else [board(each) for each in meetings if isinstance(each, str)],
        now=clock.now(), boot=current_app.extensions["meetingroom.boot"], sids=len(edge.sids),
        meetings={meeting: stands for meeting in meetings if (stands := standing(meeting))},
        orders=edge.outbox.after(whole(asked.get("acked"))), last=edge.outbox.last,
    )  # fmt: skip


@bp.record_once
def prepare(state) -> None:
    """An id of this start: edges look at everything anew after another."""
    state.app.extensions["meetingroom.boot"] = clock.new_id()


@bp.post("/edge/people")
def people():
    """Those at an edge who come in, or join a meeting: `{people: [{sid, head: {cookie, language?, agent?}, join?:
    {meeting, as?, device?, onlooker?}, painted?}]}` → `{answers: [{audience, seq} or {} or {error}]}`."""
    waiting, answers = deque(listed(body().get("people"), AT_ONCE)), []
    while waiting:
        with take_turns():
            ends = time.monotonic() + A_GROUP
            answers.append(answer(g.edge, waiting.popleft()))
            while waiting and time.monotonic() < ends:
                answers.append(answer(g.edge, waiting.popleft()))
    return jsonify(answers=answers)


@bp.post("/edge/room")
def room():
    """`{meeting, audience, after?}` → `{seq, patches}` if they are all still here, else `{seq, now, view}`."""
    asked = body()
    meeting, audience, after = asked.get("meeting"), asked.get("audience"), asked.get("after")
    if not isinstance(meeting, str) or audience not in roles.AUDIENCES:
        raise Problem("not_found", 404)
    state, view = context().push.snapshot(meeting, audience)
    if not state.seq:
        raise Problem("not_found", 404)
    patches = context().push.since(meeting, audience, after) if type(after) is int else None
    found = {"seq": state.seq, "now": context().push.moment(meeting)}
    if patches is not None:
        return jsonify(found | {"patches": patches})
    return Response(f'{json.dumps(found)[:-1]},"view":{view}}}', content_type="application/json")


@bp.post("/edge/said")
def said():
    """`{said: [[sid, event, body]]}`: a pen in motion, at once."""
    hear(g.edge, body().get("said"))
    return jsonify({})


def answer(edge: Edge, each) -> dict:
    """One who comes in: their cookie decides, here as everywhere."""
    if not isinstance(each, dict) or not isinstance(each.get("sid"), str):
        return {"error": {"code": "malformed", "message": ""}}
    environ, join = environ_of(each.get("head")), each.get("join")
    with current_app.app_context():
        g.sid = each["sid"]
        at_home = socket.socketio.server.manager.is_connected(g.sid, "/")
        if at_home or not context().edges.take(edge, g.sid):
            return {"error": {"code": "not_signed_in", "message": ""}}
        if not is_plainly_in(environ):
            with current_app.request_context(environ):
                if not (context().visitors.get(g.sid) or socket.may_come_in()):
                    context().edges.drop(g.sid)
                    return socket.refusal_of("not_signed_in")
                return in_words(enter(join, each.get("painted")) if isinstance(join, dict) else {})
        found = enter(join, each.get("painted")) if isinstance(join, dict) else {}
        if "error" in found:
            with current_app.request_context(environ):  # which knows their language
                return in_words(found)
        return found


def in_words(found: dict) -> dict:
    """In the language of whoever asked, whose request this is."""
    return socket.refusal_of(found["error"]) if "error" in found else found


def is_plainly_in(environ) -> bool:
    """Whether it is somebody who is signed in as themselves; nothing of a request is made for them."""
    if visitor := context().visitors.get(g.sid):
        return bool(visitor.user)
    return socket.let_in(guard.user_from_head(current_app._get_current_object(), environ))  # type: ignore[attr-defined]


def enter(asked: dict, painted) -> dict:
    """Their place in a meeting; the room itself is the edge's. {error: code} for those who have none."""
    meeting = socket.read_text(asked, "meeting")
    found: Screen | str = socket.find_place(meeting, asked)
    if isinstance(found, str):
        return {"error": found}
    state, _ = context().push.snapshot(meeting, roles.audience(found.role))
    context().presence.arrived(g.sid, found, state)
    if isinstance(painted, dict):
        socket.mark_painted(painted)
    return {"audience": roles.audience(found.role), "seq": state.seq}


def environ_of(head) -> dict:
    """What a request of theirs would bring that is no more than this."""
    given = head if isinstance(head, dict) else {}
    said = {name: given[key] for key, name in HEADERS.items() if isinstance(given.get(key), str)}
    return {**PLAIN, **said, "wsgi.input": io.BytesIO()}


def hear(edge: Edge, said) -> None:
    """What the tablets of an edge have said, each in their own name."""
    for each in listed(said, SAID):
        if not isinstance(each, list) or len(each) != 3 or each[1] not in WORDS:
            continue
        if not isinstance(each[0], str) or context().edges.of(each[0]) is not edge:
            continue
        with current_app.app_context():
            g.sid = each[0]
            try:
                WORDS[each[1]](each[2])
            except Exception:  # of this one word
                logger.exception("what a tablet of an edge said could not be handled")


def leave(data) -> None:
    """The room is left at the edge already."""
    screen = context().presence.screens.get(g.sid)
    if screen and screen.meeting == socket.read_text(data, "meeting"):
        context().presence.left(g.sid)


WORDS = {"painted": socket.mark_painted, "leave": leave, "signal": socket.pass_signal_on}


def standing(meeting) -> dict | None:
    """How far a meeting is that an edge has in its rooms; None where there is no such room here."""
    if not isinstance(meeting, str):
        return None
    seq, _ = context().push.current(meeting, roles.AUDIENCES[0])
    if not seq:
        return None
    return {"seq": seq, "moment": context().push.moment(meeting), "screens": context().presence.counts[meeting]}


def board(meeting: str) -> dict:
    """Who has the page, for staff at an edge that hears nothing of it by Redis."""
    return context().presence.summary(meeting, log.state(context().pool, meeting).sites.main)


def body() -> dict:
    found = request.get_json(silent=True)
    if not isinstance(found, dict):
        raise Problem("malformed", 400)
    return found


def listed(value, most: int) -> list:
    return value[:most] if isinstance(value, list) else []


def whole(value) -> int:
    return value if type(value) is int and 0 <= value < 2**53 else 0


def decimal(value) -> float | None:
    return float(value) if type(value) in (int, float) and 0 <= value < 3600 else None
