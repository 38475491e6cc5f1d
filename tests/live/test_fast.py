"""The fast way out: the same bytes in the same order, whatever the kernel takes."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from engineio import packet as engine
from hypothesis import given, settings
from hypothesis import strategies as st
from socketio import packet

from meetingroom.live import fast, inbound, outgoing, websocket
from tests.live.hall import PONG, Tablet, comes_in, hall, turn
from tests.rooms import ROOT


def test_a_page_turn_is_one_frame_for_everybody():
    tablets = [Tablet() for _ in range(5)]
    turn(hall(*tablets), 7)
    assert {tablet.wire for tablet in tablets} == {fast.frame_of('42["patch",{"seq":7,"pad":""}]')}


def test_what_was_encoded_before_is_the_same_frame_and_the_same_text():
    tablet, poller = Tablet(), Tablet()
    poller.upgraded = False
    manager = hall(tablet, poller)
    manager.emit("patch", fast.encoded("patch", {"seq": 7, "pad": "ẩn"}), "/", "m1/members")
    assert tablet.wire == fast.frame_of('42["patch",{"seq":7,"pad":"ẩn"}]')
    assert poller.polls() == [7]


@settings(max_examples=100, deadline=None)
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
    body = {"seq": 7, "view": {"stage": {"page": 4}, "người": None}}
    plain = inbound.Packet(packet.ACK, data=[body], namespace="/", id=12).encode()
    ready = inbound.Ready(outgoing.encode(body).decode())
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
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", look], capture_output=True, text=True, cwd=ROOT)
    assert run.stdout == "\n", f"a library changed, mend live/websocket.py: {run.stdout}{run.stderr}"


def test_the_queue_and_the_lock_tell_before_something_gets_under_way():
    code = """
from types import SimpleNamespace
from meetingroom.live import websocket
seen = []
queue = websocket.queue_class()()
queue.writer = SimpleNamespace(hold=lambda: seen.append(len(queue.queue)), begin=lambda: None)
queue.put_nowait(1), queue.put(2)
lock = websocket.lock_class()(SimpleNamespace(hold=lambda: seen.append(lock.counter)))
lock.acquire()
print(seen)
"""
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert run.stdout == "[0, 1, 1]\n", run.stderr


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
    settings = SimpleNamespace(fast_emit=True, redis="", async_mode="eventlet")
    monkeypatch.setattr(websocket, "check_libraries", lambda: "eventlet.queue.Queue.queue")
    assert websocket.manager(settings) is None
    assert "eventlet.queue.Queue.queue" in caplog.text


def test_a_setting_turns_it_off(monkeypatch):
    monkeypatch.setattr(websocket, "check_libraries", lambda: "")
    assert websocket.manager(SimpleNamespace(fast_emit=False, redis="", async_mode="eventlet")) is None
    assert websocket.manager(SimpleNamespace(fast_emit=True, redis="", async_mode="threading")) is None
    assert websocket.manager(SimpleNamespace(fast_emit=True, redis="", async_mode="eventlet")) is not None


def wave(manager, n: int) -> None:
    manager.wave("signal", {"seq": n}, "/", ["m1/members"])


def test_a_pen_in_motion_is_dropped_for_whoever_has_something_pending():
    slow, stalled, steady = Tablet(), Tablet(), Tablet()
    manager = hall(slow, stalled, steady)
    stalled.kernel = lambda size: None
    for n in range(1, 301):
        wave(manager, n)
    assert not stalled.queue.queue  # nothing that was not taken waits: nobody is cut off by handwriting
    assert not stalled.closed
    slow.kernel = lambda size: 5
    turn(manager, 1000)
    slow.kernel = lambda size: size
    wave(manager, 301)
    slow.drain()
    wave(manager, 302)
    assert slow.heard == [*range(1, 301), 1000, 302]
    assert steady.heard == [*range(1, 301), 1000, 301, 302]


def test_half_a_word_of_a_pen_is_ended_before_anything_else():
    tablet = Tablet(lambda size: 10)
    manager = hall(tablet)
    wave(manager, 1)
    tablet.kernel = lambda size: size
    turn(manager, 2)
    wave(manager, 3)
    tablet.drain()
    assert tablet.heard == [1, 2]


def test_whoever_draws_does_not_hear_of_it_and_who_polls_gets_one_word_at_a_time():
    drawer, polling = Tablet(), Tablet()
    polling.upgraded = False
    manager = hall(drawer, polling)
    manager.wave("signal", {"seq": 1}, "/", ["m1/members"], skip_sid="s0")
    manager.wave("signal", {"seq": 2}, "/", ["m1/members"], skip_sid="s0")
    assert drawer.heard == []
    assert len(polling.queue.queue) <= 1
