"""The log of a trial, and the list to check the court's minutes against, on paper: A4 across. Words in, PDF out.

Every text stands in full. Short cells are plain strings, for thousands of rows have to be set within a minute.
"""

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, LongTable, Paragraph, Spacer

from meetingroom.printing import page_format, typefaces
from meetingroom.printing.glyphs import marked_up, printed, runs
from meetingroom.printing.plain_paper import ACROSS, numbered, plain_paper

MM = page_format.MM
WIDTH = ACROSS[0]
SIDE, EDGE = 12 * MM, 14 * MM
SIZE, PADDING = 10, 3
FACE = typefaces.REGULAR
CELL = ParagraphStyle("cell", fontName=typefaces.REGULAR, bulletFontName=typefaces.REGULAR, fontSize=SIZE,
                      leading=SIZE * 1.2, splitLongWords=1)  # fmt: skip
HEAD = CELL.clone("head", fontName=typefaces.BOLD, alignment=TA_CENTER)
TITLE = HEAD.clone("title", fontSize=14, leading=19)
ABOUT = CELL.clone("about", fontName=typefaces.ITALIC, alignment=TA_CENTER, fontSize=11, leading=15)
PHASE = CELL.clone("phase", fontName=typefaces.BOLD, fontSize=12, leading=16, spaceBefore=8, spaceAfter=4)
STYLE = [
    ("FONT", (0, 0), (-1, -1), typefaces.REGULAR, SIZE, SIZE * 1.2),
    ("GRID", (0, 0), (-1, -1), 0.4, black),
    ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e8e6e1")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *((f"{side}PADDING", (0, 0), (-1, -1), PADDING) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
]


def table_pdf(title: str, about: list[str], columns: list, parts: list, page_words: str, written: int) -> bytes:
    """`columns`: [(name, width in mm; 0: what is left)]; `parts`: [(heading, rows)]; `page_words`: `Trang %(n)s`."""
    room = WIDTH - 2 * SIDE
    fixed = sum(width for _name, width in columns) * MM
    free = sum(1 for _name, width in columns if not width) or 1
    widths = [width * MM if width else (room - fixed) / free for _name, width in columns]
    head = [Paragraph(marked_up(name), HEAD) for name, _width in columns]
    story: list = [
        Paragraph(marked_up(title), TITLE),
        *(Paragraph(marked_up(line), ABOUT) for line in about if line),
    ]
    story.append(Spacer(1, 3 * MM))
    for heading, rows in parts:
        if heading:
            story.append(CondPageBreak(30 * MM))  # no heading at the foot of a page
            story.append(Paragraph(marked_up(heading), PHASE))
        cells = [head, *([cell(value, width) for value, width in zip(row, widths, strict=True)] for row in rows)]
        story.append(LongTable(cells, widths, repeatRows=1, splitInRow=1, style=STYLE))
    below = numbered(page_words)
    return plain_paper(story, written, size=ACROSS, sides=(SIDE, SIDE), edge=EDGE, below=below, title=title)


def cell(value: object, width: float):
    text = printed(str(value))
    plain = "\n" not in text and len(text) < 200 and [face for face, _part in runs(text, FACE)] == [FACE]
    if not text or (plain and stringWidth(text, FACE, SIZE) < width - 2 * PADDING):
        return text
    return Paragraph(marked_up(text), CELL)
