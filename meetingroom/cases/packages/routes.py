"""Packages of a case as data: asked for, consented to, taken out, given back; the register on paper."""

from flask import Blueprint, Response, g, request
from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.auth import account_store
from meetingroom.auth.guard import signed_in
from meetingroom.cases import store
from meetingroom.cases.access import check_contents, role_here
from meetingroom.cases.fields import Wrong
from meetingroom.cases.packages import acting, rules, words
from meetingroom.cases.packages import store as packages
from meetingroom.cases.packages.sight import case_seen, described, held_only, package_held, package_seen
from meetingroom.cases.problems import wrong_field
from meetingroom.documents import content_store, serving
from meetingroom.jobs import queue
from meetingroom.printing.letterhead import letterhead
from meetingroom.printing.printer import printer
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_json_object, read_number

bp = Blueprint("case_packages", __name__)
NOT_YET = {
    "asked": ("package_waiting", 409), "building": ("package_building", 409), "failed": ("package_failed", 409),
    "refused": ("package_refused", 403), "withdrawn": ("package_none", 404), "returned": ("package_over", 409),
}  # fmt: skip


@bp.get("/api/cases/<case>/packages")
@signed_in
def list_packages(case: str):
    """`{packages: [{id, state, court, purpose, due, days, overdue, holder_name, serial, consent, percent, may, …}],
    more}`, first those that are asked for or out, then the latest; `?page=` 2 and on where there are `more`. For the
    owner, helpers and leaders of the case."""
    row = case_seen(case)
    with context().pool.lend() as db:
        found, more = packages.list_page(db, case, read_number("page", 1))
    listed = [described(each, row["role"]) for each in found]
    return {"packages": listed, "more": more}, 200, {"Cache-Control": "no-store"}


@bp.post("/api/cases/<case>/packages")
@signed_in
def ask(case: str):
    """`{purpose, court, due: yyyy-mm-dd, audience?: room | leaders | owner, contents?: map | script, maps?: [ids]}` →
    201 `{id}`: the owner asks for a package; a leader of the case consents."""
    row = case_seen(case, "owner")
    check_contents(row)
    body = read_json_object()
    try:
        with context().pool.writing() as db:
            owner_still(db, case)
            return {"id": acting.ask(db, row, g.user, body)}, 201
    except Wrong as wrong:
        raise wrong_field(wrong) from None


def owner_still(db, case: str) -> None:
    if store.role_in_case(db, case, g.user.id) != "owner":  # handed over in this moment
        raise Problem("not_found", 404)


@bp.post("/api/cases/<case>/packages/<id>/approve")
@signed_in
def approve(case: str, id: str):
    """A leader of the case consents → the package; it is made then. Nobody consents to a package of their own."""
    return decided(case, id, "leader", lambda db, row: acting.approve(db, row, g.user))


@bp.post("/api/cases/<case>/packages/<id>/refuse")
@signed_in
def refuse(case: str, id: str):
    """`{reason}`: a leader of the case does not → the package."""
    body = read_json_object()
    return decided(case, id, "leader", lambda db, row: acting.refuse(db, row, g.user, body))


@bp.post("/api/cases/<case>/packages/<id>/withdraw")
@signed_in
def withdraw(case: str, id: str):
    """Whoever asked, or once it is consented to a leader, takes it back, also while it is being made → the package."""

    def take_back(db, row):
        mine, leader = row["holder"] == g.user.id, role_here(db, case) == "leader"
        if not rules.may_take_back(row, asker=mine, leader=leader):
            raise Problem("case_role", 403)
        acting.withdraw(db, row, g.user.id)

    return decided(case, id, "", take_back)


@bp.post("/api/cases/<case>/packages/<id>/again")
@signed_in
def again(case: str, id: str):
    """What could not be made is made again, by the same consent → the package; by the owner."""
    return decided(case, id, "owner", lambda db, row: acting.again(db, row, g.user.id))


def decided(case: str, id: str, role: str, act):
    """Does `act(db, package)` as it stands now → what is told of it."""
    row, _found = package_seen(case, id, *([role] if role else ()))
    try:
        with context().pool.writing() as db:
            found = packages.find(db, id)
            if found is None or store.role_in_case(db, case, g.user.id) != row["role"]:
                raise Problem("not_found", 404)
            act(db, found)
            found = packages.find(db, id)
    except Wrong as wrong:
        raise wrong_field(wrong) from None
    queue.wake_worker(context().settings)
    return described(found or {}, row["role"])


