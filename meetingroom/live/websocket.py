"""What this program changes in the libraries' WebSocket, and whether they are built as that expects.

live/fast.py says why. Everything here that a new version of eventlet, engineio or socketio could break is looked at by
`fits()`; where something has changed, the library's own path is used and the log says so.
"""

import contextlib
import logging
import socket
import time
from collections.abc import Callable
from typing import Any

import engineio
import socketio
from engineio.packet import MESSAGE

from meetingroom.live import arrival, envelope, inbound
from meetingroom.live.fast import KERNEL, FastManager, SocketWriter, frame_of
from meetingroom.live.frames import ReadAhead, Text

logger = logging.getLogger(__name__)

TOO_MANY = "a client sent more than %d frames a second and is disconnected"


def websocket_class(join: Callable):
    """engineio's WebSocket for eventlet, uncompressed; `join(client, ws)` is a context that makes it the client's."""
    from engineio.async_drivers.eventlet import WebSocketWSGI

    class WebSocket(WebSocketWSGI):
        def __init__(self, handler, server):
            client = handler.__self__

            def handled(ws):
                try:
                    with join(client, ws) as channel:
                        return handler(channel)
                except (TypeError, ValueError, OSError) as error:  # the end of one that was about to upgrade
                    logger.info("a client left in the middle of its upgrade: %r", error)
                    return []

            super().__init__(handled, server)
            self.support_legacy_versions = False  # of before 2011; the library fails at them

        def _negotiate_permessage_deflate(self, extensions):
            # 154 KB a tablet instead of 63, and slower: these messages are small.
            return None

    return WebSocket


def joining(manager: FastManager) -> Callable:
    """Makes an eventlet WebSocket a client's: read ahead, without Nagle's delay, known to the engineio socket."""
    send_lock, frames = lock_class(), frames_class()

    @contextlib.contextmanager
    def join(client, ws):
        green = ws.socket
        green.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        green.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL)
        ws.__class__, ws.meter, ws.socket = frames, inbound.Meter(), ReadAhead(green)
        if ws.extensions or not is_plain(green):
            yield ws
            return
        client.writer = client.queue.writer = writer = SocketWriter(ws, client, manager)
        ws._sendlock = send_lock(writer)
        try:
            yield writer
        finally:
            client.upgrading = False
            client.writer = client.queue.writer = None
            writer.seats.clear()

    return join


def connecting(join: Callable, engine) -> Callable:
    """The same for a client that begins with a WebSocket (live/arrival.py)."""
    from eventlet.websocket import RFC6455WebSocket

    @contextlib.contextmanager
    def connect(client, green, environ):
        green.settimeout(engine.ping_interval + engine.ping_timeout)
        ws = RFC6455WebSocket(green, environ, 13, max_frame_length=engine.max_http_buffer_size)
        with join(client, ws) as writer:
            yield writer

    return connect


def frames_class() -> type:
    """eventlet's WebSocket with bounds: the length of a message in all its pieces, and the frames in a second."""
    from eventlet.websocket import FailedConnectionError, RFC6455WebSocket

    class Message(RFC6455WebSocket.Message):
        size = 0

        def push(self, data, final=False):
            self.size += len(data)
            if self.size > self.max_frame_length:
                raise FailedConnectionError(1009, "too long")
            super().push(data, final)

    class Frames(RFC6455WebSocket):
        meter: inbound.Meter
        socket: ReadAhead
        _apply_mask = staticmethod(inbound.unmask)

        def _recv_frame(self, message=None):
            text = self.socket.take_text() if message is None else None
            found = super()._recv_frame(message) if text is None else Text(text)
            if not self.meter.spend():
                logger.warning(TOO_MANY, inbound.A_SECOND)
                raise FailedConnectionError(1008, "too many messages")
            if self.meter.hurries:
                time.sleep(0)
            return found

        def may_say_more(self) -> bool:
            """Whether a word that was taken out of what was read is within the bound; else the line is ended."""
            if self.meter.spend():
                return True
            logger.warning(TOO_MANY, inbound.A_SECOND)
            self.close(close_data=(1008, "too many messages"))
            return False

    Frames.Message = Message  # type: ignore[misc]
    return Frames


def nothing_to_answer() -> list:
    """What a WSGI program returns to eventlet's server once a connection is none of HTTP any more."""
    from eventlet.wsgi import WSGI_LOCAL

    WSGI_LOCAL.already_handled = True
    return []


def queue_class():
    """engineio's queue of a client: tells the client's channel before something waits in it."""
    from engineio.async_drivers.eventlet import _async

    library: Any = _async["queue"]

    class Waiting(library):
        writer: SocketWriter | None = None

        def put(self, item, block=True, timeout=None):
            if writer := self.writer:
                writer.hold()
            super().put(item, block, timeout)
            if writer:
                writer.begin()

        def get(self, block=True, timeout=None):
            # The library's writer gives up when nothing was queued for a while: page turns and pings pass it by.
            return super().get(block, None if self.writer else timeout)

    return Waiting


