"""Messages: notices from the secretary, the whisper to the chair, and calls for service. Never on the projector."""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve
from meetingroom.meeting.roles import CHAIR, CHAIR_AND_SECRETARY, EVERYONE, STAFF
from meetingroom.meeting.state import Call, MeetingState, Notice, without_key
from meetingroom.meeting.view import compact, slice_of_view

EVERYBODY, TO_CHAIR = "all", "chair"
KINDS = ("water", "paper", "microphone", "technical", "help")
ANSWERS = ("taken", "done")
KEPT = 100
CALLS_OF_ONE, CALLS_IN_ALL = 5, 300  # that nobody has answered yet


@dataclass(frozen=True)
class SendNotice(Command):
    """A message to everybody ("all"), a site, a person, or (whispered) the chair."""

    text: str
    to: str = EVERYBODY
    may = CHAIR_AND_SECRETARY | {"organiser"}


@dataclass(frozen=True)
class NoticeSent(Event):
    """A notice is shown to `to`: all, chair (a whisper), a site's or a person's id."""

    notice: str
    text: str
    to: str = EVERYBODY


@dataclass(frozen=True)
class TakeNoticeBack(Command):
    """The notice is no longer shown; the whisper has been read."""

    notice: str
    may = STAFF


@dataclass(frozen=True)
class NoticeTakenBack(Event):
    """The notice is no longer shown."""

    notice: str


@dataclass(frozen=True)
class CallService(Command):
    """Water, paper, a microphone, a technician, or help in one's own words."""

    kind: str
    text: str = ""
    may = EVERYONE


@dataclass(frozen=True)
class ServiceCalled(Event):
    """Somebody needs service. `kind` is water, paper, microphone, technical or help."""

    call: str
    person: str
    kind: str
    text: str = ""


@dataclass(frozen=True)
class AnswerCall(Command):
    """Somebody goes ("taken"), or it is done."""

    call: str
    answer: str = "done"
    may = STAFF | {"technician"}


@dataclass(frozen=True)
class CallAnswered(Event):
    """Somebody (`by`) goes (`answer` is taken), or has done it (done)."""

    call: str
    answer: str
    by: str


@dataclass(frozen=True)
class CancelCall(Command):
    """It is no longer needed."""

    call: str
    may = EVERYONE


@dataclass(frozen=True)
class CallCancelled(Event):
    """The call is no longer needed."""

    call: str


