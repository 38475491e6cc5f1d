"""Tables of tasks as a spreadsheet with real dates. Pure. Imported where one is made, for it brings openpyxl along."""

import datetime
import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from meetingroom.printing.cells import is_risky
from meetingroom.tasks.export import Sheet

LONGEST_CELL = 32_000  # letters; Excel takes 32,767
THIN = Side(style="thin", color="999999")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
WRAP = Alignment(wrap_text=True, vertical="top")
HEAD = Alignment(wrap_text=True, vertical="center", horizontal="center")
GREY = PatternFill("solid", fgColor="E8E6E1")
DATE, NUMBER, SHARE = "dd/mm/yyyy", "0", "0%"


def workbook(sheets: list[Sheet], about: str) -> bytes:
    """XLSX: `about` above each table, heads frozen, no text that a program would take for a formula."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(plain_title(sheet.title))
        page.freeze_panes = "A4"
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
        page.print_title_rows = "3:3"
        for number, (_name, wide) in enumerate(sheet.columns, 1):
            page.column_dimensions[get_column_letter(number)].width = wide
        page.append([cell(page, sheet.title, Font(bold=True, size=14))])
        page.append([cell(page, about, Font(italic=True, color="555555"))])
        page.append([head(page, name) for name, _wide in sheet.columns])
        for n, row in enumerate(sheet.rows):
            font = Font(bold=True) if n in sheet.bold else None
            page.append([framed(cell(page, value, font)) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def plain_title(title: str) -> str:
    return "".join(letter for letter in title if letter not in "[]:*?/\\")[:31]


def head(page, name: str) -> WriteOnlyCell:
    found = framed(cell(page, name, Font(bold=True)))
    found.alignment, found.fill = HEAD, GREY
    return found


def framed(found: WriteOnlyCell) -> WriteOnlyCell:
    found.border, found.alignment = BORDER, WRAP
    return found


def cell(page, value: Any, font: Font | None = None) -> WriteOnlyCell:
    """A date is a date, a number a number; a text is a text whatever it begins with."""
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
        found = WriteOnlyCell(page, text)
        found.data_type = "s"
        found.quotePrefix = is_risky(text)
    else:
        found = WriteOnlyCell(page, value)
        kinds = ((datetime.date, DATE), (float, SHARE), (int, NUMBER))
        found.number_format = next(form for kind, form in kinds if isinstance(value, kind))
    if font:
        found.font = font
    return found
