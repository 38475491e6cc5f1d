"""Kết luận chỉ đạo: whoever has the power to decide does so, in their own words; no majority is computed anywhere."""

import re
from dataclasses import dataclass

from meetingroom.meeting import checks
from meetingroom.meeting.case_report import check_case_report, is_case_report, with_report
from meetingroom.meeting.conclusions import MOST as MOST_TASKS
from meetingroom.meeting.conclusions import ConclusionRecorded
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve
from meetingroom.meeting.opinions import missing
from meetingroom.meeting.questions import SPEAKERS, said
from meetingroom.meeting.report_state import Answer, Direction, Proposal, Question, Reserved, Understood, Voice
from meetingroom.meeting.roles import CHAIR_AND_SECRETARY
from meetingroom.meeting.state import MeetingState
from meetingroom.meeting.view import compact, slice_of_view

LENGTH = 20_000
KEPT = 10  # directions that were concluded before: the first and the last ones; the log has all
POINT = re.compile(r"(?:^|(?<=[\s;.:]))\(?\d{1,2}[.)]\s+|^\s*[-–•]\s+|^\s*[a-zđ]\)\s+", re.MULTILINE)


@dataclass(frozen=True)
class DraftDirection(Command):
    """What the chair has said so far, written down to be read back: no direction until the chair concludes."""

    text: str
    proposal: str = ""
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class DirectionDrafted(Event):
    """The direction as it is read back to the chair; not concluded."""

    text: str
    proposal: str = ""


@dataclass(frozen=True)
class ConcludeDirection(Command):
    """The chair has the power to decide, and does: by a `proposal`, in words of their own (`text`), or by one with the
    other's words. Again: as it reads from now on."""

    text: str = ""
    proposal: str = ""
    may = frozenset({"chair"})


@dataclass(frozen=True)
class DirectionConcluded(Event):
    """The direction of who has the power to decide."""

    text: str
    proposal: str = ""


@dataclass(frozen=True)
class ConfirmUnderstanding(Command):
    """Who carries the case, or reported it, says that the direction is clear. Nothing waits for it."""

    may = SPEAKERS


@dataclass(frozen=True)
class UnderstandingConfirmed(Event):
    """Who carries the case, or reported it, has said that the direction is clear."""

    person: str


@dataclass(frozen=True)
class SplitDirection(Command):
    """The points of the direction become conclusions, which units and days are then given to; those that are there
    already stay."""

    may = CHAIR_AND_SECRETARY


@decide.register
def draft_direction(command: DraftDirection, state: MeetingState, actor: Actor):
    text = other_words(command, state.report.drafted, state)
    return [DirectionDrafted(text, command.proposal)] if text else []


@evolve.register
def direction_drafted(event: DirectionDrafted, state: MeetingState):
    return with_report(state, drafted=Direction(event.text, event.proposal, state.at, state.by))


@decide.register
def conclude_direction(command: ConcludeDirection, state: MeetingState, actor: Actor):
    text = other_words(command, state.report.direction, state)
    return [DirectionConcluded(text, command.proposal)] if text else []


@evolve.register
def direction_concluded(event: DirectionConcluded, state: MeetingState):
    report, direction = state.report, Direction(event.text, event.proposal, state.at, state.by)
    before = (*report.earlier, report.direction) if report.direction else report.earlier
    kept = before if len(before) <= KEPT else (before[0], *before[1 - KEPT :])
    return with_report(state, direction=direction, drafted=None, earlier=kept, understood=None)


@decide.register
def confirm_understanding(command: ConfirmUnderstanding, state: MeetingState, actor: Actor):
    check_decidable(state)
    registered = state.report.registered
    if registered is None or actor.user not in (registered.by, registered.reporter):
        raise Refused("not_who_carries_it_out")
    if not state.report.direction:
        raise Refused("no_direction")
    return [] if state.report.understood else [UnderstandingConfirmed(actor.user)]


@evolve.register
def understanding_confirmed(event: UnderstandingConfirmed, state: MeetingState):
    return with_report(state, understood=Understood(event.person, state.at))


@decide.register
def split_direction(command: SplitDirection, state: MeetingState, actor: Actor):
    checks.check_recordable(state)
    check_case_report(state)
    if not state.report.direction:
        raise Refused("no_direction")
    there = {each.text for each in state.record.conclusions.values()}
    new = [text for text in points(state.report.direction.text) if text not in there]
    if len(state.record.order) + len(new) > MOST_TASKS:
        raise Refused("too_many", field="conclusions", limit=MOST_TASKS)
    return [ConclusionRecorded(actor.new_id(f"conclusion {n}"), text) for n, text in enumerate(new)]


def points(text: str) -> list[str]:
    """The numbered points of a direction; what has none is one."""
    parts = [part.strip(" \t\n;.,:") for part in POINT.split(text)]
    found = [part for part in (parts[1:] if len(parts) > 1 else parts) if part]
    return [part[:5000] for part in dict.fromkeys(found)]


