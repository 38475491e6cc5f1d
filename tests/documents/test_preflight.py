"""Every file that is refused before anything opens it, and the honest ones that must not be."""

import pytest

from meetingroom.documents import preflight
from meetingroom.documents.unfit import Unfit
from tests.documents import papers


def refusal(deed, *args) -> str:
    with pytest.raises(Unfit) as caught:
        deed(*args)
    return caught.value.code


def looked_at(path):
    """At the door and in the worker."""
    preflight.inspect(path, preflight.glance(path, path.name))


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (papers.pdf, "báo cáo.pdf"),
        (papers.jpeg, "ảnh.JPG"),
        (papers.docx, "a.docx"),
        (papers.xlsx, "a.xlsx"),
        (papers.odt, "a.odt"),
        (papers.rtf, "a.rtf"),
        (papers.owner_locked_pdf, "a.pdf"),
    ],
)
def test_honest_files_pass(tmp_path, make, name):
    looked_at(make(tmp_path / name))


def test_old_word_files_pass(tmp_path):
    looked_at(papers.ole(tmp_path / "a.doc", ["1Table", "WordDocument"]))


def test_the_name_is_found_in_a_later_sector_of_the_directory(tmp_path):
    looked_at(papers.ole(tmp_path / "a.doc", [f"Stream {n}" for n in range(20)] + ["WordDocument"]))


def test_a_pdf_may_begin_some_bytes_late(tmp_path):
    path = papers.pdf(tmp_path / "a.pdf")
    path.write_bytes(b"\xef\xbb\xbf\r\n" + path.read_bytes())
    looked_at(path)


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a", "pdf", "a.pdf.exe", "a.docm", "a.zip"])
def test_other_kinds_are_refused(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.7 whatever")
    assert refusal(preflight.glance, path, name) == "unsupported_type"


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.png"])
def test_an_empty_file_is_refused(tmp_path, name):
    (tmp_path / name).touch()
    assert refusal(preflight.glance, tmp_path / name, name) == "empty_file"


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.pptx", "a.xls", "a.png", "a.jpg", "a.rtf"])
def test_random_bytes_under_any_name_are_refused(tmp_path, name):
    assert refusal(looked_at, papers.random_bytes(tmp_path / name)) == "disguised"


def test_a_web_page_called_pdf_is_refused(tmp_path):
    (tmp_path / "a.pdf").write_text("<html><img src='http://example.org/'></html>" * 50)
    assert refusal(looked_at, tmp_path / "a.pdf") == "disguised"


def test_a_workbook_called_docx_is_refused(tmp_path):
    assert refusal(looked_at, papers.xlsx(tmp_path / "a.docx")) == "disguised"


def test_an_old_workbook_called_doc_is_refused(tmp_path):
    assert refusal(looked_at, papers.ole(tmp_path / "a.doc", ["Workbook"])) == "disguised"


@pytest.mark.parametrize("name", ["a.docx", "a.pptx", "a.xlsx"])
def test_an_office_file_with_a_password_is_told_at_the_door(tmp_path, name):
    assert refusal(preflight.glance, papers.encrypted_office(tmp_path / name), name) == "encrypted"


def test_a_truncated_office_file_is_damaged(tmp_path):
    assert refusal(looked_at, papers.truncated(papers.docx(tmp_path / "a.docx"))) == "damaged"


def test_a_flipped_bit_is_damage(tmp_path):
    assert refusal(looked_at, papers.bit_flipped(papers.docx(tmp_path / "a.docx"))) == "damaged"


def test_a_zip_that_says_it_unfolds_to_a_gigabyte_is_a_bomb(tmp_path):
    assert refusal(looked_at, papers.zip_bomb(tmp_path / "a.docx")) == "bomb"


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path):
    assert refusal(looked_at, papers.lying_zip(tmp_path / "a.docx")) in {"bomb", "damaged"}


def test_billion_laughs_are_a_bomb_in_utf_8_and_utf_16(tmp_path):
    laughs = papers.billion_laughs()
    assert refusal(looked_at, papers.with_document_xml(tmp_path / "a.docx", laughs)) == "bomb"
    wide = laughs.decode().replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")
    assert refusal(looked_at, papers.with_document_xml(tmp_path / "b.docx", wide)) == "bomb"


def test_entities_hidden_behind_a_long_comment_are_found(tmp_path):
    hidden = papers.billion_laughs().replace(b"?>", b"?><!--" + b"x" * 2_000_000 + b"-->", 1)
    assert refusal(looked_at, papers.with_document_xml(tmp_path / "a.docx", hidden)) == "bomb"
