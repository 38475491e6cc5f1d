"""What no browser sends and a hand at a socket can: strange heads of requests. Never a failure of the server."""

import socket

import pytest

pytestmark = pytest.mark.journey

GOOD = b"Host: x"
PATHS = (b"/", b"/sign-in", b"/healthz", b"/api/session", b"/socket.io/?EIO=4&transport=polling")
HEADS = {
    "a Host of two names": (b"Host: a b",),
    "a Host with a path": (b"Host: a/b",),
    "a Host with a password": (b"Host: me:secret@a",),
    "a Host in quotes": (b'Host: "><script>',),
    "a Host of 5,000 letters": (b"Host: " + b"a" * 5000,),
    "a port beyond all": (b"Host: a:99999999999999999999",),
    "half an address": (b"Host: [::1",),
    "a Host that is no text": (b"Host: \xff\xfe\xc3",),
    "an empty Host": (b"Host:",),
    "two Hosts": (b"Host: a", b"Host: b"),
    "a length that is none": (GOOD, b"Content-Length: ten"),
    "a length below nothing": (GOOD, b"Content-Length: -1"),
    "a length beyond 64 bits": (GOOD, b"Content-Length: " + b"9" * 30),
    "two lengths": (GOOD, b"Content-Length: 1", b"Content-Length: 2"),
    "a name without a colon": (GOOD, b"nothing"),
    "a cookie of 6,000 letters": (GOOD, b"Cookie: session=" + b"x" * 6000),
    "a range beyond 64 bits": (GOOD, b"Range: bytes=" + b"9" * 30 + b"-"),
    "a date that is none": (GOOD, b"If-Modified-Since: " + b"9" * 300),
}
TARGETS = {
    "a whole address": b"GET http://x/sign-in HTTP/1.1",
    "a whole address of another": b"GET http://evil.example/sign-in HTTP/1.1",
    "half an address": b"GET http://[::1/sign-in HTTP/1.1",
    "a port that is none": b"GET http://x:99999999999/ HTTP/1.1",
    "no path": b"GET  HTTP/1.1",
    "an asterisk": b"OPTIONS * HTTP/1.1",
    "a tunnel": b"CONNECT x:443 HTTP/1.1",
    "bytes that are no text": b"GET /\xff\xfe HTTP/1.1",
    "half a sequence": b"GET /%E1%BA HTTP/1.1",
    "a zero": b"GET /%00/a HTTP/1.1",
    "a page beyond 64 bits": b"GET /documents/d/pages/" + b"9" * 300 + b".webp HTTP/1.1",
    "a name of 3,000 letters": b"GET /api/meetings/" + b"a" * 3000 + b" HTTP/1.1",
    "a path of 100,000 letters": b"GET /" + b"a" * 100_000 + b" HTTP/1.1",
    "a number beyond 64 bits": b"GET /api/meetings/m/log?after=" + b"9" * 300 + b" HTTP/1.1",
    "no version": b"GET /sign-in",
    "a version that is none": b"GET / HTTP/9.9",
    "a method that is none": b"STEAL / HTTP/1.1",
}


def asked(room, *lines: bytes) -> bytes:
    """The first line of the answer, "" when the server hung up without a word."""
    with socket.create_connection(("127.0.0.1", room.port), timeout=45) as line:
        line.sendall(b"\r\n".join((*lines, b"Connection: close", b"", b"")))
        try:
            return line.recv(4000).split(b"\r\n")[0]
        except ConnectionResetError:
            return b""


def status(first: bytes) -> int:
    return int(first.split()[1]) if first.startswith(b"HTTP/") else 0


def test_no_head_of_a_request_makes_the_server_fail(room):
    for about, head in HEADS.items():
        for method, path in [(b"GET", path) for path in PATHS] + [(b"POST", b"/api/session")]:
            found = status(asked(room, method + b" " + path + b" HTTP/1.1", *head))
            assert found < 500, (about, method, path, found)
            if "Host" in about:
                assert found == 400, (about, method, path, found)
    assert room.person("an").get("/healthz").status_code == 200


def test_no_first_line_makes_the_server_fail(room):
    for about, first in TARGETS.items():
        found = status(asked(room, first, GOOD))
        assert found < 500 or found in (501, 505), (about, found)
    assert room.person("an").get("/healthz").status_code == 200


@pytest.mark.parametrize("version", [b"HTTP/1.0", b"HTTP/1.1"])
def test_without_a_host_it_answers(room, version):
    assert status(asked(room, b"GET /healthz " + version)) == 200
    assert status(asked(room, b"GET /sign-in " + version)) == 200


GREETING = b"\r\n".join((
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", b"Host: x", b"Upgrade: websocket", b"Connection: Upgrade",
    b"Sec-WebSocket-Version: 13", b"Sec-WebSocket-Key: dGFibGV0LXRlc3QtLS1rZXk9PQ==", b"", b"",
))  # fmt: skip


def greeted(room, *pieces: bytes) -> bytes:
    """What a tablet is told whose request comes in these pieces, as far as it is told at once."""
    with socket.create_connection(("127.0.0.1", room.port), timeout=45) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in pieces:
            line.sendall(piece)
            room.person("an").get("/healthz")  # it is read before the next one comes
        return line.recv(4000)


def test_a_tablet_is_greeted_however_its_request_is_cut_up(room):
    for pieces in ((GREETING,), (GREETING[:1], GREETING[1:]), (GREETING[:-1], GREETING[-1:])):
        assert greeted(room, *pieces).startswith(b"HTTP/1.1 101 "), pieces


def test_a_tablet_of_another_page_and_one_that_asks_for_more_are_answered_as_everybody(room):
    foreign = GREETING.replace(b"Host: x", b"Host: x\r\nOrigin: http://evil.example")
    assert greeted(room, foreign).startswith(b"HTTP/1.1 400 ")
    assert greeted(room, GREETING.replace(b"Host: x", b"Host: a b")).startswith(b"HTTP/1.1 400 ")
    assert greeted(room, GREETING + b"GET / HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 101 ")
    assert room.person("an").get("/healthz").status_code == 200
