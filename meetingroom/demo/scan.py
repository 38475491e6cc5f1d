"""A letter that came on paper: three pages as a scanner sees them, slightly askew, with a red stamp. Pictures only."""

import io
import time
from datetime import date
from pathlib import Path
from random import Random

import pypdfium2
from PIL import Image, ImageChops, ImageFilter
from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, Paragraph, Spacer

from meetingroom.demo.charts import Figure, polar, write
from meetingroom.demo.report import dated
from meetingroom.demo.typeset import WIDTH, Report, faces, flow, grid, letterhead, style, text

DPI = 150
EPOCH = time.gmtime(0)  # the same letter, the same bytes
TILTS = (0.55, -0.4, 0.75)  # degrees, one per page
STAMP = Color(0.78, 0.08, 0.12, alpha=0.82)
PEN = Color(0.12, 0.2, 0.55, alpha=0.9)


def make(path: Path, day: date) -> int:
    """Write the scanned letter; returns its pages."""
    letter = io.BytesIO()
    pages = typeset(letter, day)
    with pypdfium2.PdfDocument(letter.getvalue()) as source:
        sheets = [scanned(source[number], number) for number in range(pages)]
    # Pillow, not ReportLab: it puts the JPEG into the file as it is, with no detour through text.
    sheets[0].save(
        path,
        "PDF",
        save_all=True,
        append_images=sheets[1:],
        resolution=DPI,
        quality=68,
        creationDate=EPOCH,
        modDate=EPOCH,
        title="Công văn về việc chuẩn bị hội nghị (bản quét)",
    )
    return pages


