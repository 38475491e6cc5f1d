"""The page that stands in for one that could not be drawn, and says so."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from meetingroom.printing import FONTS

FONT = FONTS / "LiberationSerif-Regular.ttf"
PAPER, EDGE, INK = "#ffffff", "#c9cdd3", "#3a4048"


def draw(number: int, width: float, height: float, long_edge: int) -> bytes:
    """WebP of the page's own proportions. In both languages: pages are drawn once, for everybody."""
    factor = long_edge / max(width, height)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    picture = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(picture)
    margin = long_edge // 40
    if min(size) > 4 * margin:
        frame = (margin, margin, size[0] - margin, size[1] - margin)
        pen.rectangle(frame, outline=EDGE, width=max(1, long_edge // 480))
    lines = ((f"Trang {number} không hiển thị được", 18), (f"Page {number} could not be shown", 28))
    for line, (words, part) in enumerate(lines):
        font = ImageFont.truetype(str(FONT), max(8, min(size[0], long_edge) // part))
        pen.text((size[0] / 2, size[1] / 2 + line * long_edge / 16), words, fill=INK, font=font, anchor="mm")
    out = BytesIO()
    picture.save(out, "WEBP", lossless=True, quality=75, method=1)
    return out.getvalue()
