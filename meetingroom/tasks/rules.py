"""A task from the directive that made it to its acceptance: who may do which step, and what it comes to. Pure.

Overdue is no state: it follows from a day, which ends in the evening.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.roles import CHAIR, STAFF

TEXT_LENGTH, REASON_LENGTH = 5000, 1000
LATEST = datetime.date(2100, 1, 1)
STATES = ("issued", "received", "working", "reported", "done", "cancelled")
OPEN = ("issued", "received", "working", "reported")
# As agencies publish them: done in time and late, open in time, overdue by up to and by more than 30 days, no deadline.
CLASSES = ("done_in_time", "done_late", "in_time", "overdue", "overdue_30", "no_deadline")
LONG_OVERDUE = 30  # days
SILENT = 90  # days without a word on a task that has no deadline


@dataclass(frozen=True)
class Task:
    """A directive as it was given out. Units are ids of today: what was merged is its successor."""

    id: str
    text: str
    lead: str = ""  # as the conclusion names it
    lead_unit: str = ""  # "" where a person of no unit leads
    units: tuple[str, ...] = ()  # that cooperate
    person: str = ""
    due: str = ""  # yyyy-mm-dd, "" for no deadline
    deliverable: str = ""
    issued_at: int = 0

    @property
    def all_units(self) -> tuple[str, ...]:
        return (self.lead_unit, *self.units)


@dataclass(frozen=True)
class Step:
    """A step as it stands in `task_steps`."""

    n: int
    at: int
    by: str
    name: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Extension:
    until: str
    reason: str
    by: str = ""
    at: int = 0


@dataclass(frozen=True)
class Standing:
    """Where a task stands. Everything by unit is by the unit's id."""

    steps: int = 0
    received: dict[str, int] = field(default_factory=dict)  # unit -> when
    people: dict[str, str] = field(default_factory=dict)  # unit -> who is named for it
    percents: dict[str, int] = field(default_factory=dict)
    reports: dict[str, int] = field(default_factory=dict)  # unit -> when it reported its part
    worked: bool = False
    returned: str = ""
    asked: Extension | None = None
    granted: str = ""  # the day until which it was extended
    reported_at: int = 0  # by who leads
    done_at: int = 0
    cancelled: str = ""
    last_at: int = 0

    def state(self, task: Task) -> str:
        if self.cancelled:
            return "cancelled"
        if self.done_at:
            return "done"
        if self.reported_at:
            return "reported"
        if self.worked:
            return "working"
        return "received" if task.lead_unit in self.received else "issued"

    def due(self, task: Task) -> str:
        """The day that counts now."""
        return self.granted or task.due

    def percent(self, task: Task) -> int:
        return 100 if self.done_at or self.reported_at else self.percents.get(task.lead_unit, 0)


@dataclass(frozen=True)
class Somebody:
    """Who asks: their role in the meeting, the units they head, and those whose tasks they may read."""

    id: str
    role: str = ""
    heads: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()
    grants: bool | None = None  # more time; None: as the chair does

    @property
    def may_grant(self) -> bool:
        return self.role in CHAIR if self.grants is None else self.grants


def standing(task: Task, steps: Iterable[Step]) -> Standing:
    now = Standing()
    for step in steps:
        now = replace(fold[step.name](task, now, step), steps=step.n, last_at=step.at)
    return now


def units_of(task: Task, now: Standing, who: Somebody) -> list[str]:
    """The units of the task for which somebody acts: as their head, or as who is named for it."""
    named = {unit for unit in task.all_units if now.people.get(unit) == who.id}
    if task.person == who.id:
        named.add(task.lead_unit)
    return [unit for unit in dict.fromkeys(task.all_units) if unit in named or (unit and unit in who.heads)]


def may_read(task: Task, now: Standing, who: Somebody) -> bool:
    """Those who run the meeting, the units that have to do with it, and who is named."""
    return who.role in STAFF or bool({*task.all_units} & who.reads) or bool(units_of(task, now, who))


Deciding = Callable[[Task, Standing, Somebody, dict], dict]
Folding = Callable[[Task, Standing, Step], Standing]
decisions: dict[str, Deciding] = {}
fold: dict[str, Folding] = {}


def decide(task: Task, now: Standing, who: Somebody, name: str, args: dict) -> dict:
    """What is to be written down of a step. Raises Refused."""
    if name not in decisions:
        raise Refused("no_such_command", field="name")
    if now.state(task) not in OPEN:
        raise Refused("task_over")
    return decisions[name](task, now, who, args)


def step(name: str):
    def register(rule: Deciding) -> Deciding:
        decisions[name] = rule
        return rule

    return register


def folds(name: str):
    def register(rule: Folding) -> Folding:
        fold[name] = rule
        return rule

    return register


@step("receive")
def receive(task, now, who, args):
    """A unit confirms that it has the task. `{unit?}`"""
    mine = own_units(task, now, who)
    unit = chosen_unit(mine, args, first=[unit for unit in mine if unit not in now.received])
    if unit in now.received:
        raise Refused("already_received")
    return {"unit": unit}


