"""What the log tells, in the words of an office."""

import pytest

from meetingroom.meeting.agenda import ItemAdded, ItemFinished, ItemRemoved, ItemStarted
from meetingroom.meeting.approval import MinutesApproved, MinutesUnlocked
from meetingroom.meeting.conclusions import ConclusionRecorded
from meetingroom.meeting.floor import FloorGranted, SpeechEnded
from meetingroom.meeting.kernel import Event
from meetingroom.meeting.lifecycle import (
    MeetingAdjourned,
    MeetingArchived,
    MeetingClosed,
    MeetingCreated,
    MeetingOpened,
    MeetingPublished,
    MeetingResumed,
)
from meetingroom.meeting.papers import PaperAttached, PaperWithdrawn
from meetingroom.meeting.people import PersonInvited
from meetingroom.meeting.record import MinutesEdited, NoteRecorded
from meetingroom.meeting.roll import CheckedIn, CheckedOut, Excused
from meetingroom.meeting.sites import SiteAdded
from meetingroom.meeting.stage import PageTurned, PaperShown, StageGiven, TitleShown, Zoomed
from meetingroom.minutes.narrative import narrate
from meetingroom.minutes.outline import blocks
from meetingroom.printing.wording import words
from tests.minutes.story import at, minutes_of, plain_texts, said

PEOPLE = (
    ("an", "Nguyễn Văn An", "Viện trưởng", "chair"),
    ("binh", "Trần Thị Bình", "Phó Viện trưởng", "delegate"),
    ("em", "Hoàng Văn Em", "Trưởng phòng 1", "delegate"),
    ("mai", "Lý Thị Mai", "Chuyên viên", "secretary"),
    ("tho", "Lê Văn Thợ", "Kỹ thuật viên", "technician"),
)
PREPARED = (
    (
        "07:00",
        "mai",
        MeetingCreated("Hội nghị tổng kết", "conference", at("08:00"), at("11:00"), "Hội trường tầng 3"),
    ),
    *(("07:01", "mai", PersonInvited(key, name, title, "VKSND tỉnh", role)) for key, name, title, role in PEOPLE),
    ("07:02", "mai", ItemAdded("i1", "Khai mạc", 10)),
    ("07:02", "mai", ItemAdded("i2", "Báo cáo tổng kết", 25, ("binh",))),
    ("07:02", "mai", ItemAdded("i3", "Thảo luận", 30)),
    ("07:03", "mai", PaperAttached("d1", "f1", "i2", "Báo cáo tổng kết năm 2026", 48)),
    ("07:03", "mai", PaperAttached("d2", "f2", "i2", "Phụ lục số liệu", 3)),
    ("07:04", "mai", MeetingPublished()),
)
OPENED = (*PREPARED, ("08:00", "an", MeetingOpened("an")))
AT_ITEM_2 = (
    *OPENED,
    ("08:00", "an", ItemStarted("i1")),
    ("08:05", "an", ItemFinished("i1")),
    ("08:05", "an", ItemStarted("i2")),
)


def turning(by: str, paper: str, *pages: int, hour: str = "08:05"):
    return tuple((hour, by, PageTurned(paper, page)) for page in pages)


def test_every_kind_of_fact_is_told_or_passed_over_on_purpose():
    kinds = set(Event.__subclasses__())
    assert kinds - set(narrate.registry) == set()


def test_thirty_turns_of_a_page_are_one_sentence():
    minutes = minutes_of(*AT_ITEM_2, ("08:05", "an", PaperShown("d1", 1)), *turning("an", "d1", *range(2, 31)))
    assert said(minutes, 1) == [
        "08 giờ 05: đồng chí Trần Thị Bình trình bày; trình chiếu tài liệu “Báo cáo tổng kết năm 2026” (trang 1–30)."
    ]


def test_pages_that_were_jumped_over_are_not_said_to_have_been_shown():
    minutes = minutes_of(*AT_ITEM_2, ("08:05", "an", PaperShown("d1", 1)), *turning("an", "d1", 2, 3, 15, 2))
    assert "(trang 1–3, 15)" in said(minutes, 1)[0]


def test_two_papers_in_one_report_are_one_sentence():
    shown = (("08:05", "binh", PaperShown("d1", 1)), ("08:20", "binh", PaperShown("d2", 3)))
    assert said(minutes_of(*AT_ITEM_2, *shown), 1) == [
        "08 giờ 05: đồng chí Trần Thị Bình trình bày; trình chiếu tài liệu “Báo cáo tổng kết năm 2026” (trang 1), "
        "“Phụ lục số liệu” (trang 3)."
    ]


