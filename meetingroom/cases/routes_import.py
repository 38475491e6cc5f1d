"""What has come becomes documents of volumes, once a person has said what it is; and how they are changed later."""

import secrets
from dataclasses import replace

from flask import Blueprint, g, request

from meetingroom.auth.guard import signed_in
from meetingroom.cases import (
    arrivals,
    bounds,
    describe,
    fields,
    importing,
    joining,
    log_store,
    numbers,
    off_stage,
    removed,
    store,
    store_numbers,
    upload_store,
)
from meetingroom.cases.access import case_for, case_to_edit
from meetingroom.cases.media import arriving
from meetingroom.cases.media import store as media
from meetingroom.cases.problems import check_name, rejected, wrong_field
from meetingroom.documents import content_store
from meetingroom.documents import store as documents
from meetingroom.documents import upload as incoming
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.store import TIDY
from meetingroom.jobs import queue
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_json_object

bp = Blueprint("case_import", __name__)
MOST_ROWS = 500  # confirmed at once


def said_of(body) -> dict:
    """Raises Problem: case_fields (422)."""
    if not hasattr(body, "get"):
        raise Problem("malformed", 400)
    try:
        return importing.read_row(body)
    except fields.Wrong as wrong:
        raise wrong_field(wrong) from None


@bp.post("/api/cases/<case>/import")
@signed_in
def confirm(case: str):
    """`{rows: [{upload, volume, volume_title?, title?, kind?, date?, bl_from?, bl_to?}]}`: uploads that have arrived
    become documents → 201 `{documents: [{upload, id, differs?}], media: [{upload, id}]}`; `differs`: somebody had
    confirmed it before and said something else of it, which stands. With `as: medium` (and `title?`,
    `caption?`, `bl?`) a picture becomes a photo of the case; audio and video always do so. All of them or none; asked
    twice, done once."""
    case_to_edit(case)
    rows = read_json_object().get("rows")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_ROWS:
        raise Problem("malformed", 400)
    made: dict[str, list[dict]] = {"documents": [], "media": []}
    names: list[dict] = []
    with context().pool.writing() as db:
        titles = importing.titles(db, case, upload_store.list_uploads(db, case))
        for row in rows:
            upload = row.get("upload") if isinstance(row, dict) else None
            if not isinstance(upload, str) or row.get("as", "document") not in ("document", "medium"):
                raise Problem("malformed", 400)
            kept, id, file = take(db, case, upload, row, titles)
            differs = {"differs": True} if not file and kept == "documents" and is_other(db, case, id, row) else {}
            made[kept].append({"upload": upload, "id": id, **differs})
            if file:
                upload_store.remove(db, upload)
                entry = {"name": file["filename"], "sha256": file["sha"], SINGLE[kept]: id}
                pages = joining.confirm(db, upload)
                names.append({**entry, "pages": pages} if pages else entry)
        if names:
            bounds.check(db, case, "case_documents", new=0)
            log_store.add(db, case, "imported", g.user.id, count=len(names), files=names)
    queue.wake_worker(context().settings)
    return made, 201


def is_other(db, case: str, document: str, row: dict) -> bool:
    """Whether a document is said to be something else than what is asked for now."""
    said, there = said_of(row), found(db, case, document)
    there = {**there, "volume": there["volume_no"]}
    return any(
        said[key] and said[key] != there[key] for key in ("title", "volume", "bl_from", "bl_to", "date") if key in said
    )


SINGLE = {"documents": "document", "media": "media"}


