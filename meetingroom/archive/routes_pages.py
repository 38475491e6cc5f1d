"""The pages of archives: the list, the dossier of one meeting, checking a package, what is due."""

from urllib.parse import urlencode

from flask import Blueprint, flash, g, redirect, render_template, request

from meetingroom import clock, log
from meetingroom.archive import actions, destruction_store, store, supplement_store
from meetingroom.auth import guard
from meetingroom.auth.guard import signed_in
from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Actor, Refused
from meetingroom.meeting.lifecycle import ArchiveMeeting
from meetingroom.meeting.roles import CHAIR_AND_SECRETARY, STAFF
from meetingroom.web.context import context
from meetingroom.web.dispatch import do_command
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

bp = Blueprint("archives", __name__)
bp.record_once(lambda setup: setup.app.jinja_env.filters.update({"iso_day": iso_day}))
SHOWN = 50
KEPT = ("q", "year", "unit", "kind", "series", "all")


@bp.get("/archives")
@signed_in
def page():
    """The archived meetings I belong to, by year, unit, kind, series, and by words of their minutes and conclusions."""
    everything = g.user.is_admin and request.args.get("all") == "1"
    found, total, snippets = actions.search(request.args, SHOWN)
    with context().pool.lend() as db:
        choices = store.choices(db, g.user.id, everything)
        unseen = store.select_secret(db, [row["meeting"] for row in found])
    wanted = {name: request.args[name] for name in KEPT if request.args.get(name)}
    number = max(1, request.args.get("page", 1, type=int))
    return render_template(
        "archive/list.html", found=found, total=total, snippets=snippets, choices=choices, wanted=wanted, page=number,
        more=total > number * SHOWN, query=urlencode(wanted), everything=everything, staff=STAFF,
        unseen=unseen,
    )  # fmt: skip


@bp.post("/archives/export")
@signed_in
def export():
    """The packages that were ticked, in one ZIP."""
    return actions.export_many(request.form.getlist("archive"))


@bp.get("/verify")
@signed_in
def verify():
    """Is a package whole? It is hashed as it comes, and stored nowhere."""
    return render_template("archive/verify.html")


@bp.get("/meetings/<meeting>/archive")
@signed_in
def dossier(meeting: str):
    """The dossier of a meeting: archived here, its package, how long it is kept."""
    role = guard.require_member(meeting)
    state = log.state(context().pool, meeting)
    if state.meeting.status not in checks.OVER or (state.meeting.status != "archived" and role not in STAFF):
        raise Problem("not_found", 404)
    with context().pool.lend() as db:
        row, codes = store.find_archive(db, meeting), store.list_codes(db)
        asked = store.list_redactions(db, meeting) if role in STAFF else []
        destruction = destruction_store.find_asked(db, meeting)
        more = supplement_store.list_of(db, meeting) if role in STAFF else []
    return render_template(
        "archive/dossier.html", meeting=meeting, frame=state.meeting, archive=state.archive, row=row, codes=codes,
        runs=role in STAFF, archives=role in CHAIR_AND_SECRETARY and state.meeting.status == "closed",
        presides=role in ("chair", "cochair"), final=bool(state.review.final), redactions=asked,
        destruction=destruction, supplements=more,
        secret=state.meeting.secrecy != "none",
    )  # fmt: skip


@bp.post("/meetings/<meeting>/archive")
@signed_in
def archive(meeting: str):
    """Seal it."""
    role = guard.require_staff(meeting)
    wanted = ArchiveMeeting(request.form.get("code", "")[:20], request.form.get("without_minutes", "")[:5000])
    try:
        do_command(meeting, wanted, Actor(g.user.id, role), clock.new_id())
    except Refused as refused:
        flash(message(refused.code), "bad")
    return redirect(f"/meetings/{meeting}/archive")


def iso_day(day: str) -> str:
    """`2026-12-31` as `31/12/2026`."""
    return "/".join(reversed(day.split("-")))
