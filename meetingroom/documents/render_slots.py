"""How many render processes run at a time, over all papers: the bound on memory, and a place for whoever comes next.

Every paper at work has one process; a second only while a place is free for the next paper as well, and it gives that
back after its page when a paper waits. One worker is one process, so this is one for all.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOOK = 0.1  # seconds


class RenderSlots:
    """Places for render processes."""

    def __init__(self, most: int):
        self.most, self.taken, self.waiting = most, 0, 0
        self._change = threading.Condition()

    def take(self, pause: Callable[[], None] = lambda: None) -> None:
        """A place for the first process of a paper; waits for it. `pause` may raise, to give up."""
        with self._change:
            self.waiting += 1
            try:
                while self.taken >= self.most:
                    self._change.wait(LOOK)
                    pause()
                self.taken += 1
            finally:
                self.waiting -= 1

    @contextmanager
    def place(self, pause: Callable[[], None] = lambda: None) -> Iterator[None]:
        """A place for one process that is no drawing pool's; free again however it ends."""
        self.take(pause)
        try:
            yield
        finally:
            self.give_back()

    def take_spare(self) -> bool:
        """A place for a second process, if one more stays free and nobody waits."""
        with self._change:
            if self.waiting or self.taken + 1 >= self.most:
                return False
            self.taken += 1
            return True

    def give_back(self) -> None:
        with self._change:
            self.taken -= 1
            self._change.notify()


shared = RenderSlots(3)
