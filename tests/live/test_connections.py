"""The limiter outlives whatever an operating system says, and closes those who say nothing before those who speak."""

import errno
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetingroom.live import connections as bounds
from meetingroom.live.connections import BODY, HEAD, STALL, ConnectionLimiter


class Line:
    """A connection as the kernel gives it."""

    def __init__(self):
        self.sent, self.shut, self.closed, self.unread = b"", False, False, b""

    def send(self, data):
        self.sent += data

    def recv(self, size, flags):
        if not self.unread:
            raise BlockingIOError
        return self.unread[:size]

    def setblocking(self, _):
        pass

    def shutdown(self, _):
        self.shut = True

    def close(self):
        self.closed = True


class Listener:
    """Gives what stands in `next`: an address, or an error."""

    def __init__(self, *next):
        self.next = list(next)

    def accept(self):
        if not self.next:
            raise OSError(errno.EBADF, "closed")
        found = self.next.pop(0)
        if isinstance(found, int):
            raise OSError(found, os.strerror(found))
        return Line(), (found, 1234)


class Scene:
    """A limiter whose clock stands still, with those who came in."""

    def __init__(self, **options):
        self.time, self.slept = 100.0, []
        self.listener = Listener()
        self.limiter = ConnectionLimiter(
            self.listener, sleep=self.slept.append, now=lambda: self.time, **{"at_most": 1000, **options}
        )

    def comes(self, address="10.0.0.1", count=1) -> list:
        self.listener.next += [address] * count
        found = []
        while self.listener.next:
            found.append(self.limiter.accept()[0])
        return found

    def tries(self, *next):
        """The line that comes in at last."""
        self.listener.next += next
        return self.limiter.accept()[0]

    def connection(self, line):
        return self.limiter.connections[line]

    def says(self, line, size=100):
        connection = self.connection(line)
        self.limiter.starts_waiting(connection)
        self.limiter.received(connection, size)

    def asks(self, line):
        """A whole head; what was asked is being done."""
        self.says(line)
        self.limiter.head_complete(line)

    def later(self, seconds):
        self.time += seconds
        self.limiter.cut_off_late()


@pytest.mark.parametrize("error", [errno.ECONNABORTED, errno.EPROTO, errno.ECONNRESET, errno.EPIPE, errno.ENETDOWN])
def test_what_happens_to_one_who_wanted_in_is_no_matter_to_the_next(error):
    scene = Scene()
    assert scene.tries(error, error, "10.0.0.1") in scene.limiter.connections
    assert scene.slept == []


@pytest.mark.parametrize("error", [errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS])
def test_without_a_file_left_the_loop_waits_and_goes_on(error):
    scene = Scene()
    assert scene.tries(*[error, error] * 20, "10.0.0.1") in scene.limiter.connections
    assert scene.slept == sorted(scene.slept)
    assert 0 < scene.slept[0] < 0.1
    assert scene.slept[-1] == 1.0
    assert scene.tries("10.0.0.1") in scene.limiter.connections


def test_who_stands_at_the_door_when_no_file_is_left_is_told_so():
    scene = Scene()
    scene.listener.next = [errno.EMFILE, "10.0.0.9", "10.0.0.1"]
    _, (address, _) = scene.limiter.accept()
    assert address == "10.0.0.1"
    assert scene.limiter.turned_away == 1
    assert scene.limiter._reserve is not None


def test_a_listening_socket_that_is_no_more_ends_the_loop_and_says_why():
    scene = Scene()
    with pytest.raises(OSError, match="closed"):
        scene.limiter.accept()
    assert scene.limiter.broken.errno == errno.EBADF


def test_half_a_head_does_not_stay_however_slowly_it_comes():
    scene = Scene()
    (slow,) = scene.comes()
    (quick,) = scene.comes()
    scene.asks(quick)
    for _ in range(int(HEAD) + 1):
        scene.says(slow, 1)
        scene.later(1)
    assert slow.shut
    assert list(scene.limiter.connections) == [quick]
    assert not quick.shut


def test_who_waits_for_this_server_is_not_put_out_for_its_slowness():
    scene = Scene()
    unread, silent = scene.comes(count=2)
    unread.unread = b"GET / HTTP/1.1"
    scene.later(HEAD + 60)
    assert (unread.shut, silent.shut) == (False, True)
    unread.unread = b""
    scene.later(1)
    assert unread.shut


def test_a_body_that_comes_slowly_has_the_time_it_takes_and_one_that_does_not_come_has_not():
    scene = Scene()
    slow, none = scene.comes(count=2)
    for line in (slow, none):
        scene.asks(line)
        scene.limiter.starts_waiting(scene.connection(line))
    for _ in range(600):  # ten minutes at 3,000 bytes a second
        scene.limiter.received(scene.connection(slow), 3000)
        scene.limiter.starts_waiting(scene.connection(slow))
        scene.later(1)
    assert not slow.shut
    assert none.shut
    scene.later(STALL + 1)
    assert slow.shut


