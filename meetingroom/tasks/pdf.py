"""The board and the list as a paper: A4 across, the head of a table on each of its pages. Pure: words in, PDF out."""

import re

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph, Spacer, Table

from meetingroom.printing import page_format, typefaces
from meetingroom.printing.glyphs import fit_text
from meetingroom.printing.plain_paper import ACROSS, numbered, plain_paper

MM = page_format.MM
WIDTH = ACROSS[0]
SIDE, EDGE = 12 * MM, 14 * MM
SIZE = 9
CELL = ParagraphStyle("cell", fontName=typefaces.REGULAR, bulletFontName=typefaces.REGULAR, fontSize=SIZE,
                      leading=SIZE * 1.2, splitLongWords=1)  # fmt: skip
BOLD = CELL.clone("bold", fontName=typefaces.BOLD)
HEAD = BOLD.clone("head", alignment=TA_CENTER)
TITLE = BOLD.clone("title", fontSize=14, leading=18, alignment=TA_CENTER)
ABOUT = CELL.clone("about", fontName=typefaces.ITALIC, alignment=TA_CENTER, fontSize=11, leading=14)
LONGEST = 1500  # letters of a cell
FIGURES = re.compile(r"[\d/%]+")
MANY, SMALL = 12, 8  # more columns than this are set smaller
PADDING = 2.5
LONG_WORD = 16  # letters; what is longer may be broken
OF_FIGURES = 12.0  # columns that are no wider in Excel hold numbers and days
STYLE = [
    ("FONT", (0, 0), (-1, -1), typefaces.REGULAR, SIZE),
    ("GRID", (0, 0), (-1, -1), 0.4, black),
    ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e8e6e1")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *((f"{side}PADDING", (0, 0), (-1, -1), PADDING) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
]


def tasks_pdf(sheets: list[dict], about: str, page_words: str, written: int) -> bytes:
    """`sheets`: [{title, columns: [[name, width]], rows, bold}]; `page_words`: `Trang %(n)s`; `written`: ms."""
    story: list = []
    for sheet in sheets:
        if story:
            story.append(Spacer(1, 8 * MM))
        story += [Paragraph(escape(sheet["title"]), TITLE), Paragraph(escape(about), ABOUT), Spacer(1, 4 * MM)]
        story.append(grid(sheet))
    below, title = numbered(page_words), sheets[0]["title"]
    return plain_paper(story, written, size=ACROSS, sides=(SIDE, SIDE), edge=EDGE, below=below, title=title)


def grid(sheet: dict) -> Table:
    size = SIZE if len(sheet["columns"]) <= MANY else SMALL
    head, bold, cell = (style.clone(style.name, fontSize=size, leading=size * 1.2) for style in (HEAD, BOLD, CELL))
    sums = set(sheet["bold"])
    figures = {style: style.clone(f"{style.name} figures", alignment=TA_CENTER) for style in (bold, cell)}
    rows = [[Paragraph(escape(name), head) for name, _width in sheet["columns"]]]
    for n, row in enumerate(sheet["rows"]):
        style = bold if n in sums else cell
        rows.append([Paragraph(escape(value), figures[style] if FIGURES.fullmatch(value) else style) for value in row])
    return Table(rows, column_widths(sheet, size), repeatRows=1, splitInRow=1, style=STYLE)


def column_widths(sheet: dict, size: float) -> list[float]:
    """In points: first what the longest word of each column needs, then the rest as much as each column has to say:
    none of it goes to one that is empty."""
    room = WIDTH - 2 * SIDE
    least = [
        max(longest_word(name, typefaces.BOLD, size), *(longest_word(row[n], typefaces.BOLD, size) for row in some))
        + 2 * PADDING
        + 0.5
        for some in (sheet["rows"][:300] or [[""] * len(sheet["columns"])],)
        for n, (name, _width) in enumerate(sheet["columns"])
    ]
    names = [width for _name, width in sheet["columns"]]
    figures = sum(width for width, wide in zip(least, names, strict=True) if wide <= OF_FIGURES)
    texts = sum(least) - figures
    if texts > room - figures:  # words that fill a line are broken, figures and dates never
        share = (room - figures) / sum(wide for wide in names if wide > OF_FIGURES)
        return [width if wide <= OF_FIGURES else wide * share for width, wide in zip(least, names, strict=True)]
    wanted = [text_width(sheet["rows"][:300], n, size) for n in range(len(names))]
    more = [max(0.0, wish - width) for wish, width in zip(wanted, least, strict=True)]
    rest = room - sum(least)
    if not sum(more):
        more = names
    return [width + rest * share / sum(more) for width, share in zip(least, more, strict=True)]


def text_width(rows: list[list[str]], n: int, size: float) -> float:
    """How wide a cell of this column would be on one line, as a quadratic mean: the long ones make the rows high."""
    widths = [stringWidth(fit_text(row[n][:LONGEST]), typefaces.REGULAR, size) for row in rows]
    return (sum(width * width for width in widths) / max(1, len(widths))) ** 0.5


def longest_word(text: str, face: str, size: float) -> float:
    return max((stringWidth(word[:LONG_WORD], face, size) for word in fit_text(text[:LONGEST]).split()), default=0)


def escape(text: str) -> str:
    text = fit_text(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")
