"""A page with its reader's name on it, drawn in a process of its own (`printing/printer.py`).

It is drawn in two parts, of which a JPEG is joined (`jpeg_rows.py`): the body, which can be drawn ahead, and the foot,
which bears the moment and is drawn when the page is opened.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from meetingroom.documents import jpeg_rows
from meetingroom.printing import FONTS
from meetingroom.printing.glyphs import fit_text
from meetingroom.printing.typefaces import BOLD

QUALITY = 82
ACROSS, FOOT = 0.12, 0.75  # how dark the lines across the page and the line at its foot are
ANGLE = 35
PAGES = 8  # 1,920 by 1,358 dots are 8 MB
FOOT_ROWS = 4 * jpeg_rows.HEIGHT  # at least, in which the line at the foot stands


@dataclass(frozen=True)
class Sheet:
    """A page as it is before anybody opens it: its light and its two colours."""

    light: Image.Image
    blue: Image.Image
    red: Image.Image
    dark: bool


def draw(request: dict) -> tuple[dict, bytes]:
    """{path, changed, size, across?, foot?} → the page as JPEG, or (`across` or `foot` alone) its body or its foot."""
    sheet = sheet_of(request["path"], request["changed"], request["size"])
    parts = []
    if words := request.get("across"):
        parts.append(body(sheet, fit_text(words)))
    if words := request.get("foot"):
        parts.append(foot(sheet, fit_text(words)))
    return {}, parts[0] if len(parts) == 1 else jpeg_rows.join(*parts)


def body(sheet: Sheet, words: str) -> bytes:
    """All but the foot, with the words three times across."""
    wide, high = sheet.light.size
    diagonal = (wide**2 + high**2) ** 0.5
    font = font_for(words, min(diagonal * 0.66, wide * 1.02), max(wide, high) / 26)
    strip = Image.new("L", (int(font.getlength(words)) + 8, int(font.size * 1.5)), 0)
    ImageDraw.Draw(strip).text((strip.width / 2, strip.height / 2), words, 255, font, anchor="mm")
    line = strip.rotate(ANGLE, expand=True).point([round(n * ACROSS) for n in range(256)])
    until = begin_of_foot(high)
    light = sheet.light.crop((0, 0, wide, until))
    along, down = (0, high * 0.28) if high >= wide else (wide * 0.19, 0)  # each is whole on the page
    for n in (-1, 0, 1):
        place = (round(wide / 2 + n * along - line.width / 2), round(high / 2 + n * down - line.height / 2))
        light.paste(ink(sheet), place, line)
    return encode(light, sheet, 0, until)


def foot(sheet: Sheet, words: str) -> bytes:
    wide, high = sheet.light.size
    begin = begin_of_foot(high)
    light = sheet.light.crop((0, begin, wide, high))
    font = font_for(words, wide * 0.94, max(wide, high) / 75)
    layer = Image.new("L", light.size, 0)
    ImageDraw.Draw(layer).text((wide / 2, light.height - high / 110), words, int(255 * FOOT), font, anchor="mb")
    light.paste(ink(sheet), mask=layer)
    return encode(light, sheet, begin, high)


def ink(sheet: Sheet) -> int:
    """Dark on light, light on dark: a slide with a black ground bears the name as well."""
    return 255 if sheet.dark else 0


def begin_of_foot(high: int) -> int:
    return max(jpeg_rows.HEIGHT, (high - FOOT_ROWS) // jpeg_rows.HEIGHT * jpeg_rows.HEIGHT)


def encode(light: Image.Image, sheet: Sheet, begin: int, end: int) -> bytes:
    """The rows of a page; only their light has changed."""
    colours = [each.crop((0, begin, each.width, end)) for each in (sheet.blue, sheet.red)]
    file = BytesIO()
    Image.merge("YCbCr", (light, *colours)).save(file, "JPEG", quality=QUALITY, **jpeg_rows.HOW)
    return file.getvalue()


@lru_cache(maxsize=PAGES)
def sheet_of(path: str, changed: int, size: int) -> Sheet:
    """`path` may be asked for by forty readers in a row."""
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((size, size))
    light, blue, red = picture.convert("YCbCr").split()
    return Sheet(light, blue, red, is_dark(picture))


def is_dark(picture: Image.Image) -> bool:
    return picture.resize((1, 1), Image.Resampling.BOX).convert("L").getpixel((0, 0)) < 110  # type: ignore[operator]


def font_for(words: str, widest: float, size: float) -> ImageFont.FreeTypeFont:
    """As large as asked for, or as fits."""
    font = face(max(8, int(size)))
    needed = font.getlength(words)
    return font if needed <= widest else face(max(8, int(font.size * widest / needed)))


@lru_cache(maxsize=64)
def face(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{BOLD}.ttf"), size)
