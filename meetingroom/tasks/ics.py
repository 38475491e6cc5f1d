"""A person's tasks as a calendar (RFC 5545): each a task (VTODO) and, since many programs show no tasks, a whole day.
Pure."""

import datetime
from collections.abc import Iterable

from icalendar import Calendar, Event, Todo

from meetingroom import clock
from meetingroom.printing.wording import Words
from meetingroom.tasks.visible_tasks import Seen

KEPT = 30  # days that a finished task stays
LONGEST = 200
STATUS = {"done": "COMPLETED", "cancelled": "CANCELLED", "working": "IN-PROCESS", "reported": "IN-PROCESS"}


def calendar(tasks: Iterable[Seen], base: str, name: str, _: Words) -> bytes:
    found = Calendar()
    found.add("prodid", "-//meetingroom//tasks//VI")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("x-wr-calname", _("Tasks of %(name)s", name=name))
    found.add("refresh-interval", datetime.timedelta(hours=4), parameters={"VALUE": "DURATION"})
    for seen in tasks:
        found.add_component(todo(seen, base))
        if seen.due:
            found.add_component(whole_day(seen, base, _))
    return found.to_ical()


def reminder(tasks: Iterable[dict], day: str, base: str, with_titles: bool, _: Words) -> bytes:
    """The deadlines of a message: what the tasks are about only where the office allows it."""
    found, sent = Calendar(), datetime.date.fromisoformat(day)
    found.add("prodid", "-//meetingroom//tasks//VI")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    for n, each in enumerate(tasks):
        due, title = datetime.date.fromisoformat(each["due"]), each["text"] if with_titles else _("a task")
        component, said = Event(), _("Due: %(text)s", text=title)
        component.add("uid", f"{each['task'] or f'{day}-{n}'}-mail@meetingroom")
        component.add("sequence", sent.toordinal())  # what is sent later wins
        component.add("dtstamp", datetime.datetime.combine(sent, datetime.time(), datetime.UTC))
        component.add("dtstart", due)
        component.add("dtend", due + datetime.timedelta(days=1))
        component.add("transp", "TRANSPARENT")
        component.add("summary", said if len(said) <= LONGEST else f"{said[:LONGEST]}…")
        component.add("url", f"{base.rstrip('/')}/tasks{'/' if each['task'] else ''}{each['task']}")
        found.add_component(component)
    return found.to_ical()


def todo(seen: Seen, base: str) -> Todo:
    component = Todo()
    describe(component, seen, base, "todo", seen.task.text)
    if seen.due:
        component.add("due", datetime.date.fromisoformat(seen.due))
    component.add("status", STATUS.get(seen.state, "NEEDS-ACTION"))
    component.add("percent-complete", seen.now.percent(seen.task))
    if seen.now.done_at:
        component.add("completed", moment(seen.now.done_at))
    return component


def whole_day(seen: Seen, base: str, _: Words) -> Event:
    component, day = Event(), datetime.date.fromisoformat(seen.due)
    over = seen.state in ("done", "cancelled")
    title = seen.task.text if over else _("Due: %(text)s", text=seen.task.text)
    describe(component, seen, base, "day", title)
    component.add("dtstart", day)
    component.add("dtend", day + datetime.timedelta(days=1))
    component.add("transp", "TRANSPARENT")
    component.add("status", "CANCELLED" if over else "CONFIRMED")
    return component


def describe(component, seen: Seen, base: str, kind: str, title: str) -> None:
    """What both have. The number rises with every step, and when the directive reads otherwise."""
    changed = moment(seen.now.last_at or seen.task.issued_at)
    component.add("uid", f"{seen.id}-{kind}@meetingroom")
    component.add("dtstamp", changed)
    component.add("last-modified", changed)
    component.add("sequence", seen.now.steps + seen.row["times"] - 1)
    component.add("summary", title if len(title) <= LONGEST else f"{title[:LONGEST]}…")
    component.add("url", f"{base.rstrip('/')}/tasks/{seen.id}")


def moment(ms: int) -> datetime.datetime:
    return clock.local(ms).astimezone(datetime.UTC).replace(microsecond=0)


def belongs(seen: Seen, today: datetime.date) -> bool:
    """Whose the task is, and not long over."""
    if not seen.mine:
        return False
    over = seen.now.done_at or (seen.now.last_at if seen.now.cancelled else 0)
    return not over or (today - clock.local(over).date()).days <= KEPT
