"""What a mark holds, by its kind, checked field by field at the edge. Pure.

All places are in 1/10,000 of the page's *width* as it is shown, x and y alike, as those of ink (`meeting/strokes.py`).

    ink        {t, c, w, d}: a stroke
    highlight  {boxes: [[x, y, width, height]], c, from?, to?, quote?, before?, after?, note?}: `from` and `to` are the
               numbers of its first and last word; a page without words has boxes alone
    note       {x, y, text, c?}
    bookmark   {name?}

Each may have `moved: true`: its owner has moved it to a new version as it stood, whatever lies under it there.
"""

import unicodedata
from collections.abc import Callable
from typing import Any

from meetingroom.meeting import strokes
from meetingroom.meeting.strokes import COLOURS, IDS, WIDTH
from meetingroom.spelling import compose

INK, HIGHLIGHT, NOTE, BOOKMARK = KINDS = ("ink", "highlight", "note", "bookmark")
MOVED = "moved"
TEXT, QUOTE, AROUND, NAME = 10_000, 4000, 80, 200  # letters
BOXES = 300  # lines of one highlight
WORDS = 1_000_000  # of a page
COPY = {"device": 60}


class BadBody(ValueError):
    """Not a mark that a client of ours makes; says which of its fields is wrong."""


def check_body(kind: str, id: str, body: Any, tallest: int) -> dict:
    """The body with every field in its bounds, and none besides; texts in NFC. `tallest`: the page's height in its
    unit. Raises BadBody."""
    if not isinstance(body, dict):
        raise BadBody("body")
    bare = {name: value for name, value in body.items() if name != MOVED}
    return CHECKS[kind](id, bare, tallest) | ({MOVED: True} if body.get(MOVED) is True else {})


def check_ink(id: str, body: dict, tallest: int) -> dict:
    try:
        stroke = strokes.check_stroke({"id": id, **body}, tallest)
    except strokes.BadStroke as wrong:
        raise BadBody(str(wrong)) from None
    if stroke["id"] != id:
        raise BadBody("id")
    return {key: stroke[key] for key in ("t", "c", "w", "d")}


def check_highlight(id: str, body: dict, tallest: int) -> dict:
    only(body, {"boxes", "c", "from", "to", "quote", "before", "after", "note"})
    boxes = body.get("boxes")
    if not isinstance(boxes, list) or not 0 < len(boxes) <= BOXES:
        raise BadBody("boxes")
    for box in boxes:
        if not isinstance(box, list) or len(box) != 4:
            raise BadBody("boxes")
        x, y, width, height = (whole(part, 0, strokes.TALLEST, "boxes") for part in box)
        if not (width and height and x + width <= WIDTH and y + height <= tallest):
            raise BadBody("boxes")
    found: dict[str, Any] = {"boxes": boxes, "c": colour(body.get("c", "yellow"))}
    if ("from" in body) != ("to" in body):
        raise BadBody("to")
    if "from" in body:
        found["from"] = whole(body["from"], 0, WORDS, "from")
        found["to"] = whole(body["to"], found["from"], WORDS, "to")
    for name, limit in (("quote", QUOTE), ("before", AROUND), ("after", AROUND), ("note", TEXT)):
        if said := text(body.get(name, ""), limit, name):
            found[name] = said
    return found


def check_note(id: str, body: dict, tallest: int) -> dict:
    only(body, {"x", "y", "text", "c"})
    return {
        "x": whole(body.get("x"), 0, WIDTH, "x"),
        "y": whole(body.get("y"), 0, tallest, "y"),
        "text": text(body.get("text"), TEXT, "text", empty=False),
        "c": colour(body.get("c", "yellow")),
    }


def check_bookmark(id: str, body: dict, tallest: int) -> dict:
    only(body, {"name"})
    name = text(body.get("name", ""), NAME, "name")
    return {"name": name} if name else {}


CHECKS: dict[str, Callable[[str, dict, int], dict]] = {
    INK: check_ink, HIGHLIGHT: check_highlight, NOTE: check_note, BOOKMARK: check_bookmark,
}  # fmt: skip


def only(body: dict, names: set[str]) -> None:
    if strange := sorted(body.keys() - names):
        raise BadBody(strange[0][:40])


def whole(value: Any, least: int, most: int, name: str) -> int:
    if type(value) is not int or not least <= value <= most:
        raise BadBody(name)
    return value


def colour(value: Any) -> str:
    if value not in COLOURS:
        raise BadBody("c")
    return value


def text(value: Any, limit: int, name: str, empty: bool = True) -> str:
    """Without what no screen shows and no file can hold."""
    if not isinstance(value, str) or len(value) > limit:
        raise BadBody(name)
    kept = "".join(c for c in value if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    said = compose(kept).strip()
    if not said and not empty:
        raise BadBody(name)
    return said


def is_id(value: Any) -> bool:
    return isinstance(value, str) and IDS.fullmatch(value) is not None
