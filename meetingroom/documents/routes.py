"""Uploads, their progress, their pages."""

import hashlib

from flask import Blueprint, Response, current_app, g, request

from meetingroom import clock, log
from meetingroom.auth import account_store as people
from meetingroom.auth import guard
from meetingroom.auth.guard import signed_in
from meetingroom.auth.throttle import Counted
from meetingroom.documents import (
    access,
    content_store,
    file_names,
    kinds,
    messages,
    office,
    page_bundle,
    preflight,
    reader,
    recognisable,
    serving,
    site_copies,
    stamp,
    store,
    warnings,
)
from meetingroom.documents import fetched_store as fetched
from meetingroom.documents import openings_store as openings
from meetingroom.documents import upload as incoming
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.store import INGEST, TIDY
from meetingroom.jobs import heartbeat, queue
from meetingroom.meeting import checks
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("documents", __name__)
bp.after_request(site_copies.answer_site)


@bp.record_once
def prepare(state) -> None:
    state.app.extensions["meetingroom.uploads"] = Counted("60/minute;600/hour")


def uploads() -> Counted:
    return current_app.extensions["meetingroom.uploads"]


STATUS = {"unsupported_type": 415, "libreoffice_missing": 503}
REASON_LENGTH = 10
REQUEST_ID = 80


@bp.post("/api/meetings/<meeting>/documents")
@signed_in
def upload(meeting: str):
    """multipart `file`, `item`? (the paper is attached to it when ready), `override_reason`? → 202 `{id, status}`.

    A ZIP becomes the papers in it, uploads of their own, and its own id goes; with `single` it is refused. An `id` (of
    the request, up to 80 letters): the same file sent again under it is taken once.
    """
    guard.require_staff(meeting)
    if seconds := uploads().wait(g.user.id):  # before its body is taken in
        raise Problem("too_many_uploads", 429, retry_after=seconds)
    state = log.state(context().pool, meeting)
    checks.check_changeable(state)
    checks.check_not_secret(state)
    settings = context().settings
    began = clock.now()  # before its body is taken in: a large file may be chosen first and be there last
    with incoming.receive_upload(request.environ, settings) as (arrival, form):
        if item := form.get("item", ""):
            checks.item(state, item)
        filename = file_names.tidy_name(arrival.filename)
        kind = check_upload(arrival, filename, single=bool(form.get("single")))
        stamp, reason = file_names.find_secrecy_stamp(filename), form.get("override_reason", "").strip()[:500]
        if stamp and len(reason) < REASON_LENGTH:
            raise Problem("secret_stamp", 422, stamp=stamp, override="override_reason")
        wanted = new_document_id(meeting, form.get("id", ""))
        with context().pool.writing() as db:
            if wanted and (before := store.find_document(db, wanted)):
                if before["sha"] == arrival.sha:
                    return {"id": wanted, "status": before["status"]}, 202
                wanted = ""
            # Inside the transaction, so that tidying up after the last document of the same file cannot come between.
            content_store.take_in(settings, arrival.path, arrival.sha)
            document = store.add_document(
                db,
                meeting=meeting,
                item=item,
                sha=arrival.sha,
                filename=filename,
                title=file_names.title_of(filename)[: checks.TITLE_LENGTH],
                ending=kind.ending,
                size=arrival.size,
                by=g.user.id,
                id=wanted,
                at=began,
            )
            if stamp:
                about = {"filename": filename, "stamp": stamp, "reason": reason}
                people.write_audit_line(db, "stamp_overridden", by=g.user.id, subject=document, **about)
            queue.request_job(db, INGEST, document)
    queue.wake_worker(settings)
    return {"id": document, "status": "processing"}, 202


def new_document_id(meeting: str, request_id: str) -> str:
    """The id of the document that this request of this person makes; "" for a request without an id."""
    if not 0 < len(request_id) <= REQUEST_ID:
        return ""
    return hashlib.sha256(f"{g.user.id}/{meeting}/{request_id}".encode()).hexdigest()[:16]


