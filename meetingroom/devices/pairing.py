"""The codes of screens and shared tablets that wait for the staff to let them in. In memory.

Anybody may open a page that shows a code, so nothing is written down for it: who does not ask for two minutes is
forgotten, an address shows a few codes at most, and a restart gives everybody another one.
"""

import secrets
import threading
from dataclasses import dataclass

from limits import parse_many

from meetingroom import clock
from meetingroom.auth import attempts

LIVES = 10 * 60_000  # ms for which a code is shown before it is another one …
STILL_GOOD = 60_000  # … and for which the one before is taken, by whoever was just typing it
SILENT = 2 * 60_000  # a page asks every two seconds
PER_ADDRESS, IN_ALL = 60, 2000
GUESSES = parse_many("10/minute;60/hour")  # wrong codes of one person


@dataclass
class Device:
    """`code` is good until `until`, `before` was shown until then."""

    id: str
    address: str
    code: str
    until: int
    seen: int
    before: str = ""


class Waiting:
    """The devices of one kind that show a code."""

    def __init__(self):
        self._lock = threading.Lock()
        self._devices: dict[str, Device] = {}  # the one that has asked last at the end
        self._by_code: dict[str, str] = {}
        self._guesses = attempts.make_limiter()

    def code_of(self, id: str, address: str) -> str:
        """The code that this device shows now."""
        now = clock.now()
        with self._lock:
            self._forget(lambda device: now - device.seen > SILENT)
            device = self._devices.pop(id, None)
            if device is None:
                self._make_room(address)
                device = Device(id, address, self._fresh(id), now + LIVES, now)
            elif device.until < now:
                self._by_code.pop(device.before, None)
                device.before, device.code, device.until = device.code, self._fresh(id), now + LIVES
            device.seen, device.address = now, address
            self._devices[id] = device
            return device.code

    def behind(self, code: str) -> str | None:
        """The device that shows this code, or has just shown it."""
        now = clock.now()
        with self._lock:
            self._forget(lambda device: now - device.seen > SILENT)
            device = self._devices.get(self._by_code.get(code, ""))
            if device is None or (code == device.before and now > device.until - LIVES + STILL_GOOD):
                return None
            return device.id

    def leave(self, id: str) -> None:
        """It waits no longer."""
        with self._lock:
            self._forget(lambda device: device.id == id)

    def too_many_guesses(self, person: str) -> int:
        """Seconds to wait after too many wrong codes; 0 if none."""
        full = [limit for limit in GUESSES if not self._guesses.test(limit, person)]
        resets = [self._guesses.get_window_stats(limit, person).reset_time for limit in full]
        return max((max(1, round(reset - clock.now() / 1000 + 0.5)) for reset in resets), default=0)

    def guessed_wrong(self, person: str) -> None:
        for limit in GUESSES:
            self._guesses.hit(limit, person)

    def _make_room(self, address: str) -> None:
        """The one that has been silent longest gives way: of the same address, or of all."""
        same = [device.id for device in self._devices.values() if device.address == address]
        if len(same) >= PER_ADDRESS:
            self._forget(lambda device: device.id == same[0])
        elif len(self._devices) >= IN_ALL:
            first = next(iter(self._devices))
            self._forget(lambda device: device.id == first)

    def _forget(self, which) -> None:
        for device in [device for device in self._devices.values() if which(device)]:
            del self._devices[device.id]
            self._by_code.pop(device.code, None)
            self._by_code.pop(device.before, None)

    def _fresh(self, id: str) -> str:
        """Six digits that no other device shows: of a million, at most a few thousand are taken."""
        while True:
            code = f"{secrets.randbelow(1_000_000):06}"
            if code not in self._by_code:
                self._by_code[code] = id
                return code


def read_digits(typed) -> str:
    """A code as it is compared, however it was typed."""
    return "".join(letter for letter in str(typed)[:40] if letter in "0123456789")
