"""Parts of a recording that have a name: from one second to another."""

from flask import Blueprint, g

from meetingroom.auth.guard import signed_in
from meetingroom.cases import fields, log_store
from meetingroom.cases.access import case_to_edit
from meetingroom.cases.media import formats, store, words
from meetingroom.cases.problems import wrong_field
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_json_object

bp = Blueprint("case_media_clips", __name__)
TITLE = fields.text("title", fields.SHORT, needed=True)


@bp.post("/api/cases/<case>/media/<media>/clips")
@signed_in
def add(case: str, media: str):
    """`{title, from, to}` (seconds) → 201 `{id, clips: [{id, title, from, to}]}`."""
    case_to_edit(case)
    body = read_json_object()
    with context().pool.writing() as db:
        row = recording(db, case, media)
        said = read_clip(body, row, {"title": "", "from": None, "to": None})
        if len(store.list_clips(db, case, media)) >= store.MOST_CLIPS:
            raise Problem("media_many", 409)
        id = store.add_clip(db, case=case, media=media, by=g.user.id, **said)
        log(db, case, "media_clip_added", row, said)
        return {"id": id, "clips": store.list_clips(db, case, media)}, 201


@bp.patch("/api/cases/<case>/media/<media>/clips/<clip>")
@signed_in
def change(case: str, media: str, clip: str):
    """`{title?, from?, to?}` → `{clips}`."""
    case_to_edit(case)
    body = read_json_object()
    with context().pool.writing() as db:
        row = recording(db, case, media)
        known = one(db, case, media, clip)
        said = read_clip(body, row, known)
        if said != {key: known[key] for key in said}:
            store.change_clip(db, clip, said)
            log(db, case, "media_clip_changed", row, said, was=known)
        return {"clips": store.list_clips(db, case, media)}


@bp.delete("/api/cases/<case>/media/<media>/clips/<clip>")
@signed_in
def remove(case: str, media: str, clip: str):
    """The name goes, the recording stays → `{clips}`."""
    case_to_edit(case)
    with context().pool.writing() as db:
        row = recording(db, case, media)
        known = one(db, case, media, clip)
        store.remove_clip(db, clip)
        log(db, case, "media_clip_removed", row, known)
        return {"clips": store.list_clips(db, case, media)}


def recording(db, case: str, media: str) -> dict:
    """Raises Problem: not_found | media_not_ready."""
    row = store.find(db, case, media)
    if row is None or row["kind"] == formats.PHOTO:
        raise Problem("not_found", 404)
    if row["state"] != store.READY:
        raise Problem("media_not_ready", 409)
    return row


def one(db, case: str, media: str, clip: str) -> dict:
    found = store.find_clip(db, case, media, clip)
    if found is None:
        raise Problem("not_found", 404)
    return found


def read_clip(body, row: dict, known: dict) -> dict:
    """{title, from, to} as they are to be. Raises Problem: case_fields."""
    try:
        title = TITLE(body.get("title", known["title"]))
        first, last = (moment(body.get(key, known[key]), key) for key in ("from", "to"))
        if not 0 <= first < last <= row["seconds"] + 0.5:
            raise fields.Wrong("to", "media_time")
    except fields.Wrong as wrong:
        raise wrong_field(wrong) from None
    return {"title": title, "from": first, "to": min(last, row["seconds"])}


def moment(value, field: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
        raise fields.Wrong(field, "media_time")
    return round(float(value), 3)


def log(db, case: str, name: str, row: dict, clip: dict, was: dict | None = None) -> None:
    about = {"title": row["title"], "media": row["id"], "clip": clip["title"]}
    times = {key: words.time_of(clip[key]) for key in ("from", "to")}
    before = {"was": words.part_of(was)} if was else {}
    log_store.add(db, case, name, g.user.id, **about, **times, **before)