def check_upload(arrival: incoming.Arrival, filename: str, single: bool) -> kinds.Kind:
    """What the first bytes tell; the worker looks deeper."""
    try:
        kind = preflight.inspect_quickly(arrival.path, filename)
        if kind.is_office and not office.available(kind.ending):
            raise FileRejected("libreoffice_missing")
        if single and kind.family == "folder":
            raise FileRejected("unsupported_type")
    except FileRejected as rejected:
        details = {**rejected.details, "message": messages.sentence_for(rejected.code, rejected.details)}
        raise Problem(rejected.code, STATUS.get(rejected.code, 422), **details) from None
    return kind


@bp.get("/api/meetings/<meeting>/documents")
@signed_in
def documents(meeting: str):
    """`{documents, kinds, limit, office, worker}`: every upload of the meeting, and what may be uploaded here."""
    guard.require_staff(meeting)
    with context().pool.lend() as db:
        found = store.list_documents(db, meeting)
        recognised = {row["sha"]: store.list_recognised(db, row["sha"]) for row in found if row["of"]}
    settings = context().settings
    return {
        "documents": [describe_document(row, recognised.get(row["sha"])) for row in found],
        "kinds": [ending for ending, kind in kinds.KINDS.items() if not kind.is_office or office.available(ending)],
        "limit": settings.upload_limit,
        "pages": settings.page_limit,
        "office": office.available(),
        "worker": heartbeat.worker_alive(settings),
    }


@bp.get("/api/documents/<document>")
@signed_in
def progress(document: str):
    """`{id, status: processing|ready|failed, stage, progress, pages, ready_pages, failed_pages, error?, …}`.

    `recognition: {state: waiting | done | off | missing, done, of, found, hard: [pages]}` where pages have no words of
    their own. Of an earlier version of a paper also `newest: {paper, document, version}` and its own number `n`.
    For the staff also `warnings: [{code, page?, detail?, message}]`: what to look at before others see the paper.
    Who may see some of its pages alone is told `{id, status, pages, shape, t}`.
    """
    sight = access.find_visible(document)
    if sight.pages is not None:  # what the file is called, and how its other pages are, is told to those who see it
        return {key: sight.row[key] for key in ("id", "status", "pages", "shape", "t")}
    with context().pool.lend() as db:
        recognised = store.list_recognised(db, sight.row["sha"])
        row = {**sight.row, **store.count_pages(db, document)}
        newest = store.find_newest(db, document)
    answer = describe_document(row, recognised, staff=sight.staff)
    if newest:
        answer |= {"n": newest.pop("n"), "newest": newest}
    return answer


def describe_document(row: dict, recognised: dict[int, int] | None = None, staff: bool = True) -> dict:
    """A document as screens get it. What its owner should know of it is for the staff only."""
    answer = {key: row[key] for key in ("id", "meeting", "filename", "title", "bytes", "status", "progress", "at")}
    answer |= {key: row[key] for key in ("pages", "ready_pages", "failed_pages", "shape", "t")}
    answer |= {key: row[key] for key in ("item", "stage") if row[key]}
    answer["kind"] = row["type"]
    answer["attached"] = bool(row["attached"])
    answer["error"] = None
    if row["status"] == "failed":
        answer["error"] = {"code": row["error"], "message": messages.sentence_for(row["error"], row["detail"])}
        answer["may_retry"] = row["error"] not in messages.FINAL and not row["detail"].get("final")
    elif row["failed_pages"]:
        answer["may_retry"] = not row["attached"]
    if recognition := recognisable.describe(context().settings, row["of"], recognised or {}):
        answer["recognition"] = recognition
    if staff:
        answer["warnings"] = warnings.with_messages(row["warnings"])
    if "only_first" in row["detail"]:
        answer["only_first"] = row["detail"]["only_first"]
    return answer


