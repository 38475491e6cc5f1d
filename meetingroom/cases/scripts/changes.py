"""Who has changed a script, in the log of its case: once an hour and person, as the operations themselves are kept."""

from meetingroom import clock
from meetingroom.cases import log_store

QUIET = 3_600_000  # ms within which further changes of one person are the same line of the log
CHANGED: dict[tuple[str, str], int] = {}  # (script, person) → when that was written down last


def note(db, case: str, found: dict, by: str) -> None:
    key, now = (found["id"], by), clock.now()
    if now - CHANGED.get(key, 0) < QUIET:
        return
    for old in [old for old, at in CHANGED.items() if now - at > QUIET]:
        del CHANGED[old]
    CHANGED[key] = now
    log_store.add(db, case, "script_changed", by, script=found["id"], title=found["title"])
