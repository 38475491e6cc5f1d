"""Put to the vote, cast, counted, published."""

import json

import pytest
from hypothesis import given as with_any
from hypothesis import strategies as st

from meetingroom.meeting.ballot_count import BallotClosed, CloseBallot, EnterCount
from meetingroom.meeting.ballot_drafts import BallotDrafted, DraftBallot, Recuse, Recused
from meetingroom.meeting.ballot_results import (
    AnnulBallot,
    BallotAnnulled,
    DecisionRecorded,
    KeepResult,
    PublishResult,
    RecordDecision,
    ResultKept,
    ResultPublished,
)
from meetingroom.meeting.ballots import BallotOpened, CastVote, OpenBallot, VoteCast, may_not_vote
from meetingroom.meeting.kernel import Actor, Recorded, Sealed, decide, step
from meetingroom.meeting.lifecycle import AdjournMeeting, CloseMeeting, MeetingAdjourned, MeetingClosed
from meetingroom.meeting.people import PersonInvited, PersonRemoved, RoleChanged
from meetingroom.meeting.roll import CheckedIn, CheckedOut, Excused, SubstituteAccepted, SubstituteProposed
from meetingroom.meeting.view import follow, view
from tests.given import AN, BINH, EM, KHACH, MAI, NINE, OPENED, flat, given, state_of

FOUR = ("an", "binh", "em", "phuong")


def drafted(secret=False, preset="HDND_NQ", voters=FOUR, **more):
    shape = {"HDND_NQ": ("total", "gt_half", "rejected"), "UBKS_NQ": ("total", "gt_half", "chair")}
    base, threshold, tie = shape.get(preset, ("total", "none", "rejected"))
    options = (("yes", ""), ("no", ""), ("other", ""))
    facts = dict(base=base, threshold=threshold, tie=tie, tie_at_half_only=True, opinion=preset == "UBKS_AN")
    return BallotDrafted("b1", "Thông qua Kế hoạch?", options, secret, preset, **facts, voters=voters, **more)


def here(*people):
    return [CheckedIn(person, "onsite") for person in people]


OPEN = [*OPENED, *here(*FOUR), drafted(), BallotOpened("b1", FOUR, FOUR)]
SECRET = [*OPENED, *here(*FOUR), drafted(secret=True), BallotOpened("b1", FOUR, FOUR)]


def test_a_preset_brings_options_rule_and_the_delegates_as_voters():
    (draft,) = given(OPENED).when(MAI, DraftBallot("Thông qua?", preset="UBKS_NQ")).outcome
    assert draft.options == (("yes", ""), ("no", ""), ("other", ""))
    assert (draft.base, draft.threshold, draft.tie) == ("total", "gt_half", "chair")
    assert draft.voters == ("an", "binh", "dung", "em", "phuong")


def test_a_preset_is_only_a_beginning():
    drafting = DraftBallot(
        "Cờ thi đua?", ("Phòng 1", "VKSND khu vực 4"), True, "HDND_NQ", FOUR, threshold="ge_two_thirds"
    )
    (draft,) = given(OPENED).when(MAI, drafting).outcome
    assert (draft.options, draft.secret) == ((("o1", "Phòng 1"), ("o2", "VKSND khu vực 4")), True)
    assert draft.threshold == "ge_two_thirds"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (DraftBallot(" "), "empty"),
        (DraftBallot("x", preset="NONE"), "not_a_choice"),
        (DraftBallot("x", ("một",)), "bad_options"),
        (DraftBallot("x", ("một", "một ")), "bad_options"),
        (DraftBallot("x", choose=4), "not_a_number"),
        (DraftBallot("x", voters=("ghost",)), "no_such_person"),
        (DraftBallot("x", threshold="most"), "not_a_choice"),
        (DraftBallot("x", item="i9"), "no_such_item"),
        (DraftBallot("x", preset="THAM_KHAO"), "bad_options"),
    ],
)
def test_a_ballot_that_makes_no_sense_is_not_drafted(command, code):
    given(OPENED).when(MAI, command).refused(code)


