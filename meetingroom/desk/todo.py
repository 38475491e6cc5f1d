"""What waits for a person: small sources, each looking at the person's meetings and naming what is to be done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from meetingroom import clock, log
from meetingroom.meeting.roles import CHAIR, PREPARERS, prepares
from meetingroom.projections import queries
from meetingroom.tasks import seeing, telling
from meetingroom.web.context import context

READING_DAYS = 7
TASKS_SHOWN = 5
DAY = 86_400_000


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, for which meeting, and where the button leads."""

    text: str
    meeting: dict
    icon: str
    href: str
    action: str
    urgent: bool = False


_sources: list[Callable[..., Iterator[Waiting]]] = []


def source(look):
    """Registers `look(db, meetings, now)`, which yields what waits for the person these meetings belong to."""
    _sources.append(look)
    return look


def for_me(db, meetings: list[dict], now: int) -> list[Waiting]:
    """Everything that waits, urgent things first."""
    found = [thing for look in _sources for thing in look(db, meetings, now)]
    return sorted(found, key=lambda thing: not thing.urgent)


def mine_to_prepare(meeting: dict) -> bool:
    if meeting["role"] in PREPARERS:
        return True
    return meeting["role"] == "chair" and prepares("chair", log.state(context().pool, meeting["id"]))


@source
def papers_that_failed(db, meetings, now):
    mine = {m["id"]: m for m in meetings if m["status"] not in queries.OVER and mine_to_prepare(m)}
    for meeting, n in queries.papers_in_trouble(db, list(mine)).items():
        text = ngettext("%(num)d paper could not be processed", "%(num)d papers could not be processed", n)
        href = url_for("meetings.prepare", meeting=meeting, _anchor="agenda")
        yield Waiting(text, mine[meeting], "file-warning", href, _("See papers"), urgent=True)


@source
def drafts_to_publish(db, meetings, now):
    for meeting in meetings:
        if meeting["status"] == "draft" and mine_to_prepare(meeting):
            href = url_for("meetings.prepare", meeting=meeting["id"])
            soon = 0 < meeting["starts_at"] - now < 3 * DAY
            yield Waiting(_("Not published yet"), meeting, "square-pen", href, _("Go on preparing"), urgent=soon)


@source
def papers_to_read(db, meetings, now):
    for meeting in meetings:
        ahead = meeting["starts_at"] - now
        if meeting["status"] == "published" and meeting["papers"] and 0 < ahead < READING_DAYS * DAY:
            n = meeting["papers"]
            text = ngettext("%(num)d paper to read before the meeting", "%(num)d papers to read before the meeting", n)
            href = url_for("meetings.page", meeting=meeting["id"], _anchor="agenda")
            yield Waiting(text, meeting, "book-open", href, _("Read"))


@source
def minutes_to_finish(db, meetings, now):
    for meeting in meetings:
        mine = meeting["role"] == "secretary" or meeting["role"] in CHAIR
        if mine and meeting["status"] == "closed" and meeting["secrecy"] == "none" and not meeting["approved_at"]:
            writing = meeting["role"] == "secretary"
            text = _("Minutes to be finished") if writing else _("Minutes to be approved")
            href = url_for("minutes.page", meeting=meeting["id"])
            yield Waiting(text, meeting, "notebook-pen", href, _("Open minutes"))


@source
def tasks_that_wait(db, meetings, now):
    """Tasks with a step of mine to do, the most urgent first; more than a few are one line."""
    sight = seeing.look(db, g.user.id, clock.local(now).date())
    waiting = sorted((seen for seen in sight.tasks if seen.next), key=lambda s: (s.late is None, -(s.late or 0)))
    for seen in waiting[:TASKS_SHOWN]:
        days = telling.days(seen)
        text = f"{telling.STEPS[seen.next]} ({days})" if days else str(telling.STEPS[seen.next])
        about = {"id": seen.row["meeting"], "title": seen.task.text}
        urgent = seen.overdue or seen.when in ("today", "soon")
        yield Waiting(text, about, "clipboard-list", url_for("tasks.one", task=seen.id), _("Open task"), urgent)
    more = len(waiting) - TASKS_SHOWN
    if more > 0:
        text = ngettext("%(num)d more task waits for you", "%(num)d more tasks wait for you", more)
        href = url_for("tasks.page", waits="me")
        yield Waiting(text, {"id": "", "title": _("Tasks")}, "clipboard-list", href, _("See all"))
