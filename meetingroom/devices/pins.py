"""PINs of four digits, with which people act at a tablet they share. Ten thousand are few: five tries, then a wait."""

import hashlib
import hmac
import re

from limits import RateLimitItem, parse_many

from meetingroom.auth import attempts, passwords

FOUR_DIGITS = re.compile(r"[0-9]{4}")
ROWS = "0123456789 9876543210 2580 0852"
TRIES = parse_many("5/5minute;10/hour;30/day")


def find_weakness(pin: str) -> str | None:
    """A code of what is wrong with a new PIN, or None."""
    if not FOUR_DIGITS.fullmatch(pin):
        return "pin_form"
    if len(set(pin)) == 1 or pin in ROWS or pin[:2] == pin[2:]:
        return "pin_too_easy"
    return None


def hash_pin(pin: str, person: str, key: bytes) -> str:
    """Slow on purpose, like a password's; and keyed, or whoever reads the database would try all ten thousand."""
    return passwords.hash_password(mix_with_key(pin, person, key))


def is_right(pin: str, stored: str, person: str, key: bytes) -> bool:
    return passwords.is_right(mix_with_key(pin, person, key), stored)


def mix_with_key(pin: str, person: str, key: bytes) -> str:
    return hmac.new(key, f"pin/{person}/{pin}".encode(), hashlib.sha256).hexdigest()


class Tries:
    """How often somebody's PIN may be tried, at all tablets together. In memory: a restart forgives."""

    def __init__(self):
        self.limiter = attempts.make_limiter()

    def wait(self, person: str) -> int:
        """Seconds to wait before the next try; 0 counts this one, before the slow check."""
        if waits := [self.seconds(limit, person) for limit in TRIES if not self.limiter.test(limit, "pin", person)]:
            return max(waits)
        for limit in TRIES:
            self.limiter.hit(limit, "pin", person)
        return 0

    def left(self, person: str) -> int:
        """How many tries there are before the next wait."""
        return min(self.limiter.get_window_stats(limit, "pin", person).remaining for limit in TRIES)

    def forgive(self, person: str) -> None:
        for limit in TRIES:
            self.limiter.clear(limit, "pin", person)

    def seconds(self, limit: RateLimitItem, person: str) -> int:
        reset = self.limiter.get_window_stats(limit, "pin", person).reset_time
        return attempts.seconds_until(reset)
