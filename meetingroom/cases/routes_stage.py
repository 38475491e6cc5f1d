"""The map on the stage, for every screen of a meeting that runs: as the room may see it, whoever asks."""

import gzip
import threading
import time

from flask import Blueprint, Response, g, request

from meetingroom.cases import first_node as first_node  # registers what the first HTML has of it
from meetingroom.cases import in_meetings, room_maps, store, store_maps
from meetingroom.cases.access import role_here
from meetingroom.cases.map_access import fresh
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("case_stage", __name__)
# When a map is shown, every tablet asks for it at once: what is made for the first holds for so many seconds.
HELD, MOST_HELD = 3.0, 4
_held: dict[tuple, tuple[float, bytes]] = {}
_turn = threading.Lock()


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
    """`{map, version, title, root, nodes: {id: {…}}, links, labels: {"<document>/<page>": {label, volume, checked}},
    documents: {id: {title, pages}}}` of a published version as the room may see it: for people on the list of the case,
    and for people and screens of a meeting that runs with it, as far as it is released there. `labels` are what the
    pages are called now."""
    if g.user is None and not in_meetings.screens():
        raise Problem("not_signed_in", 401)
    with context().pool.lend() as db:
        listed = bool(role_here(db, case))
    if not (listed or in_meetings.may_see_map(case, map, version)):  # before anything is read for them
        raise Problem("not_found", 404)
    with context().pool.lend() as db:
        held = room_maps.hold_listed(db, case, map, version)
    if held is None:
        raise Problem("not_found", 404)
    packed = spelled(case, held.found)
    zipped = "gzip" in request.accept_encodings
    answer = fresh(Response(packed if zipped else gzip.decompress(packed), mimetype="application/json"))
    answer.headers["Vary"] = "Accept-Encoding"
    if zipped:
        answer.content_encoding = "gzip"
    return answer


def spelled(case: str, found: dict) -> bytes:
    """The map with what its pages are called, as JSON, packed: of 2,000 nodes it is a tenth of the size."""
    key = (str(context().settings.data), case, found["map"], found["version"])
    with _turn:
        made_at, packed = _held.get(key, (0.0, b""))
        if not packed or time.monotonic() > made_at + HELD:
            with context().pool.lend() as db:
                checked = {volume["no"] for volume in store.list_volumes(db, case) if volume["checked_at"]}
                named = room_maps.labels_of(db, case, found, checked)
            packed = context().in_thread(pack, {**found, **named})
            while len(_held) >= MOST_HELD:
                del _held[next(iter(_held))]
            _held[key] = (time.monotonic(), packed)
    return packed


def pack(answer: dict) -> bytes:
    nodes = {key: {name: value for name, value in node.items() if name not in UNSEEN and (value or name in ALWAYS)}
             for key, node in answer["nodes"].items()}  # fmt: skip
    return gzip.compress(store_maps.dump({**answer, "nodes": nodes}).encode(), PACKING, mtime=0)


PACKING = 4
UNSEEN = ("source_id", "markers", "fold")  # what no stage draws
ALWAYS = ("text", "children")
