"""Lists of people as offices make them, and what is read in them."""

import csv
import io
import unicodedata
import zipfile

from openpyxl import Workbook

from meetingroom.people import columns, roster, tables

PEOPLE = [
    ["Họ và tên", "Tên đăng nhập", "Chức vụ", "Đơn vị", "Vai trò"],
    ["Phan Văn Nam", "nampv", "Kiểm tra viên", "Phòng 1", "Thành viên"],
    ["Đặng Thị Ánh", "", "Phó Trưởng phòng; phụ trách", "Văn phòng", "Người tổ chức họp"],
]


UNITS = [
    {"id": "u1", "name": "Phòng 1", "short": "P1", "active": 1},
    {"id": "vp", "name": "Văn phòng", "short": "VP", "active": 1},
]


def as_csv(rows, delimiter=",", encoding="utf-8", end="\r\n") -> bytes:
    kept = io.StringIO()
    csv.writer(kept, delimiter=delimiter, lineterminator=end).writerows(rows)
    return kept.getvalue().encode(encoding)


def as_xlsx(rows) -> bytes:
    book, kept = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(kept)
    return kept.getvalue()


def as_1258(rows) -> bytes:
    """The old Vietnamese code page writes tone marks as letters of their own: decompose, then join the shapes."""
    text = as_csv(rows).decode()
    shapes = {"\u0302", "\u0306", "\u031b"}
    split = ""
    for letter in text:
        base, marks = unicodedata.normalize("NFD", letter)[0], unicodedata.normalize("NFD", letter)[1:]
        kept = "".join(mark for mark in marks if mark in shapes)
        split += unicodedata.normalize("NFC", base + kept) + "".join(mark for mark in marks if mark not in shapes)
    return split.encode("cp1258")


def cells(data: bytes) -> list[list[str]]:
    """The cells of the only sheet."""
    [table] = tables.read_tables(data)
    return table.rows


def understood(*sheets: list[list[str]]) -> columns.Reading:
    return columns.read([tables.Table(rows) for rows in sheets])


def checked(rows, people=(), new_units=()):
    found = roster.rows_of(understood(rows))
    roster.check(found, units=UNITS, people=list(people), new_units=new_units)
    return found


def a_book(*rows, merged=(), formats=(), rest=()) -> bytes:
    """A workbook with these rows; `rest`: more sheets, (title, rows, state)."""
    book, kept = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    for place, number_format in formats:
        book.active[place].number_format = number_format
    for title, more, state in rest:
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        for row in more:
            sheet.append(row)
    book.save(kept)
    return kept.getvalue()


def rewritten(data: bytes, change) -> bytes:
    """The same package with each part's text changed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w") as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return kept.getvalue()


def with_part(data: bytes, part: str, text: bytes) -> bytes:
    """The same package with this part in the place of its own, or beside the others."""
    kept = io.BytesIO(rewritten(data, lambda name, old: text if name == part else old))
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as packed:
        if part not in packed.namelist():
            packed.writestr(part, text)
    return kept.getvalue()


def people_of(data: bytes) -> list[tuple[str, ...]]:
    rows = roster.rows_of(columns.read(tables.read_tables(data)))
    roster.check(rows, units=UNITS, people=[])
    return [(row.values["name"], row.values["username"], row.values["unit"]) for row in rows]
