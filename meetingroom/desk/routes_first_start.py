"""The guided start after the first visit: people (or later), a first meeting with a paper, into the room."""

from dataclasses import replace

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from meetingroom import clock, log
from meetingroom.auth import account_store, first_store
from meetingroom.auth.guard import needs
from meetingroom.commands import do
from meetingroom.desk import first_steps, meeting_links, new_meeting
from meetingroom.desk import guide as guided
from meetingroom.documents import kinds, office
from meetingroom.meeting.agenda import AddItem
from meetingroom.meeting.kernel import Actor, Refused
from meetingroom.meeting.lifecycle import PublishMeeting
from meetingroom.meeting.people import Invite, MovePerson
from meetingroom.meeting.roles import CHAIR
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes.rank import rank
from meetingroom.web.context import context
from meetingroom.web.dispatch import do_command, do_commands
from meetingroom.web.errors import Problem

bp = Blueprint("first_start", __name__)

HOURS = 2
MOST_INVITED = 300
MOST_STEPS = 5
BY_THE_PROGRAM = (AddItem, Invite, PublishMeeting)


@bp.get("/start")
@needs("admin", "organiser")
def onward():
    """Where the guide goes on; home when there is none."""
    guide, others = guided.find_own()
    if guide is None:
        return redirect("/")
    return redirect(f"/start/{first_steps.step(guide['step'], others)}")


@bp.get("/start/people")
@needs("admin")
def people():
    """The step for people: a list to upload, or later."""
    guide, others = guided.find_own()
    if guide is None:
        return redirect("/")
    return render_template("web/first-people.html", others=others)


@bp.post("/start/people")
@needs("admin")
def people_later():
    """Goes on to the first meeting without more people."""
    with context().pool.writing() as db:
        first_store.edit_guide(db, g.user.id, step="meeting")
    return redirect("/start")


@bp.get("/start/meeting")
@needs("admin", "organiser")
def meeting():
    """The step for the first meeting: its title, who chairs and writes, a paper."""
    guide, _others = guided.find_own()
    state = log.state(context().pool, guide["meeting"]) if guide and guide["meeting"] else None
    if guide is None or (state and state.meeting.status not in first_steps.BEFORE):
        finish_guide()
        return redirect("/")
    with context().pool.lend() as db:
        everybody = account_store.list_users(db, active=True)
    usable = [
        ending
        for ending, kind in kinds.KINDS.items()
        if kind.family != "folder" and (not kind.is_office or office.available(ending))
    ]
    return render_template(
        "web/first-meeting.html",
        others=[person for person in everybody if person["id"] != g.user.id],
        most=MOST_INVITED,
        accept=",".join(f".{ending}" for ending in usable),
        made=describe_made(state) if state else None,
        title=state.meeting.title if state else "",
    )


@bp.post("/api/start/meeting")
@needs("admin", "organiser")
def make_meeting():
    """`{secrecy, title, chair, secretary, invite}` → 201 `{meeting, item, chairs}`; the same again: the same meeting,
    `before: true`.

    A meeting on state secrets is a neutral shell `{meeting, shell: true}`, with which the guide is done.
    """
    body = do.read_json_object()
    guide, _others = guided.find_own()
    if guide is None:
        raise Problem("not_found", 404)
    if guide["meeting"]:
        return describe_made(log.state(context().pool, guide["meeting"])) | {"before": True}, 201
    form = {key: value for key, value in body.items() if isinstance(value, str)}
    creation, wrong = new_meeting.read_form({**form, **default_times()})
    plan = read_plan(form, body.get("invite") is True, wrong)
    if creation is None or wrong:
        notice = _("Nothing was saved yet: please look at what is marked below.")
        raise Problem("not_filled_in", 422, message=notice, fields=wrong)
    try:
        key = do.create_meeting(creation, guide["request"], first_steps.my_role(plan))
    except Refused:  # which is remembered under this request: what is mended needs another
        with context().pool.writing() as db:
            first_store.edit_guide(db, g.user.id, request=clock.new_id())
        raise
    if shell := creation.secrecy != "none":
        plan = replace(plan, item="", people=())
    state = log.state(context().pool, key)
    steps = [w for w in first_steps.to_prepare(state, plan) if not (shell and isinstance(w, AddItem))]
    do_commands(key, [(wanted, Actor(g.user.id, "system"), command_id_of(wanted)) for wanted in steps])
    with context().pool.writing() as db:
        first_store.edit_guide(db, g.user.id, meeting=key, step=first_store.DONE if shell else "meeting")
    return describe_made(log.state(context().pool, key)), 201


