"""Messages and calls for service: never on the projector."""

from dataclasses import replace

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
    words_for,
)
from meetingroom.meeting.people import RoleChanged
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
from meetingroom.meeting.sites import SiteAdded
from meetingroom.meeting.view import view
from tests.given import AN, CREATED, EM, KHACH, MAI, OPENED, PHUONG, THO, given, state_of

WATER = ServiceCalled("c1", "em", "water")


def test_in_a_meeting_on_state_secrets_service_is_called_by_kind_and_not_in_words():
    secret = given(replace(CREATED, title="", secrecy="unsure"), OPENED[1:])
    secret.when(EM, CallService("help", "In lại kết luận vụ án")).refused("secret_meeting")
    for kind in ("water", "help"):
        assert len(secret.when(EM, CallService(kind)).outcome) == 1


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


SITES = [SiteAdded("s0", "Hội trường", "ĐC00", True), SiteAdded("s1", "Khu vực 1", "ĐC01")]
AT_SITE = [*OPENED, *SITES, RoleChanged("em", "delegate", "s1"), RoleChanged("tho", "technician", "s1")]
HELP = ServiceCalled("c2", "em", "help", "Mic số 2 bị rè")


def test_what_is_said_to_one_person_only_that_person_reads():
    facts = [*AT_SITE, NoticeSent("n1", "Mời đồng chí ra sảnh", "em"), NoticeSent("n2", "Thử mic", "s1")]
    state = state_of(facts)
    assert view(state, "staff")["notices"]["notices"]["n1"]["text"] == "Mời đồng chí ra sảnh"
    seen = view(state, "members")["notices"]["notices"]
    assert "text" not in seen["n1"]
    assert (seen["n1"]["to"], seen["n2"]["text"]) == ("em", "Thử mic")
    assert words_for(state, "em") == {"n1": "Mời đồng chí ra sảnh"}
    assert words_for(state, "phuong") == words_for(state, "nobody") == {}


def test_a_technician_reads_and_answers_the_calls_of_the_own_site():
    far = ServiceCalled("c3", "phuong", "help", "Xin bản in")
    state = state_of(AT_SITE, HELP, far, WATER)
    assert words_for(state, "tho") == words_for(state, "em") == {"c2": "Mic số 2 bị rè"}
    assert words_for(state, "phuong") == {"c3": "Xin bản in"}
    given(AT_SITE, HELP, far).when(THO, AnswerCall("c2", "taken")).then(CallAnswered("c2", "taken", "tho"))
    given(AT_SITE, HELP, far).when(THO, AnswerCall("c3")).refused("not_for_others")
    given(OPENED, far).when(THO, AnswerCall("c3")).then(CallAnswered("c3", "done", "tho"))


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


def test_one_person_may_have_five_calls_waiting_and_the_room_three_hundred():
    calls = [ServiceCalled(f"c{n}", "em", "help", f"việc {n}") for n in range(5)]
    given(OPENED, calls).when(EM, CallService("water")).refused("too_many_calls")
    [called] = given(OPENED, calls, CallAnswered("c1", "done", "mai")).when(EM, CallService("water")).outcome
    assert called.kind == "water"
    many = [ServiceCalled(f"c{n}", f"p{n}", "water") for n in range(300)]
    given(OPENED, many).when(EM, CallService("water")).refused("too_many_calls")


def test_the_same_call_is_the_same_however_it_is_spelled():
    given(OPENED, ServiceCalled("c1", "em", "help", "loa hỏng")).when(
        EM, CallService("help", " loa hỏng\u200b ")
    ).refused("already_called")
