"""How much waits to be sent: counted when somebody asks, from the queues themselves."""

from dataclasses import dataclass

from meetingroom.live.fast import Framed
from meetingroom.live.socket import socketio


@dataclass
class Backlog:
    """Connected sockets; what waits in their queues; how many were cut off since the start."""

    sockets: int = 0
    messages: int = 0
    bytes: int = 0
    cut_off: int = 0


def backlog() -> Backlog:
    server = socketio.server
    found = Backlog(cut_off=getattr(server.manager, "cut_off", 0))
    for client in list(server.eio.sockets.values()):
        found.sockets += not client.closed
        for message in list(client.queue.queue):
            found.messages += 1
            found.bytes += size(message)
    return found


def size(message) -> int:
    """In bytes; what the library has not framed yet is counted by its text."""
    if type(message) is Framed:
        return len(message.data)
    data = getattr(message, "data", None)
    return len(data) if isinstance(data, (str, bytes)) else 0
