"""Bounds for connections: how many there may be, how long a request may take to arrive, and which end when it is full.

eventlet's server ends its loop at the first error of `accept` and lives on deaf; who sends half a request keeps a
connection for ever. Here the loop outlives whatever an operating system says in passing, and every `Connection` is
watched: a request is to be said within HEAD seconds, a body may not leave us waiting (slow lines are given credit for
what has come). Where there are too many of one address, or in all, those who have not said anything yet leave first,
the oldest first, then connections that rest between two requests; a hall of tablets behind one address has few of the
first kind and needs none of the second. Nobody is put out in the middle of a request or on a WebSocket.
"""

import contextlib
import errno
import io
import logging
import os
import resource
import socket
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from meetingroom.live import again, environ, heads

logger = logging.getLogger(__name__)

HEAD = 10.0  # seconds for the head of a request, from its first byte (the first: from the connection)
BODY = 20.0  # seconds one waits for a body in all …
RATE = 1000  # … and one more for every so many bytes of it that came
PROMPT = 2.0  # seconds; whoever means it has said what they want by then
STALL = 60.0  # seconds without a byte, at the most; also for an answer that nobody takes
UNFINISHED = 1024  # connections of one address that have not said what they want
OPEN = 8192  # connections of one address
SPARE = 128  # files that are kept for everything else
LOOK_EVERY = 1.0  # seconds
NOTED_EVERY = 10.0  # seconds between two lines of the log about the same thing

# accept(2): of the one who wanted in, or of the network in passing.
PASSING = {
    getattr(errno, name)
    for name in (
        "ECONNABORTED", "ECONNRESET", "EPIPE", "EPROTO", "EPERM", "EINTR", "ENETDOWN", "ENOPROTOOPT", "EHOSTDOWN",
        "ENONET", "EHOSTUNREACH", "EOPNOTSUPP", "ENETUNREACH", "ETIMEDOUT", "ENOTCONN", "ESHUTDOWN", "ENOSR",
    )
    if hasattr(errno, name)
}  # fmt: skip
FULL = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"

READING_HEAD, READING_BODY, IDLE, HANDLING, CLOSED = "reading_head", "reading_body", "idle", "handling", "closed"


class Connection:
    """One connection: `state`: reading_head (of a request), reading_body (we wait for it), idle (between two
    requests), handling (nothing is waited for) or closed. `since` is when that began (monotonic)."""

    __slots__ = ("address", "began", "early", "heard", "line", "of_body", "since", "state", "waited")

    def __init__(self, line, address: "Address", now: float):
        self.line, self.address, self.since, self.state = line, address, now, READING_HEAD
        self.early = b""  # what was read of it and not yet taken
        self.began = False  # a byte of the present request has come
        self.of_body = False  # the head has been read
        self.heard = 0  # bytes of the present body
        self.waited = 0.0  # seconds we have waited for it

    def is_late(self, now: float) -> bool:
        if self.state == READING_HEAD:
            return now - self.since > HEAD
        if self.state == READING_BODY:
            waiting = now - self.since
            return waiting > STALL or self.waited + waiting > BODY + self.heard / RATE
        return False

    def cut_off(self) -> None:
        """Its own green thread wakes with the end of the line, and does the rest."""
        with contextlib.suppress(OSError):
            self.line.shutdown(socket.SHUT_RDWR)


class Address:
    """The connections of one address."""

    __slots__ = ("idle", "name", "open", "reading_body", "reading_head")

    def __init__(self, name: str):
        self.name, self.open = name, 0
        self.reading_head: dict[Connection, None] = {}
        self.reading_body: dict[Connection, None] = {}
        self.idle: dict[Connection, None] = {}


