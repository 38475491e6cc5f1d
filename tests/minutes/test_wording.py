"""Times, dates and numbers as an office writes them."""

import pytest

from meetingroom import clock
from meetingroom.printing import wording

VI, EN = wording.words("vi"), wording.words("en")


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("2026-01-05", "ngày 05 tháng 01 năm 2026"),
        ("2026-02-10", "ngày 10 tháng 02 năm 2026"),
        ("2026-03-09", "ngày 09 tháng 3 năm 2026"),
        ("2026-12-16", "ngày 16 tháng 12 năm 2026"),
    ],
)
def test_noughts_stand_before_days_under_ten_and_the_first_two_months(day, written):
    assert wording.date(clock.milliseconds(f"{day}T08:00"), VI) == written


def test_a_moment_is_the_agencys_whatever_the_machines_zone():
    ms = clock.milliseconds("2026-12-16T00:30:00+00:00")
    assert wording.moment(ms, VI) == "07 giờ 30, ngày 16 tháng 12 năm 2026"
    assert wording.moment(ms, EN) == "07:30, 16/12/2026"


def test_lengths():
    assert [wording.length(seconds, VI) for seconds in (40, 60, 312, 4000, 7200)] == [
        "40 giây",
        "01 phút",
        "05 phút",
        "01 giờ 07 phút",
        "02 giờ",
    ]


def test_pages():
    assert wording.pages(((1, 12), (15, 15)), VI) == "trang 1–12, 15"
    assert wording.pages((), VI) == ""


def test_a_text_without_a_translation_stands_as_it_is():
    assert VI("No such text as %(n)s", n=3) == "No such text as 3"
