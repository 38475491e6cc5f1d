"""The words of documents in a language: English is the source, the catalogue the translation."""

import datetime
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from meetingroom import clock

TRANSLATIONS = Path(__file__).parent.parent / "translations"
Words = Callable[..., str]
TITLED = ("đồng chí ", "đ/c ", "ông ", "bà ", "mr ", "mr. ", "mrs ", "mrs. ", "ms ", "ms. ")  # as guests are typed


@lru_cache
def words(language: str) -> Words:
    """The function that documents call `_`: a source text and its values, as a finished sentence.

    Not Flask's: a document is also built in a process of its own, where there is no request.
    """
    known = catalogue(language)

    def _(text: str, /, **values) -> str:
        return known.get(text, text) % values if values else known.get(text, text)

    return _


@lru_cache
def catalogue(language: str) -> dict[str, str]:
    """Every area's sentences: a word that two areas need stands in one of their files only."""
    found: dict[str, str] = {}
    for path in sorted((TRANSLATIONS / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            found |= {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id and entry.string}
    return found


def time(ms: int, _: Words) -> str:
    """`08 giờ 05`."""
    return _("%(hour)s:%(minute)s", **{"hour": f"{clock.local(ms):%H}", "minute": f"{clock.local(ms):%M}"})


def short_time(ms: int) -> str:
    """`08:05`, in a list of many."""
    return f"{clock.local(ms):%H:%M}"


def date(ms: int, _: Words) -> str:
    """`ngày 05 tháng 01 năm 2026`: a nought before days under 10 and before months 1 and 2 only (NĐ 30, annex I)."""
    day = clock.local(ms)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return _("%(day)s/%(month)s/%(year)s", day=f"{day.day:02d}", month=month, year=day.year)


def due_on(iso: str, _: Words) -> str:
    """The same of a day as it is stored, `2026-12-23`; what is no day stays as it was typed."""
    try:
        return date(clock.milliseconds(f"{datetime.date.fromisoformat(iso)}T12:00"), _)
    except ValueError:
        return iso


def moment(ms: int, _: Words) -> str:
    """`08 giờ 00, ngày 16 tháng 12 năm 2026`."""
    return _("%(time)s, %(date)s", time=time(ms, _), date=date(ms, _))


def length(seconds: int, _: Words) -> str:
    """`05 phút`, `01 giờ 05 phút`; below a minute `40 giây`."""
    if seconds < 60:
        return _("%(n)s seconds", n=count(seconds))
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return _("%(n)s minutes", n=count(minutes))
    if not minutes:
        return _("%(h)s hours", h=count(hours))
    return _("%(h)s hours %(m)s minutes", h=count(hours), m=count(minutes))


def count(n: int) -> str:
    """`05`: an office writes a nought before numbers of one figure."""
    return f"{n:02d}" if n else "0"


def below_quorum(present: int, members: int, needed: int, _: Words) -> str:
    """What the chair decided in the knowledge of the numbers."""
    return _(
        "Below the quorum: %(present)s of %(members)s members present, %(needed)s needed; the chair went on.",
        present=count(present),
        members=count(members),
        needed=count(needed),
    )


def listed(parts) -> str:
    """Names one after the other, as office prose lists them."""
    return "; ".join(part for part in parts if part)


def pages(ranges: tuple[tuple[int, int], ...], _: Words) -> str:
    """`trang 1–12, 15`."""
    text = listed_ranges(ranges)
    return _("p. %(pages)s", pages=text) if text else ""


def listed_ranges(ranges: tuple[tuple[int, int], ...]) -> str:
    """`1–12, 15`."""
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in ranges)


def ranges(pages: set[int]) -> tuple[tuple[int, int], ...]:
    """{1, 2, 3, 7} → ((1, 3), (7, 7))."""
    found: list[tuple[int, int]] = []
    for page in sorted(pages):
        if found and found[-1][1] == page - 1:
            found[-1] = (found[-1][0], page)
        else:
            found.append((page, page))
    return tuple(found)


def address(name: str, _: Words) -> str:
    """How the office speaks of someone: `đồng chí Trần Thị Bình`; a guest typed as `Ông Lê Văn Khách` stays so."""
    if name.casefold().startswith(TITLED):
        return name
    return _("Mr/Ms %(name)s", name=name)
