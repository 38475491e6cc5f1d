"""Screens: which room a person enters, and the projectors, which nobody is signed in to.

A projector has a cookie with a random token (its SHA-256 is its id) and shows six digits until somebody of the
meeting's staff types them in.
"""

import io

import segno
from flask import Blueprint, Response, g, render_template, request

from meetingroom import log
from meetingroom.auth import account_store as people
from meetingroom.auth import guard
from meetingroom.auth.guard import signed_in
from meetingroom.devices import paired, paired_store, screen_store
from meetingroom.devices.screen_store import SCREENS
from meetingroom.devices.screens import COOKIE, current_screen
from meetingroom.meeting import roles
from meetingroom.meeting.case_report import speaks
from meetingroom.projections import queries
from meetingroom.web.address import public_address
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.first_view import first

bp = Blueprint("screens", __name__)


@bp.record_once
def prepare(state) -> None:
    paired.prepare(state.app, SCREENS)


ROOMS = {"chair": "chair", "cochair": "chair", "secretary": "secretary", "organiser": "secretary", "technician": "site"}


@bp.get("/meetings/<meeting>/room")
@signed_in
def meeting_room(meeting: str):
    """The room of one's role; `?view=participant` for those of the staff who want to see what delegates see, and
    `?view=staff` for those who prepare a case report and speak in it: they sit at the table."""
    role = guard.require_member(meeting)
    state = log.state(context().pool, meeting)
    about, view = state.meeting, request.args.get("view", "")
    at_the_table = view == "participant" or (view != "staff" and role == "organiser" and speaks(state, g.user.id))
    screen = "participant" if at_the_table else ROOMS.get(role, "participant")
    with context().pool.lend() as db:
        mine = queries.membership(db, meeting, g.user.id)
    me = {"id": g.user.id, "name": g.user.name, "role": role}
    if mine and mine["site"]:
        me["site"] = mine["site"]
    address = public_address().split("://")[1]
    boot = {"meeting": meeting, "screen": screen, "me": me, "address": address}
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
    token = paired.token_here(COOKIE)
    screen = current_screen()
    with context().pool.lend() as db:
        agency = people.agency_name(db)
    boot = {"screen": "projector", "agency": agency}
    boot |= {"meeting": screen["meeting"]} if screen else {"code": paired.code_of(SCREENS, token)}
    seen = first(screen["meeting"], "screens") if screen else None
    about = {"title": log.state(context().pool, screen["meeting"]).meeting.title} if screen else None
    address = public_address().split("://")[1]
    page = render_template("screens/projector.html", boot=boot, address=address, about=about, first=seen)
    return paired.answer_with_token(page, COOKIE, token)


@bp.get("/api/screen")
def screen_state():
    """`{code, meeting?, name?}`: the code while the projector waits; the meeting once it is paired."""
    token = request.cookies.get(COOKIE)
    if not token:
        raise Problem("not_signed_in", 401)
    if screen := current_screen():
        return {"audience": "screens", "code": "", "meeting": screen["meeting"], "name": screen["name"] or ""}
    return {"audience": "screens", "code": paired.code_of(SCREENS, token)}


@bp.get("/api/meetings/<meeting>/screens")
@signed_in
def screens(meeting: str):
    """The screens that follow this meeting: `[{id, name, paired_at}]`."""
    return paired.show_list(meeting, screen_store.list_screens)


@bp.post("/api/meetings/<meeting>/screens")
@signed_in
def pair(meeting: str):
    """`{code, name?}` → 201 `{id}`: the screen that shows this code now follows the meeting."""
    guard.require_staff(meeting)
    body = paired.read_body()
    device = paired.device_behind(SCREENS, body)
    if device is None:
        raise Problem("no_such_code", 422, field="code")
    with context().pool.writing() as db:
        name = paired.read_name(body)
        screen = paired_store.pair_device(db, SCREENS, device, meeting, name, g.user.id, g.user.card)
    paired.waiting(SCREENS).leave(device)
    return {"id": screen}, 201


@bp.delete("/api/meetings/<meeting>/screens/<screen>")
@signed_in
def unpair(meeting: str, screen: str):
    """The screen shows a code again → 204."""
    return paired.unpair(SCREENS, meeting, screen)
