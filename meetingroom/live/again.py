"""The same request again on a connection: what its head says is known, so only its body is read.

Who turns pages sends one and the same head each time, over a connection that stays. A program that has answered such a
request may leave (`environ[KEEP]`) a `Short`, which answers the next one of this head from its body alone: no head is
parsed, no environ is made, no layer of the program passed that would say what it said before. Whatever a `Short` does
not answer goes the usual way, whole and unread.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.utils import formatdate
from functools import partial

from meetingroom.live.heads import Head

KEEP = "meetingroom.again"  # in a request's environ: a function to be given a Short
MOST = 8  # heads that are known of a connection
END = b"\r\n\r\n"
OK = "HTTP/1.1 200 OK"

Headers = Iterable[tuple[str, str]]
Answer = tuple[Headers, bytes]


@dataclass(frozen=True)
class Short:
    """`headers` are those of every answer; `answer(body)` is the others and the body of one (200), or what is to stand
    in the environ of the usual way besides. It raises nothing."""

    headers: Headers
    answer: Callable[[bytes], Answer | dict]


@dataclass(frozen=True)
class Known:
    """A head that has come before: how long its body is, how each answer begins."""

    length: int
    beginning: str
    answer: Callable[[bytes], Answer | dict]


class Memory:
    """The heads that are known of one connection; `bench` is where it rests between two of them (resting.py)."""

    __slots__ = ("bench", "empty", "known", "left", "more")

    def __init__(self, bench=None) -> None:
        self.bench = bench
        self.known: dict[bytes, Known] = {}
        self.more: dict = {}  # for the environ of the request at hand
        self.empty = False  # nothing was read ahead of the last request's end
        self.left = False  # what has come goes the usual way, which is decided already

    def keep(self, head: Head, seconds: int, short: Short) -> None:
        """The request with this head can be answered by this if it comes again; a connection may rest for `seconds`."""
        if not head.whole:
            return
        while len(self.known) >= MOST:
            del self.known[next(iter(self.known))]
        lines = [OK, *(f"{name}: {value}" for name, value in short.headers)]
        if head.get("connection", "").lower() == "keep-alive":  # whoever did not say so knows it by the version
            lines += ["Connection: keep-alive", f"Keep-Alive: timeout={seconds}"]
        self.known[head.whole] = Known(int(head.first["content-length"]), "\r\n".join(lines), short.answer)

    def answers(self, protocol, limiter) -> bool:
        """Whether the next request of eventlet's `protocol` was a known one, and is answered (or all there is to come).
        Waits for its first bytes; raises TimeoutError where none come."""
        if self.bench and self.empty:
            self.empty = False
            hears = partial(self.hears, protocol, limiter)
            self.bench.rest(protocol.connection, hears, protocol.server.keepalive)
            if protocol.close_connection:
                return True
        here = wait(protocol)
        if self.left:
            self.left = False
        elif self.takes(protocol, limiter, here):
            protocol.rfile.read(len(here))
            self.empty = True
            return True
        return False

    def hears(self, protocol, limiter, data: bytes) -> bool:
        """The same of what has come while the connection rests; whatever is not answered lies ready to be read."""
        connection = limiter.connections.get(protocol.connection)
        if connection is None:  # cut off
            return False
        if self.takes(protocol, limiter, data):
            limiter.request_done(protocol.connection)
            protocol.conn_state[2] = "idle"
            return not protocol.close_connection
        if not connection.of_body:
            limiter.received(connection, len(data))
        connection.early, self.left = data, True
        return False

    def takes(self, protocol, limiter, here: bytes) -> bool:
        """Whether this is one whole request that is known, and is answered now."""
        end = here.find(END) + len(END)
        known = self.known.get(here[:end])
        if known is None or len(here) - end != known.length:
            return False
        limiter.whole_request(protocol.connection)
        protocol.conn_state[2] = "request"
        answer = known.answer(here[end:])
        if isinstance(answer, dict):
            self.more = answer
            return False
        protocol.close_connection = False
        try:
            protocol.wfile.write(spelled(known.beginning, *answer))
            protocol.wfile.flush()
        except ConnectionError:
            protocol.close_connection = True
        return True


def wait(protocol) -> bytes:
    """What has come of the next request, and stays to be read; b"" where the line is over."""
    line = protocol.connection
    line.settimeout(protocol.server.keepalive)
    try:
        return protocol.rfile.peek()
    except TimeoutError:
        raise
    except OSError:
        return b""
    finally:
        line.settimeout(protocol.server.socket_timeout)


def spelled(beginning: str, headers: Headers, body: bytes) -> bytes:
    """The answer as it goes over the line."""
    rest = "".join(f"{name}: {value}\r\n" for name, value in headers)
    date = formatdate(usegmt=True)
    return f"{beginning}\r\n{rest}Content-Length: {len(body)}\r\nDate: {date}\r\n\r\n".encode("latin-1") + body
