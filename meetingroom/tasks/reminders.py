"""Which tasks are brought to mind on a day, and the words of the one message in which they all stand. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from meetingroom.printing.wording import Words
from meetingroom.tasks import rules
from meetingroom.tasks.rules import Standing, Task

WEEK = 7


@dataclass(frozen=True)
class Reminder:
    """A task on its day: `left` days to go, negative when it is late."""

    task: str
    text: str
    due: str
    left: int


def days_left(due: str, day: datetime.date) -> int:
    return (datetime.date.fromisoformat(due) - day).days


def is_day(left: int, days: tuple[int, ...], weekly: bool) -> bool:
    """Whether somebody is reminded so many days before: on the chosen days, and weekly after the last of them."""
    if left in days:
        return True
    last = min((*days, 0))
    return weekly and left < last and (last - left) % WEEK == 0


def responsible(task: Task, now: Standing, heads: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Who is reminded, and for which unit: for every one that has not reported, whom it has named, else its head."""
    if now.state(task) not in rules.OPEN or now.reported_at:
        return []
    found: list[tuple[str, str]] = []
    for unit in task.all_units:
        if unit in now.reports:
            continue
        named = now.people.get(unit) or (task.person if unit == task.lead_unit else "")
        found += [(unit, named)] if named else [(unit, head) for head in sorted(heads.get(unit, ()))]
    return found


def summarise(reminders: Iterable[Reminder]) -> dict[str, Any]:
    """What is kept of a day's message: counts, and the tasks."""
    rows = sorted(reminders, key=lambda each: each.left)
    return {
        "overdue": sum(each.left < 0 for each in rows),
        "today": sum(each.left == 0 for each in rows),
        "soon": sum(each.left > 0 for each in rows),
        "tasks": [vars(each) for each in rows],
    }


def subject(data: dict[str, Any], day: str, _: Words) -> str:
    return _("Tasks on %(day)s: %(counts)s", day=local(day), counts=counts(data, _))


def counts(data: dict[str, Any], _: Words) -> str:
    """`2 quá hạn, 1 hết hạn hôm nay`."""
    said = (
        data["overdue"] and _("%(n)s overdue", n=data["overdue"]),
        data["today"] and _("%(n)s due today", n=data["today"]),
        data["soon"] and _("%(n)s due soon", n=data["soon"]),
    )
    return ", ".join(part for part in said if part)


def body(data: dict[str, Any], name: str, link: str, with_titles: bool, _: Words) -> str:
    """Counts and a link; what the tasks are about only where the office allows it."""
    lines = [_("To %(name)s,", name=name), "", _("Tasks that need your attention: %(counts)s.", counts=counts(data, _))]
    if with_titles:
        lines += [
            "",
            *(f"- {each['text'][:200]} ({_('due: %(due)s', due=local(each['due']))})" for each in data["tasks"]),
        ]
    lines += ["", _("Open: %(link)s", link=link), "", _("This message was sent by the meeting room system.")]
    return "\n".join(lines)


def local(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))
