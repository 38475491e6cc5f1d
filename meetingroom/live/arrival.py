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
from hashlib import sha1
from typing import Any

from engineio.exceptions import SocketIsClosedError, UnknownPacketError
from engineio.packet import MESSAGE, OPEN, Packet
from engineio.socket import Socket

from meetingroom.live.fast import SocketWriter, frame_of

logger = logging.getLogger(__name__)

QUERY = "EIO=4&transport=websocket"
SWITCHING = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n"
)
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


def listen(client, writer: SocketWriter) -> None:
    """Until the client's line ends. A green thread that writes is begun when something has to wait."""
    engine = client.server
    hear = engine.handlers["message"]
    client.connected = client.upgraded = True
    writer.start = engine.start_background_task
    if not client.queue.empty():
        writer.begin()
    try:
        while (message := writer.wait()) is not None:
            try:
                if message.startswith(SAYS_A_MESSAGE):
                    hear(client.sid, message[1:])
                else:
                    client.receive(Packet(encoded_packet=message))
            except (UnknownPacketError, SocketIsClosedError) as error:
                logger.debug("a client sent what is of no use: %r", error)
            except Exception:  # of this one word; the next may be understood
                logger.exception("what a client said could not be handled")
    except Exception as error:  # from here on nobody listens
        logger.info("a client's line has ended: %r", error)
    writer.finish()
    client.close(wait=False, abort=True, reason=engine.reason.TRANSPORT_CLOSE)


def install(server, connection: Callable[..., Any], is_plain: Callable[[Any], bool], end: Callable[[], list]) -> None:
    """Let tablets come in this way. `connection(client, green socket, environ)` is a context that makes the client's
    WebSocket of a socket and gives its writer; `end()` is what the server is answered when it is over."""
    engine = server.eio
    library = engine.handle_request

    def handle_request(environ, start_response):
        green = environ["eventlet.input"].get_socket() if "eventlet.input" in environ else None
        if green is None or not is_plain(green) or not comes_directly(engine, environ):
            return library(environ, start_response)
        client = Socket(engine, engine.generate_id())
        engine.sockets[client.sid] = client
        engine.handlers["connect"](client.sid, environ)
        client.schedule_ping()
        environ["eventlet.set_idle"]()
        try:
            green.sendall(handshake_answer(engine, client.sid, environ["HTTP_SEC_WEBSOCKET_KEY"]))
            with connection(client, green, environ) as writer:
                listen(client, writer)
        except OSError as error:
            logger.info("a client left while it came in: %r", error)
            client.close(wait=False, abort=True, reason=engine.reason.TRANSPORT_CLOSE)
        if client.closed:
            engine.sockets.pop(client.sid, None)
        return end()

    engine.handle_request = handle_request
