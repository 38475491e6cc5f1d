"""How often somebody may try to sign in. Counted in memory: one process answers, and a restart forgives."""

import time

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

# One person forgetting a password, and one machine trying many names. A whole agency may sit behind one address, so
# there only failures are counted.
PER_NAME = parse_many("6/minute;20/hour")
PER_ADDRESS = parse_many("40/minute;200/hour")


class Throttle:
    """Attempts per address and user name, failures per address."""

    def __init__(self):
        self.limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, address: str, username: str) -> int:
        """Seconds to wait before the next attempt; 0 counts this one. Counted before the slow check of the
        password, so that a hundred attempts at once are not checked a hundred times."""
        keys: list[tuple] = [(limit, "address", address) for limit in PER_ADDRESS]
        keys += [(limit, "name", address, username) for limit in PER_NAME]
        waits = [self.seconds(*key) for key in keys if not self.limiter.test(*key)]
        if waits:
            return max(waits)
        for limit in PER_NAME:
            self.limiter.hit(limit, "name", address, username)
        return 0

    def wait_here(self, address: str) -> int:
        """Seconds to wait after too many failures from this address; 0 if none. Counts nothing: behind one address a
        whole hall may open its cards in the same minute."""
        keys: list[tuple] = [(limit, "address", address) for limit in PER_ADDRESS]
        return max((self.seconds(*key) for key in keys if not self.limiter.test(*key)), default=0)

    def failed(self, address: str) -> None:
        for limit in PER_ADDRESS:
            self.limiter.hit(limit, "address", address)

    def succeeded(self, address: str, username: str) -> None:
        for limit in PER_NAME:
            self.limiter.clear(limit, "name", address, username)

    def seconds(self, limit: RateLimitItem, *key: str) -> int:
        return max(1, round(self.limiter.get_window_stats(limit, *key).reset_time - time.time() + 0.5))
