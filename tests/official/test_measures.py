"""Every measure of Decree 30/2020/NĐ-CP, annex I, read back from both files of every kind of document."""

from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from meetingroom.official import kinds
from meetingroom.printing.page_format import MM
from tests.minutes.test_pdf import Sheet, middle, sheets
from tests.official.every_kind import KINDS, made, sources

COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
PARENT, ISSUING = "VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO", "TỈNH LẠC GIANG"
TITLES = {
    "bien_ban": "BIÊN BẢN", "thong_bao": "THÔNG BÁO", "giay_moi": "GIẤY MỜI", "chuong_trinh": "CHƯƠNG TRÌNH",
    "danh_sach": "DANH SÁCH THAM DỰ", "ket_qua_phieu": "BIÊN BẢN KIỂM PHIẾU", "nghi_quyet": "NGHỊ QUYẾT",
    "trich_sao": "TRÍCH SAO BIÊN BẢN", "y_kien": "TỔNG HỢP Ý KIẾN BẰNG VĂN BẢN",
    "tiep_thu": "BÁO CÁO TIẾP THU, GIẢI TRÌNH Ý KIẾN", "nhiem_vu": "DANH MỤC NHIỆM VỤ",
}  # fmt: skip
ON_ITS_SIDE = {"nhiem_vu"}
DATED = {"thong_bao", "giay_moi", "nghi_quyet", "trich_sao", "tiep_thu", "nhiem_vu"}
NUMBERED = {"bien_ban", "thong_bao", "giay_moi", "ket_qua_phieu", "nghi_quyet", "trich_sao"}


def pages(kind: str) -> list[Sheet]:
    return sheets(made(kind)[0])


def word(kind: str):
    return docx.Document(BytesIO(made(kind)[1]))


def paragraphs(file) -> list:
    cells = [p for table in file.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return [*file.paragraphs, *cells]


def line(file, text: str):
    found = [p for p in paragraphs(file) if text in p.text.replace("\xa0", " ")]
    assert found, text
    return found[0]


def look(paragraph) -> tuple[float, bool, bool]:
    """(size, bold, italic) of the first letters."""
    run, style = next(run for run in paragraph.runs if run.text.strip()), paragraph.style.font
    size = run.font.size or style.size
    bold = style.bold if run.bold is None else run.bold
    italic = style.italic if run.italic is None else run.italic
    return size.pt, bool(bold), bool(italic)


def face(sheet: Sheet, text: str) -> tuple[float, bool, bool]:
    name, size = sheet.face(text)
    return size, "Bold" in name, "Italic" in name


@pytest.mark.parametrize("kind", KINDS)
def test_paper_and_margins(kind):
    first, section = pages(kind)[0], word(kind).sections[0]
    size = (297, 210) if kind in ON_ITS_SIDE else (210, 297)
    assert first.page.get_size() == pytest.approx([side * MM for side in size], abs=0.1)
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx(size, abs=0.1)
    for side, (least, most) in {"left": (30, 35), "right": (15, 20), "top": (20, 25), "bottom": (20, 25)}.items():
        margin = getattr(section, f"{side}_margin").mm
        assert least <= round(margin, 1) <= most, side
    wide, high = first.page.get_size()
    boxes = [
        first.text.get_charbox(n) for n in range(first.text.count_chars()) if first.text.get_text_range(n, 1).strip()
    ]
    assert min(box[0] for box in boxes) >= 30 * MM - 0.5
    assert max(box[2] for box in boxes) <= wide - 15 * MM + 0.5
    assert max(box[3] for box in boxes) <= high - 20 * MM + 0.5  # the first page has no number


@pytest.mark.parametrize("kind", KINDS)
def test_the_head_has_its_sizes_and_styles_in_both_files(kind):
    first, file = pages(kind)[0], word(kind)
    size, bold, italic = face(first, COUNTRY)
    assert (size in (12, 13), bold, italic) == (True, True, False)
    assert look(line(file, COUNTRY)) == (size, True, False)
    assert face(first, MOTTO) == look(line(file, MOTTO)) == (size + 1, True, False)
    assert face(first, PARENT) == look(line(file, PARENT)) == (size, False, False)
    assert face(first, ISSUING) == look(line(file, ISSUING)) == (size, True, False)
    left, _, right, _ = first.box(MOTTO)
    assert first.rule_under(MOTTO) == pytest.approx(right - left, abs=3)
    assert abs(middle(first.box(COUNTRY)) - middle(first.box(MOTTO))) < 2
    assert first.box(PARENT)[2] < first.box(COUNTRY)[0]
    if kind in NUMBERED:
        assert face(first, "Số:") == look(line(file, "Số:")) == (13, False, False)
    if kind in DATED:
        assert face(first, "Lạc Giang, ngày") == look(line(file, "Lạc Giang, ngày")) == (14, False, True)


@pytest.mark.parametrize("kind", KINDS)
def test_the_title_stands_in_the_middle_and_the_body_is_fourteen(kind):
    first, file = pages(kind)[0], word(kind)
    title = TITLES[kind]
    assert face(first, title) == look(line(file, title)) == (14, True, False)
    wide = first.page.get_size()[0]
    assert middle(first.box(title)) == pytest.approx((30 * MM + wide - 15 * MM) / 2, abs=2)
    assert line(file, title).alignment in (None, WD_ALIGN_PARAGRAPH.CENTER)
    assert file.styles["Title"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    body = file.styles["Body Text"]
    assert body.font.name == "Times New Roman"
    assert body.font.size.pt == 14
    assert body.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert body.paragraph_format.first_line_indent.mm == pytest.approx(12.7, abs=0.1)
    assert body.paragraph_format.space_before.pt >= 6
    assert 1 <= body.paragraph_format.line_spacing <= 1.5


def of_official() -> list[tuple[str, str, str]]:
    """(kind, office, name) of each signer."""
    found = []
    for kind, source in sources().items():
        signers = kinds.build(kind, source).signers
        found += [
            (kind, signer.office.split("\n")[0], signer.name) for signer in signers if signer.name and signer.office
        ]
    return [*found, ("bien_ban", "THƯ KÝ", "Lý Thị Mai"), ("bien_ban", "CHỦ TỌA", "Nguyễn Văn An")]


@pytest.mark.parametrize(("kind", "office", "name"), of_official())
def test_offices_and_names_of_signers(kind, office, name):
    last, file = pages(kind)[-1], word(kind)
    assert face(last, office.upper()) == look(line(file, office.upper())) == (14, True, False)
    names = [p for p in paragraphs(file) if p.text == name]
    assert look(names[-1]) == (14, True, False)
    assert "LiberationSerif-Bold" in last.face(name)[0] or last.words.count(name) > 1
    assert last.box(office.upper())[1] > 20 * MM


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("chuong_trinh", "danh_sach", "y_kien")])
def test_recipients_are_twelve_and_eleven(kind):
    last, file = pages(kind)[-1], word(kind)
    assert face(last, "Nơi nhận:") == look(line(file, "Nơi nhận:")) == (12, True, True)
    assert face(last, "- ") == (11, False, False) or face(last, "- Lưu") == (11, False, False)
    assert look(line(file, "- Lưu")) == (11, False, False)


