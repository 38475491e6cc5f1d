"""Pictures whose bytes a PDF can hold as they are: JPEG, most PNGs, and the black and white sheets of a scanner (TIFF
with one strip of CCITT group 4). Only their heads are read; everything else must be decoded first, behind the wall
(`loose_picture.py`)."""

import math
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from meetingroom.config import MEGABYTE
from meetingroom.documents import jpeg_end, kinds, tiff_pages
from meetingroom.documents.file_rejected import FileRejected

PIXELS_LIMIT = 120_000_000  # of an uploaded picture: 10,950 x 10,950
LARGEST = 150 * MEGABYTE  # a file that is held in memory
BY_SCANNER, BY_ANYBODY = (50, 2400), (100, 1200)  # dots an inch; whoever photographs says 72 and does not know
EXIF_HELD = 0x0112
INCH = 0.0254  # metres
COLOURS = {"L": "Gray", "RGB": "RGB", "CMYK": "CMYK"}
CHANNELS = {"Gray": 1, "RGB": 3, "CMYK": 4}
PNG_COLOURS = {0: "Gray", 2: "RGB", 3: "Gray"}  # of a palette each pixel is one number, too
GROUP_4 = 4
REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


@dataclass(frozen=True)
class Sheet:
    """One page-to-be. `packing`: "DCT", "Flate" (rows with PNG's filters) or "CCITT"; `inverted`: ink is written as 0
    (CMYK), or white is (CCITT); `palette`: three bytes a colour; `dots` an inch, across and down, or 0; `held`: EXIF's
    eight ways."""

    data: bytes
    size: tuple[int, int]
    packing: str
    colours: str = "Gray"
    bits: int = 8
    palette: bytes = b""
    inverted: bool = False
    dots: tuple[float, float] = (0.0, 0.0)
    held: int = 1


def read(path: Path, most: int = 1) -> list[Sheet] | None:
    """The pictures of a file; None where they must be decoded first. Raises FileRejected: picture_too_large |
    too_many_pages."""
    if path.stat().st_size > LARGEST:
        return None
    with path.open("rb") as file:
        head = file.read(16)
        for kind, reader in READERS.items():
            if kinds.KINDS[kind].begins(head):
                file.seek(0)
                return reader(file, most)
    return None


def read_jpeg(file: BinaryIO, most: int) -> list[Sheet] | None:
    """None: in unusual colours, damaged, or without a mark at its end."""
    try:
        with Image.open(file, formats=("JPEG",)) as head:
            dots = believable(head.info.get("dpi", (0, 0)), BY_ANYBODY)
            inverted = head.mode == "CMYK" and "adobe" in head.info  # so do Adobe's programs
            size, colours, held = head.size, COLOURS[head.mode], read_held(head)
    except Image.DecompressionBombError:
        raise too_large() from None
    except (OSError, SyntaxError, ValueError, KeyError, TypeError):
        return None
    check_size(size)
    file.seek(0)
    data = file.read()
    if not jpeg_end.has_mark(data):
        return None
    return [Sheet(data, size, "DCT", colours, inverted=inverted, dots=dots, held=held)]


def read_held(head: Image.Image) -> int:
    """A camera's own notes may be broken; the picture is a page all the same."""
    try:
        held = head.getexif().get(EXIF_HELD, 1)
    except Exception:
        return 1
    return held if held in range(1, 9) else 1


