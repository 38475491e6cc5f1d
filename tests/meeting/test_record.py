"""The secretary's text and the chair's conclusions."""

import pytest

from meetingroom.meeting.agenda import ItemAdded
from meetingroom.meeting.approval import MinutesApproved, MinutesUnlocked
from meetingroom.meeting.conclusions import (
    ConclusionEdited,
    ConclusionRecorded,
    ConclusionRemoved,
    EditConclusion,
    RecordConclusion,
    RemoveConclusion,
)
from meetingroom.meeting.lifecycle import MeetingClosed
from meetingroom.meeting.record import EditMinutes, MinutesEdited, NoteRecorded, RecordNote
from meetingroom.meeting.view import view
from tests.given import AN, EM, MAI, OPENED, given, state_of

ITEM = ItemAdded("i1", "Báo cáo")
K1 = ConclusionRecorded("k1", "Ban hành Kế hoạch", "Văn phòng", ("Phòng 1",), "2026-12-23", "KH-VKS", "i1")


def test_the_secretary_writes_on_an_item_or_in_general():
    given(OPENED, ITEM).when(MAI, RecordNote("i1", "Đồng chí An kết luận")).then(
        NoteRecorded("i1", "Đồng chí An kết luận")
    )
    given(OPENED).when(MAI, RecordNote("general", "x")).then(NoteRecorded("general", "x"))
    given(OPENED).when(MAI, RecordNote("i9", "x")).refused("no_such_item")
    given(OPENED).when(EM, RecordNote("general", "x")).refused("not_allowed")
    given(OPENED).when(MAI, RecordNote("general", "x" * 100_001)).refused("too_long")


def test_saving_the_same_text_again_says_nothing():
    given(OPENED, NoteRecorded("general", "x")).when(MAI, RecordNote("general", "x")).then()


def test_another_persons_newer_text_is_not_overwritten_unseen():
    written = given(OPENED, NoteRecorded("general", "của chủ tọa"))  # by An
    base = written.state.record.notes["general"].seq
    written.when(MAI, RecordNote("general", "của tôi", base - 1)).refused("note_changed")
    written.when(MAI, RecordNote("general", "của tôi", base)).then(NoteRecorded("general", "của tôi"))


def test_another_window_of_the_same_person_does_not_overwrite_what_this_one_wrote():
    here = given(OPENED, NoteRecorded("general", "của tôi", "w1"))  # by An
    base = here.state.record.notes["general"].seq
    here.when(AN, RecordNote("general", "bản cũ", base - 1, "w2")).refused("note_changed")
    here.when(AN, RecordNote("general", "bản cũ", base - 1)).refused("note_changed")
    here.when(AN, RecordNote("general", "đã đọc", base, "w2")).then(NoteRecorded("general", "đã đọc", "w2"))


def test_a_window_that_never_heard_its_answer_goes_on_over_its_own_text():
    here = given(OPENED, NoteRecorded("general", "câu một", "w1"))  # by An
    base = here.state.record.notes["general"].seq
    again = RecordNote("general", "câu một, câu hai", base - 1, "w1")
    here.when(MAI, again).refused("note_changed")
    here.when(AN, again).then(NoteRecorded("general", "câu một, câu hai", "w1"))


def test_a_text_written_before_windows_had_names_is_nobodys_own():
    old = given(OPENED, NoteRecorded("general", "bản cũ"))  # by An
    base = old.state.record.notes["general"].seq
    old.when(AN, RecordNote("general", "x", base - 1)).refused("note_changed")
    old.when(AN, RecordNote("general", "x", base - 1, "w1")).refused("note_changed")
    old.when(AN, RecordNote("general", "x", window="w" * 41)).refused("too_long")


def test_a_conclusion_names_who_leads_until_when():
    command = RecordConclusion("Ban hành Kế hoạch", "Văn phòng", ("Phòng 1",), "2026-12-23", "KH-VKS", "i1")
    (recorded,) = given(OPENED, ITEM).when(MAI, command).outcome
    assert recorded == ConclusionRecorded(
        recorded.conclusion, "Ban hành Kế hoạch", "Văn phòng", ("Phòng 1",), "2026-12-23", "KH-VKS", "i1"
    )


@pytest.mark.parametrize("due", ["mai", "2026-13-01", "23/12/2026"])
def test_a_due_date_is_a_date(due):
    given(OPENED).when(MAI, RecordConclusion("x", due=due)).refused("bad_date")


def test_a_conclusion_is_changed_and_removed():
    given(OPENED, ITEM, K1).when(AN, EditConclusion("k1", due="2026-12-31")).then(
        ConclusionEdited("k1", "Ban hành Kế hoạch", "Văn phòng", ("Phòng 1",), "2026-12-31", "KH-VKS", "i1")
    )
    given(OPENED, ITEM, K1).when(MAI, RemoveConclusion("k1")).then(ConclusionRemoved("k1"))
    given(OPENED).when(MAI, RemoveConclusion("k1")).refused("no_such_conclusion")


def test_the_head_of_the_minutes_keeps_only_what_changed():
    given(OPENED).when(MAI, EditMinutes(number=" 05/BB-VKS ")).then(MinutesEdited({"number": "05/BB-VKS"}))
    given(OPENED, MinutesEdited({"number": "05"})).when(MAI, EditMinutes(number="05")).then()


def test_members_see_conclusions_when_the_meeting_is_closed_and_notes_never():
    running, closed = state_of(OPENED, ITEM, K1), state_of(OPENED, ITEM, K1, MeetingClosed())
    approved = state_of(OPENED, ITEM, K1, MeetingClosed(), MinutesApproved(1, "d"))
    unlocked = state_of(OPENED, ITEM, K1, MeetingClosed(), MinutesApproved(1, "d"), MinutesUnlocked(1, "sai tên"))
    assert view(running, "members")["record"] == {}
    assert view(closed, "members")["record"]["conclusions"]["order"] == ["k1"]
    assert view(closed, "members")["record"]["minutes"] == {"state": "draft", "version": 1}
    assert view(approved, "members")["record"]["minutes"]["state"] == "approved"
    assert view(unlocked, "members")["record"]["minutes"] == {"state": "draft", "version": 2}
    for state in (closed, approved, unlocked):
        assert view(state, "members")["record"].keys() == {"minutes", "conclusions"}
        assert view(state, "screens")["record"] == {}
