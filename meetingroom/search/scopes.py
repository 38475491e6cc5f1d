"""What a reader may find, at the moment of asking: the one place that search takes rights from.

A scope is `m:<meeting>` (what all members know), `s:<meeting>` (what its staff knows), `d:<document>` (its
pages; those of a case for the people of its list) or `u:<person>:<meeting>` (one's own notes).
"""

from collections.abc import Callable

from flask import g
from sqlite_utils import Database

from meetingroom.auth import guard
from meetingroom.documents import access
from meetingroom.meeting.roles import STAFF
from meetingroom.search import in_cases, store


def scopes_of(
    db: Database, is_wanted: Callable[[dict], bool] = lambda meeting: True, case: str | None = ""
) -> tuple[list[str], list[dict]]:
    """(scopes of `g.user`, the meetings they belong to), of those meetings alone that are wanted; with them the pages
    of the cases that one is on the list of, or of no case (None), or of this one and of no meeting."""
    if case:
        return in_cases.scopes_of(db, case), []
    meetings = [each for each in store.meetings_of(db, g.user.id) if may_enter(each)]
    wanted = [each for each in meetings if is_wanted(each)]
    scopes = [f"m:{each['id']}" for each in wanted]
    scopes += [f"s:{each['id']}" for each in wanted if each["role"] in STAFF]
    scopes += [f"u:{g.user.id}:{each['id']}" for each in wanted]
    roles = {each["id"]: each["role"] for each in wanted}
    scopes += [f"d:{document}" for document in access.documents_of(db, roles)]
    scopes += [] if case is None else in_cases.scopes_of(db)
    return scopes, meetings


def may_enter(meeting: dict) -> bool:
    """As `guard.find_membership` has it, of many at once."""
    if g.user.only not in ("", meeting["id"]) or guard.needs_proof(meeting["role"], g.user.proven):
        return False
    return bool(meeting["announced"]) or meeting["role"] in STAFF
