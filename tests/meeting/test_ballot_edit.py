"""A draft can be changed until it is put to the vote."""

import pytest

from meetingroom.meeting.agenda import ItemAdded, ItemRemoved, ItemStarted
from meetingroom.meeting.ballot_drafts import BallotDrafted, DraftBallot, Recused
from meetingroom.meeting.ballot_edit import BallotEdited, EditBallot
from meetingroom.meeting.ballots import BallotOpened, OpenBallot
from meetingroom.meeting.lifecycle import MeetingClosed
from meetingroom.meeting.people import PersonInvited, PersonRemoved
from meetingroom.meeting.roll import CheckedIn
from meetingroom.meeting.view import view
from tests.given import AN, EM, MAI, OPENED, given

FOUR = ("an", "binh", "em", "phuong")
DRAFT = BallotDrafted(
    "b1", "Thông qua?", (("yes", ""), ("no", ""), ("other", "")), False, "HOI_NGHI", "present", "gt_half", "chair",
    True, False, FOUR, seconds=120, live=True,
)  # fmt: skip
DRAFTED = [*OPENED, ItemAdded("i1", "Báo cáo"), *[CheckedIn(person, "onsite") for person in FOUR], DRAFT]
LAN = PersonInvited("lan", "Mai Thị Lan", "Phó phòng", "Phòng 9", "delegate")


def edited(**changes) -> BallotEdited:
    return BallotEdited(**{**vars(DRAFT), **changes})


def test_what_is_left_out_of_an_edit_stays():
    given(DRAFTED).when(MAI, EditBallot("b1", question=" Thông qua Kế hoạch? ")).then(
        edited(question="Thông qua Kế hoạch?")
    )
    given(DRAFTED).when(MAI, EditBallot("b1", seconds=0, live=False)).then(edited(seconds=0, live=False))
    given(DRAFTED).when(MAI, EditBallot("b1", item="i1")).then(edited(item="i1"))
    given(DRAFTED).when(MAI, EditBallot("b1", threshold="ge_two_thirds")).then(edited(threshold="ge_two_thirds"))


def test_an_edit_that_changes_nothing_is_no_fact():
    given(DRAFTED).when(MAI, EditBallot("b1")).then()
    given(DRAFTED).when(MAI, EditBallot("b1", question="Thông qua?", secret=False, voters=FOUR)).then()


def test_another_preset_brings_its_own_rule_and_options():
    rule = dict(preset="HDND_2_3", base="total", threshold="ge_two_thirds", tie="rejected")
    options = (("yes", ""), ("no", ""), ("not_voting", ""))
    given(DRAFTED).when(MAI, EditBallot("b1", preset="HDND_2_3")).then(edited(**rule, options=options))
    given(DRAFTED).when(MAI, EditBallot("b1", preset="HDND_2_3", tie="chair", options=("yes", "no"))).then(
        edited(**{**rule, "tie": "chair"}, options=(("yes", ""), ("no", "")))
    )


def test_a_list_stays_when_the_preset_has_none_of_its_own():
    units = dict(options=(("o1", "Phòng 1"), ("o2", "Phòng 3")))
    story = given(OPENED, edited_draft(**units)).when(MAI, EditBallot("b1", preset="THAM_KHAO"))
    (found,) = story.outcome
    assert (found.options, found.secret, found.live) == (units["options"], True, False)


def edited_draft(**changes) -> BallotDrafted:
    return BallotDrafted(**{**vars(DRAFT), **changes})


def test_a_ballot_that_becomes_secret_shows_no_count_while_it_runs():
    given(DRAFTED).when(MAI, EditBallot("b1", secret=True)).then(edited(secret=True, live=False))


def test_who_takes_no_part_still_takes_none_after_an_edit():
    story = given(DRAFTED, Recused("b1", "em"), Recused("b1", "phuong"))
    story.when(MAI, EditBallot("b1", question="Khen thưởng?", voters=("an", "binh", "em")))
    story.when(AN, OpenBallot("b1")).then(BallotOpened("b1", ("an", "binh"), ("an", "binh")))


