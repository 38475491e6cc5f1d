"""Words with their places, as search and marks will need them."""

import unicodedata

import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from meetingroom.documents import page_text, store
from tests.documents import papers, pdfs


def words_of(path, page=0):
    return page_text.words_of(pdfium.PdfDocument(path)[page])


def test_words_come_in_reading_order_and_in_one_unicode_form(tmp_path):
    found = words_of(papers.pdf(tmp_path / "a.pdf", lines=1, text=unicodedata.normalize("NFC", papers.LINE)))
    assert [word["text"] for word in found] == ["Trang", "1", *papers.LINE.split()]


def test_letters_written_as_letter_and_mark_are_joined(tmp_path):
    found = words_of(papers.pdf(tmp_path / "a.pdf", lines=1, text=unicodedata.normalize("NFD", "Viện kiểm sát")))
    assert "".join(word["text"] for word in found[2:]) == "Việnkiểmsát"


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_boxes_are_fractions_of_the_page_as_it_is_shown(tmp_path, turned):
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(600, 600))
    canvas.setFont("Helvetica", 20)
    canvas.drawString(60, 540, "Here")
    canvas.setPageRotation(turned)
    canvas.save()
    [word] = words_of(tmp_path / "a.pdf")
    x, y, width, height = word["box"]
    corner = {0: (x, y + height), 90: (x, y), 180: (x + width, y), 270: (x + width, y + height)}[turned]
    expected = {0: (0.1, 0.1), 90: (0.9, 0.1), 180: (0.9, 0.9), 270: (0.1, 0.9)}[turned]
    assert corner == pytest.approx(expected, abs=0.02)


def test_a_cropped_page_counts_from_what_is_left(tmp_path):
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(1000, 1000))
    canvas.setCropBox((500, 500, 1000, 1000))
    canvas.setFont("Helvetica", 20)
    canvas.drawString(500, 700, "Seen")
    canvas.drawString(100, 100, "Cut")
    canvas.save()
    [word] = words_of(tmp_path / "a.pdf")
    assert word["text"] == "Seen"
    assert word["box"][0] == pytest.approx(0, abs=0.01)
    assert word["box"][1] + word["box"][3] == pytest.approx(0.6, abs=0.02)


def test_a_page_without_text_has_no_words(tmp_path):
    assert words_of(papers.pdf_of_pictures(tmp_path / "a.pdf")) == []


def test_a_page_of_a_million_letters_gives_what_is_bearable(tmp_path):
    stream = b"BT /F 1 Tf " + b"(a b c d e f g h i j) Tj " * 20_000 + b"ET"
    page = "/MediaBox[0 0 595 842]/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    assert len(words_of(papers.raw_pdf(tmp_path / "a.pdf", page, stream))) <= page_text.WORDS_LIMIT


@pytest.mark.parametrize(("first", "second"), [("inter", "national"), ("VKS", "TC")])
def test_a_word_broken_at_the_end_of_a_line_has_a_box_on_each_and_is_found_without_the_hyphen(tmp_path, first, second):
    content = f"BT /F 20 Tf 60 700 Td 24 TL (some more words of a line {first}-) Tj T* ({second} court) Tj ET"
    found = words_of(pdfs.one_page(tmp_path / "a.pdf", content))
    [word] = [each for each in found if "boxes" in each]
    assert (word["text"], word["printed"], word["box"]) == (f"{first}{second}", f"{first}-{second}", word["boxes"][0])
    (_, above, _, height), (left, below, _, _) = word["boxes"]
    assert height < 0.04
    assert above + height <= below + 0.005
    assert left == pytest.approx(60 / 595, abs=0.01)
    assert [each["text"] for each in found][-1] == "court"


def test_a_broken_word_is_kept_for_the_search_in_both_spellings(bench, tmp_path):
    content = "BT /F 20 Tf 60 700 Td 24 TL (some more words of a line VKS-) Tj T* (TC court) Tj ET"
    document = bench.ingested(pdfs.one_page(tmp_path / "a.pdf", content))
    with bench.pool.lend() as db:
        assert {"VKSTC", "VKS-TC"} <= set(store.find_page(db, document["id"], 1)["text"].split())
