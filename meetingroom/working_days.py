"""Days on which offices of Viet Nam work. Pure.

Weekends and public holidays are off, with the days given for those that fall on a weekend (Labour Code, article 112),
by a kept list. Days that the Government swaps for a year are known once the list has them.
"""

import datetime
from functools import cache

import holidays

DAY = datetime.timedelta(days=1)


@cache
def holidays_of(year: int) -> frozenset[datetime.date]:
    return frozenset(holidays.country_holidays("VN", years=year))


def is_working(day: datetime.date) -> bool:
    return day.weekday() < 5 and day not in holidays_of(day.year)


def after(day: datetime.date, count: int) -> datetime.date:
    """The working day that is so many after `day`, which does not count itself."""
    while count > 0:
        day += DAY
        count -= is_working(day)
    return day


def left(today: datetime.date, due: datetime.date) -> int:
    """How many working days there are from tomorrow to `due`; below nought, how many have passed since."""
    first, last = min(today, due), max(today, due)
    days = sum(is_working(first + DAY * n) for n in range(1, (last - first).days + 1))
    return days if due >= today else -days
