"""A script is tried on the projector of a meeting that has not begun: who may begin it, and what its screens do."""

from flask import Blueprint, g

from meetingroom.auth.guard import signed_in
from meetingroom.cases import log_store
from meetingroom.cases.access import case_to_edit
from meetingroom.cases.scripts import looking, trial, trial_store
from meetingroom.cases.scripts import steps as rules
from meetingroom.cases.scripts import store as scripts
from meetingroom.devices.screens import current_screen
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_json_object

bp = Blueprint("case_script_trial", __name__)
UNKEPT = {"Cache-Control": "private, no-store"}
LONGEST_SCREEN = 40


@bp.get("/api/cases/<case>/scripts/<script>/trial")
@signed_in
def look(case: str, script: str):
    """`{meetings: [{id, title, projectors, may, runs?: {n, of}, outcome?: {of, painted, untried, failed: {why: n},
    steps: {step: why}, at}}]}`: the asker's meetings that have the case and have not begun; `runs`: how far the slowest
    screen is; `may`: whether the asker may begin and end one there. Owner and helpers."""
    part = case_to_edit(case)["role"]
    with context().pool.lend() as db:
        check_script(db, case, script)
        states = trial.meetings_of(db, case)
        outcomes = {state.id: trial_store.outcome(db, state.id, case, script) for state in states}
    meetings = []
    for state in states:
        one = {"id": state.id, "title": state.meeting.title, "projectors": trial.projecting(state.id)}
        one["may"] = trial.may_try(state, case, g.user.id, part)
        running = trial.find(state.id)
        if running and running.script == script:
            one["runs"] = {"n": min(running.at.values(), default=0), "of": len(running.steps)}
        if (outcome := outcomes[state.id]) and outcome["at"]:
            one["outcome"] = outcome
        meetings.append(one)
    return {"meetings": meetings}, 200, UNKEPT


@bp.post("/api/cases/<case>/scripts/<script>/trial")
@signed_in
def begin(case: str, script: str):
    """`{meeting}`: its big screens go through the steps → 202 `{of}`. Who is in charge of the case or reports it there,
    and helpers who chair or prepare the meeting; others: 403 not_your_trial. 409: no_projector."""
    part = case_to_edit(case)["role"]
    meeting = read_json_object().get("meeting") or ""
    with context().pool.lend() as db:
        found = check_script(db, case, script)
        check_may_try(db, case, meeting, part)
        steps = looking.describe(db, case, [rules.bare(each) for each in found["script"]["steps"]], edits=False)
    if not trial.projecting(meeting):
        raise Problem("no_projector", 409)
    begun = trial.begin(meeting, case, script, steps)
    with context().pool.writing() as db:
        log_store.add(db, case, "script_tried", g.user.id, script=script, title=found["title"], meeting=meeting)
    context().announce(meeting, "trial", {"trial": begun.id}, ("screens",))
    return {"of": len(begun.steps)}, 202


@bp.delete("/api/cases/<case>/scripts/<script>/trial")
@signed_in
def stop(case: str, script: str):
    """`{meeting}`: its screens go back → 204. Who may begin one."""
    part = case_to_edit(case)["role"]
    meeting = read_json_object().get("meeting") or ""
    running = trial.find(meeting) if isinstance(meeting, str) else None
    if isinstance(meeting, str) and running and (running.case, running.script) == (case, script):
        with context().pool.lend() as db:
            check_may_try(db, case, meeting, part)
        trial.end(meeting)
        context().announce(meeting, "trial", {"trial": ""}, ("screens",))
    return "", 204


def check_may_try(db, case: str, meeting, part: str) -> None:
    """Raises Problem: not_found (none of the asker's) | not_your_trial."""
    state = next((each for each in trial.meetings_of(db, case) if each.id == meeting), None)
    if state is None:
        raise Problem("not_found", 404)
    if not trial.may_try(state, case, g.user.id, part):
        raise Problem("not_your_trial", 403)


def check_script(db, case: str, script: str) -> dict:
    found = scripts.find(db, case, script)
    if found is None or found["removed_at"]:
        raise Problem("not_found", 404)
    return found


# The screens


@bp.get("/api/meetings/<meeting>/trial")
def next_step(meeting: str):
    """For a big screen of the meeting: `{trial, case, n, of, step}`, what it is to show now, or `{trial: ""}`."""
    screen = current_screen()
    if screen is None:
        raise Problem("not_signed_in", 401)
    check_hangs_in(screen, meeting)
    running = trial.find(meeting)
    return (running.wish(screen["id"]) if running else {"trial": ""}), 200, UNKEPT


@bp.post("/api/meetings/<meeting>/trial")
def note(meeting: str):
    """`{trial, step, why, glass}`: what is on the glass of a big screen; `why` "" where all of it is, else stuck |
    not_drawn | no_codec | no_font | late → the next step, as `GET`. Of another trial or step nothing is written."""
    screen, said = current_screen(), read_json_object()
    if screen is None:
        raise Problem("not_signed_in", 401)
    check_hangs_in(screen, meeting)
    why, glass = said.get("why"), said.get("glass", "")
    if why not in trial_store.WHY or not isinstance(glass, str) or len(glass) > LONGEST_SCREEN:
        raise Problem("malformed", 400)
    running = trial.find(meeting)
    if running is None:
        return {"trial": ""}, 200, UNKEPT
    step = running.step(screen["id"])
    if step and (said.get("trial"), said.get("step")) == (running.id, step["id"]):
        if step["about"]["state"] in looking.STUCK:
            why = "stuck"
        with context().pool.writing() as db:
            trial_store.note(db, meeting, screen["id"], running.case, running.script, step, why)
            if not why:
                word = scripts.place_word(step)
                scripts.note_painted(db, running.case, running.script, step["id"], word, glass)
        running.at[screen["id"]] = running.at.get(screen["id"], 0) + 1
    return running.wish(screen["id"]), 200, UNKEPT


def check_hangs_in(screen: dict, meeting: str) -> None:
    if screen["meeting"] != meeting:
        raise Problem("not_found", 404)
