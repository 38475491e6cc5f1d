"""Deadlines in working days: no weekends, no public holidays of Viet Nam."""

import datetime

import pytest

from meetingroom import working_days
from meetingroom.working_days import Swapped


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


MOVED = Swapped(off=frozenset({day("2026-12-21"), day("2026-12-27")}), worked=frozenset({day("2026-12-26")}))


def test_days_that_were_moved_count_as_the_agency_entered_them():
    assert working_days.after(day("2026-12-14"), 5, MOVED) == day("2026-12-22")  # the Monday is off
    assert working_days.after(day("2026-12-24"), 2, MOVED) == day("2026-12-26")  # the Saturday is worked for it
    assert working_days.left(day("2026-12-18"), day("2026-12-26"), MOVED) == 5
    assert working_days.left(day("2026-12-26"), day("2026-12-20"), MOVED) == -5
    assert working_days.from_day_on(day("2026-12-20"), MOVED) == day("2026-12-22")
    assert working_days.from_day_on(day("2026-12-26"), MOVED) == day("2026-12-26")


def test_days_moved_before_the_list_was_made_are_in_it():
    assert not working_days.is_working(day("2026-08-31"))
    assert working_days.is_working(day("2026-08-22"))  # a Saturday, for that Monday
    assert not working_days.is_working(day("2026-08-22"), Swapped(off=frozenset({day("2026-08-22")})))


def test_no_entry_makes_a_count_endless():
    every = frozenset(working_days.days_between(day("2026-01-01"), day("2099-12-31")))
    assert working_days.after(day("2026-01-01"), 1, Swapped(off=every)) < day("2028-01-01")
