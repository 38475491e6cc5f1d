"""The people of a list: what is wrong or doubtful in each row. Pure."""

import re
from dataclasses import dataclass, field

from meetingroom.auth import forms
from meetingroom.meeting import names
from meetingroom.meeting.names import fold
from meetingroom.people import columns, tables
from meetingroom.people.columns import Reading, bare_heading

ROLE_WORDS = {
    "admin": "admin|administrator|quan tri|quan tri vien|quan tri he thong|nguoi quan tri",
    "organiser": "organiser|organizer|meeting organiser|to chuc|nguoi to chuc|nguoi to chuc hop|nguoi to chuc cuoc hop"
    "|to chuc cuoc hop|to chuc hop|ban to chuc|can bo to chuc hop",
    "member": "member|thanh vien|dai bieu|nguoi dung|nguoi su dung|can bo|",
}
MOST_TYPED = 200_000
PARTS = re.compile(r"\t|;|,|\s[-–—]\s")  # what stands between name, position and unit

ROLE = {word: role for role, words in ROLE_WORDS.items() for word in words.split("|")}


@dataclass
class Row:
    """One person of the list. `errors`, `warnings` and `notes` (what we changed) are codes by field; `made` says the
    user name is our proposal."""

    line: int
    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    unit_id: str | None = None
    role: str = "member"
    made: bool = False

    @property
    def is_good(self) -> bool:
        return not self.errors

    @property
    def is_advised(self) -> bool:
        """Good, and most likely not somebody we have already."""
        return self.is_good and "name" not in self.warnings


def rows_of(reading: Reading) -> list[Row]:
    """The people of a list that was read, with what spreadsheets take from a telephone number put back."""
    rows = []
    for line, values in reading.people:
        row = Row(line, dict(values))
        if phone := with_zero(values["phone"]):
            row.values["phone"] = phone
            row.notes["phone"] = "zero_added"
        rows.append(row)
    return rows


def lines_of(text: str, unit: str = "", after: int = 0) -> list[Row]:
    """The people of typed lines `name, position, unit`, or rows pasted from a spreadsheet (with its headings or
    without); `unit` is whose who name none. Lines are numbered from `after` + 1. Raises Unreadable: file_too_long."""
    table = tables.Table(tables.read_csv(text[:MOST_TYPED].encode("utf-8", "replace"))) if text.strip() else None
    if table and columns.headings(table)[1] and len(table.rows) > 1:
        rows = rows_of(columns.read([table]))
    else:
        rows = [Row(number, values) for number, values in split_lines(text[:MOST_TYPED])]
    if len(rows) > tables.MOST_ROWS:
        raise tables.Unreadable("file_too_long")
    for row in rows:
        row.line += after
        row.values["unit"] = row.values["unit"] or unit
    return rows


def split_lines(text: str):
    """(number, values) of every line that names somebody."""
    for number, line in enumerate(text.splitlines(), 1):
        cells = [tables.tidy(cell[: 4 * tables.MOST_CELL])[: tables.MOST_CELL] for cell in PARTS.split(line)]
        if cells and re.fullmatch(r"\d{1,4}[.)]?", cells[0]):
            cells = cells[1:]  # the number of the row
        name = re.sub(r"^(?:\d{1,4}[.)]\s*|[-*•+]\s*)", "", cells[0]) if cells else ""
        if any(c.isalpha() for c in name):
            fields = dict(zip(("name", "title", "unit"), (name, *cells[1:]), strict=False))
            yield number, dict.fromkeys(columns.FIELDS, "") | fields


def with_zero(phone: str) -> str:
    """A Vietnamese number whose leading 0 a spreadsheet dropped, with it; `""` for any other.

    Mobile numbers have nine digits after the 0 and begin with 3, 5, 7, 8 or 9, fixed ones ten and begin with 2
    (numbering plan of the Ministry of Information and Communications, Circular 22/2014/TT-BTTTT).
    """
    digits = re.sub(r"[ .-]", "", phone)
    return f"0{phone}" if re.fullmatch(r"[35789]\d{8}|2\d{9}", digits) else ""


def check(rows: list[Row], *, units: list[dict], people: list[dict], new_units=()) -> None:
    """Fills in errors, warnings, unit, role and user name of each row. `new_units`: names that shall be created."""
    by_name = unit_names(units)
    fresh = {fold(name) for name in new_units}
    taken = {person["username"] for person in people}
    known = {(fold(person["name"]), person["unit"]) for person in people}
    known_names = {name for name, _ in known}
    given: dict[str, int] = {}
    for row in rows:
        row.errors, row.warnings, row.made = {}, {}, False
        row.unit_id, row.role = by_name.get(fold(row.values["unit"])), ROLE.get(bare_heading(row.values["role"]), "")
        row.values["username"] = row.values["username"].lower()
        values = {**row.values, "role": row.role, "unit": None}
        row.errors |= forms.too_long(row.values, name="name", title="title", phone="phone", unit="unit_name")
        row.errors |= forms.check_account(values, set(), taken)
        if not row.values["name"]:
            row.errors["name"] = "missing"
        if re.fullmatch(r"\d([.,]\d+)?E\+\d+", row.values["phone"], re.IGNORECASE):
            row.errors["phone"] = "phone_cut"
        if row.values["unit"] and row.unit_id is None and fold(row.values["unit"]) not in fresh:
            row.errors["unit"] = "unit_unknown"
        wanted = row.values["username"]
        if wanted and given.setdefault(wanted, row.line) != row.line:
            row.errors["username"] = "username_twice"
        name = fold(row.values["name"])
        if (name, row.unit_id) in known or (not row.values["unit"] and name in known_names):
            row.warnings["name"] = "person_exists"
        if row.role == "admin":
            row.warnings["role"] = "becomes_admin"
    propose(rows, taken | set(given))
    mark_twins(rows)


def propose(rows: list[Row], taken: set[str]) -> None:
    """User names for those who have none."""
    for row in rows:
        if not row.values["username"] and row.values["name"]:
            row.values["username"] = names.username_of(row.values["name"], taken)
            row.made = True
            taken.add(row.values["username"])


def mark_twins(rows: list[Row]) -> None:
    """The same name in the same unit twice in one list is most likely one person."""
    seen = set()
    for row in rows:
        twin = fold(row.values["name"]), fold(row.values["unit"])
        if row.values["name"] and twin in seen:
            row.warnings.setdefault("name", "name_twice")
        seen.add(twin)


def unit_names(units: list[dict]) -> dict[str, str]:
    """Full and short names of active units, folded → id. The full name wins, and the first of two alike."""
    found: dict[str, str] = {}
    for key in ("name", "short"):
        for unit in units:
            if unit["active"] and unit[key]:
                found.setdefault(fold(unit[key]), unit["id"])
    return found


def unknown_units(rows: list[Row]) -> list[str]:
    """The names of units that are on the list and not in the directory, once each."""
    found = {fold(row.values["unit"]): row.values["unit"] for row in reversed(rows) if row.unit_id is None}
    return sorted((name for folded, name in found.items() if folded), key=names.text_key)
