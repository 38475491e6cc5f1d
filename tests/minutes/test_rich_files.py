"""The secretary's text in both kinds of file: looks, points, tables, whatever their size."""

from dataclasses import replace
from io import BytesIO

import docx
import pypdfium2
import pytest

from meetingroom.minutes.docx import minutes_docx
from meetingroom.minutes.model import Passage
from meetingroom.minutes.pdf import minutes_pdf
from meetingroom.minutes.rich_reading import parse
from tests.minutes.story import MINUTES

TEXT = (
    "<h4>Ý kiến</h4><p>Nhất trí <strong>cao</strong> với <em>dự thảo</em>; <u>riêng Phòng 1</u> bổ sung.</p>"
    "<ol data-k=letter start=4><li>một<li>hai</ol>"
    "<table data-w='20,80'><tr><th>TT<th>Nội dung<tr><td rowspan=2>1<td>trên<tr><td>dưới</table>"
)


def with_text(html: str):
    passages = tuple(Passage(block) for block in parse(html).blocks)
    return replace(MINUTES, items=(replace(MINUTES.items[0], text=passages),))


def pages_of(file: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(file)]


def test_the_word_file_has_the_same_looks_labels_and_cells():
    document = docx.Document(BytesIO(minutes_docx(with_text(TEXT))))
    texts = {paragraph.text: paragraph for paragraph in document.paragraphs}
    looks = {
        run.text: (run.bold, run.italic, run.underline)
        for run in texts["Nhất trí cao với dự thảo; riêng Phòng\xa01 bổ sung."].runs
    }
    assert looks["cao"] == (True, None, None)
    assert looks["dự thảo"] == (None, True, None)
    assert looks["riêng Phòng\xa01"] == (None, None, True)
    assert {"d) một", "đ) hai"} <= set(texts)
    assert texts["Ý kiến"].style.name == "Heading 3"
    grid = next(table for table in document.tables if "Nội dung" in table.rows[0].cells[1].text)
    assert [cell.text for row in grid.rows for cell in row.cells] == ["TT", "Nội dung", "1", "trên", "1", "dưới"]
    assert grid._tbl.xpath(".//w:tblHeader")
    assert not document.element.body.xpath(".//w:numPr")


def test_the_pdf_has_the_same_looks_labels_and_cells():
    file = minutes_pdf(with_text(TEXT))
    text = " ".join(pages_of(file))
    for words in (
        "Nhất trí cao với dự thảo; riêng Phòng 1 bổ sung.",
        "d) một",
        "đ) hai",
        "TT Nội dung",
        "trên",
        "dưới",
    ):
        assert words in text.replace("\xa0", " "), words
    assert minutes_pdf(with_text(TEXT)) == file


def test_a_table_over_pages_has_its_head_on_each_and_no_page_twice():
    rows = "".join(f"<tr><td>Dòng {n}<td>{'chữ ' * (1200 if n == 30 else 5)}" for n in range(60))
    pages = pages_of(minutes_pdf(with_text(f"<table><tr><th>Cột A<th>Cột B{rows}</table>")))
    heads = [page.count("Cột A Cột B") for page in pages if "chữ chữ" in page]
    assert len(heads) > 3
    assert set(heads) == {1}
    assert sum(page.count("chữ ") for page in pages) >= 1200


@pytest.mark.parametrize(
    "html",
    [
        f"<table><tr><th>{'đầu ' * 1200}<th>B<tr><td>x<td>y</table>",
        f"<table><tr><td rowspan=50>{'cao ' * 1200}<td>b{'<tr><td>dòng' * 60}</table>",
        f"<table>{'<tr>' + '<td>ô' * 12}{'<tr><td colspan=12 rowspan=3>' + 'rộng ' * 900}</table>",
        f"<table><tr><td>{'x' * 5000}<td>y</table>",
        f"<p>{'<b>đậm</b> thường ' * 6000}</p>",
    ],
    ids=[
        "a head higher than a page",
        "a span of fifty rows",
        "a cell over all columns",
        "one word",
        "two hundred looks",
    ],
)
def test_no_text_that_is_let_in_is_refused_by_the_paper(html):
    minutes = with_text(html)
    assert minutes_pdf(minutes).startswith(b"%PDF")
    assert minutes_docx(minutes).startswith(b"PK")
