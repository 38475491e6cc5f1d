"""A meeting from its first draft to its seal."""

import pytest

from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.lifecycle import (
    AdjournMeeting,
    ArchiveMeeting,
    CancelMeeting,
    CloseMeeting,
    CreateMeeting,
    EditMeeting,
    MeetingAdjourned,
    MeetingArchived,
    MeetingCancelled,
    MeetingClosed,
    MeetingCreated,
    MeetingEdited,
    MeetingOpened,
    MeetingPublished,
    MeetingResumed,
    OpenMeeting,
    PublishMeeting,
    ResumeMeeting,
)
from meetingroom.meeting.people import Invite, PersonInvited
from meetingroom.meeting.record import RecordNote
from meetingroom.meeting.roll import CheckedIn, CheckedOut, Excused
from meetingroom.meeting.sites import SiteAdded
from tests.given import AN, BINH, CREATED, DRAFT, DUNG, EM, HOUR, MAI, NINE, OPENED, PROGRAM, PUBLISHED, given, state_of

CREATE = CreateMeeting("Họp giao ban", "briefing", NINE, NINE + HOUR)


def test_a_meeting_begins_in_draft():
    given().when(PROGRAM, CREATE).then(MeetingCreated("Họp giao ban", "briefing", NINE, NINE + HOUR))
    assert state_of(CREATED).meeting.status == "draft"


def test_it_is_created_once():
    given(CREATED).when(PROGRAM, CREATE).refused("meeting_exists")


def test_no_role_in_a_meeting_creates_one():
    for actor in (AN, MAI, DUNG, EM):
        given().when(actor, CREATE).refused("not_allowed")


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [
        (NINE, NINE, "ends_before_start"),
        (NINE, NINE - 1, "ends_before_start"),
        (0, NINE, "bad_time"),
        (10**15, 10**15 + 1, "bad_time"),
        (NINE, NINE + 31 * 24 * HOUR, "too_long_a_meeting"),
    ],
)
def test_times_that_cannot_be_are_refused(starts, ends, code):
    given().when(PROGRAM, CreateMeeting("Họp", "meeting", starts, ends)).refused(code)


@pytest.mark.parametrize(("title", "code"), [("", "empty"), ("   ", "empty"), ("x" * 501, "too_long")])
def test_a_title_is_needed_and_has_an_end(title, code):
    given().when(PROGRAM, CreateMeeting(title, "meeting", NINE, NINE + 1)).refused(code)


def test_decomposed_letters_become_composed_ones():
    nfd, nfc = "Ho\u0323\u0302i nghi\u0323", "H\u1ed9i ngh\u1ecb"
    given().when(PROGRAM, CreateMeeting(nfd, "meeting", NINE, NINE + 1)).then(
        MeetingCreated(nfc, "meeting", NINE, NINE + 1)
    )


@pytest.mark.parametrize("secrecy", ["secret", "unsure"])
def test_a_meeting_on_state_secrets_is_a_shell_without_a_title_or_content(secrecy):
    given().when(PROGRAM, CreateMeeting("Án", "meeting", NINE, NINE + 1, secrecy=secrecy)).refused("secret_title")
    shell = CreateMeeting("", "meeting", NINE, NINE + 1, "Phòng 2", secrecy, 9)
    story = given().when(PROGRAM, shell).then(MeetingCreated("", "meeting", NINE, NINE + 1, "Phòng 2", secrecy, 9))
    story.when(PROGRAM, Invite("mai", "secretary", name="Lý Thị Mai"))
    story.when(MAI, RecordNote("general", "x")).refused("secret_meeting")
    story = given(MeetingCreated("", "meeting", NINE, NINE + 1, "", secrecy), DRAFT[1:])
    story.when(DUNG, EditMeeting(title="Vụ án")).refused("secret_title")


def test_publishing_needs_a_chair_and_happens_once():
    given(CREATED).when(DUNG, PublishMeeting()).refused("no_chair")
    given(DRAFT).when(DUNG, PublishMeeting()).then(MeetingPublished())
    given(PUBLISHED).when(DUNG, PublishMeeting()).refused("already_published")


