"""Series of meetings: their pages, the next meeting of one, and a meeting made after another."""

import hashlib

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from meetingroom import clock, log
from meetingroom.auth import account_store, guard
from meetingroom.auth.guard import needs
from meetingroom.desk import cloning, new_meeting, rhythm
from meetingroom.issuing import swapped_day_store
from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.lifecycle import KINDS
from meetingroom.meeting.roles import ROLES, STAFF
from meetingroom.meeting.state import MeetingState
from meetingroom.tasks import presentation
from meetingroom.tasks import series_store as store
from meetingroom.tasks.followup import open_tasks
from meetingroom.tasks.store import roles_of
from meetingroom.web import dates
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_command_id, read_json_object
from meetingroom.web.messages import message

bp = Blueprint("series", __name__)
MOST_PEOPLE, MOST_ITEMS = 500, 100


@bp.get("/api/series")
@needs("admin", "organiser")
def list_all():
    """`{series: [{id, name, kind, unit, people, template, meetings, backlog}], templates}`."""
    with context().pool.lend() as db:
        return {"series": [series_json(row) for row in store.list_series(db)], "templates": store.list_templates(db)}


@bp.post("/api/series")
@needs("admin", "organiser")
def create():
    """`{name, kind, unit?, people?: [{person, role}], items?: [{title, minutes?, presenters?}], id?}` → 201 `{id}`."""
    wish = read_json_object()
    key = "r" + cloned_id(read_command_id(wish.get("id") or clock.new_id()))
    name, kind = text_of(wish, "name", 300), wish.get("kind") or "briefing"
    checks.one_of(kind, KINDS, "kind")
    people, items = read_people(wish.get("people")), read_items(wish.get("items"))
    with context().pool.writing() as db:
        unit = text_of(wish, "unit", 40, needed=False)
        if unit and not account_store.unit(db, unit):
            raise Refused("no_such_unit", field="unit")
        template = key if items else ""
        if items:
            store.save_template(db, key, g.user.id, name, items)
        store.add_series(db, key, g.user.id, name, kind, unit, people, template)
    return {"id": key}, 201


def series_json(row: dict) -> dict:
    return {key: row[key] for key in ("id", "name", "kind", "unit", "people", "template", "meetings", "backlog")}


@bp.post("/api/series/<series>/meetings")
@needs("admin", "organiser")
def next_meeting(series: str):
    """`{starts_at, ends_at?, from?, title?, id?}` → 201 `{id}`: a draft with the people, places and agenda of a meeting
    (`from`, else the last one) or the series' template, what waits in the backlog, and first what became of the last.
    """
    wish = read_json_object()
    return {"id": make_next(series, wish, read_command_id(wish.get("id") or clock.new_id()))}, 201


def make_next(series: str, wish: dict, request_id: str) -> str:
    with context().pool.lend() as db:
        row = store.find_series(db, series)
        if row is None:
            raise Problem("no_such_series", 404)
        template = store.find_template(db, row["template"]) if row["template"] else None
        backlog = store.list_backlog(db, series)
        before = store.list_meetings(db, series)
        mine = roles_of(db, g.user.id)
    # The last one that was announced and whose staff I am among: of others, nobody is told anything.
    held = (m["id"] for m in before if m["status"] not in ("draft", "cancelled") and mine.get(m["id"]) in STAFF)
    chosen = wish.get("from") or next(held, "")
    source = read_source(chosen) if chosen else None
    items = tuple(template["items"]) if template and not wish.get("from") else ()
    starts, ends = read_times(wish)
    title = text_of(wish, "title", 500, needed=False) or row["name"]
    return cloning.clone(cloning.Wish(title, starts, ends, source, row, items, tuple(backlog)), request_id)


@bp.post("/api/meetings/<meeting>/clone")
@needs("admin", "organiser")
def clone(meeting: str):
    """`{starts_at?, ends_at?, title?, id?}` → 201 `{id}`: a draft with the people, places and agenda of this meeting,
    a week later unless `starts_at` says when; no papers, no texts."""
    wish = read_json_object()
    return {"id": make_clone(meeting, wish, read_command_id(wish.get("id") or clock.new_id()))}, 201


