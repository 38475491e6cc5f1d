"""Which column of a list is what, which rows are people, and what is left out. Pure: tables in, a reading out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from meetingroom.meeting.names import fold
from meetingroom.people.tables import MOST_ROWS, Table, Unreadable

FIELDS = ("name", "username", "title", "unit", "role", "email", "phone")

# Headings without marks and signs, as they stand on the lists of many offices.
HEADINGS = {
    "name": "ho va ten|ho ten|ho va ten can bo|ten can bo|can bo|nguoi dung|full name|name|hoten|ho ten va chu lot"
    "|ho chu lot va ten|ho dem va ten|ho ten dem va ten",
    "family": "ho va ten dem|ho dem|ho|ho va dem|ho lot|ho va chu lot|family name|last name|surname",
    "given": "ten|given name|first name",
    "username": "ten dang nhap|tai khoan|ten tai khoan|username|user name|user|login",
    "title": "chuc vu|chuc danh|chuc vu chuc danh|chuc vu cong tac|position|title|job title",
    "unit": "don vi|phong|phong ban|don vi cong tac|noi cong tac|co quan|phong don vi|unit|department",
    "role": "vai tro|vai tro he thong|quyen|nhom quyen|role|system role",
    "email": "email|e mail|mail|thu dien tu|dia chi email|dia chi thu dien tu|thu cong vu|email cong vu",
    "phone": "dien thoai|so dien thoai|so dt|sdt|di dong|dien thoai di dong|so di dong|dt|dtdd|sdtdd|so dtdd|so may"
    "|phone|telephone|mobile|phone number|tel",
}
COLUMN = {heading: kind for kind, headings in HEADINGS.items() for heading in headings.split("|")}

# `Họ và tên khai sinh`, `Số điện thoại liên hệ`: begins with a heading of two words or more.
BEGINNINGS = sorted((heading for heading in COLUMN if " " in heading), key=len, reverse=True)

NUMBERING = {"stt", "tt", "so tt", "so thu tu", "no", "number"}
GROUP = re.compile(r"(?:[IVX]{1,5}|[A-H])[.)]?")  # how parts of a list are numbered: I, II, A, B
ENDINGS = ("tong so", "tong cong", "cong", "nguoi lap", "nguoi lap bieu", "thu truong", "total")


@dataclass(frozen=True)
class Column:
    """One column of the file: its letter, its heading, what it is read as (a field of a person, `""` if it is not)."""

    letter: str
    heading: str
    kind: str
    sample: str = ""


@dataclass
class Reading:
    """What was understood of a file: values by field with the line they stand on, and what was left out, by line."""

    people: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    left_out: list[tuple[int, str, str]] = field(default_factory=list)  # line, text, the code of the reason
    sheet: str = ""
    other_sheets: list[str] = field(default_factory=list)


def bare_heading(heading: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(heading)).split())


def kind_of(heading: str) -> str:
    """The field that a heading names; `""` for one nobody knows."""
    whole = bare_heading(heading)
    if kind := COLUMN.get(whole):
        return kind
    for part in (bare_heading(part) for part in re.split(r"[/(\n,;]", heading)):
        if kind := COLUMN.get(part):
            return kind
    return next((COLUMN[start] for start in BEGINNINGS if whole.startswith(start + " ")), "")


def read(tables: list[Table]) -> Reading:
    """The people of the sheet that looks most like a list; a sheet its author hid only if no other does.

    Raises Unreadable.
    """
    for hidden in (False, True):
        found = [(headings(table), table) for table in tables if table.hidden is hidden]
        known = [(start, places, table) for (start, places), table in found if places]
        if known:
            start, places, table = max(known, key=lambda one: len(one[1]))
            return reading_of(table, start, places, [other.name for other in tables if other is not table])
    raise Unreadable("file_no_names")


def headings(table: Table) -> tuple[int, dict[str, list[int]]]:
    """The number of the row with the headings, and the places of each known column. No places: no list of people."""
    best: tuple[int, dict[str, list[int]]] = (0, {})
    for number, cells in enumerate(table.rows[:20]):
        places: dict[str, list[int]] = {}
        # A heading that is known to the letter goes before one that only begins like it.
        for place, cell in sorted(enumerate(cells), key=lambda one: (bare_heading(one[1]) not in COLUMN, one[0])):
            if (kind := kind_of(cell)) and not is_continued(table, number, place):
                places.setdefault(kind, [place])
        if ("name" in places or "given" in places) and len(places) > len(best[1]):
            best = (number, places)
    start, places = best
    for kind, (place, *_rest) in places.items():
        places[kind] = [place, *column_beside(table, start, place, kind)]
    return best


def is_continued(table: Table, row: int, place: int) -> bool:
    """Whether this cell lies under the right part of one that is merged."""
    return any(first < place <= last for line, first, last in table.wide if line == row)


def column_beside(table: Table, row: int, place: int, kind: str) -> list[int]:
    """The columns to the right that belong to this heading: merged with it, or without one and full of given names."""
    merged = next((last for line, first, last in table.wide if line == row and first == place), place)
    if merged > place:
        return list(range(place + 1, merged + 1))
    cells = table.rows[row]
    blank = place + 1 >= len(cells) or not cells[place + 1]
    below = [(line[place], line[place + 1]) for line in table.rows[row + 1 :] if place + 1 < len(line) and line[place]]
    given = [second for _first, second in below if is_given_name(second)]
    return [place + 1] if kind == "name" and blank and below and len(given) * 5 >= len(below) * 4 else []


def is_given_name(text: str) -> bool:
    words = text.split()
    return 1 <= len(words) <= 2 and all(word.isalpha() for word in words) and fold(text) not in {"x", "nam", "nu"}


def reading_of(table: Table, start: int, places: dict[str, list[int]], others: list[str]) -> Reading:
    reading = Reading(sheet=table.name, other_sheets=others)
    reading.columns = list(columns_of(table, start, places))
    numbering = next((n for n, cell in enumerate(table.rows[start]) if bare_heading(cell) in NUMBERING), -1)
    name = (places.get("name") or places["given"])[0]
    unit = ""
    for number, cells in enumerate(table.rows[start + 1 :], start + 1):
        texts = {kind: join_columns(cells, columns) for kind, columns in places.items()}
        whole = texts.get("name") or f"{texts.get('family', '')} {texts.get('given', '')}".strip()
        values = {key: texts.get(key, "") for key in FIELDS} | {"name": whole}
        text = " ".join(dict.fromkeys(cell for cell in cells if cell))
        if not text:
            continue
        if reason := reason_left_out(table, number, start, values, numbering, name):
            reading.left_out.append((number + 1, text, reason))
            if reason == "left_group":
                unit = re.sub(rf"^{GROUP.pattern}\s+", "", text)
        else:
            if unit and not values["unit"]:
                values["unit"] = unit
            reading.people.append((number + 1, values))
    if not reading.people:
        raise Unreadable("file_empty")
    if len(reading.people) > MOST_ROWS:
        raise Unreadable("file_too_long")
    return reading


def join_columns(cells: list[str], columns: list[int]) -> str:
    """The text of several columns as one; what a merged cell repeats is said once."""
    return " ".join(dict.fromkeys(cells[place] for place in columns if place < len(cells) and cells[place]))


def reason_left_out(table: Table, row: int, start: int, values: dict[str, str], numbering: int, name: int) -> str:
    """The code of the reason why a row is no person; `""` for a person."""
    cells = table.rows[row]
    if is_group(table, row, numbering, name):
        return "left_group"
    if not any(values.values()):
        return "left_no_name"
    if all(kind_of(cell) or cell == above for cell, above in zip(cells, table.rows[start], strict=False) if cell):
        return "left_heading"  # the second row of the headings
    if row == start + 1 and not any(c.isalpha() for cell in cells for c in cell):
        return "left_numbers"  # (1) (2) (3) under the headings
    ending = bare_heading(values["name"])
    others = [value for key, value in values.items() if key != "name" and value]
    if not others and any(ending == word or ending.startswith(f"{word} ") for word in ENDINGS):
        return "left_ending"
    return ""


def is_group(table: Table, row: int, numbering: int, name: int) -> bool:
    """A row that names the part of the list below it: merged across the columns, or numbered I, II, A, B."""
    cells = table.rows[row]
    filled = {place for place, cell in enumerate(cells) if cell}
    if any(line == row and first <= name and last - first >= 2 for line, first, last in table.wide):
        return len(filled) <= 2
    if not 0 <= numbering < len(cells) or not GROUP.fullmatch(cells[numbering].upper()):
        return False
    return filled <= {numbering, name, numbering + 1} and len(filled) == 2


def columns_of(table: Table, start: int, places: dict[str, list[int]]) -> Iterator[Column]:
    """Every column that holds anything, in the order of the file."""
    from openpyxl.utils import get_column_letter  # see tables.read_xlsx

    of = {place: kind for kind, columns in places.items() for place in columns}
    heads, width = table.rows[start], max(len(row) for row in table.rows)
    for place in range(width):
        heading = heads[place] if place < len(heads) else ""
        below = (row[place] for row in table.rows[start + 1 :] if place < len(row) and row[place])
        sample = next(below, "")
        if heading or sample:
            kind = "numbering" if bare_heading(heading) in NUMBERING else of.get(place, "")
            yield Column(get_column_letter(place + 1), heading, kind, sample)
