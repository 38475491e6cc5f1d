"""Presentation scripts as data: read, written by operations, named, chosen."""

from typing import Any

from flask import Blueprint, g, request
from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.cases import log_store
from meetingroom.cases import store as cases
from meetingroom.cases.access import case_for, case_to_edit, check_contents
from meetingroom.cases.scripts import changes, looking
from meetingroom.cases.scripts import steps as rules
from meetingroom.cases.scripts import store as scripts
from meetingroom.cases.scripts import words as words
from meetingroom.meeting.kernel import Refused
from meetingroom.web.context import context
from meetingroom.web.errors import Problem, body
from meetingroom.web.json_body import read_json_object
from meetingroom.web.messages import message

bp = Blueprint("case_scripts", __name__)
MOST_OPS = 200
LONGEST_SCREEN = 40
UNKEPT = {"Cache-Control": "private, no-store"}


@bp.get("/api/cases/<case>/scripts")
@signed_in
def list_scripts(case: str):
    """`{scripts: [{id, title, is_default, rev, at, changed_at, by_name}], removed: […]}`; `removed` for editors."""
    row = case_for(case)
    check_contents(row)
    edits = row["role"] in cases.EDITORS
    with context().pool.lend() as db:
        removed = scripts.list_scripts(db, case, removed=True) if edits else []
        return {"scripts": scripts.list_scripts(db, case), "removed": removed}, 200, UNKEPT


@bp.post("/api/cases/<case>/scripts")
@signed_in
def create(case: str):
    """`{title, from?: script}` → 201 `{id}`; with `from` the steps of that one. Owner and helpers."""
    case_to_edit(case)
    wish = read_json_object()
    title, source = read_title(wish), wish.get("from", "")
    with context().pool.writing() as db:
        if scripts.count(db, case) >= scripts.MOST:
            raise Problem("too_many_scripts", 409)
        of = scripts.find(db, case, source) if isinstance(source, str) and source else None
        if source and of is None:
            raise Problem("not_found", 404)
        made = scripts.add_script(db, case, title, g.user.id, script=scripts.copied(of["script"]) if of else None)
        log_store.add(db, case, "script_made", g.user.id, script=made, title=title)
    return {"id": made}, 201


@bp.get("/api/cases/<case>/script")
@bp.get("/api/cases/<case>/scripts/<script>")
@signed_in
def read(case: str, script: str = ""):
    """`{id, title, rev, may_edit, steps: [{id, kind, …, title, note, about: {state, words, pages, …}, painted?: ms}],
    bin: [step], scripts}` of the script that is presented, or of another. `state` of a step: ok, waiting (its page is
    not drawn yet), unpublished, unnumbered (no BL), failed (cannot be read), hidden, gone. Notes and `bin` are for
    owner and helpers. `?since=<rev>`: `{rev}` alone where nothing has changed."""
    row = case_for(case)
    check_contents(row)
    edits = row["role"] in cases.EDITORS
    with context().pool.lend() as db:
        found = scripts.find(db, case, script)
    if script and (found is None or (found["removed_at"] and not edits)):
        raise Problem("not_found", 404)
    if found and request.args.get("since") == str(found["rev"]):
        return {"rev": found["rev"]}, 200, UNKEPT
    return whole(row, found, edits), 200, UNKEPT


def whole(row: dict, found: dict | None, edits: bool) -> dict:
    case = row["id"]
    with context().pool.lend() as db:
        script = found["script"] if found else rules.new_script()
        plain = [rules.bare(each) for each in script["steps"]]
        steps = looking.describe(db, case, plain, edits=edits)
        painted = scripts.list_painted(db, found["id"]) if found else {}
        everything = scripts.list_scripts(db, case)
    for step in steps:
        step["about"]["words"] = str(words.STATES[step["about"]["state"]])
        proof = painted.get(step["id"])
        if proof and proof["place"] == scripts.place_word(step):
            step["painted"] = proof["at"]
    answer = {"id": found["id"] if found else "", "title": found["title"] if found else _("Presentation script")}
    return {
        **answer, "rev": script["rev"], "may_edit": edits and not row["closed_at"], "steps": steps,
        "bin": [rules.bare(each["step"]) for each in script["bin"]] if edits else [], "scripts": everything,
    }  # fmt: skip


