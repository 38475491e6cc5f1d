"""Documents have one number of a register each; once issued they are replaced, not changed."""

import pytest

from meetingroom.meeting.approval import MinutesApproved
from meetingroom.meeting.issuing import (
    AddSignature,
    DocumentIssued,
    DocumentMade,
    DocumentReplaced,
    IssueDocument,
    MakeDocument,
    NumberTaken,
    NumberVoided,
    ReplaceDocument,
    SignatureAdded,
    TakeNumber,
    VoidNumber,
    number_of,
)
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.lifecycle import MeetingArchived, MeetingClosed
from meetingroom.meeting.record import MinutesEdited
from meetingroom.meeting.review import MinutesFinalised
from tests.given import AN, DUNG, EM, MAI, NINE, OPENED, PROGRAM, given, state_of

CLERK = Actor("van", "clerk", NINE, "t")
CLOSED = [*OPENED, MeetingClosed()]
APPROVED = [*CLOSED, MinutesApproved(1, "d1")]
TAKEN = NumberTaken("bb", 2026, 5, "05/BB-VKS", "bb-m1")
MADE = [MinutesFinalised(1, "d1", "p1", "w1"), DocumentMade("bb-m1", "bien_ban", 1, "p1", "w1")]
FINAL = [*APPROVED, TAKEN, *MADE]
ISSUED = [*FINAL, DocumentIssued("bb-m1", "p1")]
NOTICE = DocumentMade("n1", "thong_bao", 1, "p2", "w2")
TAKE = TakeNumber("bien_ban", "bb", 2026, 5, "05/BB-VKS")


@pytest.mark.parametrize("actor", [CLERK, MAI, AN])
def test_a_clerk_takes_the_number_as_secretary_and_chair_do(actor):
    given(CLOSED).when(actor, TAKE).then(TAKEN)


@pytest.mark.parametrize("actor", [DUNG, EM])
@pytest.mark.parametrize("wish", [TAKE, VoidNumber(5, "x"), IssueDocument("bien_ban")])
def test_nobody_else_numbers_or_issues(actor, wish):
    given(FINAL).when(actor, wish).refused("not_allowed")


def test_a_document_has_one_number():
    given(CLOSED, TAKEN).when(MAI, TAKE).refused("number_taken")
    given(CLOSED).when(MAI, TakeNumber("bien_ban")).refused("no_such_register")
    given(CLOSED).when(MAI, TakeNumber("x9", "bb", 2026, 5, "05")).refused("no_such_document")
    given(OPENED).when(MAI, TAKE).refused("minutes_too_early")
    given(ISSUED).when(MAI, TAKE).refused("already_issued")
    given(CLOSED, MeetingArchived()).when(MAI, TAKE).refused("meeting_over")


def test_a_number_entered_by_hand_counts_until_one_is_taken():
    by_hand = [*CLOSED, MinutesEdited({"number": "07"})]
    assert number_of(state_of(by_hand), "bb-m1") == "07"
    assert number_of(state_of(by_hand, TAKEN), "bb-m1") == "05/BB-VKS"
    given(by_hand, MinutesApproved(1, "d1")).when(MAI, TAKE).refused("number_taken")


def test_a_number_taken_for_a_file_that_is_there_is_not_printed_in_it():
    given(APPROVED, MADE).when(MAI, TAKE).then(NumberTaken("bb", 2026, 5, "05/BB-VKS", "bb-m1", printed=False))


def test_a_number_is_voided_with_a_reason_and_another_may_be_taken():
    voided = NumberVoided("bb", 2026, 5, "05/BB-VKS", "bb-m1", "nhầm sổ")
    given(CLOSED, TAKEN).when(CLERK, VoidNumber("05/BB-VKS", "nhầm sổ")).then(voided).when(
        MAI, TakeNumber("bien_ban", "bb", 2026, 6, "06/BB-VKS")
    ).then(NumberTaken("bb", 2026, 6, "06/BB-VKS", "bb-m1"))
    given(CLOSED, TAKEN).when(MAI, VoidNumber(5, "")).refused("empty")
    given(CLOSED, TAKEN, voided).when(MAI, VoidNumber(5, "x")).refused("no_such_number")
    given(FINAL).when(MAI, VoidNumber(5, "x")).refused("number_printed")
    given(ISSUED).when(MAI, VoidNumber(5, "x")).refused("already_issued")


def test_a_document_is_made_again_as_its_next_version_until_it_is_issued():
    wish = MakeDocument("chuong_trinh", pdf="p1", docx="w1")
    first = given(CLOSED).when(MAI, wish)
    key = MAI.new_id("document")
    first.then(DocumentMade(key, "chuong_trinh", 1, "p1", "w1"))
    first.when(MAI, wish).then(DocumentMade(key, "chuong_trinh", 2, "p1", "w1"))
    given(CLOSED).when(MAI, MakeDocument("chuong_trinh")).refused("no_such_kind")
    given(CLOSED).when(MAI, MakeDocument("bien_ban", pdf="p", docx="w")).refused("no_such_kind")
    given(CLOSED).when(MAI, MakeDocument("trich_sao", "i9", pdf="p", docx="w")).refused("no_such_item")


def test_minutes_are_issued_once_they_are_final_and_numbered():
    given(FINAL).when(CLERK, IssueDocument("bien_ban")).then(DocumentIssued("bb-m1", "p1"))
    given(APPROVED, MADE).when(CLERK, IssueDocument("bien_ban")).refused("number_needed")
    given(APPROVED, TAKEN).when(CLERK, IssueDocument("bien_ban")).refused("no_such_document")
    given(ISSUED).when(CLERK, IssueDocument("bien_ban")).refused("already_issued")


def test_what_is_issued_is_the_file_that_was_signed_last():
    signed = SignatureAdded("bb-m1", "s1", "ThuKy", "Lý Thị Mai", "01", NINE, "whole")
    given(FINAL).when(PROGRAM, AddSignature(*vars(signed).values())).then(signed)
    given(FINAL, signed).when(CLERK, IssueDocument("bb-m1")).then(DocumentIssued("bb-m1", "s1"))
    given(FINAL, signed).when(PROGRAM, AddSignature(*vars(signed).values())).then()
    given(FINAL).when(MAI, AddSignature(*vars(signed).values())).refused("not_allowed")


def test_a_number_that_is_to_be_printed_stands_in_the_file_before_it_is_issued():
    taken = NumberTaken("tb", 2026, 1, "01/TB-VKS", "n1")
    given(CLOSED, NOTICE, taken).when(CLERK, IssueDocument("n1")).refused("number_not_in_file")
    given(CLOSED, NOTICE, taken, NOTICE).when(CLERK, IssueDocument("n1")).then(DocumentIssued("n1", "p2"))


def test_an_issued_document_is_replaced_by_one_of_its_kind():
    other = DocumentMade("n2", "thong_bao", 1, "p3", "w3")
    gone_out = [*CLOSED, NOTICE, other, DocumentIssued("n1", "p2")]
    given(gone_out).when(CLERK, ReplaceDocument("n1", "n2", "sai nội dung")).then(
        DocumentReplaced("n1", "n2", "sai nội dung")
    )
    given(gone_out).when(CLERK, ReplaceDocument("n2", "n1", "x")).refused("not_issued")
    given(gone_out).when(CLERK, ReplaceDocument("n1", "n1", "x")).refused("not_a_choice")
    given(gone_out, FINAL[-1]).when(CLERK, ReplaceDocument("n1", "bb-m1", "x")).refused("not_a_choice")
