"""What a signature looks like on the page: a picture, or words. Pure; a page of PDF as large as the field."""

import datetime
from io import BytesIO

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from meetingroom.printing import page_layout, typefaces
from meetingroom.printing.page_format import MM
from meetingroom.signing import places

WORDS = 10  # points, by the decree


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
    lines = [(typefaces.REGULAR, f"Người ký: {name}"), (typefaces.REGULAR, f"Thời gian ký: {iso(at)}")]
    return draw_lines(lines, width, height)


def draw_attachment(number: str, at: datetime.datetime, width: float, height: float) -> bytes:
    """On a paper that belongs to another one: its number, and when it was signed (Decree 30/2020/NĐ-CP, annex I)."""
    lines = [(typefaces.REGULAR, number), (typefaces.REGULAR, iso(at))]
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
    typefaces.load()
    file = BytesIO()
    canvas = Canvas(file, pagesize=(width, height), initialFontName=typefaces.REGULAR, invariant=True)
    canvas.setFillColorRGB(0, 0, 0)
    return file, canvas


def finish(file: BytesIO, canvas: Canvas) -> bytes:
    canvas.showPage()
    canvas.save()
    return file.getvalue()
