"""The fast way out: a page turn is framed once and written straight to every socket that has nothing pending.

The library puts a message into each client's queue and wakes a green thread per client, which frames and sends it:
3.9 times the limit of the machine for 1,000 tablets. This file writes the ready-made frame itself, which comes to 1.2.
What keeps it correct (all of it runs in one OS thread, and nothing in the write waits, so it needs no lock):

* A frame is written directly only if nothing is under way for that client: an upgraded, uncompressed, plain WebSocket,
  an empty queue, nobody holding its send lock. Otherwise it lines up in the client's queue, behind what is pending. So
  the order per client is the order of emits.
* A room is a plain list of functions that send: the socket's own `send` for a client with nothing under way, else
  `Channel.careful`, which looks first. Every way to get something under way (the queue, the send lock) puts `careful`
  there before it does so. The loop over a thousand tablets touches nothing of a tablet but its socket: what each turn
  would have to fetch into the processor's cache costs more than what it would compute.
* What the kernel does not take (EAGAIN, or the rest of a frame) is queued as ready-made bytes for the client's own
  writer. A slow tablet holds up itself only. The rest of a frame keeps the send lock until it is out: the answer to a
  WebSocket ping, which does not line up, would else be written into the middle of it.
* A client with more than BACKLOG messages queued is cut off, also on the library's path, whose queue has no bound; it
  comes back by itself and asks for the whole view.
* A write error is left to the client's own green threads, which end the connection.
* Who has no WebSocket (a proxy that lets none through, or an upgrade that is not done) stands in a list of its own and
  is given the library's packet, as the library would. The others do not wait for it.
* Who comes or goes changes the list by one: a hall that comes in while pages turn does not slow down those who sit.
* Acknowledgements, binary payloads and everything else take the library's path.

It rests on private attributes of eventlet, engineio and socketio. live/websocket.py puts it in place and looks whether
they are as expected; where a new version has changed them, the library's path is used and the log says so.
`MEETINGROOM_FAST_EMIT=0` turns it off.
"""

import contextlib
import logging
import socket
import struct
from collections.abc import Callable
from typing import Any

import socketio
from engineio import exceptions as engine_errors
from engineio import packet as engine
from socketio import packet as packets

from meetingroom.live import inbound, outgoing

logger = logging.getLogger(__name__)

BACKLOG = 256  # messages; a page turn is ~200 bytes, so a stalled tablet costs some 50 KB before it is cut off …
EVENT = f"{engine.MESSAGE}{packets.EVENT}".encode()
KERNEL = 64 * 1024  # … and at most twice this in the kernel, whose own bound would be 4 MB


def frame_of(text: str | bytes) -> bytes:
    """One final, unmasked WebSocket text frame (RFC 6455, section 5.2)."""
    body = text.encode() if isinstance(text, str) else text
    length = len(body)
    if length < 126:
        return bytes((0x81, length)) + body
    if length < 65536:
        return struct.pack("!BBH", 0x81, 126, length) + body
    return struct.pack("!BBQ", 0x81, 127, length) + body


class Encoded:
    """An event with its body, as a frame and, for edges and for who has no WebSocket, as the text of its packet."""

    __slots__ = ("frame", "message")

    def __init__(self, message: bytes):
        self.message, self.frame = message, frame_of(message)

    @classmethod
    def packet(cls, text: str) -> "Encoded":
        return cls(f"{engine.MESSAGE}{text}".encode())

    @property
    def text(self) -> str:
        return self.message[1:].decode()


def encoded(event: str, body: Any, namespace: str = "/") -> Encoded:
    """As the library encodes it, which first looks through all of the body for what is binary; here the encoder says so
    (TypeError). What was encoded before is left as it is."""
    if type(body) is Encoded:
        return body
    space = b"" if namespace == "/" else f"{namespace},".encode()
    return Encoded(EVENT + space + outgoing.encode([event, body]))


class Framed:
    """Ready-made bytes in a client's queue: what a packet looks like to the client's writer."""

    __slots__ = ("data",)
    packet_type = engine.MESSAGE

    def __init__(self, data: bytes):
        self.data = data

    def encode(self, b64: bool = False) -> "Framed":
        return self


class Rest(Framed):
    """The rest of a frame whose beginning is on the wire: the send lock is kept for it until it is out."""

    __slots__ = ()