def make_clone(meeting: str, wish: dict, request_id: str) -> str:
    source = read_source(meeting)
    if not wish.get("starts_at"):
        week = 7 * 24 * 3_600_000
        wish = {**wish, "starts_at": max(source.meeting.starts_at, clock.now()) + week}
    starts, ends = read_times(wish)
    with context().pool.lend() as db:
        row = store.find_series(db, source.meeting.series) if source.meeting.series else None
    title = text_of(wish, "title", 500, needed=False) or source.meeting.title
    return cloning.clone(cloning.Wish(title, starts, ends, source, row), request_id)


def read_source(meeting: str) -> MeetingState:
    """A meeting that the reader runs; others are not told that it is there."""
    if not isinstance(meeting, str):
        raise Problem("malformed", 400, fields={"from": "type"})
    guard.require_staff(meeting)
    return log.state(context().pool, meeting)


def read_times(wish: dict) -> tuple[int, int]:
    found = []
    for field in ("starts_at", "ends_at"):
        value = wish.get(field) or 0
        if isinstance(value, str):
            try:
                value = clock.milliseconds(value)
            except ValueError:
                raise Refused("bad_time", field=field) from None
        if type(value) is not int:
            raise Problem("malformed", 400, fields={field: "type"})
        found.append(value)
    return found[0], found[1]


def text_of(wish: dict, name: str, limit: int, *, needed: bool = True) -> str:
    value = wish.get(name) or ""
    if not isinstance(value, str):
        raise Problem("malformed", 400, fields={name: "type"})
    return checks.text(value, limit, needed=needed, field=name)


def read_people(given) -> list[dict]:
    """[{person, role}], of whom one chairs. Raises Refused, Problem."""
    if given is None:
        return []
    if not isinstance(given, list) or len(given) > MOST_PEOPLE:
        raise Problem("malformed", 400, fields={"people": "type"})
    people = {}
    for each in given:
        if not isinstance(each, dict) or not isinstance(each.get("person"), str):
            raise Problem("malformed", 400, fields={"people": "type"})
        role = each.get("role") or "delegate"
        checks.one_of(role, ROLES, "role")
        people[each["person"]] = role
    if list(people.values()).count("chair") > 1:
        raise Refused("one_chair")
    return [{"person": person, "role": role} for person, role in people.items()]


def read_items(given) -> list[dict]:
    if given is None:
        return []
    if not isinstance(given, list) or len(given) > MOST_ITEMS or not all(isinstance(each, dict) for each in given):
        raise Problem("malformed", 400, fields={"items": "type"})
    items = []
    for each in given:
        minutes, presenters = each.get("minutes") or 0, each.get("presenters") or []
        if type(minutes) is not int or not isinstance(presenters, list):
            raise Problem("malformed", 400, fields={"items": "type"})
        if not 0 <= minutes <= 1440:
            raise Refused("not_a_number", field="items")
        items.append({"title": text_of(each, "title", 500), "minutes": minutes,
                      "presenters": [text_of({"name": name}, "name", 200) for name in presenters[:50]]})  # fmt: skip
    return items


def cloned_id(request_id: str) -> str:
    return hashlib.sha256(f"{g.user.id}/{request_id}".encode()).hexdigest()[:15]


# Pages


@bp.get("/series")
@needs("admin", "organiser")
def page():
    """All series, and the form for a new one."""
    with context().pool.lend() as db:
        rows = store.list_series(db)
    return render_template("series/list.html", series=rows, kinds=KINDS, fresh_id=clock.new_id())


