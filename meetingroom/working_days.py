"""Days on which offices of Viet Nam work. Pure.

Weekends and public holidays are off, with the days given for those that fall on a weekend (Labour Code, article 112),
by a kept list; days that the Government has swapped are in it as far as they were known when it was made. What came
later the agency enters (`Swapped`), and that counts.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

DAY = datetime.timedelta(days=1)
AMERICAN = re.compile(r"\b(\d\d)/(\d\d)/(\d{4})\b")  # how the list writes a day in English
LONGEST = 400  # days in a row that may be off: a wrong entry ends no count


@dataclass(frozen=True)
class Swapped:
    """Days that are otherwise than the list has them: off, or worked."""

    off: frozenset[datetime.date] = frozenset()
    worked: frozenset[datetime.date] = frozenset()


AS_LISTED = Swapped()


@dataclass(frozen=True)
class Listed:
    """What the kept list says of a year: holidays with their names, and weekends that are worked."""

    off: dict[datetime.date, str]
    worked: frozenset[datetime.date]


@cache
def list_year(year: int, language: str = "vi") -> Listed:
    import holidays  # of every country: read when the first task is given out, not at the server's start

    found = holidays.country_holidays("VN", years=year, language=language)
    worked = getattr(found, "weekend_workdays", ())
    english = language.startswith("en")
    names = {day: AMERICAN.sub(r"\2/\1/\3", name) if english else name for day, name in found.items()}
    return Listed(dict(sorted(names.items())), frozenset(day for day in worked if day.year == year))


def is_working(day: datetime.date, swapped: Swapped = AS_LISTED) -> bool:
    if day in swapped.off or day in swapped.worked:
        return day in swapped.worked
    listed = list_year(day.year)
    return day in listed.worked or (day.weekday() < 5 and day not in listed.off)


def after(day: datetime.date, count: int, swapped: Swapped = AS_LISTED) -> datetime.date:
    """The working day that is so many after `day`, which does not count itself."""
    idle = 0
    while count > 0:
        day += DAY
        works = is_working(day, swapped) or idle >= LONGEST
        count, idle = count - works, 0 if works else idle + 1
    return day


def from_day_on(day: datetime.date, swapped: Swapped = AS_LISTED) -> datetime.date:
    """That day, or the first working day after it."""
    return after(day - DAY, 1, swapped)


def left(today: datetime.date, due: datetime.date, swapped: Swapped = AS_LISTED) -> int:
    """How many working days there are from tomorrow to `due`; below nought, how many have passed since."""
    first, last = min(today, due), max(today, due)
    days = sum(is_working(each, swapped) for each in days_between(first + DAY, last))
    return days if due >= today else -days


def days_between(first: datetime.date, last: datetime.date) -> Iterable[datetime.date]:
    """Both included; none where `last` is before `first`."""
    return (first + DAY * n for n in range((last - first).days + 1))
