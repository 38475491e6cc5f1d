"""The rooms an edge holds: what comes goes out to them in order; what is missing is asked of the origin, once for all.

A thousand tablets would all notice the same hole. They do not see it: a number goes out only after the one before it.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from meetingroom.edge.following import Followed
from meetingroom.edge.line import Turned, Unheard

logger = logging.getLogger(__name__)

EMPTY_FOR = 60.0  # seconds an empty room is kept: a tablet comes back
TRIES = 3  # while more comes than is answered
BEHIND = 2  # looks at the origin's number, after which what is missing was lost on its way


class Held(Followed):
    """A room of ours: who is in it, and whether it is being asked for."""

    def __init__(self, meeting: str, audience: str):
        super().__init__(meeting, audience)
        self.people: set[str] = set()
        self.empty_since = time.monotonic()
        self.asking = threading.Lock()
        self.asked_for = False
        self.behind = 0
        self.board: dict = {}  # the last that was said of it

    @property
    def name(self) -> str:
        return f"{self.meeting}/{self.audience}"


class Rooms:
    """`ask(path, body)` is the origin's answer, `emit(event, what, room)` Socket.IO's, `encode(event, body)` what it
    takes; `hearing` is asked for rooms; `begin(function, …)` does something meanwhile."""

    def __init__(self, ask: Callable, emit: Callable, encode: Callable, hearing: Any, begin: Callable):
        self.ask, self.emit, self.encode, self.hearing, self.begin = ask, emit, encode, hearing, begin
        self.held: dict[str, Held] = {}
        self.lock = threading.RLock()
        self.repaired = 0  # times something was missing
        self.pushed = 0.0  # when something last went out (monotonic seconds)

    def find(self, meeting: str, audience: str) -> Held:
        """The room, with what there is to see. Raises Unheard, Turned."""
        with self.lock:
            held = self.held.get(f"{meeting}/{audience}")
            if held is None:
                held = self.held[f"{meeting}/{audience}"] = Held(meeting, audience)
                self.hearing.want(held.name)
        if not held.known:
            with held.asking:
                if not held.known:
                    self._apply(held, self._ask(held))
        return held

    def heard(self, about: dict, text: str, body: dict, sent: Any) -> None:
        """What came by Redis for a room."""
        with self.lock:
            held = self.held.get(about["room"])
            if held is None:
                return
            if about["event"] in ("patch", "view"):
                self._follow(held, about["event"], body, sent)
            elif held.people:
                self.emit(about["event"], sent, held.name, about.get("skip"))
        if held.hole:
            self.mend(held)

    def _follow(self, held: Held, event: str, body: dict, sent: Any) -> None:
        if event == "view":
            held.replace(body["seq"], body["view"])
            held.ahead.clear()
            self._send(held, "view", [sent])
            return
        self._send(held, "patch", held.take(body, sent))

    def _send(self, held: Held, event: str, ready: list) -> None:
        self.pushed = time.monotonic() if ready else self.pushed
        for sent in ready:
            if held.people:
                self.emit(event, sent, held.name, None)

    def mend(self, held: Held, whole: bool = False) -> None:
        """Ask the origin for what is missing, meanwhile."""
        with self.lock:
            if held.asked_for and not whole:
                return
            held.asked_for = True
        self.begin(self._mend, held, whole)

    def _mend(self, held: Held, whole: bool) -> None:
        try:
            with held.asking:
                for _ in range(TRIES):
                    self._apply(held, self._ask(held, whole), whole)
                    if not held.hole:
                        break
        except (Unheard, Turned) as error:  # the next look at the origin is another chance
            logger.info("%s could not be asked for: %s", held.name, error)
        except Exception:
            logger.exception("%s could not be mended", held.name)
        finally:
            held.asked_for = False

    def _ask(self, held: Held, whole: bool = False) -> dict:
        asked: dict[str, Any] = {"meeting": held.meeting, "audience": held.audience}
        if held.known and not whole:
            asked["after"] = held.seq
        return self.ask("/edge/room", asked)

    def _apply(self, held: Held, answer: dict, whole: bool = False) -> None:
        with self.lock:
            held.behind = 0
            if "patches" in answer:
                before = held.seq
                for body in answer["patches"]:
                    self._send(held, "patch", held.take(body, self.encode("patch", body)))
                self.repaired += held.seq > before
                return
            if held.seq > answer["seq"] and not whole:
                return  # it has come by Redis meanwhile
            was_known = held.known
            if held.replace(answer["seq"], answer["view"]) and was_known:
                self.repaired += 1
                body = {"meeting": held.meeting, "seq": held.seq, "audience": held.audience, "view": held.view}
                self._send(held, "view", [self.encode("view", body | {"now": answer["now"]})])
            self._send(held, "patch", held.follow_on())

    def compare(self, meetings: dict[str, dict], carried: bool = True) -> None:
        """How far the origin is, as it has just said. What is on its way by Redis is waited for."""
        for held in list(self.held.values()):
            stands = meetings.get(held.meeting)
            if stands is None or not held.known:
                continue
            held.behind = held.behind + 1 if stands["seq"] != held.seq else 0
            if held.behind and (held.behind >= BEHIND or not carried):
                self.mend(held, whole=stands["seq"] < held.seq)

    def look_anew(self) -> None:
        """The origin has started again: what it has now is what counts."""
        for held in list(self.held.values()):
            self.mend(held, whole=True)

    def opened(self, room: str) -> None:
        """From now on everything of a room comes by Redis; what was said before may be missing."""
        if (held := self.held.get(room)) and held.known:
            self.mend(held)

    def enter(self, held: Held, sid: str) -> None:
        held.people.add(sid)

    def leave(self, room: str, sid: str) -> None:
        if held := self.held.get(room):
            held.people.discard(sid)
            held.empty_since = time.monotonic()

    def tidy(self) -> None:
        """Rooms that have been empty for a while are followed no more."""
        limit = time.monotonic() - EMPTY_FOR
        with self.lock:
            for name in [name for name, held in self.held.items() if not held.people and held.empty_since < limit]:
                del self.held[name]
                self.hearing.leave(name)

    @property
    def meetings(self) -> list[str]:
        return sorted({held.meeting for held in self.held.values()})
