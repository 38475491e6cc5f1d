"""Heads of HTTP requests, read by llhttp (httptools): Python's parser of e-mails took a tenth of what a hall costs that
comes in. llhttp is strict: what could be read in two ways is refused.
"""

from functools import lru_cache
from http.client import HTTPException

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

ENDS, END = (b"\r\n", b"\n", b""), b"\n\r\n"
VERSIONS = ("1.0", "1.1")
REFUSED = b"HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
REPEATED, SHORT = b"POST ", 2048  # who turns pages says the same head again and again
MALFORMED, NOT_SPOKEN = b"400 Bad Request", b"505 HTTP Version Not Supported"


@lru_cache(maxsize=256)
def spelled(name: bytes) -> tuple[str, str]:
    """The name of a header as it was written, and in small letters."""
    key = name.decode("ascii")
    return key, key.lower()


class BadHead(HTTPException):
    """It is refused: `args` is the status."""


class Head:
    """One request's head; what eventlet asks of it it has from Python's `Message` by the same names."""

    __slots__ = ("_headers", "complete", "first", "keep", "method", "path", "variables", "version", "whole")

    def __init__(self):
        self._headers: list[tuple[str, str]] = []
        self.first: dict[str, str] = {}  # of each name in small letters
        self.variables: dict[str, str] | None = None  # as a WSGI program is told (environ.py), once it was asked
        self.complete, self.path, self.method, self.version = False, "", "", ""
        self.whole = b""  # as it came, where the same head may come again

    def on_url(self, url: bytes) -> None:
        self.path += url.decode("ascii")  # may come in pieces

    def on_header(self, name: bytes, value: bytes) -> None:
        key, small = spelled(name)
        text = value.decode("latin-1").strip(" \t")
        self._headers.append((key, text))
        self.first.setdefault(small, text)

    def on_headers_complete(self) -> None:
        self.complete = True

    def get(self, name: str, otherwise=None):
        return self.first.get(name.lower(), otherwise)

    def get_content_type(self) -> str:
        return "text/plain"  # asked where none was said


def rest_at_once(lines) -> bytes:
    """The other lines, if all of them are here and end as everybody ends them; else nothing is taken."""
    reader = getattr(lines, "fp", None)  # what eventlet bounds line by line
    if reader is None:
        return b""
    here = reader.peek()
    end = here.find(END)
    if end < 0 or here[:2] == b"\r\n" or here[:1] == b"\n" or here.find(b"\n\n", 0, end + 1) >= 0:
        return b""
    return reader.read(end + len(END))


def read(first: bytes, lines) -> Head:
    """The head that begins with this line and goes on in `lines` (a file, which bounds them). Raises BadHead."""
    found = [first, rest_at_once(lines)]
    while not found[1]:
        line = lines.readline()
        found.append(line)
        if line in ENDS:
            break
    return parse(b"".join(found))


def parse(whole: bytes) -> Head:
    """The head that is here whole, for everybody to read and nobody to change. Raises BadHead."""
    return parse_once(whole) if whole.startswith(REPEATED) and len(whole) <= SHORT else parse_anew(whole)


def parse_anew(whole: bytes) -> Head:
    head = Head()
    parser = HttpRequestParser(head)
    try:
        parser.feed_data(whole)
    except HttpParserUpgrade:
        pass
    except HttpParserError:
        raise BadHead(MALFORMED) from None
    if not head.complete:
        raise BadHead(MALFORMED)
    head.method, head.version = parser.get_method().decode("ascii"), parser.get_http_version()
    if head.version not in VERSIONS:
        raise BadHead(NOT_SPOKEN if head.version > "1" else MALFORMED)
    if "transfer-encoding" in head.first:
        codings = [text.lower() for key, text in head._headers if key.lower() == "transfer-encoding"]
        if codings != ["chunked"]:
            raise BadHead(MALFORMED)  # the server would take such a body for the next request
    if head.path.startswith("//"):
        head.path = "/" + head.path.lstrip("/")  # else a redirect to it would lead to another server
    return head


@lru_cache(maxsize=500)
def parse_once(whole: bytes) -> Head:
    """What is refused is not kept."""
    head = parse_anew(whole)
    head.whole = whole
    return head
