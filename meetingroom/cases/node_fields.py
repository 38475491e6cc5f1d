"""What a node of a mind map can hold, and what of it is taken from outside. Pure.

    text kind stance status note note_for when amount bl anchors audience colour picture fold labels markers link sums
    children source_id extra

`children`, `source_id` and `extra` are nobody's to edit: the first changes by moving, the others are what a file said.
Fields that are empty are left out, but for `text`, `kind` and `children`.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from meetingroom.refused import Refused
from meetingroom.spelling import compose
from meetingroom.word_marks import MARKS, marks_inside

KINDS = (
    "root", "proc", "time", "person", "act", "elem", "inc", "exc", "conf", "gap", "exh", "civil", "circ", "prop",
)  # fmt: skip
STANCES = ("inc", "exc")  # buộc tội, gỡ tội
STATUSES = ("agreed", "conflict", "unclear")
AUDIENCES = ("owner", "leaders", "room")  # from the fewest people to the most
LONGEST, LONGEST_NOTE, LONGEST_BL = 2000, 20_000, 500
MOST_ANCHORS, MOST_SUMS, MOST_PARTS = 200, 10, 100
LARGEST = 10**15  # đồng
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
ALWAYS = ("text", "kind", "children")


def new_node(**fields: Any) -> dict:
    return without_empty({"text": "", "kind": "", "children": [], **fields})


def without_empty(node: dict) -> dict:
    return {key: value for key, value in node.items() if key in ALWAYS or value not in ("", None, [], {}, False)}


def tidy(text: str) -> str:
    """As it is kept: NFC, without what no page can show."""
    return CONTROLS.sub("", compose(text.replace("\r\n", "\n").replace("\r", "\n")))


def read(given: dict) -> dict:
    """The fields of an operation, tidied. Raises Refused("malformed") with the name of the field that is wrong."""
    found = {}
    for name, value in given.items():
        if name not in READERS:
            raise Refused("malformed", wrong=name)
        try:
            found[name] = READERS[name](value)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise Refused("malformed", wrong=name) from None
    return found


def text_of(longest: int) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise TypeError
        value = tidy(value)
        if len(value) > longest:
            raise ValueError
        return value

    return check


def one_of(names: tuple[str, ...]) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        value = value or ""
        if value and value not in names:
            raise ValueError
        return value

    return check


def read_when(value: Any) -> dict | None:
    """{from, to, precision}: ISO days, both ends included; precision day | month | year."""
    if not value:
        return None
    first, last = date.fromisoformat(value["from"]), date.fromisoformat(value.get("to") or value["from"])
    precision = value.get("precision", "day")
    if last < first or precision not in ("day", "month", "year"):
        raise ValueError
    return {"from": first.isoformat(), "to": last.isoformat(), "precision": precision}


def read_amount(value: Any) -> int | None:
    if value is None or value == "":
        return None
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST:
        raise ValueError
    return value


def read_colour(value: Any) -> str:
    if value and not COLOUR.fullmatch(value):
        raise ValueError
    return (value or "").lower()


def read_anchors(value: Any) -> list[dict]:
    if not isinstance(value or [], list) or len(value or []) > MOST_ANCHORS:
        raise ValueError
    return [read_anchor(each) for each in value or []]


def read_anchor(value: dict) -> dict:
    """{document, page, rect?, marks?} · {media, from, to} · {left, right, line?}. `marks`: lines of words that are
    marked within the rect, as frames."""
    if "left" in value:
        line = value.get("line")
        if line is not None and (not isinstance(line, (str, dict)) or len(str(line)) > LONGEST):
            raise ValueError
        sides = {side: read_anchor(value[side]) for side in ("left", "right")}
        if any("left" in side for side in sides.values()):
            raise ValueError
        return {**sides, **({"line": line} if line else {})}
    if "media" in value:
        return {"media": key_of(value["media"]), **{end: number(value[end]) for end in ("from", "to") if end in value}}
    page = value["page"]
    if not isinstance(page, int) or isinstance(page, bool) or not 1 <= page <= 100_000:
        raise ValueError
    found: dict[str, Any] = {"document": key_of(value["document"]), "page": page}
    if value.get("rect"):
        found["rect"] = [number(each) for each in value["rect"]]
        if len(found["rect"]) != 4:
            raise ValueError
    if value.get("marks"):
        found["marks"] = read_marks(value["marks"], found.get("rect"))
    return found


def read_marks(value: Any, rect: list[float] | None) -> list[list[float]]:
    if not isinstance(value, list) or not rect or len(value) > MARKS:
        raise ValueError
    frames = [tuple(number(each) for each in mark) for mark in value]
    if any(len(frame) != 4 for frame in frames):
        raise ValueError
    try:
        return [list(mark) for mark in marks_inside(frames, [rect])]
    except Refused:
        raise ValueError from None


def key_of(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[\w.:-]{1,80}", value):
        raise ValueError
    return value


def number(value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not abs(value) < 1e9:
        raise ValueError
    return value


def read_sums(value: Any) -> list[list[dict]]:
    """Sums that this node's amount must be equal to: each a list of {node, sign: 1 | -1}."""
    if not isinstance(value or [], list) or len(value or []) > MOST_SUMS:
        raise ValueError
    return [[read_part(part) for part in each[:MOST_PARTS]] for each in value or [] if each]


def read_part(value: dict) -> dict:
    if value.get("sign", 1) not in (1, -1):
        raise ValueError
    return {"node": key_of(value["node"]), "sign": value.get("sign", 1)}


def read_names(value: Any) -> list[str]:
    if not isinstance(value or [], list) or len(value or []) > 50:
        raise ValueError
    return [text_of(200)(each) for each in value or []]


def read_picture(value: Any) -> dict | None:
    """{sha, type, width?, height?} of a picture that was uploaded to this map."""
    if not value:
        return None
    if not re.fullmatch(r"[0-9a-f]{64}", value["sha"]) or value.get("type") not in PICTURES:
        raise ValueError
    sizes = {side: int(number(value[side])) for side in ("width", "height") if value.get(side)}
    return {"sha": value["sha"], "type": value["type"], **sizes}


def read_fold(value: Any) -> bool:
    if value not in (True, False, None):
        raise ValueError
    return bool(value)


def read_link(value: Any) -> str:
    """A web address, shown as text and opened by nobody but the reader himself."""
    value = text_of(LONGEST)(value)
    if value and not re.match(r"https?://", value):
        raise ValueError
    return value


PICTURES = ("image/png", "image/jpeg")
READERS: dict[str, Callable[[Any], Any]] = {
    "text": text_of(LONGEST),
    "kind": one_of(KINDS),
    "stance": one_of(STANCES),
    "status": one_of(STATUSES),
    "note": text_of(LONGEST_NOTE),
    "note_for": one_of(AUDIENCES),
    "when": read_when,
    "amount": read_amount,
    "bl": text_of(LONGEST_BL),
    "anchors": read_anchors,
    "audience": one_of(AUDIENCES),
    "colour": read_colour,
    "picture": read_picture,
    "fold": read_fold,
    "labels": read_names,
    "markers": read_names,
    "link": read_link,
    "sums": read_sums,
}
