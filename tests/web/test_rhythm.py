"""The next meeting of a series comes as those before it came."""

from datetime import date

import pytest

from meetingroom.desk.rhythm import next_day
from meetingroom.working_days import Swapped


@pytest.mark.parametrize(
    ("held", "today", "expected"),
    [
        ([date(2026, 11, 16), date(2026, 11, 23)], date(2026, 11, 29), date(2026, 11, 30)),  # weekly
        ([date(2026, 11, 2), date(2026, 11, 16)], date(2026, 12, 10), date(2026, 12, 14)),  # every other week
        (
            [date(2026, 10, 5), date(2026, 11, 5)],
            date(2026, 11, 29),
            date(2026, 12, 7),
        ),  # the 5th: a Saturday
        ([date(2026, 12, 31), date(2027, 1, 31)], date(2027, 2, 1), date(2027, 3, 1)),  # the 28th is a Sunday
        (
            [date(2026, 7, 1), date(2026, 10, 1)],
            date(2026, 11, 29),
            date(2027, 1, 4),
        ),  # quarterly: New Year's Day is off
        ([date(2026, 11, 2)], date(2026, 11, 29), None),
        ([], date(2026, 11, 29), None),
    ],
)
def test_the_day_is_the_one_after_today_that_the_rhythm_gives(held, today, expected):
    assert next_day(held, today) == expected


def test_a_day_that_the_agency_has_off_is_none_for_a_meeting():
    held, off = [date(2026, 11, 16), date(2026, 11, 23)], Swapped(off=frozenset({date(2026, 11, 30)}))
    assert next_day(held, date(2026, 11, 29), off) == date(2026, 12, 1)
