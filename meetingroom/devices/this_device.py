"""Which device a request comes from, as the server knows it: what was fetched is written down under this name."""

import hashlib
from functools import lru_cache

from flask import g

from meetingroom.auth import guard, known_browsers
from meetingroom.devices.screens import current_screen

SHORT = 16


def this_device() -> str:
    """A shared tablet, a big screen, or a browser in which somebody has signed in, be it by a nameplate (before it had
    a name of its own: that session). The name opens nothing. "" for a stranger."""
    if g.user is None:
        if (screen := current_screen()) is not None:
            return f"s-{screen['id'][:SHORT]}"
        tablet = guard.tablet_here()
        return f"t-{tablet[:SHORT]}" if tablet else browser()
    if g.user.tablet:
        return f"t-{g.user.tablet[:SHORT]}"
    return browser() or f"b-{g.user.session[:SHORT]}"


def browser() -> str:
    id = known_browsers.this_browser()
    return name_of(id) if id else ""


@lru_cache(maxsize=4000)
def name_of(id: str) -> str:
    return f"d-{hashlib.sha256(id.encode()).hexdigest()[:SHORT]}"
