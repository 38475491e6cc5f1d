"""One green thread reads what all tablets say; what one has to wait for holds up only that one."""

import select
import socket

import greenlet
import pytest

from meetingroom.live.readers import A_GROUP, Readers


class Loop:
    """eventlet's hub as far as the readers need it."""

    READ = "read"

    def __init__(self):
        self.greenlet = greenlet.getcurrent()

    def add(self, kind, fd, callback, *_):
        self.looks = callback

    def switch(self):
        return self.greenlet.switch()


class Scene:
    """Tablets that say letters, and what was read of them."""

    def __init__(self):
        self.loop, self.heard, self.pairs, self.time = Loop(), "", [], 0.0
        self.epoll = select.epoll()
        self.readers = Readers(self.loop, self.epoll, greenlet.greenlet, greenlet.getcurrent, now=lambda: self.time)

    def comes(self, then=lambda: None):
        """(what the tablet writes to, what the readers watch)."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self.pairs.append((ours, theirs))

        def hear():
            try:
                self.heard += ours.recv(1).decode() or "."
            except BlockingIOError:
                return
            then()

        return theirs, self.readers.add(ours.fileno(), hear)

    def looks(self, times: int = 1):
        for _ in range(times):
            self.loop.looks(0)


@pytest.fixture
def scene():
    found = Scene()
    yield found
    for pair in found.pairs:
        for end in pair:
            end.close()
    found.epoll.close()


def test_what_everybody_says_is_read_by_one_thread(scene):
    tablets = [scene.comes()[0] for _ in range(40)]
    for tablet in tablets:
        tablet.send(b"a")
    scene.looks(10)
    assert scene.heard == "a" * 40
    assert scene.readers.begun == 1


def test_after_a_group_the_loop_looks_at_everybody_else(scene):
    def takes_long():
        scene.time += A_GROUP * 2

    for name in "abc":
        scene.comes(takes_long)[0].send(name.encode())
    scene.looks()
    assert len(scene.heard) == 1
    scene.looks(2)
    assert sorted(scene.heard) == ["a", "b", "c"]


def test_who_has_to_wait_keeps_nobody_waiting_and_is_not_read_out_of_order(scene):
    waits = []

    def then():
        if not waits:
            waits.append(greenlet.getcurrent())
            scene.loop.switch()
            scene.heard += "done "

    slow, _ = scene.comes(then)
    quick, _ = scene.comes()
    slow.send(b"ab")
    scene.looks()
    assert scene.heard == "a"
    quick.send(b"q")
    scene.looks(3)
    assert scene.heard == "aq"
    assert scene.readers.begun == 2
    slow.close()  # the end of a line is told again and again
    scene.looks(3)
    assert scene.heard == "aq"
    assert not scene.epoll.poll(0), "the loop would turn without end"
    waits[0].switch()
    scene.looks(3)
    assert scene.heard.startswith("aqdone b")
    assert waits[0].dead, "only one thread goes on"


def test_who_is_no_longer_watched_is_not_heard_and_a_fault_ends_nothing(scene, caplog):
    def fails():
        raise ValueError("a fault of ours")

    leaves, watched = scene.comes()
    broken, _ = scene.comes(fails)
    other, _ = scene.comes()
    for tablet in (leaves, broken, other):
        tablet.send(b"x")
    scene.readers.remove(watched)
    scene.looks(3)
    assert scene.heard == "xx"
    assert "a fault of ours" in caplog.text


def test_a_number_that_is_used_again_is_another_connection(scene):
    _, watched = scene.comes()
    ours, _ = scene.pairs[0]
    number = ours.fileno()
    scene.readers.remove(watched)
    ours.close()
    second, again = scene.comes()
    if again.fd == number:
        scene.readers.remove(watched)  # comes late
    second.send(b"b")
    scene.looks(2)
    assert scene.heard == "b"
