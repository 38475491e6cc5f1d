"""Photos, audio and video of a case as data: the list, how they come, what is said of them, parts and stills."""

import secrets
from dataclasses import replace

from flask import Blueprint, g, request
from werkzeug.exceptions import RequestEntityTooLarge

from meetingroom.auth.guard import signed_in
from meetingroom.cases import arrivals, fields, importing, log_store, off_stage
from meetingroom.cases.access import case_for, case_to_edit
from meetingroom.cases.media import arriving, describe, ffmpeg, formats, store, words
from meetingroom.cases.problems import check_stamp, rejected, wrong_field
from meetingroom.config import MEGABYTE
from meetingroom.documents import file_names, upload
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.store import TIDY
from meetingroom.jobs import heartbeat, queue
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_json_object

bp = Blueprint("case_media", __name__)


@bp.get("/api/cases/<case>/media")
@signed_in
def list_media(case: str):
    """`{media: [{id, kind: photo | audio | video, title, caption, bl, pages, state: waiting | working | ready | failed,
    percent, seconds, width, height, sha256, label, transcoded, missing?, clips: [{id, title, from, to}], source,
    second, error?: {code, message, again}, …}], ffmpeg, worker, limit, hours, kinds}`; times in seconds, `limit` in
    bytes. `label` says of what was made anew that it is a viewing copy, `missing` how much of a recording that was cut
    could not be read."""
    case_for(case)
    settings = context().settings
    with context().pool.lend() as db:
        clips = store.clips_by_media(db, case)
        media = [describe.whole(db, row, clips.get(row["id"], [])) for row in store.list_media(db, case)]
    return {
        "media": media,
        "ffmpeg": ffmpeg.available(),
        "worker": heartbeat.worker_alive(settings),
        "limit": settings.case_file_limit,
        "hours": settings.case_media_hours,
        "kinds": sorted(formats.RECORDINGS | formats.PICTURES),
    }


