"""How long dossiers are kept: what falls due, longer, destroyed by two, and what is left of it."""

import datetime

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import gettext as _

from meetingroom.archive import actions, store
from meetingroom.archive.store import Code
from meetingroom.auth.guard import needs, signed_in
from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Refused
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

bp = Blueprint("retention", __name__)
AHEAD = 365  # days in which what falls due is told of
SHOWN = 200
PAGE = "/retention"


@bp.get("/retention")
@bp.get("/archives/due")
@needs("admin")
def page():
    """Dossiers whose period is over or ends within a year, those without a period, those that were destroyed, and the
    periods."""
    today = actions.today()
    ahead = (datetime.date.fromisoformat(today) + datetime.timedelta(days=AHEAD)).isoformat()
    with context().pool.lend() as db:
        lists = {
            "found": store.list_due(db, today)[:SHOWN],
            "coming": store.list_ending(db, today, ahead)[:SHOWN],
            "undecided": store.list_undecided(db, SHOWN),
            "stones": store.list_tombstones(db)[:SHOWN],
            "codes": store.list_codes(db),
        }
    return render_template("archive/retention.html", **lists)


@bp.post("/archives/<archive>/retention")
@needs("admin")
def keep(archive: str):
    """Kept for another period (`code`), or until a later day (`until`) for a reason; what was asked is taken back."""
    form = request.form
    if form.get("until"):
        return done(lambda: actions.extend(archive, form.get("until"), form.get("reason")), _("Kept longer."))
    return done(lambda: actions.set_retention(archive, form.get("code", "")), _("The period was set."))


@bp.post("/archives/<archive>/destroy/withdraw")
@needs("admin")
def withdraw(archive: str):
    """What was asked is taken back: the dossier stays."""
    return done(lambda: actions.withdraw_destruction(archive), _("The proposal was taken back; the dossier stays."))


@bp.post("/archives/<archive>/destroy")
@needs("admin")
def destroy(archive: str):
    """An administrator asks."""
    form = request.form
    ask = "keep_title" in form
    return done(
        lambda: actions.ask_destruction(archive, form.get("decision"), form.get("date"), ask),
        _("Proposed. A second person confirms: another administrator, or who presided over the meeting."),
    )


@bp.post("/archives/<archive>/destroy/confirm")
@signed_in
def confirm(archive: str):
    """A second person confirms."""
    return done(
        lambda: actions.confirm(archive),
        _("The dossier was destroyed; a tombstone is left."),
        back=PAGE if g.user.is_admin else "/archives",
    )


@bp.post("/archives/codes")
@needs("admin")
def save_code():
    """A retention period: `years` 0 for good; `remove` takes it off the list."""
    form = request.form
    code = checks.clean_text(form.get("code", "")).strip()[:20]
    years = form.get("years", "")
    if not code or not ((years.isascii() and years.isdigit() and int(years) <= 200) or "remove" in form):
        flash(_("Give a code and a number of years (0: for good)."), "bad")
        return redirect(PAGE)
    with context().pool.writing() as db:
        if "remove" in form:
            store.remove_code(db, code)
        else:
            title = checks.clean_text(form.get("title", "")).strip()[:200] or code
            store.save_code(db, Code(code, title, int(years), len(store.list_codes(db))))
    return redirect(PAGE)


def done(work, said: str, back: str = PAGE):
    try:
        work()
    except Refused as refused:
        flash(message(refused.code), "bad")
    except Problem as problem:
        if problem.status == 404:
            raise
        flash(message(problem.code), "bad")
    else:
        flash(said, "good")
    return redirect(back)
