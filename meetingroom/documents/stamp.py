"""A page of a restricted paper: with the name of whoever opens it, the moment and the code of the opening.

It is drawn in processes of their own and kept nowhere; the last pages of each reader stay in memory for a reload. While
somebody reads a page the next one is drawn for them, all but its foot, which has the moment: it goes out, and is an
opening, only when it is asked for. The code that it bears is then the code of that opening. So are the pages to which a
node of a case's map leads that is on the stage, for whoever may see them only when they are shown.
"""

import threading
import time
from collections import OrderedDict
from pathlib import Path

from meetingroom import clock
from meetingroom.documents import jpeg_rows
from meetingroom.printing import printer

SIZE = 1920
HELD = 160  # pages of all readers together: some 60 MB
AHEAD = 160  # pages that lie drawn, for one who reads the page before or who may be shown them: another 60 MB
EACH, ALL = 6, 400  # pages that one reader, and all together, may be waiting for
HELPERS = 2
NEXT = 3  # pages that are drawn ahead for one reader
PAUSE = 0.02  # s
LONGEST = 60  # letters of a name or a unit

Who = tuple[str, str]  # name and unit
Key = tuple[str, str]  # reader, path of the page

helpers = [printer.Printer(EACH, ALL) for _ in range(HELPERS)]
_held: OrderedDict[tuple, bytes] = OrderedDict()
_bodies: OrderedDict[Key, tuple[str, Who, bytes]] = OrderedDict()  # with the code that they bear
_wanted: OrderedDict[Key, tuple[Path, Who, str]] = OrderedDict()  # of each reader the newest
_drawing = threading.Lock()


def stamped(path: Path, who: Who, opening: tuple[str, int], reader: str, size: int = SIZE) -> bytes:
    """`opening`: code and moment (ms); `size`: the longest edge. Raises printer.TooMany, printer.Failed, OSError."""
    code, at = opening
    key = (str(path), reader, code, at)
    if (found := _held.get(key)) is None:
        foot = {"foot": words(who, clock.local(at).strftime("%H:%M:%S %d/%m/%Y"), code)}
        ready = _bodies.pop((reader, str(path)), None)
        if ready and ready[:2] == (code, who) and size == SIZE:
            found = jpeg_rows.join(ready[2], draw(path, reader, size, **foot))
        else:
            found = draw(path, reader, size, across=words(who, code), **foot)
        if size > SIZE:  # magnified once in a while, and large
            return found
        while len(_held) >= HELD:
            _held.popitem(last=False)
        _held[key] = found
    _held.move_to_end(key)
    return found


def code_of_ready(path: Path, reader: str) -> str:
    """The code that the page bears which was drawn ahead for this reader, or ""."""
    ready = _bodies.get((reader, str(path)))
    return ready[0] if ready else ""


def draw_ahead(path: Path, who: Who, reader: str, code: str) -> None:
    """Soon, when nobody waits for a page: the next one of this reader."""
    key = (reader, str(path))
    if key in _bodies:
        return
    _wanted[key] = (path, who, code)
    _wanted.move_to_end(key)
    for old in [each for each in _wanted if each[0] == reader][:-NEXT]:
        del _wanted[old]
    while len(_wanted) > ALL:
        _wanted.popitem(last=False)
    if not _drawing.locked():
        threading.Thread(target=draw_wanted, daemon=True).start()


def draw_wanted() -> None:
    """One at a time, and only while nobody waits for a page."""
    if not _drawing.acquire(blocking=False):
        return
    try:
        while _wanted:
            if any(helper.waiting for helper in helpers):
                time.sleep(PAUSE)
                continue
            (reader, _), (path, who, code) = _wanted.popitem(last=False)
            try:
                body = draw(path, reader, SIZE, across=words(who, code))
            except (printer.TooMany, printer.Failed, OSError):
                continue  # it is drawn when it is asked for
            while len(_bodies) >= AHEAD:
                _bodies.popitem(last=False)
            _bodies[(reader, str(path))] = (code, who, body)
    finally:
        _drawing.release()


def draw(path: Path, reader: str, size: int, **parts: str) -> bytes:
    request = {"path": str(path), "changed": path.stat().st_mtime_ns, "size": size, **parts}
    helper = min(helpers, key=lambda each: each.waiting)
    return helper.make("page", request, reader)[1]


def words(who: Who, *more: str) -> str:
    return " · ".join(part for part in (*(part[:LONGEST].strip() for part in who), *more) if part)
