"""The pages of tasks: the board, lists, one task with its timeline and the step that waits."""

from urllib.parse import urlencode

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.meeting.kernel import Refused
from meetingroom.tasks import board, export, outbox_store, presentation, rules, store, taking_steps, visible_tasks
from meetingroom.tasks.queries import find_task, read_filters, read_names
from meetingroom.web.context import context
from meetingroom.web.json_body import read_command_id
from meetingroom.web.messages import message

bp = Blueprint("tasks", __name__)
FILTERS = {
    "task_day": presentation.day,
    "task_days": presentation.days,
    "task_due": presentation.due_words,
    "task_state": lambda code: str(presentation.STATES[code]),
    "task_class": lambda code: str(presentation.CLASSES[code]) if code else str(presentation.STATES["cancelled"]),
    "task_step": lambda code: str(presentation.STEPS[code]),
    "task_icon": lambda code: presentation.ICONS[code],
}
bp.record_once(lambda setup: setup.app.jinja_env.filters.update(FILTERS))

SHOWN = 200
WAYS = ("units", "mine", "meetings", "people")


@bp.get("/tasks")
@signed_in
def page():
    """The board by `?by=` units | mine | meetings | people; with any filter of `/api/tasks`, the list that it names."""
    by = request.args.get("by", "")
    wanted = {name: value for name, value in read_filters().items() if value}
    with context().pool.lend() as db:
        sight = visible_tasks.look(db, g.user.id)
        known = read_names(db)
    words = {"units": sight.units, "known": known, "today": sight.today, "lead_of": lambda s: lead_of(s, sight.units)}
    waiting = [seen for seen in sight.tasks if seen.next]
    if wanted or by == "mine":
        found = visible_tasks.chosen(sight.tasks, wanted) if wanted else [seen for seen in sight.tasks if seen.mine]
        return render_template("tasks/list.html", by="" if wanted else by, found=found[:SHOWN], all=len(found),
                               heading=heading(wanted, sight, known), query=urlencode(wanted), wanted=wanted,
                               states=presentation.STATES, **words)  # fmt: skip
    by = by if by in WAYS else "units"
    rows = ROWS[by](sight.tasks, sight.units)
    return render_template("tasks/board.html", by=by, rows=rows, total=board.total(rows), classes=presentation.CLASSES,
                           name_of=lambda key: row_name(by, key, sight, known), key_name=KEYS[by],
                           waiting=waiting[:5], more=max(0, len(waiting) - 5), any=bool(sight.tasks),
                           silent=[seen for seen in sight.tasks if seen.silent], **words)  # fmt: skip


KEYS = {"units": "lead", "meetings": "meeting", "people": "person"}
ROWS = {
    "units": export.unit_rows,
    "meetings": lambda tasks, units: board.rows_by(
        sorted(tasks, key=lambda seen: -(seen.row["starts_at"] or 0)), lambda seen: seen.row["meeting"]
    ),
    "people": lambda tasks, units: board.rows_by(tasks, lambda seen: seen.doer or "-"),
}


def row_name(by: str, key: str, sight: visible_tasks.Sight, known: dict[str, str]) -> str:
    if by == "meetings":
        return next((s.row["meeting_title"] for s in sight.tasks if s.row["meeting"] == key), "")
    if by == "people":
        return known.get(key, "") or _("Nobody is named")
    return export.row_name(key, sight.units)


def heading(wanted: dict[str, str], sight: visible_tasks.Sight, known: dict[str, str]) -> list[str]:
    """What the list is of, in words."""
    names = {
        "lead": lambda value: export.row_name(value, sight.units),
        "unit": sight.units.name,
        "meeting": lambda value: row_name("meetings", value, sight, known),
        "person": lambda value: row_name("people", value, sight, known),
        "class": lambda value: str(presentation.CLASSES.get(value, "")),
        "state": lambda value: _("Overdue") if value == "overdue" else str(presentation.STATES.get(value, "")),
        "due": lambda value: str(DAYS.get(value, "") or _("due until %(day)s", day=presentation.day(value))),
        "q": lambda value: f"“{value}”",
        "waits": lambda value: _("Waiting for you"),
    }
    return [said for name, value in wanted.items() if (said := names[name](value))]


DAYS = {
    "overdue": lazy_gettext("Overdue"),
    "today": lazy_gettext("due today"),
    "soon": lazy_gettext("due within a week"),
    "later": lazy_gettext("due later"),
    "none": lazy_gettext("no deadline"),
}