@bp.post("/start/room")
@needs("admin", "organiser")
def into_the_room():
    """Published, opened, the first paper on the stage; what is done already is not done again."""
    guide, _others = guided.find_own()
    if guide is None or not guide["meeting"]:
        return redirect("/start")
    key = guide["meeting"]
    state = log.state(context().pool, key)
    if not state.papers and state.meeting.status in first_steps.BEFORE and not request.form.get("without"):
        flash(_("The paper is not ready yet. Wait a moment, or go in without one."), "warn")
        return redirect("/start/meeting")
    for _step in range(MOST_STEPS):
        if (wanted := first_steps.to_open(state, g.user.id)) is None:
            break
        role = "system" if isinstance(wanted, BY_THE_PROGRAM) else "chair"
        # By the number of the fact before it: two tabs at once send one and the same.
        name = f"first-{state.seq}-{type(wanted).__name__}"
        do_command(key, wanted, Actor(g.user.id, role), name)
        state = log.state(context().pool, key)
    finish_guide()
    chairs = describe_made(state)["chairs"]
    live = state.meeting.status in ("live", "adjourned")
    return redirect(meeting_links.room_address(key) if chairs and live else url_for("meetings.page", meeting=key))


@bp.post("/start/leave")
@needs("admin", "organiser")
def leave():
    """Ends the guide."""
    finish_guide()
    return redirect("/")


def finish_guide() -> None:
    with context().pool.writing() as db:
        first_store.edit_guide(db, g.user.id, step=first_store.DONE)


def describe_made(state: MeetingState) -> dict:
    """What the page needs to know of the meeting that was made."""
    if state.meeting.secrecy != "none":
        return {"meeting": state.id, "shell": True}
    me = state.roll.people.get(g.user.id)
    item = state.agenda.order[0] if state.agenda.order else ""
    return {"meeting": state.id, "item": item, "chairs": bool(me and me.role in CHAIR)}


def command_id_of(wanted) -> str:
    """The id of a command of the preparation: done once, however often the form is sent."""
    if isinstance(wanted, MovePerson):
        return "first-rank"
    return f"first-{wanted.person}" if isinstance(wanted, Invite) else "first-item"


def read_plan(form: dict, invite: bool, wrong: dict) -> first_steps.Plan:
    """Who comes in which role; what cannot be is written into `wrong`."""
    with context().pool.lend() as db:
        everybody = account_store.list_users(db, active=True)
    invited = sorted(everybody, key=lambda person: rank(person["title"] or "", person["unit_name"] or ""))
    known = {person["id"]: person for person in invited if person["id"] != g.user.id}
    chair, secretary = form.get("chair") or g.user.id, form.get("secretary") or ""
    if chair != g.user.id and chair not in known:
        wrong["chair"] = _("This person cannot be found.")
    if secretary and secretary not in known:
        wrong["secretary"] = _("This person cannot be found.")
    elif secretary and secretary == chair:
        wrong["secretary"] = _("Chair and secretary are two people.")
    people = tuple(known) if invite and len(known) <= MOST_INVITED else ()
    ranked = tuple(person["id"] for person in invited)
    return first_steps.Plan(g.user.id, _("Content of the meeting"), chair, secretary, people, ranked)


def default_times() -> dict[str, str]:
    """A meeting that begins now."""
    begins = clock.local(clock.now())
    ends = clock.local(clock.now() + HOURS * 3_600_000)
    return {
        "kind": "meeting",
        "day": f"{begins:%Y-%m-%d}",
        "starts": f"{begins:%H:%M}",
        "last_day": f"{ends:%Y-%m-%d}",
        "ends": f"{ends:%H:%M}",
    }
