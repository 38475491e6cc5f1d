"""What the tablets of an edge have said since the last beat: of each only what is still true. Values only."""

from dataclasses import dataclass, field
from typing import Any

MOST = 5000  # words that wait: the tablets of a whole site, while the line is down


@dataclass
class Gathered:
    """`painted` by socket; `gone` are sockets that are no more. A `leave` is never forgotten before the socket is."""

    painted: dict[str, Any] = field(default_factory=dict)
    left: dict[str, Any] = field(default_factory=dict)
    gone: dict[str, None] = field(default_factory=dict)

    def paints(self, sid: str, body: Any) -> None:
        self.painted.pop(sid, None)
        if len(self.painted) < MOST:
            self.painted[sid] = body

    def leaves(self, sid: str, body: Any) -> None:
        self.painted.pop(sid, None)
        if len(self.left) < MOST:
            self.left[sid] = body

    def joins(self, sid: str) -> None:
        """What it said before is of another room, or an earlier time."""
        self.painted.pop(sid, None)
        self.left.pop(sid, None)

    def goes(self, sid: str) -> None:
        self.painted.pop(sid, None)
        self.gone[sid] = None

    def take(self) -> tuple[list[list], list[str]]:
        """(said, gone), as the origin is told them. A `leave` goes before the end of its socket."""
        said = [[sid, "leave", body] for sid, body in self.left.items()]
        said += [[sid, "painted", body] for sid, body in self.painted.items()]
        gone = list(self.gone)
        self.painted, self.left, self.gone = {}, {}, {}
        return said, gone

    def put_back(self, said: list[list], gone: list[str]) -> None:
        """The origin was not reached: what has been said since counts before."""
        for sid, event, body in said:
            kept = self.left if event == "leave" else self.painted
            if sid not in kept and len(kept) < MOST and sid not in self.left and sid not in self.gone:
                kept[sid] = body
        self.gone = dict.fromkeys([*gone, *self.gone])
