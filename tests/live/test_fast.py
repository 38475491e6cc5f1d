"""The fast way out: the same bytes in the same order, whatever the kernel takes."""

import json
import subprocess
import sys
from collections import deque
from types import SimpleNamespace

import pytest
from engineio import packet as engine
from hypothesis import given, settings
from hypothesis import strategies as st
from socketio import packet

from meetingroom.live import fast, inbound, websocket
from tests.rooms import ROOT

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


def test_a_page_turn_is_one_frame_for_everybody():
    tablets = [Tablet() for _ in range(5)]
    turn(hall(*tablets), 7)
    assert {tablet.wire for tablet in tablets} == {fast.frame_of('42["patch",{"seq":7,"pad":""}]')}


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_order_is_kept_nothing_is_lost_or_doubled_whatever_the_kernel_takes(data):
    def kernel(size):
        return data.draw(st.sampled_from([size, size, None, 0, 1, size // 2, size - 1]))

    tablet, steady = Tablet(kernel), Tablet()
    manager = hall(tablet, steady)
    for seq in range(1, data.draw(st.integers(1, 30)) + 1):
        turn(manager, seq, data.draw(st.sampled_from(["", "x" * 200])))
        tablet.ends_the_frame()
        if data.draw(st.booleans()):
            tablet.drain()
        if data.draw(st.booleans()):
            tablet.answers_a_ping()
        if data.draw(st.booleans()):
            tablet.begins_a_frame()
    tablet.drain()
    assert tablet.heard == steady.heard == list(range(1, seq + 1))


def test_who_has_something_pending_lines_up_behind_it():
    tablet = Tablet(lambda size: 10)
    manager = hall(tablet)
    turn(manager, 1)
    tablet.kernel = lambda size: size  # the socket has room again, but the rest of frame 1 is not out yet
    turn(manager, 2)
    assert len(tablet.wire) == 10
    tablet.drain()
    assert tablet.heard == [1, 2]


def test_a_stalled_tablet_is_cut_off_at_the_bound_and_the_others_never_notice():
    stalled, others = Tablet(lambda size: None), [Tablet() for _ in range(3)]
    manager = hall(stalled, *others, backlog=20)
    for seq in range(1, 31):
        turn(manager, seq)
        assert len(stalled.queue.queue) <= 20
    assert (stalled.closed, stalled.ended, manager.cut_off) == (True, True, 1)
    assert not stalled.queue.queue
    assert all(tablet.heard == list(range(1, 31)) for tablet in others)


def test_a_fault_over_one_tablet_ends_that_one_and_the_others_are_told():
    def fault(size):
        raise RuntimeError("nobody thought of it")

    broken, others = Tablet(fault), [Tablet() for _ in range(3)]
    manager = hall(others[0], broken, *others[1:])
    turn(manager, 1)
    turn(manager, 2)
    assert broken.closed
    assert [tablet.heard for tablet in others] == [[1, 2]] * 3


def test_nobody_begins_a_frame_before_the_rest_of_another_is_out():
    tablet = Tablet(lambda size: 10)
    turn(hall(tablet), 1)
    tablet.answers_a_ping()
    assert len(tablet.wire) == 10
    tablet.drain()
    tablet.answers_a_ping()
    assert tablet.wire.endswith(PONG)
    assert tablet.heard == [1]


def test_whoever_waits_to_begin_a_frame_comes_first():
    tablet, other = Tablet(), Tablet()
    manager = hall(tablet, other)
    turn(manager, 1)
    tablet.writer.hold()
    tablet.lock.waiting = 1  # the lock is free for a moment: its writer, which was held up, is next
    turn(manager, 2)
    assert (tablet.heard, other.heard) == ([1], [1, 2])
    assert manager.row("/", "m1/members").sends[0] != tablet.raw_send


def test_who_is_cut_off_in_the_middle_of_a_frame_leaves_nobody_waiting_for_the_lock():
    tablet = Tablet(lambda size: 10)
    manager = hall(tablet, backlog=3)
    for seq in range(1, 6):
        turn(manager, seq)
    assert tablet.closed
    assert tablet.lock.balance == 1


def test_the_library_cuts_off_at_the_same_bound_whoever_takes_nothing():
    tablet, sent = Tablet(), []
    manager = hall(tablet, backlog=3)
    tablet.upgraded = False  # as one that polls
    manager.server.eio.send_packet = lambda sid, item: (sent.append(item), tablet.put(item))
    send = websocket.bound_queue(manager, manager.server.eio)
    for n in range(4):
        send(0, n)
    assert (sent, tablet.closed, tablet.ended, manager.cut_off) == ([0, 1, 2], True, True, 1)
    assert not tablet.queue.queue


def test_an_answer_to_one_is_written_at_once_or_lines_up_behind_what_is_pending():
    tablet = Tablet()
    manager = hall(tablet)
    manager.server.eio.send_packet = None
    send = websocket.bound_queue(manager, manager.server.eio)
    answer = lambda seq: engine.Packet(engine.MESSAGE, data=f'430["{seq}",{{"seq":{seq}}}]')  # noqa: E731
    send(0, answer(1))
    assert tablet.heard == [1], "nobody had to wake"
    tablet.begins_a_frame()
    send(0, answer(2))
    assert tablet.heard == [1]
    tablet.ends_the_frame()
    tablet.drain()
    assert tablet.heard == [1, 2]


def test_an_answer_that_is_ready_goes_out_as_the_library_would_write_it():
    told = {"seq": 7, "view": {"stage": {"page": 4}, "người": None}}
    plain = inbound.Packet(packet.ACK, data=[told], namespace="/", id=12).encode()
    ready = inbound.Ready(json.dumps(told, separators=(",", ":")))
    assert inbound.Packet(packet.ACK, data=[ready], namespace="/", id=12).encode() == plain


def test_who_leaves_a_room_keeps_nothing_of_it():
    first, second, third = Tablet(), Tablet(), Tablet()
    manager = hall(first, second, third)
    turn(manager, 1)
    assert first.writer.seats
    manager.basic_leave_room("s0", "/", "m1/members")
    assert not first.writer.seats
    turn(manager, 2)
    assert (first.heard, second.heard) == ([1], [1, 2])
    assert second.writer.seats


def test_who_moves_the_pen_does_not_hear_of_it_and_goes_on_hearing_the_rest():
    pen, others = Tablet(), [Tablet() for _ in range(3)]
    manager = hall(pen, *others)
    turn(manager, 1)
    manager.emit("signal", {"seq": 2}, "/", room="m1/members", skip_sid="s0")
    turn(manager, 3)
    assert pen.heard == [1, 3]
    assert all(tablet.heard == [1, 2, 3] for tablet in others)


def test_a_broken_connection_is_left_to_its_own_writer():
    broken, other = Tablet(lambda size: -1), Tablet()
    turn(hall(broken, other), 1)
    assert len(broken.queue.queue) == 1
    assert other.heard == [1]


def test_one_who_polls_among_many_fetches_the_turns_and_the_others_are_written_to_directly():
    polling, others = Tablet(), [Tablet() for _ in range(3)]
    manager = hall(*others)
    comes_in(manager, polling, polls=True)
    turn(manager, 1)
    turn(manager, 2)
    assert [tablet.heard for tablet in others] == [[1, 2]] * 3
    assert not any(tablet.queue.queue for tablet in others)
    assert (polling.polls(), polling.wire) == ([1, 2], b"")


def test_who_upgrades_while_pages_turn_hears_all_of_them_in_order():
    polling, others = Tablet(), [Tablet() for _ in range(3)]
    manager = hall(*others)
    comes_in(manager, polling, polls=True)
    turn(manager, 1)
    assert polling.polls() == [1]
    turn(manager, 2)
    upgrades(manager, polling)
    turn(manager, 3)  # 2 waits still
    assert polling.wire == b""
    polling.drain()
    turn(manager, 4)
    turn(manager, 5)
    assert polling.heard == [2, 3, 4, 5]
    assert [tablet.heard for tablet in others] == [[1, 2, 3, 4, 5]] * 3
    assert polling.raw_send in manager.row("/", "m1/members").sends, "it is one of the others now"


def test_nothing_goes_to_a_websocket_that_is_not_open_yet():
    polling = Tablet()
    manager = hall(Tablet())
    comes_in(manager, polling, polls=True)
    polling.writer = fast.SocketWriter(polling.ws, polling, manager)  # it is asked whether it would get through
    turn(manager, 1)
    assert (polling.polls(), polling.wire) == ([1], b"")


def test_who_polls_does_not_hear_of_its_own_pen():
    pen, other = Tablet(), Tablet()
    manager = hall(other, Tablet())
    comes_in(manager, pen, polls=True)
    turn(manager, 1)
    manager.emit("signal", {"seq": 2}, "/", room="m1/members", skip_sid="s2")
    turn(manager, 3)
    assert (pen.polls(), other.heard) == ([1, 3], [1, 2, 3])


def test_who_polls_and_does_not_fetch_is_cut_off_at_the_bound_and_the_others_never_notice():
    stalled, polling, others = Tablet(), Tablet(), [Tablet() for _ in range(3)]
    manager = hall(*others, backlog=20)
    comes_in(manager, stalled, polls=True)
    comes_in(manager, polling, polls=True)
    fetched = []
    for seq in range(1, 31):
        turn(manager, seq)
        assert len(stalled.queue.queue) <= 20
        fetched += polling.polls()
    assert (stalled.closed, manager.cut_off) == (True, 1)
    assert fetched == list(range(1, 31))
    assert all(tablet.heard == fetched for tablet in others)


def test_who_comes_between_two_turns_does_not_put_those_who_sit_on_their_guard():
    seated, late, polling = [Tablet() for _ in range(3)], Tablet(), Tablet()
    manager = hall(*seated)
    turn(manager, 1)
    row = manager.row("/", "m1/members")
    comes_in(manager, late)
    comes_in(manager, polling, polls=True)
    assert manager.row("/", "m1/members") is row
    assert row.sends == [*(tablet.raw_send for tablet in seated), late.writer.careful]
    turn(manager, 2)
    assert ([tablet.heard for tablet in seated], late.heard, polling.polls()) == ([[1, 2]] * 3, [2], [2])


def test_who_joins_twice_is_told_once():
    tablet, other = Tablet(), Tablet()
    manager = hall(tablet, other)
    turn(manager, 1)
    manager.basic_enter_room("s0", "/", "m1/members")
    turn(manager, 2)
    assert (tablet.heard, other.heard) == ([1, 2], [1, 2])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["turn", "come", "come polling", "go", "upgrade", "fetch"]), max_size=40), st.data())
