"""What is known of a connection's requests (meetingroom/live/again.py)."""

import io
from types import SimpleNamespace

from meetingroom.live import again, heads

HEAD = b"POST /api/x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n"


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
        return self.memory.answers(self, SimpleNamespace(head_complete=lambda _: None))


def keep(connection: Connection, answer=lambda body: ([("X", "1")], b"did " + body)) -> None:
    connection.memory.keep(connection, again.Short([("A", "b")], answer))


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


def test_only_so_many_heads_are_known_and_none_of_a_connection_that_ends():
    connection = Connection(b"")
    for n in range(2 * again.MOST):
        connection.headers = heads.parse(HEAD.replace(b"Host: x", b"Host: %d" % n))
        keep(connection)
    assert len(connection.memory.known) == again.MOST
    ends = Connection(b"")
    ends.close_connection = True
    keep(ends)
    assert ends.memory.known == {}
