"""The pages of one meeting at the desk: its own page, the form that makes it, and its preparation."""

from flask import Blueprint, g, redirect, render_template, request, url_for

from meetingroom import clock, log
from meetingroom.auth import guard
from meetingroom.commands import do
from meetingroom.desk import meeting_links, new_meeting, programme
from meetingroom.documents import store as documents
from meetingroom.documents import warnings
from meetingroom.meeting.lifecycle import KINDS
from meetingroom.meeting.roles import STAFF, audience, prepares
from meetingroom.meeting.view import view
from meetingroom.tasks.followup import followup_rows
from meetingroom.web import dates
from meetingroom.web.context import context

bp = Blueprint("meetings", __name__)


@bp.get("/meetings/<meeting>")
@guard.signed_in
def page(meeting: str):
    """A meeting's page: programme, people, places, papers, and the way to its room and minutes."""
    role = guard.require_member(meeting)
    state = log.state(context().pool, meeting)
    seen = view(state, audience(role))
    frame = seen["meeting"]
    sites = programme.sites(seen)
    me = seen["roll"]["people"].get(g.user.id, {})
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
        minutes_state=meeting_links.state_of_minutes(state),
        may_prepare=prepares(role, state),
        may_look=role in STAFF,
        may_clone=role in STAFF and g.user.role in ("admin", "organiser") and frame["secrecy"] == "none",
        fresh_id=clock.new_id(),
    )


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
        if command:
            key = do.create_meeting(command, do.read_command_id(request.form.get("id")))
            return redirect(url_for("meetings.prepare", meeting=key))
    day, starts, ends = dates.next_morning(clock.now())
    given = {"day": day, "starts": starts, "ends": ends, "kind": "conference", **request.form.to_dict()}
    return render_template(
        "web/new-meeting.html", given=given, wrong=wrong, kinds=KINDS, fresh_id=clock.new_id()
    ), 422 if wrong else 200


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
