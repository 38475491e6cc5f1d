"""The pages of one meeting at the desk: its own page, the form that makes it, and its preparation."""

from dataclasses import replace

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from meetingroom import clock, log
from meetingroom.auth import guard
from meetingroom.commands import do
from meetingroom.desk import cloning, meeting_links, new_meeting, programme
from meetingroom.desk.series_agenda import gather
from meetingroom.documents import store as documents
from meetingroom.documents import warnings
from meetingroom.meeting import checks, papers
from meetingroom.meeting.lifecycle import KINDS, CreateMeeting
from meetingroom.meeting.roles import PREPARERS, STAFF, audience, prepares
from meetingroom.meeting.series import rests_on_series
from meetingroom.meeting.state import MeetingState
from meetingroom.meeting.view import view
from meetingroom.reading import bound_store
from meetingroom.tasks import series_store
from meetingroom.tasks.followup import followup_rows
from meetingroom.web import dates
from meetingroom.web.context import context
from meetingroom.web.messages import message

bp = Blueprint("meetings", __name__)


@bp.get("/meetings/<meeting>")
@guard.signed_in
def page(meeting: str):
    """A meeting's page: programme, people, places, papers, and the way to its room and minutes."""
    role = guard.require_member(meeting)
    state = log.state(context().pool, meeting)
    seen = view(state, audience(role))
    own = papers.of_person(state, g.user.id, log.meeting_time(context().pool, state))
    seen = {**seen, "papers": {**seen["papers"], **own}}
    frame = seen["meeting"]
    sites = programme.sites(seen)
    me = seen["roll"]["people"].get(g.user.id, {})
    may_clone = role in STAFF and g.user.role in ("admin", "organiser") and frame["secrecy"] == "none"
    return render_template(
        "web/meeting.html",
        meeting=frame,
        role=role,
        me=me,
        agenda=with_followup(meeting, programme.agenda(seen), role),
        warned=list_warnings(meeting) if role in STAFF else {},
        planned=programme.minutes_planned(seen),
        people=programme.people_by_role(seen),
        people_count=len(seen["roll"]["order"]),
        sites=sites,
        site_names={site["id"]: site["short"] for site in sites},
        room=meeting_links.room_address(meeting) if programme.room_is_open(frame, role, clock.now()) else "",
        minutes=url_for("minutes.page", meeting=meeting) if meeting_links.has_minutes(state, role) else "",
        has_papers=bool(seen["papers"]),
        printed=bound_pages(meeting) if role in STAFF else (0, 0),
        minutes_state=meeting_links.state_of_minutes(state),
        may_prepare=prepares(role, state),
        may_look=role in STAFF,
        may_clone=may_clone,
        again=series_of(state, role) if may_clone else None,
        fresh_id=clock.new_id(),
    )


def bound_pages(meeting: str) -> tuple[int, int]:
    """(how often, pages in all) of the papers that were made to be printed."""
    with context().pool.lend() as db:
        return bound_store.count_pages(db, meeting)


def series_of(state: MeetingState, role: str) -> dict:
    """The series of the meeting, and those that it may join."""
    may = prepares(role, state) and state.meeting.status not in checks.SEALED
    with context().pool.lend() as db:
        row = series_store.find_series(db, state.meeting.series) if state.meeting.series else None
        carried = series_store.count_carried(db, state.id)
        others = series_store.list_series_of(db, g.user.id) if may and not row else []
    return {"row": row, "may": may, "others": others, "stays": bool(row) and rests_on_series(state, carried)}


def with_followup(meeting: str, items: list[dict], role: str) -> list[dict]:
    """The staff see before the meeting what the item about earlier conclusions will show."""
    if role in STAFF and any(item["kind"] == "followup" and item["status"] == "waiting" for item in items):
        with context().pool.lend() as db:
            rows = followup_rows(db, meeting)
        return [item | {"followup": rows} if item["kind"] == "followup" else item for item in items]
    return items


def list_warnings(meeting: str) -> dict[str, list]:
    """What to look at in the papers before others see them: document → [(words, pages)]."""
    with context().pool.lend() as db:
        return {row["id"]: warnings.warning_lines(row["warnings"]) for row in documents.list_documents(db, meeting)}


@bp.route("/meetings/new", methods=["GET", "POST"])
@guard.needs("admin", "organiser")
def new():
    """The form for a new meeting → its preparation; it carries the meeting's id, so that a double click makes one."""
    wrong: dict[str, str] = {}
    if request.method == "POST":
        command, wrong = new_meeting.read_form(request.form)
        wish = read_beginning(wrong)
        if command and not wrong:
            key = create(command, wish, do.read_command_id(request.form.get("id")))
            return redirect(url_for("meetings.prepare", meeting=key))
    day, starts, ends = dates.next_morning(clock.now())
    given = {"day": day, "starts": starts, "ends": ends, "kind": "conference", **request.args.to_dict(),
             **request.form.to_dict()}  # fmt: skip
    with context().pool.lend() as db:
        series, templates = series_store.list_series_of(db, g.user.id), series_store.list_templates(db)
    return render_template(
        "web/new-meeting.html", given=given, wrong=wrong, kinds=KINDS, fresh_id=clock.new_id(), series=series,
        templates=templates,
    ), 422 if wrong else 200  # fmt: skip


def read_beginning(wrong: dict[str, str]) -> cloning.Wish | None:
    """What the agenda begins with: a series that the reader may go on with, a template, both or none."""
    chosen, template = request.form.get("series", ""), request.form.get("template", "")
    if request.form.get("secrecy") != "none" or not (chosen or template):
        return None
    with context().pool.lend() as db:
        if chosen and g.user.id not in series_store.users_of(db, chosen):
            wrong["series"] = message("no_such_series")
        found = series_store.find_template(db, template) if template else None
    if template and not found:
        wrong["template"] = _("This template has been deleted meanwhile.")
    if wrong:
        return None
    if chosen:
        return gather(chosen, template=template)
    return cloning.Wish("", 0, items=tuple(found["items"])) if found else None


def create(command: CreateMeeting, wish: cloning.Wish | None, request_id: str) -> str:
    """The id of the new meeting, with whoever makes it in their role of the meeting before."""
    if wish is None:
        return do.create_meeting(command, request_id)
    mine = wish.source.roll.people.get(g.user.id) if wish.source else None
    role = mine.role if mine and mine.role in PREPARERS else "organiser"
    key = do.create_meeting(replace(command, series=wish.series["id"] if wish.series else ""), request_id, role)
    cloning.furnish(key, wish)
    return key


@bp.get("/meetings/<meeting>/prepare")
@guard.signed_in
def prepare(meeting: str):
    """The preparation: items, papers, people, places."""
    role = guard.require_staff(meeting)
    frame = log.state(context().pool, meeting).meeting
    boot = {
        "meeting": meeting,
        "me": {"id": g.user.id, "name": g.user.name, "role": role},
        "screen": "prepare",
        "kinds": list(KINDS),
    }
    return render_template("web/prepare.html", frame=frame, boot=boot)
