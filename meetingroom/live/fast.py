"""The fast way out: a page turn is framed once and written straight to every socket that has nothing pending.

The library puts a message into each client's queue and wakes a green thread per client, which frames and sends it:
3.9 times the limit of the machine for 1,000 tablets. This file writes the ready-made frame itself, which comes to 1.2.
What keeps it correct (all of it runs in one OS thread, and nothing in the write waits, so it needs no lock):

* A frame is written directly only if nothing is under way for that client: an upgraded, uncompressed, plain WebSocket,
  an empty queue, nobody holding its send lock. Otherwise it lines up in the client's queue, behind what is pending. So
  the order per client is the order of emits.
* What the kernel does not take (EAGAIN, or the rest of a frame) is queued as ready-made bytes for the client's own
  writer. A slow tablet holds up itself only.
* A client with more than BACKLOG messages queued is cut off; it comes back by itself and asks for the whole view. The
  library's queue has no bound.
* A write error is left to the client's own green threads, which end the connection.
* Acknowledgements, binary payloads, polling clients and everything else take the library's path.

It rests on private attributes of eventlet, engineio and socketio. `fits()` looks whether they are as expected; where a
new version has changed them, the library's path is used and the log says so. `MEETINGROOM_FAST_EMIT=0` turns it off.
"""

import contextlib
import logging
import socket
import struct

import socketio
from engineio import packet as engine
from socketio import packet as packets

logger = logging.getLogger(__name__)

BACKLOG = 256  # messages; a page turn is ~200 bytes, so a stalled tablet costs some 50 KB before it is cut off …
KERNEL = 64 * 1024  # … and at most twice this in the kernel, whose own bound would be 4 MB


def frame_of(text: str) -> bytes:
    """One final, unmasked WebSocket text frame (RFC 6455, section 5.2)."""
    body = text.encode()
    length = len(body)
    if length < 126:
        return bytes((0x81, length)) + body
    if length < 65536:
        return struct.pack("!BBH", 0x81, 126, length) + body
    return struct.pack("!BBQ", 0x81, 127, length) + body


class Framed:
    """Ready-made bytes in a client's queue: what a packet looks like to the client's writer."""

    __slots__ = ("data",)
    packet_type = engine.MESSAGE

    def __init__(self, data: bytes):
        self.data = data

    def encode(self, b64: bool = False) -> "Framed":
        return self


class Channel:
    """What engineio sees as a client's WebSocket; knows how to send ready-made bytes."""

    def __init__(self, ws):
        self.ws = ws
        self.socket = ws.socket  # engineio sets its timeout
        self.wait, self.close = ws.wait, ws.close
        self.lock = ws._sendlock
        self.raw_send = ws.socket.fd.send

    def send(self, message) -> None:
        if type(message) is Framed:
            self.ws._send(message.data)
        else:
            self.ws.send(message)

    @property
    def busy(self) -> bool:
        """Somebody is in the middle of sending a frame."""
        return self.lock.counter <= 0


