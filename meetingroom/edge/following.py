"""What an edge knows of a room: its view, its number, and whether something is missing. Values only.

The origin numbers every fact of a meeting without a hole. What comes by Redis may be lost; whoever counts notices.
"""

import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from meetingroom.meeting.view import merge

PATCHES_KEPT = 200
AHEAD = 1000  # patches that wait for one before them


@dataclass
class Followed:
    """A room as the origin has said it is: `seq` is -1 while nothing is known. `ahead` are patches that came before
    the one that precedes them, with what is to be sent of them."""

    meeting: str
    audience: str
    seq: int = -1
    view: dict = field(default_factory=dict)
    patches: deque = field(default_factory=lambda: deque(maxlen=PATCHES_KEPT))
    ahead: dict[int, tuple[dict, Any]] = field(default_factory=dict)
    _text: tuple[int, str] = (-1, "")

    @property
    def known(self) -> bool:
        return self.seq >= 0

    @property
    def hole(self) -> bool:
        """A number is missing between those that have come."""
        return bool(self.ahead)

    def take(self, body: dict, sent: Any) -> list[Any]:
        """A patch `{seq, patch, at}` has come; what goes out now, in order. `sent` is what is sent of it."""
        seq = body["seq"]
        if not self.known or seq <= self.seq:
            return []
        if len(self.ahead) < AHEAD:
            self.ahead[seq] = (body, sent)
        return self._drain()

    def _drain(self) -> list[Any]:
        ready = []
        while found := self.ahead.pop(self.seq + 1, None):
            body, sent = found
            self.seq, self.view = body["seq"], merge(self.view, body["patch"])
            self.patches.append(body)
            ready.append(sent)
        return ready

    def replace(self, seq: int, view: dict) -> bool:
        """The whole view, as the origin has it; whether the screens have to be sent it."""
        new = not self.known or (seq, view) != (self.seq, self.view)
        self.seq, self.view = seq, view
        if new:
            self.patches.clear()
            self._text = (-1, "")
        self.ahead = {number: found for number, found in self.ahead.items() if number > seq}
        return new

    def follow_on(self) -> list[Any]:
        """What had come ahead and is next by now."""
        return self._drain()

    def since(self, after: Any) -> list[dict] | None:
        """The patches after this number; None when they are not all here."""
        if type(after) is not int or not self.known:
            return None
        if after == self.seq:
            return []
        if not self.patches or not self.patches[0]["seq"] <= after + 1 <= self.seq:
            return None
        return [body for body in self.patches if body["seq"] > after]

    def as_json(self) -> str:
        """The view: made once for all who join at the same number."""
        if self._text[0] != self.seq:
            self._text = (self.seq, json.dumps(self.view, separators=(",", ":")))
        return self._text[1]


@dataclass
class Inbox:
    """What is meant for single sockets comes numbered: each is done once, in order."""

    done: int = 0
    ahead: dict[int, Any] = field(default_factory=dict)

    def take(self, number: int, message: Any) -> list[Any]:
        """What is to be done now."""
        if number > self.done and len(self.ahead) < AHEAD:
            self.ahead[number] = message
        ready = []
        while (found := self.ahead.pop(self.done + 1, None)) is not None:
            self.done += 1
            ready.append(found)
        return ready

    def restart(self, done: int = 0) -> None:
        """From here on: what was before no longer matters."""
        self.done = done
        self.ahead.clear()


@dataclass
class Clocks:
    """The origin's time and that of its meetings, by a counter of our own (ms): of the answers of late, that which took
    least to come is believed."""

    offset: float | None = None
    delay: float = 0.0
    age: int = 0
    moments: dict[str, float] = field(default_factory=dict)  # of each meeting against the origin's time

    def learn(self, asked: float, answered: float, now: int, moments: dict[str, int]) -> None:
        delay = answered - asked
        self.age += 1
        if self.offset is None or delay <= self.delay * 1.2 or self.age > 20:
            self.offset, self.delay, self.age = now + delay / 2 - answered, delay, 0
        self.moments = {meeting: moment - now for meeting, moment in moments.items()}

    def now(self, counter: float, meeting: str = "") -> int | None:
        """None while the origin was never heard."""
        if self.offset is None:
            return None
        return round(counter + self.offset + self.moments.get(meeting, 0.0))
