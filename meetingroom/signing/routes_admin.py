"""Administration of signatures: whom the agency trusts, whose certificate is whose, their pictures, the token."""

import re

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.auth import account_store
from meetingroom.auth.guard import needs
from meetingroom.config import MEGABYTE
from meetingroom.signing import pictures, server_key, store, trust
from meetingroom.signing.answers import enabled_ways
from meetingroom.signing.picture_check import LARGEST_PICTURE, BadPicture, check_picture
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

bp = Blueprint("admin_signing", __name__, url_prefix="/admin/signing")

LARGEST_LIST = 20 * MEGABYTE  # a list of revoked certificates
SERIAL = re.compile(r"[0-9A-F]{1,64}")


@bp.get("")
@needs("admin")
def page(code: str = "", field: str = "", values=None):
    """Roots, intermediates and lists with their fingerprints; signers; what is switched on."""
    with context().pool.lend() as db:
        trusted, signers = store.list_trust(db), store.list_signers(db)
        people = account_store.list_users(db, active=True)
        tries = store.failed_tries(db, server_key.token_id())
    errors = {field: message(code)} if code else {}
    return render_template(
        "signing/admin.html", trusted=trusted, signers=signers, people=people, errors=errors, values=values or {},
        ways=enabled_ways(), tries=tries, most=server_key.MOST_TRIES, now=clock.now(), fingerprint=spaced,
    )  # fmt: skip


@bp.post("/trust")
@needs("admin")
def propose():
    """A certificate or a list is read → its fingerprint, to be compared with the one its authority publishes."""
    brought = request.files.get("file")
    data = brought.stream.read(LARGEST_LIST + 1) if brought else b""
    if len(data) > LARGEST_LIST:
        return page("too_large", "file"), 422
    try:
        found = context().in_thread(trust.read, data)
    except trust.NotTrustable as wrong:
        return page(str(wrong), "file"), 422
    with context().pool.writing() as db:
        store.propose_trust(db, found, g.user.id)
    return redirect(f"/admin/signing/trust/{found.sha}")


@bp.get("/trust/<sha>")
@needs("admin")
def compare(sha: str):
    """The fingerprint for the second time, and the question."""
    with context().pool.lend() as db:
        found = next((each for each in store.list_trust(db) if each["sha"] == sha), None)
    if not found:
        raise Problem("not_found", 404)
    return render_template("signing/confirm.html", each=found, fingerprint=spaced, now=clock.now())


@bp.post("/trust/<sha>/confirm")
@needs("admin")
def confirm(sha: str):
    """It counts from now on."""
    with context().pool.writing() as db:
        if not store.confirm_trust(db, sha, g.user.id):
            raise Problem("not_found", 404)
        account_store.write_audit_line(db, "trust_added", by=g.user.id, subject=sha, name=spaced(sha))
    flash(_("Signatures are checked against it from now on."), "good")
    return redirect("/admin/signing")


@bp.post("/trust/<sha>/remove")
@needs("admin")
def remove(sha: str):
    """It counts no more; signatures kept before keep what was said of them."""
    with context().pool.writing() as db:
        if store.remove_trust(db, sha):
            account_store.write_audit_line(db, "trust_removed", by=g.user.id, subject=sha, name=spaced(sha))
    return redirect("/admin/signing")


@bp.post("/signers")
@needs("admin")
def register():
    """Whose certificate this is, by its serial number or by its file; with a picture, if there is one."""
    values = {key: request.form.get(key, "").strip() for key in ("person", "role", "serial")}
    serial, name = values["serial"].upper().replace(":", "").replace(" ", "").lstrip("0"), ""
    if (brought := request.files.get("certificate")) and brought.filename:
        try:
            serial, name = context().in_thread(trust.read_person, brought.stream.read(100_000))
        except trust.NotTrustable as wrong:
            return page(str(wrong), "certificate", values), 422
    if not SERIAL.fullmatch(serial):
        return page("no_such_serial", "serial", values), 422
    if values["role"] not in (store.PERSON, store.AGENCY):
        return page("not_a_choice", "role", values), 422
    picture = request.files.get("picture")
    try:
        kept = read_picture(picture.stream.read(LARGEST_PICTURE + 1)) if picture and picture.filename else b""
    except BadPicture as wrong:
        return page(str(wrong), "picture", values), 422
    except pictures.NoKey:
        return page("no_signing_key", "picture", values), 422
    with context().pool.writing() as db:
        if not account_store.find_user(db, values["person"]):
            return page("no_such_person", "person", values), 422
        store.save_signer(db, serial, values["person"], values["role"], name, g.user.id)
        if kept:
            store.save_picture(db, serial, kept, g.user.id)
        account_store.write_audit_line(db, "signer_registered", by=g.user.id, subject=values["person"], serial=serial)
    flash(_("The certificate is registered."), "good")
    return redirect("/admin/signing")


def read_picture(data: bytes) -> bytes:
    """Checked, written anew, locked."""
    picture = context().in_thread(check_picture, data)
    return pictures.lock(pictures.key_path(context().settings), picture)


@bp.post("/signers/<serial>/remove")
@needs("admin")
def strike(serial: str):
    """The certificate is nobody's any more; its picture is deleted."""
    with context().pool.writing() as db:
        person = store.find_signers(db).get(serial)
        store.remove_signer(db, serial)
        if person:
            about = {"serial": serial}
            account_store.write_audit_line(db, "signer_removed", by=g.user.id, subject=person.person, **about)
    return redirect("/admin/signing")


@bp.post("/token")
@needs("admin")
def ask_again():
    """The token's PIN was checked with its own program: this server may ask it again."""
    with context().pool.writing() as db:
        store.forget_tries(db, server_key.token_id())
        account_store.write_audit_line(db, "token_released", by=g.user.id)
    flash(_("The token may be asked again."), "good")
    return redirect("/admin/signing")


def spaced(sha: str) -> str:
    """A fingerprint as people compare it: `3A 5C …`."""
    return " ".join(sha.upper()[n : n + 2] for n in range(0, len(sha), 2))
