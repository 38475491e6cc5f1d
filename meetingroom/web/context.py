"""What a request may need of the program: settings, connections, the push, who is connected."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from meetingroom.config import Settings
from meetingroom.database import Pool


@dataclass(frozen=True)
class Visitor:
    """Whose socket it is: a person's (and which of their sessions), or a projector's or shared tablet's."""

    user: str = ""
    session: str = ""
    screen: str = ""
    only: str = ""  # the one meeting that a session by a nameplate's code opens
    proven: bool = True  # by more than that code


@dataclass
class Context:
    """One per running program, kept as `app.extensions["meetingroom"]`."""

    settings: Settings
    pool: Pool
    push: Any = None  # live.push.Push
    presence: Any = None  # live.presence.Presence
    connections: Any = None  # live.connections.ConnectionLimiter, where this process listens on eventlet's loop
    edges: Any = None  # live.edges.Edges, where this process is the origin of some
    visitors: dict[str, Visitor] = field(default_factory=dict)  # by socket id
    # Runs a function that computes for long where it does not hold up the event loop; run.py sets the real one.
    in_thread: Callable = lambda function, *args: function(*args)
    # Put a person, one of their sessions, or a projector out of every room; live/socket.py sets the real ones.
    dismiss_user: Callable[[str], None] = lambda user: None
    dismiss_session: Callable[[str], None] = lambda session: None
    dismiss_screen: Callable[[str], None] = lambda screen: None
    # Tell rooms of a meeting something that is not a fact of it: (meeting, event, body, audiences=all of them);
    # live/socket.py as well.
    announce: Callable[..., None] = lambda meeting, event, body, *audiences: None


def context() -> Context:
    return current_app.extensions["meetingroom"]
