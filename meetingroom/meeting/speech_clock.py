"""The clock of a speech: it stands still, runs again, is given more time, and its bell rings."""

from dataclasses import dataclass

from meetingroom.meeting import checks
from meetingroom.meeting.floor import LONGEST, end_of_speech, speech_due, with_speech
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve
from meetingroom.meeting.roles import CHAIR_AND_SECRETARY
from meetingroom.meeting.state import MeetingState, Speech


@dataclass(frozen=True)
class PauseSpeech(Command):
    """The clock of the speech stands still."""

    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class SpeechPaused(Event):
    """The clock of the speech stands still."""


@dataclass(frozen=True)
class ResumeSpeech(Command):
    """The clock of the speech runs again."""

    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class SpeechResumed(Event):
    """The clock of the speech runs again."""


@dataclass(frozen=True)
class ExtendSpeech(Command):
    """More time for the speaker, in seconds (negative: less)."""

    seconds: int
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class SpeechExtended(Event):
    """The speaker has so many seconds more (negative: fewer)."""

    seconds: int


@dataclass(frozen=True)
class RingBell(Command):
    """The speaker's time is up. Only time itself says so."""

    may = frozenset({"system"})


@dataclass(frozen=True)
class BellRung(Event):
    """The speaker's time is over."""

    person: str


@decide.register
def pause_speech(command: PauseSpeech, state: MeetingState, actor: Actor):
    if running(state).paused_at:
        raise Refused("speech_paused")
    return [SpeechPaused()]


@evolve.register
def speech_paused(event: SpeechPaused, state: MeetingState):
    return with_speech(state, paused_at=state.at)


@decide.register
def resume_speech(command: ResumeSpeech, state: MeetingState, actor: Actor):
    checks.check_live(state)
    if not running(state).paused_at:
        raise Refused("speech_not_paused")
    return [SpeechResumed()]


@evolve.register
def speech_resumed(event: SpeechResumed, state: MeetingState):
    speech = state.floor.speech
    paused = speech.paused_ms + max(0, state.at - speech.paused_at) if speech else 0
    return with_speech(state, paused_at=0, paused_ms=paused)


@decide.register
def extend_speech(command: ExtendSpeech, state: MeetingState, actor: Actor):
    speech = running(state)
    if not command.seconds or not 0 < speech.seconds + command.seconds <= LONGEST:
        raise Refused("not_a_number", field="seconds")
    return [SpeechExtended(command.seconds)]


@evolve.register
def speech_extended(event: SpeechExtended, state: MeetingState):
    speech = state.floor.speech
    return with_speech(state, seconds=speech.seconds + event.seconds, rung=False) if speech else state


@decide.register
def ring_bell(command: RingBell, state: MeetingState, actor: Actor):
    speech = running(state)
    due = speech_due(state)
    if not due or actor.at < due or speech.rung:
        raise Refused("not_due")
    return end_of_speech(state, actor.at) if speech.ends else [BellRung(speech.person)]


@evolve.register
def bell_rung(event: BellRung, state: MeetingState):
    return with_speech(state, rung=True)


def running(state: MeetingState) -> Speech:
    if state.floor.speech is None:
        raise Refused("nobody_speaks")
    return state.floor.speech
