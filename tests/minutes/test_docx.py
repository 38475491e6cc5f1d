"""The word-processor file has the geometry of the PDF and stays editable."""

import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from meetingroom.minutes.docx import minutes_docx
from meetingroom.minutes.model import Attendee, Passage, passages
from meetingroom.minutes.pdf import minutes_pdf
from meetingroom.minutes.rich import Para, Run
from tests.minutes.story import MINUTES, TEXT, at, long_minutes


def opened(minutes=MINUTES, language="vi"):
    return docx.Document(BytesIO(minutes_docx(minutes, language)))


def named(document, text: str):
    return next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith(text))


def test_paper_and_margins():
    section = opened().sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(size.mm) for size in (*sizes, section.left_margin, section.right_margin)] == [
        210,
        297,
        20,
        20,
        30,
        15,
    ]


def test_the_typeface_is_the_decrees_in_every_script():
    document = opened()
    for style in ("Normal", "Body Text", "Heading 2", "Title", "Subtitle"):
        fonts = document.styles[style].element.rPr.rFonts
        assert {fonts.get(docx.oxml.ns.qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "cs", "eastAsia")} == {
            "Times New Roman"
        }
        assert document.styles[style].font.size.pt == 14


def test_the_body_is_justified_and_indented_by_its_style():
    document = opened()
    paragraph = named(document, "Đồng chí Trần Thị Bình")
    assert paragraph.style.name == "Body Text"
    form = paragraph.style.paragraph_format
    assert form.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert (round(form.first_line_indent.mm, 1), form.space_before.pt) == (12.7, 6)
    assert named(document, "2. Báo cáo tổng kết").style.name == "Heading 2"


def test_the_page_number_is_a_field_in_the_head_of_all_pages_but_the_first():
    section = opened().sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert section.first_page_header.is_linked_to_previous or not section.first_page_header.paragraphs[0].text


def test_the_end_of_the_text_stays_with_the_signatures():
    document = opened()
    assert named(document, "Hội nghị kết thúc vào").paragraph_format.keep_with_next
    names = document.tables[-1].rows[0].cells
    assert [[p.text for p in cell.paragraphs] for cell in names] == [
        ["THƯ KÝ", "Lý Thị Mai"],
        ["CHỦ TỌA", "Nguyễn Văn An"],
    ]
    assert all(paragraph.paragraph_format.keep_with_next for cell in names for paragraph in cell.paragraphs)


def test_only_a_draft_is_marked():
    assert "DỰ THẢO" in opened(replace(MINUTES, draft=True)).sections[0].header.paragraphs[0].text
    final = opened()
    assert "DỰ THẢO" not in final.sections[0].header.paragraphs[0].text
    assert "DỰ THẢO" not in "".join(cell.text for cell in final.tables[0].rows[0].cells)


def test_the_same_minutes_are_the_same_bytes_and_no_clock_is_in_them():
    file = minutes_docx(MINUTES)
    assert file == minutes_docx(MINUTES)
    assert {entry.date_time for entry in zipfile.ZipFile(BytesIO(file)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert docx.Document(BytesIO(file)).core_properties.created.isoformat()[:16] == "2026-12-16T04:00"  # universal time


def test_control_characters_do_not_break_the_file():
    minutes = replace(MINUTES, items=(replace(MINUTES.items[0], text=(Passage(Para((Run("a\x0bb\x00c\ud800d"),))),)),))
    assert named(opened(minutes), "abcd")


def test_many_people_are_annexed_in_a_section_of_its_own():
    people = tuple(Attendee(f"Nguyễn Văn {n}", state="onsite", at=at("07:50")) for n in range(1, 61))
    document = opened(replace(MINUTES, people=people))
    assert len(document.sections) == 2
    assert 'w:pgNumType w:start="1"' in document.sections[1]._sectPr.xml
    assert len(document.tables[-1].rows) == 61


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_a_word_processor_lays_it_out_as_the_pdf(tmp_path):
    minutes = replace(long_minutes(3), items=(replace(MINUTES.items[0], text=passages(TEXT * 2) * 30),))
    (tmp_path / "m.docx").write_bytes(minutes_docx(minutes))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "m.docx"], check=True, capture_output=True, timeout=120)
    written, printed = pypdfium2.PdfDocument(tmp_path / "m.pdf"), pypdfium2.PdfDocument(minutes_pdf(minutes))
    assert len(written) == len(printed)
    for mark in ("CỘNG HÒA XÃ HỘI", "BIÊN BẢN", "Thời gian bắt đầu", "2. Báo cáo tổng kết"):
        assert where(written[0], mark) == pytest.approx(where(printed[0], mark), abs=6), mark
    last = written[len(written) - 1]
    for mark in ("THƯ KÝ", "CHỦ TỌA", "Nơi nhận"):
        assert where(last, mark)[0] == pytest.approx(where(printed[len(printed) - 1], mark)[0], abs=6), mark


def where(page, words: str) -> tuple[float, float]:
    text = page.get_textpage()
    found = text.search(words, match_case=True).get_next()
    assert found, words
    return text.get_charbox(found[0])[:2]


# What the file says of itself

# The order in which the schema (ISO 29500, wml.xsd) wants the children of these.
ORDERS = {
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tblCellMar": "top left start bottom right end",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "pBdr": "top left bottom right between bar",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
}


@pytest.mark.parametrize("minutes", [MINUTES, replace(MINUTES, people=MINUTES.people * 7)], ids=["short", "annexed"])
def test_every_property_stands_where_the_schema_wants_it(minutes):
    document = opened(minutes)
    for kind, order in ORDERS.items():
        places = order.split()
        for part in (document.element, document.styles.element):
            for element in part.iter(docx.oxml.ns.qn(f"w:{kind}")):
                names = [child.tag.rpartition("}")[2] for child in element]
                assert names == sorted(names, key=places.index), (kind, names)


def test_margins_are_not_below_the_decrees():
    for section in opened(replace(MINUTES, people=MINUTES.people * 7)).sections:
        margins = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
        assert all(0 <= margin.mm - wanted < 0.02 for margin, wanted in zip(margins, (20, 20, 30, 15), strict=True))


def test_it_is_in_vietnamese_of_todays_word_and_by_nobody_else():
    file = zipfile.ZipFile(BytesIO(minutes_docx(MINUTES)))
    settings, styles = file.read("word/settings.xml").decode(), file.read("word/styles.xml").decode()
    assert 'w:themeFontLang w:val="vi-VN"' in settings
    assert 'w:lang w:val="vi-VN"' in styles
    assert "en-US" not in settings + styles
    assert 'compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"' in settings
    assert not [name for name in file.namelist() if "thumbnail" in name]
    assert "thumbnail" not in file.read("_rels/.rels").decode()
    core = file.read("docProps/core.xml").decode()
    assert "2026-12-16T04:00:00Z" in core
    assert "python-docx" not in core