@bp.delete("/api/documents/<document>")
@signed_in
def remove(document: str):
    """Deletes an upload → 204. Not while it is a paper of the meeting: withdraw that first."""
    row = access.find_for_staff(document)
    if row["attached"]:
        raise Problem("document_attached", 409)
    with context().pool.writing() as db:
        store.remove_document(db, document)
        people.write_audit_line(db, "document_deleted", by=g.user.id, subject=document, filename=row["filename"])
        queue.request_job(db, TIDY, row["sha"])
    queue.wake_worker(context().settings)
    return "", 204


@bp.post("/api/documents/<document>/retry")
@signed_in
def retry(document: str):
    """→ 202 `{id, status}`: a failed document, or one with failed pages, is done again; good pages stay."""
    row = access.find_for_staff(document)
    if row["attached"]:
        raise Problem("document_attached", 409)
    with context().pool.writing() as db:
        if row["status"] != "failed" and not store.list_failed_pages(db, document):
            raise Problem("nothing_to_retry", 409)
        store.mark_again(db, document)
        queue.request_job(db, INGEST, document)
    queue.wake_worker(context().settings)
    return {"id": document, "status": "processing"}, 202


@bp.get("/documents/<document>/pages/<int:number>.webp")
def page(document: str, number: int):
    """The picture of a page. `?w=480|1920|2880`: the long edge in pixels (1920 if left out).

    Of a restricted paper a JPEG of 1920 with the reader's name, made for each opening; no small picture (404). Of a
    case in a meeting that runs a JPEG with the name, too, of 1920 and more. With `X-Meetingroom-Ahead: 1` a picture is
    fetched to lie ready, and nobody has opened the paper; 204 without a picture for a page of a case that is not drawn,
    or that the asker may see only when it is shown: it is made ready here.
    """
    size = request.args.get("w", "1920")
    if size not in {str(each) for each in content_store.SIZES}:
        raise Problem("malformed", 400, fields={"w": "480 | 1920 | 2880"})
    try:
        sight, record = seen_page(document, number)
    except Problem:
        to_lie_ready = AHEAD in request.headers and not site_copies.asks_right()
        if to_lie_ready and (row := access.awaited(document, number)):
            return make_ready(row, number)
        raise
    if sight.uncopied and (sight.row["attached"] or sight.row["home"]):
        return stamped_page(sight, record, int(size))
    if sight.named and int(size) >= stamp.SIZE:
        return named_page(sight, record, int(size))
    answer = serving.page(context().settings, sight, record, int(size))
    opened = int(size) >= stamp.SIZE and AHEAD not in request.headers
    reader.note(sight, 1 << number, page=number if opened else 0, glance=int(size) < stamp.SIZE)
    return answer


AHEAD = "X-Meetingroom-Ahead"
MINUTE = 60_000  # ms: a page of a case that is looked at again within one is the same picture


def stamped_page(sight: access.Sight, record: dict, size: int) -> Response:
    """The opening is written down first: no picture goes out that the list does not know."""
    contents, number = content_store.ContentStore(context().settings, sight.row["sha"]), record["n"]
    path = contents.page(number, stamp.SIZE)
    if size < stamp.SIZE or (AHEAD in request.headers and not sight.row["home"]):
        raise Problem("not_found", 404)
    if sight.row["home"]:
        return named_page(sight, record, stamp.SIZE)
    if not path.exists():
        raise serving.answer_missing(context().settings, sight, record)
    person, device = reader.reader()
    asker = f"{person}/{device}/{sight.row['id']}"
    with context().pool.lend() as db:
        opening = openings.find_recent(db, sight.row, number, person, device)
        next_too = openings.find_recent(db, sight.row, number + 1, person, device)
    if opening is None:
        code = stamp.code_of_ready(path, asker)
        with context().pool.writing() as db:
            opening = openings.find_recent(db, sight.row, number, person, device) or openings.add_page(
                db, sight.row, number, person, device, code
            )
    fetched.note(context().pool, sight.row, device, person, 1 << number, "memory")
    picture = stamp.stamped(path, reader.named(), opening, asker)
    if not next_too and (following := contents.page(number + 1, stamp.SIZE)).exists():
        stamp.draw_ahead(following, reader.named(), asker, openings.new_code())
    return Response(picture, mimetype="image/jpeg", headers={"Cache-Control": "no-store"})


