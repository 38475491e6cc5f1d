"""Tasks in words, and as JSON."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from meetingroom.tasks import rules
from meetingroom.tasks.rules import Step
from meetingroom.tasks.units import Units
from meetingroom.tasks.visible_tasks import Seen

STATES = {
    "issued": lazy_gettext("Not received yet"),
    "received": lazy_gettext("Received"),
    "working": lazy_gettext("In progress"),
    "reported": lazy_gettext("Reported, to be accepted"),
    "done": lazy_gettext("Done"),
    "cancelled": lazy_gettext("Taken back"),
}
CLASSES = {
    "done_in_time": lazy_gettext("Done in time"),
    "done_late": lazy_gettext("Done late"),
    "in_time": lazy_gettext("In time"),
    "overdue": lazy_gettext("Overdue ≤ 30 days"),
    "overdue_30": lazy_gettext("Overdue > 30 days"),
    "no_deadline": lazy_gettext("No deadline"),
}
STEPS = {
    "receive": lazy_gettext("Confirm receipt"),
    "assign": lazy_gettext("Name who does it"),
    "progress": lazy_gettext("Tell the progress"),
    "report": lazy_gettext("Report as done"),
    "accept": lazy_gettext("Accept"),
    "return": lazy_gettext("Return"),
    "ask_extension": lazy_gettext("Ask for more time"),
    "answer_extension": lazy_gettext("Answer the request for more time"),
    "cancel": lazy_gettext("Take the task back"),
}
ICONS = {
    "receive": "check", "assign": "user-check", "progress": "activity", "report": "send", "accept": "badge-check",
    "return": "undo-2", "ask_extension": "hourglass", "answer_extension": "calendar-days", "cancel": "ban",
}  # fmt: skip


def day(iso: str) -> str:
    """`23/12/2026`."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def days(seen: Seen) -> str:
    """`quá hạn 5 ngày`, `còn 3 ngày`, `hết hạn hôm nay`; "" for what has no day or is over."""
    late = seen.late
    if late is None:
        return ""
    if seen.now.reported_at:
        return ngettext("reported %(num)d day late", "reported %(num)d days late", late) if late > 0 else ""
    if late > 0:
        return ngettext("%(num)d day overdue", "%(num)d days overdue", late)
    if late == 0:
        return _("due today")
    return ngettext("%(num)d day left", "%(num)d days left", -late)


def due_words(seen: Seen) -> str:
    """The day that counts, or that there is none."""
    return day(seen.due) or (_("regularly") if seen.row["due_as"] == "regular" else _("no deadline"))


def person_name(units: Units, person: str, names: dict[str, str] | None = None) -> str:
    known = units.people.get(person)
    return known["name"] if known else (names or {}).get(person, "")


def lead_name(seen: Seen, units: Units) -> str:
    """Who leads now: the words of the conclusion, unless the unit has become another."""
    original, now = seen.row["lead_unit"], seen.task.lead_unit
    if original and now != original:
        return units.name(now) or seen.task.lead
    return seen.task.lead or units.name(now) or person_name(units, seen.task.person)


def former_name(seen: Seen, units: Units) -> str:
    """What the unit was called whose task this was; "" where it is the same."""
    return seen.task.lead if seen.row["lead_unit"] and seen.task.lead_unit != seen.row["lead_unit"] else ""


def step_words(step: Step, units: Units) -> str:
    """What a step says, in a line."""
    data = step.data
    unit = units.short(data.get("unit", "")) if data.get("unit") else ""
    said = data.get("text") or data.get("reason") or ""
    head = {
        "receive": lambda: _("%(unit)s confirmed receipt.", unit=unit) if unit else _("Receipt confirmed."),
        "assign": lambda: _("%(name)s was named to do it.", name=person_name(units, data["person"])),
        "progress": lambda: progress_words(data, unit),
        "report": lambda: _("%(unit)s reported it as done.", unit=unit) if unit else _("Reported as done."),
        "accept": lambda: _("Accepted."),
        "return": lambda: _("Returned."),
        "ask_extension": lambda: _("More time was asked for, until %(day)s.", day=day(data["until"])),
        "answer_extension": lambda: (
            _("Extended until %(day)s.", day=day(data["until"])) if data["granted"] else _("Not extended.")
        ),
        "cancel": lambda: _("Taken back."),
    }[step.name]()
    return f"{head} {said}".strip()


def progress_words(data: dict, unit: str) -> str:
    if "percent" not in data:
        return f"{unit}:" if unit else ""
    return (
        _("%(unit)s: %(n)s %% done.", unit=unit, n=data["percent"]) if unit else _("%(n)s %% done.", n=data["percent"])
    )


def as_json(seen: Seen, units: Units, names: dict[str, str] | None = None) -> dict[str, Any]:
    """A task as the API tells it."""
    task, now = seen.task, seen.now
    fields = {
        "id": task.id,
        "text": task.text,
        "meeting": {"id": seen.row["meeting"], "title": seen.row["meeting_title"]},
        "conclusion": seen.row["conclusion"],
        "item": seen.row["item"],
        "lead": lead_name(seen, units),
        "lead_unit": task.lead_unit,
        "was": former_name(seen, units),
        "units": [unit_json(seen, unit, units) for unit in task.all_units if unit],
        "person": seen.doer,
        "person_name": person_name(units, seen.doer, names),
        "deliverable": task.deliverable,
        "due": seen.due,
        "original_due": task.due,
        "granted_due": now.granted,
        "due_as": seen.row["due_as"],
        "issued_at": task.issued_at,
        "state": seen.state,
        "class": seen.kind,
        "overdue": seen.overdue,
        "days_late": seen.late,
        "percent": now.percent(task),
        "silent": seen.silent,
        "next": seen.next,
        "may": rules.steps_open_to(task, now, seen.who),
        "steps": now.steps,
    }
    if now.asked:
        fields["asked"] = {"until": now.asked.until, "reason": now.asked.reason, "by": now.asked.by, "at": now.asked.at}
    for key in ("reported_at", "done_at", "returned", "cancelled"):
        if getattr(now, key):
            fields[key] = getattr(now, key)
    return fields


def unit_json(seen: Seen, unit: str, units: Units) -> dict[str, Any]:
    now = seen.now
    fields: dict[str, Any] = {"id": unit, "name": units.name(unit), "short": units.short(unit)}
    fields["leads"] = unit == seen.task.lead_unit
    fields["received_at"] = now.received.get(unit, 0)
    fields["percent"] = now.percents.get(unit, 0)
    fields["reported_at"] = now.reports.get(unit, 0)
    fields["person"] = now.people.get(unit, "")
    return fields


def step_json(step: Step, units: Units, names: dict[str, str]) -> dict[str, Any]:
    by = person_name(units, step.by, names)
    fields = {"n": step.n, "at": step.at, "by": step.by, "by_name": by, "name": step.name, "data": step.data}
    return {**fields, "words": step_words(step, units)}
