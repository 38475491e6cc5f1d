"""Who comes in at an edge: the origin is asked in their own name, of many at once where many come at once.

While the origin cannot be asked, whoever was in the room when it was last heard, or shortly before, may come back to
it: the tablets of a site stay together. Nobody else comes in then: who was put out while away was not told of it.
"""

import hashlib
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from meetingroom.edge.line import Turned, Unheard
from meetingroom.live.pen import Meter

AT_ONCE = 50  # people of one question
ASKING = 2  # questions at a time
PATIENCE = 8.0  # seconds somebody waits for an answer
REMEMBERED = 10_000  # people
BACK = 600.0  # seconds away, before the origin was last heard, after which it would have to be asked


@dataclass
class Seat:
    """A socket here. `head` is what the origin knows the person by; `asked` what it was asked when it joined."""

    sid: str
    head: dict[str, str]
    meeting: str = ""
    audience: str = ""
    asked: dict = field(default_factory=dict)
    painted: Any = None
    put_out: int = 0  # times
    pen: Meter = field(default_factory=Meter)

    @property
    def room(self) -> str:
        return f"{self.meeting}/{self.audience}" if self.meeting else ""

    @property
    def person(self) -> str:
        """Who it is, as far as an edge can say: no cookie is kept for longer than its socket."""
        return hashlib.sha256(self.head["cookie"].encode()).hexdigest()

    def as_question(self) -> dict:
        """To be known to an origin that does not know it (any more)."""
        found: dict[str, Any] = {"sid": self.sid, "head": self.head}
        if self.meeting:
            found["join"] = self.asked
            if self.painted is not None:
                found["painted"] = self.painted
        return found


class Waiting:
    """One question, until it is answered."""

    __slots__ = ("answer", "done", "question")

    def __init__(self, question: dict):
        self.question, self.done = question, threading.Event()
        self.answer: dict | Exception | None = None


class People:
    """`ask(path, body)` is the origin's answer; `begin(function)` does something meanwhile."""

    def __init__(self, ask: Callable, begin: Callable):
        self.origin, self.begin = ask, begin
        self.waiting: deque[Waiting] = deque()
        self.asking = 0
        # (person, meeting) → (audience, when they were last here, by a counter of our own)
        self.remembered: OrderedDict[tuple[str, str], tuple[str, float]] = OrderedDict()
        self.lock = threading.Lock()

    def ask(self, question: dict) -> dict:
        """What the origin says about one who comes. Raises Unheard, Turned."""
        mine = Waiting(question)
        with self.lock:
            self.waiting.append(mine)
            more = self.asking < ASKING
            self.asking += more
        if more:
            self.begin(self._run)
        if not mine.done.wait(PATIENCE):
            raise Unheard("no answer in time", sent=True)
        if isinstance(mine.answer, Exception):
            raise mine.answer
        return mine.answer or {}

    def _run(self) -> None:
        while True:
            with self.lock:
                some = [self.waiting.popleft() for _ in range(min(AT_ONCE, len(self.waiting)))]
                if not some:
                    self.asking -= 1
                    return
            self._put(some)

    def _put(self, some: list[Waiting]) -> None:
        answers: list
        try:
            answers = self.origin("/edge/people", {"people": [one.question for one in some]})["answers"]
            answers += [Unheard("not answered")] * (len(some) - len(answers))
        except (Unheard, Turned) as error:
            answers = [error] * len(some)
        except Exception as error:
            answers = [Unheard(error)] * len(some)
        for one, answer in zip(some, answers, strict=False):
            one.answer = answer
            one.done.set()

    def remember(self, seat: Seat) -> None:
        """They have been let in."""
        self.remembered[seat.person, seat.meeting] = seat.audience, time.monotonic()
        self.remembered.move_to_end((seat.person, seat.meeting))
        while len(self.remembered) > REMEMBERED:
            self.remembered.popitem(last=False)

    def sees(self, seat: Seat) -> None:
        """They are here still, if they were not put out."""
        if (seat.person, seat.meeting) in self.remembered:
            self.remember(seat)

    def forget(self, seat: Seat) -> None:
        """Put out: they do not come back by what is remembered."""
        person = seat.person
        for key in [key for key in self.remembered if key[0] == person]:
            del self.remembered[key]

    def was_here(self, seat: Seat, heard: float, meeting: str = "") -> str:
        """The audience this person was let into; "" for a stranger, and for who was away for long when the origin was
        last heard."""
        person = seat.person
        places = [(person, meeting)] if meeting else [key for key in self.remembered if key[0] == person]
        found = [self.remembered[key] for key in places if key in self.remembered]
        return next((audience for audience, at in found if heard - at < BACK), "")
