"""Screens: which room a person enters, and the projectors, which nobody is signed in to.

A projector has a cookie with a random token (its SHA-256 is its id) and shows six digits until somebody of the
meeting's staff types them in.
"""

import io
import secrets

import segno
from flask import Blueprint, Response, current_app, g, jsonify, make_response, render_template, request

from meetingroom import log
from meetingroom.auth import account_store as people
from meetingroom.auth import guard, sign_in
from meetingroom.auth.guard import signed_in
from meetingroom.devices import pairing, screen_store
from meetingroom.devices.screen_store import hash_token
from meetingroom.devices.screens import COOKIE, current_screen
from meetingroom.meeting import names, roles
from meetingroom.projections import queries
from meetingroom.web.address import public_address
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.first_view import first

bp = Blueprint("screens", __name__)
YEAR = 365 * 24 * 3600


@bp.record_once
def prepare(state) -> None:
    state.app.extensions["meetingroom.screens_waiting"] = pairing.Waiting()


def waiting() -> pairing.Waiting:
    return current_app.extensions["meetingroom.screens_waiting"]


ROOMS = {"chair": "chair", "cochair": "chair", "secretary": "secretary", "organiser": "secretary", "technician": "site"}


@bp.get("/meetings/<meeting>/room")
@signed_in
def meeting_room(meeting: str):
    """The room of one's role; `?view=participant` for those of the staff who want to see what delegates see."""
    role = guard.require_member(meeting)
    screen = "participant" if request.args.get("view") == "participant" else ROOMS.get(role, "participant")
    about = log.state(context().pool, meeting).meeting
    with context().pool.lend() as db:
        mine = queries.membership(db, meeting, g.user.id)
    me = {"id": g.user.id, "name": g.user.name, "role": role}
    if mine and mine["site"]:
        me["site"] = mine["site"]
    boot = {"meeting": meeting, "screen": screen, "me": me}
    seen = first(meeting, roles.audience(role))
    return render_template(
        f"screens/{screen}.html", boot=boot, meeting=meeting, about={"title": about.title}, first=seen
    )


@bp.get("/meetings/<meeting>/join.svg")
@signed_in
def join_code(meeting: str):
    """The QR code that leads a tablet on the LAN to this meeting."""
    guard.require_member(meeting)
    picture = io.BytesIO()
    address = f"{public_address()}/meetings/{meeting}/room"
    segno.make(address, error="m").save(picture, kind="svg", scale=8, border=2, dark="#14161a", light="#ffffff")
    return Response(picture.getvalue(), mimetype="image/svg+xml", headers={"Cache-Control": "no-store"})


@bp.get("/projector")
def projector():
    """A big screen: its pairing code, or what its meeting shows."""
    token = request.cookies.get(COOKIE) or secrets.token_urlsafe(32)
    screen = current_screen()
    with context().pool.lend() as db:
        agency = people.agency_name(db)
    boot = {"screen": "projector", "agency": agency}
    boot |= (
        {"meeting": screen["meeting"]}
        if screen
        else {"code": waiting().code_of(hash_token(token), sign_in.client_address())}
    )
    seen = first(screen["meeting"], "screens") if screen else None
    about = {"title": log.state(context().pool, screen["meeting"]).meeting.title} if screen else None
    address = public_address().split("://")[1]
    page = render_template("screens/projector.html", boot=boot, address=address, about=about, first=seen)
    answer = make_response(page)
    answer.set_cookie(
        COOKIE, token, max_age=YEAR, httponly=True, samesite="Lax", secure=context().settings.secure_cookies
    )
    return answer


@bp.get("/api/screen")
def screen_state():
    """`{code, meeting?, name?}`: the code while the projector waits; the meeting once it is paired."""
    token = request.cookies.get(COOKIE)
    if not token:
        raise Problem("not_signed_in", 401)
    if screen := current_screen():
        return {"audience": "screens", "code": "", "meeting": screen["meeting"], "name": screen["name"] or ""}
    return {"audience": "screens", "code": waiting().code_of(hash_token(token), sign_in.client_address())}


@bp.get("/api/meetings/<meeting>/screens")
@signed_in
def screens(meeting: str):
    """The screens that follow this meeting: `[{id, name, paired_at}]`."""
    guard.require_staff(meeting)
    with context().pool.lend() as db:
        return jsonify(screen_store.list_screens(db, meeting))


@bp.post("/api/meetings/<meeting>/screens")
@signed_in
def pair(meeting: str):
    """`{code, name?}` → 201 `{id}`: the screen that shows this code now follows the meeting."""
    guard.require_staff(meeting)
    wish = request.get_json(silent=True)
    wish = wish if isinstance(wish, dict) else {}
    if seconds := waiting().too_many_guesses(g.user.id):
        raise Problem("too_many_attempts", 429, retry_after=seconds)
    device = waiting().behind(pairing.read_digits(wish.get("code", "")))
    if device is None:
        waiting().guessed_wrong(g.user.id)
        raise Problem("no_such_code", 422, field="code")
    with context().pool.writing() as db:
        name = names.tidy(str(wish.get("name") or ""))[:80]
        screen = screen_store.pair_screen(db, device, meeting, name, g.user.id, g.user.card)
    waiting().leave(device)
    return {"id": screen}, 201


@bp.delete("/api/meetings/<meeting>/screens/<screen>")
@signed_in
def unpair(meeting: str, screen: str):
    """The screen shows a code again → 204."""
    guard.require_staff(meeting)
    with context().pool.writing() as db:
        freed = screen_store.free_screen(db, meeting, screen)
    if freed is None:
        raise Problem("not_found", 404)
    context().dismiss_screen(freed)
    return "", 204