def lead_of(seen: visible_tasks.Seen, units) -> str:
    return presentation.lead_name(seen, units)


@bp.get("/tasks/unsent")
@signed_in
def unsent():
    """Whom the last messages of reminders did not reach, and why: for whoever organises meetings they are in."""
    with context().pool.lend() as db:
        rows = outbox_store.list_unsent(db, g.user.id, g.user.role == "admin", clock.now() - outbox_store.TOLD)
    return render_template("tasks/unsent.html", rows=rows)


@bp.get("/tasks/<task>")
@signed_in
def one(task: str):
    """A task: what it is, where it stands, the one step that waits for the reader, all that has happened."""
    seen, units, known = find_task(task)
    return show(seen, units, known, {}, {})


def show(seen, units, known, values: dict, wrong: dict):
    steps = rules.steps_open_to(seen.task, seen.now, seen.who)
    first = values.get("name") or seen.next
    headed = [unit for unit in seen.mine if unit in seen.who.heads]
    return render_template(
        "tasks/task.html",
        seen=seen,
        task=seen.task,
        now=seen.now,
        row=seen.row,
        units=units,
        known=known,
        lead=presentation.lead_name(seen, units),
        was=presentation.former_name(seen, units),
        doer=presentation.person_name(units, seen.doer, known),
        unit_rows=[presentation.unit_json(seen, unit, units) for unit in seen.task.all_units if unit],
        timeline=[presentation.step_json(step, units, known) for step in reversed(seen.entry.steps)],
        step_now=first if first in steps else "",
        others=[name for name in steps if name != first],
        colleagues=[units.people[who] for unit in headed for who in units.members.get(unit, ())],
        values=values,
        wrong=wrong,
        today=store.today().isoformat(),
        ask_until=last_day_to_ask(seen),
        fresh_id=clock.new_id(),
    )


def last_day_to_ask(seen) -> str:
    """Until when more time may be asked for; "" at any time."""
    with context().pool.lend() as db:
        before = store.read_choices(db).ask_before
    return rules.last_day_to_ask(seen.task, seen.now, before) if before and seen.due else ""


@bp.post("/tasks/<task>/steps")
@signed_in
def step(task: str):
    """A step from the page: `name`, `id` (which makes a double click one step) and what it needs → the page."""
    seen, units, known = find_task(task)
    name = request.form.get("name", "")
    try:
        taking_steps.take_step(context().pool, task, g.user.id, name, read_form(request.form),
                        read_command_id(request.form.get("id")))  # fmt: skip
    except Refused as refusal:
        words = message(refusal.code)
        field = refusal.details.get("field", "")
        if field:
            wrong = {"name": name, field: words}
            return show(seen, units, known, {**request.form.to_dict(), "name": name}, wrong), 422
        flash(words, "bad")
    else:
        flash(DONE_WORDS[name](), "good")
    return redirect(url_for("tasks.one", task=task))


DONE_WORDS = {
    "receive": lambda: _("Receipt is confirmed."),
    "assign": lambda: _("Saved."),
    "progress": lambda: _("The progress is recorded."),
    "report": lambda: _("The report was handed in."),
    "accept": lambda: _("The task is accepted as done."),
    "return": lambda: _("The task was returned."),
    "ask_extension": lambda: _("The request was handed in."),
    "answer_extension": lambda: _("The answer is recorded."),
    "cancel": lambda: _("The task was taken back."),
}


def read_form(form) -> dict:
    """The fields of a step's form as its arguments."""
    args: dict = {key: form[key] for key in ("text", "reason", "person", "unit") if form.get(key)}
    if form.get("until"):
        args["until"] = iso_of(form["until"])
    if form.get("percent", "").strip():
        percent = form["percent"].strip().rstrip("%").strip()
        args["percent"] = int(percent) if percent.isascii() and percent.isdecimal() and len(percent) < 4 else -1
    if "granted" in form:
        args["granted"] = form["granted"] == "yes"
    return args


def iso_of(text: str) -> str:
    """`23/12/2026` (or what a date field sends) → `2026-12-23`."""
    parts = text.strip().replace("-", "/").replace(".", "/").split("/")
    if len(parts) == 3 and len(parts[0]) <= 2:
        day, month, year = parts
        return f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    return text.strip()
