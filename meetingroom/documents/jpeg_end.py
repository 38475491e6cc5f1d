"""Whether a JPEG is there to its end: of what is missing libjpeg makes grey, and says nothing.

Some devices leave the mark of the end out, and nothing is missing. So what has none is decoded twice, with different
bits after it: where they change the picture, it lacked some.
"""

import mmap
import re
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image

END = b"\xff\xd9"
MARK = re.compile(rb"\xff([^\x00\xff])", re.DOTALL)
EOI, SOS = 0xD9, 0xDA
ALONE = {0x01, *range(0xD0, 0xD9)}  # marks that nothing belongs to
MOST_PARTS = 10_000  # before the picture begins
HOLLOW = bytes(64)  # what a broken download leaves, and no picture ends in
BITS = b"\x00" + bytes(range(1, 255)) * 16
FORMATS = {"JPEG", "MPO"}
STRIP = 256  # rows
Opening = Callable[[], Image.Image]


class CutOff(OSError):
    """Raised when the end of a picture is missing."""


def has_mark(file: bytes | mmap.mmap) -> bool:
    """Whether an end is marked after the picture has begun: the small pictures in its notes have ends, too."""
    at = 2
    for _ in range(MOST_PARTS):
        found = MARK.search(file, at)
        if found is None or found[1][0] == EOI:
            return False
        at = found.end()
        if found[1][0] == SOS:
            return file.find(END, at) >= 0
        if found[1][0] not in ALONE:
            at += max(2, int.from_bytes(file[at : at + 2], "big"))
    return False


def load(opened: Image.Image, again: Opening, size: tuple[int, int] | None = None) -> Image.Image:
    """Decodes a picture of any kind, a JPEG not much larger than `size`. `again` opens the same one once more. Raises
    CutOff, and whatever Pillow raises."""
    if opened.format in FORMATS and not is_marked(opened):
        # One after the other: there is room for one of them.
        without = checksum(decode(followed_by(again(), END), size))
        if without != checksum(decode(followed_by(opened, BITS + END), size)):
            raise CutOff("the end of the picture is missing")
        return opened
    return decode(opened, size)


def is_cut(file: bytes, size: tuple[int, int]) -> bool:
    """Of a JPEG that stands in another file. What cannot be read at all is not known to be cut off."""
    if has_mark(file):
        return False

    def open_it() -> Image.Image:
        return Image.open(BytesIO(file), formats=("JPEG",))

    try:
        opened = open_it()
    except Exception:
        return False
    try:
        load(opened, open_it, size)
    except (OSError, SyntaxError, ValueError):
        return True
    return False


def is_marked(opened: Image.Image) -> bool:
    """Raises CutOff where zeros stand at the end, which may well fill a picture."""
    one: Any = opened
    if isinstance(one.fp, BytesIO):
        return check_mark(one.fp.getvalue())
    with mmap.mmap(one.fp.fileno(), 0, access=mmap.ACCESS_READ) as file:
        return check_mark(file)


def check_mark(file: bytes | mmap.mmap) -> bool:
    marked = has_mark(file)
    if not marked and file[-len(HOLLOW) :] == HOLLOW:
        raise CutOff("zeros instead of a picture")
    return marked


def followed_by(opened: Image.Image, tail: bytes) -> Image.Image:
    one: Any = opened
    read, left = one.load_read, [tail]
    one.load_read = lambda size: read(size) or (left.pop() if left else b"")
    return opened


def decode(opened: Image.Image, size: tuple[int, int] | None) -> Image.Image:
    if size:
        # A JPEG can be read at a half, a quarter, … of its size, in as much less memory.
        opened.draft("RGB", size)
    opened.load()
    return opened


def checksum(picture: Image.Image) -> int:
    found = 0
    for top in range(0, picture.height, STRIP):
        strip = picture.crop((0, top, picture.width, min(picture.height, top + STRIP)))
        found = zlib.crc32(strip.tobytes(), found)
    return found
