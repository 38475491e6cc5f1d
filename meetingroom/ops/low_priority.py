"""What computes for long (a password's hash, the minutes as PDF) does so behind everybody who waits for a page."""

import ctypes
import os
from collections.abc import Callable
from contextlib import suppress

LATER = 10  # nice: the event loop, at 0, is served first
LARGE = 1024 * 1024  # bytes
M_MMAP_THRESHOLD = -3  # malloc.h of glibc


def at_low_priority(function: Callable, *args):
    """Call it in a thread of its own; that thread, not the program, stands back from now on."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, LATER)  # on Linux 0 is the calling thread
    return function(*args)


def give_back() -> None:
    """From now on memory taken in large pieces goes back to the machine when it is free again.

    glibc raises its own limit with the first such piece that is freed, and would keep the 19 MiB of a password's hash
    for each of the threads: 300 MB after a morning's sign-ins. Other C libraries are left as they are.
    """
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE)
