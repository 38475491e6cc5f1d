"""The projector behind a request, known by its cookie."""

from flask import request

from meetingroom.devices import screen_store
from meetingroom.web.context import context

COOKIE = "screen"


def current_screen() -> dict | None:
    """The screen whose cookie came with this request, if it follows a meeting: {id, meeting, name}."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    with context().pool.lend() as db:
        return screen_store.find_by_token(db, token)
