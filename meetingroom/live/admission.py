"""Admission: when a whole hall connects at once, those who are connected already are served first.

Connecting and joining cost some tenths of a millisecond of the event loop each. A thousand who are ready at the same
moment would all be served before the page turn that arrives in their midst. So they line up, a few come in at a time,
and between two of these groups the loop looks at everybody else.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import contextmanager, suppress
from typing import Any

AT_ONCE = 8  # connections accepted before others are looked at
A_GROUP = 0.002  # seconds newcomers have between two looks at everybody else


class Line:
    """Newcomers on eventlet's loop, first come first served. A green thread waits by switching to the loop, which
    switches back to it: no lock, and no timer for each."""

    def __init__(self, loop: Any, current: Callable[[], Any], now: Callable[[], float] = time.monotonic):
        self.loop, self.current, self.now = loop, current, now
        self.waiting: deque = deque()
        self.called = False

    def wait(self) -> None:
        me = self.current()
        self.waiting.append(me)
        if not self.called:
            self._call()
        try:
            self.loop.switch()
        except BaseException:  # this thread is ended while it waits
            with suppress(ValueError):
                self.waiting.remove(me)
            raise

    def _call(self) -> None:
        self.called = True
        self.loop.schedule_call_global(0, self._group)

    def _group(self) -> None:
        ends = self.now() + A_GROUP
        self.called = False
        try:
            while self.waiting:
                self.waiting.popleft().switch()
                if self.now() > ends:
                    break
        finally:
            if self.waiting and not self.called:
                self._call()


_lock = threading.Lock()
_line: Line | None = None


def line_up(loop: Any, current: Callable[[], Any]) -> None:
    """From now on newcomers are green threads of this loop (eventlet's hub); `current()` is the one that runs."""
    global _line
    _line = Line(loop, current)


@contextmanager
def take_turns():
    """Around what a newcomer costs. What is inside must not wait for anybody."""
    if _line:
        if not getattr(_line.current(), "paced", False):  # live/readers.py
            _line.wait()
        yield
        return
    with _lock:
        time.sleep(0)  # the others are served who are ready
        yield


def with_threshold(pool: type) -> type:
    """A pool of green threads (a subclass of eventlet's) for a server that accepts a few connections at a time."""

    class Threshold(pool):
        come = 0

        def spawn(self, function, *args, **more):
            found = super().spawn(function, *args, **more)
            self.come += 1
            if self.come % AT_ONCE == 0:
                time.sleep(0)
            return found

    return Threshold
