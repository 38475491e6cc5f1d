"""What was shown, replaced and written on: minutes and timeline say what the log says, of the version of then."""

from meetingroom.meeting.agenda import ItemAdded, ItemStarted
from meetingroom.meeting.conclusions import ConclusionRecorded
from meetingroom.meeting.kernel import replay
from meetingroom.meeting.lifecycle import MeetingOpened
from meetingroom.meeting.papers import PaperAttached, PaperEdited
from meetingroom.meeting.people import PersonInvited
from meetingroom.meeting.stage import PageTurned, PaperShown
from meetingroom.meeting.state import MeetingState
from meetingroom.meeting.versions import PaperReplaced
from meetingroom.minutes import timeline
from tests.minutes.story import minutes_of, recorded, said

BEGUN = (
    ("07:00", "mai", PersonInvited("an", "Nguyễn Văn An", "", "", "chair")),
    ("07:00", "mai", PersonInvited("em", "Hoàng Văn Em", "", "", "delegate")),
    ("07:01", "mai", ItemAdded("i1", "Báo cáo")),
    ("07:01", "mai", ItemAdded("i2", "Thảo luận")),
    ("07:02", "mai", PaperAttached("p1", "d1", "i1", "Báo cáo", 9)),
    ("08:00", "an", MeetingOpened("an")),
    ("08:01", "an", ItemStarted("i1")),
)
REPLACED = ("08:10", "mai", PaperReplaced("p1", "d2", "Báo cáo", 10, note="Sửa số liệu"))


def sentences(*facts, item=0):
    return said(minutes_of(*BEGUN, *facts), item)


def lines(*facts, language="vi"):
    log = recorded(*BEGUN, *facts)
    return [
        line.text for line in timeline.happenings(log, replay(MeetingState(id="m1"), log), language, len(BEGUN))
    ]  # fmt: skip


def test_a_page_is_told_as_the_version_that_was_shown():
    shown = [("08:02", "em", PaperShown("p1", 1)), ("08:03", "em", PageTurned("p1", 3)), REPLACED]
    shown += [("08:11", "em", PageTurned("p1", 10))]
    assert sentences(*shown) == [
        "08 giờ 02: đồng chí Hoàng Văn Em trình bày; trình chiếu tài liệu “Báo cáo (bản 1)” (trang 1, 3).",
        "08 giờ 10: tài liệu “Báo cáo” được thay bằng bản 2 (Sửa số liệu).",
        "08 giờ 11: đồng chí Hoàng Văn Em trình bày; trình chiếu tài liệu “Báo cáo (bản 2)” (trang 10).",
    ]
    assert lines(*shown) == [
        "Trình chiếu “Báo cáo (bản 1)”, các trang 1, 3.",
        "Tài liệu “Báo cáo” được thay bằng bản 2.",
        "Trình chiếu “Báo cáo (bản 2)”, trang 10.",
    ]


def test_all_hear_of_a_paper_for_the_staff_only_if_it_was_shown():
    hidden = ("08:01", "mai", PaperEdited("p1", "Báo cáo riêng", False, "staff"))
    assert sentences(hidden, REPLACED) == []
    assert "bản 2" in sentences(hidden, ("08:02", "em", PaperShown("p1", 1)), REPLACED)[-1]
    assert "bản 2" in lines(hidden, REPLACED)[-1]


def test_conclusions_and_new_versions_are_found_by_their_kinds():
    log = recorded(*BEGUN, REPLACED, ("08:20", "mai", ConclusionRecorded("c1", "Giao Phòng 1.", item="i1")))
    kinds = [line.kind for line in timeline.happenings(log, replay(MeetingState(id="m1"), log), "vi", len(BEGUN))]
    assert kinds == ["pages", "record"]
