"""Questions on a case that is reported, and their answers; each with the place in the file that it is about."""

from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from meetingroom.meeting import checks
from meetingroom.meeting.archiving import stays_of
from meetingroom.meeting.case_report import check_case_report, check_open_report, letters, with_report
from meetingroom.meeting.conclusions import check_room
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.playing import end_of_playing, media_now
from meetingroom.meeting.report_state import Answer, Place, Question, Wording
from meetingroom.meeting.roles import CHAIR_AND_SECRETARY, EVERYONE
from meetingroom.meeting.state import MeetingState, without_key

Said = TypeVar("Said", Question, Answer)
SPEAKERS = EVERYONE - {"technician"}
MOST, MOST_OF_ONE, MOST_ANSWERS = 200, 50, 20
LENGTH, ANSWER_LENGTH, BL_LENGTH = 3000, 6000, 200
KEPT = 10  # wordings: the first and the last ones; the log has all


@dataclass(frozen=True, kw_only=True)
class ToSay:
    """Of a question and of an answer that somebody wishes to give: the pages it is about."""

    bl: str = ""
    place: str = ""
    person: str = ""
    pages: tuple[Place, ...] = filled_by_server(())
    where: Place | None = filled_by_server()


@dataclass(frozen=True, kw_only=True)
class WasSaid:
    """The same of what was given: `where` is what was on the stage, `pages` those that `bl` meant."""

    bl: str = ""
    pages: tuple[Place, ...] = ()
    where: Place = field(default_factory=dict)
    entered: bool = False


@dataclass(frozen=True)
class AskQuestion(ToSay, Command):
    """A question on the case. What is on the stage is attached, or `place` where somebody looks at another page alone;
    `bl` are pages as one writes them (`BL 84`). The secretary may enter it for `person`."""

    text: str
    may = SPEAKERS


@dataclass(frozen=True)
class QuestionAsked(WasSaid, Event):
    """Somebody asks. `where` is what was on the stage, {key, title, page, label, volume}; `pages` those that `bl`
    meant. `entered`: by the secretary for them."""

    question: str
    person: str
    text: str


@dataclass(frozen=True)
class AnswerQuestion(ToSay, Command):
    """An answer to a question, with the pages (`bl`) it rests on. The secretary may enter it for `person`."""

    question: str
    text: str
    may = SPEAKERS


@dataclass(frozen=True)
class QuestionAnswered(WasSaid, Event):
    """Somebody answers a question. `where` and `pages` as with the question."""

    question: str
    answer: str
    person: str
    text: str


@dataclass(frozen=True)
class EditQuestion(Command):
    """The wording of a question, or of its `answer`, as the minutes shall have it; the earlier ones are kept."""

    question: str
    text: str
    answer: str = ""
    may = frozenset({"secretary"})


@dataclass(frozen=True)
class QuestionEdited(Event):
    """A question, or its `answer`, reads so from now on; how it read before is kept."""

    question: str
    text: str
    answer: str = ""


@dataclass(frozen=True)
class WithdrawQuestion(Command):
    """Its author takes a question back that nobody has answered; the secretary one that was entered by mistake."""

    question: str
    may = SPEAKERS


@dataclass(frozen=True)
class QuestionWithdrawn(Event):
    """A question was taken back before it was answered."""

    question: str


@dataclass(frozen=True)
class ShowQuestion(Command):
    """A question comes onto the big screen, with its answers; "" takes it away."""

    question: str = ""
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class QuestionShown(Event):
    """This question is on the big screen; "": none."""

    question: str = ""


@decide.register
def ask_question(command: AskQuestion, state: MeetingState, actor: Actor):
    check_open_report(state)
    person, entered = speaker(command.person, state, actor)
    report = state.report
    if len(report.order) >= MOST or sum(each.person == person for each in report.questions.values()) >= MOST_OF_ONE:
        raise Refused("too_many", field="questions", limit=MOST)
    text = said(command.text, LENGTH, state)
    return [QuestionAsked(actor.new_id("question"), person, text, entered=entered, **about(command, state))]


@evolve.register
def question_asked(event: QuestionAsked, state: MeetingState):
    report = state.report
    asked = Question(
        event.person, event.text, state.at, state.by, report.asked + 1, event.bl, event.pages, event.where
    )  # fmt: skip
    questions = {**report.questions, event.question: asked}
    return with_report(state, questions=questions, order=(*report.order, event.question), asked=report.asked + 1)


@stays_of(QuestionAsked)
def question_withheld(state: MeetingState):
    return with_report(state, asked=state.report.asked + 1)


@decide.register
def answer_question(command: AnswerQuestion, state: MeetingState, actor: Actor):
    check_open_report(state)
    question = find(state, command.question)
    person, entered = speaker(command.person, state, actor)
    if len(question.answers) >= MOST_ANSWERS:
        raise Refused("too_many", field="answers", limit=MOST_ANSWERS)
    text = said(command.text, ANSWER_LENGTH, state)
    new = actor.new_id("answer")
    return [QuestionAnswered(command.question, new, person, text, entered=entered, **about(command, state))]


@evolve.register
def question_answered(event: QuestionAnswered, state: MeetingState):
    if event.question not in state.report.questions:
        return state
    answer = Answer(event.person, event.text, state.at, state.by, event.bl, event.pages, event.where)
    answers = {**state.report.questions[event.question].answers, event.answer: answer}
    return with_question(state, event.question, answers=answers)