def read_png(file: BinaryIO, most: int) -> list[Sheet] | None:
    """None: with transparency, interlaced, of 16 bits, or damaged."""
    file.seek(len(kinds.PNG))
    found: dict[bytes, bytes] = {}
    parts: list[bytes] = []
    try:
        while b"IEND" not in found:
            length, name = struct.unpack(">I4s", file.read(8))
            data = file.read(length)
            if file.read(4) != struct.pack(">I", zlib.crc32(data, zlib.crc32(name))):
                return None
            if name == b"IDAT":
                parts.append(data)
            else:
                found.setdefault(name, data)
        width, height, bits, kind, *rest = struct.unpack(">IIBBBBB", found[b"IHDR"])
    except (struct.error, KeyError):
        return None
    check_size((width, height))
    colours, palette = PNG_COLOURS.get(kind), found.get(b"PLTE", b"") if kind == 3 else b""
    if colours is None or rest != [0, 0, 0] or bits > 8 or b"tRNS" in found or (kind == 3 and not palette):
        return None
    if not (width and height and parts):
        return None
    dots, held = png_dots(found.get(b"pHYs", b"")), png_held(found.get(b"eXIf", b""))
    return [Sheet(b"".join(parts), (width, height), "Flate", colours, bits, palette, dots=dots, held=held)]


def png_dots(physical: bytes) -> tuple[float, float]:
    if len(physical) != 9 or physical[8] != 1:  # 1: metres
        return 0.0, 0.0
    across, down = struct.unpack(">II", physical[:8])
    return believable((across * INCH, down * INCH), BY_ANYBODY)


def png_held(notes: bytes) -> int:
    """EXIF is written as a TIFF."""
    try:
        return tiff_pages.held(next(tiff_pages.directories(BytesIO(notes)), {}))
    except tiff_pages.DAMAGED:
        return 1


def read_tiff(file: BinaryIO, most: int) -> list[Sheet] | None:
    """None: where one of its pictures is packed in another way."""
    found: list[Sheet] = []
    room = LARGEST  # many pictures may say that they are the same bytes
    try:
        for tags in tiff_pages.directories(file):
            sheet = read_fax(file, tags)
            if sheet is None or len(sheet.data) > room:
                return None
            if len(found) >= most:
                raise FileRejected("too_many_pages", limit=most)
            room -= len(sheet.data)
            found.append(sheet)
    except tiff_pages.DAMAGED:
        return None
    return found or None


def read_fax(file: BinaryIO, tags: dict[int, tuple[int, ...]]) -> Sheet | None:
    def of(tag: int, otherwise: int) -> int:
        return tiff_pages.first(tags, tag, otherwise)

    size = of(tiff_pages.WIDTH, 0), of(tiff_pages.HEIGHT, 0)
    check_size(size)
    plain = of(tiff_pages.BITS, 1) == of(tiff_pages.SAMPLES, 1) == 1 and of(tiff_pages.FAX_OPTIONS, 0) == 0
    at, length = of(tiff_pages.STRIPS, -1), of(tiff_pages.STRIP_BYTES, -1)
    packed, white, order = of(tiff_pages.COMPRESSION, 1), of(tiff_pages.PHOTOMETRIC, -1), of(tiff_pages.FILL_ORDER, 1)
    if not (plain and packed == GROUP_4 and white in (0, 1) and order in (1, 2) and at > 0 and 0 < length <= LARGEST):
        return None
    file.seek(at)
    data = file.read(length)
    if len(data) < length or min(size) < 1:
        return None
    if order == 2:
        data = data.translate(REVERSED)
    dots = believable(tiff_pages.dots(tags), BY_SCANNER)
    return Sheet(data, size, "CCITT", bits=1, inverted=white == 1, dots=dots, held=tiff_pages.held(tags))


def believable(dots, bounds: tuple[int, int]) -> tuple[float, float]:
    """Both of them as they are said, or none."""
    try:
        across, down = map(float, dots)
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    lowest, highest = bounds
    sound = all(math.isfinite(each) and lowest <= each <= highest for each in (across, down))
    return (across, down) if sound else (0.0, 0.0)


def check_size(size: tuple[int, int]) -> None:
    if size[0] * size[1] > PIXELS_LIMIT:
        raise too_large()


def too_large() -> FileRejected:
    return FileRejected("picture_too_large", limit=PIXELS_LIMIT // 1_000_000)


Reader = Callable[[BinaryIO, int], list[Sheet] | None]
READERS: dict[str, Reader] = {"jpg": read_jpeg, "png": read_png, "tif": read_tiff}
