"""A hall of tablets for the fast way out: sockets that take what they are told to, and what they heard."""

import json
from collections import deque
from types import SimpleNamespace

from socketio import packet

from meetingroom.live import fast, websocket

PONG = b"\x8a\x00"


class Lock:
    """A semaphore that nobody waits for in earnest: `waiting` says how many would."""

    def __init__(self):
        self.counter, self.waiting = 1, 0

    @property
    def balance(self):
        return self.counter - self.waiting

    def acquire(self, blocking=True):
        assert self.balance > 0
        self.counter -= 1

    def release(self):
        self.counter += 1


class Tablet:
    """A client as engineio holds it, over a socket that takes what `kernel` says: n bytes, or nothing, or an error."""

    def __init__(self, kernel=None):
        self.kernel, self.wire = kernel or (lambda size: size), b""
        self.closed, self.upgraded, self.ended = False, True, False
        self.queue = SimpleNamespace(queue=deque(), put=self.put)
        self.lock = Lock()
        fd = SimpleNamespace(send=self.raw_send)
        self.ws = SimpleNamespace(socket=SimpleNamespace(fd=fd, shutdown=self.shut), _sendlock=self.lock)
        self.writer = self.sid = None

    def put(self, item):
        if self.writer:
            self.writer.hold()
        self.queue.queue.append(item)

    def polls(self) -> list[int]:
        """The numbers of the messages it fetches, as one without a WebSocket does."""
        found = [json.loads(item.encode()[2:])[1]["seq"] for item in self.queue.queue]
        self.queue.queue.clear()
        return found

    def begins_a_frame(self):
        """Its writer, or the reader that answers a ping, is in the middle of a frame from here on."""
        if self.lock.balance > 0:
            self.writer.hold()
            self.lock.counter = 0

    def ends_the_frame(self):
        if not self.queue.queue or type(self.queue.queue[0]) is not fast.Rest:
            self.lock.counter = 1

    def answers_a_ping(self):
        """Its reader, which does not line up: it writes as soon as it has the lock."""
        if self.lock.balance > 0:
            self.wire += PONG

    def raw_send(self, frame: bytes) -> int:
        taken = self.kernel(len(frame))
        if taken is None:
            raise BlockingIOError
        if taken < 0:
            raise ConnectionResetError
        self.wire += frame[:taken]
        return taken

    def drain(self):
        """What the client's own writer does when the socket has room again."""
        while self.queue.queue:
            item = self.queue.queue.popleft().encode()
            self.wire += fast.frame_of(item) if isinstance(item, str) else item.data
            if type(item) is fast.Rest:
                self.lock.release()

    def close(self, **_):
        self.closed = True

    def shut(self, how):
        self.ended = True

    @property
    def heard(self) -> list[int]:
        """The numbers of the messages on the wire, in order."""
        found, rest = [], self.wire
        while rest:
            if rest.startswith(PONG):
                rest = rest[len(PONG) :]
                continue
            length, start = rest[1], 2
            if length == 126:
                length, start = int.from_bytes(rest[2:4], "big"), 4
            body, rest = rest[start : start + length], rest[start + length :]
            assert len(body) == length, "half a frame"
            found.append(json.loads(body[body.index(b"[") :])[1]["seq"])
        return found


def hall(*tablets, backlog=fast.BACKLOG):
    manager = fast.FastManager(backlog)
    for tablet in tablets:
        tablet.writer = fast.SocketWriter(tablet.ws, tablet, manager)
    manager.server = SimpleNamespace(
        packet_class=packet.Packet,
        eio=SimpleNamespace(sockets=dict(enumerate(tablets)), reason=SimpleNamespace(TRANSPORT_ERROR="slow")),
    )
    manager.server.eio.send_packet = lambda sid, item: manager.server.eio.sockets[sid].put(item)
    manager.server.eio.send_packet = websocket.bound_queue(manager, manager.server.eio)
    manager.rooms = {"/": {None: {}}}
    for n in range(len(tablets)):
        takes_a_seat(manager, n)
    return manager


def takes_a_seat(manager, n: int) -> None:
    manager.server.eio.sockets[n].sid = n
    manager.rooms["/"][None][f"s{n}"] = n
    manager.basic_enter_room(f"s{n}", "/", "m1/members")


def comes_in(manager, tablet, polls: bool = False) -> None:
    n = len(manager.server.eio.sockets)
    manager.server.eio.sockets[n] = tablet
    tablet.writer = None if polls else fast.SocketWriter(tablet.ws, tablet, manager)
    tablet.upgraded = not polls
    takes_a_seat(manager, n)


def upgrades(manager, tablet) -> None:
    tablet.writer, tablet.upgraded = fast.SocketWriter(tablet.ws, tablet, manager), True


def turn(manager, seq: int, pad: str = "") -> None:
    manager.emit("patch", {"seq": seq, "pad": pad}, "/", room="m1/members")