def test_marks_of_urgency_and_circulation_are_boxes_red_and_black():
    first, file = pages("thong_bao")[0], word("thong_bao")
    for text, colour in (("KHẨN", "FF0000"), ("LƯU HÀNH NỘI BỘ", "000000")):
        assert face(first, text) == look(line(file, text)) == (13, True, False)
        assert str(line(file, text).runs[0].font.color.rgb) == colour
    boxes = [thing.get_bounds() for thing in first.page.get_objects() if thing.type == 2]
    (urgent,) = [box for box in boxes if box[3] - box[1] > 8 * MM]  # with half the line on each side
    assert (urgent[3] - urgent[1]) / MM == pytest.approx(8, abs=0.6)
    assert (urgent[2] - urgent[0]) / MM == pytest.approx(20, abs=0.6)


def test_the_address_stands_at_the_foot_of_the_first_page_under_a_line():
    first, file = pages("thong_bao")[0], word("thong_bao")
    assert face(first, "Số 1 đường") == (11, False, False)
    assert first.box("Số 1 đường")[3] < 20 * MM
    foot = file.sections[0].first_page_footer.paragraphs[0]
    assert look(foot) == (11, False, False)
    assert foot._p.xpath("./w:pPr/w:pBdr/w:top")


def test_pages_after_the_first_have_their_number_in_the_middle_of_the_top_margin():
    _first, second = pages("tiep_thu")
    wide, high = second.page.get_size()
    left, low, right, _ = second.box("2")
    assert (left + right) / 2 == pytest.approx((30 * MM + wide - 15 * MM) / 2, abs=1)
    assert low > high - 20 * MM
    assert second.face("2") == ("LiberationSerif", 13)
    for section in word("tiep_thu").sections:
        numbers = [p for p in section.header.paragraphs if "PAGE" in p._p.xml]
        assert numbers[0].runs[1].font.size.pt == 13
