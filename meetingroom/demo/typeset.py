"""Setting the demo's papers: faces, styles, the letterhead of NĐ 30/2020, and a small markup for their texts."""

import re
from pathlib import Path

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

HERE = Path(__file__).parent
SERIF = HERE.parent / "printing" / "fonts"
TEXTS = HERE / "texts"
TOP, BOTTOM, LEFT, RIGHT = 20 * mm, 20 * mm, 30 * mm, 15 * mm
WIDTH = A4[0] - LEFT - RIGHT


def faces() -> None:
    """Make the serif and the deck's sans known to ReportLab, once per process."""
    if "Serif" in pdfmetrics.getRegisteredFontNames():
        return
    kinds = {"": "Regular", "-Bold": "Bold", "-Italic": "Italic", "-BoldItalic": "BoldItalic"}
    for suffix, kind in kinds.items():
        pdfmetrics.registerFont(TTFont(f"Serif{suffix}", SERIF / f"LiberationSerif-{kind}.ttf"))
    for suffix, kind in {"": "Regular", "-Bold": "SemiBold"}.items():
        pdfmetrics.registerFont(TTFont(f"Sans{suffix}", HERE / "fonts" / f"BeVietnamPro-{kind}.ttf"))
    pdfmetrics.registerFontFamily("Serif", "Serif", "Serif-Bold", "Serif-Italic", "Serif-BoldItalic")
    pdfmetrics.registerFontFamily("Sans", "Sans", "Sans-Bold", "Sans", "Sans-Bold")


def style(name: str, *, parent: ParagraphStyle | None = None, **changes) -> ParagraphStyle:
    if parent:
        return ParagraphStyle(name, parent=parent, **changes)
    base = {"fontName": "Serif", "fontSize": 14, "leading": 22, "spaceAfter": 6, "alignment": TA_JUSTIFY}
    return ParagraphStyle(name, **{**base, **changes})


BODY = style("body", firstLineIndent=36, splitLongWords=0)
PLAIN = style("plain")
PART = style("part", fontName="Serif-Bold", alignment=TA_CENTER, spaceBefore=6, spaceAfter=10)
CHAPTER = style("chapter", fontName="Serif-Bold", spaceBefore=10, alignment=TA_LEFT, keepWithNext=1)
SECTION = style("section", fontName="Serif-Bold", firstLineIndent=36, spaceBefore=6, alignment=TA_LEFT, keepWithNext=1)
POINT = style("point", fontName="Serif-BoldItalic", firstLineIndent=36, alignment=TA_LEFT, keepWithNext=1)
CAPTION = style("caption", fontName="Serif-Bold", fontSize=13, leading=17, alignment=TA_CENTER, keepWithNext=1)
UNDER = style("under", fontName="Serif-Italic", fontSize=12, leading=15, alignment=TA_CENTER, spaceAfter=10)
CENTRE = style("centre", alignment=TA_CENTER, spaceAfter=0, leading=18)
TITLE = style("title", fontName="Serif-Bold", alignment=TA_CENTER, spaceAfter=0, leading=19)
CELL = style("cell", fontSize=12, leading=15, spaceAfter=0, alignment=TA_LEFT)
CELL_MIDDLE = style("cell middle", fontSize=12, leading=15, spaceAfter=0, alignment=TA_CENTER)
CELL_HEAD = style("cell head", fontName="Serif-Bold", fontSize=12, leading=15, spaceAfter=0, alignment=TA_CENTER)


class Rule(Flowable):
    """A centred line of a given length, as under the name of an agency or a title."""

    def __init__(self, length: float, space: float = 6):
        super().__init__()
        self.length, self.space = length, space

    def wrap(self, width, height):
        self.middle = width / 2
        return width, self.space

    def draw(self):
        self.canv.setLineWidth(0.7)
        self.canv.line(self.middle - self.length / 2, 1, self.middle + self.length / 2, 1)


def letterhead(number: str, place_and_date: str, *, about: str = "", parent: str = "", issuer=()) -> Table:
    """The head of an official paper: agency and number at the left, the state's name and the date at the right."""
    small = style("head", fontSize=12, leading=15, alignment=TA_CENTER, spaceAfter=0)
    bold = style("head bold", fontName="Serif-Bold", fontSize=12, leading=15, alignment=TA_CENTER, spaceAfter=0)
    motto = style("motto", fontName="Serif-Bold", fontSize=13.5, leading=17, alignment=TA_CENTER, spaceAfter=0)
    line = style("number", fontSize=13, leading=17, alignment=TA_CENTER, spaceAfter=0, spaceBefore=5)
    date = style("date", parent=line, fontName="Serif-Italic", fontSize=13.5)
    issuer = issuer or ("VIỆN KIỂM SÁT NHÂN DÂN", "TỈNH LẠC GIANG")
    left = [Paragraph(parent or "VIỆN KIỂM SÁT<br/>NHÂN DÂN TỐI CAO", small)]
    left += [Paragraph(text, bold) for text in issuer]
    left += [Rule(64, 5), Spacer(1, 4), Paragraph(number, line)]
    if about:
        left.append(Paragraph(about, style("about", fontSize=12, leading=14, alignment=TA_CENTER, spaceBefore=6)))
    right = [
        Paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold),
        Paragraph("Độc lập - Tự do - Hạnh phúc", motto),
        Rule(pdfmetrics.stringWidth("Độc lập - Tự do - Hạnh phúc", "Serif-Bold", 13.5), 5),
        Spacer(1, 34),
        Paragraph(place_and_date, date),
    ]
    plain = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
    plain.add("RIGHTPADDING", (0, 0), (-1, -1), 0)
    return Table([[left, right]], colWidths=[WIDTH * 0.42, WIDTH * 0.58], style=plain, spaceAfter=14)


