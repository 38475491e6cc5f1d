"""An edge, put together: its sockets, its ear at Redis, its beat, and plain HTTP that is passed on."""

import json
import socket
from collections.abc import Callable, Iterable

import socketio

from meetingroom import clock
from meetingroom.edge.beat import Beat
from meetingroom.edge.hearing import Hearing
from meetingroom.edge.line import Line
from meetingroom.edge.passing_on import PassingOn
from meetingroom.edge.sockets import Sockets
from meetingroom.live import gc_schedule
from meetingroom.live.envelope import Channels, spoken
from meetingroom.web import proxies


class Program:
    """The WSGI program of an edge. `connections` is set by who listens, as it is at home."""

    def __init__(self, settings):
        self.settings, self.connections = settings, None
        self.name = settings.edge_name or f"{socket.gethostname()}:{settings.port}"
        boot = clock.new_id()
        self.line = Line(settings.origin, settings.edge_secret, boot, self.name)
        self.hearing = Hearing(settings.redis, Channels(settings.edge_secret), boot, self.heard, self.opened)
        self.sockets = Sockets(settings, self.line, self.hearing)
        self.beat = Beat(self.sockets, self.line, self.hearing)
        passing = PassingOn(Line(settings.origin, "", boot, self.name), lambda: self.sockets.centre.lost)
        self.otherwise = passing
        with_sockets = socketio.WSGIApp(self.sockets.server, self.plain)
        self.application = proxies.Proxies(with_sockets, settings)

    def __call__(self, environ, start_response):
        return self.application(environ, start_response)

    def plain(self, environ, start_response) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == "/healthz":
            return self.health(start_response)
        return self.otherwise(environ, start_response)

    def health(self, start_response) -> Iterable[bytes]:
        """`{edge, ok, origin, redis, version, sockets, since?, delay?, why?}`: 200 as long as the process answers."""
        centre = self.sockets.centre
        found = {
            "ok": True, "edge": self.name, "version": spoken(), "origin": self.beat.answered > 0 and not centre.lost,
            "redis": self.hearing.well, "sockets": len(self.sockets.seats), "repaired": self.sockets.rooms.repaired,
            "refused": self.hearing.refused,
        }  # fmt: skip
        if centre.lost:
            found["since"] = centre.since
        if centre.refused:
            found["origin_version"] = centre.refused
        if why := self.beat.why or self.hearing.why:
            found["why"] = " | ".join(why)
        if centre.clocks.offset is not None:
            found["delay"] = round(centre.clocks.delay / 1000, 4)
        said = (json.dumps(found, ensure_ascii=False) + "\n").encode()
        head = [("Content-Type", "application/json"), ("Content-Length", str(len(said))), ("Cache-Control", "no-store")]
        start_response("200 OK", [*head, ("X-Meetingroom", "1")])
        return [said]

    def heard(self, about: dict, text: str) -> None:
        """By Redis. What is meant for one socket is numbered."""
        number = about.pop("n", None)
        if number is None:
            self.sockets.act(about, text)
        else:
            self.beat.order(number, {**about, "text": text})

    def opened(self, room: str) -> None:
        self.sockets.rooms.opened(room)

    def start(self) -> None:
        begin: Callable = self.sockets.server.start_background_task
        begin(self.hearing.run)
        begin(self.beat.run, self.sockets.server.sleep)
        begin(self.sockets.send_pens)
        rooms, seats = self.sockets.rooms, self.sockets.seats
        begin(gc_schedule.run, lambda: len(seats), lambda: rooms.pushed, self.sockets.server.sleep)
