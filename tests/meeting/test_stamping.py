"""A number that was taken after a document was made is put into its room, once."""

import pytest

from meetingroom.meeting.issuing import (
    AddSignature,
    DocumentIssued,
    DocumentMade,
    IssueDocument,
    NumberStamped,
    NumberTaken,
    SignatureAdded,
    VoidNumber,
    current_file,
)
from meetingroom.meeting.stamping import StampNumber
from tests.given import DUNG, EM, MAI, PROGRAM, given, state_of
from tests.meeting.test_issuing import CLERK, CLOSED, FINAL, NOTICE

AFTER = NumberTaken("tb", 2026, 5, "05/TB-VKS", "n1", printed=False)
STAMP = StampNumber("n1", "2026-12-16", "s1")
STAMPED = NumberStamped("n1", "s1", "05/TB-VKS", "2026-12-16")
SIGNED = SignatureAdded("n1", "f1", "ChuTri", "Nguyễn Văn An", "1", 1, "trusted")


@pytest.mark.parametrize("actor", [CLERK, MAI])
def test_who_numbers_puts_the_number_in(actor):
    given(CLOSED, NOTICE, AFTER).when(actor, STAMP).then(STAMPED)


def test_when_it_is_refused():
    given(CLOSED, NOTICE).when(MAI, STAMP).refused("number_needed")
    given(CLOSED, NOTICE, AFTER).when(MAI, StampNumber("n1")).refused("files_not_made")
    given(CLOSED, NOTICE, AFTER, STAMPED).when(MAI, STAMP).refused("stamped_already")
    given(CLOSED, NOTICE, AFTER, STAMPED, DocumentIssued("n1", "s1")).when(MAI, STAMP).refused("already_issued")
    given(CLOSED).when(MAI, STAMP).refused("no_such_document")
    for other in (DUNG, EM):
        given(CLOSED, NOTICE, AFTER).when(other, STAMP).refused("not_allowed")


def test_a_printed_number_gets_its_day_only():
    printed = [NumberTaken("tb", 2026, 5, "05/TB-VKS", "n1"), DocumentMade("n1", "thong_bao", 2, "p3", "w3")]
    given(CLOSED, NOTICE, printed).when(MAI, STAMP).then(NumberStamped("n1", "s1", "", "2026-12-16"))


def test_the_file_that_counts_is_the_last_one_signed_or_stamped():
    assert current_file(state_of(CLOSED, NOTICE).issuing.documents["n1"]) == "p2"
    signed = [CLOSED, NOTICE, SIGNED, AFTER]
    assert current_file(state_of(*signed).issuing.documents["n1"]) == "f1"
    assert current_file(state_of(*signed, STAMPED).issuing.documents["n1"]) == "s1"
    sealed = SignatureAdded("n1", "f2", "CoQuan", "VKS", "2", 2, "trusted")
    assert current_file(state_of(*signed, STAMPED, sealed).issuing.documents["n1"]) == "f2"


def test_it_goes_out_with_its_number_or_not_at_all():
    signed = [CLOSED, NOTICE, SIGNED, AFTER]
    given(*signed).when(MAI, IssueDocument("n1")).refused("number_not_stamped")
    given(*signed).when(MAI, IssueDocument("n1", "s1", "2026-12-16")).then(STAMPED, DocumentIssued("n1", "s1"))
    given(*signed, STAMPED).when(MAI, IssueDocument("n1")).then(DocumentIssued("n1", "s1"))
    # Who signed after the number was taken may have put it there with a program of their own.
    late = SignatureAdded("n1", "f2", "Khac", "VKS", "2", 2**50, "trusted")
    given(*signed, late).when(MAI, IssueDocument("n1")).then(DocumentIssued("n1", "f2"))


def test_a_stamped_number_is_not_voided():
    given(CLOSED, NOTICE, AFTER, STAMPED).when(MAI, VoidNumber("05/TB-VKS", "sai")).refused("number_printed")


def test_a_signature_of_a_file_that_counts_no_more_is_refused():
    over = AddSignature("n1", "f2", "CoQuan", "VKS", "2", 2, "trusted", over="f1")
    given(CLOSED, NOTICE, SIGNED, AFTER, STAMPED).when(PROGRAM, over).refused("changed_meanwhile")
    given(CLOSED, NOTICE, SIGNED, AFTER).when(PROGRAM, over).then(
        SignatureAdded("n1", "f2", "CoQuan", "VKS", "2", 2, "trusted")
    )


def test_final_minutes_are_stamped_as_any_document():
    taken = NumberTaken("bb", 2026, 5, "05/BB-VKS", "bb-m1", printed=False)
    final = [each for each in FINAL if not isinstance(each, NumberTaken)]
    given(*final, taken).when(MAI, StampNumber("bien_ban", "2026-12-16", "s1")).then(
        NumberStamped("bb-m1", "s1", "05/BB-VKS", "2026-12-16")
    )
