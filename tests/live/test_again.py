"""What is known of a connection's requests (meetingroom/live/again.py)."""

import gc
import io
import socket
import weakref
from types import SimpleNamespace

from meetingroom.live import again, connections, heads

HEAD = b"POST /api/x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n"


class Noticed:
    """A connection as its limiter has it."""

    early, of_body = b"", False


NOTICED = Noticed()
LIMITER = SimpleNamespace(
    connections=SimpleNamespace(get=lambda _: NOTICED),
    whole_request=lambda _: None,
    received=lambda *_: None,
    request_done=lambda _: None,
)


class Connection:
    """Eventlet's protocol, as far as it is asked; `comes` is all that comes over the line."""

    command, close_connection, conn_state = "POST", False, [None, None, "idle"]
    server = SimpleNamespace(keepalive=75, socket_timeout=60)

    def __init__(self, comes: bytes, head: bytes = HEAD):
        self.rfile, self.wfile = io.BufferedReader(io.BytesIO(comes)), io.BytesIO()
        self.headers = heads.parse(head)
        self.connection = SimpleNamespace(settimeout=lambda _: None)
        self.memory = again.Memory()

    def answers(self) -> bool:
        return self.memory.answers(self, LIMITER)


def keep(connection: Connection, answer=lambda body: ([("X", "1")], b"did " + body)) -> None:
    connection.memory.keep(connection.headers, 75, again.Short([("A", "b")], answer))


def test_the_same_head_is_answered_from_its_body_alone_as_often_as_it_comes():
    connection = Connection(HEAD + b"one")
    keep(connection)
    assert connection.answers()
    beginning, date, rest = connection.wfile.getvalue().partition(b"\r\nDate: ")
    assert beginning == b"HTTP/1.1 200 OK\r\nA: b\r\nX: 1\r\nContent-Length: 7"
    assert rest.endswith(b" GMT\r\n\r\ndid one")
    assert date
    assert connection.rfile.read() == b""


def test_whatever_is_not_the_same_stays_to_be_read():
    another = HEAD.replace(b"Host: x", b"Host: y")
    for comes in (another + b"one", HEAD + b"on", HEAD + b"one" + HEAD, HEAD[:-4], b"", b"GET / HTTP/1.1\r\n\r\n"):
        connection = Connection(comes)
        keep(connection)
        assert not connection.answers()
        assert connection.rfile.read() == comes
        assert connection.wfile.getvalue() == b""


def test_what_a_program_leaves_to_the_usual_way_stays_to_be_read_with_what_it_says_of_it():
    connection = Connection(HEAD + b"one")
    keep(connection, lambda body: {"why": body})
    assert not connection.answers()
    assert connection.memory.more == {"why": b"one"}
    assert connection.rfile.read() == HEAD + b"one"


def test_only_so_many_heads_are_known():
    connection = Connection(b"")
    for n in range(2 * again.MOST):
        connection.headers = heads.parse(HEAD.replace(b"Host: x", b"Host: %d" % n))
        keep(connection)
    assert len(connection.memory.known) == again.MOST


class Resting:
    """Whoever reads for all hears these; the last of them wakes the connection."""

    def __init__(self, *words: bytes):
        self.words, self.answered = words, []

    def rest(self, line, answers, seconds) -> bytes:
        self.answered = [answers(word) for word in self.words]
        return self.words[-1]


def rested(*words: bytes, answer=lambda body: ([], b"did " + body)) -> Connection:
    """A connection that was answered once, and hears these while it rests."""
    connection = Connection(HEAD + b"one")
    keep(connection, answer)
    assert connection.answers()
    connection.wfile = io.BytesIO()
    connection.memory.bench = Resting(*words)
    NOTICED.early = b""
    return connection


def test_what_is_known_is_answered_while_a_connection_rests_and_all_else_wakes_it():
    connection = rested(HEAD + b"two", HEAD + b"six", b"GET / HTTP/1.1\r\n")
    assert not connection.answers()
    assert connection.memory.bench.answered == [True, True, False]
    assert [each.rpartition(b"\r\n")[2] for each in connection.wfile.getvalue().split(b"HTTP/1.1")[1:]] == [
        b"did two",
        b"did six",
    ]
    assert NOTICED.early == b"GET / HTTP/1.1\r\n"


def test_what_was_left_to_the_usual_way_while_it_rested_is_not_done_again():
    done = []

    def answer(body):
        done.append(body)
        return ([], b"") if body == b"one" else {"failed": body}

    connection = rested(HEAD + b"two", answer=answer)
    connection.rfile = io.BufferedReader(io.BytesIO(HEAD + b"two"))
    assert not connection.answers()
    assert done == [b"one", b"two"]
    assert connection.memory.more == {"failed": b"two"}
    assert connection.rfile.read() == HEAD + b"two"


class Library:
    """Eventlet's protocol, as far as ours builds on it; it has read one head and made its environ."""

    close_connection, wbufsize = False, 16

    def __init__(self, state, server):
        self.request = self.connection = state[1]
        self.client_address, self.conn_state, self.server = state[0], state, server
        self.setup()
        self.headers = heads.parse(HEAD)
        self.environ = self.get_environ()
        self.environ[again.KEEP](again.Short([], lambda body: ([], body)))


def test_of_a_connection_that_ended_nothing_stays_in_memory():
    """Without the collector of cycles, which has other things to do while a hall is here."""
    here, there = socket.socketpair()
    limiter = SimpleNamespace(connections={}, remove=lambda _: None)
    server = SimpleNamespace(get_environ=dict, keepalive=75)
    gc.disable()
    try:
        made = connections.protocol(limiter, Library, lambda *_, **__: None)([("127.0.0.1", 5), here, "idle"], server)
        assert made.memory.known
        ended = weakref.ref(made)
        del made
        assert ended() is None
    finally:
        gc.enable()
        here.close()
        there.close()
