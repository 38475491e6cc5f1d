"""How often somebody may try to sign in. Counted in memory: one process answers, and a restart forgives."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

from limits import RateLimitItem, parse_many

from meetingroom.auth import attempts

# One person forgetting a password, and one machine trying many names. A whole agency may sit behind one address, so
# there only failures are counted.
PER_NAME = parse_many("6/minute;20/hour")
PER_ADDRESS = parse_many("40/minute;200/hour")
# Wrong codes of cards. A right one is let in among them, until they come faster than people can open any.
CARDS_PER_ADDRESS = parse_many("40/minute;200/hour")
CARDS_LOCKED = parse_many("600/minute")


class Counted:
    """How often one person may do something that costs the server much: `Counted("60/minute")`."""

    def __init__(self, limits: str):
        self.limits = parse_many(limits)
        self.limiter = attempts.make_limiter()

    def wait(self, person: str) -> int:
        """Seconds to wait before the next time; 0 counts this one."""
        full = [limit for limit in self.limits if not self.limiter.test(limit, person)]
        resets = [self.limiter.get_window_stats(limit, person).reset_time for limit in full]
        if not full:
            for limit in self.limits:
                self.limiter.hit(limit, person)
        return max((attempts.seconds_until(reset) for reset in resets), default=0)


class UnderWay(threading.Condition):
    """The checks that are under way from one address."""

    count = 0


class Throttle:
    """Attempts per address (or known device) and user name, failures per address."""

    def __init__(self):
        self.limiter = attempts.make_limiter()
        self.under_way: WeakValueDictionary[str, UnderWay] = WeakValueDictionary()

    def wait(self, address: str, username: str, device: str = "") -> int:
        """Seconds to wait before the next attempt; 0 counts this one. Counted before the slow check of the
        password, so that a hundred attempts at once are not checked a hundred times.

        `device`: a browser in which this person has signed in before (`auth/known_browsers`). Its attempts are counted
        for themselves; what others at the same address do wrong is not theirs.
        """
        name = ("device", device, username) if device else ("name", address, username)
        here = 0 if device else self.wait_here(address)
        waits = [self.seconds(limit, *name) for limit in PER_NAME if not self.limiter.test(limit, *name)]
        if here or waits:
            return max([here, *waits])
        for limit in PER_NAME:
            self.limiter.hit(limit, *name)
        return 0

    def wait_here(self, address: str) -> int:
        """Seconds to wait after too many failures from this address; 0 if none. Counts nothing."""
        return self.longest(PER_ADDRESS, "address", address)

    @contextmanager
    def check_from(self, address: str) -> Iterator[int]:
        """Around a check that may fail; gives the seconds to wait, 0 to go on. No more are under way than may still
        fail: of three hundred at once, all wrong, no more are checked than one after the other."""
        here = self.under_way.setdefault(address, UnderWay())
        with here:
            here.wait_for(lambda: self.wait_here(address) or here.count < self.left_here(address))
            if seconds := self.wait_here(address):
                yield seconds
                return
            here.count += 1
        try:
            yield 0
        finally:
            with here:
                here.count -= 1
                # A place is free for one; with none left for anybody, all who wait are told so.
                here.notify_all() if self.wait_here(address) else here.notify()

    def left_here(self, address: str) -> int:
        """How many more failures this address may have now."""
        return min(self.limiter.get_window_stats(limit, "address", address).remaining for limit in PER_ADDRESS)

    def wait_with_card(self, address: str, *, right: bool) -> int:
        """Seconds to wait with the code of a card. A right one is not locked out by its neighbours' wrong ones: behind
        one address a whole hall may open its cards in the same minute."""
        locked = self.longest(CARDS_LOCKED, "card", address)
        if right or locked:
            return locked
        waits = self.longest(CARDS_PER_ADDRESS, "card", address)
        for limit in (*CARDS_PER_ADDRESS, *CARDS_LOCKED):
            self.limiter.hit(limit, "card", address)
        return waits

    def longest(self, limits: list[RateLimitItem], *key: str) -> int:
        return max((self.seconds(limit, *key) for limit in limits if not self.limiter.test(limit, *key)), default=0)

    def failed(self, address: str) -> None:
        for limit in PER_ADDRESS:
            self.limiter.hit(limit, "address", address)

    def succeeded(self, address: str, username: str, device: str = "") -> None:
        for limit in PER_NAME:
            self.limiter.clear(limit, "name", address, username)
            if device:
                self.limiter.clear(limit, "device", device, username)

    def seconds(self, limit: RateLimitItem, *key: str) -> int:
        return attempts.seconds_until(self.limiter.get_window_stats(limit, *key).reset_time)
