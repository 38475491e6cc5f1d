"""Days and hours in the program's words: `08 giờ 30`, `Thứ Tư, 16/12/2026`. Filters of the templates."""

import re
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from meetingroom import clock

WEEKDAYS = [
    lazy_gettext("Monday"),
    lazy_gettext("Tuesday"),
    lazy_gettext("Wednesday"),
    lazy_gettext("Thursday"),
    lazy_gettext("Friday"),
    lazy_gettext("Saturday"),
    lazy_gettext("Sunday"),
]
MONTHS = [
    lazy_gettext("Jan"),
    lazy_gettext("Feb"),
    lazy_gettext("Mar"),
    lazy_gettext("Apr"),
    lazy_gettext("May"),
    lazy_gettext("Jun"),
    lazy_gettext("Jul"),
    lazy_gettext("Aug"),
    lazy_gettext("Sep"),
    lazy_gettext("Oct"),
    lazy_gettext("Nov"),
    lazy_gettext("Dec"),
]


def hour(ms: int) -> str:
    """`08 giờ 30` in Vietnamese, `08:30` in English."""
    moment = clock.local(ms)
    return _("%(hour)s:%(minute)s", hour=f"{moment:%H}", minute=f"{moment:%M}")


def day(ms: int) -> str:
    """`16/12/2026`."""
    return f"{clock.local(ms):%d/%m/%Y}"


def weekday(ms: int) -> str:
    return str(WEEKDAYS[clock.local(ms).weekday()])


def day_of_week(on: date) -> str:
    return str(WEEKDAYS[on.weekday()])


def long_day(ms: int) -> str:
    """`Thứ Tư, 16/12/2026`."""
    return f"{weekday(ms)}, {day(ms)}"


def span(starts_at: int, ends_at: int = 0) -> str:
    """`08 giờ 00 – 11 giờ 00`; `22 giờ 30 – 01 giờ 30 ngày 30/11/2026` when the meeting ends on another day."""
    if not ends_at:
        return hour(starts_at)
    same_day = clock.local(starts_at).date() == clock.local(ends_at).date()
    hours = f"{hour(starts_at)} – {hour(ends_at)}".replace(" giờ ", "\u00a0giờ\u00a0")  # kept together on a phone
    return hours if same_day else _("%(hours)s on %(day)s", hours=hours, day=day(ends_at))


def length(minutes: int) -> str:
    """`3 giờ 15 phút`, `45 phút`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(n)s min", n=rest)
    return _("%(h)s h %(m)s min", h=hours, m=rest) if rest else _("%(h)s h", h=hours)


def today() -> date:
    return clock.local(clock.now()).date()


def read_day(text) -> str:
    """`2026-12-31`, of that or of 31/12/2026 as it is typed. Raises ValueError."""
    text = text.strip()[:20] if isinstance(text, str) else ""
    typed = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text, re.ASCII)
    found = date(int(typed[3]), int(typed[2]), int(typed[1])) if typed else date.fromisoformat(text)
    return found.isoformat()


def next_morning(now: int) -> tuple[str, str, str]:
    """A likely time for a new meeting: tomorrow 08:00–11:00, as a date and two times for form fields."""
    tomorrow = clock.local(now).date() + timedelta(days=1)
    return f"{tomorrow:%d/%m/%Y}", "08:00", "11:00"


def clock_time(ms: int) -> str:
    """`08:30`, where there is no room for the words."""
    return f"{clock.local(ms):%H:%M}"


def day_number(ms: int) -> str:
    return f"{clock.local(ms):%d}"


def month_number(ms: int) -> str:
    """`tháng 12`, in English `Dec`, with the year when it is another one than this."""
    moment = clock.local(ms)
    month = str(MONTHS[moment.month - 1])
    return month if moment.year == today().year else f"{moment:%m/%Y}"


FILTERS = {
    "hour": hour,
    "day": day,
    "weekday": weekday,
    "long_day": long_day,
    "span": span,
    "day_of_week": day_of_week,
    "length_of_time": length,
    "clock_time": clock_time,
    "day_number": day_number,
    "month_number": month_number,
}