@bp.get("/api/cases/<case>/package")
@signed_in
def download(case: str):
    """The package that one asked for, as a ZIP, after the consent; from then on it is out. Before: package_none (404),
    package_waiting | package_building (409), package_refused (403); afterwards package_over (409). For its holder, who
    is in charge of the case."""
    case_seen(case, "owner")
    with context().pool.lend() as db:
        row = packages.find_open(db, case, g.user.id) or packages.last_of(db, case, g.user.id)
    if row is None:
        raise Problem("package_none", 404)
    if row["state"] in NOT_YET:
        raise Problem(*NOT_YET[row["state"]])
    path = content_store.original_path(context().settings, row["sha"])
    if not path.exists():
        raise Problem("not_found", 404)
    answer = serving.answer_range(context().settings, path, "application/zip", row["sha"])
    answer.headers["Content-Disposition"] = serving.disposition(f"{row['folder']}.zip")
    goes_on = row["state"] == "out" and not request.headers.get("Range", "bytes=0-").startswith("bytes=0-")
    # Of one that is still inside, the smallest part is a package that is out.
    if request.method == "GET" and answer.status_code in (200, 206) and not goes_on:
        with context().pool.writing() as db:
            now = packages.find(db, row["id"])
            if now is None or now["state"] not in ("ready", "out"):
                raise Problem("package_over", 409)
            owner_still(db, case)
            acting.note_download(db, now, g.user.id)
    return answer


@bp.get("/api/packages")
@signed_in
def list_held():
    """`{packages: […]}`: those that one has, or had, outside the office. Of a case that one is not on the list of any
    more the serial number and the day by which it is to be back, nothing else."""
    with context().pool.lend() as db:
        rows = [] if g.user.only else packages.list_held(db, g.user.id)
        roles = {row["of"]: role_here(db, row["of"]) for row in rows if row["of"]}
    seen = [described(row, roles[row["of"]]) if roles.get(row["of"]) else held_only(row) for row in rows]
    return {"packages": seen}, 200, {"Cache-Control": "no-store"}


@bp.post("/api/packages/<id>/return")
@signed_in
def give_back(id: str):
    """`{how: deleted | handed_back}`: a package is not out any more → `{id, state}`; by its holder (also when the case
    went to somebody else), the owner, or a leader of the case."""
    package_held(id)
    body = read_json_object()
    try:
        with context().pool.writing() as db:
            row = packages.find(db, id)
            if row is None:
                raise Problem("not_found", 404)
            acting.give_back(db, row, g.user.id, body)
    except Wrong as wrong:
        raise wrong_field(wrong) from None
    queue.wake_worker(context().settings)
    return {"id": id, "state": "returned"}


@bp.get("/api/cases/<case>/packages.pdf")
@signed_in
def register(case: str):
    """The register of the packages of a case (PDF), for the owner, helpers and leaders."""
    row = case_seen(case)
    with context().pool.lend() as db:
        found = packages.list_of_case(db, case)
        head = letterhead(account_store.list_units(db))
    _header, file = printer.make("package_register", register_words(row, list(reversed(found)), head), g.user.id)
    answer = Response(file, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="so-theo-doi-goi-ngoai-tuyen.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def register_words(row: dict, found: list[dict], head) -> dict:
    now = clock.local(clock.now())
    day = lambda ms: f"{clock.local(ms):%H:%M %d/%m/%Y}" if ms else ""  # noqa: E731
    rows = [
        [
            rules.serial(each) or "–", each["holder_name"],
            "\n".join((each["court"], each["purpose"], rules.maps_words(each, _))),
            consent_words(each), day(each["out_at"]), f"{each['due'][8:]}/{each['due'][5:7]}/{each['due'][:4]}",
            result_words(each, day),
        ]
        for each in found
    ]  # fmt: skip
    return {
        "above": head.parent, "agency": head.issuing,
        "country": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        "place": _("day %(day)s month %(month)s year %(year)s", day=f"{now:%d}", month=f"{now:%m}", year=now.year),
        "title": _("Register of offline packages"),
        "about": f"{row['title']} ({row['code']})" if row["title"] else row["code"],
        "head": [_("Serial number"), _("Holder"), _("Court, purpose, maps"), _("Consented to by"), _("Taken out"),
                 _("Back by"), _("Result, SHA-256")],
        "rows": rows or [["–"] * 7],
        "signers": [[_("Kept by"), g.user.name]], "hint": _("(Signature and full name)"), "written": clock.now(),
    }  # fmt: skip


def consent_words(row: dict) -> str:
    if row["state"] == "refused":
        return _("No: %(name)s. %(reason)s", name=row["decided_name"], reason=row["reason"])
    if not row["number"]:
        return str(words.STATES[row["state"]])
    on = f"{clock.local(row['decided_at']):%d/%m/%Y}"
    return _("No. %(consent)s of %(day)s, %(name)s", consent=rules.consent(row), day=on, name=row["decided_name"])


def result_words(row: dict, day) -> str:
    if row["state"] == "returned":
        said = f"{words.HOW[row['returned_how']]} {day(row['returned_at'])}"
    elif rules.is_overdue(row, store.today()):
        said = words.days(rules.days_left(row["due"], store.today()))
    else:
        said = str(words.STATES[row["state"]])
    return f"{said}\n{row['sha']}" if row["sha"] else said