@folds("receive")
def received(task, now, step):
    return taken(now, step)


@step("assign")
def assign(task, now, who, args):
    """The head of a unit names who does it. `{person, unit?}`; `units` of that person are the server's to tell."""
    mine = [unit for unit in own_units(task, now, who) if unit in who.heads]
    if not mine:
        raise Refused("not_allowed")
    unit = chosen_unit(mine, args)
    person = text_of(args, "person", 40)
    if unit not in args.get("units_of_person", ()):
        raise Refused("not_of_this_unit", field="person")
    return {"unit": unit, "person": person}


@folds("assign")
def assigned(task, now, step):
    return replace(now, people={**now.people, step.data["unit"]: step.data["person"]})


@step("progress")
def progress(task, now, who, args):
    """How far a unit has come. `{percent?, text?, file?, unit?}`"""
    unit = unreported_unit(task, now, who, args)
    data = {"unit": unit, "text": text_of(args, "text", needed=False), **evidence(args)}
    percent = args.get("percent")
    if percent is not None:
        if type(percent) is not int or not 0 <= percent <= 100:
            raise Refused("not_a_number", field="percent")
        data["percent"] = percent
    if percent is None and not data["text"] and "file" not in data:
        raise Refused("empty", field="text")
    return data


@folds("progress")
def progressed(task, now, step):
    now = taken(now, step)
    percent = step.data.get("percent")
    percents = now.percents if percent is None else {**now.percents, step.data["unit"]: percent}
    return replace(now, percents=percents, worked=True)


@step("report")
def report(task, now, who, args):
    """A unit reports its part; who leads reports the whole as done. `{text, file?, unit?}`"""
    unit = unreported_unit(task, now, who, args)
    return {"unit": unit, "text": text_of(args, "text"), **evidence(args)}


@folds("report")
def reported(task, now, step):
    now = taken(now, step)
    unit = step.data["unit"]
    now = replace(now, worked=True, reports={**now.reports, unit: step.at})
    return replace(now, reported_at=step.at, returned="") if unit == task.lead_unit else now


@step("accept")
def accept(task, now, who, args):
    """The chair accepts what was reported. `{text?}`"""
    for_chair(who)
    if not now.reported_at:
        raise Refused("not_reported")
    return {"text": text_of(args, "text", needed=False)}


@folds("accept")
def accepted(task, now, step):
    return replace(now, done_at=step.at)


@step("return")
def give_back(task, now, who, args):
    """The chair wants more. `{reason}`"""
    for_chair(who)
    if not now.reported_at:
        raise Refused("not_reported")
    return {"reason": text_of(args, "reason", REASON_LENGTH)}


@folds("return")
def given_back(task, now, step):
    reports = {unit: at for unit, at in now.reports.items() if unit != task.lead_unit}
    return replace(now, reported_at=0, returned=step.data["reason"], worked=True, reports=reports)


@step("ask_extension")
def ask_extension(task, now, who, args):
    """Who leads asks for more time. `{until, reason}`; `ask_before` (days before the deadline, 0: at any time) and
    `today` are the server's to tell."""
    if task.lead_unit not in own_units(task, now, who):
        raise Refused("not_allowed")
    if not task.due:
        raise Refused("no_deadline")
    if now.reported_at:
        raise Refused("already_reported")
    if now.asked:
        raise Refused("already_asked")
    until = day_of(args, "until")
    if until <= now.due(task):
        raise Refused("not_later", field="until")
    if (before := args.get("ask_before", 0)) and (latest := last_day_to_ask(task, now, before)) < args["today"]:
        raise Refused("too_late_to_ask", until=latest)
    return {"until": until, "reason": text_of(args, "reason", REASON_LENGTH)}


def last_day_to_ask(task: Task, now: Standing, before: int) -> str:
    """The day until which more time may be asked for, so many days before the deadline."""
    return (datetime.date.fromisoformat(now.due(task)) - datetime.timedelta(days=before)).isoformat()


@folds("ask_extension")
def extension_asked(task, now, step):
    return replace(now, asked=Extension(step.data["until"], step.data["reason"], step.by, step.at))


@step("answer_extension")
def answer_extension(task, now, who, args):
    """The chair (or whom the office has chosen) grants more time, until the day that was asked for or another, or does
    not. `{granted, until?, reason?}`"""
    if not who.may_grant:
        raise Refused("not_allowed")
    if not now.asked:
        raise Refused("not_asked")
    granted = args.get("granted")
    if type(granted) is not bool:
        raise Refused("not_a_choice", field="granted")
    reason = text_of(args, "reason", REASON_LENGTH, needed=not granted)
    if not granted:
        return {"granted": False, "reason": reason}
    until = day_of(args, "until") if args.get("until") else now.asked.until
    if until <= now.due(task):
        raise Refused("not_later", field="until")
    return {"granted": True, "until": until, "reason": reason}


@folds("answer_extension")
def extension_answered(task, now, step):
    return replace(now, asked=None, granted=step.data["until"] if step.data["granted"] else now.granted)


