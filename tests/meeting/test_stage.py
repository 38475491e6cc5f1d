"""What is on every screen, and who holds it."""

import pytest

from meetingroom.meeting.agenda import ItemAdded
from meetingroom.meeting.lifecycle import AdjournMeeting, MeetingAdjourned, MeetingClosed
from meetingroom.meeting.papers import PaperAttached, PaperEdited, PaperWithdrawn, WithdrawPaper
from meetingroom.meeting.stage import (
    CallBack,
    CalledBack,
    CoverStage,
    GiveStage,
    PageTurned,
    PaperShown,
    ShowPaper,
    ShowTitle,
    StageCovered,
    StageGiven,
    StageTaken,
    StageUncovered,
    TakeStage,
    TitleShown,
    TurnPage,
    UncoverStage,
    Zoom,
    Zoomed,
)
from meetingroom.meeting.view import view
from tests.given import AN, BINH, EM, KHACH, MAI, OPENED, PUBLISHED, given, state_of

REPORT = PaperAttached("p1", "d1", "i1", "Báo cáo", 48, ((1, 595.0, 842.0),))
WITH_PAPER = [ItemAdded("i1", "Báo cáo tóm tắt", 25), REPORT]
READY = [*OPENED, *WITH_PAPER]
SHOWN = [*READY, PaperShown("p1", 3)]


def test_the_chair_holds_the_stage_from_the_opening_on():
    assert state_of(OPENED).stage.holder == "an"


def test_the_holder_shows_a_paper_and_turns_its_pages():
    given(READY).when(AN, ShowPaper("p1")).then(PaperShown("p1", 1)).when(AN, TurnPage(2)).then(PageTurned("p1", 2))


@pytest.mark.parametrize("page", [0, -1, 49, 10**9])
def test_there_is_no_page_beyond_the_paper(page):
    given(SHOWN).when(AN, TurnPage(page)).refused("no_such_page")
    given(READY).when(AN, ShowPaper("p1", page)).refused("no_such_page")


def test_nobody_but_the_holder_turns_pages_not_even_the_secretary():
    for actor in (BINH, MAI, EM, KHACH):
        given(SHOWN).when(actor, TurnPage(4)).refused("not_the_holder")


def test_a_page_cannot_turn_when_nothing_is_shown():
    given(READY).when(AN, TurnPage(1)).refused("nothing_shown")
    given(READY).when(AN, Zoom((0, 0, 0.5, 0.5))).refused("nothing_shown")


def test_nothing_moves_before_the_opening_in_a_break_or_after_the_end():
    given(PUBLISHED, WITH_PAPER).when(AN, ShowPaper("p1")).refused("meeting_not_open")
    given(SHOWN, MeetingAdjourned()).when(AN, TurnPage(4)).refused("meeting_adjourned")
    given(SHOWN, MeetingClosed()).when(AN, TurnPage(4)).refused("meeting_over")


def test_a_break_leaves_the_page_where_it_was():
    state = given(SHOWN).when(AN, AdjournMeeting()).after()
    assert (state.stage.paper, state.stage.page) == ("p1", 3)


def test_the_chair_lets_a_delegate_present_and_takes_the_stage_back():
    story = given(SHOWN).when(AN, GiveStage("em")).then(StageGiven("em")).when(EM, TurnPage(9))
    story.then(PageTurned("p1", 9)).when(AN, TurnPage(10)).refused("not_the_holder")
    given(SHOWN, StageGiven("em")).when(AN, TakeStage()).then(StageTaken("an"))
    given(SHOWN, StageGiven("em")).when(BINH, TakeStage()).then(StageTaken("binh"))
    given(SHOWN, StageGiven("em")).when(MAI, TakeStage()).refused("not_allowed")
    given(SHOWN).when(AN, GiveStage("nobody")).refused("no_such_person")


def test_a_zoom_is_cut_to_the_page_and_goes_with_the_next_page():
    story = given(SHOWN).when(AN, Zoom((0.5, 0.5, 0.8, 0.2))).then(Zoomed((0.5, 0.5, 0.5, 0.2)))
    story.when(AN, TurnPage(4)).then(PageTurned("p1", 4))
    assert story.after().stage.rect is None


