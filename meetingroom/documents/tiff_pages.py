"""The pictures in a TIFF by its directories alone: how many, how large, how they are packed. Nothing is decoded. Pure.

TIFF 6.0 and BigTIFF. A directory is {tag: values}; of a long list of values nothing is read, it is `()`.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import BinaryIO

WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, FILL_ORDER = 256, 257, 258, 259, 262, 266
STRIPS, HELD, SAMPLES, STRIP_BYTES, ACROSS, DOWN, FAX_OPTIONS, UNIT = 273, 274, 277, 279, 282, 283, 293, 296
TILES, TILE_BYTES = 324, 325
# Ways of packing whose bytes never end in so many zeros, nor are zeros alone: fax, LZW, JPEG, Deflate.
PACKED = {2, 3, 4, 5, 7, 8, 32946}
PADDING = 4096  # bytes that a careful writer may add
SHORT = 8  # values
MOST_TAGS = 4096
TYPES = {1: "B", 3: "H", 4: "I", 5: "II", 13: "I", 16: "Q", 18: "Q"}  # of TIFF's types those that are wanted
DAMAGED = (struct.error, ValueError, OverflowError, OSError)


def count(file: BinaryIO, most: int) -> int:
    """Pictures in it, counted up to `most`; 1 where it is broken: whoever opens it will say so."""
    return max(1, look(file, most)[0])


def look(file: BinaryIO, most: int) -> tuple[int, bool]:
    """(pictures in it, counted up to `most`; whether it speaks of another one, which is not there)"""
    found = 0
    try:
        for _ in directories(file):
            found += 1
            if found >= most:
                break
    except DAMAGED:
        return found, True
    return found, False


def directories(file: BinaryIO) -> Iterator[dict[int, tuple[int, ...]]]:
    """One for each picture. Raises one of DAMAGED."""
    file.seek(0)
    order = {b"II": "<", b"MM": ">"}.get(file.read(2), "")
    if not order:
        raise ValueError("no TIFF")
    (version,) = read(file, f"{order}H")
    large = version == 43
    if large:
        read(file, f"{order}HH")
    (at,) = read(file, order + ("Q" if large else "I"))
    seen = set()
    while at:
        if at in seen:
            return  # in a circle: every program takes this for the end
        seen.add(at)
        file.seek(at)
        found, at = read_directory(file, order, large)
        yield found


def read_directory(file: BinaryIO, order: str, large: bool) -> tuple[dict[int, tuple[int, ...]], int]:
    """The tags of one, and where the next one stands, or 0."""
    (tags,) = read(file, order + ("Q" if large else "H"))
    if tags > MOST_TAGS:
        raise ValueError("too many tags")
    size, room = (20, 8) if large else (12, 4)
    entries = file.read(tags * size)
    (following,) = read(file, order + ("Q" if large else "I"))
    found: dict[int, tuple[int, ...]] = {}
    for at in range(0, tags * size, size):
        tag, type, length = struct.unpack_from(order + ("HHQ" if large else "HHI"), entries, at)
        form = TYPES.get(type)
        if form is None:
            continue
        found[tag] = ()
        if length <= SHORT:
            wanted = struct.Struct(order + form * length)
            value = entries[at + size - room : at + size]
            if wanted.size > room:
                file.seek(*struct.unpack(order + ("Q" if large else "I"), value))
                value = file.read(wanted.size)
            found[tag] = wanted.unpack_from(value)
    return found, following


def read(file: BinaryIO, form: str) -> tuple[int, ...]:
    return struct.unpack(form, file.read(struct.calcsize(form)))


def is_filled_up(file: BinaryIO, packed: int, places: Iterable[int], lengths: Iterable[int]) -> bool:
    """Whether a strip or a tile lacks its end and has zeros in its place, as a download that was broken off leaves it:
    the file has its size, and whoever unpacks it draws the rest white. Of what is not packed zeros say nothing."""
    if packed not in PACKED:
        return False
    for at, length in zip(places, lengths, strict=False):
        end = min(length, PADDING)
        file.seek(at + length - end)
        if end and not file.read(end).strip(b"\0"):
            return True
    return False


def held(tags: dict[int, tuple[int, ...]]) -> int:
    """How the camera or the sheet was held: 1 to 8."""
    value = first(tags, HELD, 1)
    return value if 1 <= value <= 8 else 1


def dots(tags: dict[int, tuple[int, ...]]) -> tuple[float, float]:
    """(across, down) an inch; 0, 0 where it does not say so."""
    unit = {2: 1.0, 3: 2.54}.get(first(tags, UNIT, 2), 0.0)
    across, down = tags.get(ACROSS, ()), tags.get(DOWN, ())
    if len(across) != 2 or len(down) != 2 or not across[1] or not down[1]:
        return 0.0, 0.0
    return across[0] / across[1] * unit, down[0] / down[1] * unit


def first(tags: dict[int, tuple[int, ...]], tag: int, otherwise: int) -> int:
    """The only value of a tag; `otherwise` where it is not there, -1 where there are several."""
    values = tags.get(tag)
    return otherwise if values is None else values[0] if len(values) == 1 else -1
