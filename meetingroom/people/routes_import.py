"""People from a list: template, preview of every row, and only then the accounts."""

import json

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from meetingroom import clock
from meetingroom.auth import account_labels as labels
from meetingroom.auth import account_store, guard, passwords, sign_in
from meetingroom.auth.guard import needs
from meetingroom.people import columns, list_template, roster, tables
from meetingroom.people.credential_slips import slip, slip_page
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

bp = Blueprint("admin_import", __name__, url_prefix="/admin/import")

LARGEST = 5 * 1024 * 1024
LEFT_OUT_SHOWN = 50


@bp.get("")
@needs("admin")
def upload():
    """The form for a list of people: a file, or typed lines."""
    return render_template("people/import.html", problem_text="")


@bp.get("/template.csv")
@needs("admin")
def csv_template():
    """An empty list to fill in, as CSV."""
    return download(list_template.as_csv(), "text/csv; charset=utf-8", "csv")


@bp.get("/template.xlsx")
@needs("admin")
def xlsx_template():
    """An empty list to fill in, as XLSX, with the agency's units."""
    from meetingroom.people import list_workbook  # brings openpyxl along

    with context().pool.lend() as db:
        units = [unit["name"] for unit in account_store.list_units(db) if unit["active"]]
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return download(list_workbook.as_xlsx(units), kind, "xlsx")


