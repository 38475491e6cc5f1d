"""Who sees a photo or a recording of a case: people of its list always, others while a running meeting shows it.

The stage registers in SHOWING, as it does for pages in `cases/sight.py`.
"""

from collections.abc import Callable

from flask import g, request

from meetingroom.cases import access, log_store
from meetingroom.cases.media import store
from meetingroom.devices.screens import current_screen
from meetingroom.devices.tablets import current_tablet
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

# Whether running meetings let the one who asks (a person, a big screen, a shared tablet) see it: (case, media) → bool.
Showing = Callable[[str, str], bool]
SHOWING: list[Showing] = []
# Whether what a running meeting shows leads a screen to it, which has it ready then: (case, media) → bool.
AWAITING: list[Showing] = []
AHEAD = "X-Meetingroom-Ahead"  # a header, or `ahead` in the address of what a <video> fetches


def to_lie_ready() -> bool:
    """Whether it is fetched to lie ready: nobody has looked at it yet."""
    return AHEAD in request.headers or "ahead" in request.args


def find_seen(case: str, media: str) -> dict:
    """The row, for whoever may see it now, or may have it ready; `role` is "" of who is not on the list. Raises
    Problem: not_signed_in | not_found."""
    if g.user is None and not (current_screen() or current_tablet()):
        raise Problem("not_signed_in", 401)
    with context().pool.lend() as db:
        # The same is asked for what does not exist.
        row, role = store.find(db, case, media), access.role_here(db, case) if g.user else ""
    hindered = g.user is not None and g.user.is_admin
    asked = [*SHOWING, *(AWAITING if to_lie_ready() else ())]
    if row is None or hindered or not (role or any(ask(case, media) for ask in asked)):
        raise Problem("not_found", 404)
    return {**row, "role": role}


def note(case: str, media: str) -> None:
    """Writes down that somebody looked at it, or that their device has it at hand: once a person and minute, beside the
    pages that were read."""
    person = g.user.id if g.user else f"screen:{request.remote_addr or ''}"
    how = "fetched" if to_lie_ready() else "opened"
    with context().pool.lend() as db:
        known = log_store.was_read(db, case, person, media, 0, how)
    if not known:
        with context().pool.writing() as db:
            log_store.note_read(db, case, person, media, 0, how)