def take(db, case: str, upload: str, row: dict, titles: dict[str, str]) -> tuple[str, str, dict | None]:
    """What an upload became: documents or media, its id, and the file where it became it now."""
    document, medium = importing.document_id(upload), arriving.medium_id(upload)
    if store.find_document(db, case, document):
        return "documents", document, None
    if media.find(db, case, medium):
        return "media", medium, None
    file = upload_store.find(db, case, upload)
    if file is None:
        raise Problem("not_found", 404)
    if file["state"] != upload_store.ARRIVED:
        raise Problem("case_not_arrived", 409, upload=upload)
    shown = arriving.is_recording(file["type"]) or row.get("as") == "medium"
    if not shown:
        said = said_of(row)
        said["title"] = said.get("title") or titles.get(file["filename"], "")
        importing.add(db, case, file, said, g.user.id)
        return "documents", document, file
    if not arriving.may_be_shown(file["type"]):
        raise Problem("media_as", 422, upload=upload)
    if media.count(db, case) >= media.MOST:
        raise Problem("media_many", 409)
    try:
        said = arriving.read_fields(row)
    except fields.Wrong as wrong:
        raise wrong_field(wrong) from None
    arriving.add(db, case, file, said, g.user.id)
    return "media", medium, file


@bp.post("/api/cases/<case>/documents")
@signed_in
def upload_one(case: str):
    """One file in one request: multipart `file`, and what an import says of it (`volume`, `title`, …) → 202 `{id,
    status}`; a ZIP → 202 `{upload}`, whose files wait to be confirmed. Large files better come in pieces."""
    case_to_edit(case)
    settings = context().settings
    with incoming.receive_upload(request.environ, replace(settings, upload_limit=settings.case_file_limit)) as arrived:
        arrival, form = arrived
        said = said_of(form)
        name = arrivals.tidy_path(arrival.filename)
        stamp, reason = check_name(name, form.get("override_reason", "")), form.get("override_reason", "")
        try:
            kind = arrivals.look(arrival.path, name)
        except FileRejected as wrong:
            raise rejected(wrong.code, 422, **wrong.details) from None
        id = secrets.token_hex(16)
        about = {"case": case, "by": g.user.id, "filename": name, "length": arrival.size, "offset": arrival.size}
        with context().pool.writing() as db:
            importing.note_stamp(db, case, g.user.id, name, stamp, reason)
            if kind.family == arriving.FAMILY:
                raise Problem("media_as", 422)
            if kind.family == "folder":
                arrival.path.replace(arrivals.path_of(settings, id))
                upload_store.add(db, id=id, state=upload_store.CHECKING, **about)
                queue.request_once(db, arrivals.CHECK, id)
                answer = {"upload": id}
            else:
                content_store.take_in(settings, arrival.path, arrival.sha)
                file = {**about, "id": id, "sha": arrival.sha, "type": kind.ending}
                document = importing.add(db, case, file, said, g.user.id)
                bounds.check(db, case, "case_documents", new=0)
                files = [{"name": name, "sha256": arrival.sha, "document": document}]
                log_store.add(db, case, "imported", g.user.id, count=1, files=files)
                answer = {"id": document, "status": "processing"}
    queue.wake_worker(settings)
    return answer, 202


@bp.get("/api/cases/<case>/documents/<document>")
@signed_in
def one_document(case: str, document: str):
    """`{id, title, kind, date, bl_from, bl_to, status, stage, progress, pages, ready_pages, failed_pages, sha, …}`."""
    edits = case_for(case)["role"] in store.EDITORS
    with context().pool.lend() as db:
        return describe.document(found(db, case, document), edits)


def found(db, case: str, document: str) -> dict:
    row = store.find_document(db, case, document)
    if row is None:
        raise removed.missing(db, case, document)
    return row


@bp.patch("/api/cases/<case>/documents/<document>")
@signed_in
def change_document(case: str, document: str):
    """`{title?, kind?, date?, bl_from?, bl_to?, volume?, place?}` → the document."""
    case_to_edit(case)
    body = read_json_object()
    said = said_of(body)
    place = body.get("place")
    if place is not None and (type(place) is not int or not 0 < place < 100_000):
        raise Problem("malformed", 400)
    if said.get("title") == "":
        raise wrong_field(fields.Wrong("title", "needed"))
    with context().pool.writing() as db:
        row = found(db, case, document)
        changes = {key: said[key] for key in ("title", "kind", "date", "bl_from", "bl_to") if key in said}
        if "volume" in said:
            volume = store.volume_of(db, case, said["volume"])
            if volume != row["volume"]:
                changes |= {"volume": volume, "place": store.next_place(db, case, volume)}
                numbers.pages_changed(db, case, {row["volume"], volume}, g.user.id)
        if place is not None:
            changes["place"] = place
        changes = {key: value for key, value in changes.items() if row[key] != value}
        if changes:
            store.change_document(db, document, changes)
            about = {"document": document, "title": row["title"], "fields": sorted(changes)}
            log_store.add(db, case, "document_changed", g.user.id, **about)
        return describe.document(found(db, case, document), edits=True)