def test_the_secretary_drafts_and_the_chair_opens():
    given(OPENED, drafted()).when(MAI, OpenBallot("b1")).refused("not_allowed")
    given(OPENED).when(EM, DraftBallot("x")).refused("not_allowed")
    given(OPENED, here("an", "em"), drafted()).when(AN, OpenBallot("b1")).then(
        BallotOpened("b1", FOUR, ("an", "em"), False, 5, 2, 3)
    )


def test_one_ballot_at_a_time():
    second = BallotDrafted(**{**vars(drafted()), "ballot": "b2"})
    given(OPEN, second).when(AN, OpenBallot("b2")).refused("ballot_open")


def test_the_roll_is_frozen_when_the_ballot_opens():
    late = Actor("lan", "delegate", NINE)
    given(OPEN, LAN).when(late, CastVote("b1", "yes")).refused("not_a_voter")
    assert state_of(OPEN, PersonRemoved("phuong")).ballots.ballots["b1"].roll == FOUR


LAN = PersonInvited("lan", "Đỗ Thị Lan", "Phó phòng", "Phòng 9", "delegate")


def test_a_draft_for_all_delegates_is_opened_to_all_there_are_by_then():
    story = given(OPENED).when(MAI, DraftBallot("Thông qua?", preset="HDND_NQ"))
    draft = story.outcome[0]
    now = state_of(OPENED, draft, LAN, PersonRemoved("dung"), RoleChanged("phuong", "guest"), here("an", "lan"))
    seen = view(now, "staff")["ballots"]["items"][draft.ballot]
    assert (seen["roll"], seen["voters"], seen["all_delegates"]) == (["an", "binh", "em", "lan"], 4, True)
    facts = [OPENED, draft, LAN, PersonRemoved("dung"), RoleChanged("phuong", "guest"), here("an", "lan")]
    story = given(*facts).when(MAI, Recuse(draft.ballot, "lan")).then(Recused(draft.ballot, "lan"))
    story.when(AN, OpenBallot(draft.ballot)).then(
        BallotOpened(draft.ballot, ("an", "binh", "em"), ("an",), members=4, there=2, needed=3)
    )
    opened = story.after().ballots.ballots[draft.ballot]
    assert (opened.voters, opened.entitled) == (("an", "binh", "em", "lan"), 4)


def test_who_comes_when_a_ballot_for_all_is_open_is_not_among_its_voters():
    opened = [OPENED, drafted(all_delegates=True), LAN, BallotOpened("b1", (*FOUR, "lan"), FOUR)]
    late = PersonInvited("le", "Lê Thị Lệ", "Phó phòng", "Phòng 9", "delegate")
    ballot = state_of(opened, late).ballots.ballots["b1"]
    assert ("lan" in ballot.voters, "le" in ballot.voters, ballot.entitled) == (True, False, 6)


def test_voters_picked_by_hand_stay_as_picked():
    for draft in (drafted(), given(OPENED).when(MAI, DraftBallot("Thông qua?", voters=FOUR)).outcome[0]):
        given(OPENED, draft, LAN).when(MAI, Recuse(draft.ballot, "lan")).refused("not_a_voter")
        (opened,) = given(OPENED, draft, LAN).when(AN, OpenBallot(draft.ballot)).outcome
        assert opened.roll == FOUR


def test_the_staff_see_a_draft_for_all_grow_with_the_roll():
    before = state_of(OPENED, drafted(all_delegates=True))
    after = step(before, Recorded(before.seq + 1, NINE, "mai", LAN))
    seen = follow(before, view(before, "staff"), after, "staff")
    assert seen == view(after, "staff")
    assert "lan" in seen["ballots"]["items"]["b1"]["roll"]


def test_10_a_secret_ballot_of_three_needs_the_chairs_decision():
    three = drafted(secret=True, voters=("an", "em", "phuong"))
    given(OPENED, three).when(AN, OpenBallot("b1")).refused("too_few_for_secret")
    given(OPENED, three).when(AN, OpenBallot("b1", despite=True)).then(
        BallotOpened("b1", ("an", "em", "phuong"), (), True, 5, 0, 3)
    )