@bp.post("/api/cases/<case>/media")
@signed_in
def add(case: str):
    """One file in one request: multipart `file`, `title?`, `caption?`, `bl?`, `override_reason?` → 201 `{id, state}`.
    Large files better come in pieces (`/uploads`, then `/import` with `as: medium`)."""
    case_to_edit(case)
    settings = context().settings
    limit = settings.case_file_limit
    try:
        with upload.receive_upload(request.environ, replace(settings, upload_limit=limit)) as (arrival, form):
            said = said_of(form)
            name = arrivals.tidy_path(arrival.filename)
            if not formats.promises(file_names.tidy_name(name)):
                raise rejected("media_unsupported", 415)
            reason = form.get("override_reason", "")
            stamp = check_stamp(name, reason)
            try:
                type = arriving.photo_or_recording(arrival.path)
            except FileRejected as wrong:
                raise rejected(wrong.code, 422, **wrong.details) from None
            with context().pool.writing() as db:
                check_room(db, case)
                file = {"id": secrets.token_hex(16), "filename": name, **arriving.take_in(settings, arrival, type)}
                importing.note_stamp(db, case, g.user.id, name, stamp, reason)
                id = arriving.add(db, case, file, said, g.user.id)
                row = found(db, case, id)
                log_store.add(db, case, "media_added", g.user.id, title=row["title"], media=id, sha256=row["sha"])
    except RequestEntityTooLarge:
        raise rejected("file_too_large", 413, limit=limit // MEGABYTE) from None
    queue.wake_worker(settings)
    return {"id": id, "state": store.WAITING}, 201


def said_of(body) -> dict:
    """Raises Problem: case_fields (422)."""
    try:
        return arriving.read_fields(body)
    except fields.Wrong as wrong:
        raise wrong_field(wrong) from None


def check_room(db, case: str) -> None:
    if store.count(db, case) >= store.MOST:
        raise Problem("media_many", 409)


def found(db, case: str, media: str) -> dict:
    row = store.find(db, case, media)
    if row is None:
        raise Problem("not_found", 404)
    return row


@bp.get("/api/cases/<case>/media/<media>")
@signed_in
def one(case: str, media: str):
    """One of them, as the list has it."""
    case_for(case)
    with context().pool.lend() as db:
        return describe.whole(db, found(db, case, media), store.list_clips(db, case, media))


@bp.patch("/api/cases/<case>/media/<media>")
@signed_in
def change(case: str, media: str):
    """`{title?, caption?, bl?}` → it, as the list has it."""
    case_to_edit(case)
    said = said_of(read_json_object())
    if said.get("title") == "":
        raise wrong_field(fields.Wrong("title", "needed"))
    with context().pool.writing() as db:
        row = found(db, case, media)
        changes = {key: value for key, value in said.items() if row[key] != value}
        if changes:
            store.change(db, media, **changes)
            about = {"media": media, "title": row["title"], "fields": sorted(changes)}
            log_store.add(db, case, "media_changed", g.user.id, **about)
        return describe.whole(db, found(db, case, media), store.list_clips(db, case, media))


@bp.delete("/api/cases/<case>/media/<media>")
@signed_in
def remove(case: str, media: str):
    """Takes it out of the case, with its file, its view and its parts → 204. Stills that were taken of it stay."""
    case_to_edit(case)
    with context().pool.writing() as db:
        row = found(db, case, media)
        store.remove(db, case, media)
        if row["sha"]:
            queue.request_job(db, TIDY, row["sha"])
        log_store.add(db, case, "media_removed", g.user.id, title=row["title"], media=media, sha256=row["sha"])
        gone = off_stage.ask(db, case, row["title"], media=media)
    off_stage.at_once(gone)
    queue.wake_worker(context().settings)
    return "", 204


@bp.post("/api/cases/<case>/media/<media>/cancel")
@signed_in
def cancel(case: str, media: str):
    """What waits or is being prepared is stopped; the original stays → 202 `{id, state}`; 409 of anything else."""
    case_to_edit(case)
    with context().pool.writing() as db:
        row = found(db, case, media)
        if row["state"] not in (store.WAITING, store.WORKING):
            raise Problem("media_not_running", 409)
        store.mark_failed(db, media, "media_cancelled", {})
        log_store.add(db, case, "media_cancelled", g.user.id, title=row["title"], media=media)
    return {"id": media, "state": store.FAILED}, 202


@bp.post("/api/cases/<case>/media/<media>/retry")
@signed_in
def retry(case: str, media: str):
    """What failed or was cancelled is done again → 202 `{id, state}`; 409 of anything else."""
    case_to_edit(case)
    with context().pool.writing() as db:
        row = found(db, case, media)
        if row["state"] != store.FAILED:
            raise Problem("media_not_failed", 409)
        store.mark_waiting(db, media)
        queue.request_once(db, store.CONVERT if row["sha"] else store.STILL, media)
        log_store.add(db, case, "media_retried", g.user.id, title=row["title"], media=media)
    queue.wake_worker(context().settings)
    return {"id": media, "state": store.WAITING}, 202


@bp.post("/api/cases/<case>/media/<media>/stills")
@signed_in
def keep_still(case: str, media: str):
    """`{at (seconds), title?, bl?, caption?}`: the picture of a video at this moment becomes a photo of the case, which
    names the video and the second (`source`, `second`) → 201 `{id, state}`."""
    case_to_edit(case)
    body = read_json_object()
    said = said_of(body)
    with context().pool.writing() as db:
        row = found(db, case, media)
        if row["kind"] != formats.VIDEO or row["state"] != store.READY:
            raise Problem("media_no_video", 409)
        at = second_of(body.get("at"), row)
        check_room(db, case)
        name = f"{row['title']} – {words.time_of(at)}"[: fields.TITLE_LENGTH]
        about = {
            "title": said.get("title") or name,
            "caption": said.get("caption", ""),
            "bl": said.get("bl", row["bl"]),
        }
        id = store.add(
            db, case=case, kind=formats.PHOTO, **about, filename=f"{media}-{int(at)}.png", sha="", bytes=0,
            format="png", source=media, second=at, by=g.user.id,
        )  # fmt: skip
        queue.request_once(db, store.STILL, id)
        line = {"title": row["title"], "time": words.time_of(at), "media": id, "source": media}
        log_store.add(db, case, "media_still", g.user.id, **line)
    queue.wake_worker(context().settings)
    return {"id": id, "state": store.WAITING}, 201


def second_of(value, row: dict) -> float:
    """Within the recording. Raises Problem: case_fields."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= row["seconds"]:
        raise wrong_field(fields.Wrong("at", "media_time"))
    return round(float(value), 3)
