"""A page with its reader's name on it, drawn in a process of its own (`printing/printer.py`)."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from meetingroom.printing.glyphs import fit_text
from meetingroom.printing.typefaces import BOLD, FONTS

QUALITY = 82
ACROSS, FOOT = 0.12, 0.75  # how dark the lines across the page and the line at its foot are
ANGLE = 35
PAGES = 4  # 1,920 by 1,358 dots are 8 MB


def draw(request: dict) -> tuple[dict, bytes]:
    """{path, changed, size, words} → the page as JPEG; `path` may be asked for by forty readers in a row."""
    words = fit_text(request["words"])
    picture = page(request["path"], request["changed"], request["size"]).copy()
    wide, high = picture.size
    diagonal = int((wide**2 + high**2) ** 0.5)
    lines = Image.new("L", (diagonal, diagonal), 0)
    pen, font = ImageDraw.Draw(lines), font_for(words, min(diagonal * 0.66, wide * 1.02), max(wide, high) / 26)
    for step in (-1, 0, 1):
        pen.text((diagonal / 2, diagonal * (0.5 + step / 4.2)), words, 255, font, anchor="mm")
    lines = lines.rotate(ANGLE)
    left, top = (diagonal - wide) // 2, (diagonal - high) // 2
    layer = lines.crop((left, top, left + wide, top + high)).point([round(value * ACROSS) for value in range(256)])
    foot = font_for(words, wide * 0.94, max(wide, high) / 75)
    ImageDraw.Draw(layer).text((wide / 2, high - high / 110), words, int(255 * FOOT), foot, anchor="mb")
    # Dark on light, light on dark: a slide with a black ground bears the name as well.
    picture.paste((255, 255, 255) if is_dark(picture) else (0, 0, 0), mask=layer)
    file = BytesIO()
    picture.save(file, "JPEG", quality=QUALITY)
    return {}, file.getvalue()


@lru_cache(maxsize=PAGES)
def page(path: str, changed: int, size: int) -> Image.Image:
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((size, size))
    return picture


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
