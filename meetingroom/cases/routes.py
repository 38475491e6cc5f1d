"""Cases as data: the list, the sheet, the people."""

from flask import Blueprint, g

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.cases import access, bounds, describe, fields, log_store, people_store, sight, store
from meetingroom.cases import words as words
from meetingroom.cases.access import case_for
from meetingroom.cases.problems import wrong_field
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_json_object
from meetingroom.web.messages import message

bp = Blueprint("cases", __name__)
SIGHT = sight  # registers what is seen of a case's documents


def read_fields(body: dict, known: dict | None = None) -> dict:
    """Raises Problem: case_fields (422) with the field and why."""
    try:
        return fields.read_case(body, known)
    except fields.Wrong as wrong:
        raise wrong_field(wrong) from None


@bp.get("/api/cases")
@signed_in
def list_cases():
    """`{cases: [{id, code, title, role, kind, stage, secrecy, closed, charges, deadlines}], handovers, may_create}`:
    those one is on the list of today; `handovers` waits for one's confirmation."""
    if g.user.only or g.user.is_admin:
        return {"cases": [], "handovers": [], "may_create": False}
    with context().pool.lend() as db:
        rows = store.list_cases(db, g.user.id)
        waiting = people_store.list_waiting(db, g.user.id)
    return {
        "cases": [describe.brief(row) for row in rows],
        "handovers": waiting,
        "may_create": access.may_open_cases(),
    }


@bp.post("/api/cases")
@signed_in
def create():
    """`{code, secrecy: no | unsure | yes, title?, kind?, stage?, charges?, parties?, deadlines?, unit?}` → 201 `{id}`.
    Who opens a case is its owner. Anything but No leaves a shell: no title, no files, no map, no notes."""
    if not access.may_open_cases():
        raise Problem("no_right", 403)
    found = read_fields(read_json_object())
    with context().pool.writing() as db:
        if store.code_taken(db, found["code"]):
            raise Problem("case_code_taken", 422, fields={"code": message("case_code_taken")})
        found.setdefault("unit", g.user.unit)
        case = store.add_case(db, by=g.user.id, **found)
        log_store.add(db, case, "created", g.user.id, code=found["code"], secrecy=found["secrecy"])
    return {"id": case}, 201


@bp.get("/api/cases/<case>")
@signed_in
def read_case(case: str):
    """`{id, code, title, role, kind, stage, charges, parties, deadlines, people, volumes: [{id, no, title, checked_by,
    checked_at, documents}], numberings, maps, may_edit, …}`."""
    row = case_for(case)
    with context().pool.lend() as db:
        return describe.whole(db, row)


@bp.patch("/api/cases/<case>")
@signed_in
def change(case: str):
    """Any of the fields of a new case, and `closed: true | false` → the case; owner and helpers."""
    row = case_for(case, *store.EDITORS)
    body = read_json_object()
    found = read_fields(body, row)
    if "closed" in body:
        if body["closed"] not in (True, False):
            raise Problem("malformed", 400)
        found["closed_at"] = (row["closed_at"] or clock.now()) if body["closed"] else 0
    if {"secrecy", "closed_at"} & set(found) and row["role"] != "owner":
        raise Problem("case_role", 403)
    with context().pool.writing() as db:
        before = store.find_case(db, case) or row
        if found.get("secrecy", "no") != "no" and before["secrecy"] == "no" and has_contents(db, before):
            raise Problem("case_has_contents", 409)
        if "code" in found and store.code_taken(db, found["code"], but=case):
            raise Problem("case_code_taken", 422, fields={"code": message("case_code_taken")})
        changed = {key: value for key, value in found.items() if before[key] != value}
        if changed:
            store.change_case(db, case, changed)
            log_changes(db, case, changed)
        row = {**(store.find_case(db, case) or before), "role": row["role"]}
        return describe.whole(db, row)


def has_contents(db, row: dict) -> bool:
    return bool(row["title"] or row["charges"] or row["parties"] or store.total(db, row["id"])["documents"])


def log_changes(db, case: str, changed: dict) -> None:
    """The sheet, its secrecy and its end are lines of their own."""
    rest = sorted(set(changed) - {"secrecy", "closed_at"})
    if rest:
        log_store.add(db, case, "sheet_changed", g.user.id, fields=rest)
    if "secrecy" in changed:
        log_store.add(db, case, "secrecy_answered", g.user.id, secrecy=changed["secrecy"])
    if "closed_at" in changed:
        log_store.add(db, case, "closed" if changed["closed_at"] else "opened_again", g.user.id)


@bp.post("/api/cases/<case>/people")
@signed_in
def put_person(case: str):
    """`{person, role: helper | leader | reader, from?, until?}` (days) → `{people}`; by the owner. Changes it too."""
    case_for(case, "owner")
    body = read_json_object()
    try:
        role = fields.one_of("role", ("helper", "leader", "reader"))(body.get("role"))
        since, until = fields.day("from")(body.get("from", "")), fields.day("until")(body.get("until", ""))
        if since and until and until < since:
            raise fields.Wrong("until", "ends_before_start")
    except fields.Wrong as wrong:
        raise wrong_field(wrong) from None
    person = body.get("person")
    with context().pool.writing() as db:
        known = people_store.find_candidate(db, person) if isinstance(person, str) else None
        if known is None:
            raise Problem("case_no_person", 422, fields={"person": message("case_no_person")})
        if store.find_owner(db, case) == known["id"]:
            raise Problem("case_owner_stays", 409)
        if not store.role_in_case(db, case, known["id"]):
            bounds.check(db, case, "case_people")
        store.put_person(db, case, known["id"], role, since, until)
        about = {"person": known["id"], "person_name": known["name"], "role": role, "from": since, "until": until}
        log_store.add(db, case, "right_given", g.user.id, **about)
        return {"people": store.list_people(db, case)}


@bp.delete("/api/cases/<case>/people/<person>")
@signed_in
def remove_person(case: str, person: str):
    """Takes somebody off the list, at once → `{people}`; by the owner, who cannot go without a handover."""
    case_for(case, "owner")
    with context().pool.writing() as db:
        there = {row["person"]: row for row in store.list_people(db, case)}
        if person not in there:
            raise Problem("not_found", 404)
        if there[person]["role"] == "owner":
            raise Problem("case_owner_stays", 409)
        store.remove_person(db, case, person)
        log_store.add(db, case, "right_taken", g.user.id, person=person, person_name=there[person]["name"])
        return {"people": store.list_people(db, case)}