def test_a_ballot_opened_below_the_quorum_keeps_the_numbers_the_chair_saw():
    few = [*OPENED, *here("an", "em"), drafted()]
    story = given(few).when(AN, OpenBallot("b1"))
    story.then(BallotOpened("b1", FOUR, ("an", "em"), members=5, there=2, needed=3))
    assert story.after().ballots.ballots["b1"].below == (5, 2, 3)
    (enough,) = given(few, here("binh")).when(AN, OpenBallot("b1")).outcome
    assert (enough.members, enough.there, enough.needed) == (0, 0, 0)


def test_an_open_vote_can_be_changed_until_the_close():
    given(OPEN).when(EM, CastVote("b1", "yes")).then(VoteCast("b1", "em", ("yes",))).when(
        EM, CastVote("b1", "no")
    ).then(VoteCast("b1", "em", ("no",))).when(EM, CastVote("b1", "no")).then()


def test_another_opinion_needs_its_words():
    given(OPEN).when(EM, CastVote("b1", "other")).refused("empty")
    given(OPEN).when(EM, CastVote("b1", "other", "lùi sang quý III")).then(
        VoteCast("b1", "em", ("other",), "lùi sang quý III")
    )


def test_a_choice_is_one_of_the_options():
    for choice in ("maybe", "", (), ("yes", "no")):
        code = "too_many_choices" if choice == ("yes", "no") else "no_such_option"
        given(OPEN).when(EM, CastVote("b1", choice)).refused(code)


def test_up_to_k_of_n_may_be_chosen_and_labels_name_options():
    options = (("o1", "Phòng 1"), ("o2", "Khu vực 4"), ("o3", "Khu vực 1"))
    choose = BallotDrafted(**{**vars(drafted(choose=2)), "options": options})
    story = given(OPENED, here("em"), choose, BallotOpened("b1", FOUR, ("em",)))
    story.when(EM, CastVote("b1", ("Khu vực 1", "o1"))).then(VoteCast("b1", "em", ("o1", "o3")))
    story.when(EM, CastVote("b1", ("o1", "o2", "o3"))).refused("too_many_choices")


def test_an_option_that_is_called_like_the_key_of_another_does_not_take_its_votes():
    options = (("o1", "o2"), ("o2", "o1"))
    crossed = BallotDrafted(**{**vars(drafted()), "options": options})
    story = given(OPENED, here("em"), crossed, BallotOpened("b1", FOUR, ("em",)))
    story.when(EM, CastVote("b1", "o1")).then(VoteCast("b1", "em", ("o1",)))


@pytest.mark.parametrize(
    ("facts", "actor", "why"),
    [
        (OPEN, KHACH, "not_a_voter"),
        ([*OPENED, drafted()], EM, "ballot_not_open"),
        ([*OPEN, Excused("em", "ốm")], EM, "not_present"),
        ([*OPEN, CheckedOut("em")], EM, "not_present"),
        ([*OPEN, MeetingAdjourned()], EM, "meeting_adjourned"),
        ([*OPEN, SubstituteProposed("em", "Phó phòng"), SubstituteAccepted("em")], EM, "substitute_attends"),
        ([*SECRET, VoteCast("b1", "em")], EM, "already_voted"),
        ([*OPENED, drafted(), Recused("b1", "em"), BallotOpened("b1", ("an", "binh", "phuong"))], EM, "recused"),
        ([*OPEN, BallotAnnulled("b1", "x")], EM, "ballot_over"),
    ],
)
def test_who_may_not_vote_is_told_exactly_why(facts, actor, why):
    given(facts).when(actor, CastVote("b1", "yes")).refused(why)
    assert may_not_vote(state_of(facts), "b1", actor.user) == why


def test_nobody_votes_for_another_and_a_technician_cannot_vote():
    given(OPEN).when(MAI, CastVote("b1", "yes")).refused("not_a_voter")


def test_the_chair_votes_too():
    given(OPEN).when(AN, CastVote("b1", "yes")).then(VoteCast("b1", "an", ("yes",)))


