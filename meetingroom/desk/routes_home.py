"""The home page: what is live, what waits for me, and my meetings by day."""

from datetime import date

from flask import Blueprint, g, render_template, request

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.desk import guide, meeting_labels, meeting_links, todo
from meetingroom.desk import todo_court as todo_court  # name more of what waits
from meetingroom.desk import todo_dossiers as todo_dossiers
from meetingroom.desk import todo_handovers as todo_handovers
from meetingroom.desk import todo_packages as todo_packages
from meetingroom.desk import todo_reports as todo_reports
from meetingroom.desk.programme import room_is_open
from meetingroom.meeting import names
from meetingroom.projections import queries
from meetingroom.web import dates
from meetingroom.web.context import context

bp = Blueprint("home", __name__)
bp.record_once(lambda setup: setup.app.jinja_env.filters.update({**dates.FILTERS, **meeting_labels.FILTERS}))

PAST_SHOWN = 8


@bp.get("/")
@signed_in
def home():
    """Home: today's, coming and past meetings, what is to be done; `?q=` searches, `?past=all` shows all past ones."""
    now, query = clock.now(), request.args.get("q", "").strip()[:200]
    with context().pool.lend() as db:
        mine = [with_room(m, now) for m in queries.meetings_of(db, g.user.id)]
        things = todo.for_me(db, mine, now)
    groups = group_by_place(mine, now)
    whole_past = request.args.get("past") == "all"
    return render_template(
        "web/home.html",
        **groups | {"past": groups["past"] if whole_past else groups["past"][:PAST_SHOWN]},
        more_past=0 if whole_past else max(0, len(groups["past"]) - PAST_SHOWN),
        anything=bool(mine),
        waiting=things,
        guide=guide.find_open_guide(),
        query=query,
        found=find_matching(mine, query),
        today_is=dates.long_day(now),
        may_create=g.user.role in ("admin", "organiser"),
    )


def group_by_place(mine: list[dict], now: int) -> dict[str, list[dict]]:
    """The meetings by place on the page: `live`, `today`, `coming` (soonest first) and `past` (latest first)."""
    today = clock.local(now).date()
    groups: dict[str, list[dict]] = {"live": [], "today": [], "coming": [], "past": []}
    for meeting in mine:
        groups[place(meeting, now, today)].append(meeting)
    groups["past"].reverse()
    return groups


def place(meeting: dict, now: int, today: date) -> str:
    if meeting["status"] in ("live", "adjourned"):
        return "live"
    first, last = days(meeting)
    if meeting["status"] in ("closed", "archived") and first >= today:
        return "today" if last == first == today else "past"  # it was held before its day
    if last < today or (meeting["status"] in queries.OVER and first < today):
        return "past"
    return "coming" if first > today else "today"


def days(meeting: dict) -> tuple[date, date]:
    """The first and the last day of a meeting."""
    first = clock.local(meeting["starts_at"]).date()
    return first, clock.local(meeting["ends_at"]).date() if meeting["ends_at"] else first


def with_room(meeting: dict, now: int) -> dict:
    """With `room`, its address, when that is open."""
    return meeting | {
        "room": meeting_links.room_address(meeting["id"]) if room_is_open(meeting, meeting["role"], now) else ""
    }


def find_matching(mine: list[dict], query: str) -> list[dict]:
    """The meetings whose title or place holds every word of the query, latest first."""
    if not query:
        return []
    return [m for m in reversed(mine) if names.matches(query, meeting_labels.title(m), m["place"] or "")]
