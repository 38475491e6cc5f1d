"""The rounds of the floor: who asks for it, who has it, and the clock of a speech."""

from meetingroom.meeting import (
    agenda,
    floor,
    speech_clock,
)
from tests.given import AN, EM, PROGRAM
from tests.meeting.repeating import FOUR, repeated, rounds


@repeated
def request_floor(meeting, n):
    meeting.does(EM, floor.RequestFloor(kind=("speak", "point_of_order")[n % 2], note=f"Việc {n}"))


@repeated
def withdraw_request(meeting, n):
    request_floor(meeting, n)
    meeting.does(EM, floor.WithdrawRequest())


@repeated
def move_request(meeting, n):
    for who in (EM, AN):
        meeting.does(who, floor.RequestFloor())
    meeting.does(AN, floor.MoveRequest(meeting.request))


@repeated
def grant_floor(meeting, n):
    meeting.does(AN, floor.GrantFloor(person=FOUR[n % 4], seconds=60))


@repeated
def end_speech(meeting, n):
    grant_floor(meeting, n)
    meeting.does(AN, floor.EndSpeech())


@repeated
def pause_speech(meeting, n):
    if not meeting.state.floor.speech:
        grant_floor(meeting, n)
    meeting.does(AN, speech_clock.PauseSpeech())
    meeting.does(AN, speech_clock.ResumeSpeech())


@repeated
def extend_speech(meeting, n):
    if not meeting.state.floor.speech:
        grant_floor(meeting, n)
    meeting.does(AN, speech_clock.ExtendSpeech(600))


@repeated
def ring_bell(meeting, n):
    meeting.does(AN, floor.GrantFloor(person="em", seconds=1))
    meeting.does(PROGRAM, speech_clock.RingBell())


@repeated
def close_floor(meeting, n):
    meeting.does(AN, agenda.StartItem(f"i{n % 3 + 1}"))
    meeting.does(AN, floor.CloseFloor())


@repeated
def open_floor(meeting, n):
    close_floor(meeting, n)
    meeting.does(AN, floor.OpenFloor())


@repeated
def record_opinion(meeting, n):
    meeting.does(EM, floor.RequestFloor(note=f"Việc {n}"))
    meeting.does(EM, floor.RecordOpinion(meeting.request, f"Ý kiến bằng văn bản {n}"))


# The other half of a pair.
rounds |= {"resume_speech": pause_speech}