def test_who_is_given_the_stage_presents():
    shown = (
        ("08:05", "an", PaperShown("d1", 1)),
        ("08:20", "an", StageGiven("em")),
        ("08:21", "em", PageTurned("d1", 7)),
    )
    assert said(minutes_of(*AT_ITEM_2, *shown), 1)[1] == (
        "08 giờ 21: đồng chí Hoàng Văn Em trình bày; trình chiếu tài liệu “Báo cáo tổng kết năm 2026” (trang 7)."
    )


def test_a_presenter_who_shows_nothing_is_told_too():
    assert said(minutes_of(*AT_ITEM_2), 1) == ["08 giờ 05: đồng chí Trần Thị Bình trình bày."]


def test_pages_shown_much_later_by_the_chair_are_not_the_presenters():
    minutes = minutes_of(*AT_ITEM_2, ("08:25", "an", PaperShown("d1", 4)))
    assert said(minutes, 1) == [
        "08 giờ 05: đồng chí Trần Thị Bình trình bày.",
        "08 giờ 25: trình chiếu tài liệu “Báo cáo tổng kết năm 2026” (trang 4).",
    ]


def test_pages_a_presenter_shows_after_some_words_belong_to_the_report():
    minutes = minutes_of(*AT_ITEM_2, ("08:12", "binh", PaperShown("d1", 1)))
    assert said(minutes, 1) == [
        "08 giờ 05: đồng chí Trần Thị Bình trình bày; trình chiếu tài liệu “Báo cáo tổng kết năm 2026” (trang 1)."
    ]


def test_pages_a_presenter_shows_after_somebody_else_spoke_are_told_where_they_were():
    between = (("08:10", "an", FloorGranted("em", 60)), ("08:11", "an", SpeechEnded("em", 60)))
    minutes = minutes_of(*AT_ITEM_2, *between, ("08:12", "binh", PaperShown("d1", 1)))
    assert [line[:10] for line in said(minutes, 1)] == ["08 giờ 05:", "08 giờ 10:", "08 giờ 12:"]


def test_the_chair_conducts_an_item():
    own = (("07:05", "mai", ItemAdded("i4", "Bế mạc", 10, ("an",))),)
    minutes = minutes_of(*PREPARED, *own, ("08:00", "an", MeetingOpened("an")), ("08:05", "an", ItemStarted("i4")))
    assert said(minutes) == ["08 giờ 05: đồng chí Nguyễn Văn An điều hành."]


def test_an_account_that_is_nobodys_is_not_spoken_of_as_a_person():
    delegate = (("07:05", "mai", PersonInvited("dc2", "Đại biểu ĐC02", "Đại biểu", "VKSND khu vực 2", "delegate")),)
    minutes = minutes_of(*PREPARED, *delegate, ("07:50", "mai", CheckedIn("dc2", "online")))
    text = next(block.text for block in blocks(minutes, words("vi")) if "trực tuyến (01)" in block.text)
    assert text == "- Dự trực tuyến (01): Đại biểu ĐC02, VKSND khu vực 2."


def test_zoom_and_title_card_do_not_tear_a_report_apart():
    between = (("08:06", "an", Zoomed((0.1, 0.1, 0.5, 0.5))), ("08:07", "an", TitleShown()))
    shown = (("08:05", "an", PaperShown("d1", 1)), *between, ("08:08", "an", PaperShown("d1", 2)))
    assert len(said(minutes_of(*AT_ITEM_2, *shown), 1)) == 1


def test_a_paper_withdrawn_later_keeps_its_name():
    shown = (
        ("08:05", "an", PaperShown("d2", 1)),
        ("08:06", "an", TitleShown()),
        ("08:07", "mai", PaperWithdrawn("d2")),
    )
    assert "“Phụ lục số liệu”" in said(minutes_of(*AT_ITEM_2, *shown), 1)[0]


def test_names_of_presenters_may_be_free_text():
    guest = (("07:05", "mai", ItemAdded("i4", "Tham luận", 10, ("Đại diện VKSND khu vực 4",))),)
    minutes = minutes_of(*PREPARED, *guest, ("08:00", "an", MeetingOpened("an")), ("08:05", "an", ItemStarted("i4")))
    assert said(minutes) == ["08 giờ 05: đồng chí Đại diện VKSND khu vực 4 trình bày."]


@pytest.mark.parametrize("guest", ["Ông Lê Văn Khách", "bà Trần Thị Mời", "Đ/c Phạm Văn Tới"])
def test_a_guest_who_was_typed_with_a_form_of_address_gets_no_second_one(guest):
    item = (("07:05", "mai", ItemAdded("i4", "Tham luận", 10, (guest,))),)
    minutes = minutes_of(*PREPARED, *item, ("08:00", "an", MeetingOpened("an")), ("08:05", "an", ItemStarted("i4")))
    assert said(minutes) == [f"08 giờ 05: {guest} trình bày."]


