"""Meetings for the minutes: facts with the hour they happened at, and finished minutes made by hand."""

from dataclasses import replace

from meetingroom import clock
from meetingroom.meeting.kernel import Event, Recorded
from meetingroom.meeting.kernel import replay as fold
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes import rich, rich_reading
from meetingroom.minutes.draft import draft
from meetingroom.minutes.model import Attendee, Conclusion, Item, Line, Minutes, Person, passages
from meetingroom.printing.letterhead import Letterhead

DAY = "2026-12-16"
AGENCY = Letterhead("Viện kiểm sát nhân dân tỉnh Lạc Giang", "Viện kiểm sát nhân dân tối cao", symbol="BB-VKS")


def at(hour: str) -> int:
    return clock.milliseconds(f"{DAY}T{hour}")


def recorded(*facts: tuple[str, str, Event]) -> list[Recorded]:
    """(hour, by, fact) … in the order of the log."""
    return [Recorded(n, at(hour), by, fact) for n, (hour, by, fact) in enumerate(facts, start=1)]


def minutes_of(
    *facts: tuple[str, str, Event],
    language: str = "vi",
    agency: Letterhead = AGENCY,
    texts: dict[str, str] | None = None,
) -> Minutes:
    """`texts` by item as HTML; without them the notes of the log."""
    log = recorded(*facts)
    found = None if texts is None else {item: rich_reading.parse(text) for item, text in texts.items()}
    return draft(log, fold(MeetingState(id="m1"), log), agency, language, found)


def said(minutes: Minutes, item: int = 0) -> list[str]:
    """The sentences that the log gave an item, the first one being 0."""
    return [line.text for line in minutes.items[item].lines]


PEOPLE = (
    Attendee("Nguyễn Văn An", "Viện trưởng", "VKSND tỉnh Lạc Giang", state="onsite", at=at("07:48")),
    Attendee("Đỗ Văn Ích", "Viện trưởng VKSND khu vực 1", "VKSND khu vực 1", state="online", at=at("07:50")),
    Attendee("Dương Văn Lâm", "Viện trưởng", "VKSND khu vực 9", state="excused", reason="dự phiên tòa"),
    Attendee("Lý Thị Mai", "Chuyên viên", "Văn phòng", state="onsite", at=at("07:25")),
)
TEXT = "Đồng chí Trần Thị Bình trình bày báo cáo tóm tắt kết quả công tác kiểm sát năm 2026; tỷ lệ giải quyết 96,2%."
MINUTES = Minutes(
    replace(AGENCY, number="5/BB-VKS"),
    "Hội nghị tổng kết công tác kiểm sát năm 2026",
    conference=True,
    started=at("08:00"),
    ended=at("11:00"),
    place="Hội trường tầng 3",
    people=PEOPLE,
    chair=Person("Nguyễn Văn An", "Viện trưởng"),
    secretary=Person("Lý Thị Mai", "Chuyên viên Văn phòng"),
    items=(
        Item(
            "i1",
            "Báo cáo tổng kết",
            started=at("08:05"),
            ended=at("08:35"),
            lines=(Line(at("08:05"), "08 giờ 05: đồng chí Trần Thị Bình trình bày."),),
            text=passages(TEXT, "Các ý kiến thống nhất."),
            number=2,
        ),
    ),
    conclusions=(Conclusion("Ban hành Kế hoạch", "Văn phòng", ("Phòng 1", "Phòng 3"), "23/12/2026", "KH-VKS"),),
    recipients=("Như thành phần tham dự", "Lưu: VT, Hồ sơ"),
    draft=False,
    written=at("11:00"),
)


def long_minutes(pages: int) -> Minutes:
    """About as many pages of text as asked for."""
    item = replace(MINUTES.items[0], text=passages(TEXT * 3) * 6)
    return replace(MINUTES, items=(item,) * pages)


def plain_texts(item) -> tuple[str, ...]:
    """The secretary's text on an item, a line each."""
    return tuple(line for passage in item.text for line in rich.plain_lines(passage.block))
