"""The edge that screens and shared tablets share: a cookie with a random token, a code that the staff type in, and how
a device is let go. Each kind has its own cookie, waiting list and table."""

import secrets

from flask import Response, current_app, g, jsonify, make_response, request

from meetingroom.auth import account_store, guard, sign_in
from meetingroom.devices import paired_store, pairing
from meetingroom.meeting import names
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

YEAR = 365 * 24 * 3600


def prepare(app, kind: paired_store.Kind) -> None:
    """The waiting list of a kind of device."""
    app.extensions[f"meetingroom.{kind.table}_waiting"] = pairing.Waiting()


def waiting(kind: paired_store.Kind) -> pairing.Waiting:
    return current_app.extensions[f"meetingroom.{kind.table}_waiting"]


def code_of(kind: paired_store.Kind, token: str) -> str:
    """The code that the device with this token shows while it waits."""
    return waiting(kind).code_of(account_store.hash_token(token), sign_in.client_address())


def token_here(cookie: str) -> str:
    """The token of the device this request comes from; a new one if it has none."""
    return request.cookies.get(cookie) or secrets.token_urlsafe(32)


def answer_with_token(page: str, cookie: str, token: str) -> Response:
    answer = make_response(page)
    answer.set_cookie(
        cookie, token, max_age=YEAR, httponly=True, samesite="Lax", secure=context().settings.secure_cookies
    )
    return answer


def read_body() -> dict:
    body = request.get_json(silent=True)
    return body if isinstance(body, dict) else {}


def read_name(body: dict) -> str:
    return names.tidy(str(body.get("name") or ""))[:80]


def device_behind(kind: paired_store.Kind, body: dict) -> str | None:
    """The device that shows the code in this body; None, and a wrong guess more, if none does. Raises Problem after too
    many of them."""
    if seconds := waiting(kind).too_many_guesses(g.user.id):
        raise Problem("too_many_attempts", 429, retry_after=seconds)
    device = waiting(kind).behind(pairing.read_digits(body.get("code", "")))
    if device is None:
        waiting(kind).guessed_wrong(g.user.id)
    return device


def show_list(meeting: str, list_devices) -> Response:
    """The devices of this meeting, for its staff."""
    guard.require_staff(meeting)
    with context().pool.lend() as db:
        return jsonify(list_devices(db, meeting))


def unpair(kind: paired_store.Kind, meeting: str, short: str) -> tuple[str, int]:
    """The device shows a code again → 204. Raises Problem."""
    guard.require_staff(meeting)
    with context().pool.writing() as db:
        freed = paired_store.free_device(db, kind, meeting, short)
    if freed is None:
        raise Problem("not_found", 404)
    context().dismiss_screen(freed)
    return "", 204
