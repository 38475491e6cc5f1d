"""A list of people from a table: which column is what, and what is wrong with each row. Pure."""

from dataclasses import dataclass, field

from meetingroom.people import forms, names
from meetingroom.people.names import fold
from meetingroom.people.tables import MOST_ROWS, Unreadable

FIELDS = ("name", "username", "title", "unit", "role", "email", "phone")

# Headings without marks and signs, as they stand on the lists of many offices.
HEADINGS = {
    "name": "ho va ten|ho ten|ho va ten can bo|ten can bo|can bo|nguoi dung|full name|name|hoten",
    "family": "ho va ten dem|ho dem|ho|ho va dem|ho lot|family name|last name",
    "given": "ten|given name|first name",
    "username": "ten dang nhap|tai khoan|ten tai khoan|username|user name|user|login",
    "title": "chuc vu|chuc danh|chuc vu chuc danh|chuc vu cong tac|position|title|job title",
    "unit": "don vi|phong|phong ban|don vi cong tac|noi cong tac|co quan|phong don vi|unit|department",
    "role": "vai tro|vai tro he thong|quyen|nhom quyen|role|system role",
    "email": "email|e mail|thu dien tu|dia chi email|thu cong vu|email cong vu",
    "phone": "dien thoai|so dien thoai|sdt|di dong|dien thoai di dong|so di dong|dt|phone|telephone|mobile",
}
COLUMN = {heading: kind for kind, headings in HEADINGS.items() for heading in headings.split("|")}

ROLE_WORDS = {
    "admin": "admin|administrator|quan tri|quan tri vien|quan tri he thong|nguoi quan tri",
    "organiser": "organiser|organizer|meeting organiser|to chuc|nguoi to chuc|nguoi to chuc hop|nguoi to chuc cuoc hop"
    "|to chuc cuoc hop|to chuc hop|ban to chuc|can bo to chuc hop",
    "member": "member|thanh vien|dai bieu|nguoi dung|nguoi su dung|can bo|",
}
ROLE = {word: role for role, words in ROLE_WORDS.items() for word in words.split("|")}


@dataclass
class Row:
    """One person of the list. `errors` and `warnings` are codes by field; `made` says the user name is our proposal."""

    line: int
    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)
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


def bare(heading: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(heading)).split())


def rows_of(table: list[list[str]]) -> list[Row]:
    """The people of a table. What stands above the headings (name of the agency, title of the list) is left out."""
    start, columns = headings(table)
    found = []
    for line, cells in enumerate(table[start + 1 :], start + 2):
        texts = {kind: cells[place] for kind, place in columns.items() if place < len(cells)}
        whole = texts.get("name") or f"{texts.get('family', '')} {texts.get('given', '')}".strip()
        values = {key: texts.get(key, "") for key in FIELDS} | {"name": whole}
        if any(values.values()):
            found.append(Row(line, values))
    if not found:
        raise Unreadable("file_empty")
    if len(found) > MOST_ROWS:
        raise Unreadable("file_too_long")
    return found


def headings(table: list[list[str]]) -> tuple[int, dict[str, int]]:
    """The number of the row with the headings, and the place of each known column. Raises Unreadable."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, cells in enumerate(table[:20]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(cells):
            if kind := COLUMN.get(bare(cell)):
                columns.setdefault(kind, place)
        if ("name" in columns or "given" in columns) and len(columns) > len(best[1]):
            best = (number, columns)
    if not best[1]:
        raise Unreadable("file_no_names")
    return best


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
        row.unit_id, row.role = by_name.get(fold(row.values["unit"])), ROLE.get(bare(row.values["role"]), "")
        row.values["username"] = row.values["username"].lower()
        values = {**row.values, "role": row.role, "unit": None}
        row.errors |= forms.too_long(row.values, name="name", title="title", phone="phone", unit="unit_name")
        row.errors |= forms.check_account(values, set(), taken)
        if not row.values["name"]:
            row.errors["name"] = "missing"
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
    """The names of units that are on the list and not in the house, once each."""
    found = {fold(row.values["unit"]): row.values["unit"] for row in reversed(rows) if row.unit_id is None}
    return sorted((name for folded, name in found.items() if folded), key=names.text_key)
