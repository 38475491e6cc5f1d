"""The only sources of time and chance."""

import secrets
import time
from datetime import datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))


def now() -> int:
    """Milliseconds since the epoch, by the server's clock."""
    return time.time_ns() // 1_000_000


def new_id() -> str:
    """A short random id that sorts nothing and tells nothing (80 bits, base32)."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "".join(secrets.choice(alphabet) for _ in range(16))


def iso(ms: int) -> str:
    """`2026-12-16T08:00:00.000+07:00`: how the log writes a time."""
    return local(ms).isoformat(timespec="milliseconds")


def local(ms: int) -> datetime:
    """The wall clock of the agency at that moment (Viet Nam has one zone and no summer time)."""
    return datetime.fromtimestamp(ms / 1000, VIETNAM)


def milliseconds(text: str) -> int:
    """The reverse of `iso`; also takes a naive `2026-12-16T08:00`, meant as local time. ValueError if neither."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=VIETNAM)
    return round(moment.timestamp() * 1000)
