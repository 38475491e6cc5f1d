"""Deadlines in working days: no weekends, no public holidays of Viet Nam."""

import datetime

import pytest

from meetingroom import working_days


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("closed", "due"),
    [
        ("2026-12-14", "2026-12-21"),  # Monday to Monday
        ("2026-12-16", "2026-12-23"),
        ("2026-12-19", "2026-12-25"),  # a Saturday does not count itself
        ("2026-12-30", "2027-01-07"),  # over the first of January
        ("2026-02-13", "2026-02-27"),  # over Tết Bính Ngọ
        ("2026-04-24", "2026-05-06"),  # Giỗ Tổ with its day given, 30/4 and 1/5
    ],
)
def test_five_working_days_after(closed, due):
    assert working_days.after(day(closed), 5) == day(due)


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [("2026-12-16", "2026-12-23", 5), ("2026-12-23", "2026-12-23", 0), ("2026-12-26", "2026-12-23", -2)],
)
def test_how_many_are_left_or_have_passed(today, due, left):
    assert working_days.left(day(today), day(due)) == left