def test_whoever_comes_and_goes_each_hears_what_was_said_while_it_was_there(acts, data):
    manager, said = hall(), 0
    there: dict[str, tuple[Tablet, list[int]]] = {}
    for act in acts:
        if act == "turn":
            turn(manager, said := said + 1)
            for _, due in there.values():
                due.append(said)
        elif act.startswith("come"):
            tablet = Tablet()
            comes_in(manager, tablet, polls=act == "come polling")
            there[f"s{tablet.sid}"] = (tablet, [])
        elif there:
            key = data.draw(st.sampled_from(sorted(there)))
            tablet, due = there[key]
            if act == "go":
                manager.basic_leave_room(key, "/", "m1/members")
                del there[key]
                assert not (tablet.writer and tablet.writer.seats)
            elif act == "upgrade" and not tablet.upgraded:
                upgrades(manager, tablet)
            elif not tablet.upgraded:
                fetched = tablet.polls()
                assert fetched == due[: len(fetched)]
                del due[: len(fetched)]
    for tablet, due in there.values():
        if tablet.upgraded:
            tablet.drain()
        assert (tablet.heard if tablet.upgraded else tablet.polls()) == due


def test_who_is_cut_off_in_the_middle_of_a_turn_leaves_and_nobody_is_passed_over():
    stalled, others = Tablet(lambda size: None), [Tablet() for _ in range(4)]
    manager = hall(stalled, *others, backlog=2)
    stalled.close = lambda **_: (setattr(stalled, "closed", True), manager.basic_leave_room("s0", "/", "m1/members"))
    for seq in range(1, 6):
        turn(manager, seq)
    assert stalled.closed
    assert [tablet.heard for tablet in others] == [[1, 2, 3, 4, 5]] * 4


