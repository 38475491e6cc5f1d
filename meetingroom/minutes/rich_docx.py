"""The secretary's text in a word processor's file: runs of letters with their looks, and tables."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from meetingroom.minutes import docx_helpers, rich, rich_pdf
from meetingroom.minutes.rich import Run, Table
from meetingroom.printing import page_layout


def write_runs(paragraph, runs: tuple[Run, ...], *, size: float = 0, bold: bool = False) -> None:
    """The runs at the end of a paragraph."""
    for run in runs:
        for n, line in enumerate(run.text.split("\n")):
            if n:
                paragraph.add_run().add_break()
            written = docx_helpers.write(paragraph, line)
            written.bold = run.bold or bold or None
            written.italic = run.italic or None
            written.underline = run.underline or None
            if size:
                written.font.size = Pt(size)


def table(document, content: Table) -> None:
    """As wide as the text, with lines; the head on every page; a row may go over two pages."""
    shares = content.widths or rich_pdf.even(content.columns)
    widths = [page_layout.paper().text_width * share / 100 for share in shares]
    grid = docx_helpers.columns(document, widths, len(content.rows), grid=True)
    if content.header:
        docx_helpers.repeat_row(grid.rows[0])
    cells = [list(row.cells) for row in grid.rows]
    for row in grid.rows:
        for fixed in row._tr.xpath("./w:trPr/w:cantSplit"):
            fixed.getparent().remove(fixed)
    for x, y, cell in rich_pdf.placed(content):
        place = cells[y][x]
        if cell.colspan > 1 or cell.rowspan > 1:
            place = place.merge(cells[y + cell.rowspan - 1][x + cell.colspan - 1])
        heading = content.header and y == 0
        for n, paragraph in enumerate(rich.labelled(cell.blocks)):
            written = docx_helpers.set_spacing(
                place.paragraphs[0] if n == 0 else place.add_paragraph(),
                alignment=WD_ALIGN_PARAGRAPH.CENTER if heading else WD_ALIGN_PARAGRAPH.LEFT,
            )
            write_runs(written, paragraph.runs, size=rich_pdf.SIZE, bold=heading)
    docx_helpers.set_spacing(document.add_paragraph()).paragraph_format.line_spacing = Pt(6)
