"""The socket's handlers: understand, call, answer. No rules here."""

import json
import logging

from flask import current_app, g, has_request_context, request
from flask_socketio import SocketIO

from meetingroom import clock, log
from meetingroom.auth import guard, sessions
from meetingroom.devices.screens import current_screen
from meetingroom.devices.tablets import current_tablet
from meetingroom.live import gc_schedule, heartbeat, inbound, pen, requests, sounds, timers, websocket
from meetingroom.live.admission import take_turns
from meetingroom.live.fast import FastManager, encoded
from meetingroom.live.inbound import Ready
from meetingroom.live.presence import Presence, Screen
from meetingroom.live.push import room_name
from meetingroom.meeting import roles
from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.people import PersonRemoved, RoleChanged
from meetingroom.meeting.state import MeetingState
from meetingroom.web.context import Context, Visitor, context
from meetingroom.web.messages import message

logger = logging.getLogger(__name__)

# What those who are in say all the time, and what needs nothing of a request but whose socket it is.
OFTEN = {"join", "leave", "painted", "clock", "signal", "disconnect"}


class Sockets(SocketIO):
    """Flask's, which makes a request (with its address, cookies and session) of every word of every tablet."""

    def _handle_event(self, handler, message, namespace, sid, *args):
        environ = self.server.get_environ(sid, namespace=namespace)
        if environ and (message in OFTEN or message == "connect"):
            app = environ["flask.app"]
            with app.app_context():
                g.sid = sid
                if message == "connect":
                    with take_turns():
                        if let_in(guard.user_from_head(app, environ)):
                            return True
                elif (visitor := app.extensions["meetingroom"].visitors.get(sid)) and visitor.user:
                    return handler(*args)
        return super()._handle_event(handler, message, namespace, sid, *args)


socketio = Sockets()
PRESENCE_EVERY = 0.5
SESSIONS_EVERY = 2.0  # seconds
KEY_LENGTH = 200  # of the name of a place on the stage


def connect(app, settings) -> None:
    """Join the socket to the app: its options, the presence that follows the push, the background tasks."""
    manager = websocket.manager(settings)
    fast = isinstance(manager, FastManager)
    socketio.init_app(app, client_manager=manager, manage_session=False, **websocket.options(settings, fast))
    inbound.install(socketio.server)
    if fast:
        websocket.install(socketio.server)
        heartbeat.install(socketio.server)
    here: Context = app.extensions["meetingroom"]
    here.presence = Presence()
    here.edges = getattr(manager, "edges", None)
    here.push.emit = lambda event, body, to: socketio.emit(event, body, to=to)
    if fast:  # the same without the layers in between
        here.push.emit, here.push.occupied = manager.tell, manager.is_anybody_in
    if here.edges:
        here.push.sent = manager.let_go
    if fast and here.edges:  # encoded once, for them and for the sockets here
        here.push.emit = lambda event, body, to: manager.emit(event, encoded(event, body), "/", to)
    here.push.listeners += [here.presence.heard, put_visitor_out(here)]
    here.push.renews += [put_out_again(here), here.presence.renewed]
    here.push.inhabited = here.presence.inhabited
    here.announce = announce
    here.dismiss_user = lambda user: dismiss_visitors(here, "signed_out", lambda v: v.user == user)
    here.dismiss_session = lambda session: dismiss_visitors(here, "signed_out", lambda v: v.session == session)
    here.dismiss_screen = lambda screen: let_visitor_go(here, screen)


def start(app) -> None:
    """Begin to follow the log and to tell the staff who is here. Called once, when the server serves."""
    here: Context = app.extensions["meetingroom"]
    here.push.start(socketio.start_background_task)
    socketio.start_background_task(send_presence, here)
    socketio.start_background_task(watch_sessions, here)
    if here.edges:
        socketio.start_background_task(socketio.server.manager.run)
        socketio.start_background_task(watch_edges, here)
    socketio.start_background_task(timers.run, here, socketio.sleep)
    socketio.start_background_task(
        gc_schedule.run, lambda: len(here.visitors), lambda: here.push.pushed, socketio.sleep
    )


@socketio.on("connect")
def connected(auth=None):
    """Only people who are signed in, and screens and tablets that have been paired."""
    with take_turns():
        return may_come_in()


def may_come_in() -> bool:
    user = guard.user_from_cookie()
    if let_in(user):
        return True
    if user and user.must_change:
        return False
    screen = current_tablet() or current_screen()
    if screen is None or not screen["meeting"]:
        return False
    context().visitors[socket_id()] = Visitor(screen=screen["id"])
    return True