class ConnectionLimiter:
    """A listening socket whose `accept` gives whoever may come in, and raises only when the socket is no more."""

    def __init__(
        self,
        listener,
        *,
        alone: bool = True,
        at_most: int = 0,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ):
        """`alone`: nobody stands in front who makes all connections from one address. `at_most` connections in all
        (0: what the system's bound of open files leaves)."""
        self.listener, self.sleep, self.now = listener, sleep, now
        self.open_of_one = OPEN if alone else 0
        self.at_most = at_most or connection_bound()
        self.connections: dict[object, Connection] = {}
        self.addresses: dict[str, Address] = {}
        self.turned_away = self.cut_off = 0
        self.broken: OSError | None = None  # why nobody comes in any more
        self._noted: dict[str, float] = {}
        self._reserve = spare_file()
        self._tries = 0

    def __getattr__(self, name: str):
        return getattr(self.listener, name)

    @property
    def crowded(self) -> bool:
        """Whether connections or open files come near their bound."""
        opened, allowed = open_files()
        return len(self.connections) > 0.9 * self.at_most or opened > 0.9 * allowed

    def accept(self):
        while True:
            try:
                line, address = self.listener.accept()
            except OSError as error:
                self._handle_accept_error(error)
                continue
            self._tries = 0
            if self._admit(line, address[0] if isinstance(address, tuple) else ""):
                return line, address

    def _admit(self, line, name: str) -> bool:
        """Whether there is room; somebody who wants nothing may have to make some."""
        address = self.addresses.get(name) or Address(name)
        if self.open_of_one and address.open >= self.open_of_one and not self._free_place(address, idle=True):
            return self._turn_away(line, f"{address.open} connections from {name}")
        if len(self.connections) >= self.at_most and not self._free_place(self._largest(), idle=True):
            return self._turn_away(line, f"{len(self.connections)} connections")
        if len(address.reading_head) + len(address.reading_body) >= UNFINISHED:
            self._free_place(address)
        connection = Connection(line, address, self.now())
        self.connections[line] = connection
        self.addresses[name] = address
        address.open += 1
        address.reading_head[connection] = None
        return True

    def _free_place(self, address: Address | None, idle: bool = False) -> bool:
        """Closes one of this address: who has said nothing for a while, who rests, whose body has hardly come."""
        connection = self._first_to_close(address, idle) if address else None
        if address is None or connection is None:
            return False
        self._note("room", "too many connections of %s: those that say nothing leave", address.name)
        self._close(connection)
        return True

    def _first_to_close(self, address: Address, idle: bool) -> Connection | None:
        silent = next(iter(address.reading_head), None)
        if silent and self.now() - silent.since > PROMPT:
            return silent
        if idle and address.idle:
            return next(iter(address.idle))
        return min(address.reading_body, key=lambda one: one.heard, default=silent)

    def _largest(self) -> Address | None:
        """The address with most connections that may leave."""
        able = [a for a in self.addresses.values() if a.reading_head or a.idle or a.reading_body]
        return max(able, key=lambda a: len(a.reading_head) + len(a.idle) + len(a.reading_body), default=None)

    def _close(self, connection: Connection) -> None:
        self.cut_off += 1
        connection.cut_off()
        self.remove(connection.line)  # counted out at once; its green thread comes later and finds nothing to do

    def _turn_away(self, line, why: str) -> bool:
        self.turned_away += 1
        self._note("away", "turned away: %s already", why)
        with contextlib.suppress(OSError):
            line.setblocking(False)
            line.send(BUSY)
        with contextlib.suppress(OSError):
            line.close()
        return False

    def _handle_accept_error(self, error: OSError) -> None:
        """Raises what is not to be survived: the listening socket is no more."""
        if error.errno in PASSING:
            self._note("passing", "somebody could not come in: %r", error)
            return
        if error.errno not in FULL:
            self.broken = error
            raise error
        self._note("full", "no file is left for another connection (%r); look at LimitNOFILE", error)
        self._refuse_one()
        self._tries += 1
        self.sleep(min(1.0, 0.02 * 2 ** min(self._tries, 6)))

    def _refuse_one(self) -> None:
        """Refuses a connection that would wait for ever, by the file kept for this; one that is idle is closed."""
        self._free_place(self._largest(), idle=True)
        if self._reserve is None:
            self._reserve = spare_file()
            return
        os.close(self._reserve)
        try:
            line, _ = getattr(self.listener, "fd", self.listener).accept()  # at once or not at all
            self._turn_away(line, "too many files are open")
        except OSError:
            pass
        finally:
            self._reserve = spare_file()

    def request_done(self, line) -> None:
        """A request was answered; the next one may come."""
        if connection := self.connections.get(line):
            connection.began, connection.of_body, connection.heard, connection.waited = False, False, 0, 0.0
            self._set_state(connection, IDLE)

    def head_complete(self, line) -> None:
        """The head of a request is complete."""
        if connection := self.connections.get(line):
            connection.of_body = True
            self._set_state(connection, HANDLING)

    def whole_request(self, line) -> None:
        """A request has come in one piece: nothing more of it is waited for."""
        if connection := self.connections.get(line):
            connection.began = connection.of_body = True
            self._set_state(connection, HANDLING)

    def starts_waiting(self, connection: Connection) -> None:
        """Nothing is here to be read."""
        if connection.of_body:
            self._set_state(connection, READING_BODY)

    def received(self, connection: Connection, size: int) -> None:
        if connection.of_body:
            connection.heard += size
            connection.waited += self.now() - connection.since
            self._set_state(connection, HANDLING)
        elif not connection.began and size:
            connection.began = True
            if connection.state == IDLE:
                self._set_state(connection, READING_HEAD)

    def remove(self, line) -> None:
        if connection := self.connections.pop(line, None):
            self._set_state(connection, CLOSED)
            connection.address.open -= 1
            if not connection.address.open:
                self.addresses.pop(connection.address.name, None)

    def _set_state(self, connection: Connection, state: str) -> None:
        if connection.state == CLOSED:  # cut off; its own green thread does not know yet
            return
        if kept := getattr(connection.address, connection.state, None):
            kept.pop(connection, None)
        connection.state, connection.since = state, self.now()
        if state not in (HANDLING, CLOSED):
            getattr(connection.address, state)[connection] = None

    def cut_off_late(self) -> None:
        """Close whoever takes too long."""
        now = self.now()
        for address in list(self.addresses.values()):
            waiting = [*address.reading_head, *address.reading_body]
            for connection in [one for one in waiting if one.is_late(now) and not has_unread_bytes(one.line)]:
                self._note("late", "requests of %s were not finished in time", address.name)
                self._close(connection)

    def run(self) -> None:
        """For as long as the server runs."""
        while True:
            self.sleep(LOOK_EVERY)
            try:
                self.cut_off_late()
            except Exception:  # the next look is another chance
                logger.exception("connections were not looked at")

    def _note(self, kind: str, line: str, *args) -> None:
        """A line of the log, now and then: who knocks a thousand times a second is not to fill the disk."""
        now = self.now()
        if now - self._noted.get(kind, -NOTED_EVERY) >= NOTED_EVERY:
            self._noted[kind] = now
            logger.warning(line, *args)


