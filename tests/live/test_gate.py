"""The gate outlives whatever the operating system says, and puts out those who say nothing before those who speak."""

import errno
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetingroom.live import gate as gates
from meetingroom.live.gate import BODY, HEAD, STALL, Gate


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


class Door:
    """A gate whose clock stands still, with those who came in."""

    def __init__(self, **options):
        self.time, self.slept = 100.0, []
        self.listener = Listener()
        self.gate = Gate(self.listener, sleep=self.slept.append, now=lambda: self.time, **{"at_most": 1000, **options})

    def comes(self, address="10.0.0.1", count=1) -> list:
        self.listener.next += [address] * count
        found = []
        while self.listener.next:
            found.append(self.gate.accept()[0])
        return found

    def tries(self, *next):
        """The line that comes in at last."""
        self.listener.next += next
        return self.gate.accept()[0]

    def guest(self, line):
        return self.gate.guests[line]

    def says(self, line, size=100):
        guest = self.guest(line)
        self.gate.waits(guest)
        self.gate.hears(guest, size)

    def asks(self, line):
        """A whole head; what was asked is being done."""
        self.says(line)
        self.gate.has_spoken(line)

    def later(self, seconds):
        self.time += seconds
        self.gate.look()


@pytest.mark.parametrize("error", [errno.ECONNABORTED, errno.EPROTO, errno.ECONNRESET, errno.EPIPE, errno.ENETDOWN])
def test_what_happens_to_one_who_wanted_in_is_no_matter_to_the_next(error):
    door = Door()
    assert door.tries(error, error, "10.0.0.1") in door.gate.guests
    assert door.slept == []


@pytest.mark.parametrize("error", [errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS])
def test_without_a_file_left_the_loop_waits_and_goes_on(error):
    door = Door()
    assert door.tries(*[error, error] * 20, "10.0.0.1") in door.gate.guests
    assert door.slept == sorted(door.slept)
    assert 0 < door.slept[0] < 0.1
    assert door.slept[-1] == 1.0
    assert door.tries("10.0.0.1") in door.gate.guests


def test_who_stands_at_the_door_when_no_file_is_left_is_told_so():
    door = Door()
    door.listener.next = [errno.EMFILE, "10.0.0.9", "10.0.0.1"]
    _, (address, _) = door.gate.accept()
    assert address == "10.0.0.1"
    assert door.gate.turned_away == 1
    assert door.gate._reserve is not None


def test_a_listening_socket_that_is_no_more_ends_the_loop_and_says_why():
    door = Door()
    with pytest.raises(OSError, match="closed"):
        door.gate.accept()
    assert door.gate.broken.errno == errno.EBADF


def test_half_a_head_does_not_stay_however_slowly_it_comes():
    door = Door()
    (slow,) = door.comes()
    (quick,) = door.comes()
    door.asks(quick)
    for _ in range(int(HEAD) + 1):
        door.says(slow, 1)
        door.later(1)
    assert slow.shut
    assert list(door.gate.guests) == [quick]
    assert not quick.shut


def test_who_waits_for_this_server_is_not_put_out_for_its_slowness():
    door = Door()
    unread, silent = door.comes(count=2)
    unread.unread = b"GET / HTTP/1.1"
    door.later(HEAD + 60)
    assert (unread.shut, silent.shut) == (False, True)
    unread.unread = b""
    door.later(1)
    assert unread.shut


def test_a_body_that_comes_slowly_has_the_time_it_takes_and_one_that_does_not_come_has_not():
    door = Door()
    slow, none = door.comes(count=2)
    for line in (slow, none):
        door.asks(line)
        door.gate.waits(door.guest(line))
    for _ in range(600):  # ten minutes at 3,000 bytes a second
        door.gate.hears(door.guest(slow), 3000)
        door.gate.waits(door.guest(slow))
        door.later(1)
    assert not slow.shut
    assert none.shut
    door.later(STALL + 1)
    assert slow.shut


def test_while_the_server_works_nobody_counts_the_seconds():
    door = Door()
    (line,) = door.comes()
    door.asks(line)
    door.later(3600)
    assert not line.shut
    door.gate.waits(door.guest(line))
    door.later(BODY - 1)
    assert not line.shut


def test_those_who_say_nothing_leave_first_and_who_speaks_never_feels_it(monkeypatch):
    monkeypatch.setattr(gates, "UNFINISHED", 30)
    door = Door()
    (speaks,) = door.comes()
    door.asks(speaks)
    silent = door.comes(count=200)
    (other,) = door.comes("10.0.0.2")
    assert sum(not line.shut for line in silent) == 30
    assert all(not line.shut for line in silent[-30:]), "the oldest leave first"
    assert not speaks.shut
    assert not other.shut
    (late,) = door.comes()
    assert late in door.gate.guests


def test_a_hall_behind_one_address_comes_in_and_its_resting_connections_make_room(monkeypatch):
    monkeypatch.setattr(gates, "OPEN", 100)
    door = Door()
    seated = door.comes(count=60)
    for line in seated:
        door.asks(line)
    resting = door.comes(count=40)
    for line in resting:
        door.asks(line)
        door.gate.rests(line)
    more = door.comes(count=40)
    for line in more:
        door.asks(line)
    assert all(line.shut for line in resting)
    assert not any(line.shut for line in [*seated, *more])
    door.listener.next = ["10.0.0.1", "10.0.0.2"]
    _, (address, _) = door.gate.accept()
    assert address == "10.0.0.2"
    assert door.gate.turned_away == 1


def test_behind_a_proxy_one_address_is_everybody(monkeypatch):
    monkeypatch.setattr(gates, "OPEN", 10)
    door = Door(alone=False)
    lines = door.comes("127.0.0.1", 50)
    assert not any(line.shut for line in lines)


def test_at_the_bound_of_all_the_address_with_most_that_wait_makes_room():
    door = Door(at_most=50)
    (em,) = door.comes("10.0.0.5")
    crowd = door.comes("10.0.0.66", 49)
    (new,) = door.comes("10.0.0.7")
    assert crowd[0].shut
    assert not em.shut
    assert new in door.gate.guests
    assert len(door.gate.guests) == 50


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(["comes", "asks", "rests", "says", "waits", "left", "later"]),
                          st.integers(0, 30), st.sampled_from(["a", "b"])), max_size=80))  # fmt: skip
def test_what_is_counted_is_what_is_there(story):
    door = Door(at_most=12)
    lines: list = []
    for what, n, address in story:
        line = lines[n % len(lines)] if lines else None
        if what == "comes":
            door.listener.next = [address, "z"]
            lines.append(door.gate.accept()[0])
        elif what == "later":
            door.later(n)
        elif line is not None and what == "left":
            door.gate.left(line)
        elif line in door.gate.guests:
            acts = {"asks": door.asks, "rests": door.gate.rests, "says": door.says}
            acts.get(what, lambda line: door.gate.waits(door.guest(line)))(line)
    there = door.gate.guests.values()
    assert len(there) <= 12
    assert sum(a.open for a in door.gate.addresses.values()) == len(there)
    for address in door.gate.addresses.values():
        for state in ("speaking", "bodily", "resting"):
            assert all(g.state == state and g in there for g in getattr(address, state))
