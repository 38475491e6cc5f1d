"""Tasks and their steps in SQLite. Callers bring the transaction."""

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from meetingroom import clock, log
from meetingroom.database import fetch_all, fetch_one
from meetingroom.meeting.roles import CHAIR, CHAIR_AND_SECRETARY
from meetingroom.tasks import rules
from meetingroom.tasks.rules import Somebody, Standing, Step, Task
from meetingroom.tasks.units import Units


@dataclass(frozen=True)
class Choices:
    """What the office has chosen about its tasks."""

    remind_days: tuple[int, ...] = (7, 3, 1, 0, -1)  # so many days before the day a task is due
    weekly: bool = True  # and once a week from then on
    on_time_by: str = "original"  # original | granted
    titles_in_mail: bool = False  # what the tasks are about
    ask_before: int = 0  # days before the deadline until which more time may be asked for; 0: at any time
    granted_by: str = "chair"  # chair | staff (the secretary too)

    def grants(self, role: str) -> bool:
        """Whether somebody with this role in a meeting grants more time for its tasks."""
        return role in (CHAIR_AND_SECRETARY if self.granted_by == "staff" else CHAIR)


@dataclass(frozen=True)
class Entry:
    """A task with where it stands and what is to be said of it."""

    task: Task
    now: Standing
    row: dict
    steps: list[Step] = field(default_factory=list)


def read_choices(db) -> Choices:
    kept = read_setting(db, "tasks", {})
    if "remind_days" in kept:
        kept["remind_days"] = tuple(kept["remind_days"])
    return Choices(**kept)


def save_choices(db, choices: Choices) -> None:
    save_setting(db, "tasks", vars(choices))


@dataclass(frozen=True)
class Rhythm:
    """On which days before the deadline somebody is reminded, and whether weekly from then on."""

    days: tuple[int, ...]
    weekly: bool


def read_rhythms(db) -> dict[str, Rhythm]:
    """Of the units that have one of their own."""
    kept = read_setting(db, "reminders_of_units", {})
    return {unit: Rhythm(tuple(each["days"]), each["weekly"]) for unit, each in kept.items()}


def save_rhythm(db, unit: str, rhythm: Rhythm | None) -> None:
    """None: as the unit above, in the end as the agency."""
    kept = read_setting(db, "reminders_of_units", {})
    kept.pop(unit, None)
    save_setting(db, "reminders_of_units", kept | ({unit: vars(rhythm)} if rhythm else {}))


def rhythm_of(unit: str, units: Units, rhythms: dict[str, Rhythm], choices: Choices) -> Rhythm:
    """That of the unit, else of the nearest one above it that has one, else the agency's."""
    seen: set[str] = set()
    while unit and unit not in seen:
        if unit in rhythms:
            return rhythms[unit]
        seen.add(unit)
        unit = units.units.get(unit, {}).get("parent") or ""
    return Rhythm(choices.remind_days, choices.weekly)


def read_setting(db, name: str, otherwise: Any) -> Any:
    """What the office has chosen under this name."""
    row = fetch_one(db, "select data from office_settings where name = ?", [name])
    return json.loads(row["data"]) if row else otherwise


def save_setting(db, name: str, value: Any) -> None:
    db["office_settings"].insert({"name": name, "data": json.dumps(value)}, pk="name", replace=True)


ROWS = """select tasks.*, coalesce(meetings.title, '') as meeting_title, meetings.starts_at
          from tasks left join meetings on meetings.id = tasks.meeting """


def find_task(db, units: Units, id: str) -> Entry | None:
    rows = fetch_all(db, ROWS + "where tasks.id = ?", [id])
    return next(iter(make_entries(db, units, rows)), None)


def list_tasks(db, units: Units, meeting: str = "") -> list[Entry]:
    """All of them (or a meeting's), in the order of the days they are due; those without one come last."""
    where = "where tasks.meeting = :meeting " if meeting else ""
    order = "order by tasks.due = '', tasks.due, tasks.issued_at, tasks.rowid"
    return make_entries(db, units, fetch_all(db, ROWS + where + order, {"meeting": meeting} if meeting else {}))


def series_of(db, meeting: str) -> str:
    row = fetch_one(db, "select series from meetings where id = ?", [meeting])
    return row["series"] if row else ""