@bp.post("/series")
@needs("admin", "organiser")
def add():
    """A new series, after a meeting (`from`: its people and agenda) or empty → its page."""
    name = request.form.get("name", "").strip()[:300]
    if not name:
        flash(message("empty"), "bad")
        return redirect(url_for("series.page"))
    kind = request.form.get("kind", "")
    key = "r" + cloned_id(read_command_id(request.form.get("id")))
    people, items = [], []
    if after := request.form.get("from", ""):
        source = read_source(after)
        people = [{"person": who, "role": person.role} for who, person in source.roll.people.items()]
        items = [{"title": item.title, "minutes": item.minutes, "presenters": list(item.presenters)}
                 for item in (source.agenda.items[k] for k in source.agenda.order) if not item.kind]  # fmt: skip
    with context().pool.writing() as db:
        if items:
            store.save_template(db, key, g.user.id, name, items)
        store.add_series(
            db, key, g.user.id, name, kind if kind in KINDS else "briefing", "", people, key if items else ""
        )
    return redirect(url_for("series.one", series=key))


@bp.get("/series/<series>")
@needs("admin", "organiser")
def one(series: str):
    """A series: its meetings, what waits, the work that is open, and the form of the next meeting."""
    with context().pool.lend() as db:
        row = store.find_series(db, series)
        if row is None:
            raise Problem("not_found", 404)
        meetings, backlog = store.list_meetings(db, series), store.list_backlog(db, series)
        template = store.find_template(db, row["template"]) if row["template"] else None
        mine, swapped = roles_of(db, g.user.id), swapped_day_store.read_swapped(db)
        found, units = open_tasks(db, series)
        people = {user["id"]: user["name"] for user in account_store.list_users(db)}
    day, starts, _ends = dates.next_morning(clock.now())
    held = [m["starts_at"] for m in meetings if m["status"] != "cancelled"]
    moments = [clock.local(at) for at in held]
    if likely := rhythm.next_day([moment.date() for moment in moments], dates.today(), swapped):
        day, starts = f"{likely:%d/%m/%Y}", f"{max(moments):%H:%M}"
    # Who is not among the staff of its meetings is told that there is work, and how much.
    shown = [seen for seen in found if mine.get(seen.row["meeting"]) in STAFF]
    return render_template("series/one.html", series=row, meetings=meetings, backlog=backlog, template=template,
                           tasks=shown, open=len(found), mine=mine, people=people, day=day, starts=starts,
                           lead_of=lambda seen: presentation.lead_name(seen, units),
                           fresh_id=clock.new_id())  # fmt: skip


@bp.post("/series/<series>/meetings")
@needs("admin", "organiser")
def next_from_page(series: str):
    """The next meeting of the series → its preparation."""
    starts = new_meeting.moment(request.form.get("day", ""), request.form.get("starts", ""))
    if not starts:
        flash(message("bad_time"), "bad")
        return redirect(url_for("series.one", series=series))
    try:
        key = make_next(series, {"starts_at": starts}, read_command_id(request.form.get("id")))
    except Refused as refusal:
        flash(message(refusal.code), "bad")
        return redirect(url_for("series.one", series=series))
    return redirect(url_for("meetings.prepare", meeting=key))


@bp.post("/series/<series>/backlog")
@needs("admin", "organiser")
def change_backlog(series: str):
    """Something for the next meeting (`title`), or something no longer (`drop`) → the page."""
    with context().pool.writing() as db:
        if store.find_series(db, series) is None:
            raise Problem("not_found", 404)
        if entry := request.form.get("drop", ""):
            store.drop_entry(db, series, entry)
        elif title := request.form.get("title", "").strip()[:500]:
            store.add_to_backlog(db, series, checks.text(title), 0, ())
    return redirect(url_for("series.one", series=series))


@bp.post("/meetings/<meeting>/clone")
@needs("admin", "organiser")
def clone_from_page(meeting: str):
    """A meeting like this one, a week later → its preparation."""
    key = make_clone(meeting, {}, read_command_id(request.form.get("id")))
    flash(_("A draft with the same people, places and agenda. Set its time first."), "good")
    return redirect(url_for("meetings.prepare", meeting=key))
