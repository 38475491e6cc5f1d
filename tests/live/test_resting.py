"""A connection rests with the readers of tablets until something unknown comes (meetingroom/live/resting.py)."""

from types import SimpleNamespace

import pytest

from meetingroom.live import resting


class Loop:
    """Eventlet's hub: `happens` runs while the connection's green thread sleeps, until somebody wakes it."""

    def __init__(self):
        self.later, self.happens, self.woken = [], [], 0

    def schedule_call_global(self, seconds, function, *given):
        timer = SimpleNamespace(seconds=seconds, run=lambda: function(*given), cancelled=False)
        timer.cancel = lambda: setattr(timer, "cancelled", True)
        self.later.append(timer)
        return timer

    def switch(self):
        while not self.woken:
            self.happens.pop(0)()
            for timer in [each for each in self.later if not each.seconds]:
                self.later.remove(timer)
                timer.run()

    def wake(self):
        self.woken += 1


class Place:
    """A bench, a line on it, and what is heard there: bytes, an error of the line, or an answer that fails."""

    def __init__(self):
        self.loop, self.time, self.heard, self.watched = Loop(), 0.0, [], None
        self.readers = SimpleNamespace(add=self.add, remove=self.remove, now=lambda: self.time)
        thread = SimpleNamespace(switch=self.loop.wake)
        self.bench = resting.Bench(self.loop, self.readers, lambda: thread)
        self.comes = []
        self.line = SimpleNamespace(fileno=lambda: 5, fd=SimpleNamespace(recv=self.recv))

    def add(self, fd, act):
        self.watched = SimpleNamespace(act=act, busy=False)
        return self.watched

    def remove(self, watched):
        assert watched is self.watched
        self.watched = None

    def recv(self, size):
        word = self.comes.pop(0)
        if isinstance(word, Exception):
            raise word
        return word

    def says(self, word):
        self.loop.happens.append(lambda: (self.comes.append(word), self.watched.act()))

    def passes(self, seconds):
        def pass_():
            self.time += seconds
            timer = self.loop.later.pop()
            if not timer.cancelled:
                timer.run()

        self.loop.happens.append(pass_)

    def rest(self):
        def answers(data):
            self.heard.append(data)
            if data == b"fails":
                raise ZeroDivisionError
            return data == b"known"

        return self.bench.rest(self.line, answers, 75.0)


@pytest.mark.parametrize(
    ("last", "woken"),
    [(b"strange", b"strange"), (b"", b""), (ConnectionResetError(), b""), (b"fails", b"")],
    ids=("what is not known", "the end", "the line breaks", "the answer fails"),
)
def test_it_rests_until_something_else_comes(last, woken):
    place = Place()
    for word in (b"known", BlockingIOError(), b"known", last):
        place.says(word)
    assert place.rest() == woken
    assert place.heard[:2] == [b"known"] * 2
    assert place.watched is None, "nobody reads for it any more"
    assert place.loop.woken == 1
    assert all(timer.cancelled for timer in place.loop.later)


def test_who_says_nothing_for_so_long_is_let_go_and_who_said_something_has_the_time_anew():
    place = Place()
    place.passes(40)  # the hub is early
    place.says(b"known")
    place.passes(50)
    place.passes(25)
    with pytest.raises(TimeoutError):
        place.rest()
    assert place.heard == [b"known"]
    assert place.time == 115
    assert place.watched is None


def test_nobody_is_let_go_whose_word_is_being_done():
    place = Place()

    def busy(value):
        place.loop.happens.append(lambda: setattr(place.watched, "busy", value))

    busy(True)
    place.passes(80)
    busy(False)
    place.passes(1)
    with pytest.raises(TimeoutError):
        place.rest()
    assert place.time == 81
