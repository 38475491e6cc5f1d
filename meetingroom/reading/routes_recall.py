"""Recalled papers: what a device is to delete, its receipt, and how many have confirmed."""

import sqlite3

from flask import Blueprint, g, jsonify, request

from meetingroom import log
from meetingroom.auth.guard import signed_in
from meetingroom.database import Busy
from meetingroom.devices.this_device import this_device
from meetingroom.documents import fetched_store as fetched
from meetingroom.documents import serving
from meetingroom.reading import receipts_store as receipts
from meetingroom.reading.recalls import describe, find_recall
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_json_object

bp = Blueprint("recalls", __name__)

MOST = 100_000  # pages in a receipt


@bp.get("/api/recalls")
def due():
    """`{device, recalls: [{meeting, recall, documents: {id: pages}}]}`: what this device has had and is to delete, as
    the server knows it; also for a browser in which nobody is signed in now."""
    device = this_device()
    fetched.write(context().pool)
    with context().pool.lend() as db:
        rows = receipts.list_due(db, device)
    found: dict[tuple[str, str], dict] = {}
    for row in rows:
        one = {"meeting": row["meeting"], "recall": row["recall"], "documents": {}}
        found.setdefault((row["meeting"], row["recall"]), one)["documents"][row["document"]] = row["pages"]
    return {"device": device, "recalls": list(found.values())}, {"Cache-Control": serving.NEVER}


@bp.get("/api/meetings/<meeting>/recalls/<recall>")
@signed_in
def standing(meeting: str, recall: str):
    """`{id, at, by, automatic, reason, closed?, papers: [{id, title}], asked, signed, failed, devices: [{device,
    person, name, unit, pages, signed_at, failed}]}`, for the staff; `automatic`: by the bell; `signed_at` 0: not
    confirmed."""
    state, found = find_recall(meeting, recall)
    return describe(state, recall, found), {"Cache-Control": serving.NEVER}


@bp.post("/api/meetings/<meeting>/recalls/<recall>/receipt")
def sign(meeting: str, recall: str):
    """`{device, pages, failed}`: this device has deleted so many pages, so many could not be deleted → `{signed}`. From
    any device that had copies, known by the server's own record; `device` may be left out. Over HTTPS the answer
    tells the browser to empty its cache."""
    body = read_json_object()
    pages, failed = body.get("pages", 0), body.get("failed", 0)
    wrong = {
        name: f"0 … {MOST}"
        for name, value in (("pages", pages), ("failed", failed))
        if type(value) is not int or not 0 <= value <= MOST
    }
    if wrong:
        raise Problem("malformed", 400, fields=wrong)
    device = this_device()
    fetched.write(context().pool)
    with context().pool.lend() as db:
        had = receipts.has_copies(db, device, recall)
    if not had or recall not in log.state(context().pool, meeting).recalls:
        raise Problem("not_found", 404)
    if body.get("device") not in (None, "", device):
        raise Problem("not_allowed", 403)
    with context().pool.writing() as db:
        person = g.user.id if g.user else ""
        receipts.sign(db, recall=recall, meeting=meeting, device=device, person=person, pages=pages, failed=failed)
    receipts.mark_changed(context().pool, meeting, recall)
    answer = jsonify({"signed": failed == 0})
    answer.headers["Cache-Control"] = serving.NEVER
    if request.is_secure or context().settings.secure_cookies:
        answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@bp.app_template_global()
def recall_is_due() -> bool:
    """Whether this device is to delete something, before anything else is drawn."""
    try:
        device = this_device()
        with context().pool.lend() as db:
            return receipts.is_due(db, device)
    except (Busy, sqlite3.DatabaseError, OSError):  # the page that says so is drawn all the same
        return False
