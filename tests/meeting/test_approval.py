"""Minutes are a draft until the chair approves the very text that was read; then nothing in them changes."""

import pytest

from meetingroom.meeting.agenda import ItemAdded
from meetingroom.meeting.approval import ApproveMinutes, MinutesApproved, MinutesUnlocked, UnlockMinutes
from meetingroom.meeting.ballot_results import PublishResult
from meetingroom.meeting.conclusions import ConclusionRecorded, EditConclusion, RecordConclusion, RemoveConclusion
from meetingroom.meeting.floor import RecordOpinion
from meetingroom.meeting.lifecycle import ArchiveMeeting, MeetingAdjourned, MeetingArchived, MeetingClosed
from meetingroom.meeting.record import EditMinutes, RecordNote
from meetingroom.meeting.roll import AcceptSubstitute
from tests.given import AN, DUNG, EM, MAI, OPENED, PUBLISHED, given, state_of

CLOSED = [*OPENED, ItemAdded("i1", "Báo cáo"), ConclusionRecorded("k1", "Ban hành Kế hoạch"), MeetingClosed()]
APPROVED = [*CLOSED, MinutesApproved(1, "d1")]
UNLOCKED = [*APPROVED, MinutesUnlocked(1, "sai tên")]
LETTERS = {"issuing": "VKSND tỉnh"}


def approve(version: int = 1, digest: str = "d1", current: str = "d1") -> ApproveMinutes:
    return ApproveMinutes(version, digest, current, LETTERS)


def test_closing_the_meeting_approves_nothing():
    assert state_of(CLOSED).record.approved is None


def test_the_chair_approves_what_was_read():
    given(CLOSED).when(AN, approve()).then(MinutesApproved(1, "d1", LETTERS))


@pytest.mark.parametrize(
    "command", [approve(digest="d0"), approve(version=2), approve(current="d2"), approve("", "", "")]
)
def test_another_text_than_the_one_that_was_read_is_not_approved(command):
    given(CLOSED).when(AN, command).refused("changed_meanwhile")


@pytest.mark.parametrize("actor", [MAI, DUNG, EM])
@pytest.mark.parametrize("command", [approve(), UnlockMinutes("sai")])
def test_only_the_chair_approves_and_unlocks(actor, command):
    given(APPROVED).when(actor, command).refused("not_allowed")


@pytest.mark.parametrize("facts", [PUBLISHED, OPENED, [*OPENED, MeetingAdjourned()]])
def test_not_before_the_meeting_is_closed(facts):
    given(facts).when(AN, approve()).refused("minutes_too_early")


def test_not_twice_and_not_after_the_archive():
    given(APPROVED).when(AN, approve()).refused("minutes_approved")
    given(CLOSED, MeetingArchived()).when(AN, approve()).refused("meeting_over")
    given(APPROVED, MeetingArchived()).when(AN, UnlockMinutes("sai")).refused("meeting_over")


@pytest.mark.parametrize(
    ("actor", "command"),
    [
        (MAI, RecordNote("i1", "Thêm")),
        (MAI, RecordConclusion("Thêm")),
        (AN, EditConclusion("k1", text="Khác")),
        (MAI, RemoveConclusion("k1")),
        (MAI, EditMinutes(number="05")),
        (AN, PublishResult("b1")),
        (EM, RecordOpinion("r1", "Nhất trí")),
        (AN, AcceptSubstitute("phuong")),
    ],
    ids=lambda command: type(command).__name__,
)
def test_approved_minutes_are_not_changed(actor, command):
    given(APPROVED).when(actor, command).refused("minutes_approved")


def test_unlocked_they_are_a_draft_of_the_next_version():
    given(APPROVED).when(AN, UnlockMinutes(" sai tên ")).then(MinutesUnlocked(1, "sai tên"))
    given(APPROVED).when(AN, UnlockMinutes(" ")).refused("empty")
    given(CLOSED).when(AN, UnlockMinutes("sai tên")).refused("minutes_not_approved")
    assert (state_of(UNLOCKED).record.approved, state_of(UNLOCKED).record.version) == (None, 2)
    assert given(UNLOCKED).when(MAI, RecordNote("i1", "Sửa")).outcome
    given(UNLOCKED).when(AN, approve()).refused("changed_meanwhile")
    given(UNLOCKED).when(AN, approve(2)).then(MinutesApproved(2, "d1", LETTERS))


@pytest.mark.parametrize("facts", [CLOSED, APPROVED])
def test_the_archive_takes_minutes_that_are_not_final_with_a_reason(facts):
    given(facts).when(MAI, ArchiveMeeting()).refused("minutes_not_final")
    given(facts).when(MAI, ArchiveMeeting(without_minutes=" ")).refused("minutes_not_final")
    why = "Họp chuyên đề"
    given(facts).when(MAI, ArchiveMeeting(without_minutes=why)).then(MeetingArchived(without_minutes=why))