class SocketWriter:
    """What engineio sees as a client's WebSocket; knows how to send ready-made bytes, and when it must not."""

    __slots__ = ("client", "hung_up", "manager", "over", "raw_send", "seats", "start", "task", "ws")

    def __init__(self, ws, client, manager: "FastManager"):
        self.ws, self.client, self.manager = ws, client, manager
        self.start: Callable | None = None  # begins a green thread, where the library has not begun one
        self.task: Any = None
        self.hung_up = False
        self.over: Callable | None = None  # to be called when nothing more can be sent (live/arrival.py)
        self.raw_send = ws.socket.fd.send
        self.seats: dict[tuple, tuple[list, int]] = {}  # its places in the lists of its rooms

    @property
    def socket(self):
        return self.ws.socket  # engineio sets its timeout

    def wait(self):
        return self.checked(self.ws.wait())

    def read(self, text: bytes) -> str | None:
        """The same of the text of a frame that was read already."""
        try:
            message = text.decode()
        except UnicodeDecodeError as error:
            self.ws.close(close_data=(1007, "Text data must be valid utf-8"))
            logger.info("a client's line has ended: %r", error)
            return None
        return self.checked(message)

    def checked(self, message):
        """None where the line is to be ended."""
        if message is None or inbound.is_readable(message):
            return message
        logger.warning("a client sent what is no packet and is disconnected")
        return None

    def close(self) -> None:
        self.ws.close()

    def send(self, message) -> None:
        if type(message) is Framed:
            self.ws._send(message.data)
        elif type(message) is Rest:
            try:
                self.ws.socket.sendall(message.data)
            finally:
                self.ws._sendlock.release()
        else:
            self.ws.send(message)

    def begin(self) -> None:
        """Something waits in the queue: from here on a green thread of this client's own sends it."""
        if self.start:
            start, self.start = self.start, None
            self.task = start(self.run)

    def run(self) -> None:
        """Sends what waits, until the client is closed or its line fails."""
        try:
            while packets := self.client.poll():
                for packet in packets:
                    self.send(packet.encode())
        except (OSError, ValueError, engine_errors.QueueEmpty) as error:
            logger.debug("a client's line has failed: %r", error)
        except Exception:
            logger.exception("what waited for a client could not be sent")
        self.hang_up()
        self.task = None
        if self.over:
            self.over()

    def finish(self) -> None:
        """Nothing more is read from this client: its thread ends, or there is none any more."""
        self.start = None
        if task := self.task:
            self.client.queue.put(None)
            task.join()
        else:
            self.hang_up()

    def hang_up(self) -> None:
        if self.hung_up:
            return
        self.hung_up = True
        with contextlib.suppress(OSError):
            self.close()

    @property
    def clear(self) -> bool:
        """Nothing waits, and nobody is in the middle of sending a frame, or next in line to begin one."""
        return not self.client.queue.queue and self.ws._sendlock.balance > 0

    def hold(self) -> None:
        """Something gets under way: from here on this client is looked at before it is written to."""
        for sends, n in self.seats.values():
            sends[n] = self.careful

    def careful(self, frame: bytes) -> int:
        """Send if nothing is under way, else line up; how many bytes are cared for. Raises OSError as `send` does."""
        if self.client.closed:
            return len(frame)
        if not self.clear:
            self.line_up(frame)
            return len(frame)
        for sends, n in self.seats.values():
            sends[n] = self.raw_send
        return self.raw_send(frame)

    def write(self, frame: bytes) -> None:
        """The frame to this client alone: what the loop of `FanOut.write` does for each."""
        try:
            taken = self.careful(frame)
        except OSError:
            taken = 0
        if taken != len(frame):
            self.later(frame, taken)

    def later(self, frame: bytes, taken: int) -> None:
        """What the kernel did not take of a frame to a client with nothing else under way."""
        if taken:
            self.ws._sendlock.acquire(blocking=False)  # free, or the frame would not have been begun
        self.client.queue.put(Rest(frame[taken:]) if taken else Framed(frame))

    def fails(self) -> None:
        """Something of ours failed for one client: it is cut off, comes back and asks; the others have theirs."""
        logger.exception("a client could not be told, and is cut off")
        with contextlib.suppress(Exception):
            self.manager.cut(self.client)

    def line_up(self, frame: bytes) -> None:
        """Behind what is pending; a client that has too much pending is cut off."""
        if len(self.client.queue.queue) < self.manager.backlog:
            self.client.queue.put(Framed(frame))
        else:
            self.manager.cut(self.client)


