"""What is shown of a photo or a recording, its poster, and its original."""

from flask import Blueprint, g, request

from meetingroom.auth.guard import signed_in
from meetingroom.cases import log_store
from meetingroom.cases import store as cases
from meetingroom.cases.access import case_for
from meetingroom.cases.media import formats, sight, store
from meetingroom.cases.media.place import MIMES, MediaPlace
from meetingroom.documents import serving
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("case_media_files", __name__)


@bp.get("/cases/<case>/media/<media>/view")
def view(case: str, media: str):
    """MP4 (H.264, AAC), M4A (AAC) or WebP, with `Range` → 206; 409 `media_not_ready`. For people of the case's list,
    and for whoever is in a meeting that shows it now. With `X-Meetingroom-Ahead: 1` or `?ahead` it is fetched to lie
    ready, and nobody has looked at it: for a screen without a person, too, where what is released and on the stage
    leads to it."""
    row = sight.find_seen(case, media)
    if row["state"] != store.READY:
        raise Problem("media_not_ready", 409)
    settings = context().settings
    path = MediaPlace(settings, row["sha"]).view(row["kind"])
    if not path.exists():
        raise Problem("not_found", 404)
    sight.note(case, media)
    return serving.answer_range(settings, path, MIMES[row["kind"]], f"{row['sha'][:20]}-{path.stat().st_mtime_ns:x}")


@bp.post("/api/cases/<case>/media/<media>/opened")
def opened(case: str, media: str):
    """What was fetched to lie ready is on the screen now → 204."""
    sight.find_seen(case, media)
    sight.note(case, media)
    return "", 204


@bp.get("/api/cases/<case>/media/<media>/there")
def is_there(case: str, media: str):
    """→ 204 where it is there for the asker, else 404: for a screen that has it. Nobody has looked at it."""
    sight.find_seen(case, media)
    return "", 204


@bp.get("/cases/<case>/media/<media>/poster.webp")
def poster(case: str, media: str):
    """A small still; 404 of audio and of what is not ready."""
    row = sight.find_seen(case, media)
    settings = context().settings
    path = MediaPlace(settings, row["sha"]).poster(row["kind"])
    if row["state"] != store.READY or not path.exists():
        raise Problem("not_found", 404)
    return serving.answer_range(settings, path, "image/webp", f"{row['sha'][:20]}-p-{path.stat().st_mtime_ns:x}")


@bp.get("/cases/<case>/media/<media>/original")
@signed_in
def original(case: str, media: str):
    """The file as it came, under its own name, for the prosecutor in charge and helpers; with `Range`."""
    case_for(case, *cases.EDITORS)
    with context().pool.lend() as db:
        row = store.find(db, case, media)
    settings = context().settings
    path = MediaPlace(settings, row["sha"]).original if row and row["sha"] else None
    if row is None or path is None or not path.exists():
        raise Problem("not_found", 404)
    answer = serving.answer_range(settings, path, formats.mime_of(row["format"]), row["sha"])
    answer.headers["Content-Disposition"] = serving.disposition(row["filename"])
    answer.headers["Content-Security-Policy"] = serving.LOCKED
    if request.method == "GET" and answer.status_code in (200, 206):
        note_taken(case, row)
    return answer


def note_taken(case: str, row: dict) -> None:
    """Writes down that the original is taken out; of one that is fetched in parts, once."""
    with context().pool.lend() as db:
        known = log_store.took_out(db, case, g.user.id, row["id"])
    if known:
        return
    with context().pool.writing() as db:
        if not log_store.took_out(db, case, g.user.id, row["id"]):  # the next part was asked for at the same time
            log_store.add(db, case, "media_original", g.user.id, title=row["title"], media=row["id"])
