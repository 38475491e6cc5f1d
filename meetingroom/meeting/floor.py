"""Asking for the floor, and having it."""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve
from meetingroom.meeting.roles import CHAIR_AND_SECRETARY, DELEGATES, EVERYONE, PREPARERS
from meetingroom.meeting.state import Floor, Heard, MeetingState, Opinion, Request, Speech, place_in_order, without_key
from meetingroom.meeting.view import compact, slice_of_view

KINDS = ("speak", "question", "point_of_order")
FIRST = "point_of_order"  # has precedence over all other requests
LONGEST = 4 * 3600
OPINIONS_OF_ONE, OPINIONS_LENGTH = 20, 60_000  # written ones of one person, and their letters together


@dataclass(frozen=True)
class RequestFloor(Command):
    """A participant wishes to speak; the secretary or the site's technician may ask on behalf of a named person."""

    person: str = ""
    kind: str = "speak"
    note: str = ""
    may = DELEGATES | PREPARERS | {"technician"}


@dataclass(frozen=True)
class FloorRequested(Event):
    """Somebody waits to speak, at the end of the queue. `kind` is speak, question or point_of_order."""

    request: str
    person: str
    kind: str = "speak"
    item: str = ""
    note: str = ""


@dataclass(frozen=True)
class WithdrawRequest(Command):
    """The request is taken back; without `request`, one's own."""

    request: str = ""
    may = EVERYONE


@dataclass(frozen=True)
class RequestWithdrawn(Event):
    """The request was taken back."""

    request: str


@dataclass(frozen=True)
class MoveRequest(Command):
    """Another order of the queue: `request` comes before `before`, or last."""

    request: str
    before: str = ""
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class RequestMoved(Event):
    """The request stands before `before` in the queue, or last."""

    request: str
    before: str = ""


@dataclass(frozen=True)
class GrantFloor(Command):
    """Somebody has the floor, by request or by name, for `seconds` (0: no limit). The one before has finished.

    With `ends` the speech is ended when its time is up; otherwise it runs over, in red.
    """

    request: str = ""
    person: str = ""
    seconds: int = 0
    ends: bool = False
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class FloorGranted(Event):
    """This person speaks from now on, for `seconds` (0: no limit); with `ends` the speech ends when they are over."""

    person: str
    seconds: int = 0
    request: str = ""
    kind: str = "speak"
    item: str = ""
    ends: bool = False


@dataclass(frozen=True)
class EndSpeech(Command):
    """The speech is over; the speaker may say so, too."""

    may = EVERYONE | {"system"}


@dataclass(frozen=True)
class SpeechEnded(Event):
    """The speech is over."""

    person: str
    spoken: int = 0  # seconds, without pauses


@dataclass(frozen=True)
class CloseFloor(Command):
    """No more requests on the current item."""

    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class FloorClosed(Event):
    """No more requests are taken on this item."""

    item: str = ""


@dataclass(frozen=True)
class OpenFloor(Command):
    """Requests are taken again on the current item."""

    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class FloorOpened(Event):
    """Requests are taken again on this item."""

    item: str = ""


@dataclass(frozen=True)
class RecordOpinion(Command):
    """A request that was not reached becomes a written opinion in the record; one's own, or by the secretary."""

    request: str
    text: str = ""
    may = EVERYONE


@dataclass(frozen=True)
class OpinionRecorded(Event):
    """A request that was not reached stands in the record as a written opinion."""

    request: str
    person: str
    text: str = ""
    item: str = ""