def test_the_whole_page_is_no_zoom():
    given(SHOWN).when(AN, Zoom((-0.1, 0, 1.2, 1))).then()
    given(SHOWN, Zoomed((0.1, 0.1, 0.5, 0.5))).when(AN, Zoom()).then(Zoomed(None))


@pytest.mark.parametrize("rect", [(0, 0, 0, 0), (2, 2, 1, 1), (0, 0, 0.001, 1), (float("nan"), 0, 1, 1), (0, 0, -1, 1)])
def test_a_slip_of_the_finger_is_no_zoom(rect):
    given(SHOWN).when(AN, Zoom(rect)).refused("bad_rect")


def test_the_title_card_replaces_the_page():
    given(SHOWN).when(AN, ShowTitle()).then(TitleShown())
    given(READY).when(AN, ShowTitle()).then()


COVERED = [*SHOWN, StageCovered()]


def test_a_covered_page_keeps_its_place_on_every_screen():
    state = given(SHOWN, Zoomed((0.1, 0.1, 0.5, 0.5))).when(AN, CoverStage()).then(StageCovered()).after()
    for audience in ("staff", "members", "screens"):
        stage = view(state, audience)["stage"]
        assert (stage["kind"], stage["page"], stage["covered"]) == ("page", 3, True)
    uncovered = view(given(COVERED).when(AN, UncoverStage()).then(StageUncovered()).after(), "members")["stage"]
    assert uncovered | {"since": 0} == view(state_of(SHOWN), "members")["stage"] | {"since": 0}


@pytest.mark.parametrize("command", [TurnPage(4), TurnPage(3), ShowPaper("p1", 1), ShowTitle()])
def test_whoever_shows_something_takes_the_cover_off(command):
    state = given(COVERED).when(AN, command).after()
    assert "covered" not in view(state, "members")["stage"]


def test_covering_twice_says_it_once_and_only_the_holder_covers_what_is_shown():
    given(COVERED).when(AN, CoverStage()).then()
    given(SHOWN).when(AN, UncoverStage()).then()
    given(READY).when(AN, CoverStage()).refused("nothing_shown")
    for command in (CoverStage(), UncoverStage()):
        given(SHOWN).when(EM, command).refused("not_the_holder")
        given(SHOWN, MeetingAdjourned()).when(AN, command).refused("meeting_adjourned")


def test_the_cover_stays_while_the_hand_on_the_stage_changes():
    given(COVERED, StageGiven("em")).when(EM, UncoverStage()).then(StageUncovered())


def test_a_paper_that_is_withdrawn_under_its_cover_leaves_no_cover():
    state = state_of(COVERED, PaperWithdrawn("p1"))
    assert "covered" not in view(state, "members")["stage"]


def test_the_chair_or_secretary_calls_everybody_back():
    state = given(SHOWN).when(MAI, CallBack()).then(CalledBack("")).after()
    assert view(state, "members")["stage"]["call"] == {"n": 1}
    given(SHOWN).when(EM, CallBack()).refused("not_allowed")
    given(SHOWN).when(AN, CallBack("nowhere")).refused("no_such_site")


def test_what_is_shown_is_readable_even_when_it_was_for_staff_only():
    staff_only = PaperEdited("p1", "Báo cáo", True, "staff")
    assert "p1" not in view(state_of(READY, staff_only), "members")["papers"]
    assert "p1" in view(state_of(SHOWN, staff_only), "members")["papers"]
    assert "p1" in view(state_of(READY, staff_only), "staff")["papers"]


def test_a_paper_on_the_stage_cannot_be_withdrawn():
    given(SHOWN).when(MAI, WithdrawPaper("p1")).refused("paper_on_stage")
    given(READY).when(MAI, WithdrawPaper("p1")).then(PaperWithdrawn("p1"))


def test_every_audience_sees_the_same_page():
    pages = {who: view(state_of(SHOWN), who)["stage"]["page"] for who in ("staff", "members", "screens")}
    assert pages == {"staff": 3, "members": 3, "screens": 3}
