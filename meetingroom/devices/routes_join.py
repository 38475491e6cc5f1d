"""Nameplates, and the codes on them: printing, revoking, coming in by one, and the one tap that checks in."""

import re
from contextlib import suppress
from dataclasses import asdict

from flask import Blueprint, Response, g, jsonify, redirect, render_template, request

from meetingroom import clock, log
from meetingroom.auth import account_store, guard, sign_in
from meetingroom.auth.guard import signed_in
from meetingroom.auth.sessions import Limits
from meetingroom.devices import join_code_store, own_pin, paired_store
from meetingroom.devices.nameplates import Nameplate, Occasion
from meetingroom.devices.screen_store import SCREENS
from meetingroom.devices.tablet_store import TABLETS
from meetingroom.meeting import roles
from meetingroom.meeting.kernel import Actor, Refused
from meetingroom.meeting.roll import MODES, PRESENT, CheckIn
from meetingroom.meeting.state import MeetingState
from meetingroom.printing import printer
from meetingroom.printing.letterhead import letterhead
from meetingroom.web import address
from meetingroom.web.context import context
from meetingroom.web.dispatch import do_command
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

bp = Blueprint("join", __name__)

TAKES_ARRIVALS = ("published", "live", "adjourned")


@bp.get("/api/meetings/<meeting>/nameplates.pdf")
@signed_in
def nameplates(meeting: str):
    """A4, eight to a page, for everybody on the roll, or for one `?person=`. Every printing makes new codes; old cards
    stay good."""
    state = staff_sees(meeting)
    if g.user.card:  # a card makes no cards
        raise Problem("not_with_a_card", 403)
    people = [key for key in state.roll.order if request.args.get("person") in (None, "", key)]
    if not people:
        raise Problem("no_such_person", 404)
    with context().pool.writing() as db:
        codes = join_code_store.make_code(db, meeting, people)
        units = account_store.list_units(db)
        account_store.write_audit_line(db, "nameplates_printed", by=g.user.id, subject=meeting, count=len(people))
    cards = [nameplate(state, key, codes[key]) for key in people]
    door = address.public_address().partition("://")[2] + "/join"
    agency = letterhead(units).issuing.replace("\n", " ")
    occasion = Occasion(agency, state.meeting.title, door, clock.now())
    job = {"cards": [asdict(card) for card in cards], "occasion": asdict(occasion)}
    _header, file = printer.printer.make("nameplates", {**job, "language": context().settings.language}, g.user.id)
    answer = Response(file, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="the-ten.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def nameplate(state: MeetingState, key: str, code: str) -> Nameplate:
    person = state.roll.people[key]
    site = state.sites.sites.get(person.site)
    # Where everybody is in one hall its name would be noise.
    where = " · ".join(part for part in (site.short, site.name) if part) if site and len(state.sites.order) > 1 else ""
    unit = "" if person.unit.casefold() in person.title.casefold() else person.unit
    return Nameplate(person.name, person.title, unit, where, code, f"{address.public_address()}/join/{code}")


@bp.get("/api/meetings/<meeting>/nameplates")
@signed_in
def cards(meeting: str):
    """Whose codes are good: `{person: {cards, used (ms, 0: never)}}`."""
    staff_sees(meeting)
    with context().pool.lend() as db:
        return jsonify(join_code_store.count_by_person(db, meeting))


@bp.post("/api/meetings/<meeting>/nameplates/revoke")
@signed_in
def revoke(meeting: str):
    """`{person?}` → `{revoked, signed_out}`: the cards of one person, or all, open nothing any more; who came in by
    them is out at once."""
    staff_sees(meeting)
    body = request.get_json(silent=True)
    person = str(body.get("person") or "") if isinstance(body, dict) else ""
    with context().pool.writing() as db:
        came = join_code_store.list_codes(db, meeting, person)
        codes, sessions = join_code_store.revoke_codes(db, meeting, person)
        devices = [id for kind in (TABLETS, SCREENS) for id in paired_store.free_by_card(db, kind, came)]
        account_store.write_audit_line(db, "nameplates_revoked", by=g.user.id, subject=person or meeting, count=codes)
    for session in sessions:
        context().dismiss_session(session)
    for device in devices:
        context().dismiss_screen(device)
    return {"revoked": codes, "signed_out": len(sessions)}


def staff_sees(meeting: str) -> MeetingState:
    """The meeting, for those who run it; a meeting on state secrets is held without this program."""
    guard.require_staff(meeting)
    state = log.state(context().pool, meeting)
    if state.meeting.secrecy != "none":
        raise Problem("secret_meeting", 409)
    return state


@bp.get("/join")
def type_code():
    """For those whose telephone reads no QR codes: `?code=` leads on."""
    if typed := join_code_store.normalise_code(request.args.get("code", "")):
        return redirect("/join/" + "-".join(re.findall(".{1,3}", typed)))
    return render_template("people/join.html", wrong="code" in request.args)


@bp.route("/join/<code>", methods=["GET", "POST"])
def by_code(code: str):
    """Opening it signs in, as often as one likes; it asks first in a preview or somebody else's browser."""
    with context().pool.lend() as db:
        card = join_code_store.find_by_code(db, code)
    if seconds := sign_in.throttle().wait_with_card(sign_in.client_address(), right=card is not None):
        raise Problem("too_many_attempts", 429, retry_after=seconds)
    if card is None:
        return render_template("people/join.html", wrong=True, typed=code), 404
    if g.user and g.user.id == card["user"] and g.user.only in ("", card["meeting"]) and not g.user.tablet:
        return redirect(f"/meetings/{card['meeting']}/arrive")
    runs = card["role"] in roles.STAFF
    fetched_ahead = "prefetch" in (request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", ""))
    somebody_else = g.user is not None and g.user.id != card["user"]
    if request.method != "POST" and (request.method == "HEAD" or fetched_ahead or somebody_else or runs):
        return proof_page(card, code)
    if runs:
        try:
            prove(card)
        except Problem as problem:
            page = proof_page(card, code, message(problem.code), int(problem.details.get("retry_after", 0)))
            return page, problem.status
    if somebody_else:
        sign_in.sign_out()
    limits = Limits("card", card["meeting"], card["id"], card["until"], proven=runs)
    sign_in.start_session(card["user"], "signed_in_by_card", limits)
    with context().pool.writing() as db:
        join_code_store.mark_used(db, card["id"])
    return redirect(f"/meetings/{card['meeting']}/arrive")


def proof_page(card: dict, code: str, problem_text: str = "", seconds: int = 0) -> str:
    """Asks before it signs in; whoever runs the meeting, for their PIN or password as well."""
    with context().pool.lend() as db:
        pin = bool(own_pin.pin_of(db, card["user"]))
    runs = card["role"] in roles.STAFF
    shown = {"problem_text": problem_text, "seconds": seconds}
    return render_template("people/join.html", card=card, code=code, runs=runs, pin=pin, **shown)


def prove(card: dict) -> None:
    """The card is not only photographed: the PIN or the password of its owner is right. Raises Problem."""
    person, pin = card["user"], request.form.get("pin", "")
    if not pin:
        sign_in.verify_credentials(card["username"], request.form.get("password", ""))
        return
    own_pin.check(person, pin)


@bp.get("/meetings/<meeting>/arrive")
@signed_in
def arrive(meeting: str):
    """One tap checks in, here or online; somebody who is on the roll already goes straight to the room."""
    guard.require_member(meeting)
    state = log.state(context().pool, meeting)
    person = state.roll.people.get(g.user.id)
    if person is None or person.presence in PRESENT or state.meeting.status not in TAKES_ARRIVALS:
        return redirect(room(meeting))
    site = state.sites.sites.get(person.site)
    return render_template(
        "people/arrive.html", meeting=meeting, frame=state.meeting, person=person, site=site, sites=state.sites.order
    )


@bp.post("/meetings/<meeting>/arrive")
@signed_in
def arrived(meeting: str):
    """`mode`: onsite or online. What the rules refuse does not keep anybody out of the room."""
    role = guard.require_member(meeting)
    mode = request.form.get("mode", "")
    if mode in MODES and not g.user.tablet:
        with suppress(Refused):
            do_command(meeting, CheckIn(mode=mode), Actor(g.user.id, role), clock.new_id())
    return redirect(room(meeting))


def room(meeting: str) -> str:
    return f"/meetings/{meeting}/room"
