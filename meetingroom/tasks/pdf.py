"""The board and the list as a paper: A4 across, the head of a table on each of its pages. Pure: words in, PDF out."""

import io

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from meetingroom.printing import page_layout
from meetingroom.printing.canvas import canvas_class
from meetingroom.printing.glyphs import fit_text

MM = page_layout.MM
WIDTH, HEIGHT = page_layout.HEIGHT, page_layout.WIDTH
SIDE, TOP, BOTTOM = 12 * MM, 14 * MM, 14 * MM
SIZE = 9
CELL = ParagraphStyle("cell", fontName=page_layout.REGULAR, bulletFontName=page_layout.REGULAR, fontSize=SIZE,
                      leading=SIZE * 1.2, splitLongWords=1)  # fmt: skip
BOLD = CELL.clone("bold", fontName=page_layout.BOLD)
HEAD = BOLD.clone("head", alignment=TA_CENTER)
TITLE = BOLD.clone("title", fontSize=14, leading=18, alignment=TA_CENTER)
ABOUT = CELL.clone("about", fontName=page_layout.ITALIC, alignment=TA_CENTER, fontSize=11, leading=14)
LONGEST = 1500  # letters of a cell
STYLE = [
    ("FONT", (0, 0), (-1, -1), page_layout.REGULAR, SIZE),
    ("GRID", (0, 0), (-1, -1), 0.4, black),
    ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e8e6e1")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *((f"{side}PADDING", (0, 0), (-1, -1), 2.5) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
]


def tasks_pdf(sheets: list[dict], about: str, page_words: str, written: int) -> bytes:
    """`sheets`: [{title, columns: [[name, width]], rows, bold}]; `page_words`: `Trang %(n)s`; `written`: ms."""
    story: list = []
    for sheet in sheets:
        if story:
            story.append(Spacer(1, 8 * MM))
        story += [Paragraph(escape(sheet["title"]), TITLE), Paragraph(escape(about), ABOUT), Spacer(1, 4 * MM)]
        story.append(grid(sheet))
    file = io.BytesIO()
    paper = SimpleDocTemplate(
        file, pagesize=(WIDTH, HEIGHT), leftMargin=SIDE, rightMargin=SIDE, topMargin=TOP, bottomMargin=BOTTOM,
        title=sheets[0]["title"], lang="vi", initialFontName=page_layout.REGULAR,
    )  # fmt: skip

    def number(canvas, document):
        canvas.setFont(page_layout.REGULAR, 10)
        canvas.drawCentredString(WIDTH / 2, 7 * MM, page_words % {"n": canvas.getPageNumber()})

    paper.build(story, onFirstPage=number, onLaterPages=number, canvasmaker=canvas_class(written))
    return file.getvalue()


def grid(sheet: dict) -> Table:
    wide = [width for _name, width in sheet["columns"]]
    widths = [width / sum(wide) * (WIDTH - 2 * SIDE) for width in wide]
    bold = set(sheet["bold"])
    rows = [[Paragraph(escape(name), HEAD) for name, _width in sheet["columns"]]]
    rows += [
        [Paragraph(escape(value), BOLD if n in bold else CELL) for value in row] for n, row in enumerate(sheet["rows"])
    ]
    return Table(rows, widths, repeatRows=1, splitInRow=1, style=STYLE)


def escape(text: str) -> str:
    text = fit_text(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")
