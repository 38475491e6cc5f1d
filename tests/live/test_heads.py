"""Heads of requests: what is read, and that whatever could be read in two ways is refused."""

import contextlib
import io

import pytest

from meetingroom.live import heads

END = b"\r\n\r\n"


class Bounded:
    """As eventlet hands the lines on: what they are read from is `fp`."""

    def __init__(self, rest: bytes):
        self.fp = io.BufferedReader(io.BytesIO(rest))
        self.readline = self.fp.readline


@pytest.fixture(params=[io.BytesIO, Bounded], autouse=True)
def lines(request, monkeypatch):
    """Line by line, and all at once where it is here."""
    monkeypatch.setattr("tests.live.test_heads.lines_of", request.param)


lines_of = io.BytesIO


def read(text: bytes) -> heads.Head:
    first, _, rest = text.partition(b"\n")
    return heads.read(first + b"\n", lines_of(rest))


def test_a_head_is_read_as_it_was_said():
    head = read(b"POST /api/meetings/m?x=1 HTTP/1.1\r\nHost: a:80\r\nCookie: k=v; l=w \r\nX-None:\r\ncookie: m=n" + END)
    assert (head.method, head.path, head.version) == ("POST", "/api/meetings/m?x=1", "1.1")
    assert head._headers == [("Host", "a:80"), ("Cookie", "k=v; l=w"), ("X-None", ""), ("cookie", "m=n")]
    assert head.get("COOKIE") == "k=v; l=w"
    assert head.get("Range") is None


def test_the_body_is_left_where_it_is():
    for end in (b"\r\n\r\n", b"\n\n", b"\n\r\n", b"\r\n\n"):
        lines = lines_of(b"Content-Length: 3" + end + b"a\r\n\r\nb")
        with contextlib.suppress(heads.BadHead):
            assert heads.read(b"POST / HTTP/1.0\r\n", lines).get("content-length") == "3"
        assert getattr(lines, "fp", lines).read() == b"a\r\n\r\nb"


def test_a_websocket_and_a_tunnel_are_heads_like_others():
    assert read(b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade" + END).get("upgrade") == "websocket"
    assert read(b"CONNECT x:443 HTTP/1.1" + END).method == "CONNECT"


def test_letters_beyond_ascii_are_handed_on_byte_by_byte():
    assert read("GET / HTTP/1.1\r\nX: Phòng".encode() + END).get("x").encode("latin-1").decode() == "Phòng"


def test_two_strokes_lead_to_no_other_server():
    assert read(b"GET //evil.example/a HTTP/1.1" + END).path == "/evil.example/a"


@pytest.mark.parametrize(
    "lines",
    [
        b"Content-Length: 1\r\nContent-Length: 1",
        b"Content-Length: 1\r\nContent-Length: 2",
        b"Content-Length: +1",
        b"Content-Length: -1",
        b"Content-Length: 1, 1",
        b"Content-Length: " + b"9" * 30,
        b"Content-Length: 3\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: gzip",
        b"Transfer-Encoding: gzip, chunked",
        b"Transfer-Encoding: chunked, identity",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip",
        b"Host : a",
        b"Host\r\n: a",
        b"A: b\r\n c",
        b"A: b\x00c",
        b"A: b\rc",
        b"nothing",
        b": nobody",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(lines):
    with pytest.raises(heads.BadHead) as refused:
        read(b"POST / HTTP/1.1\r\nHost: a\r\n" + lines + END)
    assert refused.value.args == (heads.MALFORMED,)


@pytest.mark.parametrize(
    ("first", "status"),
    [
        (b"GET /sign-in", heads.MALFORMED),  # HTTP/0.9
        (b"GET / HTTP/2.0", heads.NOT_SPOKEN),
        (b"PRI * HTTP/2.0", heads.MALFORMED),
        (b"GET / HTTP/9.9", heads.MALFORMED),
        (b"STEAL / HTTP/1.1", heads.MALFORMED),
        (b"get / HTTP/1.1", heads.MALFORMED),
        (b"GET  HTTP/1.1", heads.MALFORMED),
        (b"GET /\xff HTTP/1.1", heads.MALFORMED),
        (b"\x16\x03\x01\x02", heads.MALFORMED),  # TLS
    ],
)
def test_a_first_line_that_is_none_is_refused(first, status):
    with pytest.raises(heads.BadHead) as refused:
        read(first + END)
    assert refused.value.args == (status,)


def test_half_a_head_is_none():
    with pytest.raises(heads.BadHead):
        heads.read(b"GET / HTTP/1.1\r\n", io.BytesIO(b"Host: a\r\n"))


def test_a_command_whose_head_was_read_before_is_read_once_and_refused_each_time():
    said = b"POST /api/meetings/m HTTP/1.1\r\nHost: a" + END
    assert read(said) is read(said)
    assert read(said + b"") is not read(said.replace(b"Host: a", b"Host: b"))
    long = said.replace(b"Host: a", b"Host: " + b"a" * heads.SHORT)
    assert read(long) is not read(long)
    for _ in range(2):
        with pytest.raises(heads.BadHead):
            read(said.replace(b"Host: a", b"Host : a"))
