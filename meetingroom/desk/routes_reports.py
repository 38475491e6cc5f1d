"""The report of a case to leaders: its registration, from the page of the case, by whoever is in charge of it."""

from datetime import timedelta

from flask import Blueprint, g, redirect, render_template, request, url_for

from meetingroom import clock, log
from meetingroom.auth import guard
from meetingroom.auth.guard import signed_in
from meetingroom.cases import access, log_store, people_store, reported_store, store
from meetingroom.cases.fields import STAGES, count_down
from meetingroom.commands import do
from meetingroom.desk import reports
from meetingroom.desk.new_meeting import moment
from meetingroom.documents import kept_file
from meetingroom.meeting.kernel import Actor, Refused
from meetingroom.meeting.opinions import GiveOpinion
from meetingroom.minutes.case_record import STAGES as STAGE_NAMES
from meetingroom.projections import queries
from meetingroom.web.context import context
from meetingroom.web.dispatch import do_command
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

bp = Blueprint("reports", __name__)
KEEPERS = ("owner", "leader")  # of the procuracy's own file
FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
TEXTS = ("question", "stage", "deadline", "deadline_name", "place", "head", "chair", "secretary")


@bp.get("/api/cases/<case>/reports")
@signed_in
def list_reports(case: str):
    """`{reports: [{meeting, title, status, starts_at, question, role, maps: [{title, version}], record?: {pdf, docx,
    at}}]}`: those that the reader takes part in; the owner of the case and its leaders have them all (`role` "" where
    they take no part), with the SHA-256 of the final record that lies in the procuracy's own file."""
    row = access.case_for(case)
    keeps = row["role"] in KEEPERS
    found = []
    with context().pool.lend() as db:
        roles = {key: guard.role_of(db, key) or "" for key in queries.reports_of_case(db, case)}
        filed = reported_store.filed_records(db, case) if keeps else {}
        shown = reported_store.list_reported(db, case)
    for meeting, role in roles.items():
        if role or keeps:
            state = log.state(context().pool, meeting)
            frame, registered = state.meeting, state.report.registered
            maps = [
                {"title": each["title"], "version": each["version"]} for each in shown if each["meeting"] == meeting
            ]
            about = {"title": frame.title, "status": frame.status, "starts_at": frame.starts_at, "role": role}
            about |= {"question": registered.question if registered else "", "maps": maps}
            found.append({"meeting": meeting, **about, **({"record": filed[meeting]} if meeting in filed else {})})
    return {"reports": sorted(found, key=lambda each: -each["starts_at"])}


@bp.get("/api/cases/<case>/reports/<meeting>/record.<ending>")
@signed_in
def record(case: str, meeting: str, ending: str):
    """The final record of a report as it was filed (`pdf` or `docx`), for the owner of the case and its leaders: the
    copy for the procuracy's own file of the case, whoever of them was in the session. Written down."""
    access.case_for(case, *KEEPERS)
    with context().pool.lend() as db:
        filed = reported_store.filed_records(db, case).get(meeting)
    if filed is None or ending not in FORMS:
        raise Problem("not_found", 404)
    answer = kept_file.send(filed[ending], f"bien-ban-hop-bao-cao-an.{ending}", FORMS[ending])
    with context().pool.writing() as db:
        log_store.add(db, case, "record_taken", g.user.id, meeting=meeting, ending=ending)
    return answer


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


@bp.route("/meetings/<meeting>/first-opinion", methods=["GET", "POST"])
@signed_in
def first_opinion(meeting: str):
    """What the head of the unit says to a registered report before the session: a stance and words → the meeting."""
    role = guard.require_member(meeting)
    report = log.state(context().pool, meeting).report
    if report.registered is None or report.registered.head != g.user.id:
        raise Problem("not_found", 404)
    form, wrong = request.form, ""
    if request.method == "POST":
        wish = GiveOpinion(form.get("stance", ""), form.get("text", ""), form.get("proposal", ""))
        try:
            do_command(meeting, wish, Actor(g.user.id, role), do.read_command_id(form.get("id")))
            return redirect(url_for("meetings.page", meeting=meeting))
        except Refused as refused:
            wrong = message(refused.code)
    with context().pool.lend() as db:
        listed = store.role_in_case(db, report.registered.case, g.user.id)
    page = render_template(
        "cases/first-opinion.html", report=report, about=report.registered, wrong=wrong, given=form, meeting=meeting,
        listed=listed, mine=report.opinions.get(g.user.id, ()), stages=STAGE_NAMES, fresh_id=clock.new_id(),
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
