"""Sheets of the demo's case file as a scanner sees them: paper, a slight tilt, signatures, seals, a stamped number."""

import io
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from random import Random

from PIL import Image
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from meetingroom.demo import case_photographs, case_tables
from meetingroom.demo.case_record import Sheets, passages, rows
from meetingroom.demo.charts import wrapped
from meetingroom.demo.scan import PEN, seal, sign
from meetingroom.demo.typeset import faces

INK = Color(0.13, 0.12, 0.15)
STAMP = Color(0.72, 0.1, 0.14, alpha=0.85)
LEFT, RIGHT, TOP, FOOT = 30 * mm, A4[0] - 18 * mm, A4[1] - 31 * mm, 22 * mm
SIZE, LEADING = 13, 19
AGENCY = ("CÔNG AN TỈNH LẠC GIANG", "CƠ QUAN CẢNH SÁT ĐIỀU TRA")
STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
OFFICER, CLERK = "Lê Quang Sơn", "Nguyễn Thu Hà"


def write_document(path: Path, sheets: Sheets) -> None:
    """The document as a PDF, one sheet a page. The same document is the same bytes."""
    faces()
    c = Canvas(str(path), pagesize=A4, invariant=1)
    c.setTitle(sheets.title)
    for number in range(sheets.first, sheets.last + 1):
        draw_sheet(c, sheets, number)
        c.showPage()
    c.save()


def draw_sheet(c: Canvas, sheets: Sheets, number: int) -> None:
    random = Random(number)  # noqa: S311 - the tilt of a sheet, not a secret
    c.drawImage(paper(), 0, 0, *A4)
    c.saveState()
    c.translate(A4[0] / 2, A4[1] / 2)
    c.rotate(random.uniform(-0.6, 0.6))
    c.translate(-A4[0] / 2 + random.uniform(-3, 3), -A4[1] / 2 + random.uniform(-3, 3))
    c.setFillColor(INK)
    y = head(c, sheets) if number == sheets.first else TOP
    last = number == sheets.last
    bottom = FOOT + (42 * mm if last else 0)
    if sheets.form == "tin":
        case_tables.messages(c, number, y, bottom)
    elif sheets.form == "anh":
        shown(c, sheets, number, y)
    elif sheets.form == "bang":
        case_tables.table(c, sheets, number, y, bottom)
    else:
        fill(c, sheets, number, y, bottom, random)
    if last:
        signatures(c, sheets)
    if number > sheets.first:
        centre(c, str(number - sheets.first + 1), A4[1] - 15 * mm, 12)
    c.restoreState()
    stamp(c, number, random)


def head(c: Canvas, sheets: Sheets) -> float:
    """Who issues it, the motto and the title; returns where the text begins."""
    left, right = 62 * mm, 148 * mm
    y = A4[1] - 32 * mm
    by_hand = sheets.form == "don"
    for k, line in enumerate(() if by_hand else AGENCY):
        c.setFont("Serif-Bold" if k else "Serif", 11)
        c.drawCentredString(left, y - 15 * k, line)
    middle = A4[0] / 2 if by_hand else right
    for k, line in enumerate(STATE):
        c.setFont("Serif-Bold", 11 if k == 0 else 12)
        c.drawCentredString(middle, y - 15 * k, line)
    c.setLineWidth(0.6)
    c.setStrokeColor(INK)
    c.line(middle - 32 * mm, y - 20, middle + 32 * mm, y - 20)
    y -= 42
    c.setFont("Serif-Italic", 12)
    c.drawCentredString(right, y, f"Lạc Giang, ngày {sheets.day:%d} tháng {sheets.day.month} năm {sheets.day:%Y}")
    y -= 34
    for line in wrapped(sheets.title.upper(), "Serif-Bold", 14, RIGHT - LEFT - 20 * mm):
        c.setFont("Serif-Bold", 14)
        c.drawCentredString(A4[0] / 2, y, line)
        y -= 19
    return y - 10


def fill(c: Canvas, sheets: Sheets, number: int, y: float, bottom: float, random: Random) -> None:
    """What the sheet says, and then the usual sentences of its form down to the foot."""
    face = "Serif-Italic" if sheets.form == "don" else "Serif"
    usual = sentences()[sheets.form]
    start = random.randrange(len(usual))
    own = said().get(number, [])
    for text in (*own, *islice(cycle(usual), start, start + len(usual))):
        for part in text.split(" — "):
            lines = broken(part, face)
            if y - LEADING * len(lines) < bottom:
                return
            for k, line in enumerate(lines):
                c.setFont(face, SIZE)
                c.drawString(LEFT + (10 * mm if k == 0 else 0), y, line)
                y -= LEADING
            y -= 5


