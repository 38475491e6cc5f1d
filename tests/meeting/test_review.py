"""Minutes are read before they are approved: sent, remarked upon, answered, laid before the chair; then final."""

import pytest

from meetingroom.meeting.agenda import ItemAdded
from meetingroom.meeting.approval import ApproveMinutes, MinutesApproved, MinutesUnlocked, UnlockMinutes
from meetingroom.meeting.issuing import DocumentIssued, DocumentMade
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.lifecycle import MeetingArchived, MeetingClosed
from meetingroom.meeting.record import RecordNote
from meetingroom.meeting.review import (
    AcknowledgeMinutes,
    AgreeMinutes,
    AnswerComment,
    CommentAnswered,
    CommentMinutes,
    CommentWithdrawn,
    EndReview,
    FinaliseMinutes,
    MinutesAcknowledged,
    MinutesAgreed,
    MinutesCommented,
    MinutesFinalised,
    MinutesReturned,
    MinutesSent,
    MinutesSubmitted,
    ReturnMinutes,
    ReviewEnded,
    SendMinutes,
    SubmitMinutes,
    WithdrawComment,
    standing,
)
from meetingroom.meeting.roll import CheckedIn
from meetingroom.meeting.view import view
from tests.given import AN, BINH, DUNG, EM, HOUR, KHACH, MAI, NINE, OPENED, PHUONG, PROGRAM, THO, given, state_of

UNTIL = NINE + 24 * HOUR
CLOSED = [*OPENED, ItemAdded("i1", "Báo cáo"), CheckedIn("em", "onsite"), CheckedIn("tho", "onsite"), MeetingClosed()]
SENT = [*CLOSED, MinutesSent(1, 1, "d1", UNTIL, ("em", "phuong"))]
SAID = [*SENT, MinutesCommented("c1", "i1", "Sửa số liệu", "12 vụ")]
ENDED = [*SAID, ReviewEnded(1, ("phuong",))]
SUBMITTED = [*CLOSED, MinutesSubmitted(1, "d1")]
APPROVED = [*CLOSED, MinutesApproved(1, "d1")]
FINAL = [*APPROVED, MinutesFinalised(1, "d1", "p1", "w1"), DocumentMade("bb-m1", "bien_ban", 1, "p1", "w1")]
LATE = Actor("em", "delegate", UNTIL, "t")
SEND = SendMinutes(("phuong", "em"), UNTIL, "d1")


def facts_by(who: str, *facts):
    return state_of(*facts, by=who)


def test_a_copy_goes_to_those_who_are_named_in_the_order_of_the_roll():
    given(CLOSED).when(MAI, SEND).then(MinutesSent(1, 1, "d1", UNTIL, ("em", "phuong")))


def test_staff_are_all_who_run_the_meeting_but_not_the_one_who_sends():
    given(CLOSED).when(MAI, SendMinutes("staff", UNTIL, "d1")).then(
        MinutesSent(1, 1, "d1", UNTIL, ("an", "binh", "dung"))
    )


def test_present_are_those_who_came_without_the_technician():
    given(CLOSED).when(MAI, SendMinutes("present", UNTIL, "d1")).then(MinutesSent(1, 1, "d1", UNTIL, ("em",)))


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (SendMinutes("everybody", UNTIL), "not_a_choice"),
        (SendMinutes(("nobody",), UNTIL), "no_such_person"),
        (SendMinutes((), UNTIL), "no_readers"),
        (SendMinutes(("mai",), UNTIL), "no_readers"),
        (SendMinutes("staff", NINE), "until_past"),
        (SendMinutes("staff", "soon"), "bad_time"),
        (SendMinutes("staff", NINE + 400 * 24 * HOUR), "bad_time"),
    ],
)
def test_a_copy_has_readers_and_a_term(wish, code):
    given(CLOSED).when(MAI, wish).refused(code)


@pytest.mark.parametrize("actor", [DUNG, EM, KHACH, THO])
@pytest.mark.parametrize("wish", [SEND, EndReview(), SubmitMinutes("d1"), FinaliseMinutes(1), AcknowledgeMinutes()])
def test_secretary_and_chair_lead_the_minutes_to_their_end(actor, wish):
    given(CLOSED).when(actor, wish).refused("not_allowed")