@decide.register
def request_floor(command: RequestFloor, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    if state.meeting.status == "draft":
        raise Refused("not_published")
    key = command.person or actor.user
    person = checks.person(state, key)
    speaks_for(state, actor, key)
    checks.one_of(command.kind, KINDS, "kind")
    item = state.agenda.current
    if item in state.floor.closed and command.kind != FIRST:
        raise Refused("floor_closed")
    waiting = (state.floor.requests[other] for other in state.floor.queue)
    if any(r.person == key and (r.kind == FIRST) == (command.kind == FIRST) for r in waiting):
        raise Refused("already_waiting")
    if person.role == "guest" and actor.role not in CHAIR_AND_SECRETARY | PREPARERS:
        raise Refused("not_allowed")
    note = checks.text(command.note, 300, needed=False, field="note")
    if note:
        checks.check_not_secret(state)
    return [FloorRequested(actor.new_id("request"), key, command.kind, item, note)]


@evolve.register
def floor_requested(event: FloorRequested, state: MeetingState):
    floor = state.floor
    request = Request(event.person, event.kind, event.item, event.note, state.at)
    requests = {**floor.requests, event.request: request}
    before = next((r for r in floor.queue if requests[r].kind != FIRST), "") if event.kind == FIRST else ""
    return on_floor(state, requests=requests, queue=place_in_order(floor.queue, event.request, before))


@decide.register
def withdraw_request(command: WithdrawRequest, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    own = (r for r in state.floor.queue if state.floor.requests[r].person == actor.user)
    key = command.request or next(own, "")
    request = waiting_request(state, key)
    speaks_for(state, actor, request.person)
    return [RequestWithdrawn(key)]


@evolve.register
def request_withdrawn(event: RequestWithdrawn, state: MeetingState):
    return unqueued(state, event.request)


@decide.register
def move_request(command: MoveRequest, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    waiting_request(state, command.request)
    if command.before:
        waiting_request(state, command.before)
    moved = place_in_order(state.floor.queue, command.request, command.before) != state.floor.queue
    return [RequestMoved(command.request, command.before)] if moved else []


@evolve.register
def request_moved(event: RequestMoved, state: MeetingState):
    return on_floor(state, queue=place_in_order(state.floor.queue, event.request, event.before))


@decide.register
def grant_floor(command: GrantFloor, state: MeetingState, actor: Actor):
    checks.check_live(state)
    if command.request:
        request = waiting_request(state, command.request)
        person, kind, item = request.person, request.kind, request.item or state.agenda.current
    else:
        person, kind, item = command.person, "speak", state.agenda.current
    checks.person(state, person)
    if not 0 <= command.seconds <= LONGEST:
        raise Refused("not_a_number", field="seconds")
    own = next((r for r in state.floor.queue if state.floor.requests[r].person == person), "")
    granted = FloorGranted(person, command.seconds, command.request or own, kind, item, command.ends)
    return [*end_of_speech(state, actor.at), granted]


@evolve.register
def floor_granted(event: FloorGranted, state: MeetingState):
    state = unqueued(state, event.request) if event.request in state.floor.queue else state
    speech = Speech(event.person, event.seconds, event.kind, event.item, state.at, ends=event.ends)
    return on_floor(state, speech=speech)


@decide.register
def end_speech(command: EndSpeech, state: MeetingState, actor: Actor):
    if state.floor.speech is None:
        raise Refused("nobody_speaks")
    if actor.role not in CHAIR_AND_SECRETARY | {"system"} and state.floor.speech.person != actor.user:
        raise Refused("not_for_others")
    return end_of_speech(state, actor.at)


@evolve.register
def speech_ended(event: SpeechEnded, state: MeetingState):
    before = state.floor.heard.get(event.person, Heard())
    heard = Heard(before.seconds + event.spoken, before.times + 1)
    return on_floor(state, speech=None, heard={**state.floor.heard, event.person: heard})


@decide.register
def close_floor(command: CloseFloor, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    item = state.agenda.current
    return [] if item in state.floor.closed else [FloorClosed(item)]


@evolve.register
def floor_closed(event: FloorClosed, state: MeetingState):
    return on_floor(state, closed=(*state.floor.closed, event.item))


@decide.register
def open_floor(command: OpenFloor, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    item = state.agenda.current
    return [FloorOpened(item)] if item in state.floor.closed else []


@evolve.register
def floor_opened(event: FloorOpened, state: MeetingState):
    return on_floor(state, closed=tuple(item for item in state.floor.closed if item != event.item))


@decide.register
def record_opinion(command: RecordOpinion, state: MeetingState, actor: Actor):
    checks.check_recordable(state)
    checks.check_not_secret(state)
    request = waiting_request(state, command.request)
    speaks_for(state, actor, request.person)
    text = checks.text(command.text or request.note, 20_000, needed=False, field="text")
    own = [opinion for opinion in state.floor.opinions.values() if opinion.person == request.person]
    if len(own) >= OPINIONS_OF_ONE or sum(len(each.text) for each in own) + len(text) > OPINIONS_LENGTH:
        raise Refused("too_many_opinions")
    return [OpinionRecorded(command.request, request.person, text, request.item)]


@evolve.register
def opinion_recorded(event: OpinionRecorded, state: MeetingState):
    opinion = Opinion(event.person, event.text, event.item, state.at)
    state = unqueued(state, event.request)
    return on_floor(state, opinions={**state.floor.opinions, event.request: opinion})


@slice_of_view("floor", reads=("floor", "roll"))
def floor(state: MeetingState, audience: str):
    """{queue, requests, speech?, closed?, spoken: {person: seconds}, times, opinions}; screens: the speech only.

    `speech` is {person, name, title?, unit?, seconds, kind, started_at, paused_at?, paused_ms?, rung?}: the countdown
    is drawn from it.
    """
    now = state.floor
    speaker = state.roll.people.get(now.speech.person) if now.speech else None
    speech = now.speech and compact(
        person=now.speech.person,
        name=speaker.name if speaker else "",
        title=speaker.title if speaker else "",
        unit=speaker.unit if speaker else "",
        seconds=now.speech.seconds,
        kind=now.speech.kind,
        item=now.speech.item,
        started_at=now.speech.started_at,
        paused_at=now.speech.paused_at,
        paused_ms=now.speech.paused_ms,
        rung=now.speech.rung,
        ends=now.speech.ends,
    )
    if audience == "screens":
        return compact(speech=speech)
    requests = {
        key: compact(person=r.person, kind=r.kind, item=r.item, note=r.note if audience == "staff" else "", at=r.at)
        for key, r in now.requests.items()
    }
    opinions = {
        key: compact(person=o.person, item=o.item, at=o.at, text=o.text if audience == "staff" else "")
        for key, o in now.opinions.items()
    }
    return {
        **compact(speech=speech, closed=list(now.closed)),
        "queue": list(now.queue),
        "requests": requests,
        "spoken": {person: heard.seconds for person, heard in now.heard.items()},
        "times": {person: heard.times for person, heard in now.heard.items()},
        "opinions": opinions,
    }


def speech_due(state: MeetingState) -> int:
    """When the speaker's time is up (ms); 0 when there is no limit or the clock stands still."""
    speech = state.floor.speech
    if speech is None or not speech.seconds or speech.paused_at:
        return 0
    return speech.started_at + speech.paused_ms + speech.seconds * 1000


def end_of_speech(state: MeetingState, at: int) -> list[Event]:
    """The facts that end the running speech; none when nobody speaks."""
    speech = state.floor.speech
    if speech is None:
        return []
    until = speech.paused_at or at or state.at
    return [SpeechEnded(speech.person, max(0, until - speech.started_at - speech.paused_ms) // 1000)]


def waiting_request(state: MeetingState, key: str) -> Request:
    if key not in state.floor.queue:
        raise Refused("no_such_request")
    return state.floor.requests[key]


def speaks_for(state: MeetingState, actor: Actor, person: str) -> None:
    """Oneself; the chair, secretary and organiser for all; a technician for the people of the site."""
    if person == actor.user or actor.role in CHAIR_AND_SECRETARY | PREPARERS | {"system"}:
        return
    own, other = state.roll.people.get(actor.user), state.roll.people.get(person)
    if actor.role == "technician" and own and other and own.site and own.site == other.site:
        return
    raise Refused("not_for_others")


def unqueued(state: MeetingState, key: str) -> MeetingState:
    floor = state.floor
    return on_floor(state, queue=tuple(r for r in floor.queue if r != key), requests=without_key(floor.requests, key))


def with_speech(state: MeetingState, **changes) -> MeetingState:
    speech = state.floor.speech
    return on_floor(state, speech=replace(speech, **changes)) if speech else state


def on_floor(state: MeetingState, **changes) -> MeetingState:
    floor: Floor = replace(state.floor, **changes)
    return replace(state, floor=floor)