def heading(kind: str, *about: str) -> list:
    """The kind of paper and what it is about, centred and bold, with the short line below."""
    return [Paragraph(kind, TITLE), *(Paragraph(text, TITLE) for text in about), Rule(90), Spacer(1, 10)]


def signatures(office: str, rank: str, name: str, copies: list[str], *, signed: bool = True) -> KeepTogether:
    """Nơi nhận at the left, who signs at the right."""
    label = style("copies label", fontName="Serif-BoldItalic", fontSize=12, leading=15, spaceAfter=0)
    line = style("copies", fontSize=11, leading=13, spaceAfter=0, alignment=TA_LEFT)
    left = [Paragraph("Nơi nhận:", label), *(Paragraph(f"- {text}", line) for text in copies)]
    right = [Paragraph(text, TITLE) for text in (office, rank) if text]
    right += [
        Spacer(1, 22),
        Paragraph("<i>(Đã ký)</i>" if signed else "&nbsp;", CENTRE),
        Spacer(1, 22),
        Paragraph(name, TITLE),
    ]
    table = Table([[left, right]], colWidths=[WIDTH * 0.46, WIDTH * 0.54], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])
    return KeepTogether([Spacer(1, 12), table])


def grid(
    rows, widths, *, head: int = 1, align: str = "", size: float = 12, total: bool = False, pad: float = 3
) -> Table:
    """A ruled table. `align` has a letter per column (l, c, r); the first `head` rows are bold and repeated."""
    cell = {letter: style(letter, parent=CELL, fontSize=size, leading=size * 1.25) for letter in "lcrh"}
    cell["l"].alignment, cell["c"].alignment, cell["r"].alignment = TA_LEFT, TA_CENTER, 2
    cell["h"].alignment, cell["h"].fontName = TA_CENTER, "Serif-Bold"
    align = align or "c" * len(widths)
    last = len(rows) - 1
    set_rows = []
    for i, row in enumerate(rows):
        bold = total and i == last
        set_rows.append(
            [
                Paragraph(f"<b>{text}</b>" if bold else str(text), cell["h" if i < head else align[j]])
                for j, text in enumerate(row)
            ]
        )
    look = [
        ("GRID", (0, 0), (-1, -1), 0.6, "black"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("BACKGROUND", (0, 0), (-1, head - 1), "#f1ece6"),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad + 1),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ]
    return Table(set_rows, colWidths=widths, style=look, repeatRows=head, spaceAfter=8)


class Report(BaseDocTemplate):
    """An official paper: A4, the page number centred at the top from page 2 on. Same content, same bytes."""

    def __init__(self, path, title: str, *, wide: bool = False):
        size = landscape(A4) if wide else A4
        super().__init__(
            path if hasattr(path, "write") else str(path),
            pagesize=size,
            title=title,
            author="VKSND tỉnh Lạc Giang",
            invariant=1,
            pageCompression=1,
        )
        left, right = (20 * mm, 15 * mm) if wide else (LEFT, RIGHT)
        frame = Frame(
            left, BOTTOM, size[0] - left - right, size[1] - TOP - BOTTOM,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        self.addPageTemplates(PageTemplate("page", [frame], onPage=self.numbered))
        self.headings: list[tuple[int, str, int]] = []
        self.on_end = None

    def numbered(self, canvas, _):
        if self.page > 1:
            canvas.setFont("Serif", 13)
            canvas.drawCentredString(self.pagesize[0] / 2, self.pagesize[1] - 13 * mm, str(self.page))

    def afterFlowable(self, flowable):
        levels = {"part": 0, "chapter": 1, "section": 2}
        if isinstance(flowable, Paragraph) and flowable.style.name in levels:
            level, text = levels[flowable.style.name], getattr(flowable, "outline", "") or flowable.getPlainText()
            key = f"h{len(self.headings)}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(text, key, min(level, len(self.headings)), closed=level > 0)
            self.headings.append((level, text, self.page))


def bold(text: str) -> str:
    """`**words**` of the markup as ReportLab's bold."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)


def flow(text: str, insert=lambda name: []) -> list:
    """Flowables of a text: `% part`, `# chapter`, `## section`, `### point`, `- line`, `:name` (asks `insert`),
    `---` (new page); anything else is a paragraph."""
    marks = {"% ": PART, "# ": CHAPTER, "## ": SECTION, "### ": POINT}
    story: list = []
    for block in re.split(r"\n\s*\n", text.strip()):
        block = " ".join(line.strip() for line in block.splitlines()) if not block.startswith("- ") else block
        if block == "---":
            story.append(PageBreak())
        elif block.startswith(":"):
            if story and story[-1].getKeepWithNext():
                story.insert(-1, CondPageBreak(330))  # a heading does not stay behind when its table moves on
            story += insert(block[1:].strip())
        elif block.startswith("- "):
            lines = re.split(r"\n?- ", block)[1:]
            story += [Paragraph("- " + bold(" ".join(line.split())), BODY) for line in lines]
        elif mark := next((m for m in marks if block.startswith(m)), None):
            words = block[len(mark) :].split(" / ")
            story.append(Paragraph("<br/>".join(words), marks[mark]))
            story[-1].outline = ". ".join(words)
        else:
            story.append(Paragraph(bold(block), BODY))
    return story


def text(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
