"""A pen or a pointer in motion: passed on if it comes from the holder of the stage, and forgotten.

It is the first thing to drop: whoever has anything else pending does not get it (`fast.py`), and the more screens
watch, the less often a pen says where it is.
"""

import re
import time
from typing import Any

from meetingroom.meeting import strokes
from meetingroom.meeting.sides import shown_now
from meetingroom.meeting.state import MeetingState

LONGEST = 4000  # characters of a signal, as Python writes it
LETTERS = re.compile(r"[A-Za-z0-9_-]{1,4000}")
NAME = re.compile(r"[\w.:-]{1,64}")
SOONEST, LATEST = 50, 200  # ms between two words of a pen
SCREENS = 10  # that cost a pen a millisecond: 2,000 of them are told 10,000 times a second
AT_ONCE, A_WORD = 30, 3  # words a pen may say in one go, and in the time of one (a pointer and an end beside it)


def pen_ms(screens: int) -> int:
    """How long a pen gathers points before it sends them, where so many screens watch."""
    return min(LATEST, max(SOONEST, screens // SCREENS))


class Meter:
    """What a pen may still say; `spend` is False when it says too much."""

    __slots__ = ("at", "left")

    def __init__(self):
        self.left, self.at = float(AT_ONCE), time.monotonic()

    def spend(self, every: int) -> bool:
        now = time.monotonic()
        self.left = min(AT_ONCE, self.left + (now - self.at) * 1000 * A_WORD / every) - 1
        self.at = now
        if self.left >= 0:
            return True
        self.left = 0.0
        return False


def read_signal(data: Any) -> dict | None:
    """What a client says about its pen or pointer, of it only what is known; None for anything else.

    `{kind: "pointer", document?, page?, x, y}` or `{…, off: true}`, with x and y in fractions of the page;
    `{kind: "ink", document, page, s, t, c, w, i, d}` or `{…, s, end: true}`: points of the stroke `s`
    from its point `i` on.
    """
    if not isinstance(data, dict) or len(str(data)) > LONGEST:
        return None
    said = {key: data[key] for key in ("kind", "document", "page") if key in data}
    if "document" in said and not (fits(NAME, said["document"]) and whole(said.get("page"), 1, 1_000_000)):
        return None
    if said.get("kind") == "pointer":
        return read_pointer(data, said)
    return read_ink(data, said) if said.get("kind") == "ink" and "document" in said else None


def read_pointer(data: dict, said: dict) -> dict | None:
    if data.get("off") is True:
        return {**said, "off": True}
    place: dict[str, Any] = {key: data.get(key) for key in ("x", "y")}
    sound = all(type(each) in (int, float) and -10 <= each <= 10 for each in place.values())
    return {**said, **place} if sound else None


def read_ink(data: dict, said: dict) -> dict | None:
    if not fits(strokes.IDS, data.get("s")):
        return None
    if data.get("end") is True:
        return {**said, "s": data["s"], "end": True}
    sound = (
        data.get("t") in strokes.KINDS
        and data.get("c") in strokes.COLOURS
        and whole(data.get("w"), strokes.THINNEST, strokes.THICKEST)
        and whole(data.get("i"), 0, strokes.POINTS)
        and fits(LETTERS, data.get("d"))
    )
    return {**said, **{key: data[key] for key in ("s", "t", "c", "w", "i", "d")}} if sound else None


def is_on_stage(state: MeetingState, said: dict) -> bool:
    """Whether it is about a page that every screen shows now."""
    if "document" not in said:
        return True
    return (said["document"], said["page"]) in shown_now(state)


def send(server, said: dict, meeting: str, rooms: list[str], skip: str) -> None:
    """To everybody else in these rooms who has nothing pending."""
    body = {**said, "meeting": meeting}
    if wave := getattr(server.manager, "wave", None):
        wave("signal", body, "/", rooms, skip)
        return
    for room in rooms:
        server.emit("signal", body, to=room, skip_sid=skip)


def fits(pattern: re.Pattern, value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def whole(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most
