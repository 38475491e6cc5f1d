"""The sockets of an edge: what tablets say and are told there, in the same words and the same measure as at home."""

import json
import logging
import threading
import time
from typing import Any

import socketio

from meetingroom import clock
from meetingroom.edge.centre import Centre
from meetingroom.edge.gathering import Gathered
from meetingroom.edge.line import Line, Turned, Unheard
from meetingroom.edge.passing_on import UNSENT, WORDS
from meetingroom.edge.people import People, Seat
from meetingroom.edge.rooms import Held, Rooms
from meetingroom.live import heartbeat, inbound, pen, requests, websocket
from meetingroom.live.envelope import body_of
from meetingroom.live.fast import Encoded, FastManager, encoded

logger = logging.getLogger(__name__)

HEADS = {"cookie": "HTTP_COOKIE", "language": "HTTP_ACCEPT_LANGUAGE", "agent": "HTTP_USER_AGENT"}
LONGEST = 1000  # letters of a word of a tablet's: many travel together, and none may keep the others from arriving
HEAD = 8000  # … and of what it is known by: a line, as nginx lets it through
PENS = 60  # words of pens on their way
WORDS_HEARD = ("connect", "disconnect", "join", "leave", "painted", "clock", "signal")
ASKED = ("meeting", "as", "device", "onlooker")
NOBODY = "not_signed_in"
UNJOINED = 0.5  # seconds until the origin is asked about who has come in and does not join


