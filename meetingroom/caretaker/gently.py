"""What computes for long (a password's hash, the minutes as PDF) does so behind everybody who waits for a page."""

import os
from collections.abc import Callable
from contextlib import suppress

LATER = 10  # nice: the event loop, at 0, is served first


def gently(function: Callable, *args):
    """Call it in a thread of its own; that thread, not the program, stands back from now on."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, LATER)  # on Linux 0 is the calling thread
    return function(*args)
