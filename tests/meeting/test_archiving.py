"""Archiving: when a meeting can be sealed, its package, and what is withheld."""

from dataclasses import replace

from meetingroom.meeting.agenda import ItemAdded
from meetingroom.meeting.archiving import ArchiveSealed, FactRedacted, FactWithheld, RedactFact, SealArchive
from meetingroom.meeting.ballots import BallotOpened
from meetingroom.meeting.kernel import Recorded, step
from meetingroom.meeting.lifecycle import ArchiveMeeting, MeetingArchived, MeetingClosed
from meetingroom.meeting.record import NoteRecorded
from meetingroom.meeting.review import MinutesFinalised, MinutesSent
from meetingroom.meeting.view import view
from tests.given import AN, EM, HOUR, MAI, NINE, OPENED, PROGRAM, given, state_of
from tests.meeting.strategies import BALLOT

CLOSED = [*OPENED, MeetingClosed()]
FINAL = [*CLOSED, MinutesFinalised(1, "d" * 64, "p" * 64, "w" * 64)]
ARCHIVED = [*FINAL, MeetingArchived()]
PACKAGE = SealArchive("hop.zip", "a" * 64, 12)


def test_final_minutes_are_archived_without_a_word():
    given(FINAL).when(MAI, ArchiveMeeting()).then(MeetingArchived())
    command = ArchiveMeeting("10N", keep_until="2036-12-31")
    given(FINAL).when(MAI, command).then(MeetingArchived("10N", "2036-12-31"))
    given(FINAL).when(MAI, ArchiveMeeting(without_minutes="thừa")).then(MeetingArchived())
    given(FINAL).when(EM, ArchiveMeeting()).refused("not_allowed")


def test_a_period_that_nobody_knows_is_refused():
    given(FINAL).when(MAI, ArchiveMeeting("99Z")).refused("not_a_choice")


def test_nothing_is_archived_while_a_ballot_or_a_round_is_open():
    given(OPENED, BALLOT, BallotOpened("b1", ("an",)), MeetingClosed()).when(
        MAI, ArchiveMeeting(without_minutes="x")
    ).refused("ballot_open")
    sent = MinutesSent(1, 1, "d", NINE + 9 * HOUR, ("an",))
    given(CLOSED, sent).when(MAI, ArchiveMeeting(without_minutes="x")).refused("review_open")


def test_the_program_alone_seals_and_says_it_once():
    given(CLOSED).when(PROGRAM, PACKAGE).refused("not_archived")
    given(ARCHIVED).when(AN, PACKAGE).refused("not_allowed")
    sealed = ArchiveSealed("hop.zip", "a" * 64, 12)
    given(ARCHIVED).when(PROGRAM, PACKAGE).then(sealed)
    given(ARCHIVED, sealed).when(PROGRAM, PACKAGE).then()
    given(ARCHIVED, sealed).when(PROGRAM, replace(PACKAGE, sha256="b" * 64)).then(
        ArchiveSealed("hop.zip", "b" * 64, 12)
    )


def test_the_staff_sees_the_package_and_nobody_else():
    state = state_of(ARCHIVED, ArchiveSealed("hop.zip", "a" * 64, 12))
    assert view(state, "staff")["archive"]["sha256"] == "a" * 64
    assert view(state, "members")["archive"] == view(state, "screens")["archive"] == {}


def test_a_fact_is_withheld_by_an_administrator_and_the_chair():
    facts = [*OPENED, ItemAdded("i1", "Mục 1"), NoteRecorded("general", "Mật")]
    seq = len(facts)
    asked = RedactFact(seq, "Bí mật nhà nước", "admin", "s" * 64)
    given(facts).when(AN, asked).then(FactRedacted(seq, "Bí mật nhà nước", "s" * 64, "admin"))
    given(facts).when(MAI, asked).refused("not_allowed")
    given(facts).when(AN, replace(asked, asked_by="")).refused("redaction_not_asked")
    given(facts).when(AN, replace(asked, asked_by="an")).refused("second_person_needed")
    given(facts).when(AN, replace(asked, sha="")).refused("fact_needed")
    given(facts).when(AN, replace(asked, seq=seq + 1)).refused("no_such_fact")
    given(facts).when(AN, replace(asked, reason=" ")).refused("empty")
    given(facts, FactRedacted(seq, "x", "s", "admin")).when(AN, asked).then()
    given(ARCHIVED).when(AN, replace(asked, seq=2)).then(FactRedacted(2, "Bí mật nhà nước", "s" * 64, "admin"))


def test_what_is_withheld_is_folded_as_nothing_but_the_number_it_was_given():
    state = state_of(OPENED)
    after = step(state, Recorded(state.seq + 1, state.at, state.by, FactWithheld("s")))
    assert after == replace(state, seq=state.seq + 1)
