"""Official documents as those read them who sign them: their page, their files, and signed files that come back."""

from flask import Blueprint, flash, g, redirect, render_template, request, send_file
from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.documents.upload import receive_upload
from meetingroom.meeting.kernel import Actor, Refused
from meetingroom.meeting.stamping import StampNumber
from meetingroom.signing import documents, stamp_command, store, words
from meetingroom.signing.answers import REASON, answer, check_size, describe, enabled_ways, file_name, run_checked
from meetingroom.web import dates
from meetingroom.web.context import context
from meetingroom.web.dispatch import do_command
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

bp = Blueprint("signing", __name__)


@bp.get("/issued/<document>")
@signed_in
def page(document: str):
    """A document: its number, its files, who has signed it; for its signers, the way to sign and to bring it back."""
    held = documents.find(document)
    signs = documents.may_sign(held) and held.state.meeting.status != "archived"
    return render_template(
        "signing/document.html",
        issued=describe(held),
        frame=held.state.meeting,
        signs=signs,
        stamp=stamp_command.offer(held) if signs else None,
        ways=enabled_ways(),
    )


@bp.post("/issued/<document>/stamp")
@signed_in
def stamp(document: str):
    """`date`: number and day are put into the document, by who signs it or numbers it → back to its page."""
    held = documents.find(document)
    documents.check_may_sign(held)
    try:
        wish = StampNumber(held.id, read_day(request.form.get("date", "")))
        run_checked(stamp_command.prepare, held.meeting, wish)
        do_command(held.meeting, wish, Actor(g.user.id, held.role), f"stamp-{clock.new_id()}")
        flash(_("Number and date are in the document."), "good")
    except Refused as refused:
        flash(message(refused.code), "bad")
    return redirect(f"/issued/{held.id}")


def read_day(text: str) -> str:
    """As it is typed here, as a program writes it; "" is today."""
    try:
        return dates.read_day(text) if text.strip() else ""
    except ValueError:
        raise Refused("bad_date", field="date") from None


@bp.get("/api/issued/<document>")
@signed_in
def read(document: str):
    """`{document, kind, number, meeting, version, issued, signatures: [{field, place, signer, serial, at, when, grade,
    words}], open: [{field, place}], files}`, for the staff, and for members what has gone out."""
    return describe(documents.find(document))


@bp.get("/api/issued/<document>/file")
@signed_in
def file(document: str):
    """The PDF as it was made; `?signed=1` as it was signed last (404 if it was not); `?to=sign` the file that the next
    signature is put into."""
    held = documents.find(document)
    if request.args.get("to") == "sign":
        documents.check_may_sign(held)
        sha = run_checked(documents.file_to_sign, held)
    else:
        sha = held.current if request.args.get("signed") else held.document.pdf
    if not sha:
        raise Problem("nothing_signed", 404)
    name = f"{file_name(held)}{'-da-ky' if sha == held.current else ''}.pdf"
    answer = send_file(
        documents.path_of(sha), mimetype="application/pdf", download_name=name, etag=sha, conditional=True,
        as_attachment=bool(request.args.get("download")),
    )  # fmt: skip
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@bp.post("/api/issued/<document>/signed")
@signed_in
def bring(document: str):
    """multipart `file`, `reason`?: a signed PDF comes back. It is kept if it is the document with signatures only; 422
    `signed_file_refused` says what differs and where; 409 `reason_needed`, what is to be looked at before it is kept.

    `{kept, code, accepted, message, reasons, signatures, fields, warnings}`, in an error beside its message.
    """
    held = documents.find(document)
    documents.check_may_sign(held)
    with receive_upload(request.environ, context().settings) as (arrival, form):
        check_size(arrival.size)
        reason = form.get("reason", "").strip()[:REASON]
        return answer(run_checked(documents.take_in, held.id, arrival.path, g.user.id, reason))


@bp.post("/api/issued/<document>/check")
@signed_in
def try_out(document: str):
    """multipart `file`: the same check, and nothing is kept; for everybody who may read the document."""
    held = documents.find(document)
    with receive_upload(request.environ, context().settings) as (arrival, _form):
        check_size(arrival.size)
        return words.as_json(run_checked(documents.check_file, held, arrival.path, g.user.id))


@bp.get("/signatures")
@signed_in
def check_page():
    """Whose signatures a PDF holds, and whether it is one of the documents of this agency: for everybody here."""
    return render_template("signing/check.html")


@bp.post("/api/signatures/check")
@signed_in
def check_any():
    """multipart `file`: the signatures of any PDF → `{code, accepted, message, reasons, signatures, known?: {document,
    number, name, address}}`; `known` is the document of this agency that the file is, where the reader may know it."""
    with receive_upload(request.environ, context().settings) as (arrival, _form):
        check_size(arrival.size)
        with context().pool.lend() as db:
            document, _meeting = store.owner_of_file(db, arrival.sha)
        held = None
        if document:
            try:
                held = documents.find(document)
            except Problem:
                held = None
        answer = words.as_json(
            run_checked(documents.check_file, None, arrival.path, g.user.id, arrival.sha if document else "")
        )
    if held:
        name = " ".join(part for part in (words.kind(held.document.kind), held.number) if part)
        known = {"document": held.id, "number": held.number, "name": f"{name}, {held.state.meeting.title}"}
        answer["known"] = {**known, "address": f"/issued/{held.id}"}
    return answer