class FanOut:
    """A room's clients as the loop needs them: those written to, and those the library serves."""

    __slots__ = ("key", "others", "sends", "writers", "writing")

    def __init__(self, key: tuple):
        self.key, self.writing = key, False
        self.writers: list[SocketWriter] = []
        self.sends: list[Callable[[bytes], int]] = []
        self.others: list = []  # engineio's sockets

    def __len__(self) -> int:
        return len(self.sends) + len(self.others)

    def enter(self, client, seated: bool = True) -> None:
        """One more; `seated` if this list is kept, so that the client must know its place in it."""
        writer = getattr(client, "writer", None)
        if writer is None or not client.upgraded:
            self.others.append(client)
            return
        if seated:
            writer.seats[self.key] = (self.sends, len(self.sends))
        self.writers.append(writer)
        self.sends.append(writer.careful)

    def leave(self, client) -> bool:
        """One less: the last takes its place. False if the whole list is to be made anew."""
        if self.writing:  # somebody is cut off in the midst of the loop, which must not miss the last
            return False
        if client in self.others:
            self.others.remove(client)
            return True
        writer = getattr(client, "writer", None)
        if writer is None or self.key not in writer.seats:
            return False
        _, n = writer.seats.pop(self.key)
        last, send = self.writers.pop(), self.sends.pop()
        if last is not writer:
            self.writers[n], self.sends[n] = last, send
            last.seats[self.key] = (self.sends, n)
        return True

    def forget(self) -> None:
        """Nobody keeps a place in this list, which would keep those who left in memory."""
        for writer in self.writers:
            writer.seats.pop(self.key, None)

    def write(self, frame: bytes, but=None) -> None:
        """The frame to each (`but` one client): at once where nothing is pending, else behind what is."""
        writer = but and getattr(but, "writer", None)
        if writer and writer in self.writers:
            n = self.writers.index(writer)
            self.sends[n] = len  # takes care of every byte, and sends none
            try:
                return self.write(frame)
            finally:
                self.sends[n] = writer.careful
        size, self.writing = len(frame), True
        for n, send in enumerate(self.sends):
            try:
                taken = send(frame)
            except OSError:  # nothing taken now; or gone, which its own writer finds out and ends the connection
                taken = 0
            except Exception:
                self.writers[n].fails()
                continue
            if taken != size:
                try:
                    self.writers[n].later(frame, taken)
                except Exception:
                    self.writers[n].fails()
        self.writing = False

    def wave(self, frame: bytes, but=None) -> None:
        """The frame to each who has nothing pending; what their kernels do not take is forgotten."""
        without, size, self.writing = getattr(but, "writer", None), len(frame), True
        for n, send in enumerate(self.sends):
            writer = self.writers[n]
            if writer is without:
                continue
            if send is not writer.raw_send and (writer.client.closed or not writer.clear):
                continue
            try:
                taken = writer.raw_send(frame)
            except OSError:  # nothing taken
                continue
            except Exception:
                writer.fails()
                continue
            if taken and taken != size:
                writer.later(frame, taken)
        self.writing = False

    def hand_over(self, packet: engine.Packet, send: Callable, but=None) -> bool:
        """The packet to those the library serves; whether one of them has a WebSocket by now."""
        for client in list(self.others):
            if client is not but:
                send(client.sid, packet)
        return any(client.upgraded and getattr(client, "writer", None) for client in self.others)


class Members(dict):
    """A room's clients; the library keeps them by both of their names, which it asks of the room of everybody alone."""

    _fwdm = property(lambda self: self)