def test_who_votes_from_their_seat_is_there():
    facts = [*OPENED, drafted(), BallotOpened("b1", FOUR)]
    given(facts).when(EM, CastVote("b1", "yes")).then(CheckedIn("em", "onsite"), VoteCast("b1", "em", ("yes",)))


def test_a_recused_member_takes_no_part_and_still_counts_in_the_base():
    story = given(OPENED, here(*FOUR), drafted()).when(MAI, Recuse("b1", "em")).then(Recused("b1", "em"))
    story.when(AN, OpenBallot("b1")).then(BallotOpened("b1", ("an", "binh", "phuong"), ("an", "binh", "phuong")))
    story.when(AN, CastVote("b1", "yes")).when(BINH, CastVote("b1", "yes")).when(AN, CloseBallot("b1"))
    assert (story.outcome[0].base, story.outcome[0].verdict) == (4, "rejected")
    given(OPEN).when(MAI, Recuse("b1", "em")).refused("ballot_not_draft")


def close(facts, cast: dict, **sealed):
    """The closing fact after these votes."""
    state = state_of(facts)
    for person, choice in cast.items():
        for fact in decide(CastVote("b1", choice, "x" if choice == "other" else ""), state, Actor(person, "", NINE)):
            if not isinstance(fact, Sealed):
                state = step(state, Recorded(state.seq + 1, NINE, person, fact))
    return decide(CloseBallot("b1", **sealed), state, AN)[0]


def test_the_result_is_computed_once_at_the_close():
    found = close(OPEN, {"an": "yes", "binh": "yes", "em": "yes", "phuong": "other"})
    assert (found.counts, found.verdict, found.needed) == ({"yes": 3, "no": 0, "other": 1}, "adopted", 3)
    assert found.sentence["vi"] == "03/04 thành viên tán thành (75 %), đạt quá nửa (cần từ 03)."
    assert (found.issued, found.returned) == (4, 4)


def test_the_chairs_side_decides_a_tie_of_an_open_ballot():
    tie = [*OPENED, *here(*FOUR), drafted(preset="UBKS_NQ"), BallotOpened("b1", FOUR, FOUR)]
    votes = {"binh": "no", "em": "no", "phuong": "yes"}
    assert close(tie, {**votes, "an": "yes"}).verdict == "adopted"
    assert close(tie, {"binh": "yes", "em": "yes", "phuong": "no", "an": "no"}).verdict == "rejected"


def test_a_secret_vote_leaves_no_choice_in_the_log():
    story = given(SECRET).when(EM, CastVote("b1", "other", "ý riêng"))
    vote, sealed = story.outcome
    assert vote == VoteCast("b1", "em")
    assert json.loads(sealed.choice) == {"choices": ["other"], "text": "ý riêng"}
    assert "ý riêng" not in repr(vote)


def test_a_secret_ballot_closes_with_what_was_in_the_box():
    sealed = dict(votes={"yes": 2, "no": 1}, receipts=("C", "A", "B"))
    found = close(SECRET, {"an": "yes", "em": "yes", "phuong": "no"}, **sealed)
    # Of three votes nobody learns what they were: the log does not hold it.
    assert (found.counts, found.verdict, found.reason, found.returned) == ({}, "none", "too_few", 3)
    assert found.receipts == (), "a code of three on a list is one in three"
    enough = close(SECRET, dict.fromkeys(FOUR, "yes"), votes={"yes": 4}, receipts=("D", "C", "A", "B"))
    assert (found.receipts, enough.receipts) == ((), ("A", "B", "C", "D"))


def test_a_box_that_lost_a_vote_is_not_counted():
    state = state_of(SECRET, VoteCast("b1", "em"), VoteCast("b1", "an"))
    story = given()
    story.state = state
    story.when(AN, CloseBallot("b1", {"yes": 1}, (), ("A",))).refused("sealed_box_incomplete")


def test_a_closed_ballot_is_never_opened_again():
    finished = close(OPEN, {"an": "yes"})
    for command in (OpenBallot("b1"), CastVote("b1", "yes"), CloseBallot("b1")):
        assert given(OPEN, finished).when(AN, command).outcome.args[0] in (
            "ballot_not_draft",
            "ballot_over",
            "ballot_not_open",
        )


