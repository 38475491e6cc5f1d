"""Messages and calls for service: never on the projector."""

from meetingroom.meeting.notices import (
    AnswerCall,
    CallAnswered,
    CallCancelled,
    CallService,
    CancelCall,
    NoticeSent,
    NoticeTakenBack,
    SendNotice,
    ServiceCalled,
    TakeNoticeBack,
)
from meetingroom.meeting.roll import (
    AcceptSubstitute,
    CallRoll,
    CheckedIn,
    DeclineSubstitute,
    ProposeSubstitute,
    QuorumSet,
    RollCalled,
    SetQuorum,
    SubstituteAccepted,
    SubstituteDeclined,
    SubstituteProposed,
)
from meetingroom.meeting.view import view
from tests.given import AN, EM, KHACH, MAI, OPENED, PHUONG, THO, given, state_of

WATER = ServiceCalled("c1", "em", "water")


def test_the_secretary_tells_everybody_a_site_or_a_person():
    (sent,) = given(OPENED).when(MAI, SendNotice("Mời các đồng chí trở lại phòng họp")).outcome
    assert sent.to == "all"
    given(OPENED).when(MAI, SendNotice("x", "nowhere")).refused("not_a_choice")
    given(OPENED).when(EM, SendNotice("x")).refused("not_allowed")
    given(OPENED).when(MAI, SendNotice(" ")).refused("empty")


def test_a_whisper_is_for_the_chairs_side_only():
    facts = [*OPENED, NoticeSent("n1", "Còn 5 phút", "chair")]
    assert view(state_of(facts), "staff")["notices"]["order"] == ["n1"]
    assert view(state_of(facts), "members")["notices"]["order"] == []
    given(facts).when(AN, TakeNoticeBack("n1")).then(NoticeTakenBack("n1"))


def test_anyone_calls_for_service_once_and_somebody_answers():
    story = given(OPENED).when(KHACH, CallService("water"))
    assert story.outcome[0].kind == "water"
    story.when(KHACH, CallService("water")).refused("already_called")
    given(OPENED, WATER).when(MAI, AnswerCall("c1", "taken")).then(CallAnswered("c1", "taken", "mai")).when(
        THO, AnswerCall("c1")
    ).then(CallAnswered("c1", "done", "tho"))
    given(OPENED, WATER).when(PHUONG, AnswerCall("c1")).refused("not_allowed")
    given(OPENED, WATER).when(PHUONG, CancelCall("c1")).refused("not_for_others")
    given(OPENED, WATER).when(EM, CancelCall("c1")).then(CallCancelled("c1"))
    given(OPENED).when(EM, CallService("coffee")).refused("not_a_choice")


def test_nothing_of_this_is_ever_on_the_projector():
    facts = [*OPENED, NoticeSent("n1", "Thông báo", "all"), WATER]
    assert view(state_of(facts), "screens")["notices"] == {}


def test_many_are_checked_in_at_once():
    facts = [*OPENED, CheckedIn("em", "onsite")]
    given(facts).when(MAI, CallRoll(("em", "phuong", "binh"), "onsite")).then(RollCalled(("phuong", "binh"), "onsite"))
    given(facts).when(EM, CallRoll(("phuong",))).refused("not_allowed")
    given(facts).when(THO, CallRoll(("phuong",))).refused("not_for_others")


def test_a_substitute_attends_with_the_chairs_consent():
    story = given(OPENED).when(EM, ProposeSubstitute("Phan Văn Nam", "Phó Trưởng phòng"))
    story.then(SubstituteProposed("em", "Phan Văn Nam", "Phó Trưởng phòng"))
    story.when(MAI, AcceptSubstitute("em")).refused("not_allowed")
    given(OPENED, SubstituteProposed("em", "Nam")).when(AN, AcceptSubstitute("em")).then(SubstituteAccepted("em"))
    given(OPENED, SubstituteProposed("em", "Nam")).when(AN, DeclineSubstitute("em")).then(SubstituteDeclined("em"))
    given(OPENED).when(AN, AcceptSubstitute("em")).refused("no_substitute")
    given(OPENED).when(PHUONG, ProposeSubstitute("Nam", person="em")).refused("not_for_others")


def test_the_quorum_is_computed_from_a_rule_and_always_shown():
    state = state_of(OPENED, CheckedIn("an", "onsite"), CheckedIn("em", "online"), CheckedIn("khach", "onsite"))
    assert view(state, "screens")["roll"]["quorum"] == {
        "rule": "gt_half",
        "of": 5,
        "present": 2,
        "needed": 3,
        "met": False,
    }
    story = given(OPENED).when(MAI, SetQuorum("ge_two_thirds")).then(QuorumSet("ge_two_thirds"))
    assert view(story.after(), "staff")["roll"]["quorum"]["needed"] == 4
    assert view(state_of(OPENED, QuorumSet("none")), "staff")["roll"]["quorum"]["met"] is True
