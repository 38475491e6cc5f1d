"""Archives for programs: the list, packages, many in one file, checking, destroying, withholding."""

import threading

from flask import Blueprint, g, request

from meetingroom import clock
from meetingroom.archive import actions, checking, provenance_store, store, upload_stream
from meetingroom.auth import guard
from meetingroom.auth.guard import needs, signed_in
from meetingroom.config import MEGABYTE
from meetingroom.meeting import wire
from meetingroom.meeting.kernel import Actor
from meetingroom.web.context import context
from meetingroom.web.dispatch import do_command
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_command_id, read_json_object

bp = Blueprint("archives_api", __name__)
LARGEST_CHECKED = 16_000 * MEGABYTE
CHECKED_AT_ONCE = 2
PAGE = 50
FIELDS = ("meeting", "title", "kind", "unit", "series", "started_at", "archived_at", "name", "bytes", "sealed_at",
        "problem", "code", "keep_until", "role")  # fmt: skip
checking_now = threading.Semaphore(CHECKED_AT_ONCE)


@bp.post("/api/meetings/<meeting>/archive")
@signed_in
def archive(meeting: str):
    """`{code?, without_minutes?, id?}` → 202 `{seq}`: the command archive_meeting; the worker then makes the package,
    which stands at `/api/archives/<meeting>/file` when it is sealed. The same `id` again: the same answer."""
    role = guard.require_member(meeting)
    body = read_json_object()
    command_id = read_command_id(body.pop("id", None) or clock.new_id())
    wanted = wire.command_from("archive_meeting", body)
    return {"seq": do_command(meeting, wanted, Actor(g.user.id, role), command_id).seq}, 202


@bp.get("/api/archives")
@signed_in
def archives():
    """`?q=&year=&from=&until=&unit=&kind=&series=&page=` → `{archives: [{id, title, …, sha256, words?}], total}`: of my
    meetings, the latest first. `from`, `until`: days. An administrator's `all=1`: of every meeting, by titles only."""
    found, total, snippets = actions.search(request.args, limit=PAGE)
    rows = [
        {"id": row["meeting"], **{key: row[key] for key in FIELDS}, "sha256": row["file"]}
        | ({"words": snippets[row["meeting"]]} if row["meeting"] in snippets else {})
        for row in found
    ]
    return {"archives": rows, "total": total}


@bp.get("/api/archives/<archive>/file")
@signed_in
def file(archive: str):
    """The package, for the meeting's staff: it holds the whole dossier."""
    return actions.send_package(actions.find_package(archive))


@bp.post("/api/archives/export")
@signed_in
def export():
    """`[id, …]` or `{archives: [id, …]}` → one ZIP with the package of each, for their staff."""
    body = request.get_json(silent=True)
    return actions.export_many(body.get("archives") if isinstance(body, dict) else body)


@bp.post("/api/verify")
@signed_in
def verify():
    """A package, as the body or as the field `file` of a form: hashed as it comes, stored nowhere. `{whole, name,
    sha256, bytes, files, facts, withheld, missing, added, changed, fact, error, known?}`; `known`: what was sealed here
    under this very SHA-256, `{name, sealed_at, meeting?}`; `replaced_at, replaced_by` where another package took its
    place; `supplement_to, package, resealed` of a supplement and the SHA-256 that it names; or `{destroyed_at}`."""
    if not checking_now.acquire(blocking=False):
        raise Problem("too_busy", 503, retry_after=10)
    try:
        found = checking.check(upload_stream.pieces(request.environ, LARGEST_CHECKED))
    except ValueError:
        raise Problem("malformed", 400) from None
    finally:
        checking_now.release()
    with context().pool.lend() as db:
        known = provenance_store.find_known(db, found.sha256)
        mine = bool(known and known.get("meeting") and guard.role_of(db, known["meeting"]))
    answer = {"whole": found.whole, **{key: value for key, value in vars(found).items() if key != "meeting"}}
    for key in ("missing", "added", "changed"):
        answer[key] = answer[key][:500]
    if known:
        answer["known"] = {key: value for key, value in known.items() if key != "meeting" or mine}
    return answer


@bp.post("/api/archives/<archive>/retention")
@needs("admin")
def retention(archive: str):
    """`{code}`: how long the dossier is kept, from the end of the year of its meeting; or `{until, reason}`: until a
    later day. A proposal to destroy it is taken back."""
    body = read_json_object()
    if "until" in body:
        return actions.extend(archive, body["until"], body.get("reason"))
    code = body.get("code")
    return actions.set_retention(archive, code if isinstance(code, str) else "")


@bp.post("/api/archives/<archive>/destroy")
@needs("admin")
def destroy(archive: str):
    """`{decision, date, keep_title?}`: an administrator asks, with the number and day of the decision; a second person
    confirms. Only when the retention period is over."""
    body = read_json_object()
    actions.ask_destruction(archive, body.get("decision"), body.get("date"), body.get("keep_title", False) is True)
    return {"waits": "second_person"}, 202


@bp.post("/api/archives/<archive>/destroy/confirm")
@signed_in
def confirm_destruction(archive: str):
    """By a second person: another administrator, or who presided over the meeting. A tombstone is left."""
    return actions.confirm(archive)


@bp.delete("/api/archives/<archive>/destroy")
@needs("admin")
def withdraw_destruction(archive: str):
    """What was asked is taken back: the dossier stays."""
    actions.withdraw_destruction(archive)
    return "", 204


@bp.get("/api/meetings/<meeting>/redactions")
@signed_in
def redactions(meeting: str):
    """`[{seq, reason, by, at, name}]`: what an administrator has asked to be withheld, for the chair and the asker."""
    if not g.user.is_admin:
        guard.require_staff(meeting)
    with context().pool.lend() as db:
        return store.list_redactions(db, meeting)


@bp.post("/api/meetings/<meeting>/redactions")
@needs("admin")
def ask_redaction(meeting: str):
    """`{seq, reason}`: an administrator asks for a fact to be withheld; the chair confirms (`redact_fact`)."""
    body = read_json_object()
    seq = body.get("seq")
    actions.ask_redaction(meeting, seq, body.get("reason"))
    return {"seq": seq}, 201


@bp.delete("/api/meetings/<meeting>/redactions/<int:seq>")
@signed_in
def drop_redaction(meeting: str, seq: int):
    """Who presides refuses; who has asked takes it back."""
    with context().pool.lend() as db:
        asked = store.find_redaction(db, meeting, seq) if seq < 2**53 else None
        presides = guard.role_of(db, meeting) in ("chair", "cochair")
    if asked is None or not (presides or asked["by"] == g.user.id):
        raise Problem("not_found", 404)
    actions.drop_redaction(meeting, seq)
    return "", 204