def test_opening_break_and_going_on():
    minutes = minutes_of(
        *AT_ITEM_2,
        ("08:30", "an", MeetingAdjourned()),
        ("08:40", "an", MeetingResumed()),
    )
    assert [line.text for line in minutes.lines] == ["08 giờ 00: chủ tọa tuyên bố khai mạc hội nghị."]
    assert said(minutes, 1)[1:] == ["08 giờ 30: hội nghị tạm nghỉ.", "08 giờ 40: hội nghị tiếp tục làm việc."]


def test_who_comes_before_the_opening_is_in_the_list_only():
    minutes = minutes_of(*PREPARED, ("07:50", "em", CheckedIn("em", "onsite")), ("08:00", "an", MeetingOpened("an")))
    assert len(minutes.lines) == 1
    em = next(person for person in minutes.people if person.name == "Hoàng Văn Em")
    assert (em.state, em.at, em.late) == ("onsite", at("07:50"), False)


def test_who_comes_late_or_leaves_is_told():
    minutes = minutes_of(
        *AT_ITEM_2,
        ("08:06", "em", CheckedIn("em", "onsite")),
        ("08:07", "binh", CheckedIn("binh", "online")),
        ("08:20", "em", CheckedOut("em")),
    )
    assert said(minutes, 1)[1:] == [
        "08 giờ 06: đồng chí Hoàng Văn Em đến dự.",
        "08 giờ 07: đồng chí Trần Thị Bình vào dự trực tuyến.",
        "08 giờ 20: đồng chí Hoàng Văn Em rời phòng họp.",
    ]
    em = next(person for person in minutes.people if person.name == "Hoàng Văn Em")
    assert (em.state, em.late, em.left_at) == ("left", True, at("08:20"))


def test_a_crowd_is_counted_not_named():
    many = [("07:05", "mai", PersonInvited(f"p{n}", f"Người {n}", "", "", "delegate")) for n in range(7)]
    came = [("08:06", f"p{n}", CheckedIn(f"p{n}", "onsite")) for n in range(7)]
    minutes = minutes_of(*PREPARED, *many, ("08:00", "an", MeetingOpened("an")), *came)
    assert minutes.lines[1].text == "08 giờ 06: 07 đại biểu đến dự."


def test_the_attendance_list_is_in_the_order_of_rank_without_technicians():
    minutes = minutes_of(*OPENED, ("08:01", "mai", Excused("em", "dự phiên tòa")))
    assert [person.name for person in minutes.people] == [name for _, name, _, role in PEOPLE if role != "technician"]
    assert (minutes.people[2].state, minutes.people[2].reason) == ("excused", "dự phiên tòa")


def test_nobody_is_absent_before_the_end():
    assert minutes_of(*OPENED).people[1].state == "waiting"
    assert minutes_of(*OPENED, ("11:00", "an", MeetingClosed())).people[1].state == "absent"


def test_items_stand_in_the_order_they_were_taken_up():
    minutes = minutes_of(
        *OPENED,
        ("08:00", "an", ItemStarted("i3")),
        ("08:20", "an", ItemFinished("i3")),
        ("08:20", "an", ItemStarted("i1")),
        ("08:30", "an", MeetingClosed()),
    )
    assert [(item.title, item.started, item.ended) for item in minutes.items] == [
        ("Thảo luận", at("08:00"), at("08:20")),
        ("Khai mạc", at("08:20"), at("08:30")),
    ]
    assert minutes.not_reached == ("Báo cáo tổng kết",)


def test_items_keep_their_numbers_of_the_programme_when_others_were_skipped():
    minutes = minutes_of(
        *OPENED,
        ("08:00", "an", ItemStarted("i3")),
        ("08:20", "an", ItemFinished("i3")),
        ("08:20", "an", ItemStarted("i1")),
        ("08:25", "mai", NoteRecorded("general", "Ý kiến bằng văn bản.")),
        ("08:30", "an", MeetingClosed()),
    )
    headings = [block.text for block in blocks(minutes, words("vi")) if block.style == "item"]
    assert headings == ["3. Thảo luận", "1. Khai mạc", "Nội dung khác"]


def test_items_not_reached_are_named_only_when_it_is_certain():
    assert minutes_of(*OPENED).not_reached == ()


def test_an_item_taken_up_twice_is_one_item():
    minutes = minutes_of(
        *AT_ITEM_2,
        ("08:30", "an", ItemFinished("i2")),
        ("08:30", "an", ItemStarted("i1")),
        ("08:40", "an", ItemFinished("i1")),
    )
    assert [(item.id, item.started, item.ended) for item in minutes.items] == [
        ("i1", at("08:00"), at("08:40")),
        ("i2", at("08:05"), at("08:30")),
    ]


