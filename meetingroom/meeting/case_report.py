"""A case is reported to leaders (báo cáo án): what it is registered as, and who may be there."""

import datetime
from dataclasses import dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.report_state import Registration, Report
from meetingroom.meeting.roles import CHAIR, PREPARERS
from meetingroom.meeting.state import MeetingState

KIND = "case_report"
STAGES = (
    "report", "investigation", "prosecution", "first_instance", "appeal", "cassation", "enforcement", "closed",
)  # fmt: skip
QUESTION_LENGTH = 3000


@dataclass(frozen=True)
class RegisterReport(Command):
    """The owner of a case registers its report: the question to decide, the stage of the case, the procedural deadline
    (yyyy-mm-dd; what is left out is the case's own, its nearest), who reports and who heads the unit. Again: as it
    reads from now on."""

    case: str
    question: str
    stage: str = ""
    deadline: str = ""
    deadline_name: str = ""
    reporter: str = ""
    head: str = ""
    owner: str = filled_by_server("")
    open: bool = filled_by_server(False)  # it is not closed
    cleared: bool = filled_by_server(True)  # it was answered that no state secret is concerned
    code: str = filled_by_server("")
    title: str = filled_by_server("")
    charges: tuple[dict[str, str], ...] = filled_by_server(())
    parties: tuple[dict[str, str], ...] = filled_by_server(())
    sheets: int = filled_by_server(0)
    numbered: int = filled_by_server(0)
    volumes: int = filled_by_server(0)
    deadlines: tuple[dict[str, str], ...] = filled_by_server(())
    stage_now: str = filled_by_server("")
    may = PREPARERS


@dataclass(frozen=True)
class ReportRegistered(Event):
    """A case is to be reported in this meeting: what is to be decided, at which stage, by when; what the case and the
    charges were called then, and how many pages (`sheets`), numbers (`numbered`) and volumes its file had."""

    case: str
    code: str
    title: str
    question: str
    stage: str = ""
    deadline: str = ""
    deadline_name: str = ""
    charges: tuple[dict[str, str], ...] = ()
    parties: tuple[dict[str, str], ...] = ()
    sheets: int = 0
    reporter: str = ""
    head: str = ""
    numbered: int = 0
    volumes: int = 0


@dataclass(frozen=True)
class PermitSites(Command):
    """Whoever chairs allows other sites in a case report, which has none otherwise; or allows no more of them."""

    on: bool = True
    may = CHAIR


@dataclass(frozen=True)
class SitesPermitted(Event):
    """Whoever chairs has allowed other sites in a case report, or allows no more."""

    on: bool


@decide.register
def register_report(command: RegisterReport, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    checks.check_not_secret(state)
    check_case_report(state)
    if command.owner != actor.user or not command.title:
        raise Refused("no_such_case")
    if not command.cleared:
        raise Refused("case_not_cleared")
    if not command.open:
        raise Refused("case_closed")
    now = state.report.registered
    if now and now.case != command.case:
        raise Refused("another_case")
    if state.report.direction:
        raise Refused("direction_concluded")
    if command.stage:
        checks.one_of(command.stage, STAGES, "stage")
    deadline, deadline_name = nearest_deadline(command)
    reporter = command.reporter or actor.user
    for person in filter(None, (reporter, command.head)):
        checks.person(state, person)
    registered = ReportRegistered(
        command.case,
        command.code,
        command.title,
        checks.text(command.question, QUESTION_LENGTH, field="question"),
        command.stage or command.stage_now,
        read_day(deadline, "deadline"),
        checks.text(deadline_name, 200, needed=False, field="deadline_name"),
        command.charges,
        command.parties,
        command.sheets,
        reporter,
        command.head,
        command.numbered,
        command.volumes,
    )
    return [] if now and replace(now, at=0, by="") == Registration(**vars(registered)) else [registered]


@evolve.register
def report_registered(event: ReportRegistered, state: MeetingState):
    return with_report(state, registered=Registration(**vars(event), at=state.at, by=state.by))


@decide.register
def permit_sites(command: PermitSites, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    check_case_report(state)
    if not command.on and state.sites.order:
        raise Refused("site_in_use")
    return [] if state.report.sites == command.on else [SitesPermitted(command.on)]


@evolve.register
def sites_permitted(event: SitesPermitted, state: MeetingState):
    return with_report(state, sites=event.on)


def check_wish(command: RegisterReport) -> None:
    """What is wrong with it whatever the meeting: asked before there is one. Raises Refused."""
    checks.text(command.question, QUESTION_LENGTH, field="question")
    checks.text(command.deadline_name, 200, needed=False, field="deadline_name")
    read_day(command.deadline, "deadline")
    if command.stage:
        checks.one_of(command.stage, STAGES, "stage")


def nearest_deadline(command: RegisterReport) -> tuple[str, str]:
    """(yyyy-mm-dd, its name): what was said, or the nearest of the case's own."""
    if command.deadline:
        return command.deadline, command.deadline_name
    dated = sorted((each.get("date", ""), each.get("name", "")) for each in command.deadlines if each.get("date"))
    return dated[0] if dated else ("", "")


def with_report(state: MeetingState, **changes) -> MeetingState:
    return replace(state, report=replace(state.report, **changes))


def is_case_report(state: MeetingState) -> bool:
    return state.meeting.kind == KIND


def check_case_report(state: MeetingState) -> None:
    if not is_case_report(state):
        raise Refused("not_a_case_report")


def check_open_report(state: MeetingState) -> None:
    """A case report whose talk is not over: it is announced or runs, and nothing has been decided."""
    checks.check_changeable(state)
    checks.check_not_secret(state)
    check_case_report(state)


def check_sites(state: MeetingState) -> None:
    """Of a case report there is one room, unless who chairs has allowed others."""
    if is_case_report(state) and not state.report.sites:
        raise Refused("sites_not_permitted")


def check_kind(state: MeetingState, kind: str) -> None:
    """A meeting with other sites is made no case report, and one of which a case was registered stays what it is."""
    if kind == state.meeting.kind:
        return
    if kind == KIND and state.sites.order:
        raise Refused("sites_not_permitted")
    if state.report != Report():
        raise Refused("report_registered", field="kind")


def may_report(state: MeetingState, actor: Actor) -> bool:
    """Who speaks for the case: who reports it, and who prepares or chairs the meeting."""
    registered = state.report.registered
    return bool(registered and registered.reporter == actor.user) or actor.role in CHAIR | PREPARERS


def speaks(state: MeetingState, person: str) -> bool:
    """Whether somebody reports the case, or heads the unit that does."""
    registered = state.report.registered
    return bool(registered and person in (registered.reporter, registered.head))


def letters(report: Report) -> int:
    """Of all that was written: every screen holds it."""
    questions = report.questions.values()
    texts = [
        *(text for q in questions for text in (q.text, *(w.text for w in q.before))),
        *(text for q in questions for a in q.answers.values() for text in (a.text, *(w.text for w in a.before))),
        *(p.text for p in report.proposals.values()),
        *(voice.text for voices in report.opinions.values() for voice in voices),
        *(kept.text for kept in report.reserved),
        *(each.text for each in report.earlier),
    ]
    return sum(map(len, texts))


def read_day(day: str, field: str) -> str:
    if not day:
        return ""
    try:
        found = datetime.date.fromisoformat(day).isoformat()
    except ValueError:
        raise Refused("bad_date", field=field) from None
    if found != day:
        raise Refused("bad_date", field=field)
    return found
