"""The map on the stage, for every screen of a meeting that runs: as the room may see it, whoever asks."""

from flask import Blueprint, g

from meetingroom.cases import in_meetings, room_maps, store
from meetingroom.cases.access import role_here
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("case_stage", __name__)


@bp.get("/cases/<case>/maps.json")
def room_maps_of(case: str):
    """`{maps: [{id, title, version}]}`: the published maps of a case that the asker may see now."""
    if g.user is None and not in_meetings.screens():
        raise Problem("not_signed_in", 401)
    with context().pool.lend() as db:
        listed = bool(role_here(db, case))
        published = room_maps.list_published(db, case)
    if not listed and not in_meetings.running_with(case):
        raise Problem("not_found", 404)
    seen = [each for each in published if listed or in_meetings.may_see_map(case, each["id"], each["version"])]
    maps = [{key: each[key] for key in ("id", "title", "version")} for each in seen]
    return {"maps": maps}, 200, {"Cache-Control": "private, no-store"}


@bp.get("/cases/<case>/maps/<map>/<int:version>.json")
def room_map(case: str, map: str, version: int):
    """`{map, version, title, root, nodes: {id: {…}}, links, labels: {"<document>/<page>": {label, volume, checked}}}`
    of a published version as the room may see it: for people on the list of the case, and for people and screens of a
    meeting that runs with it, as far as it is released there. `labels` are what the pages are called now."""
    if g.user is None and not in_meetings.screens():
        raise Problem("not_signed_in", 401)
    with context().pool.lend() as db:
        known = {each["id"] for each in room_maps.list_published(db, case)}
        found = room_maps.read_map(db, case, map, version) if map in known else None
        listed = bool(role_here(db, case))
    if found is None or not (listed or in_meetings.may_see_map(case, map, version)):
        raise Problem("not_found", 404)
    with context().pool.lend() as db:
        checked = {volume["no"] for volume in store.list_volumes(db, case) if volume["checked_at"]}
        labels = room_maps.labels_of(db, case, found, checked)
    return {**found, "labels": labels}, 200, {"Cache-Control": "private, no-store"}