def other_words(command: DraftDirection | ConcludeDirection, now: Direction | None, state: MeetingState) -> str:
    """How the direction reads; "" where it reads so already."""
    check_decidable(state)
    text = direction_text(command.text, command.proposal, state)
    return "" if now and (now.text, now.proposal) == (text, command.proposal) else text


def direction_text(text: str, proposal: str, state: MeetingState) -> str:
    """In words of their own, or in those of the proposal that is chosen."""
    chosen = state.report.proposals.get(proposal)
    if proposal and chosen is None:
        raise Refused("no_such_proposal")
    return said(text if text.strip() or chosen is None else chosen.text, LENGTH, state)


def check_decidable(state: MeetingState) -> None:
    """From the opening until the minutes are approved: a direction that is missing may still be written down."""
    checks.check_recordable(state)
    checks.check_not_secret(state)
    check_case_report(state)
    if not state.meeting.opened_at:
        raise Refused("meeting_not_open")


def check_concluded(state: MeetingState) -> None:
    """The minutes of a case report say what was directed, or are not final."""
    if is_case_report(state) and not state.report.direction:
        raise Refused("no_direction")


@slice_of_view("report", reads=("report", "meeting.kind", "roll"))
def report(state: MeetingState, audience: str):
    """Of a case report. What was registered: {case, code, title, question, stage, deadline, charges, parties, sheets,
    reporter, head}; `questions` {order, items: {id: {person, text, number, where, answers, …}}}, `proposals` {order,
    items}, `opinions` {person: {stance, text, proposal, at, by?, before: […]}}, `reserved` […], `direction` {text,
    proposal, at, by}, `understood` {person, at} by who carries it out; to the staff who is
    `missing`, and what is `drafted`. The big screen has the title, the question to decide, the proposals, the
    direction, one question that is shown, and opinions only where the chair says so (`names`), with the
    names of those it shows (`names_of`: {person: name})."""
    if not is_case_report(state):
        return {}
    now = state.report
    wall = audience == "screens"
    seen = registered_of(state)
    seen |= compact(sites=now.sites, names=now.names, shown=now.shown)
    if now.proposals:
        items = {key: proposal_of(each) for key, each in now.proposals.items()}
        seen["proposals"] = {"order": list(items), "items": items}
    if now.direction:
        seen["direction"] = direction_of(now.direction)
    if now.understood:
        seen["understood"] = vars(now.understood)
    if questions := {key: each for key, each in now.questions.items() if not wall or key == now.shown}:
        order = [key for key in now.order if key in questions]
        seen["questions"] = {"order": order, "items": {key: question_of(each) for key, each in questions.items()}}
    if (names := now.names or not wall) and now.opinions:
        seen["opinions"] = {key: voices_of(key, each) for key, each in now.opinions.items()}
    if names and now.reserved:
        seen["reserved"] = [reserved_of(each) for each in now.reserved]
    if wall:  # which has no roll
        seen |= compact(names_of=named_on_wall(state, seen))
    if audience == "staff":
        seen |= compact(missing=list(missing(state)), earlier=[direction_of(each) for each in now.earlier])
        if now.drafted:
            seen["drafted"] = direction_of(now.drafted)
    return seen


def named_on_wall(state: MeetingState, seen: dict) -> dict[str, str]:
    """The names of those whom the big screen shows as speaking, by id."""
    questions = seen.get("questions", {}).get("items", {}).values()
    said = [each for question in questions for each in (question, *question.get("answers", {}).values())]
    keys = {seen.get("reporter", ""), *seen.get("opinions", {}), *(each["person"] for each in said)}
    keys |= {each["person"] for each in seen.get("reserved", [])}
    people = state.roll.people
    return {key: people[key].name for key in state.roll.order if key in keys}


def registered_of(state: MeetingState) -> dict:
    if (found := state.report.registered) is None:
        return {}
    fields = {key: value for key, value in vars(found).items() if key not in ("charges", "parties")}
    lists = {"charges": [dict(each) for each in found.charges], "parties": [dict(each) for each in found.parties]}
    return compact(**fields, **lists)


def proposal_of(proposal: Proposal) -> dict:
    return compact(**{**vars(proposal), "pages": [dict(each) for each in proposal.pages]})


def direction_of(direction: Direction) -> dict:
    return compact(**vars(direction))


def reserved_of(kept: Reserved) -> dict:
    return compact(**vars(kept))


def question_of(question: Question) -> dict:
    seen = said_of(question) | {"number": question.number}
    if question.answers:
        seen["answers"] = {key: said_of(each) for key, each in question.answers.items()}
    return seen


def said_of(said: Question | Answer) -> dict:
    return compact(
        person=said.person,
        text=said.text,
        at=said.at,
        by=said.by if said.by != said.person else "",
        bl=said.bl,
        pages=[dict(each) for each in said.pages],
        before=[vars(each) for each in said.before],
    ) | ({"where": dict(said.where)} if said.where else {})


def voices_of(person: str, voices: tuple[Voice, ...]) -> dict:
    """The one that counts, with those before it."""
    *before, now = (compact(**{**vars(each), "by": each.by if each.by != person else ""}) for each in voices)
    return now | compact(before=before)
