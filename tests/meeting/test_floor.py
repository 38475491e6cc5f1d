"""Asking for the floor, and having it."""

from dataclasses import replace

import pytest

from meetingroom.meeting.agenda import ItemAdded, ItemStarted
from meetingroom.meeting.floor import (
    CloseFloor,
    EndSpeech,
    FloorClosed,
    FloorGranted,
    FloorOpened,
    FloorRequested,
    GrantFloor,
    MoveRequest,
    OpenFloor,
    OpinionRecorded,
    RecordOpinion,
    RequestFloor,
    RequestMoved,
    RequestWithdrawn,
    SpeechEnded,
    WithdrawRequest,
    speech_due,
)
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.lifecycle import AdjournMeeting, MeetingAdjourned
from meetingroom.meeting.people import RoleChanged
from meetingroom.meeting.sites import SiteAdded
from meetingroom.meeting.speech_clock import (
    BellRung,
    ExtendSpeech,
    PauseSpeech,
    ResumeSpeech,
    RingBell,
    SpeechExtended,
    SpeechPaused,
)
from meetingroom.meeting.view import view
from tests.given import AN, CREATED, DRAFT, EM, KHACH, MAI, OPENED, PHUONG, PUBLISHED, THO, given, state_of

WAITING = [*OPENED, FloorRequested("r1", "em"), FloorRequested("r2", "phuong")]
SPEAKING = [*WAITING, FloorGranted("em", 300, "r1")]


def at(actor: Actor, ms: int) -> Actor:
    return Actor(actor.user, actor.role, ms, "t")


def test_a_delegate_asks_before_or_during_the_meeting_and_waits_once():
    for facts in (PUBLISHED, OPENED):
        (asked,) = given(facts).when(EM, RequestFloor()).outcome
        assert (asked.person, asked.kind) == ("em", "speak")
    given(DRAFT).when(EM, RequestFloor()).refused("not_published")
    given(WAITING).when(EM, RequestFloor()).refused("already_waiting")


def test_a_guest_speaks_when_invited_and_does_not_ask():
    given(OPENED).when(KHACH, RequestFloor()).refused("not_allowed")
    given(OPENED).when(AN, GrantFloor(person="khach", seconds=600)).then(FloorGranted("khach", 600))


def test_a_point_of_order_comes_before_all_who_wait():
    state = state_of(WAITING, FloorRequested("r3", "binh", "point_of_order"), FloorRequested("r4", "an", "question"))
    assert state.floor.queue == ("r3", "r1", "r2", "r4")
    second = state_of(
        WAITING, FloorRequested("r3", "binh", "point_of_order"), FloorRequested("r4", "em", "point_of_order")
    )
    assert second.floor.queue == ("r3", "r4", "r1", "r2")


def test_the_technician_asks_for_a_named_person_of_the_site():
    site = [
        SiteAdded("s1", "Khu vực 1", "ĐC01"),
        RoleChanged("tho", "technician", "s1"),
        RoleChanged("em", "delegate", "s1"),
    ]
    (asked,) = given(OPENED, site).when(THO, RequestFloor("em")).outcome
    assert asked.person == "em"
    given(OPENED, site).when(THO, RequestFloor("phuong")).refused("not_for_others")
    given(OPENED).when(EM, RequestFloor("phuong")).refused("not_for_others")


def test_requests_on_an_item_can_be_closed_but_not_points_of_order():
    closed = [*OPENED, ItemAdded("i1", "Thảo luận"), ItemStarted("i1"), FloorClosed("i1")]
    given(closed).when(EM, RequestFloor()).refused("floor_closed")
    assert given(closed).when(EM, RequestFloor(kind="point_of_order")).outcome[0].item == "i1"
    given(closed).when(AN, OpenFloor()).then(FloorOpened("i1"))
    given(OPENED).when(AN, CloseFloor()).then(FloorClosed(""))


def test_in_a_meeting_on_state_secrets_one_asks_to_speak_without_saying_what_about():
    secret = given(replace(CREATED, title="", secrecy="secret"), OPENED[1:])
    secret.when(EM, RequestFloor(note="Về vụ án")).refused("secret_meeting")
    secret.when(EM, RequestFloor(kind="question", note=" "))
    assert [type(fact).__name__ for fact in secret.outcome] == ["FloorRequested"]


def test_the_chair_and_the_secretary_order_the_queue():
    given(WAITING).when(AN, MoveRequest("r2", "r1")).then(RequestMoved("r2", "r1"))
    given(WAITING).when(MAI, MoveRequest("r2")).then()
    given(WAITING).when(EM, MoveRequest("r1")).refused("not_allowed")
    given(WAITING).when(AN, MoveRequest("r9")).refused("no_such_request")


def test_one_takes_back_ones_own_request():
    given(WAITING).when(EM, WithdrawRequest()).then(RequestWithdrawn("r1"))
    given(WAITING).when(EM, WithdrawRequest("r2")).refused("not_for_others")
    given(OPENED).when(EM, WithdrawRequest()).refused("no_such_request")


