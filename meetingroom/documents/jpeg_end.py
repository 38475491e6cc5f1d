"""Whether a JPEG is there to its end: of what is missing libjpeg makes grey, and says nothing.

Some devices leave the mark of the end out, and nothing is missing; some programs put one where a picture was cut off.
So what has none, or is plain grey in its last corner, is decoded twice, with different bits after it: where they change
the picture, it lacked some.
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
MARK_WITHIN = re.compile(rb"\xff([^\x00\x01\xd0-\xd7\xff])", re.DOTALL)  # beside those that only count its parts
EOI, SOS = 0xD9, 0xDA
ALONE = {0x01, *range(0xD0, 0xD9)}  # marks that nothing belongs to
MOST_PARTS = 10_000  # before the picture begins
HOLLOW = bytes(64)  # what a broken download leaves, and no picture ends in
BITS = b"\x00" + bytes(range(1, 255)) * 16
FORMATS = {"JPEG", "MPO"}
STRIP = 256  # rows
SMALL = (240, 240)  # enough to see whether anything changes: an eighth of most
GREY = {127, 128}  # what stands for nothing, in every channel
Opening = Callable[[], Image.Image]


class CutOff(OSError):
    """Raised when the end of a picture is missing."""


def has_mark(file: bytes | mmap.mmap) -> bool:
    """Whether an end is marked after the picture has begun: the small pictures in its notes have ends, too."""
    return end_of(file) >= 0


def end_of(file: bytes | mmap.mmap) -> int:
    """Where its end is marked, or -1."""
    at, mark, begun = 2, MARK, False
    for _ in range(MOST_PARTS):
        found = mark.search(file, at)
        if found is None or (found[1][0] == EOI and not begun):
            return -1
        if found[1][0] == EOI:
            return found.start()
        at = found.end()
        if found[1][0] == SOS:
            begun, mark = True, MARK_WITHIN
        elif found[1][0] not in ALONE:
            at += max(2, int.from_bytes(file[at : at + 2], "big"))
    return file.find(END, at) if begun else -1


def load(opened: Image.Image, again: Opening, size: tuple[int, int] | None = None) -> Image.Image:
    """Decodes a picture of any kind, a JPEG not much larger than `size`. `again` opens the same one once more. Raises
    CutOff, and whatever Pillow raises."""
    if opened.format not in FORMATS:
        return decode(opened, size)
    if not is_marked(opened):
        # One after the other: there is room for one of them.
        without = checksum(decode(followed_by(again(), END), size))
        if without != checksum(decode(followed_by(opened, BITS + END), size)):
            raise CutOff("the end of the picture is missing")
        return opened
    decode(opened, size)
    if looks_empty(opened) and lacks_bits(bytes_of(again())):
        raise CutOff("its end is marked, and it is not there")
    return opened


def looks_empty(picture: Image.Image) -> bool:
    """Whether there may be nothing in its last corner. What is drawn coarse first and fine later is never empty."""
    if picture.info.get("progressive"):
        return True
    last: Any = picture.getpixel((picture.width - 1, picture.height - 1))
    return GREY.issuperset(last if isinstance(last, tuple) else (last,))


def lacks_bits(file: bytes) -> bool:
    """Whether something else before its mark changes the picture. Both are small."""
    body = file[: end_of(file)]
    found = {
        checksum(decode(followed_by(Image.open(BytesIO(body), formats=("JPEG",)), tail), SMALL))
        for tail in (END, BITS + END)
    }
    return len(found) > 1


def bytes_of(opened: Image.Image) -> bytes:
    one: Any = opened
    one.fp.seek(0)
    return one.fp.read()


def is_cut(file: bytes, size: tuple[int, int]) -> bool:
    """Of a JPEG that stands in another file. What cannot be read at all is not known to be cut off."""

    def open_it() -> Image.Image:
        return Image.open(BytesIO(file), formats=("JPEG",))

    marked = has_mark(file)
    try:
        opened = open_it()
    except Exception:
        return False
    try:
        load(opened, open_it, SMALL if marked else size)
    except CutOff:
        return True
    except (OSError, SyntaxError, ValueError):
        return not marked
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
