"""Signing from here: by a program on the signer's computer, a key file, or a token at the server. All off at first."""

import json
import tempfile
from pathlib import Path
from typing import Any

from flask import Blueprint, g, render_template, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.documents import content_store
from meetingroom.documents.upload import receive_upload
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.roles import CHAIR_AND_SECRETARY
from meetingroom.printing import printer
from meetingroom.signing import documents, places, server_key, store, words
from meetingroom.signing.answers import REASON, answer, check_size, describe, enabled_ways, run_checked
from meetingroom.signing.documents import CLERK, Held
from meetingroom.web import proxies
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

bp = Blueprint("sign", __name__)

DESKTOP = "desktop"
SERVICE = "wss://127.0.0.1:8987"
# Which of the program's ways of signing is whose: a leader signs, the records office numbers and seals.
SERVICE_DOORS = {places.AGENCY: "SignIssued"}
LARGEST_KEY = 100_000  # bytes of a PKCS#12 file
LONGEST_SECRET = 200
LOOPBACK = {"127.0.0.1", "::1", "::ffff:127.0.0.1"}


@bp.get("/issued/<document>/sign")
@signed_in
def page(document: str):
    """The ways of signing that are switched on here. This page alone may speak to a signing program on its computer."""
    held = documents.find(document)
    documents.check_may_sign(held)
    if enabled_ways()[DESKTOP]:
        g.connects = SERVICE
    return render_template(
        "signing/sign.html",
        issued=describe(held),
        frame=held.state.meeting,
        ways=enabled_ways(),
        mine=[place for place in documents.open_places(held) if is_mine(held, place)],
        place_of=words.place,
        safe=is_safe(),
        service=SERVICE,
    )


@bp.post("/api/issued/<document>/sign")
@signed_in
def sign(document: str):
    """`{field, how: "desktop" | "p12" | "token", reason?}`. `p12`: multipart, with the key `file` and its `password`;
    `token`: with the `pin`; both answer as a signed file that comes back. `desktop` gives what the program on the
    signer's computer is to be sent: `{service, wish: {FileName, FileUploadHandler, …}, token}`."""
    held = documents.find(document)
    documents.check_may_sign(held)
    wish, key = read_wish()
    how, field = str(wish.get("how", "")), str(wish.get("field", ""))
    reason = str(wish.get("reason") or "").strip()[:REASON]
    if how not in (DESKTOP, server_key.P12, server_key.TOKEN):
        raise Problem("not_a_choice", 422, field="how")
    if not enabled_ways()[how]:
        raise Problem("door_closed", 409)
    check_place(held, field)
    if documents.is_too_early(held, field) and not reason:
        warnings = [{"code": "order", "field": field, "words": words.problem("order")}]
        raise Problem("reason_needed", 409, warnings=warnings)
    if how == DESKTOP:
        return desktop_wish(held, field, reason)
    if not is_safe():
        raise Problem("needs_https", 403)
    secret = str(wish.get("password" if how == server_key.P12 else "pin", ""))
    if not 0 < len(secret) <= LONGEST_SECRET or (how == server_key.P12 and not key):
        raise Problem("empty", 422, field="password" if how == server_key.P12 else "pin")
    file = server_key.sign(held, field, g.user.id, how, secret, key)
    return answer(take_bytes(held, file, reason))


def read_wish() -> tuple[dict[str, Any], bytes]:
    """(fields, key file): from JSON, or from a form with a file. What is too large for a key file is not read."""
    if request.mimetype != "multipart/form-data":
        wish = request.get_json(silent=True)
        if not isinstance(wish, dict):
            raise Problem("malformed", 400)
        return wish, b""
    brought = request.files.get("file") or request.files.get("p12")
    key = brought.stream.read(LARGEST_KEY + 1) if brought else b""
    if len(key) > LARGEST_KEY:
        raise Problem("bad_p12", 422)
    return dict(request.form), key


def check_place(held: Held, field: str) -> None:
    if field in documents.signed_places(held):
        raise Problem("field_signed", 409)
    if field not in documents.open_places(held):
        raise Problem("no_such_field", 422, field="field")
    if not is_mine(held, field):
        raise Problem("not_your_place", 403)


def is_mine(held: Held, field: str) -> bool:
    """The seal is in the hand of the records clerk, or of whoever runs the meeting."""
    if field == places.AGENCY:
        return held.role in CHAIR_AND_SECRETARY | {CLERK}
    return documents.owns_place(held, field)


