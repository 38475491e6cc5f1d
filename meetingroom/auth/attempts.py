"""How attempts are counted: in a window that moves with a clock nobody sets.

The library counts by the time of day: where the computer's clock is set two hours back, whoever is locked out for a
minute would be locked out for two hours. Here it is given the counter that runs since the computer was started.
"""

from limits import strategies
from limits.storage import MemoryStorage, memory

from meetingroom import clock


class Counter:
    """What the library asks of `time`."""

    @staticmethod
    def time() -> float:
        return clock.steady() / 1000


memory.time = strategies.time = Counter  # type: ignore[attr-defined,assignment]


def make_limiter() -> strategies.MovingWindowRateLimiter:
    """Counted in memory: one process answers, and a restart forgives."""
    return strategies.MovingWindowRateLimiter(MemoryStorage())


def seconds_until(reset: float) -> int:
    """From now until a moment that the library names (`reset_time`), whole and at least 1."""
    return max(1, round(reset - Counter.time() + 0.5))
