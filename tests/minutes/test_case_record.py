"""The record of a case report says what the log says, at the time and in the order in which it happened."""

from meetingroom.meeting.agenda import ItemAdded, ItemStarted
from meetingroom.meeting.archiving import FactWithheld
from meetingroom.meeting.case_report import ReportRegistered
from meetingroom.meeting.decision import DirectionConcluded
from meetingroom.meeting.evidence import EvidenceShown
from meetingroom.meeting.lifecycle import MeetingClosed, MeetingEdited, MeetingOpened
from meetingroom.meeting.map_stage import MapShown, NodeShown
from meetingroom.meeting.media_stage import MediaShown
from meetingroom.meeting.opinions import OpinionGiven, ProposalPut
from meetingroom.meeting.people import PersonInvited
from tests.minutes.story import at, minutes_of, said

BEGUN = (
    ("07:00", "mai", PersonInvited("an", "Nguyễn Văn An", "Viện trưởng", "", "chair")),
    ("07:00", "mai", PersonInvited("em", "Hoàng Văn Em", "", "", "delegate")),
    ("07:00", "mai", PersonInvited("mai", "Lý Thị Mai", "", "", "secretary")),
    ("07:01", "mai", MeetingEdited("Báo cáo án", "case_report", at("08:00"), at("11:00"))),
    ("07:02", "em", ReportRegistered("c1", "LG-017", "Vụ án A", "Trả hồ sơ?", reporter="em")),
    ("08:00", "an", MeetingOpened("an")),
)


def section(*facts, title):
    return next(each.lines for each in minutes_of(*BEGUN, *facts).sections if each.title == title)


def test_what_was_shown_stands_in_its_order_each_with_the_time_at_which_it_came():
    page = EvidenceShown("e1", 4, "84", "3", "", "c1", "Bản cung", 40)
    shown = section(
        ("08:05", "em", page),
        ("08:20", "em", MediaShown("c1", "v1", "Hỏi cung", "video", 90.0)),
        ("08:40", "em", MapShown("c1", "m1", 7, "Nội dung", "N1", "Gốc")),
        ("08:41", "em", NodeShown("N43", "Lời khai của A")),
        ("08:50", "em", EvidenceShown("e1", 5, "85", "3", "N43", "c1", "Bản cung", 40)),
        title="Tài liệu, chứng cứ đã trình chiếu",
    )
    assert shown == (
        "BL 84 (tập 3), “Bản cung”: 08 giờ 05.",
        "Bản ghi hình “Hỏi cung”: 08 giờ 20.",
        "Sơ đồ “Nội dung” (các nút “Gốc”, “Lời khai của A”) (08 giờ 40).",
        "BL 85 (tập 3), “Bản cung”: 08 giờ 50; nút “Lời khai của A”.",
    )


def test_what_is_written_down_later_says_when():
    facts = (
        ("08:30", "em", OpinionGiven("em", "agree")),
        ("10:00", "an", MeetingClosed()),
        ("10:20", "an", DirectionConcluded("Trả hồ sơ.")),
        ("10:30", "mai", OpinionGiven("em", "no", entered=True)),
    )
    assert section(*facts, title="Ý kiến của từng thành viên") == (
        "Đồng chí Hoàng Văn Em: lúc đầu đồng ý; sau không đồng ý (10 giờ 30; thư ký nhập).",
    )
    (who, text) = section(*facts, title="Kết luận chỉ đạo")
    assert who == "Đồng chí Nguyễn Văn An, Viện trưởng kết luận lúc 10 giờ 20:"
    assert text == "Trả hồ sơ."


def test_what_is_put_or_directed_again_was_changed():
    facts = (
        ("07:03", "mai", ItemAdded("i1", "Báo cáo án")),
        ("08:00", "an", ItemStarted("i1")),
        ("08:10", "em", ProposalPut("p1", "PA1", "Trả hồ sơ.")),
        ("08:12", "mai", ProposalPut("p1", "PA1", "Trả hồ sơ để điều tra bổ sung.")),
        ("08:14", "em", ProposalPut("p1", "PA1", "Trả hồ sơ để điều tra bổ sung.", "84")),  # the pages alone
        ("09:00", "an", DirectionConcluded("Trả hồ sơ.", "p1")),
        ("09:05", "an", DirectionConcluded("Truy tố.")),
    )
    assert said(minutes_of(*BEGUN, *facts)) == [
        "08 giờ 10: đồng chí Hoàng Văn Em trình bày phương án PA1.",
        "08 giờ 12: đồng chí Lý Thị Mai sửa phương án PA1.",
        "08 giờ 14: đồng chí Hoàng Văn Em sửa phương án PA1.",
        "09 giờ 00: chủ tọa kết luận chỉ đạo.",
        "09 giờ 05: chủ tọa kết luận chỉ đạo lại; kết luận ghi dưới đây là kết luận sau cùng.",
    ]
    # Of what was withheld nobody tells; what follows it is not told as the first.
    withheld = {"08:10": "ProposalPut", "09:00": "DirectionConcluded"}
    left = [
        (hour, by, FactWithheld("0" * 64, name) if (name := withheld.get(hour)) else fact) for hour, by, fact in facts
    ]
    assert said(minutes_of(*BEGUN, *left))[::2] == [
        "08 giờ 12: đồng chí Lý Thị Mai nêu nội dung phương án PA1.",
        "09 giờ 05: chủ tọa kết luận chỉ đạo lại; kết luận ghi dưới đây là kết luận sau cùng.",
    ]