def test_the_members_of_a_room_are_looked_up_again_when_it_changes():
    first, second = Tablet(), Tablet()
    manager = hall(first)
    turn(manager, 1)
    comes_in(manager, second)
    turn(manager, 2)
    manager.basic_leave_room("s0", "/", "m1/members")
    turn(manager, 3)
    assert (first.heard, second.heard) == ([1, 2], [2, 3])


@pytest.mark.parametrize("length", [0, 1, 125, 126, 65535, 65536])
def test_frames_are_those_of_the_standard(length):
    frame = fast.frame_of("x" * length)
    head = {125: 2, 65535: 4}.get(next((n for n in (125, 65535) if length <= n), 0), 10)
    assert frame[0] == 0x81
    assert len(frame) == head + length


def test_the_libraries_are_as_this_file_expects():
    look = "from meetingroom.live import websocket; print(websocket.check_libraries())"
    told = subprocess.run([sys.executable, "-W", "ignore", "-c", look], capture_output=True, text=True, cwd=ROOT)
    assert told.stdout == "\n", f"a library changed, mend live/websocket.py: {told.stdout}{told.stderr}"


def test_the_queue_and_the_lock_tell_before_something_gets_under_way():
    code = """
from types import SimpleNamespace
from meetingroom.live import websocket
seen = []
queue = websocket.queue_class()()
queue.writer = SimpleNamespace(hold=lambda: seen.append(len(queue.queue)))
queue.put_nowait(1), queue.put(2)
lock = websocket.lock_class()(SimpleNamespace(hold=lambda: seen.append(lock.counter)))
lock.acquire()
print(seen)
"""
    told = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert told.stdout == "[0, 1, 1]\n", told.stderr


