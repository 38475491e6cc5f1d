"""Who may have a mind map now, and what of it they see."""

from typing import Any

from flask import Response, request

from meetingroom.cases import audience, store_maps
from meetingroom.cases.access import case_for, check_contents
from meetingroom.web.context import context
from meetingroom.web.errors import Problem


def map_for(case: str, map: str, *roles: str, removed: bool = False, read: bool = True) -> tuple[dict, dict]:
    """(the case, the map) for whoever may have it now; `read`: with what it says, which is much. Raises Problem:
    not_found | case_role | case_shell."""
    row = case_for(case, *roles)
    with context().pool.lend() as db:
        found = (store_maps.find_map if read else store_maps.find_row)(db, case, map)
        hidden = bool(found) and row["role"] == "reader" and not store_maps.list_versions(db, map, audience.ROOM)
    if found is None or (found["removed_at"] and not removed) or hidden:
        raise Problem("not_found", 404)
    check_contents(row)
    return row, found


def asked(row: dict) -> str:
    """The audience whose cut is wanted (`?audience=`), never more than the asker's own."""
    return audience.narrower(request.args.get("audience", ""), audience.of_role(row["role"]))


def seen_map(row: dict, found: dict) -> dict:
    """What the asker sees of a map: a reader what was published last."""
    if row["role"] == "reader":
        with context().pool.lend() as db:
            return store_maps.published(db, found["id"], 0, audience.ROOM) or {}
    return store_maps.bare(audience.cut(found["map"], asked(row)))


def fresh(answer: Any) -> Response:
    """Nothing of a case is kept by a browser."""
    made = answer if isinstance(answer, Response) else Response(store_maps.dump(answer), mimetype="application/json")
    made.headers["Cache-Control"] = "no-store"
    return made
