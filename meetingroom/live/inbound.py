"""What comes in over a socket is measured before it costs anything: whether it is what a client of ours says, how
much, how often. Whoever says something else, or too much, is disconnected, and one line of the log says why.

The library would write a traceback for every packet it cannot read, keep the pieces of a message that never ends, wait
for a thousand million attachments, and read on from one client as long as that one sends.
"""

import json
import logging
import math
import time
from typing import Any
from urllib.parse import parse_qs

from socketio import packet

from meetingroom.live import outgoing

logger = logging.getLogger(__name__)

AT_ONCE = 1000  # frames a client may send in one go …
A_SECOND = 200  # … and go on sending; a pen in motion comes to 60
BREATH = 20  # who sends more than this in one go is read in turns with everybody else
DEEPEST = 12  # lists within lists
LARGEST = 2**53  # beyond it JavaScript does not count
OURS = (packet.CONNECT, packet.DISCONNECT, packet.EVENT, packet.ACK)  # nothing binary is sent
OWN = ("connect", "disconnect")  # events of the library itself, not to be said by a client


class Nonsense(Exception):
    """Not what a client of ours says."""


class Meter:
    """How many frames a client still has; `spend` is False once there are none left."""

    __slots__ = ("at", "left")

    def __init__(self):
        self.left, self.at = float(AT_ONCE), time.monotonic()

    def spend(self) -> bool:
        now = time.monotonic()
        self.left = min(AT_ONCE, self.left + (now - self.at) * A_SECOND) - 1
        self.at = now
        return self.left >= 0

    @property
    def hurries(self) -> bool:
        return self.left < AT_ONCE - BREATH


def unmask(data: bytes, mask, length: int | None = None, offset: int = 0) -> bytes:
    """The bytes of a frame from a client, at once: one by one, 100 KB hold up everybody for 20 ms."""
    turned = bytes(mask[(offset + n) % 4] for n in range(4))
    key = (turned * (len(data) // 4 + 1))[: len(data)]
    return (int.from_bytes(data, "little") ^ int.from_bytes(key, "little")).to_bytes(len(data), "little")


def is_readable(message) -> bool:
    """Whether a WebSocket message is an Engine.IO packet of ours; the library fails at others, also at reading them."""
    if not isinstance(message, str):
        return False
    if message.startswith("4"):
        return message[1:2] in ("0", "1", "2", "3")
    return message[:1] in ("1", "2", "3", "5", "6") and len(message) <= 20


class Ready:
    """An answer that is JSON already: a thousand who join at once are told the same."""

    __slots__ = ("text",)

    def __init__(self, text: str):
        self.text = text


class Compact:
    """The JSON of packets: read by Python's, written as everything is that goes out."""

    loads = staticmethod(json.loads)

    @staticmethod
    def dumps(value, **_) -> str:
        return outgoing.encode(value).decode()


class Packet(packet.Packet):
    """A Socket.IO packet that is read strictly."""

    json = Compact

    def encode(self):
        if self.packet_type == packet.ACK and self.data and type(self.data[0]) is Ready:
            space = "" if self.namespace in (None, "/") else f"{self.namespace},"
            return f"{self.packet_type}{space}{self.id}[{self.data[0].text}]"
        return super().encode()

    def decode(self, encoded_packet):
        try:
            attachments = super().decode(encoded_packet)
            right = self.packet_type in OURS and not attachments and is_sensible(self.data)
        except (ValueError, TypeError, LookupError, RecursionError, AttributeError, OverflowError) as error:
            raise Nonsense(type(error).__name__) from None
        if not right or (self.packet_type == packet.EVENT and not is_event(self.data)):
            raise Nonsense("no packet of ours")
        return 0


def is_event(data) -> bool:
    """A name and at most one body."""
    return isinstance(data, list) and 0 < len(data) <= 2 and isinstance(data[0], str) and data[0] not in OWN


def is_sensible(value: Any, depth: int = DEEPEST) -> bool:
    """Whether JSON can be handed on to anybody: no NaN, which ends every browser's connection; not too deep."""
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, str):
        return value.isascii() or value.encode() != b""  # half a character raises UnicodeEncodeError, a ValueError
    if isinstance(value, (int, float)):
        return math.isfinite(value) and abs(value) <= LARGEST
    if not depth:
        return False
    if isinstance(value, dict):
        return all(is_sensible(key) and is_sensible(part, depth - 1) for key, part in value.items())
    return isinstance(value, list) and all(is_sensible(part, depth - 1) for part in value)


def install(server) -> None:
    """Let the server (made with `serializer=Packet`) end whoever talks nonsense."""
    engine, handle = server.eio, server._handle_eio_message

    def heard(sid, data):
        client = engine.sockets.get(sid)
        if client is None or client.closed:  # said in the same breath as good-bye
            return
        try:
            if not isinstance(data, str) or not data:
                raise Nonsense("nothing to read")
            if not getattr(client, "writer", None) and not meter_of(client).spend():
                raise Nonsense(f"more than {A_SECOND} frames a second")
            handle(sid, data)
        except Nonsense as error:
            logger.warning("a client sent what no client of ours sends (%s) and is disconnected", error)
            client.close(wait=False, abort=True, reason=engine.reason.TRANSPORT_ERROR)

    everybody = engine.disconnect

    def disconnect(sid=None):
        """The library's waits until what is pending was fetched, which may be never: a green thread lost each time."""
        if sid is None:
            everybody()
        elif client := engine.sockets.pop(sid, None):
            client.close(wait=False, reason=engine.reason.SERVER_DISCONNECT)

    asked = engine.handle_request

    def handle_request(environ, start_response):
        """Who polls goes on asking when they have been ended: the library fails over such a session the first time,
        and refuses it only the next."""
        for sid in parse_qs(environ.get("QUERY_STRING", "")).get("sid", ()):
            if (client := engine.sockets.get(sid)) and client.closed:
                engine.sockets.pop(sid, None)
        return asked(environ, start_response)

    engine.handle_request = handle_request
    engine.disconnect = disconnect
    engine.on("message", heard)
    logging.getLogger("engineio.server").addFilter(drop_traceback)


def meter_of(client) -> Meter:
    """Of a client that polls; the frames of a WebSocket are counted before they are read."""
    if not hasattr(client, "meter"):
        client.meter = Meter()
    return client.meter


def drop_traceback(record: logging.LogRecord) -> bool:
    """What somebody posted in place of packets is worth a line, not a traceback."""
    if record.msg == "post request handler error":
        record.exc_info, record.levelno, record.levelname = None, logging.WARNING, "WARNING"
    return True
