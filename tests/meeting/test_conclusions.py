"""The conclusions are read back, approved, and given out as work."""

from dataclasses import replace

import pytest

from meetingroom.meeting.approval import MinutesApproved
from meetingroom.meeting.conclusions import (
    LEADS,
    ApproveConclusions,
    ConclusionEdited,
    ConclusionRecorded,
    ConclusionsApproved,
    ConclusionsReturned,
    ConclusionsSubmitted,
    DirectiveIssued,
    EditConclusion,
    RecordConclusion,
    RemoveConclusion,
    ReturnConclusions,
    SubmitConclusions,
    digest_of,
    said,
)
from meetingroom.meeting.lifecycle import ArchiveMeeting, CloseMeeting, MeetingClosed
from meetingroom.meeting.view import view
from tests.given import AN, BINH, DUNG, EM, MAI, OPENED, given, state_of

K1 = ConclusionRecorded("k1", "Ban hành Kế hoạch", "Văn phòng", ("Phòng 1",), "2026-12-23", "KH-VKS", "", "vp", ("p1",))
K2 = ConclusionRecorded("k2", "Hội nghị thống nhất đánh giá kết quả năm 2026")
HERE = [OPENED, K1, K2]
CLOSED = [*HERE, MeetingClosed()]


def digest(*facts) -> str:
    return digest_of(state_of(*facts).record)


def approved(*facts) -> list:
    return [*facts, ConclusionsApproved(digest(*facts))]


def test_the_secretary_reads_back_and_the_chair_approves_what_was_read():
    now = digest(HERE)
    given(HERE).when(MAI, SubmitConclusions()).then(ConclusionsSubmitted(now))
    sent = given(HERE, ConclusionsSubmitted(now))
    sent.when(AN, ApproveConclusions(now)).then(ConclusionsApproved(now))
    given(HERE, ConclusionsSubmitted(now)).when(BINH, ApproveConclusions(now)).then(ConclusionsApproved(now))
    for other in (MAI, DUNG, EM):
        given(HERE, ConclusionsSubmitted(now)).when(other, ApproveConclusions(now)).refused("not_allowed")
    given(OPENED).when(MAI, SubmitConclusions()).refused("no_conclusions")
    given(HERE).when(EM, SubmitConclusions()).refused("not_allowed")


def test_what_has_changed_since_it_was_read_is_not_approved():
    old = digest(HERE)
    sent = given(HERE, ConclusionsSubmitted(old), ConclusionEdited("k2", "Thống nhất"))
    sent.when(AN, ApproveConclusions(old)).refused("conclusions_changed")


def test_a_change_after_the_approval_asks_for_another():
    edited = [*approved(*HERE), ConclusionEdited("k2", "Thống nhất")]
    assert state_of(edited).record.readback.state == "draft"
    given(edited).when(AN, CloseMeeting()).then(MeetingClosed())


def test_the_chair_returns_them_with_a_reason():
    sent = given(HERE, ConclusionsSubmitted(digest(HERE)))
    sent.when(AN, ReturnConclusions("thiếu thời hạn")).then(ConclusionsReturned("thiếu thời hạn"))
    given(HERE, ConclusionsSubmitted(digest(HERE))).when(AN, ReturnConclusions(" ")).refused("empty")
    given(HERE).when(AN, ReturnConclusions("x")).refused("conclusions_not_submitted")


def test_at_the_close_what_names_a_unit_is_given_out():
    (issued, closed) = given(approved(*HERE)).when(AN, CloseMeeting()).outcome
    assert isinstance(issued, DirectiveIssued)
    assert (issued.conclusion, issued.lead_unit, issued.units, issued.due) == ("k1", "vp", ("p1",), "2026-12-23")
    assert closed == MeetingClosed()


def test_without_approval_nobody_is_given_work_until_the_chair_approves():
    given(HERE).when(AN, CloseMeeting()).then(MeetingClosed())
    (first, issued) = given(CLOSED).when(AN, ApproveConclusions(digest(CLOSED))).outcome
    assert first == ConclusionsApproved(digest(CLOSED))
    assert issued.conclusion == "k1"


def test_also_when_the_minutes_are_approved_already():
    facts = [*CLOSED, MinutesApproved(1, "d")]
    assert len(given(facts).when(AN, ApproveConclusions(digest(facts))).outcome) == 2


def test_a_meeting_is_not_sealed_over_work_that_nobody_was_given():
    given(CLOSED).when(AN, ArchiveMeeting()).refused("directives_not_issued")
    given(OPENED, K2, MeetingClosed()).when(AN, ArchiveMeeting(without_minutes="Họp nhanh")).after()