def test_the_secretarys_text_follows_the_log_item_by_item():
    minutes = minutes_of(
        *AT_ITEM_2,
        ("08:10", "mai", NoteRecorded("i2", "Nháp")),
        ("08:12", "mai", NoteRecorded("i2", "Nhất trí với báo cáo.\n\nBổ sung số liệu.\n")),
        ("08:13", "mai", NoteRecorded("i3", "Chưa thảo luận.")),
        ("08:13", "mai", NoteRecorded("general", "Ý kiến bằng văn bản.")),
    )
    assert plain_texts(minutes.items[1]) == ("Nhất trí với báo cáo.", "Bổ sung số liệu.")
    assert [(item.title, plain_texts(item)) for item in minutes.items[2:]] == [
        ("Thảo luận", ("Chưa thảo luận.",)),
        ("Nội dung khác", ("Ý kiến bằng văn bản.",)),
    ]


def test_an_item_removed_before_it_was_reached_leaves_no_trace():
    minutes = minutes_of(
        *PREPARED,
        ("07:30", "mai", ItemRemoved("i3")),
        ("08:00", "an", MeetingOpened("an")),
        ("09:00", "an", MeetingClosed()),
    )
    assert "Thảo luận" not in minutes.not_reached


def test_conclusions_with_the_day_as_an_office_writes_it():
    facts = (
        (
            "10:50",
            "mai",
            ConclusionRecorded("k1", "Ban hành Kế hoạch", "Văn phòng", ("Phòng 1",), "2026-12-23", "KH-VKS"),
        ),
    )
    conclusion = minutes_of(*OPENED, *facts).conclusions[0]
    assert conclusion.due == "ngày 23 tháng 12 năm 2026"
    assert (conclusion.lead, conclusion.cooperating) == ("Văn phòng", ("Phòng 1",))


def test_the_head_is_the_agencys_until_it_is_edited():
    plain = minutes_of(*OPENED)
    assert plain.letterhead.issuing == "Viện kiểm sát nhân dân tỉnh Lạc Giang"
    assert plain.letterhead.full_number.strip("\N{NO-BREAK SPACE}") == "/BB-VKS"
    assert plain.recipients == ("Như thành phần tham dự", "Lưu: VT, Hồ sơ")
    fields = {
        "number": "5/BB-VKS-VP",
        "organisation": "VKSND khu vực 1",
        "place": "Phòng 2",
        "recipients": "Lãnh đạo Viện\nLưu: VT",
    }
    edited = minutes_of(*OPENED, ("08:01", "mai", MinutesEdited(fields)))
    assert edited.letterhead.full_number == "05/BB-VKS-VP"
    assert edited.letterhead.issuing == "VKSND khu vực 1"
    assert (edited.place, edited.recipients) == ("Phòng 2", ("Lãnh đạo Viện", "Lưu: VT"))


def test_sites_are_named():
    sites = (
        ("07:01", "mai", SiteAdded("s0", "Hội trường", "ĐC00", True)),
        ("07:01", "mai", SiteAdded("s1", "VKSND khu vực 1", "ĐC01")),
    )
    assert [(site.name, site.main) for site in minutes_of(*PREPARED, *sites).sites] == [
        ("Hội trường", True),
        ("VKSND khu vực 1", False),
    ]


def test_it_is_a_draft_until_the_chair_approves_it():
    assert minutes_of(*OPENED).draft
    over = (*OPENED, ("11:00", "an", MeetingClosed()))
    closed = minutes_of(*over)
    assert closed.draft
    assert minutes_of(*over, ("12:00", "mai", MeetingArchived())).draft
    assert not minutes_of(*over, ("12:00", "an", MinutesApproved(1, "d"))).draft
    assert minutes_of(*over, ("12:00", "an", MinutesApproved(1, "d")), ("13:00", "an", MinutesUnlocked(1, "x"))).draft
    assert (closed.started, closed.ended, closed.written) == (at("08:00"), at("11:00"), at("11:00"))


def test_the_same_facts_give_the_same_minutes():
    facts = (*AT_ITEM_2, ("08:05", "an", PaperShown("d1", 1)), *turning("an", "d1", 5, 2, 9))
    assert minutes_of(*facts) == minutes_of(*facts)


def test_in_english():
    minutes = minutes_of(*AT_ITEM_2, ("08:05", "an", PaperShown("d1", 1)), language="en")
    assert said(minutes, 1) == [
        "08:05: Mr/Ms Trần Thị Bình presented; papers shown: “Báo cáo tổng kết năm 2026” (p. 1)."
    ]
