"""The line from an edge to the origin: connections that are kept, and what is asked over them."""

import http.client
import json
import logging
import socket
import ssl
import threading
import time
from typing import Any
from urllib.parse import quote, urlsplit

from meetingroom.edge.headers import BOOT, NAME, SECRET, VERSION
from meetingroom.live import envelope

logger = logging.getLogger(__name__)

CONNECT = 3.0  # seconds for a connection
PATIENCE = 6.0  # … and for an answer
REST = 20.0  # seconds a connection may rest before it is taken for dead
KEPT = 16  # connections
LARGEST = 50_000_000  # bytes of an answer: the views of a large meeting
BROKEN = (OSError, http.client.HTTPException)


class Unheard(Exception):
    """The origin could not be asked, or has not answered. `sent`: it may have heard it."""

    def __init__(self, why: object, sent: bool = False):
        super().__init__(str(why))
        self.sent = sent


class Turned(Exception):
    """The origin has answered, and not with what was asked: `code` is its own."""

    def __init__(self, status: int, code: str, version: str = ""):
        super().__init__(f"{status} {code}")
        self.status, self.code, self.version = status, code, version


class Line:
    """`origin` is its address, `https://…`."""

    def __init__(self, origin: str, secret: str, boot: str, name: str):
        parts = urlsplit(origin)
        self.host, self.secure = parts.hostname or "", parts.scheme == "https"
        self.port = parts.port or (443 if self.secure else 80)
        self.headers = {SECRET: secret, BOOT: boot, NAME: quote(name), VERSION: envelope.spoken()}
        self.headers |= {"Host": parts.netloc.rpartition("@")[2], "Content-Type": "application/json"}
        self._tls = ssl.create_default_context() if self.secure else None
        self._resting: list[tuple[float, http.client.HTTPConnection]] = []
        self._lock = threading.Lock()

    def ask(self, path: str, body: dict, patience: float = PATIENCE) -> dict:
        """The origin's answer. What an edge asks may be asked twice. Raises Unheard, Turned."""
        text = json.dumps(body, separators=(",", ":")).encode()
        for again in (True, False):
            connection, rested = self.take(patience)
            try:
                connection.request("POST", path, text, self.headers)
                found = connection.getresponse()
                said = found.read(LARGEST)
            except BROKEN as error:
                connection.close()
                if rested and again and not isinstance(error, TimeoutError):
                    continue
                raise Unheard(error, sent=True) from error
            self.give_back(connection, found)
            return self.understood(found.status, said)
        raise Unheard("not reached")

    def understood(self, status: int, said: bytes) -> dict:
        try:
            answer = json.loads(said)
        except ValueError:
            answer = None
        if status == 200 and isinstance(answer, dict):
            return answer
        error: Any = answer.get("error") if isinstance(answer, dict) else None
        if not isinstance(error, dict):  # a proxy in between, whose origin is not there
            raise Unheard(f"answered with {status}", sent=True)
        raise Turned(status, str(error.get("code")), str(error.get("version", "")))

    def take(self, patience: float) -> tuple[http.client.HTTPConnection, bool]:
        """A connection, and whether it was used before. Raises Unheard."""
        while True:
            with self._lock:
                since, connection = self._resting.pop() if self._resting else (0.0, None)
            if connection is None:
                return self.connect(patience), False
            if time.monotonic() - since < REST and connection.sock and is_open(connection.sock):
                connection.sock.settimeout(patience)
                return connection, True
            connection.close()

    def connect(self, patience: float) -> http.client.HTTPConnection:
        if self._tls:
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                self.host, self.port, timeout=CONNECT, context=self._tls
            )
        else:
            connection = http.client.HTTPConnection(self.host, self.port, timeout=CONNECT)
        try:
            connection.connect()
        except BROKEN as error:
            connection.close()
            raise Unheard(error) from error
        connection.sock.settimeout(patience)
        return connection

    def give_back(self, connection: http.client.HTTPConnection, found: http.client.HTTPResponse) -> None:
        """Its answer has been read to the end, or it is of no more use."""
        with self._lock:
            if found.isclosed() and not found.will_close and len(self._resting) < KEPT:
                self._resting.append((time.monotonic(), connection))
                return
        connection.close()


def is_open(line: socket.socket) -> bool:
    """Nothing has come over a connection at rest: neither its end nor what nobody asked for."""
    try:
        line.settimeout(0)
        line.recv(1)
    except (BlockingIOError, ssl.SSLWantReadError):
        return True
    except OSError:
        pass
    return False
