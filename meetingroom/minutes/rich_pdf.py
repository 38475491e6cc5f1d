"""The secretary's text on official paper: runs of letters with their looks, and tables that go over pages."""

from collections.abc import Iterator
from dataclasses import replace

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Paragraph

from meetingroom.minutes import rich
from meetingroom.minutes.rich import Cell, Run, Table
from meetingroom.printing import glyphs, page_layout, typefaces
from meetingroom.printing.tagging import TaggedTable

LONG = 5000  # letters of a paragraph
SIZE = 12  # of letters in a table
LEADING = 15
HIGHEST_HEAD = 1 / 3  # of a page: a higher head of a table is not repeated
FACES = {
    (False, False): typefaces.REGULAR,
    (True, False): typefaces.BOLD,
    (False, True): typefaces.ITALIC,
    (True, True): typefaces.BOLD_ITALIC,
}
LOOK_OF = {face: look for look, face in FACES.items()}

CELL = ParagraphStyle(
    "cell", fontName=typefaces.REGULAR, bulletFontName=typefaces.REGULAR, fontSize=SIZE, leading=LEADING,
    alignment=TA_LEFT, splitLongWords=1,
)  # fmt: skip
HEADING = CELL.clone("heading of a column", fontName=typefaces.BOLD, alignment=TA_CENTER)


class Grid(TaggedTable):
    """A table of ReportLab that goes on on the next page wherever it is parted. Left alone, what is left of a long row
    would begin on the same page again, under a second head."""

    def split(self, width, height):
        parts = super().split(width, height)
        return [parts[0], CondPageBreak(page_layout.paper().text_height), *parts[1:]] if len(parts) > 1 else parts


def face_of(run: Run, base: str) -> str:
    """The typeface of a run in a paragraph of typeface `base`: bold in a bold paragraph is bold."""
    bold, italic = LOOK_OF[base]
    return FACES[run.bold or bold, run.italic or italic]


def markup(runs: tuple[Run, ...], base: str) -> str:
    """For a Paragraph whose typeface is `base`."""
    found = []
    for run in runs:
        face = face_of(run, base)
        text = "<br/>".join(glyphs.markup(line, face) for line in page_layout.clean_text(run.text).split("\n"))
        text = text if face == base else f'<font name="{face}">{text}</font>'
        found.append(f"<u>{text}</u>" if run.underline else text)
    return "".join(found)


def portions(runs: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """The runs in parts of some two pages, each ending where a sentence or at least a word does."""
    part: list[Run] = []
    room = LONG
    for run in runs:
        while len(run.text) > room:
            end = run.text.rfind(". ", room // 2, room) + 1 or run.text.rfind(" ", room // 2, room)
            end = end if end > 0 else room
            yield (*part, replace(run, text=run.text[:end]))
            part, room = [], LONG
            run = replace(run, text=run.text[end:].lstrip(" "))
        part.append(run)
        room -= len(run.text)
    yield tuple(part)


def table(content: Table) -> Grid:
    """As wide as the text, with the head on every page; a row that is higher than a page goes on on the next."""
    columns = content.columns
    widths = [page_layout.paper().text_width * share / 100 for share in content.widths or even(columns)]
    rows: list[list] = [[""] * columns for _row in content.rows]
    looks: list[tuple] = [
        ("GRID", (0, 0), (-1, -1), page_layout.RULE, colors.black),
        ("FONT", (0, 0), (-1, -1), typefaces.REGULAR, SIZE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    for x, y, cell in placed(content):
        rows[y][x] = written(cell, HEADING if content.header and y == 0 else CELL)
        if cell.colspan > 1 or cell.rowspan > 1:
            looks.append(("SPAN", (x, y), (x + cell.colspan - 1, y + cell.rowspan - 1)))
    made = Grid(rows, widths, repeatRows=1 if content.header else 0, splitInRow=1, spaceBefore=6, spaceAfter=6)
    made.setStyle(looks)
    made.heads = 1 if content.header else 0
    made.wrap(page_layout.paper().text_width, page_layout.paper().text_height)
    if made._rowHeights[0] > page_layout.paper().text_height * HIGHEST_HEAD:
        made.repeatRows = 0
    return made


def flat(content: Table) -> list[Paragraph]:
    """Without lines, a paragraph a cell: for a table that cannot be set on any page."""
    heads = [" ".join(rich.plain_of(p.runs) for p in rich.labelled(cell.blocks)) for cell in content.rows[0]]
    heads = heads if content.header else []
    return [
        Paragraph(markup((Run(f"{heads[x]}: "), *part) if n == 0 and x < len(heads) else part, CELL.fontName), CELL)
        for x, y, cell in placed(content)
        if y or not content.header
        for paragraph in rich.labelled(cell.blocks)
        for n, part in enumerate(portions(paragraph.runs))
    ]


def even(columns: int) -> list[float]:
    return [100 / columns] * columns


def placed(content: Table) -> Iterator[tuple[int, int, Cell]]:
    """Every cell with the column and the row of its corner."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(content.rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            yield x, y, cell
            taken |= {(x + dx, y + dy) for dx in range(cell.colspan) for dy in range(cell.rowspan)}


def written(cell: Cell, look: ParagraphStyle) -> list[Paragraph]:
    """Its paragraphs, points with their labels."""
    return [
        Paragraph(markup(part, look.fontName), look)
        for paragraph in rich.labelled(cell.blocks)
        for part in portions(paragraph.runs)
    ] or [Paragraph("", look)]