@bp.post("/api/cases/<case>/script/ops")
@bp.post("/api/cases/<case>/scripts/<script>/ops")
@signed_in
def change(case: str, script: str = ""):
    """One operation `{id, rev, add | edit | move | remove | restore: {…}}` or `{id, undo: {op}}` → `{rev, op}`;
    refused: 409 `{error: {code, …}}`. Several, as `{ops: […]}` → `{rev, results: [{id, rev, op} | {id, error}]}`. The
    first operation makes the script of a case that has none."""
    case_to_edit(case)
    wish = read_json_object()
    several = wish.get("ops", [wish])
    if not isinstance(several, list) or not 1 <= len(several) <= MOST_OPS:
        raise Problem("malformed", 400)
    with context().pool.writing() as db:
        found = to_write(db, case, script)
        before, results, refusals = found["rev"], [], []
        for op in several:
            id = op.get("id") if isinstance(op, dict) and isinstance(op.get("id"), str) else ""
            try:
                check_places(db, case, op)
                results.append({"id": id, **scripts.perform(db, found, op, g.user.id)})
            except Refused as no:
                refusals.append(no)
                results.append({"id": id, **body(no.code, {**no.details, "message": words_of(no)})})
        if found["rev"] != before:
            scripts.save(db, found)
            changes.note(db, case, found, g.user.id)
    if "ops" in wish:
        return {"rev": found["rev"], "results": results}
    for each in refusals:
        status = 400 if each.code == "malformed" else 409
        raise Problem(each.code, status, **{**each.details, "message": words_of(each)})
    return {"rev": results[0]["rev"], "op": results[0]["op"]}


def words_of(no: Refused) -> str:
    try:
        return message(no.code) % no.details
    except (KeyError, ValueError):
        return message(no.code)


def to_write(db, case: str, script: str) -> dict:
    found = scripts.find(db, case, script)
    if found is None and not script:
        made = scripts.add_script(db, case, _("Presentation script"), g.user.id)
        found = scripts.find(db, case, made)
    if found is None or found["removed_at"]:
        raise Problem("not_found", 404)
    return found


def check_places(db, case: str, op: Any) -> None:
    """A new step leads into this case. Raises Refused("not_of_case")."""
    said = op["add"].get("steps") if isinstance(op, dict) and isinstance(op.get("add"), dict) else None
    if not isinstance(said, list) or len(said) > rules.AT_ONCE:
        return  # the rules say what is wrong with it
    known: dict[str, int] = {}
    for each in said:
        for document, page in rules.pages_of(rules.read_step(each)):
            if document not in known:
                row = cases.find_document(db, case, document)
                known[document] = (row["pages"] or rules.LARGEST_PAGE) if row else 0
            if page > known[document]:
                raise Refused("not_of_case", document=document, page=page)


@bp.patch("/api/cases/<case>/scripts/<script>")
@signed_in
def change_script(case: str, script: str):
    """`{title?, is_default?: true, removed?: true | false}` → `{id, title, is_default, removed}`; removed ones keep
    everything. Owner and helpers."""
    case_to_edit(case)
    wish = read_json_object()
    title = read_title(wish) if "title" in wish else ""
    if wish.get("is_default", True) is not True or wish.get("removed", False) not in (True, False):
        raise Problem("malformed", 400)
    with context().pool.writing() as db:
        found = scripts.find(db, case, script)
        if found is None:
            raise Problem("not_found", 404)
        removed = wish.get("removed", bool(found["removed_at"]))
        chosen = bool(found["is_default"]) or "is_default" in wish
        if removed and chosen:
            raise Problem("script_stays", 409)
        if title and title != found["title"]:
            scripts.change_script(db, script, {"title": title})
            log_store.add(db, case, "script_named", g.user.id, script=script, title=title)
        title = title or found["title"]
        if removed != bool(found["removed_at"]):
            scripts.change_script(db, script, {"removed_at": clock.now() if removed else 0})
            name = "script_removed" if removed else "script_restored"
            log_store.add(db, case, name, g.user.id, script=script, title=title)
        if chosen and not found["is_default"]:
            scripts.make_default(db, case, script)
            log_store.add(db, case, "script_chosen", g.user.id, script=script, title=title)
    return {"id": script, "title": title, "is_default": chosen, "removed": removed}


@bp.post("/api/cases/<case>/scripts/<script>/tried")
@signed_in
def note_tried(case: str, script: str):
    """`{steps: [id], screen}`: these steps were painted on a screen before the session → `{tried}`. It counts as long
    as the step shows the same. Owner and helpers."""
    case_to_edit(case)
    wish = read_json_object()
    ids, screen = wish.get("steps"), wish.get("screen", "")
    if (
        not isinstance(ids, list)
        or len(ids) > rules.MOST
        or not isinstance(screen, str)
        or len(screen) > LONGEST_SCREEN
    ):
        raise Problem("malformed", 400)
    with context().pool.writing() as db:
        found = scripts.find(db, case, script)
        if found is None or found["removed_at"]:
            raise Problem("not_found", 404)
        known = {each["id"]: each for each in found["script"]["steps"]}
        tried = [known[id] for id in ids if isinstance(id, str) and id in known]
        for step in tried:
            scripts.note_painted(db, case, script, step["id"], scripts.place_word(step), screen)
    return {"tried": len(tried)}


def read_title(wish: dict) -> str:
    title = wish.get("title")
    if not isinstance(title, str) or not title.strip() or len(title) > rules.TITLE or "\x00" in title:
        raise Problem("malformed", 400)
    return title.strip()
