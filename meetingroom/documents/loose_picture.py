"""A picture that no PDF can hold as it is, decoded and written anew. Runs inside a render process, never in the server
or the worker.

What was kept without loss stays so: black and white as CCITT group 4, everything else as PNG. What was lossy before
(HEIC, WebP, JPEG inside a TIFF), and what would become larger than `LARGEST`, is a JPEG of high quality.
"""

from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO, cast

from PIL import Image

from meetingroom.config import MEGABYTE
from meetingroom.documents import jpeg_end, page_pictures, sheets
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.page_pictures import PIXELS_LIMIT, opening_picture, put_on_white

FAMILY = "loose"  # of what a render process opens, beside those of `kinds.py`
LARGEST = 60 * MEGABYTE  # a render process writes no larger file
LOSSY = {"HEIF", "WEBP", "JPEG", "MPO"}
SIXTEEN_BITS = {"I;16", "I;16B", "I;16L", "I", "F"}
STRIP = 256  # rows that are converted at once: there is room for two copies of a picture, not for three
JPEG = {"quality": 92, "subsampling": 0}


class LoosePicture:
    """Opened, not decoded yet. Raises FileRejected: damaged | picture_too_large."""

    warnings: tuple = ()

    def __init__(self, path: Path | BinaryIO):
        self.path = path
        self.opened = page_pictures.open_picture(path)
        with opening_picture():
            self.pages, self.cut = page_pictures.count_pages(self.opened)

    def write(self, number: int, place: Path) -> dict:
        """Writes one of its pictures as `sheets.py` reads it; how it was held and its dots an inch are the answer."""
        if self.cut:
            raise FileRejected("damaged")
        with opening_picture():
            if self.pages > 1:
                self.opened.seek(number - 1)
            if self.opened.width * self.opened.height > PIXELS_LIMIT:
                raise FileRejected("picture_too_large", limit=PIXELS_LIMIT // 1_000_000)
            jpeg_end.load(self.opened, lambda: page_pictures.open_picture(self.path))
            bounds = sheets.BY_SCANNER if self.opened.format == "TIFF" else sheets.BY_ANYBODY
            dots = sheets.believable(self.opened.info.get("dpi", (0, 0)), bounds)
            # A TIFF has been turned by Pillow already.
            held = 1 if self.opened.format == "TIFF" else sheets.read_held(self.opened)
            lossy = self.opened.format in LOSSY or self.opened.info.get("compression") in ("jpeg", "tiff_jpeg")
            picture = to_paper(self.opened)
            picture.info = {}
        save(picture, place, lossy)
        return {"held": held, "dots": dots}


def to_paper(picture: Image.Image) -> Image.Image:
    """1, L, RGB or P; what is transparent becomes paper."""
    see_through = "transparency" in picture.info
    if picture.mode in {"1", "L", "RGB", "P"} and not see_through:
        return picture
    whole = Image.new("L" if picture.mode in SIXTEEN_BITS else "RGB", picture.size)
    for top in range(0, picture.height, STRIP):
        strip = put_on_white(picture.crop((0, top, picture.width, min(picture.height, top + STRIP))))
        whole.paste(strip.convert(whole.mode), (0, top))
    return whole


def save(picture: Image.Image, place: Path, lossy: bool) -> None:
    if picture.mode == "1":
        out = BytesIO()
        # A copy: Pillow would write a TIFF's own notes anew.
        picture.copy().save(out, "TIFF", compression="group4", strip_size=2**31 - 1)
        place.write_bytes(out.getvalue())
        return
    try:
        if not lossy:
            with place.open("wb") as file:
                picture.save(cast("IO[bytes]", Bounded(file, LARGEST)), "PNG", compress_level=4)
            return
    except TooMuch:
        pass
    with place.open("wb") as file:
        (picture.convert("RGB") if picture.mode == "P" else picture).save(file, "JPEG", **JPEG)


class TooMuch(Exception):
    """Raised when a file becomes larger than it may."""


class Bounded:
    """A file of so many bytes at most."""

    def __init__(self, file: BinaryIO, most: int):
        self.file, self.left = file, most

    def write(self, data: bytes) -> int:
        self.left -= len(data)
        if self.left < 0:
            raise TooMuch
        return self.file.write(data)

    def flush(self) -> None:
        self.file.flush()
