"""Invitations of a meeting: who gets one, who has no address, what has become of each; and sending them."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from meetingroom import log
from meetingroom.auth import guard
from meetingroom.invitations import enclosure, jobs, store
from meetingroom.invitations.letter import CANCEL
from meetingroom.jobs import queue
from meetingroom.meeting.roles import prepares
from meetingroom.tasks import mail
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message, messages

bp = Blueprint("invitations", __name__)
messages.update(
    {
        "mail_off": _l("E-mail is not set up. An administrator does that under Administration, E-mail and reminders."),
        "nobody_to_invite": _l("Everybody with an e-mail address has the invitation as it reads now."),
    }
)


@bp.get("/meetings/<meeting>/invitations")
@guard.signed_in
def page(meeting: str):
    """Who gets an invitation by mail, who cannot, and what has become of those that were sent."""
    role = require(meeting)
    seen = look_at(meeting, role)
    return render_template("invitations/page.html", **seen)


@bp.post("/meetings/<meeting>/invitations")
@guard.signed_in
def send_from_page(meeting: str):
    """Sends them to everybody who has not got the invitation as it reads now → the page."""
    try:
        n = send(meeting, require(meeting))
    except Problem as problem:
        if problem.status not in (409, 403):
            raise
        flash(message(problem.code), "bad")
    else:
        flash(ngettext("%(num)d message is being sent.", "%(num)d messages are being sent.", n), "good")
    return redirect(url_for("invitations.page", meeting=meeting))


@bp.get("/api/meetings/<meeting>/invitations")
@guard.signed_in
def read_all(meeting: str):
    """`{people: [{person, name, address, state, sent_at?, error?, current?, letter?}], mail, may_send, unsent}`;
    `state`: new, no_address, queued, sent (the mail server has it), failed, cancelled; `letter`, the official one that
    went with it: issued, made, missing."""
    seen = look_at(meeting, require(meeting))
    return {key: seen[key] for key in ("people", "mail", "may_send", "unsent")}


@bp.post("/api/meetings/<meeting>/invitations")
@guard.signed_in
def send_all(meeting: str):
    """→ 202 `{queued}`: how many messages the worker sends now."""
    return {"queued": send(meeting, require(meeting))}, 202


def require(meeting: str) -> str:
    """The role of a reader who runs the meeting; nothing is mailed of one on state secrets."""
    role = guard.require_staff(meeting)
    if log.state(context().pool, meeting).meeting.secrecy != "none":
        raise Problem("not_found", 404)
    return role


def send(meeting: str, role: str) -> int:
    if not prepares(role, log.state(context().pool, meeting)):
        raise Problem("not_allowed", 403)
    with context().pool.writing() as db:
        if not mail.read_mail(db).on:
            raise Problem("mail_off", 409)
        frame = store.read_meeting(db, meeting)
        if frame is None or frame["status"] not in store.OPEN:
            raise Problem("not_published" if frame and frame["status"] == "draft" else "meeting_over", 409)
        n = store.send_round(db, frame, g.user.id, everybody=True)
        if not n:
            raise Problem("nobody_to_invite", 409)
        queue.request_once(db, jobs.SEND, "all")
    queue.wake_worker(context().settings)
    return n


def look_at(meeting: str, role: str) -> dict:
    with context().pool.lend() as db:
        frame, on = store.read_meeting(db, meeting), mail.read_mail(db).on
        invited, mails = store.list_people(db, meeting), store.list_mails(db, meeting)
    if frame is None:
        raise Problem("not_found", 404)
    now = store.frame_of(frame)
    people = [describe(person, mails.get(person["person"]), now) for person in invited]
    here = {person["person"] for person in invited}
    people += [describe(row, row, now) for who, row in mails.items() if who not in here]
    state = log.state(context().pool, meeting)
    may = prepares(role, state)
    unsent = sum(each["state"] in ("new", "failed") or not each.get("current", True) for each in people)
    return {"meeting": frame, "people": people, "mail": on, "may_send": may and on and frame["status"] in store.OPEN,
            "may": may, "unsent": unsent, "states": STATES, "letters": LETTERS,
            "issued": enclosure.is_issued(state)}  # fmt: skip


STATES = {
    "new": _l("Not sent yet"),
    "no_address": _l("No e-mail address"),
    "queued": _l("Being sent"),
    "sent": _l("Taken by the mail server"),
    "failed": _l("Not sent"),
    "cancelled": _l("The cancellation was taken by the mail server"),
}
LETTERS = {
    "issued": _l("with the letter of invitation as issued"),
    "made": _l("with the letter of invitation, not numbered"),
    "missing": _l("without the letter of invitation, which could not be made"),
}


def describe(person: dict, row: dict | None, frame: str) -> dict:
    """What is proven of somebody's invitation."""
    about = {"person": person["person"], "name": person["name"], "address": person["address"]}
    if row is None:
        return about | {"state": "new" if person["address"] else "no_address"}
    state = "cancelled" if row["method"] == CANCEL and row["status"] == "sent" else row["status"]
    about |= {"state": state, "current": row["frame"] == frame or row["method"] == CANCEL}
    return about | {key: row[key] for key in ("sent_at", "error", "letter") if row[key]}
