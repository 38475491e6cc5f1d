"""Every page of a draft says that it is one, in both files; no page of approved minutes does."""

import io
from dataclasses import replace

import docx
import pypdfium2
import pytest

from meetingroom.minutes.docx import minutes_docx
from meetingroom.minutes.model import Attendee
from meetingroom.minutes.pdf import attendance_pdf, minutes_pdf
from tests.minutes.story import MINUTES, at

CROWD = tuple(
    Attendee(f"Nguyễn Văn Người Thứ {n}", "Kiểm sát viên", "Phòng 1", state="onsite", at=at("07:50")) for n in range(90)
)


def pages(file: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(file)]


@pytest.mark.parametrize("is_draft", [True, False])
@pytest.mark.parametrize("make", [minutes_pdf, attendance_pdf])
def test_every_page_of_the_pdf(make, is_draft):
    found = pages(make(replace(MINUTES, people=CROWD, draft=is_draft)))
    assert len(found) > 2
    assert {"DỰ THẢO" in text for text in found} == {is_draft}


@pytest.mark.parametrize("is_draft", [True, False])
def test_every_page_of_the_word_file(is_draft):
    """Page 1 below the number; the later ones and the first of the annex in the top margin."""
    document = docx.Document(io.BytesIO(minutes_docx(replace(MINUTES, people=CROWD, draft=is_draft))))
    body, annex = document.sections
    places = [
        document.tables[0]._tbl.xpath("string(.)"),
        *("".join(p.text for p in top.paragraphs) for top in (body.header, annex.header, annex.first_page_header)),
    ]
    assert ["DỰ THẢO" in text for text in places] == [is_draft] * 4
