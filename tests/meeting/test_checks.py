"""What people type or paste becomes text that every screen and paper can show."""

import pytest

from meetingroom.meeting.agenda import AddItem, ItemAdded
from meetingroom.meeting.ballot_drafts import DraftBallot
from meetingroom.meeting.conclusions import RecordConclusion
from meetingroom.meeting.notices import SendNotice
from meetingroom.meeting.record import NoteRecorded, RecordNote
from tests.given import MAI, OPENED, given


@pytest.mark.parametrize("nothing", ["\u200b\u200b", "\u202e", "\x01\x02", "\ufeff \xad", "\u200d", "\u2028", "\ufffe"])
def test_what_cannot_be_seen_is_no_text(nothing):
    given(OPENED).when(MAI, SendNotice(nothing)).refused("empty")
    given(OPENED).when(MAI, AddItem(nothing)).refused("empty")
    given(OPENED).when(MAI, DraftBallot("Cờ thi đua?", ("Phòng 1", nothing))).refused("empty")


def test_names_that_only_look_different_are_the_same_option():
    given(OPENED).when(MAI, DraftBallot("Cờ thi đua?", ("Phòng 1", "Phòng\u200b 1"))).refused("bad_options")


def test_nothing_typed_turns_or_hides_the_words_around_it():
    (item,) = given(OPENED).when(MAI, AddItem("Báo\x07 cáo \u202e1 gnòhP\u202c")).outcome
    assert item == ItemAdded(item.item, "Báo cáo 1 gnòhP")


def test_a_note_keeps_its_lines_its_letters_and_its_signs():
    note = "Dòng một\r\nDòng hai\x0bDòng ba\u2028\u202ebốn\u200b\t👩\u200d⚖️ Vie\u0302\u0323t"
    given(OPENED).when(MAI, RecordNote("general", note)).then(
        NoteRecorded("general", "Dòng một\nDòng hai\nDòng ba\nbốn\t👩\u200d⚖️ Việt")
    )


@pytest.mark.parametrize("day", ["20261204", "2026-W49-5", "2026-12-4", "2026-02-30", "mai"])
def test_a_due_date_is_a_day_of_the_calendar_as_screens_write_it(day):
    given(OPENED).when(MAI, RecordConclusion("Ban hành Kế hoạch", due=day)).refused("bad_date")