def list_of_series(db, units: Units, series: str) -> list[Entry]:
    """Those of the meetings of a series."""
    return make_entries(db, units, fetch_all(db, ROWS + "where meetings.series = ? order by tasks.issued_at", [series]))


def make_entries(db, units: Units, rows: list[dict]) -> list[Entry]:
    steps = steps_of(db, units, [row["id"] for row in rows])
    entries = []
    for row in rows:
        task = task_of(row, units)
        own = steps.get(row["id"], [])
        entries.append(Entry(task, rules.standing(task, own), row, own))
    return entries


def task_of(row: dict, units: Units) -> Task:
    lead = units.current(row["lead_unit"]) if row["lead_unit"] else ""
    others = dict.fromkeys(units.current(unit) for unit in json.loads(row["units"]))
    about = {key: row[key] for key in ("id", "text", "lead", "person", "due", "deliverable", "issued_at")}
    return Task(**about, lead_unit=lead, units=tuple(unit for unit in others if unit != lead))


def steps_of(db, units: Units, tasks: Iterable[str]) -> dict[str, list[Step]]:
    sql = "select * from task_steps where task in (select value from json_each(?)) order by task, n"
    found: dict[str, list[Step]] = {}
    for row in fetch_all(db, sql, [json.dumps(list(tasks))]):
        data = json.loads(row["data"])
        if data.get("unit"):
            data["unit"] = units.current(data["unit"])
        step = Step(row["n"], clock.milliseconds(row["at"]), row["by"], row["name"], data)
        found.setdefault(row["task"], []).append(step)
    return found


def somebody(db, units: Units, person: str, meeting: str, roles: dict[str, str] | None = None) -> Somebody:
    """Who asks, as a meeting's tasks see them. `roles`: theirs by meeting, when read already."""
    if roles is None:
        roles = roles_of(db, person)
    role = roles.get(meeting, "")
    grants = read_choices(db).grants(role)
    return Somebody(person, role, units.headed_by(person), units.read_by(person), grants)


def roles_of(db, person: str) -> dict[str, str]:
    rows = db.conn.execute("select meeting, role from members where person = ?", [person])
    return {row["meeting"]: row["role"] for row in rows}


def add_step(db, task: str, by: str, name: str, data: dict, at: int) -> int:
    """Append a step to a task's chain; returns its number."""
    last = fetch_one(db, "select n, at, hash from task_steps where task = ? order by n desc limit 1", [task])
    n = last["n"] + 1 if last else 1
    if last:  # after a start with a clock that is behind, a task goes on from its last step
        at = max(at, clock.milliseconds(last["at"]))
    text, moment = log.canonical_json(data), clock.iso(at)
    mark = chain_hash(last["hash"] if last else "", task, n, moment, by, name, text)
    row = {"task": task, "n": n, "at": moment, "by": by, "name": name, "data": text, "hash": mark}
    db["task_steps"].insert(row)
    return n


def chain_hash(last: str, task: str, n: int, at: str, by: str, name: str, data: str) -> str:
    """The hash of a step, which rests on all before it in its task."""
    return hashlib.sha256((last + log.canonical_json([task, n, at, by, name, data])).encode()).hexdigest()


def verify_steps(db, task: str) -> int:
    """Check a task's chain; the number of its steps. Raises log.Corrupt naming the first that fails."""
    last, n = "", 0
    for n, row in enumerate(fetch_all(db, "select * from task_steps where task = ? order by n", [task]), 1):
        last = chain_hash(last, task, row["n"], row["at"], row["by"], row["name"], row["data"])
        if row["n"] != n or row["hash"] != last:
            raise log.Corrupt(f"task {task} #{n}")
    return n


def tasks_with_steps(db) -> list[str]:
    return [row[0] for row in db.conn.execute("select distinct task from task_steps order by task")]


def files_of(db, task: str) -> list[dict]:
    """The evidence that came with the steps of a task: {sha, name, bytes, type} each."""
    rows = db.conn.execute("select data from task_steps where task = ? order by n", [task])
    return [file for row in rows if (file := json.loads(row["data"]).get("file"))]


def find_file(db, task: str, sha: str) -> dict | None:
    return next((file for file in files_of(db, task) if file["sha"] == sha), None)


def day_of(ms: int) -> datetime.date:
    return clock.local(ms).date()


def today() -> datetime.date:
    return day_of(clock.now())
