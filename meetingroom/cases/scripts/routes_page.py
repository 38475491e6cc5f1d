"""The page of a presentation script, and the script on paper."""

from flask import Blueprint, Response, g, render_template, request
from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.cases import log_store, store_maps
from meetingroom.cases import store as cases
from meetingroom.cases.access import case_for, check_contents
from meetingroom.cases.scripts import looking, printed
from meetingroom.cases.scripts import steps as rules
from meetingroom.cases.scripts import store as scripts
from meetingroom.documents import serving
from meetingroom.printing import printer
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("case_script_page", __name__)


@bp.get("/cases/<case>/script")
@signed_in
def page(case: str):
    """The presentation script of a case (`?script=`: another one); owner and helpers write it."""
    row = case_for(case)
    check_contents(row)
    wanted = request.args.get("script", "")
    with context().pool.lend() as db:
        found = scripts.find(db, case, wanted)
        maps = [{"id": each["id"], "title": each["title"]} for each in store_maps.list_maps(db, case)]
    edits = row["role"] in cases.EDITORS
    if wanted and (found is None or (found["removed_at"] and not edits)):
        raise Problem("not_found", 404)
    title = found["title"] if found else _("Presentation script")
    return render_template("cases/script.html", case=row, script=wanted, title=title, maps=maps if edits else [])


@bp.get("/api/cases/<case>/script.pdf")
@bp.get("/api/cases/<case>/scripts/<script>.pdf")
@signed_in
def paper(case: str, script: str = ""):
    """The script to be printed: the steps in order with their numbers (BL) and small pictures; `?notes=1` with the
    presenter's notes, for owner and helpers."""
    row = case_for(case)
    check_contents(row)
    edits = row["role"] in cases.EDITORS
    notes = edits and request.args.get("notes") == "1"
    with context().pool.lend() as db:
        found = scripts.find(db, case, script)
        if found is None or (found["removed_at"] and not edits):
            raise Problem("not_found", 404)
        plain = [rules.bare(each) for each in found["script"]["steps"]]
        steps = looking.describe(db, case, plain, edits=edits)
        shas = {each["document"]: each["sha"] for each in cases.list_documents(db, case)}
    wish = printed.request_of(
        row, found["title"], steps, shas, by=g.user.name, notes=notes, settings=context().settings
    )
    _header, file = printer.printer.make("script", wish, g.user.id)
    with context().pool.writing() as db:
        log_store.add(db, case, "script_exported", g.user.id, script=found["id"], title=found["title"])
    answer = Response(file, mimetype="application/pdf")
    day = clock.local(clock.now())
    answer.headers["Content-Disposition"] = serving.disposition(f"{found['title'][:80]}-{day:%Y%m%d}.pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
