"""A stroke as it travels and is kept: checked strictly, letter by letter, before it is a fact. Pure.

`d` is base64url without padding of varints (7 bits a byte, the lowest first, the top bit says that more follows), each
zig-zag coded (0, -1, 1, -2 … are 0, 1, 2, 3 …): x, y, pressure of the first point, then the differences of each next
one. x and y are in 1/10,000 of the page's *width* as it is shown, pressure in 0–100.
"""

import base64
import binascii
import re

POINTS = 2000  # of one stroke
WIDTH = 10_000  # the page's, in the unit of coordinates and of a stroke's own width
TALLEST = 20 * WIDTH  # a page of unknown shape
PRESSURE = 100
LONGEST = 32_000  # letters of `d`
KINDS = ("pen", "hl", "line")
COLOURS = ("red", "blue", "black", "green", "yellow", "pink")
THINNEST, THICKEST = 2, 1000
IDS = re.compile(r"[A-Za-z0-9_-]{6,40}")
FIELDS = {"id": str, "t": str, "c": str, "w": int, "d": str}


class BadStroke(ValueError):
    """Not a stroke that a client of ours draws; says which of its fields is wrong."""


def encode(points: list[tuple[int, int, int]]) -> str:
    """`d` of these points: [(x, y, pressure), …]."""
    found, last = bytearray(), (0, 0, 0)
    for point in points:
        for now, before in zip(point, last, strict=True):
            step = now - before
            rest = step << 1 if step >= 0 else (-step << 1) - 1
            while rest > 127:
                found.append(rest & 127 | 128)
                rest >>= 7
            found.append(rest)
        last = point
    return base64.urlsafe_b64encode(bytes(found)).rstrip(b"=").decode()


def decode(d: str) -> list[tuple[int, int, int]]:
    """The points of `d`. Raises BadStroke for anything that `encode` would not write."""
    numbers = [number >> 1 if not number & 1 else -(number >> 1) - 1 for number in read_varints(read_letters(d))]
    if not numbers or len(numbers) % 3 or len(numbers) > 3 * POINTS:
        raise BadStroke("d")
    points, x, y, p = [], 0, 0, 0
    for n in range(0, len(numbers), 3):
        x, y, p = x + numbers[n], y + numbers[n + 1], p + numbers[n + 2]
        points.append((x, y, p))
    return points


def read_letters(d: str) -> bytes:
    if len(d) > LONGEST or not re.fullmatch(r"[A-Za-z0-9_-]+", d):
        raise BadStroke("d")
    try:
        data = base64.urlsafe_b64decode(d + "=" * (-len(d) % 4))
    except binascii.Error:
        raise BadStroke("d") from None
    if base64.urlsafe_b64encode(data).rstrip(b"=") != d.encode():  # bits that say nothing
        raise BadStroke("d")
    return data


def read_varints(data: bytes) -> list[int]:
    found, number, shift = [], 0, 0
    for byte in data:
        number |= (byte & 127) << shift
        if byte & 128:
            shift += 7
            if shift > 21:
                raise BadStroke("d")
            continue
        if not byte and shift:  # longer than it need be
            raise BadStroke("d")
        found.append(number)
        number = shift = 0
    if shift:  # the last one is cut off
        raise BadStroke("d")
    return found


def check_stroke(stroke: dict, tallest: int = TALLEST) -> dict:
    """The stroke, if every field is in its bounds and no other is there. `tallest` is the page's height in its unit."""
    if stroke.keys() != FIELDS.keys():
        raise BadStroke(next(iter(sorted(stroke.keys() ^ FIELDS.keys()))))
    for name, kind in FIELDS.items():
        if type(stroke[name]) is not kind:
            raise BadStroke(name)
    if not IDS.fullmatch(stroke["id"]):
        raise BadStroke("id")
    for name, allowed in (("t", KINDS), ("c", COLOURS)):
        if stroke[name] not in allowed:
            raise BadStroke(name)
    if not THINNEST <= stroke["w"] <= THICKEST:
        raise BadStroke("w")
    for x, y, pressure in decode(stroke["d"]):
        if not (0 <= x <= WIDTH and 0 <= y <= tallest and 0 <= pressure <= PRESSURE):
            raise BadStroke("d")
    return stroke


def height_of(shape: tuple[tuple[int, float, float], ...], page: int) -> int:
    """How tall a page is in the unit of its width; the tallest there is where nobody knows."""
    size = None
    for first, width, height in shape:
        if first <= page:
            size = (width, height)
    return TALLEST if size is None or size[0] <= 0 else min(TALLEST, int(size[1] / size[0] * WIDTH) + 1)