def named_page(sight: access.Sight, record: dict, size: int) -> Response:
    """Of what belongs to no meeting: who has read it is written down there."""
    path = serving.best_page(context().settings, sight, record, size)
    reader.note(sight, 1 << record["n"], page=0 if AHEAD in request.headers else record["n"])
    at = clock.now() // MINUTE * MINUTE
    picture = stamp.stamped(path, reader.named(), ("", at), g.user.id, size)
    return Response(picture, mimetype="image/jpeg", headers={"Cache-Control": "no-store"})


def make_ready(row: dict, number: int) -> Response:
    """What may be shown to the asker next is drawn with their name, all but its foot: they have nothing of it yet."""
    path = content_store.ContentStore(context().settings, row["sha"]).page(number, stamp.SIZE)
    if g.user and path.exists():
        stamp.draw_ahead(path, reader.named(), g.user.id, "")
    return Response(status=204, headers={"Cache-Control": "no-store"})


@bp.post("/api/documents/<document>/pages/<int:number>/opened")
def page_opened(document: str, number: int):
    """→ 204: a page of a case that was fetched to lie ready is on the asker's screen now. 404 for other papers."""
    sight, _ = seen_page(document, number)
    if not sight.row["home"]:
        raise Problem("not_found", 404)
    reader.note(sight, 1 << number, page=number)
    return "", 204


@bp.get("/api/documents/<document>/pages/<int:number>/there")
def page_is_there(document: str, number: int):
    """→ 204 where the page is there for the asker, else 404: for a screen that has it. Nobody has opened it."""
    seen_page(document, number)
    return "", 204


@bp.get("/documents/<document>/pages/bundle-<int:number>")
def bundle(document: str, number: int):
    """Thirty-two pages at once, in the form that `documents/page_bundle.py` describes; 404 where pages are fetched one
    by one."""
    sight = access.sight_of_all(document)
    site_copies.only_for_all(sight)
    answer = serving.bundle(context().settings, sight, number)
    reader.note(sight, bits_of_bundle(sight, number))
    return answer


def bits_of_bundle(sight: access.Sight, number: int) -> int:
    first = number * page_bundle.PAGES + 1
    last = min(first + page_bundle.PAGES - 1, sight.row["pages"])
    return sum(1 << page for page in range(first, last + 1))


@bp.get("/documents/<document>/pages/<int:number>.json")
def words(document: str, number: int):
    """`{t, page, source: pdf | ocr, conf, flat, width, height, words: [{text, box: [x, y, width, height]}]}`, boxes in
    fractions of the page. `?t=`: the revision of the text, as the document tells it; the answer is kept only for it.
    """
    sight, record = seen_page(document, number)
    if sight.uncopied:
        raise Problem("not_found", 404)
    answer = serving.words(context().settings, sight, record)
    reader.note(sight, 1 << number)
    return answer


@bp.get("/documents/<document>/pages/words-<int:number>")
def words_bundle(document: str, number: int):
    """Thirty-two pages of words (`documents/page_words.py`), of a paper that all may read. `?t=` as for one page."""
    sight = access.sight_of_all(document)
    site_copies.only_for_all(sight)
    answer = serving.words_bundle(context().settings, sight, number)
    reader.note(sight, bits_of_bundle(sight, number))
    return answer


def seen_page(document: str, number: int):
    sight = access.sight_of(document, number)
    site_copies.only_for_all(sight)
    with context().pool.lend() as db:
        record = store.find_page(db, document, number)
    if record is None:
        raise Problem("not_found", 404)
    return sight, record


@bp.get("/documents/<document>/file")
@signed_in
def original(document: str):
    """The file as it was uploaded, for the staff and where the paper may be downloaded."""
    sight = access.find_visible(document)
    if not sight.download:
        raise Problem("not_allowed", 403)
    answer = serving.download(context().settings, sight.row)
    reader.note(sight, (1 << sight.row["pages"] + 1) - 2, page=1)
    return answer
