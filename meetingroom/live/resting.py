"""Where a connection rests between two requests that are known (live/again.py): with the readers of tablets.

A green thread that waits for a request asks the kernel to watch its connection and to stop after it, makes a timer and
two switches, and every page turn waits for what comes after the wait. Here the connection stays watched, and whoever
reads for all tablets answers what is known; the green thread of the connection sleeps until something else comes.
"""

import logging
from collections.abc import Callable
from typing import Any

from meetingroom.live.readers import Readers, Watched

logger = logging.getLogger(__name__)

AT_ONCE = 16_384 + 8192  # bytes: no request that is known is longer


class Rest:
    """One connection at rest. `answers(data)`: whether that was a known request, and is answered."""

    def __init__(self, bench: "Bench", line, answers: Callable[[bytes], bool], seconds: float):
        self.bench, self.line, self.answers, self.seconds = bench, line, answers, seconds
        self.woken: Any = None  # what it is woken with: bytes, or an exception
        self.thread = bench.current()
        self.since = bench.now()
        self.timer: Any = None

    def until(self) -> bytes:
        """What has come that is not known; b"" where the line is over. Raises TimeoutError after so long a silence."""
        watched = self.bench.readers.add(self.line.fileno(), self.hear)
        self.timer = self.bench.loop.schedule_call_global(self.seconds, self.look, watched)
        try:
            self.bench.loop.switch()
        finally:
            self.timer.cancel()
            self.bench.readers.remove(watched)
        if isinstance(self.woken, Exception):
            raise self.woken
        return self.woken

    def hear(self) -> None:
        """By whoever reads for all."""
        try:
            data = self.line.fd.recv(AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        try:
            if data and self.answers(data):
                self.since = self.bench.now()
                return
        except Exception:
            logger.exception("a request could not be answered, and its connection ends")
            data = b""
        self.wake(data)

    def wake(self, woken: bytes | Exception) -> None:
        if self.woken is None:
            self.woken = woken
            self.bench.loop.schedule_call_global(0, self.thread.switch)

    def look(self, watched: Watched) -> None:
        """The time is over, unless something has come meanwhile, or is being done."""
        left = self.seconds - (self.bench.now() - self.since)
        if left > 0 or watched.busy:
            self.timer = self.bench.loop.schedule_call_global(max(left, 1.0), self.look, watched)
        else:
            self.wake(TimeoutError("timed out"))


class Bench:
    """`loop` is eventlet's hub, `current()` the green thread that runs."""

    def __init__(self, loop: Any, readers: Readers, current: Callable[[], Any]):
        self.loop, self.readers, self.current, self.now = loop, readers, current, readers.now

    def rest(self, line, answers: Callable[[bytes], bool], seconds: float) -> bytes:
        return Rest(self, line, answers, seconds).until()
