"""How a tablet comes in that brings its WebSocket along, as all of ours do: from the head of its request to its words.

The library's way is made for clients that poll and may change to a WebSocket later. It asks each the same questions at
six places, queues the first words for a green thread of the client's own, and begins one that most tablets never need:
nearly everything goes straight out (live/fast.py). Whoever comes in another way, or says something else, goes the
library's way. Together they are in docs/decisions.md, "eventlet".
"""

import json
import logging
from base64 import b64encode
from collections.abc import Callable
from contextlib import ExitStack
from hashlib import sha1
from typing import Any

from engineio.exceptions import SocketIsClosedError, UnknownPacketError
from engineio.packet import MESSAGE, OPEN, Packet
from engineio.socket import Socket

from meetingroom.live import inbound
from meetingroom.live.fast import SocketWriter, frame_of

logger = logging.getLogger(__name__)

QUERY = "EIO=4&transport=websocket"
SWITCHING = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n"
)
ADOPT = "meetingroom.newcomer"  # in the environ of a request that comes from live/acceptor.py
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # of RFC 6455
SAYS_A_MESSAGE = str(MESSAGE)


def comes_directly(engine, environ) -> bool:
    """Whether this is the request of a tablet that begins with a WebSocket, and nothing about it is special."""
    if environ.get("QUERY_STRING") != QUERY or environ["REQUEST_METHOD"] != "GET":
        return False
    if environ.get("HTTP_UPGRADE", "").lower() != "websocket" or environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13":
        return False
    if "upgrade" not in [part.strip() for part in environ.get("HTTP_CONNECTION", "").lower().split(",")]:
        return False
    origin = environ.get("HTTP_ORIGIN")
    allowed = engine._cors_allowed_origins(environ) if origin and engine.cors_allowed_origins != [] else None
    return bool(environ.get("HTTP_SEC_WEBSOCKET_KEY")) and (allowed is None or origin in allowed)


def handshake_answer(engine, sid: str, key: str) -> bytes:
    """The handshake (RFC 6455, section 4.2.2), and what Engine.IO says first."""
    accepted = b64encode(sha1(key.encode() + GUID, usedforsecurity=False).digest())
    about = {
        "sid": sid,
        "upgrades": [],
        "pingTimeout": int(engine.ping_timeout * 1000),
        "pingInterval": int(engine.ping_interval + engine.ping_interval_grace_period) * 1000,
        "maxPayload": engine.max_http_buffer_size,
    }
    return SWITCHING % accepted + frame_of(str(OPEN) + json.dumps(about, separators=(",", ":")))


def begin(client, writer: SocketWriter) -> None:
    """The client has its WebSocket. A green thread that writes is begun when something has to wait."""
    client.connected = client.upgraded = True
    writer.start = client.server.start_background_task
    if not client.queue.empty():
        writer.begin()


def hear(client, message: str) -> None:
    """One word of a client."""
    engine = client.server
    try:
        if message.startswith(SAYS_A_MESSAGE):
            engine.handlers["message"](client.sid, message[1:])
        else:
            client.receive(Packet(encoded_packet=message))
    except (UnknownPacketError, SocketIsClosedError) as error:
        logger.debug("a client sent what is of no use: %r", error)
    except Exception:  # of this one word; the next may be understood
        logger.exception("what a client said could not be handled")


def listen(client, writer: SocketWriter) -> None:
    """Until the client's line ends."""
    try:
        while (message := writer.wait()) is not None:
            hear(client, message)
    except Exception as error:  # from here on nobody listens
        logger.info("a client's line has ended: %r", error)


def finish(client, writer: SocketWriter) -> None:
    """Nobody listens to this client any more."""
    writer.finish()
    client.close(wait=False, abort=True, reason=client.server.reason.TRANSPORT_CLOSE)


class Tablet:
    """A client that has been greeted and stays with the readers, as long as it says whole words (one text frame each,
    as every browser does). For all else it is given a green thread of its own."""

    __slots__ = ("client", "ended", "newcomer", "stack", "writer")

    def __init__(self, client, writer: SocketWriter, newcomer, stack: ExitStack):
        self.client, self.writer, self.newcomer, self.stack, self.ended = client, writer, newcomer, stack, False
        writer.over = self.end
        newcomer.watched.act = self.hear

    def hear(self) -> None:
        ahead = self.writer.socket
        if not (here := ahead.read_now()):
            if here is False:
                self.end()
            return
        for _ in range(inbound.BREATH):
            if (text := ahead.take_text()) is None or not self.is_heard(text):
                break
            if self.ended or not ahead.kept:
                return
        if not self.ended:
            self.leave()

    def is_heard(self, text: bytes) -> bool:
        if not self.writer.ws.may_say_more() or (message := self.writer.read(text)) is None:
            self.end()
            return False
        hear(self.client, message)
        return True

    def leave(self) -> None:
        """From here on a green thread listens."""
        self.newcomer.acceptor.readers.remove(self.newcomer.watched)
        self.writer.over = None
        self.client.server.start_background_task(self.listen)

    def listen(self) -> None:
        with self.newcomer.line.makefile("rb", 0):  # whoever hangs up closes what nobody waits at any more
            listen(self.client, self.writer)
            self.end()

    def end(self) -> None:
        """The line is over, for whatever reason."""
        if self.ended:
            return
        self.ended, engine = True, self.client.server
        self.newcomer.acceptor.readers.remove(self.newcomer.watched)
        try:
            finish(self.client, self.writer)
        finally:
            self.stack.close()
            if self.client.closed:
                engine.sockets.pop(self.client.sid, None)
            self.writer.over = None
            self.newcomer.close()


def install(server, connection: Callable[..., Any], is_plain: Callable[[Any], bool], end: Callable[[], list]) -> None:
    """Let tablets come in this way. `connection(client, green socket, environ)` is a context that makes the client's
    WebSocket of a socket and gives its writer; `end()` is what the server is answered when it is over."""
    engine = server.eio
    library = engine.handle_request

    def greeted(green, environ):
        client = Socket(engine, engine.generate_id())
        engine.sockets[client.sid] = client
        engine.handlers["connect"](client.sid, environ)
        client.schedule_ping()
        environ["eventlet.set_idle"]()
        return client

    def handle_request(environ, start_response):
        green = environ["eventlet.input"].get_socket() if "eventlet.input" in environ else None
        newcomer = environ.pop(ADOPT, None)
        if green is None or not is_plain(green) or not comes_directly(engine, environ):
            return end() if newcomer else library(environ, start_response)
        client = greeted(green, environ)
        try:
            green.sendall(handshake_answer(engine, client.sid, environ["HTTP_SEC_WEBSOCKET_KEY"]))
            with ExitStack() as stack:
                writer = stack.enter_context(connection(client, green, environ))
                begin(client, writer)
                if newcomer:
                    Tablet(client, writer, newcomer, stack.pop_all())
                    newcomer.adopted = True
                    return end()
                listen(client, writer)
                finish(client, writer)
        except OSError as error:
            logger.info("a client left while it came in: %r", error)
            client.close(wait=False, abort=True, reason=engine.reason.TRANSPORT_CLOSE)
            if newcomer:
                newcomer.adopted = True
                newcomer.close()
        if client.closed:
            engine.sockets.pop(client.sid, None)
        return end()

    engine.handle_request = handle_request
