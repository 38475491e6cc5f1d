"""The two photographs of exhibits in the demo's case file: what a camera with a flash made of a table with things."""

import io
from functools import cache
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader

SIZE = (900, 640)
TABLE, DARK, PALE, BLUE, RED = (124, 92, 66), (38, 40, 46), (236, 233, 226), (46, 70, 120), (150, 24, 34)


def photograph(number: int) -> ImageReader:
    """As it is mounted on its sheet."""
    return ImageReader(io.BytesIO(taken(number)))


@cache
def taken(number: int) -> bytes:
    """The JPEG. Sheet 241: the printer and the blank forms; 242: the seal and two telephones."""
    sheet = Image.new("RGB", SIZE, TABLE)
    draw = ImageDraw.Draw(sheet)
    for k in range(0, SIZE[0], 9):  # the grain of the wood
        draw.line([(k, 0), (k + 40, SIZE[1])], fill=tuple(v - (k * 7) % 13 for v in TABLE), width=5)
    (printer if number == 241 else telephones)(draw)
    ruler(draw)
    flash = Image.radial_gradient("L").resize(SIZE).point(lambda value: 255 - value * 2 // 5)
    random = Random(number)  # noqa: S311 - grain, not a secret
    grain = Image.frombytes("L", SIZE, random.randbytes(SIZE[0] * SIZE[1])).point(lambda value: 255 - value // 12)
    sheet = ImageChops.multiply(sheet.filter(ImageFilter.GaussianBlur(1.1)), Image.merge("RGB", (flash,) * 3))
    found = io.BytesIO()
    ImageChops.multiply(sheet, Image.merge("RGB", (grain,) * 3)).rotate(
        1.2, Image.Resampling.BICUBIC, fillcolor=TABLE
    ).save(found, "JPEG", quality=72)
    return found.getvalue()


def printer(draw: ImageDraw.ImageDraw) -> None:
    draw.rounded_rectangle((90, 120, 520, 430), 18, fill=DARK)
    draw.rectangle((120, 190, 490, 214), fill=(16, 17, 20))
    draw.rounded_rectangle((390, 140, 480, 170), 6, fill=(70, 110, 90))
    draw.polygon([(150, 400), (460, 400), (500, 520), (110, 520)], fill=PALE)
    for k in range(6):
        x, y = 560 + 12 * k, 150 + 26 * k
        draw.rectangle((x, y, x + 220, y + 160), fill=(214, 206, 190 - 6 * k), outline=(160, 150, 130))
        draw.rectangle((x + 14, y + 14, x + 206, y + 40), fill=RED)


def telephones(draw: ImageDraw.ImageDraw) -> None:
    for x, colour in ((120, DARK), (330, BLUE)):
        draw.rounded_rectangle((x, 110, x + 170, 450), 22, fill=colour)
        draw.rounded_rectangle((x + 10, 135, x + 160, 425), 8, fill=(20, 24, 30))
    draw.ellipse((600, 150, 760, 310), fill=RED)
    draw.ellipse((618, 168, 742, 292), outline=(220, 190, 190), width=5)
    draw.rounded_rectangle((655, 300, 705, 450), 14, fill=(66, 50, 38))


def ruler(draw: ImageDraw.ImageDraw) -> None:
    """The scale that lies beside what is photographed."""
    draw.rectangle((120, 560, 780, 600), fill=(244, 226, 120))
    for k in range(34):
        draw.line([(120 + 20 * k, 560), (120 + 20 * k, 575 if k % 5 else 588)], fill=DARK, width=2)
