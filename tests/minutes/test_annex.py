"""The list of participants: sites, late and left, substitutes, the quorum, two orders."""

import io
from dataclasses import replace

import pypdfium2
from docx import Document

from meetingroom.meeting.lifecycle import MeetingClosed, MeetingCreated, MeetingOpened, MeetingPublished
from meetingroom.meeting.people import PersonInvited
from meetingroom.meeting.roll import CheckedIn, CheckedOut, Excused, RollCalled, SubstituteAccepted, SubstituteProposed
from meetingroom.meeting.sites import SiteAdded
from meetingroom.minutes.annex import summary, texts
from meetingroom.minutes.docx import minutes_docx
from meetingroom.minutes.pdf import attendance_pdf
from meetingroom.printing.wording import words
from tests.minutes.story import MINUTES, at, minutes_of

INVITED = (
    ("an", "Nguyễn Văn An", "Viện trưởng", "chair", "s0"),
    ("mai", "Lý Thị Mai", "Chuyên viên", "secretary", "s0"),
    ("giang", "Đặng Văn Giang", "Trưởng phòng 9", "delegate", "s0"),
    ("ich", "Đỗ Văn Ích", "Viện trưởng VKSND khu vực 1", "delegate", "s1"),
    ("lam", "Dương Văn Lâm", "Viện trưởng VKSND khu vực 9", "delegate", "s2"),
)
FACTS = (
    ("07:00", "mai", MeetingCreated("Hội nghị tổng kết", "conference", at("08:00"), at("11:00"), "Hội trường")),
    ("07:00", "mai", SiteAdded("s0", "Hội trường tầng 3", "ĐC00", True)),
    ("07:00", "mai", SiteAdded("s1", "VKSND khu vực 1", "ĐC01")),
    ("07:00", "mai", SiteAdded("s2", "VKSND khu vực 9", "ĐC09")),
    *(("07:01", "mai", PersonInvited(key, name, title, "", role, site)) for key, name, title, role, site in INVITED),
    ("07:02", "mai", MeetingPublished()),
    ("07:40", "lam", Excused("lam", "dự phiên tòa")),
    ("07:41", "lam", SubstituteProposed("lam", "Phan Văn Nam", "Phó Viện trưởng")),
    ("07:45", "an", SubstituteAccepted("lam")),
    ("07:48", "mai", RollCalled(("an", "mai"), "onsite")),
    ("07:50", "ich", CheckedIn("ich", "online")),
    ("08:00", "an", MeetingOpened("an", members=4, present=2, needed=3)),
    ("08:06", "giang", CheckedIn("giang", "onsite")),
    ("10:15", "ich", CheckedOut("ich")),
    ("11:00", "an", MeetingClosed()),
)


def listed(order="rank", *facts):
    minutes = minutes_of(*(facts or FACTS))
    heading, *rows = texts(minutes, words("vi"), order)
    return heading, {row[1]: row for row in rows}


def test_every_row_says_where_how_and_when():
    heading, rows = listed()
    assert heading == ("TT", "Họ và tên", "Chức vụ, đơn vị", "Điểm cầu", "Tình trạng", "Giờ vào – giờ ra")
    assert rows["Nguyễn Văn An"] == ("1", "Nguyễn Văn An", "Viện trưởng", "ĐC00", "trực tiếp", "07 giờ 48")
    assert rows["Đặng Văn Giang"][4:] == ("trực tiếp, đến muộn", "08 giờ 06")
    assert rows["Đỗ Văn Ích"][3:] == ("ĐC01", "về sớm", "07 giờ 50 – 10 giờ 15")


def test_a_substitute_stands_with_the_one_they_came_for():
    _, rows = listed()
    said = rows["Dương Văn Lâm"][4]
    assert said == "vắng có lý do: dự phiên tòa; đồng chí Phan Văn Nam, Phó Viện trưởng dự thay"


def test_below_the_list_stands_what_it_comes_to():
    minutes = minutes_of(*FACTS)
    assert summary(minutes, words("vi")) == [
        "Triệu tập: 05; có mặt: 04; vắng có lý do: 01; vắng: 0.",
        "Trong đó: trực tiếp: 03; về sớm: 01; đến muộn: 01; có người dự thay: 01.",
        "Khi khai mạc có mặt 02/04 thành viên (cần từ 03): chưa đủ điều kiện tiến hành.",
        "- ĐC00 · Hội trường tầng 3: có mặt 03/03.",
        "- ĐC01 · VKSND khu vực 1: có mặt 01/01.",
        "- ĐC09 · VKSND khu vực 9: có mặt 0/01.",
    ]


def test_with_a_quorum_the_line_says_so_and_without_members_there_is_none():
    opened = [fact for fact in FACTS if not isinstance(fact[2], MeetingOpened)]
    enough = minutes_of(*opened[:-3], ("08:00", "an", MeetingOpened("an", members=4, present=3, needed=3)))
    assert "03/04 thành viên (cần từ 03): đủ điều kiện" in summary(enough, words("vi"))[2]
    nobody = minutes_of(*opened[:-3], ("08:00", "an", MeetingOpened("an")))
    assert not [line for line in summary(nobody, words("vi")) if "Khi khai mạc" in line]


def test_in_one_hall_no_column_and_no_line_are_spent_on_sites():
    facts = [fact for fact in FACTS if not isinstance(fact[2], SiteAdded)]
    facts = [(h, b, replace(f, site="") if isinstance(f, PersonInvited) else f) for h, b, f in facts]
    heading, _ = listed("rank", *facts)
    assert heading[2:4] == ("Chức vụ", "Đơn vị")
    assert not [line for line in summary(minutes_of(*facts), words("vi")) if line.startswith("-")]


def test_by_name_the_given_name_decides():
    by_rank = [name for name in listed("rank")[1] if name]
    assert by_rank[:5] == ["Nguyễn Văn An", "Đặng Văn Giang", "Đỗ Văn Ích", "Dương Văn Lâm", "Lý Thị Mai"]
    by_name = ["Nguyễn Văn An", "Đặng Văn Giang", "Đỗ Văn Ích", "Dương Văn Lâm", "Lý Thị Mai"]
    assert list(listed("name")[1]) == by_name


def test_the_pdf_holds_all_of_it_and_the_word_file_as_well():
    minutes = minutes_of(*FACTS)
    pdf = pypdfium2.PdfDocument(io.BytesIO(attendance_pdf(minutes)))
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    many = replace(minutes, people=minutes.people * 5)
    document = Document(io.BytesIO(minutes_docx(many)))
    written = [paragraph.text.replace("\xa0", " ") for paragraph in document.paragraphs]
    for line in summary(minutes, words("vi")):
        assert " ".join(line.split()) in text, line
    for line in summary(many, words("vi")):
        assert line in written
    assert [cell.text for cell in document.tables[-1].rows[0].cells][3] == "Điểm cầu"


def test_the_minutes_of_before_have_their_list_still():
    heading, *rows = texts(MINUTES, words("vi"), "rank")
    assert len(rows) == len(MINUTES.people)
    assert {len(row) for row in (heading, *rows)} == {6}
