"""How comments on the draft were taken, and what units have to do: tables, on their side where they are wide."""

from dataclasses import replace
from io import BytesIO

import docx
import pypdfium2
import pytest

from meetingroom.meeting.kernel import Refused, replay
from meetingroom.meeting.review import (
    CommentAnswered,
    MinutesAgreed,
    MinutesCommented,
    MinutesSent,
    ReviewEnded,
)
from meetingroom.meeting.state import MeetingState
from meetingroom.official import kinds, tables
from meetingroom.official.docx import official_docx
from meetingroom.official.pdf import official_pdf
from tests.minutes.story import at, recorded
from tests.official.test_kinds import FACTS, source, texts

SENT = (
    *FACTS,
    ("09:10", "mai", MinutesSent(1, 1, "d", at("10:00"), ("em", "an", "dung"))),
    ("09:11", "em", MinutesCommented("c1", "i1", "Bổ sung tỷ lệ giải quyết", "chương trình")),
    ("09:12", "an", MinutesCommented("c2", "attendance", "Sửa chức danh")),
    ("09:13", "dung", MinutesAgreed("dung")),
)
ANSWERED = (
    *SENT,
    ("09:30", "mai", ReviewEnded(1, ())),
    ("09:31", "mai", CommentAnswered("c1", "taken")),
    ("09:31", "mai", CommentAnswered("c2", "explained", "Đúng theo danh sách mời")),
)


def of(*facts, **more) -> kinds.Source:
    return replace(source(**more), state=replay(MeetingState(id="m1"), recorded(*facts)))


def rows(block) -> list[list[str]]:
    said = [[" ".join(p.runs[0].text for p in cell.blocks) for cell in row] for row in block.body.rows]
    return said[1:]


def test_the_report_says_who_was_asked_and_every_comment_with_its_answer():
    report = kinds.build("tiep_thu", of(*ANSWERED))
    assert texts(report)[0] == (
        "Lần 01: dự thảo được gửi lúc 09 giờ 10, ngày 16 tháng 12 năm 2026 tới 03 người để lấy ý kiến đến 09 giờ 30,"
        " ngày 16 tháng 12 năm 2026; có góp ý: 02, nhất trí: 01, không có ý kiến: 0."
    )
    assert texts(report)[1] == "Tổng số 02 ý kiến góp ý; tiếp thu 01, giải trình 01."
    first, second = rows(report.wide[1])  # in the order of the minutes, not of their coming
    assert (first[1], first[3:]) == (
        "Phần đầu và thành phần dự",
        ["Sửa chức danh", "Giải trình", "Đúng theo danh sách mời"],
    )
    assert second[3:] == ["“chương trình” Bổ sung tỷ lệ giải quyết", "Tiếp thu", ""]
    assert not report.draft


def test_it_is_a_draft_while_somebody_reads_or_a_comment_waits():
    report = kinds.build("tiep_thu", of(*SENT))
    assert report.draft
    assert texts(report)[1].endswith("Còn 02 ý kiến chưa được trả lời.")


def test_nobody_was_asked_or_nobody_proposed_anything():
    with pytest.raises(Refused, match="nothing_to_tell"):
        kinds.build("tiep_thu", of(*FACTS))
    agreed = kinds.build("tiep_thu", of(*FACTS, SENT[-4], SENT[-1], ANSWERED[-3]))
    assert texts(agreed)[-1] == "Không có ý kiến đề nghị sửa đổi, bổ sung./."
    assert agreed.wide == ()


def test_the_list_of_directives_has_who_with_whom_by_when():
    listed = kinds.build("nhiem_vu", source())
    assert rows(listed.blocks[1]) == [
        ["1", "Ban hành Kế hoạch.", "Văn phòng", "Phòng 1 Phòng 3", "23/12/2026", "KH-VKS"]
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "turned"), [("tiep_thu", [False, True]), ("nhiem_vu", [True])])
def test_wide_tables_lie_on_their_side_in_both_files(kind, turned):
    document = kinds.build(kind, of(*ANSWERED))
    pages = [page.get_size() for page in pypdfium2.PdfDocument(official_pdf(document))]
    assert [wide > high for wide, high in pages] == turned
    sections = docx.Document(BytesIO(official_docx(document))).sections
    assert [each.page_width > each.page_height for each in sections] == turned
    assert {(round(each.left_margin.mm), round(each.right_margin.mm)) for each in sections} == {(30, 15)}


def test_hundreds_of_comments_have_the_head_of_the_table_on_every_page():
    many = [("09:20", "em", MinutesCommented(f"x{n}", "i1", f"Ý kiến thứ {n}")) for n in range(200)]
    document = kinds.build("tiep_thu", of(*SENT, *many))
    texts_ = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(official_pdf(document))]
    assert len(texts_) > 5
    assert all("Người góp ý" in text.replace("\xa0", " ") for text in texts_[1:-1])
    assert len(rows(document.wide[1])) == len(tables.in_order(of(*SENT, *many).state)) == 202
