"""The origin's way to its edges: Socket.IO's own Redis manager, whose rooms and ids reach over several processes.

What the library does is what it does here: whatever is emitted to a room, said to one socket, and every socket that is
to leave its room or to be ended, becomes a message to the other processes as well, and nothing else of the program
has to know where a socket is. What it would do in the middle of a page turn is done beside it: messages wait in a
queue for one green thread, so that nobody waits for Redis, and go to a channel per room instead of one for all.

Redis forgets: what cannot be sent is dropped, and the edges notice (docs/edges.md). A server without MEETINGROOM_REDIS
loads none of this.
"""

import logging
import threading
import time
from collections import deque
from typing import Any

import socketio

from meetingroom.live.edges import Edges
from meetingroom.live.envelope import Channels, pack
from meetingroom.live.fast import encoded
from meetingroom.live.redis_errors import in_words

logger = logging.getLogger(__name__)

WAITING = 10_000  # messages, while Redis is slow
AGAIN = 0.5  # seconds until it is tried again
PATIENCE = 5.0  # seconds for a word of Redis
SAID_ONCE = ("preload", "trial")  # to rooms, and to be found nowhere else


def load_redis():
    """The library, which only those need who have a Redis: Socket.IO was imported without it (live/__init__.py)."""
    import redis
    import socketio.redis_manager as library

    library.redis, library.RedisError = redis, redis.exceptions.RedisError
    return redis


def options(url: str) -> dict[str, Any]:
    """For redis-py: what fails is said at once, and tried again by us."""
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    found = {"socket_timeout": PATIENCE, "retry": Retry(NoBackoff(), 0)}
    return found if url.startswith("unix:") else {**found, "socket_connect_timeout": PATIENCE, "socket_keepalive": True}


def manager(settings, version: str, fast: type | None):
    """The server's manager of rooms, on top of the `fast` one where that fits."""
    load_redis()
    base: Any = fast or socketio.Manager

    class RedisOut(Telling, socketio.RedisManager, base):
        pass

    return RedisOut(settings, version)


class Telling:
    """What is ours of the manager; stands before the library's."""

    server: Any
    redis: Any
    is_connected: Any
    connected: bool

    def __init__(self, settings, version: str):
        more: dict[str, Any] = {"write_only": True, "redis_options": options(settings.redis)}
        super().__init__(settings.redis, **more)  # type: ignore[call-arg]
        self.version, self.channels = version, Channels(settings.edge_secret)
        self.edges = Edges(lambda boot, message: self.post(self.channels.edge(boot), message))
        self.edges.carries = lambda: self.well is not False
        self.outgoing: deque[tuple[str, bytes]] = deque(maxlen=WAITING)
        self.woken = threading.Event()
        self.well: bool | None = None  # Redis took the last of it; None: nothing has gone out yet
        self.lost = 0  # messages

    def initialize(self):
        """The library's would listen as well; the edges speak to us by HTTP."""
        socketio.Manager.initialize(self)  # type: ignore[arg-type]

    def emit(self, event, data, namespace="/", room=None, skip_sid=None, callback=None, to=None, **more):
        room = to or room
        here = callback is not None or not isinstance(room, str) or self.is_connected(room, namespace)
        more["ignore_queue"] = here or more.get("ignore_queue", False)
        return super().emit(  # type: ignore[misc]
            event, data, namespace=namespace, room=room, skip_sid=skip_sid, callback=callback, **more
        )

    def wave(self, event: str, data: dict, namespace: str, rooms: list[str], skip_sid: str | None = None) -> None:
        """What may be lost: to those here, and to every edge that has one of the rooms."""
        sent = encoded(event, data, namespace)
        for room in rooms:
            self.post(self.channels.room(room), {"method": "wave", "room": room, "skip": skip_sid}, sent.text)
        if here := getattr(super(), "wave", None):
            here(event, sent, namespace, rooms, skip_sid)
            return
        for room in rooms:
            super().emit(event, data, namespace=namespace, room=room, skip_sid=skip_sid, ignore_queue=True)  # type: ignore[misc]

    def _publish(self, message: dict) -> None:
        """Called by the library with each of its messages."""
        method, room, sid = message["method"], message.get("room", ""), message.get("sid", "")
        if method == "emit":
            data = message["data"][0]
            text = encoded(message["event"], data).text
            about = {"method": "emit", "room": room, "skip": message["skip_sid"], "event": message["event"]}
            if message["event"] in SAID_ONCE:
                self.edges.tell_all({**about, "text": text})
            elif not self.edges.tell(room, {**about, "text": text}):
                self.post(self.channels.room(room), about, text)
        elif method in ("leave_room", "disconnect"):
            self.edges.tell(sid, {"method": method, "sid": sid, "room": room})

    def post(self, channel: str, message: dict, text: str = "") -> None:
        text = message.pop("text", text)
        self.outgoing.append((channel, pack(self.version, message, text)))
        self.woken.set()

    def let_go(self) -> None:
        """What waits goes out before whoever has put it there goes on: the rest of a request costs as much as a send to
        a hundred tablets. Nobody waits for Redis all the same."""
        if self.outgoing:
            time.sleep(0)

    def run(self) -> None:
        """For as long as the server runs: what waits goes out, in order. Redis is looked at before anything does."""
        self.woken.set()
        while True:
            self.woken.wait()
            self.woken.clear()
            try:
                self.send()
            except Exception as error:
                self.fails(error)
                time.sleep(AGAIN)

    def send(self) -> None:
        """All that waits, in one go. Raises what Redis or the line to it says."""
        client: Any = self.connection()
        if not self.well:
            client.ping()
        while self.outgoing:
            pipeline = client.pipeline(transaction=False)
            for _ in range(min(len(self.outgoing), 500)):
                pipeline.publish(*self.outgoing.popleft())
            pipeline.execute()
        if self.well is False:
            logger.warning("Redis is back")
        self.well = True

    def connection(self):
        """The library's client of Redis."""
        if not self.connected:
            self._redis_connect()  # type: ignore[attr-defined]
        return self.redis

    def fails(self, error: Exception) -> None:
        """What is old is dropped: the edges ask for what is new."""
        self.lost += len(self.outgoing)
        self.outgoing.clear()
        if self.well is not False:
            logger.warning("Redis cannot be reached; the edges ask until it is back: %s", in_words(error))
        self.well = self.connected = False
