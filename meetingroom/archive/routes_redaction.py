"""What must not stand in a meeting's log is withheld: an administrator asks, who presides decides."""

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import gettext as _

from meetingroom import clock, log
from meetingroom.archive import actions, store, texts
from meetingroom.auth import guard
from meetingroom.auth.guard import needs, signed_in
from meetingroom.meeting.archiving import RedactFact
from meetingroom.meeting.kernel import Actor, Refused
from meetingroom.meeting.roles import STAFF
from meetingroom.web.context import context
from meetingroom.web.dispatch import do_command
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

bp = Blueprint("redaction", __name__)
SHOWN = 100
MEETINGS = 300
PRESIDES = ("chair", "cochair")


@bp.get("/redactions")
@needs("admin")
def page():
    """The form in which an administrator asks, with the number that the meeting's staff have given; and what waits."""
    with context().pool.lend() as db:
        waiting, meetings = store.list_all_redactions(db), store.list_meetings(db, MEETINGS)
    return render_template("archive/redactions.html", waiting=waiting, meetings=meetings)


@bp.post("/redactions")
@needs("admin")
def ask():
    """Ask for one entry of a meeting."""
    form = request.form
    meeting, number = form.get("meeting", ""), form.get("seq", "").strip()[:12]
    back = form.get("back") == "meeting"
    try:
        actions.ask_redaction(
            meeting, int(number) if number.isascii() and number.isdigit() else None, form.get("reason")
        )
        flash(_("Asked. Who presided over the meeting decides."), "good")
    except (Refused, Problem) as refused:
        flash(_("This meeting has no such entry.") if refused.code == "not_found" else message(refused.code), "bad")
    return redirect(f"/meetings/{meeting}/redactions" if back else "/redactions")


@bp.get("/meetings/<meeting>/redactions")
@signed_in
def entries(meeting: str):
    """For the meeting's staff: the entries with words in them, by their numbers; what an administrator has asked for,
    which who presides confirms or refuses. `?q=` looks for words."""
    role = guard.require_staff(meeting)
    q = request.args.get("q", "").strip()[:200]
    with context().pool.lend() as db:
        rows = store.read_rows(db, meeting)
        asked = store.list_redactions(db, meeting)
        names = store.names_of(db, {fact.by for fact, _data in rows})
    state = log.state(context().pool, meeting)
    every, found = context().in_thread(texts.search, rows, state, q)
    return render_template(
        "archive/entries.html", meeting=meeting, frame=state.meeting, q=q, total=len(found),
        found=[(each, texts.excerpt(each.text, q)) for each in found[:SHOWN]],
        asked=asked, text_of={each.seq: texts.excerpt(each.text, "") for each in every}, names=names,
        presides=role in PRESIDES,
    )  # fmt: skip


@bp.post("/meetings/<meeting>/redactions/<int:seq>")
@signed_in
def decide(meeting: str, seq: int):
    """Who presides withholds it for good, or refuses (`refuse`); who has asked takes it back."""
    role = guard.require_member(meeting) if not g.user.is_admin else None
    with context().pool.lend() as db:
        role = role or guard.role_of(db, meeting) or ""
        asked = store.find_redaction(db, meeting, seq) if seq < 2**53 else None
    if asked is None or not (role in PRESIDES or asked["by"] == g.user.id):
        raise Problem("not_found", 404)
    if "refuse" in request.form:
        actions.drop_redaction(meeting, seq)
        flash(_("Entry %(n)s stays as it is.", n=seq), "good")
    else:
        try:
            do_command(meeting, RedactFact(seq, asked["reason"]), Actor(g.user.id, role), clock.new_id())
            flash(_("Entry %(n)s is withheld for good.", n=seq), "good")
        except Refused as refused:
            flash(message(refused.code), "bad")
    return redirect(f"/meetings/{meeting}/redactions" if role in STAFF else "/redactions")