def let_in(user: guard.User | None) -> bool:
    """Whether somebody comes in as themselves. Who acts at a shared tablet for a moment does not make it theirs."""
    if user is None or user.must_change or user.tablet:
        return False
    context().visitors[socket_id()] = Visitor(user.id, user.session, only=user.only, proven=user.proven)
    return True


@socketio.on("disconnect")
def disconnected(*_):
    vanish(context(), socket_id())


@socketio.on("join")
def join(data=None):
    """`{meeting, after?, as?, device?, onlooker?}` → `{seq, audience, patches}` or `{seq, audience, view, now}`, or
    `{error}`. `device` is the page's name for itself, `onlooker` a page that is no device of the room."""
    with take_turns():
        return answer_join(read_text(data, "meeting"), data if isinstance(data, dict) else {})


def answer_join(meeting: str, asked: dict) -> dict | Ready:
    found = find_place(meeting, asked)
    if isinstance(found, str):
        return refusal_of(found)
    here, audience, after = context(), roles.audience(found.role), asked.get("after")
    if (before := here.presence.screens.get(socket_id())) is not None:
        socketio.server.leave_room(socket_id(), room_name(before.meeting, before.audience), namespace="/")
    # First into the room, then the view: a patch in between is in the view and is ignored by its number.
    socketio.server.enter_room(socket_id(), room_name(meeting, audience), namespace="/")
    patches = here.push.since(meeting, audience, after) if type(after) is int else None
    state, view = here.push.snapshot(meeting, audience)
    here.presence.arrived(socket_id(), found, state)
    answer = {"seq": state.seq, "audience": audience, "now": here.push.moment(meeting)}
    if patches is not None:
        return {**answer, "patches": patches}
    return Ready(f'{json.dumps(answer, separators=(",", ":"))[:-1]},"view":{view}}}')


def find_place(meeting: str, asked: dict) -> Screen | str:
    """Where whoever asks `{as?, device?, onlooker?}` belongs in a meeting; or why they do not come in."""
    visitor, meant = context().visitors.get(socket_id()), read_text(asked, "as")
    if meant and visitor and visitor.user != meant:  # a page that somebody else had opened in this browser
        return "another_person"
    found = visitor_of(meeting)
    if found is None:
        return "not_found"
    found.device, found.onlooker = read_text(asked, "device")[:64], asked.get("onlooker") is True
    return found


def refusal_of(code: str) -> dict:
    """In the language of whoever asked, which a request knows."""
    if has_request_context():  # of somebody at an edge
        return {"error": {"code": code, "message": message(code)}}
    with current_app.request_context(socketio.server.get_environ(socket_id(), namespace="/")):
        return {"error": {"code": code, "message": message(code)}}


@socketio.on("leave")
def leave(data=None):
    screen = context().presence.screens.get(socket_id())
    if screen and screen.meeting == read_text(data, "meeting"):
        socketio.server.leave_room(socket_id(), room_name(screen.meeting, screen.audience), namespace="/")
        context().presence.left(socket_id())


@socketio.on("painted")
def mark_painted(data=None):
    """`{meeting, paper, page, document?, browsing?, shows?, ink?, right?: {paper, page, document?, ink?}}`: it is on
    the glass; a browser's own page; what a big screen has; up to which revision what is written on the page is there,
    too; the other page of a pair. Instead of a page `{key}` names any place of the stage: `ev:…`, `map:…`,
    `media:…`, `p:…`; with `silent` where it is to be heard and is not."""
    asked = data if isinstance(data, dict) else {}
    if key := read_text(asked, "key")[:KEY_LENGTH]:
        asked = {
            "paper": "",
            "page": 0,
            **{name: asked[name] for name in ("browsing", "shows", "silent") if name in asked},
        }
    right = asked.get("right")
    places = [asked, right] if isinstance(right, dict) else [asked]
    if not all(pen.whole(place.get("page"), 0, 1_000_000) for place in places):
        return
    papers = [read_text(place, "paper")[:64] for place in places]
    ink = sum(place["ink"] for place in places if pen.whole(place.get("ink"), 0, 2**31))
    document = " ".join(read_text(place, "document")[:64] for place in places).strip()
    shows = read_text(asked, "shows")[:16]
    silent = bool(key) and asked.get("silent") is True
    browsing, beside = asked.get("browsing") is True, (papers[1], places[1]["page"]) if len(papers) > 1 else ()
    context().presence.painted(
        socket_id(), papers[0], asked["page"], browsing, shows, ink, document, beside, key, silent
    )


