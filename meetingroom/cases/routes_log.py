"""The log of a case, who looked at its pages, both to be taken out; and the end of a case."""

from flask import Blueprint, Response, g
from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.cases import arrivals, deletion, fields, log_store, off_stage, store, words
from meetingroom.cases.access import case_for
from meetingroom.cases.problems import wrong_field
from meetingroom.documents import content_store
from meetingroom.jobs import queue
from meetingroom.printing.printer import printer
from meetingroom.tasks.export import Sheet
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_json_object, read_number

bp = Blueprint("case_log", __name__)
READERS_OF_READS = ("owner", "leader")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 5000  # lines of a table that is taken out


@bp.get("/api/cases/<case>/log")
@signed_in
def read_log(case: str):
    """`{lines: [{seq, at, by, by_name, name, data, hash, text}], broken_at}`, the latest first, a hundred before
    `?before=`; `broken_at`: the first line that does not fit the chain, 0 where it is whole; with `before`, of
    these lines alone."""
    case_for(case)
    before = read_number("before")
    with context().pool.lend() as db:
        lines = log_store.read(db, case, before=before, limit=100)
    # A long chain takes a while, in which the server answers others.
    broken_at = context().in_thread(log_store.broken_among, context().pool, case, lines, before)
    return {"lines": [{**line, "text": words.line(line)} for line in lines], "broken_at": broken_at}


@bp.get("/api/cases/<case>/reads")
@signed_in
def reads(case: str):
    """`{reads: [{person, name, document, title, page, at, how: opened | fetched}]}`, the latest first: for the owner
    and leaders. `fetched`: the page lay on the device of somebody who did not open it."""
    case_for(case, *READERS_OF_READS)
    with context().pool.lend() as db:
        return {"reads": log_store.list_reads(db, case)}


@bp.get("/api/cases/<case>/log.<ending>")
@signed_in
def take_out(case: str, ending: str):
    """The log as a table with who looked at which page, or (`jsonl`) as it is kept, to check its chain; written down
    itself. For the owner and leaders."""
    row = case_for(case, *READERS_OF_READS)
    if ending not in ("xlsx", "pdf", "jsonl"):
        raise Problem("not_found", 404)
    with context().pool.writing() as db:
        log_store.add(db, case, "log_exported", g.user.id, ending=ending)
    with context().pool.lend() as db:
        if ending == "jsonl":
            file, mime = deletion.in_json(list(log_store.lines(db, case))).encode(), "application/x-ndjson"
        else:
            lines, seen = log_store.read(db, case, limit=MOST), log_store.list_reads(db, case, MOST)
            sheets = [log_sheet(lines), reads_sheet(seen)]
    if ending != "jsonl":
        about = _("Case file %(code)s; taken out by %(name)s on %(day)s", code=row["code"], name=g.user.name,
                  day=f"{clock.local(clock.now()):%d/%m/%Y %H:%M}")  # fmt: skip
        file, mime = table(sheets, about, ending)
    answer = Response(file, mimetype=mime)
    answer.headers["Content-Disposition"] = f'attachment; filename="nhat-ky-ho-so.{ending}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def log_sheet(lines: list[dict]) -> Sheet:
    columns = ((_("No."), 6.0), (_("Time"), 18.0), (_("What happened"), 70.0), (_("Hash"), 30.0))
    rows = [[line["seq"], said_time(line["at"]), words.line(line), line["hash"]] for line in reversed(lines)]
    return Sheet(_("Case log"), columns, rows)


def reads_sheet(found: list[dict]) -> Sheet:
    columns = ((_("Time"), 18.0), (_("Person"), 30.0), (_("Document"), 50.0), (_("Page"), 8.0), (_("How"), 16.0))
    how = {"opened": _("opened"), "fetched": _("on the device")}
    rows = [
        [f"{clock.local(each['at']):%d/%m/%Y %H:%M}", each["name"] or _("Big screen"), each["title"],
         each["page"] or "–", how.get(each["how"], "")]
        for each in reversed(found)
    ]  # fmt: skip
    return Sheet(_("Pages that were looked at"), columns, rows)


def said_time(at: str) -> str:
    return f"{clock.local(clock.milliseconds(at)):%d/%m/%Y %H:%M:%S}"


def table(sheets: list[Sheet], about: str, ending: str) -> tuple[bytes, str]:
    if ending == "xlsx":
        from meetingroom.tasks.workbook import workbook

        return context().in_thread(workbook, sheets, about), XLSX
    asked = {
        "sheets": [
            {"title": each.title, "columns": [list(column) for column in each.columns],
             "rows": [[str(cell) for cell in row] for row in each.rows], "bold": []}
            for each in sheets
        ],
        "about": about, "page": _("Page %(n)s"), "written": clock.now(),
    }  # fmt: skip
    _header, file = printer.make("tasks", asked, g.user.id)
    return file, "application/pdf"


@bp.delete("/api/cases/<case>")
@signed_in
def delete(case: str):
    """`{code, reason}`: the owner deletes the case, its files and its pages; `code` is typed once more → 204. What
    stays is a line that says so, what meetings showed of it in their logs, and backups that were made before."""
    row = case_for(case, "owner")
    body = read_json_object()
    try:
        reason = fields.text("reason", fields.REASON_LENGTH, needed=True, lines=True)(body.get("reason", ""))
        if body.get("code") != row["code"]:
            raise fields.Wrong("code", "other_code")
    except fields.Wrong as wrong:
        raise wrong_field(wrong) from None
    with context().pool.writing() as db:
        if store.role_in_case(db, case, g.user.id) != "owner":  # handed over in this moment
            raise Problem("not_found", 404)
        left = deletion.delete(db, row, g.user.id, reason)
        gone = off_stage.ask(db, case, row["title"] or row["code"])
    off_stage.at_once(gone)
    for id in left:
        content_store.delete_file(arrivals.path_of(context().settings, id))
    queue.wake_worker(context().settings)
    return "", 204
