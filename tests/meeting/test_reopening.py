"""Issued minutes that are wrong are written anew, as another document, and replaced when that goes out."""

from dataclasses import replace

import pytest

from meetingroom.meeting.approval import MinutesApproved, UnlockMinutes
from meetingroom.meeting.issuing import (
    AddSignature,
    DocumentIssued,
    DocumentMade,
    DocumentReplaced,
    IssueDocument,
    NumberTaken,
    NumberVoided,
    being_replaced,
    minutes_document,
    number_of,
)
from meetingroom.meeting.lifecycle import MeetingArchived
from meetingroom.meeting.people import RoleChanged
from meetingroom.meeting.record import MinutesEdited, NoteRecorded
from meetingroom.meeting.reopening import MinutesReopened, ReopeningWithdrawn, ReopenMinutes, WithdrawReopening
from meetingroom.meeting.review import FinaliseMinutes, MinutesFinalised, MinutesSent, standing
from meetingroom.meeting.view import view
from tests.given import AN, EM, MAI, PROGRAM, given, state_of
from tests.meeting.test_issuing import APPROVED, FINAL, ISSUED, MADE, TAKE

REOPENED = MinutesReopened(1, "bb-m1-2", "bb-m1", "sai tên")
ANEW = [*ISSUED, REOPENED]
AGAIN = [*ANEW, MinutesApproved(2, "d2")]
NEW = [MinutesFinalised(2, "d2", "p9", "w9"), DocumentMade("bb-m1-2", "bien_ban", 2, "p9", "w9")]
NUMBERED = NumberTaken("bb", 2026, 6, "06/BB-VKS", "bb-m1-2")


def test_the_chair_has_issued_minutes_written_anew_with_a_reason():
    given(ISSUED).when(AN, ReopenMinutes(" sai tên ")).then(REOPENED)
    given(ISSUED).when(AN, ReopenMinutes(" ")).refused("empty")
    given(ISSUED).when(MAI, ReopenMinutes("sai")).refused("not_allowed")
    given(ISSUED).when(EM, ReopenMinutes("sai")).refused("not_allowed")
    given(ISSUED, MeetingArchived()).when(AN, ReopenMinutes("sai")).refused("meeting_over")


def test_what_is_not_issued_is_unlocked_and_not_replaced():
    given(FINAL).when(AN, ReopenMinutes("sai")).refused("minutes_not_issued")
    given(ANEW).when(AN, ReopenMinutes("sai")).refused("minutes_not_issued")
    given(ISSUED).when(AN, UnlockMinutes("sai")).refused("already_issued")


def test_the_issued_document_stays_and_counts_until_the_new_one_is_issued():
    state = state_of(ANEW)
    assert (standing(state), state.record.version, minutes_document(state)) == ("writing", 2, "bb-m1-2")
    assert being_replaced(state).document == "bb-m1"
    assert state.issuing.documents["bb-m1"] == state_of(ISSUED).issuing.documents["bb-m1"].__class__(
        **{**vars(state_of(ISSUED).issuing.documents["bb-m1"]), "number": "05/BB-VKS"}
    )
    assert number_of(state, "bb-m1") == "05/BB-VKS"
    assert number_of(state, "bb-m1-2") == ""


def test_a_number_entered_by_hand_stays_with_the_old_document():
    by_hand = [*APPROVED[:-1], MinutesEdited({"number": "07"}), APPROVED[-1], *MADE, DocumentIssued("bb-m1", "p1")]
    state = state_of(by_hand, REOPENED)
    assert (number_of(state, "bb-m1"), number_of(state, "bb-m1-2")) == ("07", "")


def test_the_new_ones_have_files_a_number_and_signatures_of_their_own():
    given(AGAIN).when(MAI, FinaliseMinutes(2, "d2", "p9", "w9")).then(*NEW)
    given(AGAIN).when(MAI, TAKE).then(NumberTaken("bb", 2026, 5, "05/BB-VKS", "bb-m1-2"))
    sign = AddSignature("bb-m1", "f1", "ThuKy", "Lý Thị Mai", "1", 1, "trusted")
    given(AGAIN, NEW).when(PROGRAM, sign).refused("document_replaced")
    state = given(AGAIN, NEW).when(PROGRAM, AddSignature("bb-m1-2", "f1", "ThuKy", "M", "1", 1, "trusted")).after()
    assert len(state.issuing.documents["bb-m1-2"].signatures) == 1


def test_issuing_the_new_ones_marks_the_old_ones_as_replaced():
    given(AGAIN, NEW).when(MAI, IssueDocument("bien_ban")).refused("number_needed")
    given(AGAIN, NUMBERED, NEW).when(MAI, IssueDocument("bien_ban")).then(
        DocumentIssued("bb-m1-2", "p9"), DocumentReplaced("bb-m1", "bb-m1-2", "sai tên")
    )


