"""What a reader may find, at the moment of asking: the one place that search takes rights from.

A scope is `m:<meeting>` (what all members know), `s:<meeting>` (what its staff knows), `d:<document>` (its pages) or
`u:<person>:<meeting>` (one's own notes).
"""

from collections.abc import Callable

from flask import g
from sqlite_utils import Database

from meetingroom.auth import guard
from meetingroom.documents import access
from meetingroom.meeting.roles import STAFF
from meetingroom.search import store


def scopes_of(db: Database, is_wanted: Callable[[dict], bool] = lambda meeting: True) -> tuple[list[str], list[dict]]:
    """(scopes of `g.user`, the meetings they belong to), of those meetings alone that are wanted."""
    meetings = [each for each in store.meetings_of(db, g.user.id) if may_enter(each)]
    wanted = [each for each in meetings if is_wanted(each)]
    scopes = [f"m:{each['id']}" for each in wanted]
    scopes += [f"s:{each['id']}" for each in wanted if each["role"] in STAFF]
    scopes += [f"u:{g.user.id}:{each['id']}" for each in wanted]
    roles = {each["id"]: each["role"] for each in wanted}
    scopes += [f"d:{document}" for document in access.documents_of(db, roles)]
    return scopes, meetings


def may_enter(meeting: dict) -> bool:
    """As `guard.find_membership` has it, of many at once."""
    if g.user.only not in ("", meeting["id"]) or guard.needs_proof(meeting["role"], g.user.proven):
        return False
    return bool(meeting["announced"]) or meeting["role"] in STAFF