def test_the_result_is_published_by_a_separate_act():
    finished = close(OPEN, {"an": "yes"})
    assert "counts" not in view(state_of(OPEN, finished), "members")["ballots"]["items"]["b1"]
    assert "counts" in view(state_of(OPEN, finished), "staff")["ballots"]["items"]["b1"]
    story = given(OPEN, finished).when(AN, PublishResult("b1")).then(ResultPublished("b1"))
    seen = view(story.after(), "screens")["ballots"]["items"]["b1"]
    assert seen["result"]["sentence"] == finished.sentence
    given(OPEN).when(AN, PublishResult("b1")).refused("ballot_not_closed")


def test_a_meeting_is_not_closed_over_a_result_nobody_has_published():
    finished = close(OPEN, {"an": "yes"})
    given(OPEN, finished).when(AN, CloseMeeting()).refused("ballot_unpublished")
    for settles in (ResultPublished("b1"), ResultKept("b1"), BallotAnnulled("b1", "sai danh sách")):
        assert given(OPEN, finished, settles).when(AN, CloseMeeting()).outcome == [MeetingClosed()]


def test_the_chair_may_leave_a_result_unpublished_and_publish_it_later():
    finished = close(OPEN, {"an": "yes"})
    given(OPEN).when(AN, KeepResult("b1")).refused("ballot_not_closed")
    given(OPEN, finished).when(MAI, KeepResult("b1")).refused("not_allowed")
    kept = given(OPEN, finished).when(AN, KeepResult("b1")).then(ResultKept("b1"))
    seen = view(kept.after(), "members")["ballots"]["items"]["b1"]
    assert (seen["state"], "kept_at" in seen, "counts" in seen) == ("closed", True, False)
    kept.when(AN, KeepResult("b1")).then()
    given(OPEN, finished, ResultKept("b1")).when(AN, PublishResult("b1")).then(ResultPublished("b1"))


@pytest.mark.parametrize("audience", ["staff", "members", "screens"])
def test_of_a_secret_ballot_of_fewer_than_four_votes_nobody_sees_the_counts_in_an_old_log_either(audience):
    old = BallotClosed(
        "b1", {"yes": 1, "no": 0}, 4, 1, "rejected", 4, 3, "short", False, {"vi": "1 tán thành", "en": "1"}
    )
    state = state_of(SECRET, VoteCast("b1", "em"), old, ResultPublished("b1"))
    seen = view(state, audience)["ballots"]["items"]["b1"]
    assert (seen["counts"], seen["result"]["verdict"], seen["result"]["reason"]) == ({}, "none", "too_few")
    assert "1 tán thành" not in str(seen)


def test_after_a_secret_ballot_nobody_is_named_who_has_not_voted():
    state = state_of(SECRET, VoteCast("b1", "em"))
    assert view(state, "staff")["ballots"]["items"]["b1"]["voted"] == {"em": True}
    closed = BallotClosed("b1", {}, 4, 1, "none", 4, 0, "too_few", False, {"vi": "", "en": ""})
    assert view(state_of(SECRET, VoteCast("b1", "em"), closed), "staff")["ballots"]["items"]["b1"]["voted"] == {}


def test_nobody_hands_a_ballot_to_who_is_excused():
    facts = [*OPENED, *here("an", "binh", "em"), Excused("phuong", "ốm"), drafted(), BallotOpened("b1", FOUR, FOUR[:3])]
    finished = close(facts, {"an": "yes"})
    assert (finished.issued, finished.returned, finished.base) == (3, 1, 4)


def test_more_ballot_papers_than_people_present_are_asked_about():
    three = [*OPENED, *here("an", "binh", "em"), drafted(), BallotOpened("b1", FOUR, ("an", "binh", "em"))]
    count = dict(counts={"yes": 4}, tellers=("Lê Văn Cường", "Lý Thị Mai"))
    given(three).when(MAI, EnterCount("b1", **count)).refused("more_than_present")
    (finished,) = given(three).when(MAI, EnterCount("b1", **count, despite=True)).outcome
    assert finished.returned == 4
    (arrived,) = given(three, CheckedIn("phuong", "onsite")).when(MAI, EnterCount("b1", **count)).outcome
    assert arrived.returned == 4


