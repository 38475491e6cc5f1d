"""Followed trials as data: opened, described, observed, closed."""

from flask import Blueprint, g

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.cases import access as cases
from meetingroom.cases import log_store, people_store
from meetingroom.cases import store as case_store
from meetingroom.cases.court import access, describe, fields, store
from meetingroom.cases.court import words as words
from meetingroom.cases.court.access import STEWARDS, hearing_for
from meetingroom.cases.problems import wrong_field
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_json_object
from meetingroom.web.messages import message

bp = Blueprint("court", __name__)


@bp.get("/api/cases/<case>/court")
@signed_in
def list_hearings(case: str):
    """`{hearings: [{id, court, days, place, closed_at, entries, violations, observers}], may_open}`: the trials of a
    case that are followed, for its list."""
    row = cases.case_for(case)
    with context().pool.lend() as db:
        found = store.list_hearings(db, case)
    keys = (*describe.HEARING, "entries", "violations", "observers")
    return {"hearings": [{key: each[key] for key in keys} for each in found], "may_open": may_open(row)}


def may_open(row: dict) -> bool:
    return row["role"] in STEWARDS and row["secrecy"] == "no" and not row["closed_at"]


@bp.post("/api/cases/<case>/court")
@signed_in
def begin(case: str):
    """`{court, days, panel?, place?, sites?, prosecutors?, people?: [{role, name}], public?: open | closed, observe?:
    true}` → 201 `{id}`; owner, helpers and leaders. Lists may also come as text, one a line; who opens it observes it
    unless `observe` is false."""
    row = cases.case_for(case, *STEWARDS)
    cases.check_open(row)
    body = read_json_object()
    found = read_fields(body)
    with context().pool.writing() as db:
        if store.count_hearings(db, case) >= store.MOST_HEARINGS:
            raise Problem("court_too_many", 409)
        hearing = store.add_hearing(db, case, g.user.id, found)
        log_store.add(db, case, "court_begun", g.user.id, court=found["court"], hearing=hearing, days=found["days"])
        if body.get("observe", True) not in (False, "no"):
            store.put_observer(db, case, hearing, g.user.id, "", False, g.user.id)
    return {"id": hearing}, 201


def read_fields(body: dict, known: bool = False) -> dict:
    try:
        return fields.read_hearing(body, known)
    except fields.Wrong as wrong:
        raise wrong_field(wrong) from None


@bp.get("/api/cases/<case>/court/<hearing>")
@signed_in
def read_hearing(case: str, hearing: str):
    """`{id, court, panel, place, days, sites, prosecutors, people, public, observers, closed_at, rev, role, observes,
    writes, stewards, counts}`; for the list of the case and those who are invited to observe it."""
    row = hearing_for(case, hearing)
    with context().pool.lend() as db:
        return described(db, row)


def described(db, row: dict) -> dict:
    return describe.hearing(row, store.list_observers(db, row["id"])) | {"counts": store.counts(db, row["id"])}


@bp.patch("/api/cases/<case>/court/<hearing>")
@signed_in
def change(case: str, hearing: str):
    """Any of the fields of a new one (owner, helpers, leaders), and `closed: true | false` (the owner) → the trial.
    Once it is closed its log is read only, and the log of the case knows its SHA-256."""
    row = hearing_for(case, hearing, *STEWARDS)
    body = read_json_object()
    found = read_fields(body, known=True)
    if "closed" in body:
        if body["closed"] not in (True, False):
            raise Problem("malformed", 400)
        if row["role"] != "owner":
            raise Problem("case_role", 403)
    if row["case_closed"]:
        raise Problem("case_closed", 409)
    if found and row["closed_at"] and body.get("closed") is not False:
        raise Problem("court_closed", 409)
    with context().pool.writing() as db:
        before = store.find_hearing(db, case, hearing)
        if before is None:
            raise Problem("not_found", 404)
        changed = {key: value for key, value in found.items() if before[key] != value}
        if changed:
            store.change_hearing(db, hearing, changed)
            log_store.add(db, case, "court_changed", g.user.id, court=changed.get("court", before["court"]),
                          hearing=hearing, fields=sorted(changed))  # fmt: skip
        if "closed" in body and body["closed"] != bool(before["closed_at"]):
            close(db, before, body["closed"])
    row = hearing_for(case, hearing, *STEWARDS)
    with context().pool.lend() as db:
        return described(db, row)


def close(db, row: dict, closed: bool) -> None:
    store.change_hearing(db, row["id"], {"closed_at": clock.now() if closed else 0})
    about = {"court": row["court"], "hearing": row["id"]}
    if closed:
        entries, sha = store.digest(db, row["id"])
        log_store.add(db, row["case"], "court_ended", g.user.id, **about, entries=entries, sha=sha)
    else:
        log_store.add(db, row["case"], "court_reopened", g.user.id, **about)


@bp.delete("/api/cases/<case>/court/<hearing>")
@signed_in
def drop(case: str, hearing: str):
    """One that was opened by mistake, without entries → 204; by the owner."""
    row = hearing_for(case, hearing, "owner")
    if row["case_closed"]:
        raise Problem("case_closed", 409)
    with context().pool.writing() as db:
        if not store.has_no_entries(db, hearing):
            raise Problem("court_has_entries", 409)
        store.remove_hearing(db, hearing)
        log_store.add(db, case, "court_dropped", g.user.id, court=row["court"], hearing=hearing)
    return "", 204


@bp.post("/api/cases/<case>/court/<hearing>/observers")
@signed_in
def put_observer(case: str, hearing: str):
    """`{person, site?}` → `{observers}`; owner, helpers and leaders. Who is not on the case's list is invited by name,
    and sees this trial and no other page of the case. Again: at another site."""
    row = hearing_for(case, hearing, *STEWARDS)
    access.check_open(row)
    body = read_json_object()
    person = body.get("person")
    try:
        site = fields.READ_ENTRY["site"](body.get("site", ""))
    except fields.Wrong as wrong:
        raise wrong_field(wrong) from None
    with context().pool.writing() as db:
        known = people_store.find_candidate(db, person) if isinstance(person, str) else None
        if known is None:
            raise Problem("court_no_person", 422, fields={"person": message("court_no_person")})
        there = {each["person"] for each in store.list_observers(db, hearing)}
        if known["id"] not in there and len(there) >= store.MOST_OBSERVERS:
            raise Problem("court_too_many_observers", 409)
        invited = not case_store.role_in_case(db, case, known["id"])
        store.put_observer(db, case, hearing, known["id"], site, invited, g.user.id)
        store.change_hearing(db, hearing, {})
        log_store.add(db, case, "observer_named", g.user.id, court=row["court"], hearing=hearing, person=known["id"],
                      person_name=known["name"], site=site, invited=invited)  # fmt: skip
        return {"observers": store.list_observers(db, hearing)}


@bp.delete("/api/cases/<case>/court/<hearing>/observers/<person>")
@signed_in
def remove_observer(case: str, hearing: str, person: str):
    """Takes somebody off the observers, at once → `{observers}`; what he wrote stays, under his name."""
    row = hearing_for(case, hearing, *STEWARDS)
    with context().pool.writing() as db:
        there = {each["person"]: each["name"] for each in store.list_observers(db, hearing)}
        if person not in there:
            raise Problem("not_found", 404)
        store.remove_observer(db, hearing, person)
        store.change_hearing(db, hearing, {})
        log_store.add(db, case, "observer_dropped", g.user.id, court=row["court"], hearing=hearing, person=person,
                      person_name=there[person])  # fmt: skip
        return {"observers": store.list_observers(db, hearing)}