class FastManager(socketio.Manager):
    """Socket.IO's manager of rooms, with the fast way out."""

    def __init__(self, backlog: int = BACKLOG):
        super().__init__()
        self.backlog = backlog
        self.cut_off = 0  # clients that were too slow
        self._members: dict[tuple, list] = {}

    def basic_enter_room(self, sid, namespace, room, eio_sid=None):
        self._members.pop((namespace, room), None)
        return super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)

    def basic_leave_room(self, sid, namespace, room):
        self._members.pop((namespace, room), None)
        return super().basic_leave_room(sid, namespace, room)

    def emit(self, event, data, namespace, room=None, skip_sid=None, callback=None, to=None, **kwargs):
        room = to or room
        members = None if callback or skip_sid or not isinstance(room, str) else self.members(namespace, room)
        if members is None:
            return super().emit(event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, **kwargs)
        if not members:
            return None
        text = self.server.packet_class(packets.EVENT, namespace=namespace, data=[event, data]).encode()
        if not isinstance(text, str):
            return super().emit(event, data, namespace, room=room, **kwargs)
        return self.write(members, frame_of(str(engine.MESSAGE) + text))

    def members(self, namespace: str, room: str) -> list | None:
        """[(engineio socket, its queue, its channel)] of a room, kept until the room changes.

        None while somebody in it is not on a WebSocket of its own: then the library sends to the room.
        """
        key = (namespace, room)
        found = self._members.get(key)
        if found is None:
            found = []
            for _, engine_id in self.get_participants(namespace, room):
                client = self.server.eio.sockets.get(engine_id)
                if client is None or client.closed:
                    continue
                channel = getattr(client, "channel", None)
                if channel is None or not client.upgraded:
                    return None
                found.append((client, client.queue.queue, channel))
            self._members[key] = found
        return found

    def write(self, members: list, frame: bytes) -> None:
        """The frame to each member: at once where nothing is pending, else behind what is."""
        size = len(frame)
        for client, pending, channel in members:
            if client.closed:
                continue
            if pending or channel.busy:
                self.line_up(client, pending, channel, frame)
                continue
            try:
                taken = channel.raw_send(frame)
            except (BlockingIOError, InterruptedError):
                taken = 0
            except OSError:
                taken = 0  # gone: its own writer finds out and ends the connection
            if taken < size:
                client.queue.put(Framed(frame[taken:]))

    def line_up(self, client, pending, channel, frame: bytes) -> None:
        if len(pending) < self.backlog:
            client.queue.put(Framed(frame))
            return
        self.cut_off += 1
        pending.clear()
        client.close(wait=False, abort=True, reason=self.server.eio.reason.TRANSPORT_ERROR)
        with contextlib.suppress(OSError):
            channel.socket.shutdown(socket.SHUT_RDWR)  # wakes its writer and its reader


def websocket_class():
    """engineio's WebSocket for eventlet, uncompressed, without Nagle's delay, known to the engineio socket."""
    from engineio.async_drivers.eventlet import WebSocketWSGI

    class WebSocket(WebSocketWSGI):
        def __init__(self, handler, server):
            client = handler.__self__

            def handled(ws):
                ws.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                ws.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL)
                channel = Channel(ws) if not ws.extensions and plain(ws.socket) else None
                client.channel = channel
                try:
                    return handler(channel or ws)
                finally:
                    client.channel = None

            super().__init__(handled, server)

        def _negotiate_permessage_deflate(self, extensions):
            # 154 KB a tablet instead of 63, and slower: these messages are small.
            return None

    return WebSocket


def plain(green) -> bool:
    """Not TLS, whose records this file does not write (TLS ends in front of this server)."""
    from eventlet.greenio import GreenSocket

    return type(green) is GreenSocket


def fits() -> str:
    """ "" if the libraries are built as this file expects; otherwise what is not."""
    from engineio import socket as engine_socket
    from engineio.async_drivers import eventlet as driver
    from eventlet import semaphore, websocket

    expected = {
        "eventlet.websocket.RFC6455WebSocket._send": hasattr(websocket.RFC6455WebSocket, "_send"),
        "eventlet.websocket._negotiate_permessage_deflate": hasattr(
            driver.WebSocketWSGI, "_negotiate_permessage_deflate"
        ),
        "eventlet.semaphore.Semaphore.counter": hasattr(semaphore.Semaphore(), "counter"),
        "eventlet.queue.Queue.queue": hasattr(driver._async["queue"](), "queue"),
        "engineio.socket.Socket._websocket_handler": hasattr(engine_socket.Socket, "_websocket_handler"),
        "socketio.Manager.basic_enter_room": hasattr(socketio.Manager, "basic_enter_room"),
        "socketio.Manager.basic_leave_room": hasattr(socketio.Manager, "basic_leave_room"),
    }
    return ", ".join(name for name, is_there in expected.items() if not is_there)


def manager(settings) -> FastManager | None:
    """The manager for the server, or None where the library's own is to be used."""
    if not settings.fast_emit or settings.async_mode != "eventlet":
        return None
    if wrong := fits():
        logger.warning("the fast way out does not fit these libraries (%s); the library's own is used", wrong)
        return None
    return FastManager()


def install(server) -> None:
    """Give the server's new WebSocket connections a channel. Call after the server was made with `manager()`."""
    server.eio._async = {**server.eio._async, "websocket": websocket_class()}