def shown(c: Canvas, sheets: Sheets, number: int, y: float) -> None:
    """A photograph that is mounted on the sheet, with what it shows under it."""
    wide = 150 * mm
    high = wide * case_photographs.SIZE[1] / case_photographs.SIZE[0]
    c.drawImage(case_photographs.photograph(number), (A4[0] - wide) / 2, y - high, wide, high)
    centre(c, f"{sheets.title}, chụp tại nơi khám xét", y - high - 20, 12)


def signatures(c: Canvas, sheets: Sheets) -> None:
    """Who signed at the foot of the last sheet; a decision has the seal of its agency."""
    y, right = FOOT + 34 * mm, 150 * mm
    titles = {
        "hoi": ("NGƯỜI KHAI", "ĐIỀU TRA VIÊN"),
        "don": ("", "NGƯỜI VIẾT"),
        "qd": ("", "THỦ TRƯỞNG"),
    }.get(sheets.form, ("NGƯỜI LẬP", "ĐẠI DIỆN CƠ QUAN"))
    for x, title, name in ((62 * mm, titles[0], CLERK), (right, titles[1], OFFICER)):
        if title:
            c.setFont("Serif-Bold", 12)
            c.drawCentredString(x, y, title)
            sign(c, x - 40, y - 22 * mm)
            c.setFillColor(INK)
            if sheets.form != "don" and x == right:
                c.setFont("Serif-Bold", 12)
                c.drawCentredString(x, y - 31 * mm, name)
    if sheets.form == "qd":
        seal(c, right - 62, y - 14 * mm, 40, AGENCY[1] + " TỈNH LẠC GIANG")
    c.setFillColor(INK)


def stamp(c: Canvas, number: int, random: Random) -> None:
    """The frame that the agency stamps on the top right of each sheet, and the number written into it."""
    c.saveState()
    c.translate(A4[0] - 41 * mm + random.uniform(-4, 4), A4[1] - 19 * mm + random.uniform(-4, 3))
    c.rotate(random.uniform(-2.5, 2.5))
    c.setStrokeColor(STAMP)
    c.setFillColor(STAMP)
    c.setLineWidth(1.1)
    c.roundRect(0, 0, 34 * mm, 12.5 * mm, 2)
    c.setFont("Serif-Bold", 6)
    c.drawString(4, 25, "CQCSĐT - CA TỈNH LẠC GIANG")
    c.setFont("Serif-Bold", 9)
    c.drawString(5, 8, "BL số:")
    c.setFillColor(PEN)
    c.setFont("Serif-BoldItalic", 19)
    c.drawString(38 + random.uniform(0, 5), 5.5, str(number))
    c.restoreState()


def centre(c: Canvas, text: str, y: float, size: float) -> None:
    c.setFont("Serif", size)
    c.drawCentredString(A4[0] / 2, y, text)


@cache
def paper() -> ImageReader:
    """The ground of every sheet: grain, and a darker edge where the lid did not close."""
    size = (310, 438)
    random = Random(17)  # noqa: S311 - grain, not a secret
    grain = Image.frombytes("L", size, random.randbytes(size[0] * size[1])).point(lambda value: 250 - value // 22)
    edge = Image.linear_gradient("L").rotate(90).resize(size).point(lambda value: min(255, 215 + value * 4))
    sheet = Image.composite(grain, edge, edge.point(lambda value: 255 if value > 250 else 150))
    found = io.BytesIO()  # JPEG: it goes into the file as it is
    Image.merge("RGB", (sheet, sheet.point(lambda v: v - 2), sheet.point(lambda v: v - 7))).save(
        found, "JPEG", quality=60
    )
    return ImageReader(found)


@cache
def sentences() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for form, text in rows("lap-day"):
        found.setdefault(form, []).append(text)
    return found


@cache
def broken(text: str, face: str) -> list[str]:
    return wrapped(text, face, SIZE, RIGHT - LEFT - 10 * mm)


said = cache(passages)