@bp.delete("/api/cases/<case>/documents/<document>")
@signed_in
def remove_document(case: str, document: str):
    """Takes a document out of the case, its pages and its file with it → 204."""
    case_to_edit(case)
    with context().pool.writing() as db:
        row = found(db, case, document)
        numbers.pages_changed(db, case, {row["volume"]}, g.user.id)
        store.remove_document(db, document)
        store_numbers.drop_document(db, document)
        documents.remove_document(db, document)
        queue.request_job(db, TIDY, row["sha"])
        about = {"document": document, "title": row["title"], "sha256": row["sha"], "pages": row["pages"]}
        log_store.add(db, case, "document_removed", g.user.id, **about)
        gone = off_stage.ask(db, case, row["title"], document=document)
    off_stage.at_once(gone)
    queue.wake_worker(context().settings)
    return "", 204


@bp.post("/api/cases/<case>/documents/<document>/retry")
@signed_in
def retry(case: str, document: str):
    """A failed document, or one with failed pages, is done again; good pages stay → 202 `{id, status}`."""
    case_to_edit(case)
    with context().pool.writing() as db:
        row = found(db, case, document)
        if row["status"] != "failed" and not documents.list_failed_pages(db, document):
            raise Problem("nothing_to_retry", 409)
        documents.mark_again(db, document)
        queue.request_once(db, store.FIRST, document)
    queue.wake_worker(context().settings)
    return {"id": document, "status": "processing"}, 202


@bp.post("/api/cases/<case>/volumes")
@signed_in
def add_volume(case: str):
    """`{no, title?}` → 201 `{id}`; a volume that is there already is the same one."""
    case_to_edit(case)
    body = read_json_object()
    said = said_of({"volume": body.get("no"), "volume_title": body.get("title", "")})
    with context().pool.writing() as db:
        known = {row["no"] for row in store.list_volumes(db, case)}
        volume = store.volume_of(db, case, said["volume"], said["volume_title"])
        if said["volume"] not in known:
            log_store.add(db, case, "volume_added", g.user.id, no=said["volume"], title=said["volume_title"])
    return {"id": volume}, 201


@bp.patch("/api/cases/<case>/volumes/<volume>")
@signed_in
def change_volume(case: str, volume: str):
    """`{title}` → `{id, no, title}`."""
    case_to_edit(case)
    said = said_of({"volume_title": read_json_object().get("title")})
    with context().pool.writing() as db:
        row = store.find_volume(db, case, volume)
        if row is None:
            raise Problem("not_found", 404)
        store.change_volume(db, volume, {"title": said["volume_title"]})
        log_store.add(db, case, "volume_changed", g.user.id, no=row["no"], title=said["volume_title"])
    return {"id": volume, "no": row["no"], "title": said["volume_title"]}


@bp.delete("/api/cases/<case>/volumes/<volume>")
@signed_in
def remove_volume(case: str, volume: str):
    """An empty volume goes → 204; 409 while there is a document in it."""
    case_to_edit(case)
    with context().pool.writing() as db:
        row = store.find_volume(db, case, volume)
        if row is None:
            raise Problem("not_found", 404)
        if any(each["volume"] == volume for each in store.list_documents(db, case)):
            raise Problem("case_volume_full", 409)
        store.remove_volume(db, volume)
        log_store.add(db, case, "volume_removed", g.user.id, no=row["no"], title=row["title"])
    return "", 204