class FastManager(socketio.Manager):
    """Socket.IO's manager of rooms, with the fast way out."""

    def __init__(self, backlog: int = BACKLOG):
        super().__init__()
        self.backlog = backlog
        self.cut_off = 0  # clients that were too slow
        self._rows: dict[tuple, FanOut] = {}
        self._entered: dict[tuple, dict] = {}  # the rooms each client is in

    def basic_enter_room(self, sid, namespace, room, eio_sid=None):
        rooms = self.rooms.get(namespace, {})
        was_in = sid in rooms.get(room, ())
        if rooms and room is not None and room not in rooms:
            rooms[room] = Members()
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
        self._entered.setdefault((namespace, sid), {})[room] = None
        row = self._rows.get((namespace, room))
        if row is not None and not was_in:
            client = self.server.eio.sockets.get(self.eio_sid_from_sid(sid, namespace))
            if client is not None and not client.closed:
                row.enter(client)

    def basic_leave_room(self, sid, namespace, room):
        row = self._rows.get((namespace, room))
        if row is not None and sid in self.rooms.get(namespace, {}).get(room, ()):
            client = self.server.eio.sockets.get(self.eio_sid_from_sid(sid, namespace))
            if client is None or not row.leave(client) or not row:
                self._drop(row)
        if (entered := self._entered.get((namespace, sid))) is not None:
            entered.pop(room, None)
            if not entered:
                del self._entered[namespace, sid]
        return super().basic_leave_room(sid, namespace, room)

    def get_rooms(self, sid, namespace):
        return [room for room in self._entered.get((namespace, sid), ()) if room is not None]

    def basic_disconnect(self, sid, namespace, **kwargs):
        """The library would look for who leaves in every room there is, and each client has one of its own."""
        # The room of everybody last: by it the others know whose socket it was.
        for room in sorted(self._entered.get((namespace, sid), ()), key=lambda room: room is None):
            self.basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            if sid in pending.get(namespace, ()):
                pending[namespace].remove(sid)
                if not pending[namespace]:
                    del pending[namespace]

    def _drop(self, row: FanOut) -> None:
        """It is made anew by the next who sends to the room."""
        if self._rows.get(row.key) is row:
            del self._rows[row.key]
        row.forget()

    def cut(self, client) -> None:
        """End a client that has too much pending."""
        self.cut_off += 1
        logger.warning("a client did not take what it was sent and is cut off")
        pending, writer = client.queue.queue, getattr(client, "writer", None)
        if writer and pending and type(pending[0]) is Rest:
            writer.ws._sendlock.release()  # nobody will send it any more
        pending.clear()
        client.close(wait=False, abort=True, reason=self.server.eio.reason.TRANSPORT_ERROR)
        if writer:
            with contextlib.suppress(OSError):
                writer.socket.shutdown(socket.SHUT_RDWR)  # wakes its writer and its reader

    def emit(self, event, data, namespace, room=None, skip_sid=None, callback=None, to=None, **kwargs):
        room = to or room
        if callback or not isinstance(room, str) or isinstance(skip_sid, list):
            return super().emit(event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, **kwargs)
        if room not in self.rooms.get(namespace, ()):
            return None
        row = self.row(namespace, room)
        if not row:
            return None
        try:
            sent = encoded(event, data, namespace)
        except TypeError:  # something binary
            return super().emit(event, data, namespace, room=room, skip_sid=skip_sid, **kwargs)
        but = self.client_of(skip_sid, namespace)
        self._spread(row, sent, but)
        return None

    def tell(self, event: str, body: dict, room: str) -> None:
        """The same of what every page turn has to say: to all in a room of the namespace "/", nothing binary."""
        if room in self.rooms.get("/", ()) and (row := self.row("/", room)):
            self._spread(row, encoded(event, body))

    def _spread(self, row: FanOut, sent: Encoded, but=None) -> None:
        row.write(sent.frame, but)
        if row.others and row.hand_over(engine.Packet(engine.MESSAGE, sent.text), self.server.eio.send_packet, but):
            self._drop(row)

    def is_anybody_in(self, room: str) -> bool:
        return room in self.rooms.get("/", ())

    def wave(self, event: str, data: dict, namespace: str, rooms: list[str], skip_sid: str | None = None) -> None:
        """What may be lost, to all in these rooms (`but` one) who have nothing pending: encoded and framed once."""
        sent, but = encoded(event, data, namespace), self.client_of(skip_sid, namespace)
        for room in rooms:
            if room not in self.rooms.get(namespace, ()) or not (row := self.row(namespace, room)):
                continue
            row.wave(sent.frame, but)
            idle = [client for client in row.others if client is not but and not client.queue.queue]
            for client in idle:
                self.server.eio.send_packet(client.sid, engine.Packet(engine.MESSAGE, sent.text))

    def client_of(self, sid: str | None, namespace: str):
        """The engineio socket of one client; None where there is none (also for nobody)."""
        return self.server.eio.sockets.get(self.eio_sid_from_sid(sid, namespace)) if sid else None

    def row(self, namespace: str, room: str) -> FanOut:
        """The clients of a room, kept and changed as they come and go."""
        key = (namespace, room)
        row = self._rows.get(key)
        if row is not None:
            return row
        clients = [self.server.eio.sockets.get(id) for _, id in self.get_participants(namespace, room)]
        clients = [client for client in clients if client is not None and not client.closed]
        row = FanOut(key)
        kept = len(clients) > 1  # what goes to one person needs no list
        for client in clients:
            row.enter(client, seated=kept)
        if kept:
            self._rows[key] = row
        return row
