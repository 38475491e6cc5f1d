"""The garbage collector, kept out of the way of a page turn.

With thousands of connections a full collection stops everybody for 100 ms and more. So what lives long (modules,
views, connections) is frozen: the collector does not walk over it any more. Cyclic garbage among it would stay for
ever; in a quiet moment, when many have come or gone, everything is thawed, collected and frozen again.
"""

import gc
import time
from collections.abc import Callable

LOOK_EVERY = 2.0  # seconds
QUIET = 3.0  # seconds since anything was pushed
FEW = 5  # sockets that came or went since the last look: as good as none
MANY = 50  # sockets that came or went
AT_LEAST_EVERY = 900.0  # seconds


def freeze_and_collect() -> None:
    """Collect everything, then freeze what is left."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    # A request makes some thousand objects that die with it: looked through less often than Python's 700.
    gc.set_threshold(20_000, 20, 100)


class Keeper:
    """Decides when to settle: `look(sockets, pushed)` is told their number and when something was last pushed."""

    def __init__(self, settle=freeze_and_collect, now=time.monotonic):
        self.settle, self.now = settle, now
        self.sockets = self.seen = 0  # when it was settled last; at the last look
        self.settled = now()
        settle()

    def look(self, sockets: int, pushed: float) -> None:
        now = self.now()
        due = abs(sockets - self.sockets) >= MANY or now - self.settled > AT_LEAST_EVERY
        # A hall that is just coming in would all wait for it.
        coming, self.seen = abs(sockets - self.seen) > FEW, sockets
        if due and not coming and now - pushed >= QUIET:
            self.sockets, self.settled = sockets, now
            self.settle()


def run(sockets: Callable[[], int], pushed: Callable[[], float], sleep: Callable[[float], object]) -> None:
    """The keeper's task: for as long as the server runs."""
    keeper = Keeper()
    while True:
        sleep(LOOK_EVERY)
        keeper.look(sockets(), pushed())
