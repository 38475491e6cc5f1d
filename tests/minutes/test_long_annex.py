"""A list of three hundred people at twelve sites, guests and substitutes in groups of their own, over many pages."""

import io
import re

import pypdfium2
import pytest
from docx import Document

from meetingroom.meeting.lifecycle import MeetingClosed, MeetingCreated, MeetingOpened, MeetingPublished
from meetingroom.meeting.people import PersonInvited
from meetingroom.meeting.roll import Excused, RollCalled, SubstituteAccepted, SubstituteProposed
from meetingroom.meeting.sites import SiteAdded
from meetingroom.minutes.docx import minutes_docx
from meetingroom.minutes.pdf import attendance_pdf, minutes_pdf
from tests.minutes.story import at, minutes_of

TITLES = ("Viện trưởng", "Trưởng phòng Kiểm sát thi hành án hình sự", "Kiểm sát viên trung cấp", "Chuyên viên")
HEAD, GUESTS, SUBSTITUTES = "Họ và tên", "Khách mời (", "Người dự thay ("
REASON = "dự phiên tòa xét xử phúc thẩm tại Tòa án nhân dân cấp cao"


def gathered(members: int, guests: int, sent: int, sites: int = 12):
    """The minutes of a meeting of so many; `sent` of the members have a substitute."""
    facts = [("07:00", "p1", MeetingCreated("Hội nghị", "conference", at("08:00"), at("11:00"), "Hội trường"))]
    facts += [
        ("07:00", "p1", SiteAdded(f"s{n}", f"Viện kiểm sát nhân dân khu vực {n}", f"ĐC{n:02}", n == 0))
        for n in range(sites)
    ]
    for n in range(members + guests):
        role = {0: "chair", 1: "secretary"}.get(n, "delegate" if n < members else "guest")
        where = (f"Viện kiểm sát nhân dân khu vực {n % sites}", role, f"s{n % sites}")
        facts.append(("07:01", "p1", PersonInvited(f"p{n}", f"Nguyễn Thị Phương {n}", TITLES[n % 4], *where)))
    facts.append(("07:02", "p1", MeetingPublished()))
    for n in range(2, 2 + sent):
        facts += [
            ("07:40", "p1", Excused(f"p{n}", REASON)),
            ("07:41", "p1", SubstituteProposed(f"p{n}", f"Phan Văn Nam {n}", "Phó Viện trưởng")),
            ("07:45", "p0", SubstituteAccepted(f"p{n}")),
        ]
    there = tuple(f"p{n}" for n in (0, 1, *range(2 + sent, members + guests)))
    facts += [("07:48", "p1", RollCalled(there, "onsite")), ("08:00", "p0", MeetingOpened("p0"))]
    return minutes_of(*facts, ("11:00", "p0", MeetingClosed()))


def pages_of(file: bytes) -> list[str]:
    with pypdfium2.PdfDocument(file) as paper:
        return [page.get_textpage().get_text_range().replace("\r", "") for page in paper]


@pytest.fixture(scope="module")
def large():
    return gathered(250, 30, 20)


@pytest.mark.parametrize("order", ["rank", "name", "annex"])
def test_every_page_has_one_head_at_its_top_and_everybody_is_there_once(large, order):
    pages = pages_of(minutes_pdf(large) if order == "annex" else attendance_pdf(large, order=order))
    listed = pages[next(n for n, page in enumerate(pages) if HEAD in page) :]
    assert len(listed) > 10
    # What the list comes to may have a page of its own.
    assert {page.count(HEAD) for page in listed[:-1]} == {1}
    assert listed[-1].count(HEAD) <= 1
    assert all("ĐC" not in page[: page.index(HEAD)] for page in listed[:-1])
    whole = " ".join(" ".join(listed).split())
    assert set(map(int, re.findall(r"Phương (\d+)", whole))) == set(range(280))
    assert set(map(int, re.findall(r"Văn Nam (\d+)", whole))) == set(range(2, 22))


@pytest.mark.parametrize("members", range(12, 22))
def test_the_heading_of_a_group_is_never_the_last_row_of_a_page(members):
    """Whatever the number of those before it: one of these lists has it at the foot."""
    for page in pages_of(attendance_pdf(gathered(members, 6, 2, sites=2), order="rank")):
        for heading in (GUESTS, SUBSTITUTES):
            if heading in page:
                assert "ĐC" in page[page.index(heading) :]


def test_in_word_the_head_is_repeated_no_row_is_torn_and_a_group_stays_with_its_first(large):
    grid = Document(io.BytesIO(minutes_docx(large))).tables[-1]
    rows = grid._tbl.tr_lst
    assert len(rows) == 1 + 250 + 30 + 20 + 2
    assert [n for n, row in enumerate(rows) if row.xpath("./w:trPr/w:tblHeader")] == [0]
    assert all(row.xpath("./w:trPr/w:cantSplit") for row in rows)
    groups = [row for row in rows if row.xpath("./w:tc/w:tcPr/w:gridSpan[@w:val='6']")]
    assert len(groups) == 2
    assert all(row.xpath(".//w:pPr/w:keepNext") for row in groups)