def test_the_chair_opens_a_published_meeting_and_nobody_else():
    for who in (AN, BINH):
        given(PUBLISHED, CheckedIn(who.user, "onsite")).when(who, OpenMeeting()).then(
            MeetingOpened(who.user, members=5, present=1, needed=3)
        )
    for actor in (MAI, DUNG, EM, Actor("x", "screen")):
        given(PUBLISHED).when(actor, OpenMeeting()).refused("not_allowed")
    given(DRAFT).when(AN, OpenMeeting()).refused("not_published")
    given(OPENED).when(AN, OpenMeeting()).refused("already_opened")
    given(OPENED, MeetingClosed()).when(AN, OpenMeeting()).refused("meeting_over")


def test_who_opens_the_meeting_is_present_and_counts_for_the_quorum():
    opened = MeetingOpened("an", members=5, present=1, needed=3)
    for before in ([], Excused("an", "họp trên Sở"), [CheckedIn("an", "onsite"), CheckedOut("an")]):
        story = given(PUBLISHED, before).when(AN, OpenMeeting()).then(CheckedIn("an", "onsite"), opened)
        assert story.after().roll.people["an"].presence == "onsite"
    given(PUBLISHED, CheckedIn("an", "online")).when(AN, OpenMeeting()).then(opened)


def test_who_opens_it_from_a_remote_site_is_present_online():
    sites = [SiteAdded("s0", "Hội trường", "ĐC00", True), SiteAdded("s1", "VKSND khu vực 1", "ĐC01")]
    there = PersonInvited("binh", "Trần Thị Bình", "Phó Viện trưởng", "VKSND tỉnh", "cochair", "s1")
    given(DRAFT, sites, there, MeetingPublished()).when(BINH, OpenMeeting()).then(
        CheckedIn("binh", "online"), MeetingOpened("binh", members=5, present=1, needed=3)
    )


def test_a_break_and_its_end():
    given(OPENED).when(AN, AdjournMeeting()).then(MeetingAdjourned()).when(AN, ResumeMeeting()).then(MeetingResumed())
    given(OPENED).when(AN, ResumeMeeting()).refused("not_adjourned")
    given(OPENED, MeetingAdjourned()).when(AN, AdjournMeeting()).refused("meeting_adjourned")


def test_closing_clears_the_stage_and_opens_the_way_to_the_archive():
    given(PUBLISHED).when(AN, CloseMeeting()).refused("meeting_not_open")
    story = (
        given(OPENED)
        .when(AN, CloseMeeting())
        .then(MeetingClosed())
        .when(MAI, ArchiveMeeting(without_minutes="Họp kín"))
    )
    story.then(MeetingArchived(without_minutes="Họp kín")).when(MAI, RecordNote("general", "x")).refused("meeting_over")
    given(OPENED, MeetingClosed()).when(AN, CloseMeeting()).refused("meeting_over")
    given(OPENED).when(MAI, ArchiveMeeting()).refused("not_closed")
    given(OPENED, MeetingAdjourned()).when(AN, CloseMeeting()).then(MeetingClosed())


def test_the_minutes_are_still_in_work_after_the_close():
    story = given(OPENED, MeetingClosed()).when(MAI, RecordNote("general", "Nội dung"))
    assert story.after().record.notes["general"].text == "Nội dung"


def test_a_meeting_is_cancelled_before_it_opens_with_a_reason():
    given(PUBLISHED).when(DUNG, CancelMeeting("Hoãn")).then(MeetingCancelled("Hoãn"))
    given(PUBLISHED).when(DUNG, CancelMeeting(" ")).refused("empty")
    given(OPENED).when(AN, CancelMeeting("Hoãn")).refused("already_opened")
    given(PUBLISHED, MeetingCancelled("x")).when(AN, OpenMeeting()).refused("meeting_over")


def test_an_edit_keeps_what_is_left_out_and_says_nothing_when_nothing_changed():
    given(DRAFT).when(DUNG, EditMeeting(place="Phòng họp 2")).then(
        MeetingEdited(CREATED.title, CREATED.kind, CREATED.starts_at, CREATED.ends_at, "Phòng họp 2", "")
    )
    given(DRAFT).when(DUNG, EditMeeting(place=CREATED.place)).then()
    given(DRAFT).when(DUNG, EditMeeting(ends_at=NINE - 1)).refused("ends_before_start")
