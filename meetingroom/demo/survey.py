"""Bảng khảo sát 10 đơn vị: a spreadsheet where LibreOffice can open it, else the same as a PDF."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from reportlab.platypus import Paragraph

from meetingroom.demo.appendix import widths
from meetingroom.demo.figures import SURVEY, SURVEY_COLUMNS, UNITS
from meetingroom.demo.typeset import PART, UNDER, Report, faces, grid

HEAD = ("STT", "Đơn vị", *SURVEY_COLUMNS, "Dự phòng", "Tình trạng điểm cầu")
TITLE = "BẢNG KHẢO SÁT HẠ TẦNG, NHÂN LỰC CÔNG NGHỆ THÔNG TIN"
UNDERNEATH = "(Kèm theo Báo cáo chuyên đề số 413/BC-VKS)"
LONG_AGO = datetime(2026, 1, 1)  # the same content gives the same bytes


def rows() -> list[list]:
    table: list[list] = [[i, unit, *row] for i, (unit, row) in enumerate(zip(UNITS, SURVEY, strict=True), 1)]
    totals: list = [sum(row[k] for row in SURVEY) for k in range(12)]
    totals[9] = ""
    return [*table, ["", "Toàn tỉnh", *totals, "3/10", ""]]


def as_pdf(path: Path, day: date) -> int:
    """The survey on one landscape page; returns its pages."""
    faces()
    report = Report(path, "Bảng khảo sát 10 đơn vị", wide=True)
    table = grid(
        [HEAD, *rows()], widths(0.8, 4.4, *([1.35] * 12), 1.4, 2.2), align="cl" + "c" * 14, size=9.5, total=True, pad=3
    )
    report.build([Paragraph(TITLE, PART), Paragraph(UNDERNEATH, UNDER), table])
    return report.page


def as_spreadsheet(path: Path, day: date) -> int:
    """The survey as XLSX with a sheet of figures and one with a chart; returns its sheets."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Khảo sát"
    thin = Side(style="thin", color="888888")
    edge = Border(left=thin, right=thin, top=thin, bottom=thin)
    face = "Liberation Serif"
    for line, (words, size) in enumerate(((TITLE, 14), (UNDERNEATH, 12)), 1):
        sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=len(HEAD))
        sheet.cell(line, 1, words).font = Font(face, size=size, bold=line == 1, italic=line == 2)
        sheet.cell(line, 1).alignment = Alignment("center")
    for i, row in enumerate((HEAD, *rows()), 4):
        for j, value in enumerate(row, 1):
            cell = sheet.cell(i, j, value)
            cell.font = Font(face, size=11, bold=i == 4 or row[1] == "Toàn tỉnh")
            cell.border = edge
            cell.alignment = Alignment("left" if j == 2 and i > 4 else "center", "center", wrap_text=True)
            if i == 4:
                cell.fill = PatternFill("solid", fgColor="F1ECE6")
        sheet.row_dimensions[i].height = 44 if i == 4 else 24
    for j in range(1, len(HEAD) + 1):
        sheet.column_dimensions[get_column_letter(j)].width = {1: 5, 2: 32, 16: 20}.get(j, 9.5)
    sheet.freeze_panes = "C5"
    drawn(book, sheet)
    for page in book.worksheets:
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
        page.page_setup.fitToHeight = 1
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_options.horizontalCentered = True
        page.page_margins = PageMargins(0.4, 0.4, 0.6, 0.5)
    return saved(book, path)


def drawn(book: Workbook, sheet) -> None:
    """A second sheet with computers and scanners of each unit."""
    page = book.create_sheet("Biểu đồ")
    chart = BarChart()
    chart.title, chart.height, chart.width = "Máy tính, máy tính trên 5 năm và máy quét theo đơn vị", 14, 26
    for column in (7, 8, 9):
        chart.add_data(Reference(sheet, min_col=column, min_row=4, max_row=14), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=2, min_row=5, max_row=14))
    page.add_chart(chart, "B3")


def saved(book: Workbook, path: Path) -> int:
    """Write the book without the time of writing in it."""
    written = io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            data = source.read(name)
            if name == "docProps/core.xml":
                data = undated(data)
            target.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return len(book.worksheets)


def undated(core: bytes) -> bytes:
    """The properties of the book with one fixed time."""
    import re

    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", LONG_AGO.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), core)
