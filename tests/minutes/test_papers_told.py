"""What was shown, replaced and written on: minutes and timeline say what the log says, of the version of then."""

from meetingroom.meeting.agenda import ItemAdded, ItemFinished, ItemStarted
from meetingroom.meeting.conclusions import ConclusionRecorded
from meetingroom.meeting.ink import InkCleared, InkDrawn, InkErased, InkRestored
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


def strokes(*keys: str):
    return tuple({"id": key, "t": "pen", "c": "red", "w": 28, "d": "AAAA"} for key in keys)


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


def test_everybody_s_strokes_are_their_own():
    drawn = [("08:02", "em", InkDrawn("d1", 4, strokes("a1", "a2"))), ("08:03", "an", InkDrawn("d1", 4, strokes("b1")))]
    assert [text[-70:] for text in sentences(*drawn)] == [
        text[-70:]
        for text in (
            "08 giờ 02: đồng chí Hoàng Văn Em bút phê trang 4 của “Báo cáo” (2 nét).",
            "08 giờ 03: đồng chí Nguyễn Văn An bút phê trang 4 của “Báo cáo” (1 nét).",
        )
    ]
    erased = [*drawn, ("08:04", "an", InkErased("d1", 4, ("a1",))), ("08:05", "an", InkCleared("d1", 4))]
    assert lines(*erased) == [
        "Hoàng Văn Em bút phê trang 4 của “Báo cáo” (2 nét).",
        "Nguyễn Văn An đã xóa bút phê trên trang 4 của “Báo cáo”.",
    ]
    assert sentences(*erased) == []


def test_a_page_that_was_cleared_by_the_chair_and_came_back():
    facts = [
        ("08:02", "em", InkDrawn("d1", 4, strokes("a1", "a2"))),
        ("08:03", "an", InkCleared("d1", 4)),
        ("08:03", "em", InkDrawn("d1", 4, strokes("a3"))),
        ("08:03", "an", ItemFinished("i1")),
        ("08:03", "an", ItemStarted("i2")),
        ("08:03", "an", InkRestored("d1", 4)),
    ]
    assert sentences(*facts) == ["08 giờ 02: đồng chí Hoàng Văn Em bút phê trang 4 của “Báo cáo” (3 nét)."]
    assert [line for line in lines(*facts) if "bút phê" in line] == [
        "Hoàng Văn Em bút phê trang 4 của “Báo cáo” (2 nét).",
        "Nguyễn Văn An đã xóa bút phê trên trang 4 của “Báo cáo”.",
        "Hoàng Văn Em bút phê trang 4 của “Báo cáo” (1 nét).",
        "Nguyễn Văn An đã khôi phục bút phê trên trang 4 của “Báo cáo”.",
    ]


def test_what_is_drawn_after_all_was_cleared_has_its_own_time_and_version():
    facts = [
        ("08:02", "em", InkDrawn("d1", 4, strokes("a1"))),
        ("08:03", "em", InkCleared("d1", 4)),
        ("08:20", "em", InkDrawn("d1", 4, strokes("a2"))),
        ("08:21", "em", InkErased("d1", 4, ("a9",))),
        ("08:30", "mai", REPLACED[2]),
    ]
    assert sentences(*facts)[0] == "08 giờ 20: đồng chí Hoàng Văn Em bút phê trang 4 của “Báo cáo (bản 1)” (1 nét)."
    assert lines(*facts)[0] == "Hoàng Văn Em bút phê trang 4 của “Báo cáo (bản 1)” (1 nét)."


def test_strokes_of_an_earlier_item_that_go_are_counted():
    facts = [("08:02", "em", InkDrawn("d1", 4, strokes("a1", "a2"))), ("08:03", "an", ItemStarted("i2"))]
    facts += [("08:04", "em", InkErased("d1", 4, ("a1",))), ("08:04", "em", InkDrawn("d1", 4, strokes("a3", "a4")))]
    assert lines(*facts)[-2:] == [
        "Hoàng Văn Em đã tẩy 1 nét bút phê trên trang 4 của “Báo cáo”.",
        "Hoàng Văn Em bút phê trang 4 của “Báo cáo” (2 nét).",
    ]


def test_conclusions_and_new_versions_are_found_by_their_kinds():
    log = recorded(*BEGUN, REPLACED, ("08:20", "mai", ConclusionRecorded("c1", "Giao Phòng 1.", item="i1")))
    kinds = [line.kind for line in timeline.happenings(log, replay(MeetingState(id="m1"), log), "vi", len(BEGUN))]
    assert kinds == ["pages", "record"]
