"""The beat of an edge: twice a second the origin is told what its tablets have said, and says how things stand."""

import logging
import time
from typing import Any

from meetingroom.edge.causes import explain
from meetingroom.edge.following import Inbox
from meetingroom.edge.line import Line, Turned, Unheard
from meetingroom.edge.people import AT_ONCE, Seat
from meetingroom.edge.sockets import Sockets

logger = logging.getLogger(__name__)

EVERY = 0.5  # seconds
PATIENCE = 2.5  # seconds for the answer
ASTRAY = 4  # beats in which the origin counts other sockets than we have
TOO_MUCH = 413  # what was too much once is so again, and would keep the edge from ever being heard
SIGNED_OUT = ("not_signed_in", "another_person", "password_must_change")


class Beat:
    """`hearing` is the ear at Redis."""

    def __init__(self, sockets: Sockets, line: Line, hearing: Any):
        self.sockets, self.line, self.hearing = sockets, line, hearing
        self.inbox, self.astray, self.counted = Inbox(), 0, (0, 0)
        self.now = time.monotonic
        self.answered = 0  # beats that were answered
        self.cache: dict | None = None
        self.why: tuple[str, str] | None = None  # the origin does not answer as it should, in words

    def run(self, sleep) -> None:
        """For as long as the edge runs."""
        while True:
            began = self.now()
            try:
                self.once()
            except Exception:  # the next beat is another chance
                logger.exception("the origin could not be told")
            sleep(max(0.05, EVERY - (self.now() - began)))

    def once(self) -> None:
        sockets, asked = self.sockets, self.now()
        said, gone = sockets.gathered.take()
        question: dict[str, Any] = {
            "acked": self.inbox.done, "sockets": sockets.known, "redis": self.hearing.well,
            "meetings": sockets.rooms.meetings, "said": said, "gone": gone,
        }  # fmt: skip
        if sockets.centre.clocks.offset is not None:
            question["delay"] = round(sockets.centre.clocks.delay / 1000, 4)
        if self.cache:
            question["cache"] = self.cache
        try:
            answer = self.line.ask("/edge/beat", question, PATIENCE)
        except (Unheard, Turned) as error:
            if not isinstance(error, Turned) or error.status != TOO_MUCH:
                sockets.gathered.put_back(said, gone)
            self.missed(error)
            return
        self.answered, self.why = self.answered + 1, None
        self.take(asked, answer)

    def missed(self, error: Unheard | Turned) -> None:
        centre = self.sockets.centre
        if isinstance(error, Turned) and error.code == "other_version":
            centre.refused = error.version
        self.complain(explain(error))
        if centre.misses(self.now()):
            logger.warning("the origin is not heard (%s); the tablets stay on what they have", error)
            self.sockets.say_centre()

    def complain(self, why: tuple[str, str] | None) -> None:
        """Once, until there is something else to say."""
        if why and why != self.why:
            logger.error("%s | %s", *why)
        self.why = why

    def take(self, asked: float, answer: dict) -> None:
        sockets, centre = self.sockets, self.sockets.centre
        was_lost, now = centre.lost, self.now()
        moments = {meeting: stands["moment"] for meeting, stands in answer["meetings"].items()}
        centre.clocks.learn(asked * 1000, now * 1000, answer["now"], moments)
        centre.screens = {meeting: stands["screens"] for meeting, stands in answer["meetings"].items()}
        again = centre.hears(now, answer["boot"])
        if answer["orders"] is None or self.count(answer["sids"]) or again or sockets.unknown:
            self.inbox.restart(answer["last"])
            self.begin_anew(was_lost)
        else:
            for number, message in answer["orders"]:
                self.order(number, message)
        if again and self.answered > 1:
            sockets.rooms.look_anew()
        sockets.rooms.compare(answer["meetings"], carried=answer["presence"] is None)
        for board in answer["presence"] or ():
            sockets.say_presence(board)
        sockets.rooms.tidy()
        sockets.ask_about_newcomers()
        if was_lost:
            logger.warning("the origin is heard again")
            sockets.say_centre()

    def order(self, number: int, message: dict) -> None:
        """Something for one socket, by Redis or with a beat: whichever is first."""
        for each in self.inbox.take(number, message):
            try:
                self.sockets.act(each, each.get("text", ""))
            except Exception:  # the next is done all the same
                logger.exception("what was meant for a socket could not be done")

    def count(self, known: int) -> bool:
        """Whether the origin knows other sockets than we have, and not only for a moment."""
        counted = (known, self.sockets.known)
        self.astray = self.astray + 1 if known != counted[1] and counted == self.counted else 0
        self.counted = counted
        if self.astray < ASTRAY:
            return False
        self.astray = 0
        return True

    def begin_anew(self, was_lost: bool) -> None:
        """Everybody here is made known to the origin (again), in their own name."""
        sockets = self.sockets
        sockets.unknown = False
        sockets.newcomers.clear()
        for seat in list(sockets.seats.values()):
            if not sockets.is_there(seat.sid):
                sockets.seats.pop(seat.sid, None)
        seats = list(sockets.seats.values())
        if seats:
            logger.info("%s sockets are made known to the origin%s", len(seats), " again" if was_lost else "")
        for n in range(0, len(seats), AT_ONCE):
            some = seats[n : n + AT_ONCE]
            question = {"people": [seat.as_question() for seat in some]}
            try:
                answers = self.line.ask("/edge/people", question)["answers"]
            except (Unheard, Turned) as error:  # all of it with the next beat
                logger.warning("the origin could not be told who is here: %s", error)
                sockets.unknown = True
                return
            for seat, answer in zip(some, answers, strict=False):
                self.place(seat, answer)

    def place(self, seat: Seat, answer: dict) -> None:
        if error := answer.get("error"):
            self.sockets.put_out(seat, "signed_out" if error["code"] in SIGNED_OUT else "removed")
        elif seat.meeting and answer.get("audience") != seat.audience:
            self.sockets.put_out(seat, "role_changed")
