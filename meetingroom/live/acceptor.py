"""Between the listening socket and eventlet's server: who comes in is first heard, and tablets are greeted here.

A tablet that begins with a WebSocket, as all of ours do, says so in the first bytes. It needs no green thread, no
reader of bodies and no writer of answers: it is greeted by the whole program (proxies, Flask's middleware, Socket.IO)
and stays with the readers (live/readers.py). All others are handed to eventlet's server with what they have said.
"""

import contextlib
import io
import logging
import time
from collections.abc import Callable

from meetingroom.live import arrival, environ, heads
from meetingroom.live.admission import AT_ONCE
from meetingroom.live.connections import ConnectionLimiter
from meetingroom.live.readers import Readers, Watched

logger = logging.getLogger(__name__)

FIRST = 8192  # bytes
BEGINNING, QUERY, END = b"GET ", b"?" + arrival.QUERY.encode() + b" HTTP/1.1\r\n", b"\r\n\r\n"


class Acceptor:
    """What eventlet's server accepts from. `program` is the WSGI program, `server` eventlet's for its environ, `body`
    eventlet's class of what a body is read from, `waiting` a queue of green threads."""

    def __init__(self, limiter: ConnectionLimiter, readers: Readers, program: Callable, server, body: type, waiting):
        self.limiter, self.readers, self.program = limiter, readers, program
        self.server, self.body, self.waiting = server, body, waiting

    def __getattr__(self, name: str):
        return getattr(self.limiter, name)

    def accept(self):
        found = self.waiting.get()
        if isinstance(found, BaseException):
            raise found
        return found

    def run(self) -> None:
        """For as long as the listening socket lives."""
        come = 0
        try:
            while True:
                Newcomer(self, *self.limiter.accept())
                come += 1
                if come % AT_ONCE == 0:
                    time.sleep(0)
        except OSError as error:
            self.waiting.put(error)


class Newcomer:
    """A connection until it has said what it is; environ.py finds here what it asks of eventlet's protocol."""

    def __init__(self, acceptor: Acceptor, line, address):
        self.acceptor, self.line, self.client_address = acceptor, line, address
        self.adopted = False
        self.watched: Watched = acceptor.readers.add(line.fileno(), self.hear)

    def hear(self) -> None:
        try:
            first = self.line.fd.recv(FIRST)
        except BlockingIOError:
            return
        except OSError:
            first = b""
        limiter = self.acceptor.limiter
        connection = limiter.connections.get(self.line)
        if not first or connection is None:  # gone, or cut off
            self.close()
            return
        limiter.received(connection, len(first))
        # One whole head and nothing behind it.
        plain = first.startswith(BEGINNING) and first.find(END) == len(first) - len(END) and QUERY in first
        if plain and self.is_greeted(first):
            return
        connection.early = first
        self.acceptor.readers.remove(self.watched)
        self.acceptor.waiting.put((self.line, self.client_address))

    def is_greeted(self, first: bytes) -> bool:
        """Whether it is a tablet, and was let in; else it is heard again by eventlet's server, and answered there."""
        try:
            self.headers = heads.parse(first)
        except heads.BadHead:
            return False
        self.acceptor.limiter.head_complete(self.line)
        self.request = self.connection = self.line
        self.server, self.conn_state = self.acceptor.server, [self.client_address, self.line, "request"]
        self.rfile, self.wfile = io.BytesIO(), None
        about = environ.of_request(environ.lasting(self), self, self.acceptor.body)
        about[arrival.ADOPT] = self
        try:
            self.acceptor.program(about, lambda *_: None)
        except Exception:  # whoever was not taken over is answered by eventlet's server
            logger.exception("a tablet could not be greeted")
        return self.adopted

    def close(self) -> None:
        """The line is over."""
        self.acceptor.readers.remove(self.watched)
        self.acceptor.limiter.remove(self.line)
        with contextlib.suppress(OSError):
            self.line.close()
