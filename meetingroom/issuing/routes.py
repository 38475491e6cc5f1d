"""The registers: books of numbers to look at, to print and to keep; what waits for the records clerk."""

from dataclasses import asdict

from flask import Blueprint, Response, flash, g, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from meetingroom import clock
from meetingroom.auth import account_store as people
from meetingroom.auth import guard
from meetingroom.auth.guard import signed_in
from meetingroom.issuing import book, deadlines, making, register_store
from meetingroom.meeting.issuing import MINUTES, IssueDocument, TakeNumber
from meetingroom.meeting.kernel import Actor, Refused
from meetingroom.printing import printer
from meetingroom.printing.letterhead import letterhead
from meetingroom.web.context import context
from meetingroom.web.dispatch import do_command
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message, messages

bp = Blueprint("registers", __name__)
messages.update(
    {
        "number_used": lazy_gettext("This number of the year is in the book already."),
        "bad_pattern": lazy_gettext("A number begins with {so} and a stroke; besides it {loai}, {co_quan}, {don_vi}."),
    }
)


@bp.get("/registers")
@signed_in
def page():
    """The registers, the book of one of them (`?register=`, `?year=`), and what waits for a number or for its issue;
    for records clerks and administrators."""
    require_keeper()
    with context().pool.lend() as db:
        registers = register_store.list_registers(db)
        chosen = request.args.get("register", registers[0].id if registers else "")
        found = book.read_book(db, chosen, read_year())
        waiting = register_store.list_waiting(db) if g.user.clerk else []
        notices = deadlines.notices_due(db, clock.now()) if g.user.clerk else []
        units = people.list_units(db)
    if chosen and found is None:
        raise Problem("not_found", 404)
    return render_template(
        "issuing/registers.html", registers=registers, book=found, waiting=waiting, notices=notices, units=units,
        lines=lines(found) if found else [], name_of_unit={unit["id"]: unit["name"] for unit in units},
    )  # fmt: skip


@bp.post("/registers/waiting/<meeting>")
@signed_in
def act(meeting: str):
    """`do=number|issue`: the clerk numbers or issues the minutes of a meeting → back to the page."""
    if not g.user.clerk:
        raise Problem("no_right", 403)
    wish = IssueDocument(MINUTES) if request.form.get("do") == "issue" else TakeNumber(MINUTES)
    try:
        guard.require_member_or_clerk(meeting)
        if isinstance(wish, IssueDocument):
            making.prepare_issue(meeting, wish)
        do_command(meeting, wish, Actor(g.user.id, "clerk"), f"clerk-{clock.new_id()}")
        flash(
            _("The document has been issued.") if isinstance(wish, IssueDocument) else _("The number is taken."), "good"
        )
    except Refused as refused:
        flash(message(refused.code), "bad")
    return redirect("/registers")


@bp.post("/registers/<register>/manual")
@signed_in
def enter(register: str):
    """A number taken elsewhere, or a gap explained, from the form → back to the book."""
    require_keeper()
    try:
        number = book.enter_by_hand(context().pool, register, dict(request.form), g.user.id)
        flash(_("Number %(n)s is in the book.", n=number), "good")
    except Refused as refused:
        flash(message(refused.code), "bad")
    return redirect(f"/registers?register={register}")


@bp.post("/registers/save")
@signed_in
def save():
    """A register's title, symbol, pattern and mode from the form, or a new register → its book."""
    require_keeper()
    try:
        made = book.save(context().pool, request.form.get("id", ""), dict(request.form))
    except Refused as refused:
        flash(message(refused.code), "bad")
        return redirect(f"/registers?register={request.form.get('id', '')}" if request.form.get("id") else "/registers")
    with context().pool.writing() as db:
        people.write_audit_line(
            db, "register_saved", by=g.user.id, title=made.title, pattern=made.pattern, mode=made.mode
        )
    flash(_("Saved: %(name)s", name=made.title), "good")
    return redirect(f"/registers?register={made.id}")


@bp.get("/api/registers")
@signed_in
def list_all():
    """`[{id, unit, kinds, symbol, title, pattern, mode, closed}]`, for who keeps them and for who numbers."""
    with context().pool.lend() as db:
        return jsonify([asdict(register) for register in register_store.list_registers(db)])


@bp.get("/api/registers/<register>")
@signed_in
def read(register: str):
    """The book of `?year=`: `{register, year, next, entries: [{number, text, at, by, name, void, subject, meeting,
    document}], gaps: [[first, last]], voided}`."""
    require_keeper()
    return jsonify(book.as_json(find_book(register)))


@bp.post("/api/registers/<register>/manual")
@signed_in
def enter_json(register: str):
    """`{number, subject, year?, void?}` → `{number}`: a number taken elsewhere, or a gap explained."""
    require_keeper()
    wish = request.get_json(silent=True)
    if not isinstance(wish, dict):
        raise Problem("malformed", 400)
    return {"number": book.enter_by_hand(context().pool, register, wish, g.user.id)}, 201


@bp.get("/api/registers/<register>.pdf")
@signed_in
def pdf(register: str):
    """The book of `?year=` on paper, gaps and voided numbers with it."""
    require_keeper()
    found = find_book(register)
    with context().pool.lend() as db:
        agency = letterhead(people.list_units(db)).issuing
    _header, file = printer.printer.make(
        "register",
        {
            "agency": agency,
            "title": found.register.title,
            "year": found.year,
            "rows": [asdict(row) for row in lines(found)],
            "written": max([entry.at for entry in found.entries], default=0),
            "language": context().settings.language,
        },
        g.user.id,
    )
    answer = Response(file, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="so-{register}-{found.year}.pdf"'
    return answer


def require_keeper() -> None:
    if not guard.may_keep_registers():
        raise Problem("no_right", 403)


def read_year() -> int:
    year = request.args.get("year", "")
    return int(year) if year.isascii() and year.isdigit() and len(year) == 4 else book.this_year()


def find_book(register: str) -> book.Book:
    with context().pool.lend() as db:
        found = book.read_book(db, register, read_year())
    if found is None:
        raise Problem("not_found", 404)
    return found


def lines(found: book.Book) -> list[book.Row]:
    """The book as it is read: numbers in order, and between them what is missing."""
    rows = [
        book.Row(
            str(entry.number),
            entry.text,
            entry.at,
            entry.subject,
            _("Voided: %(reason)s", reason=entry.void) if entry.void else "" if entry.meeting else _("entered by hand"),
        )
        for entry in found.entries
    ]
    for first, last in found.gaps:
        numbers = f"{first}–{last}" if last > first else str(first)
        rows.append(book.Row(numbers, "", 0, "", _("Missing: explain it by an entry")))
    return sorted(rows, key=lambda row: int(row.number.split("–")[0]))
