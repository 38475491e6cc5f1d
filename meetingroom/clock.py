"""The only sources of time and chance."""

import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import lru_cache

VIETNAM = timezone(timedelta(hours=7))
COUNTS = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # goes on while the computer sleeps, where there is such


def computers() -> int:
    """Milliseconds since the epoch by the computer's clock, which somebody (or the network) may set at any moment."""
    return time.time_ns() // 1_000_000


def steady() -> int:
    """Milliseconds since the computer was started. Nobody sets it; all its processes read the same."""
    return time.clock_gettime_ns(COUNTS) // 1_000_000


class Clock:
    """The computer's clock as it stood at one moment, and what has passed since by a clock that nobody sets.

    So a minute is a minute, also while the computer's clock is set two hours back. What that came to is `astray`;
    `take_over` follows it, when nothing runs that is measured (`live/clock_sync.py` knows).
    """

    def __init__(self, wall: Callable[[], int] = computers, steady: Callable[[], int] = steady):
        self.wall, self.steady = wall, steady
        self.offset = wall() - steady()

    def now(self) -> int:
        return self.steady() + self.offset

    @property
    def astray(self) -> int:
        """By how much the computer's clock is ahead of this one; ms, negative: behind."""
        return self.wall() - self.now()

    def take_over(self) -> int:
        """Follow the computer's clock; returns by how much this one was set."""
        by = self.astray
        self.offset += by
        return by


program = Clock()


def now() -> int:
    """Milliseconds since the epoch, by this program's clock (`program.now()`, which every page turn asks)."""
    return program.steady() + program.offset


def new_id() -> str:
    """A short random id that sorts nothing and tells nothing (80 bits, base32)."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "".join(secrets.choice(alphabet) for _ in range(16))


def iso(ms: int) -> str:
    """`2026-12-16T08:00:00.000+07:00`: how the log writes a time."""
    minute, rest = divmod(ms, 60_000)
    return f"{minute_as_text(minute)}:{rest // 1000:02d}.{rest % 1000:03d}+07:00"


@lru_cache(maxsize=64)
def minute_as_text(minute: int) -> str:
    """`2026-12-16T08:00`; on the way of every page turn, of which there are some in a minute."""
    return local(minute * 60_000).isoformat(timespec="minutes")[:16]


def local(ms: int) -> datetime:
    """The wall clock of the agency at that moment (Viet Nam has one zone and no summer time)."""
    return datetime.fromtimestamp(ms / 1000, VIETNAM)


def milliseconds(text: str) -> int:
    """The reverse of `iso`; also takes a naive `2026-12-16T08:00`, meant as local time. ValueError if neither."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=VIETNAM)
    return round(moment.timestamp() * 1000)