class Sockets:
    """`hearing` is where rooms are asked for; `act` is what it tells."""

    def __init__(self, settings, line: Line, hearing: Any):
        manager = FastManager() if websocket.fits(settings) else None
        self.server = server = socketio.Server(client_manager=manager, **websocket.options(settings, bool(manager)))
        inbound.install(server)
        if manager:
            websocket.install(server)
            heartbeat.install(server)
        self.fast, self.line = manager, line
        self.begin = begin = server.start_background_task
        self.centre, self.gathered = Centre(time.monotonic()), Gathered()
        self.people = People(line.ask, begin)
        self.rooms = Rooms(line.ask, self.emit, self.encode, hearing, begin)
        self.seats: dict[str, Seat] = {}
        self.newcomers: dict[str, float] = {}  # of whom the origin has not heard yet, and since when they are here
        self.unknown = False  # the origin does not know where everybody here is
        self.pens: list[list] = []
        self.pen_moved = threading.Event()
        for name in WORDS_HEARD:
            server.on(name, getattr(self, name))

    def emit(self, event: str, what: Any, room: str, skip: str | None = None) -> None:
        self.server.manager.emit(event, what, "/", room=room, skip_sid=skip)

    def encode(self, event: str, body: dict) -> Any:
        return encoded(event, body) if self.fast else body

    def connect(self, sid: str, environ: dict, auth=None) -> bool:
        seat = Seat(sid, {key: environ.get(name, "") for key, name in HEADS.items()})
        if sum(len(said) for said in seat.head.values()) > HEAD:
            return False
        if not self.may_come_in(seat):
            return False
        self.seats[sid], self.newcomers[sid] = seat, time.monotonic()
        return True

    def may_come_in(self, seat: Seat) -> bool:
        """As far as the socket: who it is, the origin is asked together with their place, in one question instead of
        two. They hear nothing before it has answered."""
        return bool(self.was_here(seat) if self.centre.lost else seat.head["cookie"])

    def ask_about_newcomers(self) -> None:
        """Ours join at once. Who does not is asked about all the same."""
        late = time.monotonic() - UNJOINED
        for sid in [sid for sid, since in self.newcomers.items() if since < late]:
            del self.newcomers[sid]
            self.begin(self.ask_about, self.seats[sid])

    def ask_about(self, seat: Seat) -> None:
        try:
            answer = self.ask(seat.as_question())
        except (Unheard, Turned):  # all are made known to the origin when it is heard
            self.unknown = True
            return
        if self.is_there(seat.sid) and "error" in answer:
            self.put_out(seat, "signed_out")

    @property
    def known(self) -> int:
        """How many the origin has heard of."""
        return len(self.seats) - len(self.newcomers)

    def ask(self, question: dict) -> dict:
        """The origin; not while it is known to be out of reach. Raises Unheard, Turned."""
        if self.centre.lost:
            raise Unheard("the centre is not heard")
        return self.people.ask(question)

    def was_here(self, seat: Seat, meeting: str = "") -> str:
        """The audience of who may come back while the origin cannot be asked; "" for all others."""
        for other in self.seats.values():  # whose end may not have been noticed yet
            if other.meeting and other.head["cookie"] == seat.head["cookie"]:
                self.people.sees(other)
        found = self.people.was_here(seat, self.centre.heard, meeting)
        self.unknown = self.unknown or bool(found)
        return found

    def is_there(self, sid: str) -> bool:
        """It may have gone while the origin was asked."""
        eio = self.server.manager.eio_sid_from_sid(sid, "/")
        client = self.server.eio.sockets.get(eio)
        there = client is not None and not client.closed
        if not there:
            self.gathered.goes(sid)
        return there

    def disconnect(self, sid: str, *_) -> None:
        self.newcomers.pop(sid, None)
        if seat := self.seats.pop(sid, None):
            self.people.sees(seat)
            self.rooms.leave(seat.room, sid)
        self.gathered.goes(sid)

    def join(self, sid: str, data=None) -> Any:
        """As at home (docs/wire.md); who belongs where is said by the origin, the room is here."""
        asked = data if isinstance(data, dict) else {}
        meeting = asked.get("meeting")
        seat = self.seats.get(sid)
        question = {key: asked[key] for key in ASKED if key in asked}
        if seat is None or not isinstance(meeting, str) or len(str(question)) > LONGEST:
            return refusal("malformed", "")
        put_out = seat.put_out
        try:
            found = self.place(seat, meeting, question)
            if error := found.get("error"):
                if error["code"] == NOBODY:  # once they have been told
                    self.begin(self.put_out, seat, "signed_out")
                return found
            held = self.rooms.find(meeting, found["audience"])
        except (Turned, Unheard) as error:
            return refusal(getattr(error, "code", UNSENT), " · ".join(WORDS[UNSENT]))
        if not self.is_there(sid):
            return None
        if seat.put_out != put_out:  # while the room was asked for
            return refusal("not_found", "")
        seat.asked = question
        return self.seated(seat, held, asked.get("after"))

    def place(self, seat: Seat, meeting: str, question: dict) -> dict:
        """{audience} or {error}."""
        self.gathered.joins(seat.sid)
        since = self.newcomers.pop(seat.sid, None)
        try:
            return self.ask({"sid": seat.sid, "head": seat.head, "join": question})
        except (Unheard, Turned) as error:
            if since and self.is_there(seat.sid):
                self.newcomers[seat.sid] = since
            if isinstance(error, Turned):
                raise
            if audience := self.was_here(seat, meeting):
                return {"audience": audience}
            raise

    def seated(self, seat: Seat, held: Held, after: Any) -> Any:
        """First into the room, then the view; nothing comes in between."""
        with self.rooms.lock:
            self.get_up(seat)
            seat.meeting, seat.audience = held.meeting, held.audience
            self.server.enter_room(seat.sid, held.name, namespace="/")
            self.rooms.enter(held, seat.sid)
            patches = held.since(after)
            answer: dict[str, Any] = {"seq": held.seq, "audience": held.audience, "now": self.now(held.meeting)}
            text = None if patches is not None else held.as_json()
        self.people.remember(seat)
        if self.centre.lost:
            self.emit("centre", self.centre_of(held.meeting), seat.sid)
        if text is None:
            return {**answer, "patches": patches}
        return inbound.Ready(f'{json.dumps(answer, separators=(",", ":"))[:-1]},"view":{text}}}')

    def get_up(self, seat: Seat) -> None:
        if seat.room:
            self.server.leave_room(seat.sid, seat.room, namespace="/")
            self.rooms.leave(seat.room, seat.sid)
        seat.meeting = seat.audience = ""
        seat.painted = None

    def leave(self, sid: str, data=None) -> None:
        seat = self.seats.get(sid)
        if seat and seat.meeting and isinstance(data, dict) and seat.meeting == data.get("meeting"):
            self.gathered.leaves(sid, {"meeting": seat.meeting})
            self.get_up(seat)

    def painted(self, sid: str, data=None) -> None:
        seat = self.seats.get(sid)
        if seat and seat.meeting and isinstance(data, dict) and len(str(data)) <= LONGEST:
            seat.painted = data
            self.gathered.paints(sid, data)

    def clock(self, sid: str, data=None) -> dict:
        """Answered here: the line to the origin is none of the tablet's."""
        asked = data.get("t0") if isinstance(data, dict) else None
        answer = {"t0": asked if type(asked) in (int, float) else None, "now": self.now()}
        seat = self.seats.get(sid)
        if seat and (held := self.rooms.held.get(seat.room)):
            answer |= {"now": self.now(seat.meeting), "seq": held.seq, "pen_ms": self.pen_ms(seat.meeting)}
        return answer

    def signal(self, sid: str, data=None) -> None:
        """A pen in motion goes to the origin at once, which knows who holds the stage."""
        seat = self.seats.get(sid)
        if not seat or not seat.meeting or not (pen.read_signal(data) or requests.read_request(data)):
            return
        if seat.pen.spend(self.pen_ms(seat.meeting)):
            del self.pens[: max(0, len(self.pens) + 1 - PENS)]
            self.pens.append([sid, "signal", data])
            self.pen_moved.set()

    def send_pens(self) -> None:
        """For as long as the edge runs."""
        while True:
            self.pen_moved.wait()
            self.pen_moved.clear()
            said, self.pens = self.pens, []
            try:
                if said and not self.centre.lost:
                    self.line.ask("/edge/said", {"said": said}, patience=2.0)
            except (Unheard, Turned) as error:
                logger.debug("a pen in motion was not passed on: %s", error)
            except Exception:
                logger.exception("pens could not be passed on")

    def act(self, about: dict, text: str) -> None:
        """What the origin says: to a room, or about a socket."""
        method, room = about["method"], about.get("room")
        if method == "emit" and room in self.rooms.held:
            body = body_of(text)
            self.rooms.heard(about, text, body, Encoded.packet(text) if self.fast else body)
        elif method == "wave" and room in self.rooms.held:
            self.wave(room, text, about.get("skip"))
        elif seat := self.seats.get(about.get("sid") or room or ""):
            self.act_on(seat, about, text)

    def wave(self, room: str, text: str, skip: str | None) -> None:
        if self.fast:
            self.fast.wave("signal", body_of(text), "/", [room], skip)
        else:
            self.emit("signal", body_of(text), room, skip)

    def act_on(self, seat: Seat, about: dict, text: str) -> None:
        """What is meant for one socket."""
        if about["method"] == "emit":
            self.emit(about["event"], body_of(text), seat.sid)
            return
        self.people.forget(seat)
        seat.put_out += about["method"] == "leave_room"
        if about["method"] == "leave_room" and about.get("room") == seat.room:
            self.get_up(seat)
        elif about["method"] == "disconnect":
            self.server.disconnect(seat.sid)

    def put_out(self, seat: Seat, code: str) -> None:
        """The origin does not know them any more."""
        if seat.meeting:
            self.emit("dismissed", {"meeting": seat.meeting, "code": code}, seat.sid)
            self.get_up(seat)
        self.people.forget(seat)
        if code == "signed_out":
            self.server.disconnect(seat.sid)

    def say_centre(self) -> None:
        """Every room is told whether the centre is heard."""
        for held in list(self.rooms.held.values()):
            if held.people:
                self.emit("centre", self.centre_of(held.meeting), held.name)

    def say_presence(self, board: dict) -> None:
        """The chair's board, while it does not come by Redis; where nothing has changed there is nothing to say."""
        held = self.rooms.held.get(f"{board['meeting']}/staff")
        if held and held.people and held.board != board:
            held.board = board
            self.emit("presence", board, held.name)

    def centre_of(self, meeting: str) -> dict:
        return {"meeting": meeting, "heard": not self.centre.lost} | (
            {"since": self.centre.since} if self.centre.lost else {}
        )

    def now(self, meeting: str = "") -> int:
        found = self.centre.clocks.now(time.monotonic() * 1000, meeting)
        return clock.now() if found is None else found

    def pen_ms(self, meeting: str) -> int:
        return pen.pen_ms(self.centre.screens.get(meeting, 0))


def refusal(code: str, words: str) -> dict:
    return {"error": {"code": code, "message": words}}
