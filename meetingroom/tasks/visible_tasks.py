"""The tasks somebody may read, as they see them today: class, days, what waits for them. SQL."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from meetingroom.meeting import names
from meetingroom.tasks import rules, store
from meetingroom.tasks.rules import Somebody
from meetingroom.tasks.store import Entry
from meetingroom.tasks.units import Units, read_units

SOON = 7  # days
DUE = ("overdue", "today", "soon", "later", "none")


@dataclass(frozen=True)
class Seen:
    """A task on a day, by somebody's eyes. `late`: days after its day, negative before; None where it has none or is
    over."""

    entry: Entry
    who: Somebody
    kind: str  # one of rules.CLASSES, "" when cancelled
    late: int | None
    next: str
    mine: tuple[str, ...]  # the units for which they act
    silent: bool

    @property
    def task(self):
        return self.entry.task

    @property
    def now(self):
        return self.entry.now

    @property
    def row(self) -> dict:
        return self.entry.row

    @property
    def id(self) -> str:
        return self.entry.task.id

    @property
    def state(self) -> str:
        return self.entry.now.state(self.entry.task)

    @property
    def due(self) -> str:
        return self.entry.now.due(self.entry.task)

    @property
    def is_open(self) -> bool:
        return self.state in rules.OPEN

    @property
    def overdue(self) -> bool:
        return self.late is not None and self.late > 0

    @property
    def when(self) -> str:
        """Where its day lies: one of DUE, "" for what is over."""
        if not self.is_open:
            return ""
        if self.late is None:
            return "none"
        if self.late > 0:
            return "overdue"
        if self.late == 0:
            return "today"
        return "soon" if self.late >= -SOON else "later"

    @property
    def doer(self) -> str:
        """The person who is named for the leading unit."""
        return self.now.people.get(self.task.lead_unit) or self.task.person


@dataclass(frozen=True)
class Sight:
    """What somebody may read of all tasks on a day."""

    tasks: list[Seen]
    units: Units
    today: datetime.date
    choices: store.Choices


def look(db, person: str, day: datetime.date | None = None, meeting: str = "", units: Units | None = None) -> Sight:
    """Everything `person` may read (of one meeting)."""
    units = units or read_units(db)
    day, choices = day or store.today(), store.read_choices(db)
    roles = store.roles_of(db, person)
    heads, reads = units.headed_by(person), units.read_by(person)
    found = []
    for entry in store.list_tasks(db, units, meeting):
        role = roles.get(entry.row["meeting"], "")
        who = Somebody(person, role, heads, reads, choices.grants(role))
        if rules.may_read(entry.task, entry.now, who):
            found.append(see(entry, who, day, choices))
    return Sight(found, units, day, choices)


def look_at(db, person: str, task: str, day: datetime.date | None = None) -> tuple[Seen, Units] | None:
    """One task, if `person` may read it."""
    units = read_units(db)
    found = find_readable(db, units, person, task)
    return (see(*found, day or store.today(), store.read_choices(db)), units) if found else None


def find_readable(db, units: Units, person: str, task: str) -> tuple[Entry, Somebody] | None:
    """A task with whom `person` is in it; None where there is none, or it is none of theirs to read."""
    entry = store.find_task(db, units, task)
    if entry is None:
        return None
    who = store.somebody(db, units, person, entry.row["meeting"])
    return (entry, who) if rules.may_read(entry.task, entry.now, who) else None


def see(entry: Entry, who: Somebody, day: datetime.date, choices: store.Choices) -> Seen:
    task, now = entry.task, entry.now
    open_with_day = now.state(task) in rules.OPEN and now.due(task)
    return Seen(
        entry,
        who,
        rules.class_of(task, now, day, store.day_of, choices.on_time_by),
        rules.days_late(task, now, day, store.day_of) if open_with_day else None,
        rules.next_step(task, now, who),
        tuple(rules.units_of(task, now, who)),
        rules.is_silent(task, now, day, store.day_of),
    )


FILTERS = {
    "unit": lambda seen, value: value in seen.task.all_units,
    "lead": lambda seen, value: value == (seen.task.lead_unit or "-"),
    "state": lambda seen, value: seen.overdue if value == "overdue" else seen.state == value,
    "class": lambda seen, value: seen.kind == value,
    "due": lambda seen, value: matches_day(seen, value),
    "meeting": lambda seen, value: seen.row["meeting"] == value,
    "person": lambda seen, value: (seen.doer or "-") == value,
    "waits": lambda seen, value: bool(seen.next),
    "q": lambda seen, value: names.matches(value, seen.task.text, seen.task.lead, seen.task.deliverable),
}


def chosen(tasks: Iterable[Seen], wanted: dict[str, str]) -> list[Seen]:
    """Those that fit every filter that is set; unknown filters choose nothing away."""
    filters = [(FILTERS[name], value) for name, value in wanted.items() if value and name in FILTERS]
    return [seen for seen in tasks if all(fits(seen, value) for fits, value in filters)]


def matches_day(seen: Seen, value: str) -> bool:
    """`overdue`, `today`, `soon` (within a week), `later`, `none`; or everything due until a day."""
    if value in DUE:
        return seen.when == value
    return seen.is_open and bool(seen.due) and seen.due <= value
