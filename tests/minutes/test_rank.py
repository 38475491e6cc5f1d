"""In order of rank: title, unit, invitation; and the groups of those who were there."""

import pytest

from meetingroom.meeting.lifecycle import MeetingClosed, MeetingCreated, MeetingOpened, MeetingPublished
from meetingroom.meeting.people import PersonInvited
from meetingroom.meeting.roll import CheckedIn, CheckedOut, SubstituteAccepted, SubstituteProposed
from meetingroom.minutes.annex import texts, totals
from meetingroom.minutes.model import Person
from meetingroom.minutes.outline import blocks
from meetingroom.minutes.rank import order_by_rank
from meetingroom.printing.wording import words
from tests.minutes.story import at, minutes_of

IN_ORDER = (
    ("Viện trưởng", "VKSND tối cao"),
    ("Vụ trưởng Vụ 4", "VKSND tối cao"),
    ("Viện trưởng", "VKSND tỉnh Lạc Giang"),
    ("Quyền Viện trưởng", "VKSND tỉnh Lạc Giang"),
    ("Phó Viện trưởng", "VKSND tỉnh Lạc Giang"),
    ("Chánh Văn phòng", "Văn phòng"),
    ("Kiểm sát viên trung cấp, Trưởng phòng", "Phòng 1 (án hình sự)"),
    ("Trưởng phòng, Kiểm sát viên trung cấp", "Phòng 3"),
    ("TRƯỞNG PHÒNG", "Phòng 15"),
    ("Trưởng phòng", "Phòng Thống kê tội phạm và CNTT"),
    ("Viện trưởng", "VKSND khu vực 1 - Lạc Giang"),
    ("Viện trưởng VKSND khu vực 9", ""),
    ("Phó Chánh Văn phòng", "Văn phòng"),
    ("Phó Trưởng phòng", "Phòng 3"),
    ("Phó Viện trưởng", "VKSND khu vực 2"),
    ("Kiểm sát viên trung cấp", "Phòng 1"),
    ("Kiểm sát viên", "Phòng 1"),
    ("Kiểm tra viên", "Phòng 1"),
    ("Chuyên viên", "Văn phòng"),
    ("Đại biểu", ""),
    ("", ""),
)


@pytest.mark.parametrize("turn", range(5))
def test_rank_is_title_and_unit_not_the_order_of_invitation(turn):
    people = [Person(str(n), *entry) for n, entry in enumerate(IN_ORDER)]
    shuffled = sorted(people[:-2], key=lambda person: (int(person.name) * 7 + turn * 5) % 19)
    assert [person.name for person in order_by_rank([*shuffled, *people[-2:]])] == [person.name for person in people]


def test_who_has_the_same_rank_stays_as_invited():
    people = [Person(name, "Phó Viện trưởng", "VKSND tỉnh") for name in ("Cường", "Bình", "An")]
    assert order_by_rank(people) == people


INVITED = (
    ("mai", "Lý Thị Mai", "Chuyên viên", "Văn phòng", "secretary"),
    ("khach", "Ông Vũ Đình Khách", "Phó Chủ tịch", "UBND tỉnh Lạc Giang", "guest"),
    ("em", "Hoàng Văn Em", "Trưởng phòng", "Phòng 1", "delegate"),
    ("lam", "Dương Văn Lâm", "Viện trưởng", "VKSND khu vực 9", "delegate"),
    ("an", "Nguyễn Văn An", "Viện trưởng", "VKSND tỉnh Lạc Giang", "chair"),
)
FACTS = (
    ("07:00", "mai", MeetingCreated("Hội nghị tổng kết", "conference", at("08:00"), at("11:00"), "Hội trường")),
    *(("07:01", "mai", PersonInvited(key, *entry)) for key, *entry in INVITED),
    ("07:02", "mai", MeetingPublished()),
    ("07:41", "lam", SubstituteProposed("lam", "Phan Văn Nam", "Phó Viện trưởng")),
    ("07:45", "an", SubstituteAccepted("lam")),
    ("07:50", "em", CheckedIn("em", "onsite")),
    ("07:51", "khach", CheckedIn("khach", "onsite")),
    ("08:00", "an", CheckedIn("an", "onsite")),
    ("08:00", "an", MeetingOpened("an", members=3, present=2, needed=2)),
    ("09:10", "em", CheckedOut("em")),
    ("09:30", "em", CheckedIn("em", "onsite")),
    ("11:00", "an", MeetingClosed()),
)


def test_guests_and_substitutes_have_their_group():
    text = [block.text for block in blocks(minutes_of(*FACTS), words("vi"))]
    assert "Thành phần tham dự: có mặt 04/05 đại biểu." in text
    assert any(line.startswith("- Dự trực tiếp (03): đồng chí Nguyễn Văn An, Viện trưởng") for line in text)
    assert "- Khách mời (01): Ông Vũ Đình Khách, Phó Chủ tịch, UBND tỉnh Lạc Giang." in text
    stands = "đồng chí Phan Văn Nam, Phó Viện trưởng, dự thay đồng chí Dương Văn Lâm, Viện trưởng VKSND khu vực 9"
    assert f"- Người dự thay (01): {stands}." in text
    assert not any("Vắng không có lý do" in line for line in text)


def test_the_annex_has_their_groups_and_who_came_back_has_both_times():
    minutes = minutes_of(*FACTS)
    _, *rows = texts(minutes, words("vi"), "rank")
    assert [(row[0], row[1]) for row in rows] == [
        ("1", "Nguyễn Văn An"),
        ("2", "Hoàng Văn Em"),
        ("3", "Dương Văn Lâm"),
        ("4", "Lý Thị Mai"),
        ("Khách mời (01)", ""),
        ("5", "Ông Vũ Đình Khách"),
        ("Người dự thay (01)", ""),
        ("6", "Phan Văn Nam"),
    ]
    assert rows[1][-1] == "07 giờ 50 – 09 giờ 10; 09 giờ 30"
    assert rows[-1][2:] == ("Phó Viện trưởng", "VKSND khu vực 9", "dự thay đồng chí Dương Văn Lâm", "")
    assert totals(minutes, words("vi")) == "Triệu tập: 05; có mặt: 04; vắng có lý do: 01; vắng: 0."
