"""What waits for a person about conclusions that were read back, and about dossiers: withheld, destroyed, not made."""

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from meetingroom import clock, log
from meetingroom.archive import destruction_store
from meetingroom.archive import store as archives
from meetingroom.desk.todo import Waiting, source
from meetingroom.issuing import deadlines
from meetingroom.meeting.roles import CHAIR
from meetingroom.projections import queries
from meetingroom.web.context import context


@source
def conclusions_read_back(db, meetings, now):
    """After the close: for the chair while they wait, for the secretary when they were given back."""
    mine = {
        m["id"]: m
        for m in meetings
        if m["status"] == "closed"
        and m["starts_at"] > now - deadlines.OLDEST
        and (m["role"] == "secretary" or m["role"] in CHAIR)
    }
    for key in queries.read_back(db, list(mine)):
        said = log.state(context().pool, key).record.readback.state
        href = url_for("minutes.page", meeting=key)
        if said == "submitted" and mine[key]["role"] in CHAIR:
            yield Waiting(_("Conclusions to be approved"), mine[key], "gavel", href, _("Read them"), urgent=True)
        elif said == "returned" and mine[key]["role"] == "secretary":
            yield Waiting(_("Conclusions were given back"), mine[key], "gavel", href, _("See why"), urgent=True)


@source
def entries_to_withhold(db, meetings, now):
    """An administrator has asked; who presides decides."""
    mine = {m["id"]: m for m in meetings if m["role"] in CHAIR}
    for key, n in archives.count_redactions(db, list(mine), g.user.id).items():
        text = ngettext(
            "%(num)d entry to be withheld waits for your decision",
            "%(num)d entries to be withheld wait for your decision",
            n,
        )
        href = url_for("redaction.entries", meeting=key)
        yield Waiting(text, mine[key], "eye-off", href, _("Decide"), urgent=True)


@source
def dossiers_to_destroy(db, meetings, now):
    """One person has asked for it, a second confirms: who presided, or another administrator."""
    mine = {m["id"]: m for m in meetings if m["role"] in CHAIR}
    for row in destruction_store.list_to_confirm(db, g.user.id):
        if not (g.user.is_admin or row["meeting"] in mine):
            continue
        href = url_for("retention.page") if g.user.is_admin else url_for("archives.dossier", meeting=row["meeting"])
        about = mine.get(row["meeting"], {"id": "", "title": row["title"]})
        text = _("To be destroyed by decision %(number)s: a second person confirms", number=row["decision"])
        yield Waiting(text, about, "trash-2", href, _("Decide"), urgent=True)


@source
def dossiers_due(db, meetings, now):
    """Periods that are over: for administrators, one line for all."""
    if g.user.is_admin and (n := archives.count_due(db, f"{clock.local(now):%Y-%m-%d}")):
        text = ngettext(
            "The retention period of %(num)d dossier is over", "The retention period of %(num)d dossiers is over", n
        )
        about = {"id": "", "title": _("Retention")}
        yield Waiting(text, about, "hourglass", url_for("retention.page"), _("See which"))


@source
def packages_not_made(db, meetings, now):
    """For who archived the meeting."""
    mine = {
        m["id"]: m for m in meetings if m["status"] == "archived" and (m["role"] == "secretary" or m["role"] in CHAIR)
    }
    for key in archives.list_with_problem(db, list(mine)):
        href = url_for("archives.dossier", meeting=key)
        yield Waiting(_("The package could not be made"), mine[key], "archive", href, _("See why"), urgent=True)
