"""The pings of all clients, from one green thread.

The library gives every client a green thread that sleeps until its next ping (8 KB a tablet), and looks at one client
after the other whether it still answers. Both wake the loop a hundred times a second where a thousand tablets merely
listen. Here those who are due stand in a heap, and one thread looks at it four times a second. What a ping is, and how
a client is closed, is left to the library.

Who has not been admitted by the time of a ping (never asked, was refused, or was put out and stays on the
line) is closed: the library would keep such a connection for ever.
"""

import heapq
import itertools
import logging
import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from engineio import packet
from engineio.socket import Socket

from meetingroom.live.fast import frame_of

logger = logging.getLogger(__name__)

BEAT = 0.25  # seconds
EARLY = 0.1  # part of the interval by which a ping may come early: who came at the same moment drifts apart
NEVER_LATE = 2**53  # seconds since the epoch
PING = frame_of(str(packet.PING))


class Heartbeat:
    """Who is to be pinged, and who to be looked at, when. `engine` is an engineio Server."""

    def __init__(self, engine, now: Callable[[], float] = time.monotonic, admitted=lambda client: True):
        self.engine, self.now, self.admitted = engine, now, admitted
        self._due: list[tuple[float, int, Callable[[Any], None], Any]] = []
        self._order = itertools.count()  # two who are due at the same moment are not compared

    def expect(self, client) -> None:
        """A client (an engineio Socket) is to be pinged one interval from now."""
        early = EARLY * random.random()  # noqa: S311  (not a secret)
        self._later(self.engine.ping_interval * (1 - early), self._ping, client)

    def beat(self) -> None:
        """Do what is due."""
        while self._due and self._due[0][0] <= self.now():
            _, _, act, client = heapq.heappop(self._due)
            try:
                if not client.closed:
                    act(client)
            except Exception:  # the others have their turn all the same
                logger.exception("a client could not be pinged")
            if client.closed:
                self.engine.sockets.pop(client.sid, None)

    def run(self, sleep: Callable[[float], None]) -> None:
        while True:
            sleep(BEAT)
            self.beat()

    def _later(self, seconds: float, act: Callable[[Any], None], client) -> None:
        heapq.heappush(self._due, (self.now() + seconds, next(self._order), act, client))

    def _ping(self, client) -> None:
        if not self.admitted(client):
            client.close(wait=False, abort=True, reason=self.engine.reason.SERVER_DISCONNECT)
            return
        # None again once the client has answered. No time of day: the library would compare it with a clock that
        # may have been set, and close everybody.
        asked = client.last_ping = NEVER_LATE + next(self._order)
        self._later(self.engine.ping_timeout + BEAT, partial(self._look, asked), client)
        writer = getattr(client, "writer", None)
        if writer and client.upgraded:  # during an upgrade it lines up: the client does not listen there yet
            writer.write(PING)
        else:
            client.send(packet.Packet(packet.PING))

    def _look(self, asked: float, client) -> None:
        # Not by the time of day, as the library does: a clock that is set back would keep the dead.
        if client.last_ping == asked:
            client.close(wait=False, reason=self.engine.reason.PING_TIMEOUT)


def install(server) -> None:
    """Let one heartbeat do what the library's threads would. The server was made with `monitor_clients=False`."""
    engine, start = server.eio, server.eio.start_background_task

    def admitted(client) -> bool:
        return server.manager.sid_from_eio_sid(client.sid, "/") is not None

    heart = Heartbeat(engine, admitted=admitted)

    def started(target, *args, **kwargs):
        if getattr(target, "__func__", None) is Socket._send_ping:
            return heart.expect(target.__self__)
        return start(target, *args, **kwargs)

    engine.start_background_task = started
    start(heart.run, engine.sleep)
