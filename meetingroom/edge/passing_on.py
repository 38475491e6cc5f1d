"""Plain HTTP at an edge: passed on to the origin as it comes, and its answer back, piece by piece.

In production nginx does this (docs/edges.md); without it an edge alone is usable. Nothing is asked twice that changes
something: whoever sent a command and did not hear sends it again under the same id.
"""

import http.client
import json
import logging
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from meetingroom.edge.line import BROKEN, Line, Unheard

logger = logging.getLogger(__name__)

PIECE = 65536  # bytes
PATIENCE = 60.0  # seconds without a byte
HOP = {
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
    "upgrade", "proxy-connection",
}  # fmt: skip
# Said by us, or by nobody.
OURS = {
    "content-length", "expect", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port",
    "x-forwarded-prefix", "x-real-ip", "forwarded", "x-meetingroom-edge", "x-meetingroom-version", "x-edge-boot",
    "x-edge-name",
}  # fmt: skip
SAFE = ("GET", "HEAD")
ONLY_EDGES = "/edge/"
UNSENT, UNSURE = "centre_unheard", "centre_silent"
WORDS = {
    UNSENT: (
        "Chưa liên lạc được với máy chủ trung tâm; chưa thực hiện. Phần mềm tự kết nối lại.",
        "The centre cannot be reached; nothing was done. The line comes back by itself.",
    ),
    UNSURE: (
        "Máy chủ trung tâm chưa trả lời. Kết quả được kiểm tra khi có kết nối lại.",
        "The centre has not answered. What came of it is looked up when the line is back.",
    ),
}
PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<title>Phòng họp</title>
<p>%s
<p lang="en">%s
"""


class PassingOn:
    """A WSGI program: everything to the origin. `unheard()` is true while it is known to be out of reach."""

    def __init__(self, line: Line, unheard):
        self.line, self.unheard = line, unheard

    def __call__(self, environ, start_response) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(ONLY_EDGES):
            return answer(environ, start_response, "404 Not Found", "not_found", ("Không có trang này.", "Not found."))
        if self.unheard():
            return refuse(environ, start_response, UNSENT)
        try:
            connection, found = self.ask(environ)
        except Unheard as error:
            logger.info("what was asked could not be passed on: %s", error)
            return refuse(environ, start_response, UNSURE if error.sent else UNSENT)
        head = [(name, value) for name, value in found.getheaders() if name.lower() not in HOP]
        start_response(f"{found.status} {found.reason or 'Answer'}", head)
        return pieces(self.line, connection, found)

    def ask(self, environ) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        safe = environ["REQUEST_METHOD"] in SAFE
        for again in (safe, False):
            connection, rested = self.line.take(PATIENCE)
            try:
                send(connection, environ)
                return connection, connection.getresponse()
            except BROKEN as error:
                connection.close()
                if not (rested and again and not isinstance(error, TimeoutError)):
                    raise Unheard(error, sent=True) from error
        raise Unheard("not reached")


def send(connection: http.client.HTTPConnection, environ) -> None:
    path = environ.get("RAW_PATH_INFO") or quote(
        environ.get("PATH_INFO", "/"), safe="/%:=&?~+!$,;'@()*[]", encoding="latin1"
    )
    query = environ.get("QUERY_STRING", "")
    connection.putrequest(
        environ["REQUEST_METHOD"], path + (f"?{query}" if query else ""), skip_host=True, skip_accept_encoding=True
    )
    for name, value in heads(environ):
        connection.putheader(name, value)
    length, chunked = environ.get("CONTENT_LENGTH", ""), environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked"
    if chunked:
        connection.putheader("Transfer-Encoding", "chunked")
    elif length:
        connection.putheader("Content-Length", length)
    connection.endheaders()
    if not chunked:
        for piece in taken(environ["wsgi.input"], int(length or 0)):
            if not is_taken(connection, piece):
                return
        return
    while piece := environ["wsgi.input"].read(PIECE):
        if not is_taken(connection, b"%x\r\n%s\r\n" % (len(piece), piece)):
            return
    connection.send(b"0\r\n\r\n")


def is_taken(connection: http.client.HTTPConnection, piece: bytes) -> bool:
    """Whether the origin reads on; if not, it has answered already."""
    try:
        connection.send(piece)
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


def heads(environ) -> Iterator[tuple[str, str]]:
    """What was said in the head of a request, and where it came from."""
    for key, value in environ.items():
        name = key[5:].replace("_", "-").lower()
        if key.startswith("HTTP_") and name not in HOP and name not in OURS:
            yield name.title(), value
    if kind := environ.get("CONTENT_TYPE"):
        yield "Content-Type", kind
    yield "X-Forwarded-For", environ.get("REMOTE_ADDR", "")
    yield "X-Forwarded-Proto", environ.get("wsgi.url_scheme", "http")
    yield "X-Forwarded-Host", environ.get("HTTP_HOST", "")


def taken(body, left: int) -> Iterator[bytes]:
    while left and (piece := body.read(min(PIECE, left))):
        left -= len(piece)
        yield piece


def pieces(line: Line, connection: http.client.HTTPConnection, found: http.client.HTTPResponse) -> Iterator[bytes]:
    """The body of an answer; the connection is kept if it was taken to its end."""
    try:
        while piece := found.read1(PIECE):
            yield piece
    finally:
        line.give_back(connection, found)


def refuse(environ, start_response, code: str) -> Iterable[bytes]:
    return answer(environ, start_response, "503 Service Unavailable", code, WORDS[code])


def answer(environ, start_response, status: str, code: str, words: tuple[str, str]) -> Iterable[bytes]:
    """In both languages: an edge does not know who asks."""
    asks_json = environ.get("PATH_INFO", "").startswith(("/api/", "/documents/", "/socket.io/", ONLY_EDGES))
    said = {"error": {"code": code, "message": " · ".join(words)}}
    text = json.dumps(said, ensure_ascii=False) if asks_json else PAGE % words
    sent = text.encode()
    kind = "application/json" if asks_json else "text/html; charset=utf-8"
    head = [("Content-Type", kind), ("Content-Length", str(len(sent))), ("Cache-Control", "no-store")]
    start_response(status, [*head, ("X-Meetingroom", "1"), ("X-Content-Type-Options", "nosniff")])
    return [] if environ.get("REQUEST_METHOD") == "HEAD" else [sent]
