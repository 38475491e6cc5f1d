"""What a signature looks like on the page: a picture, or words. Pure; a page of PDF as large as the field."""

import datetime
from io import BytesIO

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from meetingroom.printing import page_layout
from meetingroom.printing.page_layout import MM
from meetingroom.signing import places

LARGEST_PICTURE = 200_000  # bytes
MOST_PIXELS = 4_000_000
WORDS = 10  # points, by the decree


class BadPicture(ValueError):
    """The argument is why, as a code."""


def check_picture(data: bytes) -> bytes:
    """A picture of a signature or a seal, written anew: nothing but its pixels. Raises BadPicture: picture_too_large |
    not_a_png | picture_not_transparent."""
    if len(data) > LARGEST_PICTURE:
        raise BadPicture("picture_too_large")
    try:
        with Image.open(BytesIO(data), formats=("PNG",)) as found:
            if found.width * found.height > MOST_PIXELS:
                raise BadPicture("picture_too_large")
            picture = found.convert("RGBA")
    except BadPicture:
        raise
    except Exception as error:  # Pillow has many ways to say so
        raise BadPicture("not_a_png") from error
    # A photograph on white paper would cover the office and the name.
    clear = picture.getchannel("A").histogram()[0]
    if clear < picture.width * picture.height * 0.2:
        raise BadPicture("picture_not_transparent")
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def draw_picture(picture: bytes, width: float, height: float, field: str) -> bytes:
    """A picture in the middle of the field; a seal fills it."""
    room = (width, height) if field == places.AGENCY else (min(width, places.PICTURE_MM * MM), height)
    with Image.open(BytesIO(picture), formats=("PNG",)) as found:
        scale = min(room[0] / found.width, room[1] / found.height)
        size = found.width * scale, found.height * scale
    file, canvas = start(width, height)
    canvas.drawImage(
        ImageReader(BytesIO(picture)), (width - size[0]) / 2, (height - size[1]) / 2, *size, mask="auto"
    )  # fmt: skip
    return finish(file, canvas)


def draw_words(name: str, at: datetime.datetime, width: float, height: float) -> bytes:
    """Where there is no picture: who signed and when."""
    lines = [(page_layout.REGULAR, f"Người ký: {name}"), (page_layout.REGULAR, f"Thời gian ký: {iso(at)}")]
    return draw_lines(lines, width, height)


def draw_attachment(number: str, at: datetime.datetime, width: float, height: float) -> bytes:
    """On a paper that belongs to another one: its number, and when it was signed (Decree 30/2020/NĐ-CP, annex I)."""
    lines = [(page_layout.REGULAR, number), (page_layout.REGULAR, iso(at))]
    return draw_lines([line for line in lines if line[1]], width, height)


def iso(at: datetime.datetime) -> str:
    """`20/11/2026 16:05:09 +07:00`: day, hour, and the time zone as ISO 8601 has it."""
    zone = f"{at:%z}"
    return f"{at:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:]}"


def draw_lines(lines: list[tuple[str, str]], width: float, height: float) -> bytes:
    file, canvas = start(width, height)
    broken = [(face, part) for face, text in lines for part in page_layout.break_lines(text, face, WORDS, width - 4)]
    step = min(WORDS * 1.2, height / max(1, len(broken)))
    y = height / 2 + step * len(broken) / 2 - step * 0.8
    for face, text in broken:
        size = min(WORDS, step / 1.2)
        canvas.setFont(face, size)
        canvas.drawCentredString(width / 2, y, text)
        y -= step
    return finish(file, canvas)


def start(width: float, height: float) -> tuple[BytesIO, Canvas]:
    page_layout.register_fonts()
    file = BytesIO()
    canvas = Canvas(file, pagesize=(width, height), initialFontName=page_layout.REGULAR, invariant=True)
    canvas.setFillColorRGB(0, 0, 0)
    return file, canvas


def finish(file: BytesIO, canvas: Canvas) -> bytes:
    canvas.showPage()
    canvas.save()
    return file.getvalue()
