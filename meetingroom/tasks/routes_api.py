"""Tasks for programs: lists, one task, its steps, the evidence that came with them."""

import json
from typing import Any

from flask import Blueprint, Response, g, request
from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.documents import serving, upload
from meetingroom.printing import printer
from meetingroom.tasks import board, export, presentation, store, taking_steps, visible_tasks
from meetingroom.tasks.evidence import check_evidence, keep_evidence
from meetingroom.tasks.queries import find_task, read_filters, read_names
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_command_id, read_json_object

bp = Blueprint("tasks_api", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/api/tasks")
@signed_in
def tasks():
    """`?unit=&lead=&state=&class=&due=&meeting=&person=&q=` → `{tasks, counts, today}`: those I may read, by the day
    they are due. `state`: issued | received | working | reported | done | cancelled | overdue; `due`: overdue | today
    | soon | later | none, or everything until a day; `counts`: by class."""
    with context().pool.lend() as db:
        sight = visible_tasks.look(db, g.user.id)
        known = read_names(db)
    found = visible_tasks.chosen(sight.tasks, read_filters())
    counts = board.total(board.rows_by(found, lambda seen: "all")).counts
    rows = [presentation.as_json(seen, sight.units, known) for seen in found]
    return {"tasks": rows, "counts": counts, "today": sight.today.isoformat()}


@bp.get("/api/tasks/<task>")
@signed_in
def task(task: str):
    """One task with its `timeline`: every step, oldest first."""
    seen, units, known = find_task(task)
    timeline = [presentation.step_json(step, units, known) for step in seen.entry.steps]
    return {**presentation.as_json(seen, units, known), "timeline": timeline}


@bp.post("/api/tasks/<task>/steps")
@signed_in
def add_step(task: str):
    """`{id, name, args}` → `{n, task}`; the same `id` again: the same answer. With a file (evidence of `progress` or
    `report`): multipart `id`, `name`, `args` (JSON) and `file`."""
    if (request.mimetype or "").startswith("multipart/"):
        n = add_step_with_file(task)
    else:
        wish = read_json_object()
        args = wish.get("args", {})
        if not isinstance(args, dict) or not isinstance(wish.get("name"), str):
            raise Problem("malformed", 400)
        n = take_step(task, wish["name"], {**args, "file": None}, wish.get("id"))
    seen, units, known = find_task(task)
    return {"n": n, "task": presentation.as_json(seen, units, known)}


def add_step_with_file(task: str) -> int:
    find_task(task)  # nobody sends files to what is not theirs
    settings = context().settings
    with upload.receive_upload(request.environ, settings) as (arrival, form):
        args = read_args(form.get("args", ""))
        name = form.get("name", "")
        if name not in ("progress", "report"):
            raise Problem("malformed", 400, fields={"name": "type"})
        file = check_evidence(arrival)
        keep_evidence(settings, arrival, file)
        return take_step(task, name, {**args, "file": file}, form.get("id"))


def read_args(text: str) -> dict[str, Any]:
    try:
        args = json.loads(text) if text else {}
        json.dumps(args, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise Problem("malformed", 400, fields={"args": "type"}) from None
    if not isinstance(args, dict):
        raise Problem("malformed", 400, fields={"args": "type"})
    return args


def take_step(task: str, name: str, args: dict[str, Any], step_id) -> int:
    try:
        return taking_steps.take_step(context().pool, task, g.user.id, name, args, read_command_id(step_id))
    except taking_steps.NotThere:
        raise Problem("not_found", 404) from None


@bp.get("/api/tasks/<task>/files/<sha>")
@signed_in
def evidence(task: str, sha: str):
    """A file that came with a step, under its own name."""
    find_task(task)
    with context().pool.lend() as db:
        file = store.find_file(db, task, sha)
    if file is None:
        raise Problem("not_found", 404)
    return serving.download(context().settings, {"sha": file["sha"], "type": file["type"], "filename": file["name"]})


@bp.get("/api/tasks.xlsx")
@signed_in
def spreadsheet():
    """The board and the list (same filters as `/api/tasks`) as a workbook."""
    sheets, about = read_sheets()
    from meetingroom.tasks import workbook  # brings openpyxl along

    file = context().in_thread(workbook.workbook, sheets, about)
    return answer_file(file, XLSX, "nhiem-vu.xlsx")


@bp.get("/api/tasks.pdf")
@signed_in
def paper():
    """The same, to be printed."""
    sheets, about = read_sheets()
    wish = {
        "sheets": [export.in_print(sheet) for sheet in sheets],
        "about": about,
        "page": _("Page %(n)s", n="%(n)s"),
        "written": clock.now(),
    }
    _header, file = printer.printer.make("tasks", wish, g.user.id)
    return answer_file(file, "application/pdf", "nhiem-vu.pdf")


def read_sheets() -> tuple[list[export.Sheet], str]:
    with context().pool.lend() as db:
        sight = visible_tasks.look(db, g.user.id)
        known = read_names(db)
    found = visible_tasks.chosen(sight.tasks, read_filters())
    about = _("As of %(day)s", day=f"{sight.today:%d/%m/%Y}")
    return [export.board_sheet(found, sight.units), export.list_sheet(found, sight.units, known)], about


def answer_file(file: bytes, mime: str, name: str) -> Response:
    answer = Response(file, mimetype=mime)
    answer.headers["Content-Disposition"] = serving.disposition(name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