def test_work_that_was_given_out_reads_otherwise_only_when_the_chair_approves_again():
    given_out = [*approved(*CLOSED), DirectiveIssued("d1", "k1", **vars(state_of(CLOSED).record.conclusions["k1"]))]
    given(given_out).when(MAI, RemoveConclusion("k1")).refused("directive_issued")
    edited = [*given_out, ConclusionEdited("k1", **vars(state_of(CLOSED).record.conclusions["k1"]) | {"due": "week"})]
    (_, again) = given(edited).when(AN, ApproveConclusions(digest(edited))).outcome
    assert (again.directive, again.due) == ("d1", "week")
    given(given_out).when(AN, ApproveConclusions(digest(given_out))).then()


@pytest.mark.parametrize("due", ["week", "regular", "2026-12-31", ""])
def test_work_is_due_on_a_day_within_the_week_or_regularly(due):
    assert given(OPENED).when(MAI, RecordConclusion("x", due=due)).outcome[0].due == due


def test_who_leads_does_not_cooperate_with_itself():
    (made,) = given(OPENED).when(MAI, RecordConclusion("x", lead_unit="p1", units=("p2", "p1", "p2"))).outcome
    assert made.units == ("p2",)
    (edited,) = given(HERE).when(AN, EditConclusion("k1", lead_unit="p1")).outcome
    assert edited.units == ()


def test_the_staff_see_what_has_become_of_them_and_the_members_what_was_concluded():
    state = state_of(approved(*HERE), MeetingClosed())
    seen = view(state, "staff")["record"]["conclusions"]
    assert (seen["state"], seen["digest"]) == ("approved", digest(HERE))
    assert seen["items"]["k1"]["lead_unit"] == "vp"
    assert view(state, "members")["record"]["conclusions"].keys() == {"order", "items"}


DIRECTORY = {"vp": "Văn phòng", "p1": "Phòng 1", "dung": "Phạm Thị Dung", "unit of dung": "vp"}


def test_units_of_the_directory_bring_their_names():
    by_ids = RecordConclusion("x", lead_unit="vp", units=("p1",), directory=DIRECTORY)
    (made,) = given(OPENED).when(MAI, by_ids).outcome
    assert (made.lead, made.cooperating) == ("Văn phòng", ("Phòng 1",))
    own_words = RecordConclusion("x", lead="VP", lead_unit="vp", directory=DIRECTORY)
    assert given(OPENED).when(MAI, own_words).outcome[0].lead == "VP"
    (led,) = given(OPENED).when(MAI, RecordConclusion("x", person="dung", directory=DIRECTORY)).outcome
    assert (led.lead_unit, led.lead) == ("vp", "Văn phòng")


def test_a_unit_or_a_person_that_is_not_there_is_given_nothing():
    given(OPENED).when(MAI, RecordConclusion("x", lead_unit="p9", directory=DIRECTORY)).refused("no_such_unit")
    given(OPENED).when(MAI, RecordConclusion("x", units=("p9",), directory=DIRECTORY)).refused("no_such_unit")
    given(OPENED).when(MAI, RecordConclusion("x", person="lan", directory=DIRECTORY)).refused("no_such_person")


def test_a_person_of_the_leading_unit_answers_for_it_under_the_name_they_have():
    known = {**DIRECTORY, "em": "Hoàng Văn Em", "unit of em": "vp"}
    wish = RecordConclusion("Tập huấn", lead_unit="vp", person="em", directory=known)
    (led,) = given(OPENED).when(MAI, wish).outcome
    assert (led.lead, led.person, led.person_name) == (known["vp"], "em", "Hoàng Văn Em")
    other = {**known, "unit of em": "p1"}
    given(OPENED).when(MAI, replace(wish, directory=other)).refused("not_of_this_unit")
    given(OPENED).when(MAI, replace(wish, directory={**other, LEADS: "yes"})).then(led)
    bare = given(OPENED, led).when(MAI, EditConclusion(led.conclusion, person="", directory=known))
    assert [(fact.person, fact.person_name, fact.lead_unit) for fact in bare.outcome] == [("", "", "vp")]
    kept = given(OPENED, led).when(MAI, EditConclusion(led.conclusion, text="Khác", directory={}))
    assert [fact.person_name for fact in kept.outcome] == ["Hoàng Văn Em"]


def test_what_was_approved_before_persons_had_names_keeps_its_digest():
    record = state_of(OPENED, ConclusionRecorded("c1", "Tập huấn", lead_unit="vp")).record
    assert "person_name" not in said(record.conclusions["c1"])
