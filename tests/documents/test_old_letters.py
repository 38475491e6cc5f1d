"""Vietnamese from before Unicode: what the file says, what it means."""

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn

from meetingroom.documents import legacy_encodings, office
from meetingroom.documents.kinds import KINDS
from tests.documents import papers
from tests.documents.saving import saved_as
from tests.documents.test_office_shows import Shown

MEANT = "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập, Tự do, Hạnh phúc"
IN_ABC = "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp, Tù do, H¹nh phóc"
IN_VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp, Töï do, Haïnh phuùc"
LETTERS = "àảãáạằẳẵắặăầẩẫấậâèẻẽéẹềểễếệêìỉĩíịòỏõóọồổỗốộôờởỡớợơùủũúụừửữứựưỳỷỹýỵđ"

needs_libreoffice = pytest.mark.skipif(not office.available(), reason="LibreOffice is not installed")


def read(words, scheme):
    """As the macro does."""
    out, n = "", 0
    while n < len(words):
        length = 2 if words[n : n + 2] in scheme and len(words[n : n + 2]) == 2 else 1
        out += scheme.get(words[n : n + length], words[n : n + length])
        n += length
    return out


def test_both_ways_of_writing_are_read():
    assert read(IN_ABC, legacy_encodings.abc()) == MEANT
    assert read(IN_VNI, legacy_encodings.vni()) == MEANT


def test_no_letter_of_vietnamese_is_missing_or_there_twice():
    assert set(LETTERS) <= set(legacy_encodings.abc().values())
    assert len(set(legacy_encodings.abc().values())) == len(legacy_encodings.abc()) == 74
    assert set(LETTERS + LETTERS.upper()) == set(legacy_encodings.vni().values())


def test_only_files_that_name_such_a_font_are_looked_through(tmp_path):
    assert not legacy_encodings.is_suspected(papers.docx(tmp_path / "a.docx"), KINDS["docx"])
    assert legacy_encodings.is_suspected(written(tmp_path / "b.docx", (IN_ABC, ".VnTime")), KINDS["docx"])
    (tmp_path / "c.doc").write_bytes(bytes(1024 * 1024 - 5) + "VNI-Times".encode("utf-16-le"))
    assert legacy_encodings.is_suspected(tmp_path / "c.doc", KINDS["doc"])


def written(path, *runs, style=""):
    """A text; each run is (words, font)."""
    document = Document()
    if style:
        document.styles["Normal"].font.name = style
    for words, font in runs:
        run = document.add_paragraph().add_run(words)
        run.bold = True
        if font:
            fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
            for name in ("w:ascii", "w:hAnsi"):
                fonts.set(qn(name), font)
    document.save(str(path))
    return path


@needs_libreoffice
@pytest.mark.parametrize("ending", ["docx", "doc", "odt", "rtf"])
def test_a_text_in_old_fonts_is_shown_in_unicode_and_its_owner_is_told(tmp_path, ending):
    runs = [(IN_ABC, ".VnTime"), ("viÖn tr­ëng", ".VnTimeH"), (IN_VNI, "VNI-Times"), ("chữ mới", ".VnTime")]
    path = written(tmp_path / "a.docx", *runs)
    shown = Shown(path if ending == "docx" else saved_as(path, ending, tmp_path), tmp_path)
    assert shown.words.count(MEANT) == 2
    assert "VIỆN TRƯỞNG" in shown.words
    assert "chữ mới" in shown.words
    assert shown.warnings == [{"code": "old_letters"}]


@needs_libreoffice
def test_the_font_may_come_from_the_style_and_the_words_stand_in_tables_and_heads(tmp_path):
    path = written(tmp_path / "a.docx", (IN_ABC, ""), style=".VnTime")
    document = Document(str(path))
    document.add_table(1, 1).cell(0, 0).text = "QuyÕt ®Þnh"
    document.sections[0].header.paragraphs[0].text = "ViÖn kiÓm s¸t"
    document.save(str(path))
    words = Shown(path, tmp_path).words
    assert all(each in words for each in (MEANT, "Quyết định", "Viện kiểm sát"))


@needs_libreoffice
@pytest.mark.parametrize("ending", ["docx", "doc", "rtf"])
def test_words_keep_their_weight_and_what_follows_keeps_its_place(tmp_path, ending):
    document = Document()
    document.styles["Normal"].font.name = ".VnTime"
    paragraph = document.add_paragraph("Céng hßa ")
    paragraph.add_run("x· héi").bold = True
    paragraph.add_run(" chñ ")
    paragraph.add_run("§").bold = True
    paragraph.add_run(" Unicode: chữ")
    document.save(str(tmp_path / "a.docx"))
    path = tmp_path / "a.docx"
    shown = Shown(path if ending == "docx" else saved_as(path, ending, tmp_path), tmp_path)
    assert shown.words == "Cộng hòa xã hội chủ Đ Unicode: chữ"
    assert shown.bold == "xã hội Đ"


@needs_libreoffice
def test_what_is_set_in_other_fonts_stays_as_it_is(tmp_path):
    path = written(tmp_path / "a.docx", ("Céng é ß ñ", "Arial"), (IN_ABC, ".VnTime"))
    assert "Céng é ß ñ" in Shown(path, tmp_path).words


@needs_libreoffice
def test_cells_and_slides_in_old_fonts_are_read_as_well(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "§¬n vÞ"
    book.active["A1"].font = openpyxl.styles.Font(name=".VnTime")
    book.active["A2"] = "Số 5"
    book.save(tmp_path / "a.xlsx")
    assert Shown(tmp_path / "a.xlsx", tmp_path).words.split() == ["Đơn", "vị", "Số", "5"]
    slides = saved_as(papers.odp(tmp_path / "a.odp", text="§¬n vÞ"), "pptx", tmp_path)
    kept = papers.entries(slides)
    slide = kept["ppt/slides/slide1.xml"].replace(b"<a:latin typeface=", b"<a:ltn typeface=")
    slide = slide.replace(b"</a:rPr>", b'<a:latin typeface=".VnTime"/></a:rPr>')
    shown = Shown(papers.zipped(slides, {**kept, "ppt/slides/slide1.xml": slide}), tmp_path)
    assert shown.pages[0] == "Đơn vị"
