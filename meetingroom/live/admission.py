"""Admission: when a whole hall connects at once, those who are connected already are served first.

Connecting and joining cost about a millisecond of the event loop each. A thousand who are ready at the same moment
would all be served before the page turn that arrives in their midst. So they come in one after the other, and between
two of them the loop looks at everybody else.
"""

import threading
import time
from contextlib import contextmanager

AT_ONCE = 8  # connections accepted before others are looked at

_door = threading.Lock()


@contextmanager
def take_turns():
    """Around what a newcomer costs. What is inside must not wait for anybody."""
    with _door:
        time.sleep(0)  # the event loop serves everybody else who is ready
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
