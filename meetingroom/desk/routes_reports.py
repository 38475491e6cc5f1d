"""The report of a case to leaders: its registration, from the page of the case, by whoever is in charge of it."""

from datetime import timedelta

from flask import Blueprint, g, redirect, render_template, request, url_for

from meetingroom import clock, log
from meetingroom.auth import guard
from meetingroom.auth.guard import signed_in
from meetingroom.cases import access, people_store, store
from meetingroom.cases.fields import STAGES, count_down
from meetingroom.commands import do
from meetingroom.desk import reports
from meetingroom.desk.new_meeting import moment
from meetingroom.meeting.kernel import Refused
from meetingroom.minutes.case_record import STAGES as STAGE_NAMES
from meetingroom.projections import queries
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

bp = Blueprint("reports", __name__)
TEXTS = ("question", "stage", "deadline", "deadline_name", "place", "head", "chair", "secretary")


@bp.get("/api/cases/<case>/reports")
@signed_in
def list_reports(case: str):
    """`{reports: [{meeting, title, status, starts_at, question, role}]}`: those that the reader takes part in."""
    access.case_for(case)
    found = []
    with context().pool.lend() as db:
        roles = {key: guard.role_of(db, key) for key in queries.reports_of_case(db, case)}
    for meeting, role in roles.items():
        state = log.state(context().pool, meeting)
        if role:
            frame, registered = state.meeting, state.report.registered
            about = {"title": frame.title, "status": frame.status, "starts_at": frame.starts_at, "role": role}
            found.append({"meeting": meeting, **about, "question": registered.question if registered else ""})
    return {"reports": sorted(found, key=lambda each: -each["starts_at"])}


@bp.post("/api/cases/<case>/reports")
@signed_in
def register(case: str):
    """`{question, stage?, deadline?, deadline_name?, head?, chair?, secretary?, starts_at?, ends_at?, place?, id?}` →
    201 `{id}`: the report of the case is registered, as a meeting in draft; by the owner of the case. What is left out
    of stage and deadline is the case's own; without a time it is tomorrow at 14:00."""
    row = access.case_for(case, "owner")
    access.check_open(row)
    body = do.read_json_object()
    request_id = do.read_command_id(body.pop("id", None) or clock.new_id())
    texts = {key: body.pop(key, "") or "" for key in TEXTS}
    times = {key: do.read_moment(body.pop(key, None), key) for key in ("starts_at", "ends_at")}
    wrong = {key: "type" for key, value in texts.items() if not isinstance(value, str)}
    wrong |= {key: "type" for key, value in times.items() if value is not None and type(value) is not int}
    if wrong or body:
        raise Problem("malformed", 400, fields=wrong | {key: "unknown" for key in body if len(key) <= 40})
    starts_at = times["starts_at"] or moment(*tomorrow())
    wish = reports.Wish(**texts, starts_at=starts_at, ends_at=times["ends_at"] or starts_at + reports.HOURS)
    return {"id": reports.register(row, wish, request_id)}, 201


@bp.route("/cases/<case>/reports/new", methods=["GET", "POST"])
@signed_in
def new(case: str):
    """The form with what the case says already → the preparation of the meeting."""
    row = access.case_for(case, "owner")
    access.check_open(row)
    form, wrong = request.form, {}
    if request.method == "POST":
        starts_at, ends_at = moment(form.get("day", ""), form.get("starts", "")), 0
        deadline = read_day(form.get("deadline", ""))
        if not form.get("question", "").strip():
            wrong["question"] = message("empty")
        if not starts_at:
            wrong["day"] = message("bad_time")
        if deadline is None:
            wrong["deadline"] = message("bad_date")
        ends_at = starts_at + reports.HOURS
        if not wrong:
            texts = {key: form.get(key, "").strip() for key in TEXTS} | {"deadline": deadline or ""}
            wish = reports.Wish(**texts, starts_at=starts_at, ends_at=ends_at)
            try:
                meeting = reports.register(row, wish, do.read_command_id(form.get("id")))
                return redirect(url_for("meetings.prepare", meeting=meeting, _anchor="people"))
            except Refused as refused:
                wrong[refused.details.get("field", "question")] = message(refused.code)
            except Problem as problem:
                wrong[problem.details.get("field", "question")] = message(problem.code)
    with context().pool.lend() as db:
        candidates = people_store.list_candidates(db)
        leaders = {each["person"] for each in store.list_people(db, case) if each["role"] == "leader"}
    deadlines = [each for each in count_down(row["deadlines"], store.today()) if each["state"] != "done"]
    day, starts = tomorrow()
    given = {"day": day, "starts": starts, "stage": row["stage"], **near(deadlines), **form.to_dict()}
    people = sorted((p for p in candidates if p["id"] != g.user.id), key=lambda p: (p["id"] not in leaders, p["name"]))
    page = render_template(
        "cases/new-report.html", case=row, given=given, wrong=wrong, people=people, leaders=leaders,
        deadlines=deadlines, stages={key: STAGE_NAMES[key] for key in STAGES}, fresh_id=clock.new_id(),
    )  # fmt: skip
    return page, 422 if wrong else 200


def near(deadlines: list[dict]) -> dict[str, str]:
    """The nearest open deadline of the case, as the form has it."""
    if not deadlines:
        return {}
    year, month, day = deadlines[0]["date"].split("-")
    return {"deadline": f"{day}/{month}/{year}", "deadline_name": deadlines[0]["name"]}


def read_day(text: str) -> str | None:
    """yyyy-mm-dd of a day as it is typed; "" of none, None of what is no day."""
    if not text.strip():
        return ""
    at = moment(text.strip(), "12:00")
    return clock.local(at).date().isoformat() if at else None


def tomorrow() -> tuple[str, str]:
    """The day and the hour at which cases are usually reported."""
    day = clock.local(clock.now()).date() + timedelta(days=1)
    return f"{day:%d/%m/%Y}", "14:00"
