"""Series of meetings: their pages, the next meeting of one, and a meeting made after another."""

from dataclasses import replace

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.auth import account_store, guard
from meetingroom.auth.guard import needs
from meetingroom.desk import cloning, new_meeting, rhythm
from meetingroom.desk.series_agenda import cloned_id, gather, items_of, read_source
from meetingroom.issuing import swapped_day_store
from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Actor, Refused
from meetingroom.meeting.lifecycle import KINDS
from meetingroom.meeting.roles import ROLES, STAFF, prepares
from meetingroom.meeting.series import ChooseSeries
from meetingroom.meeting.state import MeetingState
from meetingroom.tasks import presentation
from meetingroom.tasks import series_store as store
from meetingroom.tasks.followup import open_tasks
from meetingroom.tasks.store import roles_of
from meetingroom.web import dates
from meetingroom.web.context import context
from meetingroom.web.dispatch import do_command
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
    starts, ends = read_times(wish)
    title = text_of(wish, "title", 500, needed=False)
    found = gather(series, wish.get("from") or "")
    return cloning.clone(replace(found, title=title or found.title, starts_at=starts, ends_at=ends), request_id)


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
        check_may_choose(source)
        people = [{"person": who, "role": person.role} for who, person in source.roll.people.items()]
        items = items_of(source)
    with context().pool.writing() as db:
        if items:
            store.save_template(db, key, g.user.id, name, items)
        store.add_series(
            db, key, g.user.id, name, kind if kind in KINDS else "briefing", "", people, key if items else ""
        )
    if after:
        choose(after, key)
    return redirect(url_for("series.one", series=key))


def check_may_choose(state: MeetingState) -> None:
    """That the reader prepares this meeting, which is no secret one and may still come to a series."""
    if not prepares(state.roll.people[g.user.id].role, state):
        raise Problem("not_allowed", 403)
    checks.check_not_archived(state)
    checks.check_not_secret(state)
    if state.meeting.series:
        raise Refused("in_a_series")


def choose(meeting: str, series: str) -> None:
    do_command(meeting, ChooseSeries(series), Actor(g.user.id, guard.require_staff(meeting)), clock.new_id())


@bp.post("/meetings/<meeting>/series")
@needs("admin", "organiser")
def choose_from_page(meeting: str):
    """The meeting joins a series (`series`), or leaves its own ("") → the meeting's page."""
    guard.require_staff(meeting)
    series = request.form.get("series", "")
    try:
        choose(meeting, series)
    except Refused as refusal:
        flash(message(refusal.code), "bad")
    else:
        flash(_("The meeting belongs to the series now.") if series else _("The meeting has left its series."), "good")
    return redirect(url_for("meetings.page", meeting=meeting) + "#series")


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
        templates, may_edit = store.list_templates(db), g.user.id in store.users_of(db, series)
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
                           templates=templates, may_edit=may_edit,
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


@bp.post("/series/<series>")
@needs("admin", "organiser")
def edit(series: str):
    """Its `name` and `template` as they are from now on → its page; `retire`: it is not listed any more → all series.
    For those who make its meetings."""
    form = request.form
    with context().pool.writing() as db:
        row = store.find_series(db, series)
        if row is None:
            raise Problem("not_found", 404)
        if g.user.id not in store.users_of(db, series):
            raise Problem("not_allowed", 403)
        if form.get("retire"):
            store.edit_series(db, series, active=0)
            return redirect(url_for("series.page"))
        name = checks.text(form.get("name", ""), 300, needed=False, field="name") or row["name"]
        template = form.get("template", "")
        if template and not store.find_template(db, template):
            template = row["template"]
        store.edit_series(db, series, name=name, template=template)
    flash(_("Saved."), "good")
    return redirect(url_for("series.one", series=series))


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