@decide.register
def edit_question(command: EditQuestion, state: MeetingState, actor: Actor):
    checks.check_recordable(state)
    check_case_report(state)
    question = find(state, command.question)
    if command.answer and command.answer not in question.answers:
        raise Refused("no_such_question")
    now = question.answers[command.answer] if command.answer else question
    text = said(command.text, ANSWER_LENGTH if command.answer else LENGTH, state)
    return [] if text == now.text else [QuestionEdited(command.question, text, command.answer)]


@evolve.register
def question_edited(event: QuestionEdited, state: MeetingState):
    question = state.report.questions.get(event.question)
    if question is None or (event.answer and event.answer not in question.answers):
        return state
    if event.answer:
        answer = reworded(question.answers[event.answer], event.text, state)
        return with_question(state, event.question, answers={**question.answers, event.answer: answer})
    return with_question(state, event.question, **vars(reworded(question, event.text, state)))


def reworded(now: Said, text: str, state: MeetingState) -> Said:
    before: tuple[Wording, ...] = (*now.before, Wording(now.text, now.by, state.at))
    kept = before if len(before) <= KEPT else (before[0], *before[1 - KEPT :])
    return replace(now, text=text, before=kept)


@decide.register
def withdraw_question(command: WithdrawQuestion, state: MeetingState, actor: Actor):
    check_open_report(state)
    question = find(state, command.question)
    if actor.user != question.person and not (actor.role == "secretary" and question.by == actor.user):
        raise Refused("not_your_question")
    if question.answers:
        raise Refused("question_answered")
    return [QuestionWithdrawn(command.question)]


@evolve.register
def question_withdrawn(event: QuestionWithdrawn, state: MeetingState):
    report = state.report
    order = tuple(key for key in report.order if key != event.question)
    shown = "" if report.shown == event.question else report.shown
    return with_report(state, order=order, questions=without_key(report.questions, event.question), shown=shown)


@decide.register
def show_question(command: ShowQuestion, state: MeetingState, actor: Actor):
    checks.check_live(state)
    check_case_report(state)
    if command.question:
        find(state, command.question)
    if command.question == state.report.shown:
        return []
    return [*(end_of_playing(state, actor.at) if command.question else ()), QuestionShown(command.question)]


@evolve.register
def question_shown(event: QuestionShown, state: MeetingState):
    return with_report(state, shown=event.question)


def speaker(person: str, state: MeetingState, actor: Actor) -> tuple[str, bool]:
    """Who says it: who enters it, or the person that the secretary enters it for; and whether it is entered so."""
    if not person or person == actor.user:
        return actor.user, False
    if actor.role != "secretary":
        raise Refused("not_said_by_you")
    if checks.person(state, person).role == "technician":
        raise Refused("no_such_person")
    return person, True


def said(text: str, limit: int, state: MeetingState) -> str:
    text = checks.text(text, limit, field="text")
    check_room(letters(state.report), text)
    return text


def about(command: ToSay, state: MeetingState) -> dict[str, Any]:
    bl = bl_of(command.bl)
    return {"bl": bl, "pages": command.pages if bl else (), "where": place_of(command, state)}


def bl_of(bl: str) -> str:
    return checks.text(bl, BL_LENGTH, needed=False, field="bl")


def place_of(command: ToSay, state: MeetingState) -> Place:
    """Where somebody looks alone, if it is a page that everybody may read; else what is on the stage."""
    if command.where:
        return command.where
    kind, _, rest = command.place.partition(":")
    paper, _, page = rest.rpartition("/")
    known = state.papers.get(paper) if kind == "p" else None
    number = int(page) if page.isdecimal() and len(page) < 7 else 0
    if known and known.readers == "members" and known.rights is None and 1 <= number <= known.pages:
        return {"key": f"p:{paper}/{number}", "title": known.title, "page": number}
    return place_on_stage(state)


def place_on_stage(state: MeetingState) -> Place:
    """{key, title, page, label?, volume?} of the page, the node or the recording that everybody sees; {} of a
    title."""
    stage = state.stage
    if stage.covered:
        return {}
    if media := media_now(state):
        names = {"title": media.title, "label": media.label, "volume": media.volume}
        return {"key": f"media:{media.media}", **{k: v for k, v in names.items() if v}}
    if stage.kind == "map" and (at := stage.map):
        key = f"map:{at.map}/{at.version}/{at.node}"
        return {"key": key, "title": at.node_title or at.title}
    if stage.kind in ("evidence", "pair") and (found := stage.evidence):
        names = {"title": found.title, "label": found.label, "volume": found.volume}
        return {"key": f"{stage.paper}/{stage.page}", "page": stage.page, **{k: v for k, v in names.items() if v}}
    if stage.kind in ("page", "pair") and stage.paper in state.papers:
        title = state.papers[stage.paper].title
        return {"key": f"p:{stage.paper}/{stage.page}", "title": title, "page": stage.page}
    return {}


def find(state: MeetingState, key: str) -> Question:
    check_case_report(state)
    if key not in state.report.questions:
        raise Refused("no_such_question")
    return state.report.questions[key]


def with_question(state: MeetingState, key: str, **changes) -> MeetingState:
    questions = state.report.questions
    return with_report(state, questions={**questions, key: replace(questions[key], **changes)})