@decide.register
def send_notice(command: SendNotice, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    checks.check_not_secret(state)
    known = command.to in (EVERYBODY, TO_CHAIR, *state.sites.sites, *state.roll.people)
    if not known:
        raise Refused("not_a_choice", field="to")
    return [NoticeSent(actor.new_id("notice"), checks.text(command.text, 500, field="text"), command.to)]


@evolve.register
def notice_sent(event: NoticeSent, state: MeetingState):
    now = state.notices
    order = (*now.order, event.notice)[-KEPT:]
    notices = {**now.notices, event.notice: Notice(event.text, event.to, state.by, state.at)}
    return replace(state, notices=replace(now, order=order, notices={k: n for k, n in notices.items() if k in order}))


@decide.register
def take_notice_back(command: TakeNoticeBack, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    notice = state.notices.notices.get(command.notice)
    if notice is None:
        raise Refused("no_such_notice")
    if notice.to == TO_CHAIR and actor.role not in CHAIR and actor.user != notice.by:
        raise Refused("not_allowed")
    return [NoticeTakenBack(command.notice)]


@evolve.register
def notice_taken_back(event: NoticeTakenBack, state: MeetingState):
    now = state.notices
    order = tuple(key for key in now.order if key != event.notice)
    return replace(state, notices=replace(now, order=order, notices=without_key(now.notices, event.notice)))


@decide.register
def call_service(command: CallService, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    checks.one_of(command.kind, KINDS, "kind")
    text = checks.text(command.text, 300, needed=False, field="text")
    if text:
        checks.check_not_secret(state)
    open_calls = [call for call in state.notices.calls.values() if call.state != "done"]
    mine = [(call.kind, call.text) for call in open_calls if call.person == actor.user]
    if (command.kind, text) in mine:
        raise Refused("already_called")
    if len(mine) >= CALLS_OF_ONE or len(open_calls) >= CALLS_IN_ALL:
        raise Refused("too_many_calls")
    return [ServiceCalled(actor.new_id("call"), actor.user, command.kind, text)]


@evolve.register
def service_called(event: ServiceCalled, state: MeetingState):
    now = state.notices
    calls = {**now.calls, event.call: Call(event.person, event.kind, event.text, state.at)}
    done = [key for key, call in calls.items() if call.state == "done"]
    for key in done[: max(0, len(calls) - KEPT)]:
        calls.pop(key)
    return replace(state, notices=replace(now, calls=calls))


@decide.register
def answer_call(command: AnswerCall, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    call = find_call(state, command.call)
    checks.one_of(command.answer, ANSWERS, "answer")
    if actor.role == "technician" and not is_serving(state, actor.user, call.person):
        raise Refused("not_for_others")
    if call.state == "done" or call.state == command.answer:
        return []
    return [CallAnswered(command.call, command.answer, actor.user)]


@evolve.register
def call_answered(event: CallAnswered, state: MeetingState):
    return with_call(state, event.call, state=event.answer, by=event.by)


@decide.register
def cancel_call(command: CancelCall, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    call = find_call(state, command.call)
    if call.person != actor.user:
        raise Refused("not_for_others")
    return [] if call.state == "done" else [CallCancelled(command.call)]


@evolve.register
def call_cancelled(event: CallCancelled, state: MeetingState):
    return with_call(state, event.call, state="done")


@slice_of_view("notices", reads=("notices", "sites"))
def notices(state: MeetingState, audience: str):
    """{order, notices: {id: {text?, to, at, by}}, calls: {id: {person, kind, text?, at, state}}}; screens: nothing.

    The chair's whisper is for staff. What is said to one person, and the words of a call, members see only where
    they are meant for them: in their own page (`/me`, see `words_for`).
    """
    if audience == "screens":
        return {}
    now = state.notices
    staff = audience == "staff"
    shown = [key for key in now.order if staff or now.notices[key].to != TO_CHAIR]
    seen = {
        "order": shown,
        "notices": {
            key: compact(text=n.text if staff or not is_private(state, n) else "", to=n.to, at=n.at, by=n.by)
            for key, n in now.notices.items()
            if key in shown
        },
    }
    # Everybody sees that a call was made and its state, so that the caller does; the words are for those who help.
    seen["calls"] = {
        key: compact(person=c.person, kind=c.kind, text=c.text if staff else "", at=c.at, state=c.state, by=c.by)
        for key, c in now.calls.items()
    }
    return seen


def words_for(state: MeetingState, person: str) -> dict[str, str]:
    """The words that are in nobody's view but staff's and meant for this person: {id of a notice or a call: text}.

    Notices to this person, one's own calls, and for a technician the calls of the people of the site.
    """
    now = state.notices
    texts = {key: notice.text for key, notice in now.notices.items() if notice.to == person}
    entry = state.roll.people.get(person)
    helps = bool(entry and entry.role == "technician")
    return texts | {
        key: call.text
        for key, call in now.calls.items()
        if call.text and (call.person == person or (helps and is_serving(state, person, call.person)))
    }


def is_private(state: MeetingState, notice: Notice) -> bool:
    """Meant for one person."""
    return notice.to != EVERYBODY and notice.to not in state.sites.sites


def is_serving(state: MeetingState, technician: str, person: str) -> bool:
    """A technician helps the people of the site; one without a site, everybody."""
    own, other = state.roll.people.get(technician), state.roll.people.get(person)
    return own is not None and (not own.site or (other is not None and other.site == own.site))


def find_call(state: MeetingState, key: str) -> Call:
    if key not in state.notices.calls:
        raise Refused("no_such_call")
    return state.notices.calls[key]


def with_call(meeting: MeetingState, key: str, **changes) -> MeetingState:
    now = meeting.notices
    return replace(meeting, notices=replace(now, calls={**now.calls, key: replace(now.calls[key], **changes)}))