@step("cancel")
def cancel(task, now, who, args):
    """The chair takes the task back. `{reason}`"""
    for_chair(who)
    return {"reason": text_of(args, "reason", REASON_LENGTH)}


@folds("cancel")
def cancelled(task, now, step):
    return replace(now, cancelled=step.data["reason"], asked=None)


def taken(now: Standing, step: Step) -> Standing:
    """Who works on a task has received it."""
    unit = step.data["unit"]
    return now if unit in now.received else replace(now, received={**now.received, unit: step.at})


def own_units(task: Task, now: Standing, who: Somebody) -> list[str]:
    mine = units_of(task, now, who)
    if not mine:
        raise Refused("not_allowed")
    return mine


def chosen_unit(mine: list[str], args: dict, first: list[str] | None = None) -> str:
    """The unit that is meant: the one that is said, or the first that is theirs (who leads stands first)."""
    if unit := args.get("unit"):
        if unit not in mine:
            raise Refused("not_allowed")
        return unit
    return (first or mine)[0]


def unreported_unit(task: Task, now: Standing, who: Somebody, args: dict) -> str:
    mine = own_units(task, now, who)
    unit = chosen_unit(mine, args, first=[unit for unit in mine if unit not in now.reports])
    if unit in now.reports:
        raise Refused("already_reported")
    return unit


def for_chair(who: Somebody) -> None:
    if who.role not in CHAIR:
        raise Refused("not_allowed")


def text_of(args: dict, name: str, limit: int = TEXT_LENGTH, *, needed: bool = True) -> str:
    value = args.get(name) or ""
    if not isinstance(value, str):
        raise Refused("empty", field=name)
    return checks.text(value, limit, needed=needed, field=name)


def day_of(args: dict, name: str) -> str:
    value = args.get(name)
    try:
        day = datetime.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise Refused("bad_date", field=name) from None
    if value != day.isoformat() or day >= LATEST:
        raise Refused("bad_date", field=name)
    return day.isoformat()


def evidence(args: dict) -> dict:
    """A file that came with the step: {sha, name, bytes}, which the server has written."""
    return {"file": args["file"]} if args.get("file") else {}


# What a day makes of it


def class_of(task: Task, now: Standing, today: datetime.date, day_of: Callable[[int], datetime.date], by: str) -> str:
    """One of CLASSES, "" for a task that was cancelled. `by`: whether what is done counts against the `original` or the
    `granted` day; what is open, against the granted one. A report that was accepted was done on its day."""
    if now.cancelled:
        return ""
    due = now.due(task)
    if now.done_at:
        limit = due if by == "granted" else task.due
        late = bool(limit) and day_of(now.reported_at or now.done_at).isoformat() > limit
        return "done_late" if late else "done_in_time"
    if not due:
        return "no_deadline"
    days = days_late(task, now, today, day_of)
    if days <= 0:
        return "in_time"
    return "overdue" if days <= LONG_OVERDUE else "overdue_30"


def days_late(task: Task, now: Standing, today: datetime.date, day_of: Callable[[int], datetime.date]) -> int:
    """By how many days an open task is late; what was reported stands still. Negative: so many are left."""
    due = datetime.date.fromisoformat(now.due(task))
    return ((day_of(now.reported_at) if now.reported_at else today) - due).days


def is_silent(task: Task, now: Standing, today: datetime.date, day_of: Callable[[int], datetime.date]) -> bool:
    """Nobody has said anything for three months of a task that is never late."""
    last = now.last_at or task.issued_at
    return now.state(task) in OPEN and not now.due(task) and (today - day_of(last)).days > SILENT


def next_step(task: Task, now: Standing, who: Somebody) -> str:
    """The one step that waits for somebody, or ""."""
    if now.state(task) not in OPEN:
        return ""
    if who.role in CHAIR and now.reported_at:
        return "accept"
    if who.may_grant and now.asked:
        return "answer_extension"
    mine = units_of(task, now, who)
    if any(unit not in now.received for unit in mine):
        return "receive"
    if not mine or now.reported_at:
        return ""
    unit = mine[0]
    if unit != task.lead_unit and unit in now.reports:
        return ""
    return "report" if now.percents.get(unit, 0) == 100 else "progress"


def steps_open_to(task: Task, now: Standing, who: Somebody) -> list[str]:
    """Every step somebody may take now, the one that waits first."""
    if now.state(task) not in OPEN:
        return []
    mine = units_of(task, now, who)
    leads = task.lead_unit in mine
    chairs = who.role in CHAIR
    unreported = [unit for unit in mine if unit not in now.reports]
    possible = {
        "receive": any(unit not in now.received for unit in mine),
        "progress": bool(unreported),
        "report": bool(unreported),
        "ask_extension": leads and bool(task.due) and not now.asked and not now.reported_at,
        "assign": any(unit in who.heads for unit in mine),
        "accept": chairs and bool(now.reported_at),
        "return": chairs and bool(now.reported_at),
        "answer_extension": who.may_grant and now.asked is not None,
        "cancel": chairs,
    }
    found = [name for name, can in possible.items() if can]
    first = next_step(task, now, who)
    return sorted(found, key=lambda name: name != first)