def download(data: bytes, kind: str, ending: str) -> Response:
    name = _("people-template")
    return Response(data, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'})


@bp.post("")
@needs("admin")
def preview():
    """A file or typed lines, or the rows of the last preview as they were mended → the preview. Writes nothing."""
    file, lines = request.files.get("file"), request.form.get("lines")
    if not file and lines is None:
        return preview_page(mend_rows(read_rows()), request.form.get("filename", ""), read_description())
    rows: list[roster.Row] = []
    described: dict = {}
    try:
        if file:
            data = file.read(LARGEST + 1)
            if len(data) > LARGEST:
                raise tables.Unreadable("file_too_long")
            reading = context().in_thread(read, data)
            rows, described = roster.rows_of(reading), describe_import(reading)
        if lines:
            with context().pool.lend() as db:
                unit = account_store.agency_name(db)
            rows += context().in_thread(roster.lines_of, lines, unit, max((row.line for row in rows), default=0))
        if not rows or len(rows) > tables.MOST_ROWS:
            raise tables.Unreadable("file_too_long" if rows else "nobody_named")
    except tables.Unreadable as problem:
        return answer_unreadable(str(problem))
    return preview_page(rows, (file and file.filename) or "", described, fresh=True)


def answer_unreadable(code: str):
    if back := origin():  # the guided start has its own page to choose again
        flash(message(code), "bad")
        return redirect(back)
    return render_template("people/import.html", problem_text=message(code)), 422


def origin() -> str:
    """The page of ours from which the list came, if it was not the importer's own."""
    return guard.safe_next(request.form.get("back"), "")


@bp.post("/accounts")
@needs("admin")
def accounts():
    """Makes the accounts of the chosen rows, all or none, and shows their first passwords once."""
    rows, chosen = mend_rows(read_rows()), set(request.form.getlist("take"))
    rows = [row for row in rows if str(row.line) in chosen]
    name = request.form.get("id", "")[:40]
    with context().pool.lend() as db:
        if account_store.was_audited(db, "people_imported", name):
            return ask_again()
    secrets = [passwords.make_temporary() for _row in rows]
    hashes = sign_in.hash_all(secrets)
    wanted = request.form.getlist("new_unit")
    with context().pool.writing() as db:
        if account_store.was_audited(db, "people_imported", name):  # sent twice at once
            return ask_again()
        units, people = account_store.list_units(db), account_store.list_users(db)
        roster.check(rows, units=units, people=people, new_units=wanted)
        wrong = [row for row in rows if not row.is_good]
        made = [] if wrong or not rows else [
            add(db, row, secret, hash, wanted) for row, secret, hash in zip(rows, secrets, hashes, strict=True)
        ]  # fmt: skip
        if made:
            account_store.write_audit_line(db, "people_imported", by=g.user.id, count=len(made), id=name)
    if not made:
        return preview_page(mend_rows(read_rows()), request.form.get("filename", ""), read_description()), 422
    sentence = ngettext("%(num)d account is ready", "%(num)d accounts are ready", len(made))
    return slip_page(made, back=origin() or "/admin/people", heading=sentence)


def ask_again():
    """The same preview was sent before, by a reload or from another tab: its people are there, its slips were shown."""
    flash(
        _("This list has been imported already. Who lost a slip gets a new temporary password at “User accounts”."),
        "warn",
    )
    return redirect(origin() or "/admin/people")


def add(db, row: roster.Row, secret: str, hashed: str, new_units: list[str]):
    unit = row.unit_id
    if row.values["unit"] and unit is None:
        unit = unit_for(db, row.values["unit"])
    values = {key: row.values[key] for key in ("username", "name", "title", "email", "phone")}
    id = account_store.add_user(db, **values, unit=unit, role=row.role, hashed=hashed, must_change=True)
    account_store.write_audit_line(db, "person_added", by=g.user.id, subject=id, username=values["username"])
    person = account_store.find_user(db, id)
    assert person is not None
    return slip(person, secret=secret)


def unit_for(db, name: str) -> str:
    """The unit of this name, made now under the agency if an earlier row has not made it."""
    units = account_store.list_units(db)
    if known := roster.unit_names(units).get(roster.fold(name)):
        return known
    roots = [unit["id"] for unit in units if unit["depth"] == 0 and unit["active"]]
    id = account_store.add_unit(db, name=name, parent=roots[0] if roots else None)
    account_store.write_audit_line(db, "unit_added", by=g.user.id, subject=id, name=name)
    return id


def read(data: bytes) -> columns.Reading:
    return columns.read(tables.read_tables(data))


def describe_import(reading: columns.Reading) -> dict:
    """What the preview tells about the file, column by column and line by line; it travels along in the form."""
    return {
        "columns": [[column.letter, column.heading, column.kind, column.sample] for column in reading.columns],
        "left_out": [list(one) for one in reading.left_out[:LEFT_OUT_SHOWN]],
        "more_left_out": max(0, len(reading.left_out) - LEFT_OUT_SHOWN),
        "sheet": reading.sheet,
        "other_sheets": reading.other_sheets,
    }


def read_description() -> dict:
    """What was told before, when the rows are looked at again; nothing when it did not come back whole."""
    try:
        carried = json.loads(request.form.get("told", "null"))
        return describe_import(
            columns.Reading(
                columns=[columns.Column(*map(str, one)) for one in carried["columns"][: tables.MOST_COLUMNS]],
                left_out=[(int(line), str(text), str(code)) for line, text, code in carried["left_out"]],
                sheet=str(carried["sheet"]),
                other_sheets=[str(name) for name in carried["other_sheets"][:LEFT_OUT_SHOWN]],
            )
        ) | {"more_left_out": int(carried["more_left_out"])}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def read_rows() -> list[roster.Row]:
    """The rows that the preview carries along in the form, since nothing is written before they are accepted."""
    try:
        sent = json.loads(request.form.get("rows", ""))
        return [
            roster.Row(int(line), {key: tables.tidy(str(values.get(key, ""))[:2000])[:500] for key in columns.FIELDS})
            for line, values in sent[: tables.MOST_ROWS]
        ]
    except (ValueError, TypeError, AttributeError) as error:
        raise Problem("malformed", 400) from error


def mend_rows(rows: list[roster.Row]) -> list[roster.Row]:
    """With what was typed into the cells that were marked as wrong."""
    for row in rows:
        for key in columns.FIELDS:
            typed = request.form.get(f"cell-{row.line}-{key}")
            if typed is not None:
                row.values[key] = tables.tidy(typed[:2000])[:500]
    return rows


def preview_page(rows: list[roster.Row], filename: str, described: dict, fresh: bool = False) -> str:
    given = [[row.line, dict(row.values)] for row in rows]
    wanted = request.form.getlist("new_unit")
    with context().pool.lend() as db:
        units, people = account_store.list_units(db), account_store.list_users(db)
    if fresh and origin():  # on the first day every unit is new
        known = roster.unit_names(units)
        wanted = list(dict.fromkeys(u for row in rows if (u := row.values["unit"]) and roster.fold(u) not in known))
    roster.check(rows, units=units, people=people, new_units=wanted)
    unknown = roster.unknown_units(rows)
    needed = ("name", "username", "unit", "role")
    shown = [key for key in columns.FIELDS if key in needed or any(row.values[key] for row in rows)]
    carried = json.dumps(given, ensure_ascii=False)
    return render_template(
        "people/preview.html", rows=rows, columns=shown, described=described, given=carried, unknown=unknown,
        wanted=wanted, ticked=lines_to_import(rows), filename=filename, fields=labels.FIELDS, kinds=labels.COLUMNS,
        roles=labels.ROLES, units=units, message=message, back=origin(), fresh_id=clock.new_id(),
    )  # fmt: skip


def lines_to_import(rows: list[roster.Row]) -> set[int]:
    """The rows to import: what was ticked before, and those that are in order only now."""
    seen, taken = set(request.form.get("seen", "").split()), set(request.form.getlist("take"))
    return {
        row.line
        for row in rows
        if row.is_good and (str(row.line) in taken if str(row.line) in seen else row.is_advised)
    }
