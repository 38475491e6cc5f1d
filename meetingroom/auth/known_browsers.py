"""Browsers in which somebody has signed in before, known by a signed cookie.

What is tried from such a browser with the name of its owner is counted for itself: neighbours behind the same address
who forget their passwords, or guess at others', do not lock it out. It opens nothing by itself.
"""

import secrets
from functools import lru_cache

from flask import after_this_request, current_app, request
from itsdangerous import BadData, URLSafeSerializer

from meetingroom.web.context import context

COOKIE = "device"
YEAR = 365 * 24 * 3600
OWNERS = 12  # a browser that more people share forgets the first of them


def id_if_known(person: str) -> str:
    """The id of this browser if this person has signed in in it, else the empty string."""
    id, owners = read_cookie()
    return id if person in owners else ""


def remember(person: str = "") -> None:
    """The answer to this request brings the cookie along. Without a person the browser has a name alone: it may have
    copies of papers long after the session of a nameplate is over."""
    id, owners = read_cookie()
    kept = [*(owner for owner in owners if owner != person), *([person] if person else [])][-OWNERS:]
    value = serializer().dumps([id or secrets.token_urlsafe(12), kept])

    @after_this_request
    def bring(answer):
        secure = context().settings.secure_cookies
        answer.set_cookie(COOKIE, value, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
        return answer


def read_cookie() -> tuple[str, list[str]]:
    try:
        id, owners = serializer().loads(request.cookies.get(COOKIE, ""))
    except (BadData, TypeError, ValueError):
        return "", []
    return id, owners


def this_browser() -> str:
    """The id of this browser, whoever sits at it; "" where nobody has ever signed in. A thousand pages ask for it."""
    held = request.cookies.get(COOKIE, "")
    return id_of(held, current_app.secret_key) if held else ""


@lru_cache(maxsize=4000)
def id_of(held: str, secret) -> str:
    return read_cookie()[0]


def serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or b"", salt="device")