def scanned(page, number: int) -> Image.Image:
    """A page as a grey, tilted, grainy picture; the red of the stamp survives, as in a colour scan."""
    sheet = page.render(scale=DPI / 72).to_pil().convert("RGB")
    ground = (251, 249, 245)
    sheet = sheet.rotate(TILTS[number % len(TILTS)], Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    random = Random(number)  # noqa: S311 - grain, not a secret
    small = (sheet.width // 2, sheet.height // 2)
    grain = Image.frombytes("L", small, random.randbytes(small[0] * small[1])).resize(sheet.size)
    grain = grain.point(lambda value: 255 - value // 14)
    sheet = ImageChops.multiply(sheet, Image.merge("RGB", (grain, grain, grain)))
    sheet = ImageChops.multiply(sheet, Image.new("RGB", sheet.size, ground))
    sheet = ImageChops.lighter(sheet, Image.new("RGB", sheet.size, (38, 36, 40)))  # toner is never quite black
    return ImageChops.multiply(sheet, shadow(sheet.size)).filter(ImageFilter.GaussianBlur(0.55))


def shadow(size: tuple[int, int]) -> Image.Image:
    """The darker edge where the lid did not close."""
    strip = Image.linear_gradient("L").rotate(90).resize(size).point(lambda value: min(255, 205 + value * 3))
    return Image.merge("RGB", (strip, strip, strip))


def typeset(target: io.BytesIO, day: date) -> int:
    """The letter as it was before it was printed and signed."""
    faces()
    report = Report(target, "Công văn")
    about = "V/v chuẩn bị Hội nghị tổng kết công tác<br/>kiểm sát năm 2026"
    story = [letterhead("Số: 1287/VKS-VP", dated(day), about=about)]
    to = style("to", firstLineIndent=80, spaceAfter=2)
    story += [Paragraph("Kính gửi:", to)]
    story += [Paragraph(f"- {who}", style("to whom", parent=to, firstLineIndent=130)) for who in ADDRESSEES]
    story += [Spacer(1, 8), *flow(text("cong-van"), lambda name: [assignments()]), signature()]
    report.build(story)
    return report.page


ADDRESSEES = ("Thủ trưởng các phòng thuộc VKSND tỉnh;", "Viện trưởng VKSND khu vực 1 - 9.")
ASSIGNMENTS = (
    ("Báo cáo tổng kết, phụ lục số liệu", "Văn phòng", "Các phòng nghiệp vụ"),
    ("Báo cáo chuyên đề hạ tầng, nhân lực CNTT", "P. TKTP và CNTT", "VKSND khu vực 1 - 9"),
    ("Tham luận sơ đồ tư duy", "Phòng 1", "Phòng 3"),
    ("Tham luận số hóa hồ sơ", "VKSND khu vực 4", "Phòng 1"),
    ("Dự thảo Kế hoạch chuyển đổi số 2027", "P. TKTP và CNTT", "Văn phòng"),
    ("Kiểm tra kỹ thuật 09 điểm cầu", "P. TKTP và CNTT", "Kỹ thuật viên điểm cầu"),
    ("Khánh tiết, lễ tân, hậu cần", "Văn phòng", "Phòng 15"),
)


def assignments():
    rows = [("Nội dung", "Đơn vị chủ trì", "Đơn vị phối hợp"), *ASSIGNMENTS]
    return grid(rows, (WIDTH - 100 * mm, 50 * mm, 50 * mm), align="lll")


def signature():
    """Nơi nhận, and the deputy's name under a signature with the seal over its left third."""
    ranks = ("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG")
    bold = style("copies label", fontName="Serif-BoldItalic", fontSize=12, leading=15, spaceAfter=0)
    small = style("copies", fontSize=11, leading=13, spaceAfter=0)

    def paint(c, box):
        x = box.x + box.w * 0.73
        for k, line in enumerate(ranks):
            write(c, x, box.y + box.h - 16 - 19 * k, line, size=14, bold=True, align="c")
        sign(c, x - 42, box.y + 66)
        seal(c, x - 62, box.y + 82, 48)
        write(c, x, box.y + 8, "Trần Thị Bình", size=14, bold=True, align="c")
        lines = [Paragraph("Nơi nhận:", bold), *(Paragraph(f"- {who}", small) for who in COPIES)]
        y = box.y + box.h
        for line in lines:
            _, high = line.wrap(box.w * 0.45, 100)
            y -= high
            line.drawOn(c, box.x, y)

    return KeepTogether([Spacer(1, 14), Figure(170, paint)])


COPIES = ("Như trên;", "Lãnh đạo Viện (để chỉ đạo);", "Lưu: VT, VP.")


def sign(c, x: float, y: float) -> None:
    """Somebody's signature."""
    c.saveState()
    c.setStrokeColor(PEN)
    c.setLineWidth(1.5)
    c.setLineCap(1)
    path = c.beginPath()
    path.moveTo(x, y + 8)
    path.curveTo(x + 10, y + 46, x + 22, y + 44, x + 18, y + 4)
    path.curveTo(x + 16, y - 10, x + 34, y + 30, x + 46, y + 22)
    path.curveTo(x + 58, y + 14, x + 40, y - 2, x + 62, y + 10)
    path.curveTo(x + 80, y + 20, x + 78, y + 2, x + 118, y + 26)
    path.moveTo(x + 4, y - 2)
    path.curveTo(x + 40, y - 14, x + 90, y - 6, x + 126, y + 6)
    c.drawPath(path)
    c.restoreState()


def seal(c, x: float, y: float, r: float, words: str = "VIỆN KIỂM SÁT NHÂN DÂN TỈNH LẠC GIANG") -> None:
    """The round stamp of a (fictional) agency."""
    c.saveState()
    c.translate(x, y)
    c.rotate(-7)
    c.setStrokeColor(STAMP)
    c.setFillColor(STAMP)
    for width, radius in ((2.6, r), (0.9, r - 4.5), (0.9, r * 0.56)):
        c.setLineWidth(width)
        c.circle(0, 0, radius)
    around(c, words, r * 0.68, r * 0.154)
    star = c.beginPath()
    for k in range(10):
        place = polar(0, 0, r * (0.36 if k % 2 == 0 else 0.15), 90 + 36 * k)
        (star.lineTo if k else star.moveTo)(*place)
    star.close()
    c.drawPath(star, stroke=0, fill=1)
    c.restoreState()


def around(c, words: str, r: float, size: float) -> None:
    """`words` along a circle of radius `r`, from the lower left over the top."""
    c.setFont("Serif-Bold", size)
    wide = [c.stringWidth(letter, "Serif-Bold", size) + 1.05 for letter in words]
    turn = 57.2958 / (r + size * 0.3)
    angle = 90 + sum(wide) * turn / 2
    for letter, width in zip(words, wide, strict=True):
        angle -= width * turn / 2
        c.saveState()
        c.translate(*polar(0, 0, r, angle))
        c.rotate(angle - 90)
        c.drawCentredString(0, 0, letter)
        c.restoreState()
        angle -= width * turn / 2