@socketio.on("clock")
def answer_clock(data=None):
    """`{t0}` → `{t0, now, seq?, pen_ms?}`: the offset of the client's clock; the number tells it whether it is up to
    date; how often a pen may say where it is."""
    answer = {"t0": read_number(data, "t0"), "now": clock.now()}
    if screen := context().presence.screens.get(socket_id()):
        answer["seq"] = context().push.current(screen.meeting, screen.audience)[0]
        answer["now"] = context().push.moment(screen.meeting)
        answer["pen_ms"] = pen.pen_ms(context().presence.counts[screen.meeting])
    return answer


@socketio.on("signal")
def pass_signal_on(data=None):
    """A pointer or pen in motion (`pen.py`): passed on if it comes from the holder of the stage, and forgotten. A
    request to show something (`requests.py`) goes the other way."""
    screen, said = context().presence.screens.get(socket_id()), pen.read_signal(data)
    if screen and (asked := requests.read_request(data)):
        return pass_request_on(screen, asked)
    if not screen or not said:
        return
    meeting = screen.meeting
    screen.pen = screen.pen or pen.Meter()
    if not screen.pen.spend(pen.pen_ms(context().presence.counts[meeting])):
        return
    state = log.state(context().pool, meeting)
    if state.stage.holder != screen.person or not pen.is_on_stage(state, said):
        return
    rooms = [room_name(meeting, audience) for audience in roles.AUDIENCES]
    pen.send(socketio.server, {**said, "by": screen.person}, meeting, rooms, socket_id())


def pass_request_on(screen: Screen, asked: dict) -> None:
    """Somebody asks to have a place shown: who holds the stage hears it, on every device."""
    screen.pen = screen.pen or pen.Meter()
    if not screen.person or not screen.pen.spend(requests.EVERY):
        return
    here = context().presence.of(screen.meeting)
    holder = log.state(context().pool, screen.meeting).stage.holder
    for sid in [sid for sid, each in here.items() if each.person == holder and holder != screen.person]:
        socketio.emit("signal", {**asked, "by": screen.person, "meeting": screen.meeting}, to=sid)


def visitor_of(meeting: str) -> Screen | None:
    """The connected person's (or screen's) place in a meeting, read afresh; None for those who do not belong."""
    visitor = context().visitors.get(socket_id())
    if visitor and visitor.user:
        with context().pool.lend() as db:
            found = guard.find_membership(db, meeting, visitor.user, only=visitor.only, proven=visitor.proven)
        if found is None:
            return None
        return Screen(meeting, roles.audience(found["role"]), visitor.user, found["site"], found["role"])
    if (tablet := current_tablet()) and tablet["meeting"] == meeting:
        return Screen(
            meeting, roles.audience("tablet"), site=site_of(meeting, tablet["people"]), role="tablet", id=tablet["id"]
        )
    screen = current_screen()
    if screen is None or screen["meeting"] != meeting:
        return None
    return Screen(meeting, "screens", role="screen", id=screen["id"], name=screen.get("name") or "")


def site_of(meeting: str, people: list[str]) -> str:
    """Where a shared tablet lies: where the first of its people is."""
    roll = log.state(context().pool, meeting).roll.people
    return next((roll[person].site for person in people if person in roll), "")


def announce(meeting: str, event: str, body: dict, audiences=roles.AUDIENCES) -> None:
    """To everybody in a meeting, or some of them, not stored: whoever is not there now does not hear it."""
    for audience in audiences:
        socketio.emit(event, {**body, "meeting": meeting}, to=room_name(meeting, audience))


def put_visitor_out(here: Context):
    """A listener of the push: who is removed leaves the rooms at once; who has a new role sees with new eyes."""

    def listen(meeting: str, before: MeetingState, after: MeetingState, fact: Recorded) -> None:
        if isinstance(fact.event, (PersonRemoved, RoleChanged)):
            code = "removed" if isinstance(fact.event, PersonRemoved) else "role_changed"
            dismiss(here, code, lambda s: s.meeting == meeting and s.person == fact.event.person)

    return listen


