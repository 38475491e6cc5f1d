"""The edges as the origin knows them: which sockets are there, what each has still to be told, when it was last heard.

A socket at an edge is a socket like every other for the rest of the program: it has its id in `visitors` and in
`presence`, and what is sent to it goes through the manager (live/redis_out.py), which asks here where it is.
"""

import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

BEAT = 0.5  # seconds between two words of an edge
UNHEARD = 3.0  # seconds without a word, after which the tablets of an edge are missed
FORGOTTEN = 3600.0  # … and after which nobody asks about it any more
KEPT = 2000  # messages for single sockets, until the edge has said that it has them
OTHERS = 20  # edges of another version that are shown


class Outbox:
    """What one edge is told, numbered from 1, and kept until it has it: over Redis a message may be lost."""

    def __init__(self, kept: int = KEPT):
        self.last, self.waiting = 0, deque[tuple[int, Any]](maxlen=kept)

    def add(self, message: Any) -> int:
        self.last += 1
        self.waiting.append((self.last, message))
        return self.last

    def after(self, number: int) -> list[tuple[int, Any]] | None:
        """What follows this number; None where that is no longer all here."""
        while self.waiting and self.waiting[0][0] <= number:
            self.waiting.popleft()
        whole = number == self.last or (bool(self.waiting) and self.waiting[0][0] == number + 1)
        return list(self.waiting) if whole and number <= self.last else None


@dataclass
class Edge:
    """One edge process. `boot` is its own id, another after each start; `delay` to the origin and back, seconds."""

    boot: str
    name: str
    heard: float
    sockets: int = 0
    delay: float | None = None
    redis: bool = True  # whether it hears what is published
    hears: bool = False  # … and whether it was counted on at its last beat
    cache: dict | None = None  # {hits, misses}: of the site's cache, where somebody counts them
    sids: set[str] = field(default_factory=set)
    outbox: Outbox = field(default_factory=Outbox)


@dataclass(frozen=True)
class Stranger:
    """An edge that was refused: it runs another version."""

    name: str
    version: str
    heard: float


class Edges:
    """All of them. `publish(boot, message)` tells one, as far as Redis carries it."""

    def __init__(self, publish: Callable[[str, dict], None], now: Callable[[], float] = time.monotonic):
        self.publish, self.now = publish, now
        self.carries: Callable[[], bool] = lambda: True  # whether Redis takes what is published
        self.known: dict[str, Edge] = {}
        self.silent: dict[str, Edge] = {}  # by name: those that were unheard of late
        self.others: dict[str, Stranger] = {}
        self._at: dict[str, Edge] = {}  # by socket

    def heard(self, boot: str, name: str) -> Edge:
        """An edge has said something. One that is new, or was missed, has no sockets here: it brings them again."""
        edge = self.known.get(boot)
        if edge is None:
            edge = self.known[boot] = Edge(boot, name, self.now())
            self.silent.pop(name, None)
            self.others.pop(name, None)
        edge.heard, edge.name = self.now(), name
        return edge

    def refused(self, name: str, version: str) -> None:
        if name in self.others or len(self.others) < OTHERS:
            self.others[name] = Stranger(name, version, self.now())

    def take(self, edge: Edge, sid: str) -> bool:
        """A socket is at this edge; False for one that is elsewhere."""
        if self._at.setdefault(sid, edge) is not edge:
            return False
        edge.sids.add(sid)
        return True

    def drop(self, sid: str) -> None:
        if edge := self._at.pop(sid, None):
            edge.sids.discard(sid)

    def of(self, sid: str) -> Edge | None:
        return self._at.get(sid)

    def tell(self, sid: str, message: dict) -> bool:
        """Something for one socket; False if it is at no edge."""
        if (edge := self._at.get(sid)) is None:
            return False
        number = edge.outbox.add(message)
        self.publish(edge.boot, {**message, "n": number})
        return True

    def names_twice(self) -> set[str]:
        """Names that several edges have who are heard at this moment. One that was started again is not two."""
        lately = self.now() - 2 * BEAT
        count = Counter(edge.name for edge in self.known.values() if edge.heard > lately)
        return {name for name, number in count.items() if number > 1}

    def tell_all(self, message: dict) -> None:
        """What is said once to rooms and stands in no view: whichever edge has the room is to hear it for certain."""
        for edge in self.known.values():
            self.publish(edge.boot, {**message, "n": edge.outbox.add(message)})

    def missed(self) -> list[str]:
        """The sockets of the edges that have not been heard for a while; those are taken off the list."""
        late = self.now() - UNHEARD
        gone = [edge for edge in self.known.values() if edge.heard < late]
        sids = [sid for edge in gone for sid in edge.sids]
        for edge in gone:
            del self.known[edge.boot]
            if not any(each.name == edge.name for each in self.known.values()):  # else it was started again
                self.silent[edge.name] = edge
        for sid in sids:
            del self._at[sid]
        forgotten = self.now() - FORGOTTEN
        self.silent = {name: edge for name, edge in self.silent.items() if edge.heard > forgotten}
        self.others = {name: one for name, one in self.others.items() if one.heard > forgotten}
        return sids
