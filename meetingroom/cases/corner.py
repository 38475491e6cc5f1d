"""What the picture of a scanned page tells without its words: its corners with the stamped number, whether anything
stands on it, and what it looks like. Only Pillow; takes some hundredths of a second."""

import hashlib
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageChops, ImageOps

from meetingroom.recognition import skew

ACROSS, DOWN = 1 / 3, 1 / 10  # of the page: where the stamp of the investigators stands
MARGIN = 0.004  # the edge of the scanner's glass
DIGITS_HIGH = 150  # pixels of a corner that is read: stamps are small
SIGNS = 96  # squares a side of what a page looks like: rows of two statements must not become one
FEW = 50  # of its bits: hardly anything stands there, and many pages look like that
PAPER = 48  # levels darker than the paper is ink

# The investigators' stamp, the procuracy's, and where the first one is on a page that lies upside down.
TOP, BOTTOM, TURNED = "top", "bottom", "turned"
PLACES = (TOP, BOTTOM, TURNED)


@dataclass(frozen=True)
class Look:
    """`ink` is the part of the page that is dark; `picture` a hash: a copy of the page has the same."""

    picture: str
    ink: float


def corner(picture: Image.Image, place: str = TOP) -> Image.Image | None:
    """The grey corner where a number is stamped, large enough to be read; None: nothing stands there."""
    across, down = picture.size
    left, right = (MARGIN, ACROSS) if place == TURNED else (1 - ACROSS, 1 - MARGIN)
    top, bottom = (MARGIN, DOWN) if place == TOP else (1 - DOWN, 1 - MARGIN)
    box = (round(across * left), round(down * top), round(across * right), round(down * bottom))
    grey = darkest(picture.crop(box).convert("RGB"))
    if not has_ink(grey):
        return None
    if place == TURNED:
        grey = grey.transpose(Image.Transpose.ROTATE_180)
    factor = max(1, -(-DIGITS_HIGH // max(1, grey.height)))
    large = grey.resize((grey.width * factor, grey.height * factor), Image.Resampling.LANCZOS) if factor > 1 else grey
    return ImageOps.expand(ImageOps.autocontrast(large, cutoff=1), border=20, fill=255)


def darkest(picture: Image.Image) -> Image.Image:
    """Grey in which a red, a violet and a blue stamp are as dark as ink."""
    red, green, blue = picture.split()
    return ImageChops.darker(ImageChops.darker(red, green), blue)


def has_ink(grey: Image.Image) -> bool:
    return ink_of(grey) > 0.001


def ink_of(grey: Image.Image) -> float:
    """The part that is darker than the paper."""
    levels = grey.histogram()
    return sum(levels[: max(0, skew.middle(levels) - PAPER)]) / max(1, grey.width * grey.height)


def look(picture: Image.Image) -> Look:
    """Of a page as it is shown, without its edges."""
    grey = picture.convert("L")
    width, height = grey.size
    inner = grey.crop((round(width * 0.02), round(height * 0.02), round(width * 0.98), round(height * 0.98)))
    return Look(signs(inner), round(ink_of(inner.reduce(2)), 6))


def signs(grey: Image.Image) -> str:
    """A hash of how light changes over the page; "" of one on which hardly anything does."""
    small = grey.resize((SIGNS + 1, SIGNS), Image.Resampling.BOX)
    levels = small.tobytes()
    bits = 0
    for row in range(SIGNS):
        line = levels[row * (SIGNS + 1) : (row + 1) * (SIGNS + 1)]
        for one, other in pairwise(line):
            bits = bits << 1 | (one > other + 2)
    if bits.bit_count() < FEW:
        return ""
    return hashlib.sha256(bits.to_bytes(SIGNS * SIGNS // 8)).hexdigest()[:32]
