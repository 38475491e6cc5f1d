"""A scanned page made ready for recognition, and what is found on it brought back to the page as people see it.

Only Pillow, and only a copy: the picture that people see and mark is never turned. Runs inside a render process.
"""

import math
from itertools import pairwise

from PIL import Image, ImageChops

Box = tuple[float, float, float, float]  # x, y, width, height
Size = tuple[int, int]

RED_SHARE = 0.003  # of the page: from here on there is a stamp over it
RED_AT_ALL = 0.0003  # of its top third: there may be words in red
REDDER = 60  # levels that red must be above green and blue
SMALL = 800  # pixels of the long edge are enough to see how lines lie
STEEPEST = 5.0  # degrees
LEAST = 0.15  # degrees; less than this costs nothing
PAPER_TO_INK = 50  # levels
INK_SHARE = 0.0001


def redness(picture: Image.Image) -> Image.Image:
    """How much redder than anything else each pixel is."""
    red, green, blue = picture.split()
    return ImageChops.subtract(red, ImageChops.lighter(green, blue))


def red_share(picture: Image.Image) -> float:
    """The part of an RGB picture that is red."""
    levels = redness(picture.reduce(2)).histogram()
    return sum(levels[REDDER:]) / sum(levels)


def one_channel(picture: Image.Image) -> Image.Image:
    """Grey; through a red glass where a stamp is printed over the text, so that it is as white as the paper."""
    return picture.getchannel("R") if red_share(picture) > RED_SHARE else picture.convert("L")


def red_words(picture: Image.Image) -> Image.Image | None:
    """What is printed in red in the top third, black on white; None if there is nothing."""
    top = picture.crop((0, 0, picture.width, max(1, picture.height // 3)))
    if red_share(top) <= RED_AT_ALL:
        return None
    return redness(top).point([max(0, 255 - 2 * level) for level in range(256)])


def has_ink(grey: Image.Image) -> bool:
    """Whether anything stands on the page; the grain of a scan is nothing."""
    small = grey.reduce(3)
    levels = small.histogram()
    paper = middle(levels)
    dark = sum(levels[: max(0, paper - PAPER_TO_INK)])
    return dark > INK_SHARE * small.width * small.height or paper < PAPER_TO_INK


def middle(levels: list[int]) -> int:
    """The level that half of the pixels do not exceed."""
    half, seen = sum(levels) / 2, 0
    for level, count in enumerate(levels):
        seen += count
        if seen >= half:
            return level
    return 255


def find_skew(grey: Image.Image) -> float:
    """By how many degrees the page must be turned (counter-clockwise) for its lines to lie flat; 0.0 if they do.

    Where lines lie flat, the rows of pixels differ most from their neighbours.
    """
    small = ImageChops.invert(grey.resize(scaled(grey.size, SMALL), Image.Resampling.BOX))

    def sharpness(angle: float) -> int:
        turned = small.rotate(angle, Image.Resampling.BILINEAR) if angle else small
        rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
        return sum((one - next_) ** 2 for one, next_ in pairwise(rows))

    def best_of(angles) -> float:
        return max(angles, key=lambda angle: (sharpness(angle), -abs(angle)))

    rough = best_of([n / 2 for n in range(-int(STEEPEST * 2), int(STEEPEST * 2) + 1)])
    fine = best_of([rough + n / 10 for n in range(-4, 5)])
    return round(fine, 2) if abs(fine) >= LEAST else 0.0


def scaled(size: Size, long_edge: int) -> Size:
    factor = min(1.0, long_edge / max(size))
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def straighten(grey: Image.Image, angle: float) -> Image.Image:
    """The page turned by so many degrees, nothing cut off."""
    return grey.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255) if angle else grey


def turn_back(box: Box, angle: float, turned: Size, size: Size) -> list[float]:
    """A box of the straightened page (in pixels) as a box of the page as shown, in fractions of it."""
    x, y, width, height = box
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    corners = []
    for across, down in ((x, y), (x + width, y), (x, y + height), (x + width, y + height)):
        right, below = across - turned[0] / 2, down - turned[1] / 2
        corners.append((cos * right - sin * below + size[0] / 2, sin * right + cos * below + size[1] / 2))
    left, top = (min(corner[n] for corner in corners) for n in (0, 1))
    end, bottom = (max(corner[n] for corner in corners) for n in (0, 1))
    left, end = (min(max(edge / size[0], 0.0), 1.0) for edge in (left, end))
    top, bottom = (min(max(edge / size[1], 0.0), 1.0) for edge in (top, bottom))
    return [round(part, 5) for part in (left, top, end - left, bottom - top)]
