"""The book of a register's year on paper (Decree 30/2020/NĐ-CP, article 16: it must be printable in full)."""

from io import BytesIO

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, LongTable, PageTemplate, Paragraph, Spacer

from meetingroom import clock
from meetingroom.issuing.book import Row
from meetingroom.printing import glyphs, page_format, page_layout, typefaces
from meetingroom.printing.canvas import canvas_class
from meetingroom.printing.wording import Words, words

SIZE = 11
CELL = ParagraphStyle("cell", fontName=typefaces.REGULAR, fontSize=SIZE, leading=SIZE * 1.2)
MIDDLE = CELL.clone("middle", alignment=TA_CENTER)
STRONG = MIDDLE.clone("strong", fontName=typefaces.BOLD)
TITLE = STRONG.clone("title", fontSize=14, leading=18)
MARGIN = 56
WIDTHS = (0.08, 0.16, 0.11, 0.41, 0.24)


def book_pdf(agency: str, title: str, year: int, rows: list[Row], written: int, language: str) -> bytes:
    """Landscape pages with the heading on each; the same book gives the same bytes."""
    _ = words(language)
    wide, high = landscape((page_format.WIDTH, page_format.HEIGHT))
    file = BytesIO()
    document = BaseDocTemplate(file, pagesize=(wide, high), title=f"{title} {year}", author=agency, lang=language)
    frame = Frame(MARGIN, MARGIN, wide - 2 * MARGIN, high - 2 * MARGIN, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("book", [frame], onPage=number_page)])
    heading = [
        (_("Number"), _("Symbol"), _("Date"), _("Subject"), _("Note")),
        *(row_cells(row) for row in rows),
    ]
    cells = [
        [cell(text, STRONG if not n else MIDDLE if k < 3 else CELL) for k, text in enumerate(row)]
        for n, row in enumerate(heading)
    ]
    grid = LongTable(cells, [share * (wide - 2 * MARGIN) for share in WIDTHS], repeatRows=1, style=LINES)
    story = [
        cell(agency.replace("\n", " "), STRONG),
        cell(book_title(title, year, _), TITLE),
        Spacer(1, 10),
        grid,
    ]
    document.build(story, canvasmaker=canvas_class(written))
    return file.getvalue()


LINES = [
    ("FONT", (0, 0), (-1, -1), typefaces.REGULAR, SIZE),
    ("GRID", (0, 0), (-1, -1), 0.5, black),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def book_title(title: str, year: int, _: Words) -> str:
    return _("REGISTER %(title)s, YEAR %(year)s", title=title.upper(), year=str(year))


def row_cells(row: Row) -> tuple[str, ...]:
    day = f"{clock.local(row.at):%d/%m/%Y}" if row.at else ""
    return row.number, row.text, day, row.subject, row.note


def cell(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(glyphs.markup(page_layout.clean_text(text), style.fontName), style)


def number_page(canvas, document) -> None:
    canvas.setFont(typefaces.REGULAR, page_layout.PAGE_NUMBER)
    canvas.drawCentredString(document.pagesize[0] / 2, MARGIN / 2, str(document.page))


def print_book(request: dict) -> tuple[dict, bytes]:
    """`{agency, title, year, rows, written, language}` → ({}, file)."""
    rows = [Row(**row) for row in request["rows"]]
    agency, title, year = request["agency"], request["title"], request["year"]
    return {}, book_pdf(agency, title, year, rows, request["written"], request["language"])
