"""Who answers for a unit, and which unit has taken another's work over. SQL.

The head of a unit is whom the administrator has named; else whoever has the title of a head there; else, in a unit that
has nobody of that kind, everybody in it.
"""

from dataclasses import dataclass

from meetingroom.auth import account_store
from meetingroom.meeting import names

HEADS = (
    "vien truong", "truong phong", "chanh van phong", "chanh thanh tra", "thu truong", "truong ban", "truong don vi",
    "giam doc", "hieu truong", "vu truong", "cuc truong", "head",
)  # fmt: skip
ACTING = ("quyen ", "q. ", "phu trach ")


@dataclass(frozen=True)
class Units:
    """The directory as the tasks see it."""

    units: dict[str, dict]
    heads: dict[str, tuple[str, ...]]  # unit -> who answers for it
    members: dict[str, tuple[str, ...]]
    people: dict[str, dict]  # active ones

    def current(self, unit: str) -> str:
        """The unit that does this unit's work now: its successor, and that one's; closed without one, the unit above.
        A unit that nobody knows any more stays what it is."""
        seen: set[str] = set()
        while unit in self.units and unit not in seen and not self.units[unit]["active"]:
            seen.add(unit)
            after = self.units[unit]["successor"] or self.units[unit]["parent"]
            if not after:
                break
            unit = after
        return unit

    def name(self, unit: str) -> str:
        return self.units[unit]["name"] if unit in self.units else ""

    def short(self, unit: str) -> str:
        return (self.units[unit]["short"] or self.units[unit]["name"]) if unit in self.units else ""

    def headed_by(self, person: str) -> frozenset[str]:
        return frozenset(unit for unit, heads in self.heads.items() if person in heads)

    def below(self, unit: str) -> set[str]:
        """A unit and all under it."""
        found, wave = {unit}, {unit}
        while wave := {key for key, row in self.units.items() if row["parent"] in wave} - found:
            found |= wave
        return found

    def read_by(self, person: str) -> frozenset[str]:
        """The units whose tasks somebody may read: their own; a head, those below as well."""
        own = self.people.get(person, {}).get("unit") or ""
        found = {own} if own else set()
        for unit in self.headed_by(person):
            found |= self.below(unit)
        return frozenset(found)


def read_units(db) -> Units:
    rows = {row["id"]: row for row in account_store.list_units(db)}
    people = {row["id"]: row for row in account_store.list_users(db, active=True)}
    members: dict[str, list[str]] = {}
    for row in people.values():
        members.setdefault(row["unit"] or "", []).append(row["id"])
    members.pop("", None)
    heads = {unit: find_heads(rows[unit], who, people) for unit, who in members.items() if unit in rows}
    for unit, row in rows.items():  # the head of several units is a member of one
        if row["head"] in people:
            heads[unit] = (row["head"],)
    return Units(rows, heads, {unit: tuple(who) for unit, who in members.items()}, people)


def find_heads(unit: dict, members: list[str], people: dict[str, dict]) -> tuple[str, ...]:
    if unit["head"] in people:
        return (unit["head"],)
    titled = tuple(who for who in members if is_head(people[who]["title"] or ""))
    return titled or tuple(members)


def is_head(title: str) -> bool:
    """`Trưởng phòng, Kiểm sát viên trung cấp`, `Q. Viện trưởng`; no deputy is one."""
    folded = names.fold(title)
    for acting in ACTING:
        folded = folded.removeprefix(acting)
    return folded.startswith(HEADS)
