"""Plain text as a paper: its letters, its lines, its pages."""

import codecs

import pypdfium2 as pdfium
import pytest

from meetingroom.documents import plain_text, text_pages
from meetingroom.documents.file_rejected import FileRejected

WORDS = "Cộng hòa xã hội chủ nghĩa Việt Nam, ngày 29/11/2026"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_text_that_says_its_letters_is_read_in_them(encoding):
    assert plain_text.is_text(WORDS.encode(encoding)[:40])
    assert plain_text.read_text(WORDS.encode(encoding)) == (WORDS, False)


def test_a_text_of_old_windows_is_read_as_vietnamese_and_said_to_be_guessed():
    old = "Viê\xf2n kiê\u0309m sa\u0301t".replace("\xf2", "\u0323").encode("cp1258")
    assert plain_text.read_text(old) == ("Viện kiểm sát", True)


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"MZ\x90\x00", codecs.BOM_UTF16_LE + b"a"])
def test_what_is_no_text_is_none(data):
    with pytest.raises(FileRejected, match="damaged"):
        plain_text.read_text(data)


def pages_of(tmp_path, text: str, pages=100):
    (tmp_path / "a.txt").write_text(text)
    remarks, file = text_pages.print_text({"file": str(tmp_path / "a.txt"), "pages": pages, "title": "Thử"})
    made = pdfium.PdfDocument(file)
    return remarks, [page.get_textpage().get_text_range() for page in made]


def test_lines_stay_as_they_are_and_long_ones_are_wrapped(tmp_path):
    long = " ".join(["kiểm sát"] * 40)
    remarks, (page,) = pages_of(tmp_path, f"{WORDS}\r\n\r\n\tMục 1.   12%\n{long}\n{'w' * 300}")
    lines = page.splitlines()
    assert lines[0] == WORDS
    assert "Mục 1." in lines[1]
    assert page.count("kiểm") == 40
    assert page.count("w") == 300
    assert remarks == {"guessed": False, "missing": ""}


def test_a_form_feed_begins_a_page_and_sixty_lines_are_two(tmp_path):
    assert len(pages_of(tmp_path, "Một\fHai\fBa")[1]) == 3
    assert len(pages_of(tmp_path, "\n".join(map(str, range(60))))[1]) == 2
    assert len(pages_of(tmp_path, "\n" * 5000, pages=4)[1]) == 5


def test_signs_that_no_font_has_are_named_and_marked(tmp_path):
    remarks, (page,) = pages_of(tmp_path, "Bị can 漢 \U0001f600\x07 ✓")
    assert remarks["missing"] == "“漢” (U+6F22)"
    assert "□" in page
    assert "✓" in page