def test_opinions_on_a_case_wait_for_the_chairs_decision():
    asked = [*OPENED, *here(*FOUR), drafted(preset="UBKS_AN"), BallotOpened("b1", FOUR, FOUR)]
    finished = close(asked, {"em": "yes"})
    given(asked, finished).when(AN, PublishResult("b1")).refused("decision_needed")
    given(asked, finished).when(AN, RecordDecision("b1", "Trả hồ sơ")).then(DecisionRecorded("b1", "Trả hồ sơ")).when(
        AN, PublishResult("b1")
    ).then(ResultPublished("b1"))


def test_an_annulled_ballot_says_why_and_shows_nothing():
    story = given(OPEN, VoteCast("b1", "em", ("yes",))).when(AN, AnnulBallot("b1", "Nhầm danh sách"))
    seen = view(story.then(BallotAnnulled("b1", "Nhầm danh sách")).after(), "staff")["ballots"]["items"]["b1"]
    assert (seen["state"], seen["reason"]) == ("annulled", "Nhầm danh sách")
    assert "votes" not in seen
    given(OPEN).when(AN, AnnulBallot("b1", "")).refused("empty")


@pytest.mark.parametrize("published", [False, True])
def test_a_secret_ballot_whose_numbers_are_known_is_not_annulled(published):
    """Otherwise the chair would look, and have the vote taken again if the result did not please."""
    box = {"yes": 3, "no": 1}
    closed = BallotClosed("b1", box, 4, 4, "adopted", 4, 3, "majority", False, {"vi": "", "en": ""})
    secret = [*OPENED, *here(*FOUR), drafted(secret=True), BallotOpened("b1", FOUR, FOUR)]
    counted = [*secret, closed, *([ResultPublished("b1")] if published else [])]
    given(counted).when(AN, AnnulBallot("b1", "Không đạt")).refused("result_known")
    few = BallotClosed("b1", {}, 4, 3, "none", 4, 0, "too_few", False, {"vi": "", "en": ""})
    for facts in (secret, [*secret, few]):
        given(facts).when(AN, AnnulBallot("b1", "Máy hỏng")).then(BallotAnnulled("b1", "Máy hỏng"))


def test_a_count_on_paper_is_entered_with_two_tellers():
    command = EnterCount("b1", {"yes": 3, "no": 0, "invalid": 1}, ("Lê Văn Cường", "Lý Thị Mai"))
    (finished,) = given(SECRET).when(MAI, command).outcome
    assert isinstance(finished, BallotClosed)
    assert (finished.verdict, finished.returned, finished.counts["invalid"]) == ("adopted", 4, 1)
    given(SECRET).when(MAI, EnterCount("b1", {"yes": 3}, ("Cường", "Cường"))).refused("two_tellers")
    given(SECRET).when(MAI, EnterCount("b1", {"yes": 5}, ("Cường", "Mai"))).refused("more_than_voters")
    given(SECRET).when(MAI, EnterCount("b1", {"maybe": 1}, ("Cường", "Mai"))).refused("not_a_number")
    given(SECRET, VoteCast("b1", "em")).when(MAI, command).refused("votes_already_cast")


def test_who_is_taken_off_the_meeting_after_voting_is_still_counted():
    votes = [VoteCast("b1", person, ("yes",)) for person in FOUR]
    (finished,) = given(OPEN, votes, PersonRemoved("phuong")).when(AN, CloseBallot("b1")).outcome
    assert (finished.base, finished.counts["yes"], finished.verdict) == (4, 4, "adopted")
    (finished,) = given(OPEN, PersonRemoved("phuong")).when(MAI, EnterCount("b1", {"yes": 4}, ("Cường", "Mai"))).outcome
    assert (finished.base, finished.returned) == (4, 4)