def test_while_the_server_works_nobody_counts_the_seconds():
    scene = Scene()
    (line,) = scene.comes()
    scene.asks(line)
    scene.later(3600)
    assert not line.shut
    scene.limiter.starts_waiting(scene.connection(line))
    scene.later(BODY - 1)
    assert not line.shut


def test_a_request_that_came_in_one_piece_is_worked_on_and_makes_no_room():
    scene = Scene()
    whole, idle = scene.comes(count=2)
    for line in (whole, idle):
        scene.asks(line)
        scene.limiter.request_done(line)
    scene.limiter.whole_request(whole)
    assert list(scene.connection(idle).address.idle) == [scene.connection(idle)]
    scene.later(3600)
    assert not whole.shut
    scene.limiter.request_done(whole)
    assert not scene.connection(whole).of_body
    assert scene.connection(whole) in scene.connection(idle).address.idle


def test_those_who_say_nothing_leave_first_and_who_speaks_never_feels_it(monkeypatch):
    monkeypatch.setattr(bounds, "UNFINISHED", 30)
    scene = Scene()
    (speaks,) = scene.comes()
    scene.asks(speaks)
    silent = scene.comes(count=200)
    (other,) = scene.comes("10.0.0.2")
    assert sum(not line.shut for line in silent) == 30
    assert all(not line.shut for line in silent[-30:]), "the oldest leave first"
    assert not speaks.shut
    assert not other.shut
    (late,) = scene.comes()
    assert late in scene.limiter.connections


def test_a_hall_behind_one_address_comes_in_and_its_resting_connections_make_room(monkeypatch):
    monkeypatch.setattr(bounds, "OPEN", 100)
    scene = Scene()
    seated = scene.comes(count=60)
    for line in seated:
        scene.asks(line)
    idle = scene.comes(count=40)
    for line in idle:
        scene.asks(line)
        scene.limiter.request_done(line)
    more = scene.comes(count=40)
    for line in more:
        scene.asks(line)
    assert all(line.shut for line in idle)
    assert not any(line.shut for line in [*seated, *more])
    scene.listener.next = ["10.0.0.1", "10.0.0.2"]
    _, (address, _) = scene.limiter.accept()
    assert address == "10.0.0.2"
    assert scene.limiter.turned_away == 1


def test_behind_a_proxy_one_address_is_everybody(monkeypatch):
    monkeypatch.setattr(bounds, "OPEN", 10)
    scene = Scene(alone=False)
    lines = scene.comes("127.0.0.1", 50)
    assert not any(line.shut for line in lines)


def test_at_the_bound_of_all_the_address_with_most_that_wait_makes_room():
    scene = Scene(at_most=50)
    (em,) = scene.comes("10.0.0.5")
    crowd = scene.comes("10.0.0.66", 49)
    (new,) = scene.comes("10.0.0.7")
    assert crowd[0].shut
    assert not em.shut
    assert new in scene.limiter.connections
    assert len(scene.limiter.connections) == 50


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(["comes", "asks", "rests", "says", "waits", "left", "later"]),
                          st.integers(0, 30), st.sampled_from(["a", "b"])), max_size=80))  # fmt: skip
def test_what_is_counted_is_what_is_there(story):
    scene = Scene(at_most=12)
    lines: list = []
    for what, n, address in story:
        line = lines[n % len(lines)] if lines else None
        if what == "comes":
            scene.listener.next = [address, "z"]
            lines.append(scene.limiter.accept()[0])
        elif what == "later":
            scene.later(n)
        elif line is not None and what == "left":
            scene.limiter.remove(line)
        elif line in scene.limiter.connections:
            acts = {"asks": scene.asks, "rests": scene.limiter.request_done, "says": scene.says}
            acts.get(what, lambda line: scene.limiter.starts_waiting(scene.connection(line)))(line)
    there = scene.limiter.connections.values()
    assert len(there) <= 12
    assert sum(a.open for a in scene.limiter.addresses.values()) == len(there)
    for address in scene.limiter.addresses.values():
        for state in ("reading_head", "reading_body", "idle"):
            assert all(g.state == state and g in there for g in getattr(address, state))


def test_what_was_read_before_is_read_first():
    scene = Scene()
    (line,) = scene.comes()
    scene.connection(line).early = b"GET / HTTP/1.1"
    line.recv_into = lambda buffer: 0
    with bounds.io.BufferedReader(bounds.Line(line, scene.limiter), 4) as reader:
        assert reader.read() == b"GET / HTTP/1.1"
