"""Where what is drawn on a page does not match its words, the owner is told the page."""

import pytest

from meetingroom.documents import legacy_encodings, page_pictures
from tests.documents import papers, pdfs

BAR = "{} g 55 690 400 30 re f "
OLD, NEW = "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"


def seen(path, number=1):
    """(words, codes) as the render process reads them beside the picture."""
    paper = page_pictures.Pdf(path)
    words, codes = paper.read(number, paper.image(number, page_pictures.FULL))
    return [word["text"] for word in words], codes


def test_a_letter_without_a_glyph_is_told(tmp_path):
    assert seen(pdfs.glyph_left_out(tmp_path / "a.pdf")) == (["đồng", "ý"], ["letters_missing"])


@pytest.mark.parametrize("shade", ["0", "1"])
def test_words_under_a_bar_are_no_words_of_the_page(tmp_path, shade):
    """A name made black (or white) is drawn over, and was in the file for whoever searches."""
    content = "0 g " + pdfs.show("Nguyen Van An") + pdfs.show("An Van Nguyen", y=600) + BAR.format(shade)
    assert seen(pdfs.one_page(tmp_path / "a.pdf", content)) == (["An", "Van", "Nguyen"], ["words_differ"])


def test_words_in_the_colour_of_the_paper_are_none(tmp_path):
    content = "1 g " + pdfs.show("Nobody") + "0 g " + pdfs.show("Everybody", y=600)
    assert seen(pdfs.one_page(tmp_path / "a.pdf", content)) == (["Everybody"], ["words_differ"])


@pytest.mark.parametrize("content", ["3 Tr ", "", "1 g "])
def test_what_a_scanner_read_stays_and_is_not_told(tmp_path, content):
    """Words that are not drawn, and words beneath the picture of the paper."""
    path = pdfs.scanned(tmp_path / "a.pdf", content + pdfs.show("Scanned"))
    assert seen(path) == (["Scanned"], [])


def test_honest_papers_are_told_nothing(tmp_path):
    assert seen(papers.pdf(tmp_path / "a.pdf", pages=1))[1] == []
    assert seen(pdfs.font_left_out(tmp_path / "b.pdf", "đồng ý khởi tố", "TimesNewRomanPSMT"))[1] == []
    assert (
        seen(pdfs.one_page(tmp_path / "c.pdf", "0 0 0.4 rg 50 680 400 50 re f 1 g " + pdfs.show("Light on dark")))[1]
        == []
    )


def test_old_letters_without_their_font_are_drawn_as_they_were_meant(tmp_path):
    path = pdfs.old_font(tmp_path / "a.pdf", OLD, ".VnTime")
    assert seen(path) == (NEW.split(), ["old_letters"])
    paper = page_pictures.Pdf(path)
    right = page_pictures.Pdf(pdfs.old_font(tmp_path / "b.pdf", "Cong hoa xa hoi chu nghia Viet Nam", ".VnTime"))
    assert pdfs.ink(paper.image(1, 1920), (55, 120, 500, 150)) > pdfs.ink(right.image(1, 1920), (55, 120, 500, 150))


def test_what_a_substitute_cannot_draw_of_old_letters_is_told(tmp_path):
    assert seen(pdfs.old_font(tmp_path / "a.pdf", "Coäng hoøa", "ABCDEF+VNI-Times")) == (
        ["Cộng", "hòa"],
        ["old_letters", "letters_missing"],
    )


@pytest.mark.parametrize(
    ("font", "old", "new"),
    [
        (".VnTime", "n-íc -u tiªn 12/BC-VKS - th-", "nước ưu tiên 12/BC-VKS - thư"),
        (".VnTime", "n\u00adíc", "nước"),
        (".VnTimeH", "céng hßa", "CỘNG HÒA"),
        ("ABCDEF+.VnTime", "đồng ý", "đồng ý"),
        ("VNI-Times", "Vieän kieåm saùt", "Viện kiểm sát"),
        (".VnTime,Bold", OLD, NEW),
    ],
)
def test_old_letters_are_turned_into_unicode(font, old, new):
    turned = legacy_encodings.to_unicode(font, list(old))
    assert (len(turned), "".join(turned)) == (len(old), new)


def test_what_stands_in_fields_are_words_of_the_page(tmp_path):
    path = pdfs.form(tmp_path / "a.pdf", "đồng ý khởi tố", free="Đề nghị bổ sung")
    words, codes = seen(path)
    assert ({"đồng", "khởi", "Đề", "sung"} <= set(words), codes) == (True, [])


def test_a_field_that_cannot_be_drawn_anew_is_not_said_to_be(tmp_path, monkeypatch):
    monkeypatch.setattr("meetingroom.documents.pdf_structure.LARGEST", 10)
    paper = page_pictures.Pdf(pdfs.form(tmp_path / "a.pdf", "đồng ý", free="Đề nghị"))
    assert [each["code"] for each in paper.warnings] == ["letters_missing"] * 2


def test_the_page_is_told_and_kept_with_the_document(bench, tmp_path):
    document = bench.ingested(pdfs.glyph_left_out(tmp_path / "a.pdf"))
    assert document["warnings"] == [{"code": "letters_missing", "page": 1}]