def lock_class():
    """A client's send lock: tells its channel before somebody begins a frame, which may have to wait half-way."""
    from eventlet.semaphore import Semaphore

    class SendLock(Semaphore):
        def __init__(self, writer: SocketWriter):
            super().__init__()
            self.writer = writer

        def acquire(self, blocking=True, timeout=None):
            self.writer.hold()
            return super().acquire(blocking, timeout)

    return SendLock


def is_plain(green) -> bool:
    """Not TLS, whose records this file does not write (TLS ends in front of this server)."""
    from eventlet.greenio import GreenSocket

    return type(green) is GreenSocket


def names_of(kind: type, method: str) -> tuple[str, ...]:
    """What a method of a library refers to; empty if there is no such method."""
    code = getattr(getattr(kind, method, None), "__code__", None)
    return code.co_names if code else ()


def check_libraries() -> str:
    """ "" if the libraries are built as this file expects; otherwise what is not."""
    from engineio import socket as engine_socket
    from engineio.async_drivers import eventlet as driver
    from eventlet import semaphore, websocket, wsgi

    expected = {
        "eventlet.websocket.RFC6455WebSocket._send": "_sendlock" in names_of(websocket.RFC6455WebSocket, "_send"),
        "eventlet.websocket.RFC6455WebSocket._recv_frame": {"Message", "_apply_mask"}
        <= set(names_of(websocket.RFC6455WebSocket, "_recv_frame")),
        "eventlet.wsgi.WSGI_LOCAL": "already_handled" in names_of(wsgi.HttpProtocol, "handle_one_response"),
        "engineio.Server.handle_request": "_cors_allowed_origins" in names_of(engineio.Server, "handle_request"),
        "eventlet.websocket._negotiate_permessage_deflate": hasattr(
            driver.WebSocketWSGI, "_negotiate_permessage_deflate"
        ),
        "eventlet.semaphore.Semaphore.balance": hasattr(semaphore.Semaphore(), "balance"),
        "eventlet.queue.Queue.queue": hasattr(driver._async["queue"](), "queue"),
        "engineio.Server.create_queue": "_async" in names_of(engineio.Server, "create_queue"),
        "engineio.socket.Socket._send_ping": "_send_ping" in names_of(engine_socket.Socket, "schedule_ping"),
        "engineio.socket.Socket.check_ping_timeout": "last_ping"
        in names_of(engine_socket.Socket, "check_ping_timeout"),
        "engineio.socket.Socket._websocket_handler": hasattr(engine_socket.Socket, "_websocket_handler"),
        "socketio.Manager.basic_enter_room": hasattr(socketio.Manager, "basic_enter_room"),
        "socketio.Manager.basic_leave_room": hasattr(socketio.Manager, "basic_leave_room"),
    }
    return ", ".join(name for name, is_there in expected.items() if not is_there)


def options(settings, fast: bool) -> dict[str, Any]:
    """Of a Socket.IO server of ours: one measure at home and at an edge."""
    return {
        "serializer": inbound.Packet,
        "async_mode": settings.async_mode,
        "async_handlers": False,  # no handler waits, so none needs a greenlet of its own
        "max_http_buffer_size": 100_000,
        "ping_interval": settings.ping_interval,
        "ping_timeout": settings.ping_timeout,
        "http_compression": False,
        "websocket_compression": False,
        "monitor_clients": not fast,  # else the heartbeat looks after them
    }


def fits(settings) -> bool:
    """Whether the fast way out is wanted, and fits these libraries."""
    if not settings.fast_emit or settings.async_mode != "eventlet":
        return False
    if wrong := check_libraries():
        logger.warning("the fast way out does not fit these libraries (%s); the library's own is used", wrong)
        return False
    return True


def manager(settings):
    """The manager for the server, or None where the library's own is to be used. With Redis it reaches the edges."""
    fast = FastManager if fits(settings) else None
    if settings.redis:
        from meetingroom.live import redis_out

        return redis_out.manager(settings, envelope.spoken(), fast)
    return fast() if fast else None


def install(server) -> None:
    """Give the server's new WebSocket connections a channel. Call after the server was made with `manager()`."""
    join = joining(server.manager)
    server.eio._async = {**server.eio._async, "websocket": websocket_class(join), "queue": queue_class()}
    arrival.install(server, connecting(join, server.eio), is_plain, nothing_to_answer)
    server.eio.send_packet = bound_queue(server.manager, server.eio)


def bound_queue(manager: FastManager, engine):
    """The library's way of sending a packet, for a client that takes what it is sent."""
    send = engine.send_packet

    def send_packet(sid, packet):
        client = engine.sockets.get(sid)
        if client is None or client.closed or len(client.queue.queue) < manager.backlog:
            try:
                writer = getattr(client, "writer", None)
                if writer and client.upgraded and packet.packet_type == MESSAGE and not packet.binary:
                    writer.write(frame_of(packet.encode()))  # at once, if nothing is pending: no thread is woken
                else:
                    send(sid, packet)
            except Exception:  # those who come after it in its room are told all the same
                logger.exception("a client could not be told, and is cut off")
                if client is not None:
                    with contextlib.suppress(Exception):
                        manager.cut(client)
        else:
            manager.cut(client)

    return send_packet