def test_taking_somebody_else_off_the_list_never_touches_the_running_clock():
    before = state_of(SPEAKING).floor.speech
    assert given(SPEAKING).when(MAI, WithdrawRequest("r2")).after().floor.speech == before


def test_granting_the_floor_ends_the_speech_before():
    story = given(SPEAKING)
    started = story.state.floor.speech.started_at
    story.when(at(AN, started + 61_500), GrantFloor("r2", seconds=180)).then(
        SpeechEnded("em", 61), FloorGranted("phuong", 180, "r2")
    )
    assert story.after().floor.queue == ()


def test_granting_by_name_takes_the_persons_request_along():
    given(WAITING).when(AN, GrantFloor(person="phuong")).then(FloorGranted("phuong", 0, "r2"))


def test_the_chair_can_speak_too():
    given(OPENED).when(AN, GrantFloor(person="an", seconds=60)).then(FloorGranted("an", 60))


def test_only_the_speaker_the_chair_or_the_secretary_end_a_speech():
    started = state_of(SPEAKING).floor.speech.started_at
    for actor in (EM, AN, MAI):
        given(SPEAKING).when(at(actor, started + 5000), EndSpeech()).then(SpeechEnded("em", 5))
    given(SPEAKING).when(PHUONG, EndSpeech()).refused("not_for_others")
    given(OPENED).when(AN, EndSpeech()).refused("nobody_speaks")


def test_a_pause_does_not_count():
    paused = [*SPEAKING, SpeechPaused()]
    story = given(paused).when(AN, PauseSpeech()).refused("speech_paused")
    story = given(paused).when(AN, ResumeSpeech())
    state = story.after()
    assert state.floor.speech.paused_ms == 1000
    assert speech_due(state) == state.floor.speech.started_at + 301_000
    assert speech_due(state_of(paused)) == 0
    given(SPEAKING).when(AN, ResumeSpeech()).refused("speech_not_paused")


def test_time_is_added_and_the_bell_may_ring_again():
    state = given(SPEAKING, BellRung("em")).when(AN, ExtendSpeech(60)).then(SpeechExtended(60)).after()
    assert (state.floor.speech.seconds, state.floor.speech.rung) == (360, False)
    given(SPEAKING).when(AN, ExtendSpeech(-300)).refused("not_a_number")


def test_the_bell_rings_once_when_the_time_is_up_and_the_speech_runs_over():
    due = speech_due(state_of(SPEAKING))
    early, now = (Actor("", "system", due + ms) for ms in (-1, 0))
    given(SPEAKING).when(early, RingBell()).refused("not_due")
    given(SPEAKING).when(now, RingBell()).then(BellRung("em")).when(now, RingBell()).refused("not_due")
    given(SPEAKING).when(AN, RingBell()).refused("not_allowed")


def test_a_speech_with_a_hard_end_is_ended_by_the_bell():
    hard = [*WAITING, FloorGranted("em", 300, "r1", ends=True)]
    now = Actor("", "system", speech_due(state_of(hard)))
    given(hard).when(now, RingBell()).then(SpeechEnded("em", 300))


def test_a_break_ends_the_speech():
    story = given(SPEAKING)
    started = story.state.floor.speech.started_at
    story.when(at(AN, started + 1000), AdjournMeeting()).then(SpeechEnded("em", 1), MeetingAdjourned())


def test_a_request_not_reached_becomes_a_written_opinion():
    story = given(WAITING).when(MAI, RecordOpinion("r1", "Đề nghị nâng cấp đường truyền"))
    story.then(OpinionRecorded("r1", "em", "Đề nghị nâng cấp đường truyền"))
    assert story.after().floor.queue == ("r2",)
    given(WAITING).when(PHUONG, RecordOpinion("r1", "x")).refused("not_for_others")


@pytest.mark.parametrize("seconds", [-1, 4 * 3600 + 1])
def test_a_limit_is_a_sensible_number(seconds):
    given(WAITING).when(AN, GrantFloor("r1", seconds=seconds)).refused("not_a_number")


def test_total_times_are_kept_per_person():
    turns = [FloorGranted("em", 60), SpeechEnded("em", 40), FloorGranted("em", 60), SpeechEnded("em", 25)]
    seen = view(state_of(OPENED, turns), "members")["floor"]
    assert (seen["spoken"], seen["times"]) == ({"em": 65}, {"em": 2})


def test_the_projector_sees_the_speaker_and_not_the_queue():
    seen = view(state_of(SPEAKING), "screens")["floor"]
    assert set(seen) == {"speech"}
    assert (seen["speech"]["name"], seen["speech"]["seconds"]) == ("Hoàng Văn Em", 300)
    assert (seen["speech"]["title"], seen["speech"]["unit"]) == ("Trưởng phòng", "Phòng 1"), "which head of a division"