class Line(io.RawIOBase):
    """What a request is read from: tells the limiter when we wait for it."""

    def __init__(self, green, limiter: ConnectionLimiter):
        self.green, self.limiter, self.connection = green, limiter, limiter.connections.get(green)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        connection = self.connection
        if connection is None:
            return self.green.recv_into(buffer)
        if connection.early:
            taken, connection.early = connection.early[: len(buffer)], connection.early[len(buffer) :]
            buffer[: len(taken)] = taken
            return len(taken)
        self.limiter.starts_waiting(connection)
        size = 0
        try:
            size = self.green.recv_into(buffer)
        finally:
            self.limiter.received(connection, size)
        return size


def protocol(limiter: ConnectionLimiter, library: type, body: type, bench=None) -> type:
    """The library's way of reading requests (eventlet's HttpProtocol and Input), reported to the limiter; `bench` as
    again.py has it."""

    class Protocol(library):
        later = False  # than the first request
        always: dict | None = None

        def __init__(self, connection, server):
            self.memory = again.Memory(bench)
            try:
                super().__init__(connection, server)
            finally:
                limiter.remove(connection[1])

        def setup(self):
            self.connection = self.request
            self.capitalize_response_headers = False  # ours are spelled as they should be, and each answer has a dozen
            self.rfile = io.BufferedReader(Line(self.connection, limiter))
            self.wfile = self.connection.makefile("wb", self.wbufsize)

        def handle_one_request(self):
            if self.later:  # the first is waited for since the connection
                limiter.request_done(self.connection)
            self.later = True
            if not (self.memory.known and self.memory.answers(self, limiter)):
                super().handle_one_request()

        def get_environ(self):
            self.always = self.always or environ.lasting(self)
            found = environ.of_request(self.always, self, body)
            if not self.close_connection:  # without the connection itself: nobody would know when it may go
                found[again.KEEP] = partial(self.memory.keep, self.headers, self.server.keepalive)
            found.update(self.memory.more)
            self.memory.more = {}
            return found

        def parse_request(self):
            self.close_connection = True
            try:
                head = heads.read(self.raw_requestline, self.rfile)
            except heads.BadHead as refused:
                self.wfile.write(heads.REFUSED % refused.args)
                return False
            limiter.head_complete(self.connection)
            self.headers, self.command, self.path = head, head.method, head.path
            self.requestline = f"{head.method} {head.path}"  # for the log
            self.request_version = f"HTTP/{head.version}"
            wish = head.get("connection", "").lower()
            self.close_connection = wish == "close" if head.version == "1.1" else wish != "keep-alive"
            return True

    return Protocol


def has_unread_bytes(line) -> bool:
    """Whether something lies here that was not read yet: then it is this server that takes its time."""
    try:
        return bool(getattr(line, "fd", line).recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
    except OSError:
        return False


def connection_bound() -> int:
    """How many connections the system's bound of open files leaves."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return max(16, min(files, 1_000_000) - max(SPARE, files // 8))


def open_files() -> tuple[int, int]:
    """(open, allowed) files of this process; (0, …) where nobody can say."""
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    try:
        return sum(1 for _ in Path("/proc/self/fd").iterdir()), allowed
    except OSError as error:
        return (allowed if error.errno in FULL else 0), allowed


def spare_file() -> int | None:
    try:
        return os.open(os.devnull, os.O_RDONLY)
    except OSError:
        return None
