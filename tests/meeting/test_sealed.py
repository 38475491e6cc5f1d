"""An archived meeting can only be read, and so can one that was cancelled."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetingroom.meeting.agenda import ItemAdded
from meetingroom.meeting.archiving import RedactFact, SealArchive
from meetingroom.meeting.ballot_count import BallotClosed
from meetingroom.meeting.ballot_drafts import DropBallot, Recuse
from meetingroom.meeting.ballot_results import AnnulBallot, PublishResult, RecordDecision
from meetingroom.meeting.ballots import BallotOpened
from meetingroom.meeting.floor import FloorRequested, MoveRequest, RecordOpinion, WithdrawRequest
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.lifecycle import MeetingArchived, MeetingCancelled, MeetingClosed
from meetingroom.meeting.notices import AnswerCall, CancelCall, NoticeSent, ServiceCalled, TakeNoticeBack
from meetingroom.meeting.roll import AcceptSubstitute, DeclineSubstitute, SubstituteProposed
from tests.given import AN, EM, MAI, NINE, OPENED, PUBLISHED, state_of
from tests.given import given as given_facts
from tests.meeting.strategies import BALLOT, FOUR, outcome, random_command

RESULT = BallotClosed("b1", {"yes": 3}, 4, 3, "adopted", 4, 3, "majority", False, {"vi": "", "en": ""})
LEFT_OVER = [
    ItemAdded("i1", "Báo cáo"),
    BALLOT,
    BallotOpened("b1", FOUR),
    RESULT,
    type(BALLOT)(**{**vars(BALLOT), "ballot": "b2", "opinion": True}),
    FloorRequested("r1", "em"),
    FloorRequested("r2", "phuong"),
    NoticeSent("n1", "Giải lao 15 phút"),
    ServiceCalled("c1", "em", "water"),
    SubstituteProposed("phuong", "Phan Văn Nam"),
]
SEALED = {
    "archived": [*OPENED, *LEFT_OVER, MeetingClosed(), MeetingArchived()],
    "cancelled": [*PUBLISHED, *LEFT_OVER, MeetingCancelled("bão")],
}


@pytest.mark.parametrize("facts", SEALED.values(), ids=SEALED)
@pytest.mark.parametrize(
    ("actor", "left"),
    [
        (MAI, DropBallot("b2")),
        (MAI, Recuse("b2", "em")),
        (AN, PublishResult("b1")),
        (AN, RecordDecision("b1", "Giao Phòng 1")),
        (AN, AnnulBallot("b1", "nhầm")),
        (EM, WithdrawRequest("r1")),
        (MAI, MoveRequest("r2", "r1")),
        (EM, RecordOpinion("r1", "Nhất trí")),
        (MAI, TakeNoticeBack("n1")),
        (MAI, AnswerCall("c1")),
        (EM, CancelCall("c1")),
        (AN, AcceptSubstitute("phuong")),
        (MAI, DeclineSubstitute("phuong")),
    ],
    ids=lambda command: type(command).__name__,
)
def test_what_was_left_undone_stays_undone_once_the_meeting_is_sealed(facts, actor, left):
    given_facts(facts).when(actor, left).refused("meeting_over")


def test_after_the_close_what_is_left_can_still_be_done():
    facts = SEALED["archived"][:-1]
    assert given_facts(facts).when(AN, PublishResult("b1")).outcome
    assert given_facts(facts).when(AN, AcceptSubstitute("phuong")).outcome
    assert given_facts(facts).when(MAI, AnswerCall("c1")).outcome


@pytest.mark.parametrize("facts", SEALED.values(), ids=SEALED)
@settings(max_examples=300, deadline=None)
@given(chance=st.integers(0, 2**32))
def test_nobody_adds_anything_to_a_sealed_meeting(facts, chance):
    state = state_of(facts)
    actor, wanted = random_command(Random(chance), state)
    if isinstance(wanted, (SealArchive, RedactFact)):  # the package; what is withheld adds nothing either
        return
    assert outcome(wanted, state, actor) == []
    assert outcome(wanted, state, Actor("an", "chair", NINE, "x")) == []