def test_no_voters_named_are_all_delegates_as_they_are_now():
    (found,) = given(DRAFTED).when(MAI, EditBallot("b1", voters=())).outcome
    assert found.voters == ("an", "binh", "dung", "em", "phuong")
    assert found.all_delegates


def test_an_edit_of_something_else_leaves_all_delegates_all_delegates():
    facts = [*OPENED, edited_draft(all_delegates=True), LAN]
    given(facts).when(MAI, EditBallot("b1")).then()
    story = given(facts).when(MAI, EditBallot("b1", question="Khen thưởng?"))
    story.then(edited(question="Khen thưởng?", all_delegates=True))
    assert "lan" in view(story.after(), "staff")["ballots"]["items"]["b1"]["roll"]
    given(facts).when(MAI, EditBallot("b1", voters=FOUR)).then(edited())


def test_a_list_of_which_nobody_is_left_does_not_become_all_delegates():
    facts = [*OPENED, edited_draft(voters=("phuong",)), PersonRemoved("phuong")]
    story = given(facts).when(MAI, EditBallot("b1", question="Khen thưởng?"))
    story.then(edited(question="Khen thưởng?", voters=()))
    story.when(AN, OpenBallot("b1")).refused("no_voters")


def test_who_takes_no_part_among_all_delegates_still_takes_none_after_an_edit():
    facts = [*OPENED, edited_draft(all_delegates=True), LAN, Recused("b1", "lan")]
    story = given(facts).when(MAI, EditBallot("b1", question="Khen thưởng?"))
    story.when(AN, OpenBallot("b1"))
    (opened,) = story.outcome
    assert opened.roll == ("an", "binh", "dung", "em", "phuong")


def test_people_and_items_that_are_gone_do_not_stand_in_the_way_of_an_edit():
    facts = [*OPENED, ItemAdded("i1", "Bỏ"), edited_draft(item="i1"), ItemRemoved("i1"), PersonRemoved("phuong")]
    given(facts).when(MAI, EditBallot("b1", question="Khen thưởng?")).then(
        edited(question="Khen thưởng?", item="", voters=("an", "binh", "em"))
    )


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (EditBallot("b9"), "no_such_ballot"),
        (EditBallot("b1", question=" "), "empty"),
        (EditBallot("b1", preset="NONE"), "not_a_choice"),
        (EditBallot("b1", options=("một",)), "bad_options"),
        (EditBallot("b1", choose=4), "not_a_number"),
        (EditBallot("b1", seconds=-1), "not_a_number"),
        (EditBallot("b1", voters=("ghost",)), "no_such_person"),
        (EditBallot("b1", item="i9"), "no_such_item"),
        (EditBallot("b1", base="most"), "not_a_choice"),
    ],
)
def test_a_draft_is_not_edited_into_something_that_makes_no_sense(command, code):
    given(DRAFTED).when(MAI, command).refused(code)


def test_only_a_draft_is_edited_by_those_who_draft_while_there_is_a_meeting():
    given(DRAFTED).when(EM, EditBallot("b1", seconds=0)).refused("not_allowed")
    given(DRAFTED, BallotOpened("b1", FOUR)).when(MAI, EditBallot("b1", seconds=0)).refused("ballot_not_draft")
    given(DRAFTED, MeetingClosed()).when(MAI, EditBallot("b1", seconds=0)).refused("meeting_over")


def test_a_draft_belongs_to_the_current_item_unless_it_says_otherwise():
    facts = [*OPENED, ItemAdded("i1", "Báo cáo"), ItemStarted("i1")]
    for item, belongs in ((None, "i1"), ("", ""), ("i1", "i1")):
        (draft,) = given(facts).when(MAI, DraftBallot("Thông qua?", item=item)).outcome
        assert draft.item == belongs


def test_the_staff_see_the_draft_as_it_is_now_and_nobody_else_does():
    after = given(DRAFTED).when(MAI, EditBallot("b1", question="Khen thưởng?")).after()
    assert view(after, "staff")["ballots"]["items"]["b1"]["question"] == "Khen thưởng?"
    assert view(after, "members")["ballots"]["items"] == {}
