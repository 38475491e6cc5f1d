"""Who is invited, in which role, at which site."""

import pytest

from meetingroom.meeting.agenda import ItemAdded, ItemEdited
from meetingroom.meeting.ballots import BallotOpened
from meetingroom.meeting.floor import FloorGranted, FloorRequested, OpinionRecorded, RequestWithdrawn, SpeechEnded
from meetingroom.meeting.notices import CallAnswered, CallCancelled, ServiceCalled
from meetingroom.meeting.people import (
    ChangeRole,
    Invite,
    MovePerson,
    PersonInvited,
    PersonMoved,
    PersonRemoved,
    RemovePerson,
    RoleChanged,
)
from meetingroom.meeting.sites import AddSite, EditSite, RemoveSite, SiteAdded, SiteEdited, SiteRemoved
from meetingroom.meeting.stage import StageGiven
from meetingroom.meeting.view import view
from tests.given import AN, CREATED, DRAFT, DUNG, EM, MAI, OPENED, given, state_of
from tests.meeting.strategies import BALLOT

LAN = Invite("lan", "delegate", name="Đỗ Thị Lan", title="Phó phòng", unit="Phòng 9")
SITE = SiteAdded("s1", "VKSND khu vực 1", "ĐC01", contact="0903")


def test_the_secretary_invites_and_the_log_keeps_the_name_as_it_was():
    given(DRAFT).when(MAI, LAN).then(PersonInvited("lan", "Đỗ Thị Lan", "Phó phòng", "Phòng 9", "delegate"))


def test_nobody_is_invited_twice_or_into_a_role_that_is_none():
    given(DRAFT).when(MAI, Invite("em", "guest", name="Hoàng Văn Em")).refused("already_invited")
    given(DRAFT).when(MAI, Invite("lan", "king", name="Lan")).refused("not_a_choice")


def test_somebody_the_directory_does_not_know_is_not_invited():
    given(DRAFT).when(MAI, Invite("ghost", "delegate")).refused("no_such_person")


def test_a_meeting_has_one_chair():
    given(DRAFT).when(MAI, Invite("lan", "chair", name="Lan")).refused("one_chair")
    given(DRAFT).when(MAI, ChangeRole("binh", "chair")).refused("one_chair")
    given(DRAFT).when(MAI, ChangeRole("an", "cochair")).then(RoleChanged("an", "cochair"))


def test_the_chair_of_a_running_meeting_stays():
    given(OPENED).when(MAI, ChangeRole("an", "delegate")).refused("chair_needed")
    given(OPENED).when(MAI, RemovePerson("an")).refused("chair_needed")


def test_one_does_not_lock_oneself_out():
    given(DRAFT).when(MAI, ChangeRole("mai", "delegate")).refused("not_yourself")
    given(DRAFT).when(MAI, RemovePerson("mai")).refused("not_yourself")


def test_a_presenter_gives_the_stage_back_before_leaving_the_list():
    given(OPENED, StageGiven("em")).when(MAI, RemovePerson("em")).refused("holds_the_stage")
    given(OPENED).when(MAI, RemovePerson("em")).then(PersonRemoved("em"))


def test_who_is_no_longer_invited_leaves_no_loose_ends():
    facts = [
        *OPENED,
        ItemAdded("i1", "Báo cáo", 20, ("em", "Bùi Thị Hạnh")),
        ItemAdded("i2", "Thảo luận"),
        FloorRequested("r1", "phuong"),
        FloorRequested("r2", "em"),
        ServiceCalled("c1", "em", "water"),
        ServiceCalled("c2", "em", "paper"),
        CallAnswered("c2", "done", "mai"),
    ]
    given(facts).when(MAI, RemovePerson("em")).then(
        ItemEdited("i1", "Báo cáo", 20, ("Hoàng Văn Em", "Bùi Thị Hạnh")),
        RequestWithdrawn("r2"),
        CallCancelled("c1"),
        PersonRemoved("em"),
    )


@pytest.mark.parametrize(
    "facts",
    [
        [FloorGranted("em")],
        [FloorGranted("em"), SpeechEnded("em", 60)],
        [FloorRequested("r1", "em"), OpinionRecorded("r1", "em", "Nhất trí")],
        [BALLOT, BallotOpened("b1", ("an", "em"))],
    ],
    ids=["speaks", "has spoken", "has written", "is on the roll of a ballot"],
)
def test_who_has_taken_part_is_not_made_a_stranger_to_the_record(facts):
    given(OPENED, facts).when(MAI, RemovePerson("em")).refused("took_part")
    given(OPENED, facts).when(MAI, RemovePerson("phuong")).then(PersonRemoved("phuong"))


def test_only_those_who_prepare_the_meeting_invite():
    for actor in (AN, EM):
        given(DRAFT).when(actor, LAN).refused("not_allowed")


def test_protocol_order_is_set_by_hand():
    state = given(DRAFT).when(DUNG, MovePerson("em", "binh")).then(PersonMoved("em", "binh")).after()
    assert view(state, "staff")["roll"]["order"][:3] == ["an", "em", "binh"]
    given(DRAFT).when(DUNG, MovePerson("em", "ghost")).refused("no_such_person")


def test_a_person_belongs_to_a_site_that_exists():
    given(DRAFT).when(MAI, ChangeRole("em", site="s1")).refused("no_such_site")
    given(DRAFT, SITE).when(MAI, ChangeRole("em", site="s1")).then(RoleChanged("em", "delegate", "s1"))


def test_sites_are_added_changed_and_removed_when_nobody_is_there():
    story = given(DRAFT).when(MAI, AddSite("Hội trường", "ĐC00", True))
    (added,) = story.outcome
    assert added == SiteAdded(added.site, "Hội trường", "ĐC00", True)
    given(DRAFT, SITE).when(MAI, EditSite("s1", short="ĐC1")).then(
        SiteEdited("s1", "VKSND khu vực 1", "ĐC1", contact="0903")
    )
    given(DRAFT, SITE).when(MAI, RemoveSite("s1")).then(SiteRemoved("s1"))
    given(DRAFT, SITE, RoleChanged("em", "delegate", "s1")).when(MAI, RemoveSite("s1")).refused("site_in_use")


def test_there_is_one_main_site():
    state = state_of(CREATED, SiteAdded("s0", "Một", "ĐC00", True), SiteAdded("s1", "Hai", "ĐC01", True))
    assert [key for key, site in state.sites.sites.items() if site.main] == ["s1"]


@pytest.mark.parametrize("short", ["", "x" * 13])
def test_a_short_name_fits_a_chip(short):
    given(DRAFT).when(MAI, AddSite("Hội trường", short)).refused("too_long" if short else "empty")