def test_papers_on_which_several_may_be_chosen_are_counted_as_papers():
    two = [*OPENED, *here(*FOUR), drafted(choose=2), BallotOpened("b1", FOUR, FOUR)]
    tellers = ("Lê Văn Cường", "Lý Thị Mai")
    (finished,) = given(two).when(MAI, EnterCount("b1", {"yes": 3, "no": 2, "invalid": 1}, tellers, 4)).outcome
    assert (finished.issued, finished.returned, finished.base, finished.verdict) == (4, 4, 4, "adopted")
    given(two).when(MAI, EnterCount("b1", {"yes": 3}, tellers)).refused("papers_needed")
    for counts, papers in (
        ({"yes": 8}, 4),
        ({"yes": 3}, 5),
        ({"yes": 2, "invalid": 3}, 4),
        ({"yes": 2, "no": 2, "other": 1}, 2),
    ):
        given(two).when(MAI, EnterCount("b1", counts, tellers, papers)).refused("more_than_voters")


def test_the_screens_know_when_a_result_was_published():
    finished = close(OPEN, {"an": "yes"})
    after = given(OPEN, finished).when(AN, PublishResult("b1")).after()
    for audience in ("staff", "members", "screens"):
        seen = view(after, audience)["ballots"]["items"]["b1"]
        assert seen["published_at"] > seen["closed_at"]


def test_the_meeting_neither_breaks_nor_ends_over_an_open_ballot():
    given(OPEN).when(AN, AdjournMeeting()).refused("ballot_open")
    given(OPEN).when(AN, CloseMeeting()).refused("ballot_open")


def test_time_closes_a_ballot_when_it_is_due_and_not_before():
    timed = [*OPENED, *here(*FOUR), drafted(seconds=60), BallotOpened("b1", FOUR, FOUR)]
    opened = state_of(timed).ballots.ballots["b1"].opened_at
    soon, now = (Actor("bell", "system", opened + ms) for ms in (59_999, 60_000))
    given(timed).when(soon, CloseBallot("b1")).refused("not_due")
    story = given(timed).when(now, CloseBallot("b1"))
    assert isinstance(story.outcome[0], BallotClosed)
    story.when(now, CloseBallot("b1")).refused("ballot_not_open")


def test_the_count_of_a_running_ballot_is_shown_only_if_it_says_so():
    live = [*OPENED, drafted(live=True), BallotOpened("b1", FOUR), VoteCast("b1", "em", ("yes",))]
    assert view(state_of(live), "screens")["ballots"]["items"]["b1"]["counts"] == {"yes": 1, "no": 0, "other": 0}
    seen = view(state_of(OPEN, VoteCast("b1", "em", ("yes",))), "staff")["ballots"]["items"]["b1"]
    assert "counts" not in seen
    assert seen["cast"] == 1


def test_no_screen_ever_sees_who_chose_what_in_a_secret_ballot():
    finished = BallotClosed("b1", {"yes": 3}, 4, 3, "adopted", 4, 3, "majority", False, {"vi": "", "en": ""})
    facts = [*SECRET, *[VoteCast("b1", p) for p in ("an", "em", "binh")], finished, ResultPublished("b1")]
    for audience in ("staff", "members", "screens"):
        assert "votes" not in view(state_of(facts), audience)["ballots"]["items"]["b1"]


people = [f"p{n}" for n in range(12)]


@with_any(st.dictionaries(st.sampled_from(people), st.sampled_from(["yes", "no", "other"])), st.booleans())
def test_any_roll_any_votes_are_counted_once_each(votes, many):
    members = [PersonInvited(p, p, "", "", "delegate") for p in people]
    roll = tuple(people)
    facts = flat([OPENED, members, drafted(voters=roll), BallotOpened("b1", roll)])
    state = state_of(facts)
    for person, choice in list(votes.items()) * (2 if many else 1):
        for fact in decide(CastVote("b1", choice, "ý"), state, Actor(person, "delegate", NINE)):
            state = step(state, Recorded(state.seq + 1, NINE, person, fact))
    found = decide(CloseBallot("b1"), state, AN)[0]
    assert sum(found.counts.values()) == len(votes) == found.returned
    assert found.counts == {key: list(votes.values()).count(key) for key in ("yes", "no", "other")}
    assert (found.verdict == "adopted") == (2 * found.counts["yes"] > 12)
