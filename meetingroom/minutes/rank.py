"""The order of rank (thứ tự chức vụ): by title, then by unit, then as invited. Pure."""

import re
from collections.abc import Iterable
from typing import TypeVar

from meetingroom.minutes.model import Person
from meetingroom.spelling import compose

Somebody = TypeVar("Somebody", bound=Person)

# What a title begins with, the highest first; the longer of two that begin alike stands before the shorter.
SUPREME = ("viện trưởng", "phó viện trưởng", "vụ trưởng", "cục trưởng", "chánh văn phòng", "phó vụ trưởng")
TITLES = (
    ("bí thư", "chủ tịch"),
    ("phó bí thư", "phó chủ tịch"),
    ("viện trưởng", "chánh án", "giám đốc", "vụ trưởng", "cục trưởng"),
    ("phó viện trưởng", "phó chánh án", "phó giám đốc", "phó vụ trưởng", "vụ phó", "phó cục trưởng", "cục phó"),
    ("chánh văn phòng", "trưởng phòng", "trưởng ban", "chánh thanh tra", "giám đốc trung tâm"),
    ("phó chánh văn phòng", "phó trưởng phòng", "phó trưởng ban", "phó chánh thanh tra", "phó phòng"),
    ("kiểm sát viên cao cấp", "điều tra viên cao cấp"),
    ("kiểm sát viên trung cấp", "điều tra viên trung cấp"),
    ("kiểm sát viên", "điều tra viên"),
    ("kiểm tra viên", "thư ký viên"),
    ("chuyên viên", "cán sự", "kế toán", "văn thư", "cán bộ"),
)
LEVELS = {title: level for level, titles in enumerate(TITLES) for title in titles}
UNKNOWN = len(TITLES)
OFFICE = LEVELS["trưởng phòng"]  # the head of a regional Procuracy is one of the heads of the province's divisions
LOWER = re.compile(r"\b(khu vực|huyện|quận|thị xã|cấp dưới)\b")
ACTING = re.compile(r"^(?:(?:quyền|q\.|đồng chí|đ/c)\s+)+")


def order_by_rank(people: Iterable[Somebody]) -> list[Somebody]:
    """In order of rank; who has the same keeps the order of invitation."""
    return sorted(people, key=lambda person: rank(person.title, person.unit))


def rank(title: str, unit: str = "") -> tuple[int, int, int, int]:
    """What people are sorted by: level, kind of unit, number of the unit, acting after appointed.

    Of several titles ("Kiểm sát viên trung cấp, Trưởng phòng") the highest counts.
    """
    title, unit = plain_title(title), plain_title(unit)
    parts = [part.strip() for part in re.split(r"[,;–/]| - ", title)]
    level = min(level_of(ACTING.sub("", part), unit) for part in parts)
    return level, *place(title, unit), int(title.startswith(("quyền ", "q.")))


def level_of(title: str, unit: str) -> int:
    found = max((known for known in LEVELS if re.match(rf"{known}\b", title)), key=len, default="")
    if not found:
        return UNKNOWN
    whole = f"{title} {unit}"
    if "tối cao" in whole and found in SUPREME:
        return SUPREME.index(found) - len(SUPREME)
    lower = found in ("viện trưởng", "phó viện trưởng") and LOWER.search(whole)
    return LEVELS[found] + (OFFICE - LEVELS["viện trưởng"] if lower else 0)


def place(title: str, unit: str) -> tuple[int, int]:
    """The agency itself, its office, its divisions by number, the other divisions, the regional Procuracies."""
    whole = f"{unit} {title}" if unit else title
    number = re.search(r"(?:phòng|khu vực)\s+(\d{1,4})", whole)
    if LOWER.search(whole):
        kind = 4
    elif "văn phòng" in whole:
        kind = 1
    elif "phòng" in unit or number:
        kind = 2 if number else 3
    else:
        kind = 0
    return kind, int(number[1]) if number else 0


def plain_title(text: str) -> str:
    return " ".join(compose(text[:600]).casefold().split())
