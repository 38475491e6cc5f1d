"""What stands in a PDF beside its pages: layers, forms, other files, marks."""

import pytest

from meetingroom.documents import page_pictures
from tests.documents import papers, pdfs


def codes(path):
    return [each["code"] for each in page_pictures.Pdf(path).warnings]


def test_words_are_those_a_screen_shows(tmp_path):
    """Hidden layers, what is for print only, rules over layers and forms on them are none."""
    paper = page_pictures.Pdf(pdfs.layered(tmp_path / "a.pdf"))
    assert [word["text"] for word in paper.words(1)] == ["SCREEN", "ALWAYS"]
    assert [each["code"] for each in paper.warnings] == ["hidden_layers"]
    assert (
        pdfs.ink(paper.image(1, 1920), (60, 230, 200, 246)) > 0 == pdfs.ink(paper.image(1, 1920), (60, 175, 200, 195))
    )


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (pdfs.xfa, ["xfa_form"]),
        (pdfs.portfolio, ["portfolio"]),
        (lambda path: pdfs.portfolio(path, cover=False), ["attachments"]),
        (pdfs.marked, ["mark_without_picture", "mark_without_picture"]),
        (lambda path: papers.pdf(path, pages=2), []),
        (lambda path: pdfs.signed(path, form=True), []),
    ],
)
def test_what_is_not_shown_is_told(tmp_path, make, found):
    assert codes(make(tmp_path / "a.pdf")) == found


VALUE, FREE = "đồng ý khởi tố", "Đề nghị bổ sung chứng cứ"


@pytest.mark.parametrize("drawn", ["", "ng y khi t"])
def test_the_value_of_a_field_is_drawn_with_all_its_letters(tmp_path, drawn):
    paper = page_pictures.Pdf(pdfs.form(tmp_path / "a.pdf", VALUE, drawn=drawn, free=FREE))
    page = paper.image(1, 1920)
    assert [each["code"] for each in paper.warnings] == ["form_redrawn"] * 2
    # What stands beneath the letters (dots of ộ, ậ) and above them (marks) is there as well: more ink than without.
    bare = page_pictures.Pdf(pdfs.form(tmp_path / "b.pdf", "dong y khoi to", free="De nghi bo sung chung cu")).image(
        1, 1920
    )
    for box in ((60, 218, 460, 242), (60, 312, 460, 342)):
        assert pdfs.ink(page, box) > pdfs.ink(bare, box)


def test_a_field_whose_picture_is_whole_stays_as_it_is(tmp_path):
    assert codes(pdfs.form(tmp_path / "a.pdf", "Dong y", drawn="Dong y")) == []


@pytest.mark.parametrize("catalog", ["/OCProperties 7", "/OCProperties<</OCGs[3 9]/D[]>>", "/AcroForm[1]/Names(x)"])
def test_nonsense_beside_the_pages_keeps_no_page_from_being_drawn(tmp_path, catalog):
    paper = page_pictures.Pdf(pdfs.one_page(tmp_path / "a.pdf", pdfs.show("Here"), catalog=catalog))
    assert [word["text"] for word in paper.words(1)] == ["Here"]


def test_the_warnings_are_kept_with_the_document(bench, tmp_path):
    document = bench.ingested(pdfs.xfa(tmp_path / "a.pdf"))
    assert (document["status"], document["warnings"]) == ("ready", [{"code": "xfa_form"}])