def test_who_was_held_up_is_written_to_directly_again():
    tablet, other = Tablet(), Tablet()
    manager = hall(tablet, other)
    turn(manager, 1)
    tablet.begins_a_frame()
    turn(manager, 2)
    tablet.ends_the_frame()
    tablet.drain()
    turn(manager, 3)
    assert tablet.heard == other.heard == [1, 2, 3]
    assert manager.row("/", "m1/members").sends == [tablet.raw_send, other.raw_send]


def test_where_they_are_not_the_library_sends_and_the_log_says_so(monkeypatch, caplog):
    settings = SimpleNamespace(fast_emit=True, async_mode="eventlet")
    monkeypatch.setattr(websocket, "check_libraries", lambda: "eventlet.queue.Queue.queue")
    assert websocket.manager(settings) is None
    assert "eventlet.queue.Queue.queue" in caplog.text


def test_a_setting_turns_it_off(monkeypatch):
    monkeypatch.setattr(websocket, "check_libraries", lambda: "")
    assert websocket.manager(SimpleNamespace(fast_emit=False, async_mode="eventlet")) is None
    assert websocket.manager(SimpleNamespace(fast_emit=True, async_mode="threading")) is None
    assert websocket.manager(SimpleNamespace(fast_emit=True, async_mode="eventlet")) is not None
