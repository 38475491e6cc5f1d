"""Shared tablets: enrolled by the staff, used by two or three people with their PINs."""

from flask import Blueprint, current_app, g, redirect, render_template, request

from meetingroom import clock, log
from meetingroom.auth import account_store, guard, sessions, sign_in
from meetingroom.auth.guard import TABLET_COOKIE, signed_in
from meetingroom.auth.sessions import Limits
from meetingroom.devices import join_code_store, own_pin, paired, pins, tablet_store, tablets
from meetingroom.devices.tablet_store import TABLETS
from meetingroom.meeting import roles
from meetingroom.projections import queries
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.first_view import first

bp = Blueprint("tablet", __name__)


@bp.record_once
def prepare(state) -> None:
    state.app.extensions["meetingroom.pins"] = pins.Tries()
    paired.prepare(state.app, TABLETS)


@bp.get("/tablet")
def tablet():
    """The shared tablet's own page: a code until it is enrolled, then the meeting's page and its people's names."""
    if g.user and not g.user.tablet:
        return render_template("people/tablet_taken.html")
    token = paired.token_here(TABLET_COOKIE)
    found = tablets.current_tablet()
    boot = {"screen": "tablet"}
    if found:
        boot |= {"meeting": found["meeting"], "people": found["people"]}
    else:
        boot["code"] = paired.code_of(TABLETS, token)
    seen = first(found["meeting"], roles.audience("tablet")) if found else None
    about = {"title": log.state(context().pool, found["meeting"]).meeting.title} if found else None
    page = render_template("screens/tablet.html", boot=boot, address=request.host, about=about, first=seen)
    return paired.answer_with_token(page, TABLET_COOKIE, token)


@bp.post("/tablet")
def share():
    """Signs out whoever is signed in on this device, which then waits as a shared tablet."""
    sign_in.sign_out()
    return redirect("/tablet")


@bp.get("/api/tablet")
def standing():
    """`{code}` while it waits; `{meeting, name, people: [{id, pin}], acting?: {person, left (ms)}}` once enrolled."""
    id = guard.tablet_here()
    if not id:
        raise Problem("not_signed_in", 401)
    with context().pool.lend() as db:
        found = tablet_store.find_tablet(db, id)
        if found and found["meeting"]:
            people = [{"id": person, "pin": bool(own_pin.pin_of(db, person))} for person in found["people"]]
            return {"meeting": found["meeting"], "name": found["name"], "people": people}
    return {"code": paired.waiting(TABLETS).code_of(id, sign_in.client_address())}


@bp.post("/api/tablet/act")
def act():
    """`{person, pin}`: this person acts here, for one command or a minute. → `{person, left (ms)}`."""
    found, person = tablet_of_request(), read_field("person")
    stored = stored_pin(found, person)
    if not stored:
        raise Problem("pin_unset", 409)
    if seconds := tries().wait(person):
        raise Problem("too_many_pins", 429, retry_after=seconds)
    if not sign_in.run_slow_hash(pins.is_right, read_field("pin"), stored, person, own_pin.pin_key()):
        with context().pool.writing() as db:
            account_store.write_audit_line(db, "pin_wrong", subject=person, address=sign_in.client_address())
        raise Problem("pin_wrong", 403, left=tries().left(person))
    tries().forgive(person)
    until = clock.now() + tablets.A_MOMENT
    sign_in.start_session(person, "acted_at_tablet", Limits("tablet", found["meeting"], found["id"], until))
    return {"person": person, "left": tablets.A_MOMENT}


@bp.delete("/api/tablet/act")
def leave():
    """The person has finished at the tablet → `{}`."""
    if g.user and g.user.tablet:
        with context().pool.writing() as db:
            sessions.end_session(db)
    return {}


@bp.post("/api/tablet/pin")
def first_pin():
    """`{person, code, pin}` → `{}`: whoever has no PIN yet shows by their card who they are."""
    found, person, pin = tablet_of_request(), read_field("person"), read_field("pin")
    if stored_pin(found, person):
        raise Problem("pin_set", 409)
    if weak := pins.find_weakness(pin):
        raise Problem(weak, 422, field="pin")
    with context().pool.lend() as db:
        card = join_code_store.find_by_code(db, read_field("code"))
    right = card is not None and (card["user"], card["meeting"]) == (person, found["meeting"])
    if seconds := sign_in.throttle().wait_with_card(sign_in.client_address(), right=right):
        raise Problem("too_many_attempts", 429, retry_after=seconds)
    if card is None or not right:
        raise Problem("not_your_card", 422, field="code")
    if card["role"] in roles.STAFF:  # whoever had photographed the card would have the chair's PIN next
        raise Problem("pin_in_account", 403)
    own_pin.save_pin(person, pin, by=card["id"])
    return {}


def tablet_of_request() -> dict:
    """The tablet this comes from, enrolled. Raises Problem."""
    found = tablets.current_tablet()
    if found is None:
        raise Problem("not_signed_in", 401)
    return found


def stored_pin(tablet: dict, person: str) -> str:
    """The PIN's hash of one of the tablet's people who may still act: "" if they have none. Raises Problem."""
    with context().pool.lend() as db:
        if person not in tablet["people"] or queries.role_in(db, tablet["meeting"], person) is None:
            raise Problem("not_found", 404)
        return own_pin.pin_of(db, person)


def tries() -> pins.Tries:
    return current_app.extensions["meetingroom.pins"]


def read_field(name: str) -> str:
    body = request.get_json(silent=True)
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str):
        raise Problem("malformed", 400, fields={name: "type"})
    return value


# The staff's side


@bp.get("/api/meetings/<meeting>/tablets")
@signed_in
def enrolled(meeting: str):
    """The shared tablets of this meeting: `[{id, name, people, enrolled_at}]`."""
    return paired.show_list(meeting, tablet_store.list_tablets)


@bp.post("/api/meetings/<meeting>/tablets")
@signed_in
def enrol(meeting: str):
    """`{code, name?, people: [two or three]}` → 201 `{id}`: the tablet that shows this code is theirs."""
    guard.require_staff(meeting)
    body = paired.read_body()
    chosen = body.get("people")
    people = list(dict.fromkeys(each for each in chosen if isinstance(each, str))) if isinstance(chosen, list) else []
    state = log.state(context().pool, meeting)
    if not tablets.LEAST <= len(people) <= tablets.MOST or not set(people) <= set(state.roll.people):
        raise Problem("two_or_three", 422, field="people")
    device, made = paired.device_behind(TABLETS, body), None
    if device:
        with context().pool.writing() as db:
            name = paired.read_name(body)
            made = tablet_store.enrol_tablet(db, device, meeting, name, people, g.user.id, g.user.card)
            if made:
                account_store.write_audit_line(db, "tablet_enrolled", by=g.user.id, subject=meeting, count=len(people))
        paired.waiting(TABLETS).leave(device)
    if made is None:
        raise Problem("no_such_tablet_code", 422, field="code")
    return {"id": made}, 201


@bp.delete("/api/meetings/<meeting>/tablets/<short>")
@signed_in
def let_go(meeting: str, short: str):
    """The tablet shows a code again → 204."""
    return paired.unpair(TABLETS, meeting, short)