def put_out_again(here: Context):
    """The same where the push may not have heard the fact: everybody's place is looked at."""

    def renew(meeting: str, state: MeetingState) -> None:
        roles_now = {key: person.role for key, person in state.roll.people.items()}
        here_as = lambda s: roles_now.get(s.person, "") if s.meeting == meeting and s.person else s.role  # noqa: E731
        dismiss(here, "removed", lambda s: s.role and not here_as(s))
        dismiss(here, "role_changed", lambda s: s.role != here_as(s))

    return renew


def dismiss(here: Context, code: str, which) -> None:
    """Put the screens for which `which(screen)` holds out of their rooms, and tell them why."""
    for sid, screen in list(here.presence.screens.items()):
        if which(screen):
            socketio.server.leave_room(sid, room_name(screen.meeting, screen.audience), namespace="/")
            here.presence.left(sid)
            socketio.emit("dismissed", {"meeting": screen.meeting, "code": code}, to=sid)


def let_visitor_go(here: Context, screen: str) -> None:
    """A projector or shared tablet is taken from its meeting."""
    dismiss_visitors(here, "removed", lambda v: v.screen == screen)
    here.presence.let_go(screen)


def dismiss_visitors(here: Context, code: str, which) -> None:
    """End the sockets of the visitors for whom `which(visitor)` holds, and tell them why."""
    sids = [sid for sid, visitor in here.visitors.items() if which(visitor)]
    for sid in sids:
        here.visitors.pop(sid, None)
        try:
            if screen := here.presence.left(sid):
                socketio.server.leave_room(sid, room_name(screen.meeting, screen.audience), namespace="/")
                socketio.emit("dismissed", {"meeting": screen.meeting, "code": code}, to=sid)
            socketio.server.disconnect(sid)
        except Exception:  # the others go all the same
            logger.exception("a socket could not be ended in order")


def end_of_sessions(here: Context) -> None:
    """End the sockets of sessions that are no more, however they ended: run out, or ended by another process."""
    held = list({visitor.session for visitor in here.visitors.values() if visitor.session})
    if not held:
        return
    with here.pool.lend() as db:
        gone = set(held) - sessions.find_good(db, held)
    if gone:
        dismiss_visitors(here, "signed_out", lambda visitor: visitor.session in gone)


def watch_sessions(here: Context) -> None:
    """For as long as the server runs."""
    while True:
        socketio.sleep(SESSIONS_EVERY)
        try:
            end_of_sessions(here)
        except Exception:  # the next look is another chance
            logger.exception("sessions were not looked at")


def vanish(here: Context, sid: str) -> None:
    """A socket is no more."""
    here.visitors.pop(sid, None)
    here.presence.vanished(sid)


def watch_edges(here: Context) -> None:
    """For as long as the server runs: the screens of an edge that is not heard are missed, as lost ones are."""
    while True:
        socketio.sleep(PRESENCE_EVERY)
        try:
            for sid in here.edges.missed():
                vanish(here, sid)
        except Exception:  # the next look is another chance
            logger.exception("the edges were not looked at")


def send_presence(here: Context) -> None:
    """At most twice a second, the staff of each meeting where something changed."""
    while True:
        socketio.sleep(PRESENCE_EVERY)
        try:
            here.presence.tidy()
            changed, here.presence.changed = here.presence.changed, set()
            for meeting in changed:
                state = log.state(here.pool, meeting)
                found = here.presence.summary(meeting, state.sites.main)
                socketio.emit("presence", found, to=room_name(meeting, "staff"))
                send_to_technicians(here, meeting, found)
                sounds.send(socketio, here, state, found)
        except Exception:  # the next half second is another chance
            logger.exception("presence was not told")


def send_to_technicians(here: Context, meeting: str, found: dict) -> None:
    """Each the screens of their own site."""
    for key, screen in here.presence.of(meeting).items():
        if screen.role == "technician" and screen.site in found["sites"]:
            own = {"meeting": meeting, **{key: found[key] for key in ("paper", "page", "key") if key in found}}
            socketio.emit("presence", {**own, "sites": {screen.site: found["sites"][screen.site]}}, to=key)


def socket_id() -> str:
    """The id of the socket whose event is being handled."""
    return g.sid if "sid" in g else request.sid  # type: ignore[attr-defined]


def read_number(data, key: str) -> int | float | None:
    value = data.get(key) if isinstance(data, dict) else None
    return value if type(value) in (int, float) else None


def read_text(data, key: str) -> str:
    value = data.get(key) if isinstance(data, dict) else ""
    return value if isinstance(value, str) else ""