def is_safe() -> bool:
    """Nobody on the way reads a password: over HTTPS, or on this very machine."""
    return request.is_secure or context().settings.secure_cookies or request.remote_addr in LOOPBACK


def take_bytes(held: Held, file: bytes, reason: str) -> documents.Outcome:
    """As if it had come as an upload."""
    folder = content_store.incoming_folder(context().settings)
    with tempfile.NamedTemporaryFile(dir=folder) as kept:
        kept.write(file)
        kept.flush()
        return run_checked(documents.take_in, held.id, Path(kept.name), g.user.id, reason)


# The program on the signer's computer: it fetches the file and sends the signed one by addresses that work once.


def desktop_wish(held: Held, field: str, reason: str) -> dict:
    sha = run_checked(documents.file_to_sign, held)
    with context().pool.writing() as db:
        token = store.make_token(db, held.id, g.user.id, field, sha)
        store.record_outcome(db, store.hash_of(token), {"reason": reason})
    own = context().settings.address  # otherwise as the signer's own browser has found us
    ours = f"{proxies.origin(own) if own else request.host_url.rstrip('/')}/signing/{token}"
    return {
        "service": f"{SERVICE}/{SERVICE_DOORS.get(field, 'SignApproved')}",
        "wish": {
            "FileName": f"{ours}/file.pdf",
            "FileUploadHandler": f"{ours}/done",
            "SessionId": store.hash_of(token)[:32],
            **(
                {"DocNumber": held.number, "IssuedDate": clock.local(clock.now()).isoformat(timespec="seconds")}
                if held.waits_for_number
                else {}
            ),
        },
        "token": token,
    }


@bp.get("/api/issued/<document>/sign/<token>")
@signed_in
def progress(document: str, token: str):
    """`{state: waiting | fetched | done, …}`: what came of an address that one got; done, with what was found."""
    documents.find(document)
    with context().pool.lend() as db:
        row = store.find_token(db, token, g.user.id)
    if not row or row["document"] != document:
        raise Problem("not_found", 404)
    outcome = json.loads(row["told"] or "{}")
    if row["done"] and "code" in outcome:
        return {"state": "done", **outcome}
    return {"state": "fetched" if row["fetched"] else "waiting"}


@bp.get("/signing/<token>/file.pdf")
def fetch(token: str):
    """The file to sign, once, within ten minutes: for the program on the signer's computer, which has no session."""
    row = take_step(token, "fetched")
    answer = send_file(documents.path_of(row["sha"]), mimetype="application/pdf", download_name="file.pdf")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/signing/<token>/done")
def done(token: str):
    """multipart, one file: the signed file, once. `{Status, Message, FileName, FileServer}`, as the program expects."""
    row = take_step(token, "done")
    outcome = judge(row)
    with context().pool.writing() as db:
        store.record_outcome(db, row["hash"], outcome)
    return {"Status": bool(outcome.get("kept")), "Message": outcome["message"], "FileName": "", "FileServer": ""}


def take_step(token: str, step: str) -> dict:
    """Its row. Raises Problem: not_found; for that nobody waits until the database may be written."""
    with context().pool.lend() as db:
        row = store.open_token(db, token, step) if enabled_ways()[DESKTOP] else None
    if row:
        with context().pool.writing() as db:
            row = store.use_token(db, token, step)  # it is asked for in two places at once
    if not row:
        raise Problem("not_found", 404)
    return row


def judge(row: dict) -> dict:
    """As `answer` tells it, or `{code, kept: false, message, …}`: whoever waits for it at the page hears of it."""
    reason = json.loads(row["told"] or "{}").get("reason", "")
    try:
        with receive_upload(request.environ, context().settings, field="") as (arrival, _form):
            check_size(arrival.size)
            return answer(run_checked(documents.take_in, row["document"], arrival.path, row["person"], reason))
    except Problem as problem:
        words_of = problem.details.get("message") or message(problem.code)
        return {**problem.details, "code": problem.code, "kept": False, "message": words_of}
    except Refused as refused:
        return {"code": refused.code, "kept": False, "message": message(refused.code)}
    except RequestEntityTooLarge:
        return {"code": "signed_file_too_large", "kept": False, "message": message("signed_file_too_large")}
    except (printer.Failed, printer.TooMany):
        return {"code": "document_failed", "kept": False, "message": message("document_failed")}
