"""Who may see what of a document. To everybody else it does not exist (404)."""

from dataclasses import dataclass

from flask import g

from meetingroom import log
from meetingroom.auth import guard
from meetingroom.devices.screens import current_screen
from meetingroom.devices.tablets import current_tablet
from meetingroom.documents import store
from meetingroom.meeting.roles import STAFF
from meetingroom.web.context import context
from meetingroom.web.errors import Problem


@dataclass(frozen=True)
class Sight:
    """What the one who asks may do with a document: `open` to all members of the meeting, `download`, `staff`."""

    row: dict
    staff: bool
    open: bool
    download: bool


def find_for_staff(document: str) -> dict:
    """The row, for whoever prepares its meeting."""
    sight = find_visible(document)
    if not sight.staff:
        raise Problem("not_allowed", 403)
    return sight.row


def find_visible(document: str) -> Sight:
    """The document as the caller may see it. Raises Problem: not_signed_in | not_found."""
    screens = [] if g.user else [each for each in (current_screen(), current_tablet()) if each]
    if g.user is None and not screens:
        raise Problem("not_signed_in", 401)
    with context().pool.lend() as db:
        # The same is asked for what does not exist: how long the answer takes tells nothing either.
        row = store.find_document(db, document)
        meeting = row["meeting"] if row else ""
        papers = store.readers_of(db, document)
        role = guard.role_of(db, meeting)
        kept_back = guard.is_kept_from(db, meeting, role)
    staff = role in STAFF
    released = any(paper["readers"] == "members" for paper in papers)
    belongs = role is not None or any(screen["meeting"] == meeting for screen in screens)
    if row is None or kept_back or not belongs:
        raise Problem("not_found", 404)
    if not (staff or (papers and (released or is_on_stage(meeting, document)))):
        raise Problem("not_found", 404)
    download = staff or (role is not None and released and any(paper["download"] for paper in papers))
    return Sight(row, staff, released, download)


def is_on_stage(meeting: str, document: str) -> bool:
    """Whether this document is what every screen shows now."""
    state = log.state(context().pool, meeting)
    shown = state.papers.get(state.stage.paper) if state.stage.kind == "page" else None
    return shown is not None and shown.document == document
