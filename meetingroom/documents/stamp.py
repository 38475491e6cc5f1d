"""A page of a restricted paper: with the name of whoever opens it, the moment and the code of the opening.

It is drawn in a process of its own and kept nowhere; the last pages of each reader stay in memory for a reload.
"""

from collections import OrderedDict
from pathlib import Path

from meetingroom import clock
from meetingroom.printing import printer

SIZE = 1920
HELD = 240  # pages of all readers together: some 70 MB
EACH, ALL = 6, 400  # pages that one reader, and all together, may be waiting for
HELPERS = 2
LONGEST = 60  # letters of a name or a unit

helpers = [printer.Printer(EACH, ALL) for _ in range(HELPERS)]
_held: OrderedDict[tuple, bytes] = OrderedDict()


def stamped(path: Path, who: tuple[str, str], opening: tuple[str, int], reader: str) -> bytes:
    """`who`: name and unit; `opening`: code and moment (ms). Raises printer.TooMany, printer.Failed, OSError."""
    code, at = opening
    key = (str(path), reader, code)
    if (found := _held.get(key)) is None:
        about = path.stat()
        request = {"path": str(path), "changed": about.st_mtime_ns, "size": SIZE, **words(who, code, at)}
        helper = min(helpers, key=lambda each: each.waiting)
        _, found = helper.make("page", request, reader)
        while len(_held) >= HELD:
            _held.popitem(last=False)
        _held[key] = found
    _held.move_to_end(key)
    return found


def words(who: tuple[str, str], code: str, at: int) -> dict[str, str]:
    name, unit = (part[:LONGEST].strip() for part in who)
    moment = clock.local(at).strftime("%H:%M:%S %d/%m/%Y")
    return {"words": " · ".join(part for part in (name, unit, moment, code) if part)}