def test_nothing_is_sent_before_the_meeting_is_closed_or_once_it_is_approved_or_submitted_or_out():
    given(OPENED).when(MAI, SEND).refused("minutes_too_early")
    given(APPROVED).when(MAI, SEND).refused("minutes_approved")
    given(SUBMITTED).when(MAI, SEND).refused("minutes_submitted")
    given(SENT).when(MAI, SEND).refused("review_open")
    given(CLOSED, MeetingArchived()).when(MAI, SEND).refused("meeting_over")


def test_a_reader_remarks_on_an_item_or_agrees():
    given(SENT).when(EM, CommentMinutes("i1", " Sửa số liệu ", "12 vụ")).then(
        MinutesCommented(EM.new_id("comment"), "i1", "Sửa số liệu", "12 vụ")
    )
    given(SENT).when(EM, CommentMinutes("conclusions", "Rõ hơn")).then(
        MinutesCommented(EM.new_id("comment"), "conclusions", "Rõ hơn")
    )
    given(SENT).when(EM, CommentMinutes("i7", "Gì đó")).refused("no_such_item")
    given(SENT).when(EM, CommentMinutes("i1", " ")).refused("empty")
    given(SENT).when(EM, CommentMinutes("i1", "a", "q" * 301)).refused("too_long")
    given(SENT).when(PHUONG, AgreeMinutes()).then(MinutesAgreed("phuong"))
    given(SENT, MinutesAgreed("phuong")).when(PHUONG, AgreeMinutes()).then()


def test_who_was_not_addressed_says_nothing_except_those_who_write():
    given(SENT).when(KHACH, CommentMinutes("i1", "Sửa")).refused("not_a_reader")
    given(SENT).when(DUNG, AgreeMinutes()).refused("not_a_reader")
    assert given(SENT).when(BINH, CommentMinutes("i1", "Sửa")).outcome


@pytest.mark.parametrize("wish", [CommentMinutes("i1", "Sửa"), AgreeMinutes()])
def test_after_the_term_or_without_a_round_nobody_remarks(wish):
    given(SENT).when(LATE, wish).refused("review_over")
    given(ENDED).when(EM, wish).refused("no_review")
    given(CLOSED).when(EM, wish).refused("no_review")


def test_a_remark_is_taken_back_by_its_author_alone():
    said = given(SENT).when(EM, CommentMinutes("i1", "Sửa"))
    key = EM.new_id("comment")
    said.when(PHUONG, WithdrawComment(key)).refused("not_yours")
    said.when(EM, AgreeMinutes()).refused("commented_already")
    said.when(EM, WithdrawComment(key)).then(CommentWithdrawn(key)).when(EM, AgreeMinutes()).then(MinutesAgreed("em"))
    given(SENT).when(EM, WithdrawComment("c9")).refused("no_such_comment")


def test_who_was_silent_is_a_fact():
    said = given(SENT).when(EM, CommentMinutes("i1", "Sửa"))
    said.when(PROGRAM, EndReview()).then(ReviewEnded(1, ("phuong",)))
    given(SENT, MinutesAgreed("phuong")).when(MAI, EndReview()).then(ReviewEnded(1, ("em",)))
    given(ENDED).when(PROGRAM, EndReview()).refused("no_review")


def test_every_remark_is_answered_before_the_minutes_are_submitted_or_approved():
    given(SENT).when(MAI, SubmitMinutes("d1")).refused("review_open")
    given(ENDED).when(MAI, SubmitMinutes("d1")).refused("comments_unanswered")
    given(ENDED).when(AN, ApproveMinutes(1, "d1", "d1")).refused("comments_unanswered")
    given(SENT).when(AN, ApproveMinutes(1, "d1", "d1")).refused("review_open")
    given(ENDED).when(MAI, AnswerComment("c1", "explained")).refused("empty")
    given(ENDED).when(MAI, AnswerComment("c1", "perhaps", "x")).refused("not_a_choice")
    answered = given(ENDED).when(MAI, AnswerComment("c1", "taken")).then(CommentAnswered("c1", "taken"))
    answered.when(MAI, AnswerComment("c1", "taken")).then()
    answered.when(MAI, AnswerComment("c1", "explained", "Đúng theo báo cáo")).when(MAI, SubmitMinutes("d1")).then(
        MinutesSubmitted(1, "d1")
    )


