"""Pages of cases for people: the list with its deadlines, a new case, one case, its log."""

from flask import Blueprint, current_app, g, redirect, render_template, request
from flask_babel import lazy_gettext as _l

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.cases import access, describe, log_store, people_store, store, words
from meetingroom.cases.access import case_for
from meetingroom.web import dates
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_number

bp = Blueprint("case_pages", __name__)

# What other parts of the case room show of a case, if they are there: (address behind the case's, name, icon).
PLACES = (
    ("", _l("Case file"), "folder-open"),
    ("/numbers", _l("Sheet numbers"), "list-ordered"),
    ("/findings", _l("Findings"), "list-checks"),
    ("/media", _l("Photos, audio, video"), "images"),
    ("/maps", _l("Maps of the case"), "workflow"),
    ("/script", _l("Presentation script"), "presentation"),
    ("/excerpts", _l("Excerpts"), "scan"),
    ("/reports/new", _l("Register a case report"), "clipboard-list"),
    ("/packages", _l("Offline packages"), "archive"),
    ("/court", _l("Court follow-up"), "gavel"),
    ("/log", _l("Case log"), "history"),
)


@bp.record_once
def prepare(state) -> None:
    state.app.jinja_env.filters.update(dates.FILTERS)
    state.app.jinja_env.filters.update(
        case_kind=lambda code: str(words.KINDS.get(code, code)),
        case_stage=lambda code: str(words.STAGES.get(code, code)),
        case_role=lambda code: str(words.ROLES.get(code, code)),
        case_charge=words.charge,
        case_day=lambda text: f"{text[8:]}/{text[5:7]}/{text[:4]}" if text else "",
        case_days=words.days_left,
        handed_over=words.handed_over,
    )
    state.app.jinja_env.globals["case_places"] = case_places
    state.app.jinja_env.globals["may_open_cases"] = access.may_open_cases


# Whose a page is alone; all others are everybody's who is on the list.
OF_ROLES = {"/packages": ("owner", "helper", "leader")}


def case_places(case: str, role: str = "") -> list[dict]:
    """The pages of a case that this program serves, for who has this part in it: [{href, label, icon, here}]."""
    served = {rule.rule for rule in current_app.url_map.iter_rules()}
    base = f"/cases/{case}"
    return [
        {"href": base + path, "label": str(label), "icon": icon, "here": request.path == base + path}
        for path, label, icon in PLACES
        if f"/cases/<case>{path}" in served and (not role or role in OF_ROLES.get(path, (role,)))
    ]


@bp.get("/cases")
@signed_in
def page():
    """The cases one is on the list of, the nearest deadline first, and handovers that wait for one's confirmation."""
    if g.user.only or g.user.is_admin:
        raise Problem("not_found", 404)
    with context().pool.lend() as db:
        cases = [describe.brief(row) for row in store.list_cases(db, g.user.id)]
        waiting = people_store.list_waiting(db, g.user.id)
        gone = store.list_tombstones(db, g.user.id)
    open_ones = [case for case in cases if not case["closed"]]
    open_ones.sort(key=nearest)
    return render_template(
        "cases/list.html",
        cases=open_ones,
        closed=[case for case in cases if case["closed"]],
        waiting=waiting,
        gone=gone,
        may_create=access.may_open_cases(),
    )


def nearest(case: dict) -> str:
    return next((each["date"] for each in case["deadlines"] if each["state"] != "done"), "9999")


@bp.get("/cases/new")
@signed_in
def new():
    """The form of a new case, which begins with the question of state secrets."""
    if not access.may_open_cases():
        raise Problem("not_found", 404)
    return render_template("cases/new.html", kinds=words.KINDS, stages=words.STAGES, classes=words.SECRET_CLASSES)


SHEET = ("code", "title", "kind", "stage", "unit", "charges", "parties", "deadlines")


@bp.get("/cases/<case>")
@signed_in
def one(case: str):
    """A case: its sheet, its deadlines, its volumes and documents, its people."""
    row = case_for(case)
    note_visit(case)
    with context().pool.lend() as db:
        whole = describe.whole(db, row)
        handover = people_store.find_open(db, case)
        candidates = people_store.list_candidates(db) if row["role"] in ("owner", "leader") else []
        at = max(1, read_number("handovers", 1))
        records, more = people_store.list_handovers(db, case, at, "confirmed")
    settings = context().settings
    return render_template(
        "cases/case.html",
        case=whole,
        handover=handover,
        records=records,
        records_page=at,
        records_more=more,
        candidates=candidates,
        kinds=words.KINDS,
        stages=words.STAGES,
        roles=words.ROLES,
        sheet={
            key: whole[key] for key in ("code", "title", "kind", "stage", "unit", "charges", "parties", "deadlines")
        },
        limit=settings.case_file_limit,
        pages=settings.case_page_limit,
    )


def note_visit(case: str) -> None:
    """Once a day and person."""
    today = store.today()
    with context().pool.lend() as db:
        if log_store.visited(db, case, g.user.id, today):
            return
    with context().pool.writing() as db:
        if not log_store.visited(db, case, g.user.id, today):
            log_store.add(db, case, "looked_in", g.user.id)


@bp.get("/cases/<case>/log")
@signed_in
def log_page(case: str):
    """The log of a case, the latest first, and for the owner and leaders who looked at which page; `?before=`."""
    row = case_for(case)
    before = read_number("before")
    seeing = row["role"] in ("owner", "leader")
    with context().pool.lend() as db:
        lines = log_store.read(db, case, before=before, limit=101)
        reads = log_store.list_reads(db, case, limit=200) if seeing else []
    broken_at = context().in_thread(log_store.broken_among, context().pool, case, lines, before)
    return render_template(
        "cases/log.html",
        case=row,
        lines=[{**line, "text": words.line(line), "ms": clock.milliseconds(line["at"])} for line in lines[:100]],
        more=lines[99]["seq"] if len(lines) > 100 else 0,
        broken_at=broken_at,
        reads=reads,
        seeing=seeing,
    )


@bp.get("/cases/<case>/handover/<id>")
@signed_in
def handover(case: str, id: str):
    """A handover as the one who is to take the case over sees it, before being on its list."""
    with context().pool.lend() as db:
        row = people_store.find_handover(db, case, id)
    if row is None or row["taker"] != g.user.id or g.user.only or g.user.is_admin:
        raise Problem("not_found", 404)
    if row["state"] != "open":
        return redirect("/cases")
    return render_template("cases/handover.html", handover=row)