def test_members_hear_which_minutes_count_and_why_others_do_not():
    assert view(state_of(ANEW), "members")["review"] == {
        "replacing": {
            "document": "bb-m1", "version": 1, "reason": "sai tên", "at": state_of(ANEW).issuing.reopened.at,
            "number": "05/BB-VKS",
        }
    }  # fmt: skip
    replaced = [DocumentIssued("bb-m1-2", "p9"), DocumentReplaced("bb-m1", "bb-m1-2", "sai tên")]
    seen = view(state_of(AGAIN, NUMBERED, NEW, replaced), "members")["review"]
    assert seen == {
        "final": 2,
        "issued": True,
        "replaced": [
            {"document": "bb-m1", "by": "bb-m1-2", "reason": "sai tên", "number": "05/BB-VKS", "by_number": "06/BB-VKS"}
        ],
    }


def test_they_can_be_written_anew_again():
    replaced = [DocumentIssued("bb-m1-2", "p9"), DocumentReplaced("bb-m1", "bb-m1-2", "sai tên")]
    given(AGAIN, NUMBERED, NEW, replaced).when(AN, ReopenMinutes("sai nữa")).then(
        MinutesReopened(2, "bb-m1-3", "bb-m1-2", "sai nữa")
    )


BACK = ReopeningWithdrawn(1, "bb-m1")


def test_who_asked_takes_it_back_while_nothing_has_changed():
    given(ANEW).when(AN, WithdrawReopening()).then(BACK)
    given(ANEW).when(MAI, WithdrawReopening()).refused("not_allowed")
    another = replace(AN, user="mai")
    given(ANEW, RoleChanged("mai", "chair")).when(another, WithdrawReopening()).refused("not_who_asked")
    given(ISSUED).when(AN, WithdrawReopening()).refused("minutes_not_reopened")
    given(ANEW, BACK).when(AN, WithdrawReopening()).refused("minutes_not_reopened")
    given(ANEW, MeetingArchived()).when(AN, WithdrawReopening()).refused("meeting_over")


@pytest.mark.parametrize(
    "done",
    [
        [NoteRecorded("i1", "Nội dung sửa", "w")],
        [NoteRecorded("i1", "Nội dung sửa", "w"), NoteRecorded("i1", "", "w")],
        [MinutesEdited({"title": "khác"})],
        [MinutesSent(1, 2, "d", 10**13, ("mai",))],
        [NUMBERED],
        [NUMBERED, NumberVoided("bb", 2026, 6, "06/BB-VKS", "bb-m1-2", "nhầm")],
        [MinutesApproved(2, "d2")],
        [MinutesApproved(2, "d2"), *NEW],
    ],
)
def test_what_was_worked_on_is_finished_and_not_taken_back(done):
    assert not view(state_of(ANEW, *done), "staff")["review"]["replacing"].get("withdrawable")
    given(ANEW, *done).when(AN, WithdrawReopening()).refused("changed_since_reopened")


def test_other_documents_may_go_out_meanwhile():
    notice = [DocumentMade("tb1", "thong_bao", 1, "p3", "w3"), DocumentIssued("tb1", "p3")]
    assert "tb1" in given(ANEW, *notice).when(AN, WithdrawReopening()).after().issuing.documents


def test_taken_back_everything_is_as_before_and_can_begin_again():
    before, after = state_of(ISSUED), state_of(ANEW, BACK)
    assert (after.record, after.review, after.issuing) == (before.record, before.review, before.issuing)
    assert (view(after, "members"), view(after, "staff")) == (view(before, "members"), view(before, "staff"))
    given(ANEW, BACK).when(AN, ReopenMinutes("sai tên")).then(REOPENED)
    by_hand = [*APPROVED[:-1], MinutesEdited({"number": "07"}), APPROVED[-1], *MADE, DocumentIssued("bb-m1", "p1")]
    assert state_of(by_hand, REOPENED, BACK).issuing == state_of(by_hand).issuing
    replaced = [*AGAIN, NUMBERED, *NEW, DocumentIssued("bb-m1-2", "p9"), DocumentReplaced("bb-m1", "bb-m1-2", "sai")]
    second = [MinutesReopened(2, "bb-m1-3", "bb-m1-2", "nữa"), ReopeningWithdrawn(2, "bb-m1-2")]
    assert state_of(replaced, second).issuing == state_of(replaced).issuing
    assert state_of(replaced, second[0]).issuing.reopened.was.issuing.reopened.was is None
