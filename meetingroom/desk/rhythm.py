"""When the next meeting of a series will likely be: after the rhythm of those before it. Pure."""

import calendar
import datetime

from meetingroom import working_days

DAY = datetime.timedelta(days=1)
MONTHS = ((26, 35, 1), (56, 66, 2), (84, 98, 3), (170, 190, 6), (355, 375, 12))  # days apart from, to: so many months


def next_day(
    held: list[datetime.date], today: datetime.date, swapped: working_days.Swapped = working_days.AS_LISTED
) -> datetime.date | None:
    """A working day after `today`, from the days of the meetings so far; None where there were fewer than two."""
    days = sorted(set(held))
    if len(days) < 2:
        return None
    apart = (days[-1] - days[-2]).days
    months = next((n for low, high, n in MONTHS if low <= apart <= high), 0)
    for n in range(1, 400):
        day = months_later(days[-1], n * months) if months else days[-1] + n * apart * DAY
        if day > today:
            return working_days.from_day_on(day, swapped)
    return None


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