def test_the_chair_gives_the_minutes_back_with_a_reason():
    given(SUBMITTED).when(AN, ReturnMinutes(" Thiếu kết luận ")).then(MinutesReturned("Thiếu kết luận"))
    given(SUBMITTED).when(AN, ReturnMinutes("")).refused("empty")
    given(SUBMITTED).when(MAI, ReturnMinutes("x")).refused("not_allowed")
    given(CLOSED).when(AN, ReturnMinutes("x")).refused("minutes_not_submitted")
    given(SUBMITTED).when(MAI, SubmitMinutes("d1")).then()
    given(SUBMITTED).when(MAI, RecordNote("i1", "Sửa")).when(MAI, SubmitMinutes("d2")).then(MinutesSubmitted(1, "d2"))


def test_approved_minutes_become_files_once():
    wish = FinaliseMinutes(1, "d1", "p1", "w1")
    given(APPROVED).when(MAI, wish).then(FINAL[-2:]).when(MAI, wish).refused("minutes_final")
    given(CLOSED).when(MAI, wish).refused("minutes_not_approved")
    given(APPROVED).when(MAI, FinaliseMinutes(2, "d1", "p1", "w1")).refused("changed_meanwhile")


@pytest.mark.parametrize(
    "wish", [FinaliseMinutes(1), FinaliseMinutes(1, "d1", "p1"), FinaliseMinutes(1, "d0", "p", "w")]
)
def test_without_both_files_nothing_is_final(wish):
    given(APPROVED).when(MAI, wish).refused("files_not_made")


def test_unlocked_the_old_files_stay_and_count_no_more():
    state = given(FINAL).when(AN, UnlockMinutes("sai tên")).after()
    assert (state.review.finals[1].pdf, state.review.finals[1].unlocked) == ("p1", "sai tên")
    assert (state.review.final, state.record.version, standing(state)) == (0, 2, "writing")
    again = [*FINAL, MinutesUnlocked(1, "sai tên"), MinutesApproved(2, "d2", {}, ("i1",))]
    made = given(again).when(MAI, FinaliseMinutes(2, "d2", "p2", "w2")).after()
    assert {key: final.pdf for key, final in made.review.finals.items()} == {1: "p1", 2: "p2"}


def test_what_is_issued_is_replaced_and_not_unlocked():
    given(FINAL, DocumentIssued("bb-m1", "p1")).when(AN, UnlockMinutes("sai")).refused("already_issued")


def test_secretary_and_chair_confirm_the_final_minutes_within_the_program():
    given(FINAL).when(MAI, AcknowledgeMinutes()).then(MinutesAcknowledged("mai")).when(MAI, AcknowledgeMinutes()).then()
    given(APPROVED).when(AN, AcknowledgeMinutes()).refused("minutes_not_final")
    given(FINAL).when(EM, AcknowledgeMinutes()).refused("not_allowed")


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        (CLOSED, "writing"),
        (SENT, "review"),
        (ENDED, "writing"),
        (SUBMITTED, "submitted"),
        ([*SUBMITTED, MinutesReturned("x")], "writing"),
        ([*SUBMITTED, MinutesApproved(1, "d1")], "approved"),
        (FINAL, "final"),
        ([*FINAL, DocumentIssued("bb-m1", "p1")], "issued"),
        ([*FINAL, MinutesUnlocked(1, "x")], "writing"),
    ],
)
def test_the_record_stands_somewhere(facts, where):
    assert standing(state_of(facts)) == where


def test_members_see_that_a_copy_is_out_and_nothing_of_what_is_said():
    state = state_of(SAID)
    assert view(state, "members")["review"] == {"round": {"number": 1, "until": UNTIL}}
    assert view(state, "screens")["review"] == {}
    staff = view(state, "staff")["review"]
    assert (staff["standing"], staff["comments"]["unanswered"]) == ("review", 1)
    assert "Sửa số liệu" not in str(staff)
