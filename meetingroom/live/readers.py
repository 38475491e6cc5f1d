"""Many connections that mostly listen, read by one green thread.

A green thread that waits for a word of its own tablet asks the kernel to watch the connection before each word and to
stop after it, makes a timer and two switches, and keeps its whole stack meanwhile. Here each connection is watched
once, for as long as it lives, and one thread does what is to be done for whoever has said something: a group at a time
(2 ms), then the loop looks at everybody else. Should it have to wait for something, another thread reads on, and the
one whose word it waits over is left alone until then.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

logger = logging.getLogger(__name__)

AT_ONCE = 16  # connections the kernel is asked for in one go
A_GROUP = 0.002  # seconds of reading between two looks at everybody else
SAYS_SOMETHING = 1  # EPOLLIN; the end of a line and its failure are always told


def nothing() -> None:
    """What a connection does that is no longer watched."""


class Watched:
    """One connection: `act()` reads what is there, without waiting for more."""

    __slots__ = ("act", "again", "busy", "fd")

    def __init__(self, fd: int, act: Callable[[], None]):
        self.fd, self.act = fd, act
        self.busy = False  # a thread is in the midst of what it said
        self.again = False  # and it has said more meanwhile


class Readers:
    """`loop` is eventlet's hub, `epoll` one of the kernel's, `thread(run)` makes a green thread whose parent is the
    loop, `current()` is the one that runs."""

    def __init__(
        self,
        loop: Any,
        epoll: Any,
        thread: Callable,
        current: Callable[[], Any],
        now: Callable[[], float] = time.monotonic,
    ):
        self.loop, self.epoll, self.thread, self.current, self.now = loop, epoll, thread, current, now
        self.watched: dict[int, Watched] = {}
        self.idle: Any = None  # the thread that reads on when somebody has said something
        self.begun = 0  # threads
        loop.add(loop.READ, epoll.fileno(), self._wake, lambda *_: None, None)

    def add(self, fd: int, act: Callable[[], None]) -> Watched:
        found = self.watched[fd] = Watched(fd, act)
        self.epoll.register(fd, SAYS_SOMETHING)
        return found

    def remove(self, watched: Watched) -> None:
        """Before the connection is closed, or somebody else reads from it."""
        watched.act = nothing  # nobody is kept in memory by it
        if self.watched.get(watched.fd) is watched:
            del self.watched[watched.fd]
            if not watched.again:
                with suppress(OSError):
                    self.epoll.unregister(watched.fd)

    def _wake(self, _=None) -> None:
        """Called by the loop, which must not wait for anybody."""
        reader, self.idle = self.idle, None
        if reader is None:
            self.begun += 1
            reader = self.thread(self._run)
        reader.switch()

    def _run(self) -> None:
        mine = self.current()
        while True:
            try:
                self.read()
            except Exception:  # the loop would look here no more
                logger.exception("what tablets say could not be read")
            if self.idle is not None:  # there was something to wait for, and another has taken over
                return
            self.idle = mine
            self.loop.switch()

    def read(self) -> None:
        """A group of those who have said something."""
        ends = self.now() + A_GROUP
        for fd, _ in self.epoll.poll(0, AT_ONCE):
            if watched := self.watched.get(fd):
                self._serve(watched)
            if self.now() > ends:
                break

    def _serve(self, watched: Watched) -> None:
        if watched.busy:
            watched.again = True
            with suppress(OSError):
                self.epoll.unregister(watched.fd)  # its end would be told again and again
            return
        watched.busy = True
        try:
            watched.act()
        except Exception:  # the others are read all the same
            logger.exception("what came over a connection could not be read")
        finally:
            watched.busy = False
            if watched.again:
                watched.again = False
                if self.watched.get(watched.fd) is watched:
                    with suppress(OSError):
                        self.epoll.register(watched.fd, SAYS_SOMETHING)
