"""Meetings that come again: what came of the last one stands first, what was not reached goes on."""

from dataclasses import replace

from meetingroom.meeting.agenda import FollowupShown, ItemAdded, ItemFinished, ItemMoved, ItemStarted, StartItem
from meetingroom.meeting.conclusions import DirectiveIssued
from meetingroom.meeting.lifecycle import MeetingArchived, MeetingClosed, MeetingOpened, MeetingPublished
from meetingroom.meeting.papers import PaperAttached
from meetingroom.meeting.series import AddFollowup, CarryItem, ChooseSeries, ItemCarried, SeriesChosen
from meetingroom.meeting.stage import (
    FollowupTurned,
    PaperShown,
    ShowFollowup,
    ShowPaper,
    StageGiven,
    TitleShown,
    TurnPage,
)
from meetingroom.meeting.view import view
from tests.given import AN, CREATED, DUNG, EM, MAI, PEOPLE, given, state_of

DRAFT = [replace(CREATED, series="s1"), *PEOPLE]
OPENED = [*DRAFT, MeetingPublished(), MeetingOpened("an")]
ONE, TWO = ItemAdded("i1", "Báo cáo", 30, ("em",)), ItemAdded("i2", "Thảo luận")
TITLES = ("Thông qua biên bản kỳ trước", "Kiểm điểm việc thực hiện kết luận")
FOLLOWUP = ItemAdded("f", TITLES[1], kind="followup")
ROWS = ({"task": "d1", "text": "Tập huấn", "unit": "Phòng 1", "due": "2026-12-01", "late": "15"},)


def test_the_agenda_begins_with_the_last_minutes_and_what_came_of_them():
    after = given(DRAFT, ONE).when(DUNG, AddFollowup(TITLES)).after()
    assert [after.agenda.items[key].kind for key in after.agenda.order] == ["prior_minutes", "followup", ""]
    given(DRAFT, FOLLOWUP).when(DUNG, AddFollowup(TITLES)).refused("followup_there")
    given(DRAFT).when(EM, AddFollowup(TITLES)).refused("not_allowed")
    facts = given(OPENED, ONE, TWO, ItemStarted("i1")).when(MAI, AddFollowup(TITLES)).outcome
    assert [fact.before for fact in facts if isinstance(fact, ItemMoved)] == ["i2", "i2"]


def test_when_the_item_starts_what_is_shown_is_a_fact_and_stays():
    started = given(OPENED, FOLLOWUP, TWO).when(AN, StartItem("f", ROWS))
    started.then(ItemStarted("f"), FollowupShown("f", ROWS))
    again = given(OPENED, FOLLOWUP, TWO, ItemStarted("f"), FollowupShown("f", ROWS), ItemFinished("f"))
    again.when(AN, StartItem("f", ())).then(ItemStarted("f"))
    given(OPENED, ONE).when(AN, StartItem("i1", ROWS)).then(ItemStarted("i1"))


MANY = tuple({"task": f"d{n}", "text": "Việc", "unit": "Phòng 1"} for n in range(14))
LISTED = [*OPENED, FOLLOWUP, TWO, ItemStarted("f"), FollowupShown("f", MANY)]


def stage_of(facts, audience="screens"):
    return view(state_of(*facts), audience)["stage"]


def test_while_the_item_lasts_its_list_stands_where_the_title_card_would_be():
    for audience in ("staff", "members", "screens"):
        assert stage_of(LISTED, audience)["followup"] == {"item": "f", "page": 1, "pages": 3, "size": 6}
    assert "followup" not in stage_of([*LISTED, ItemFinished("f")])
    assert "followup" not in stage_of([*LISTED, ItemFinished("f"), ItemStarted("i2")])
    empty = [*OPENED, FOLLOWUP, ItemStarted("f"), FollowupShown("f", ())]
    assert stage_of(empty)["followup"] == {"item": "f", "page": 1, "pages": 1, "size": 6}


def test_whoever_has_the_stage_turns_the_pages_of_the_list():
    turned = given(LISTED).when(AN, ShowFollowup(3)).then(FollowupTurned("f", 3))
    assert view(turned.after(), "members")["stage"]["followup"]["page"] == 3
    given(LISTED).when(AN, TurnPage(2)).then(FollowupTurned("f", 2))
    given(LISTED).when(AN, ShowFollowup(1)).then()
    given(LISTED).when(AN, ShowFollowup(4)).refused("no_such_page")
    given(LISTED).when(AN, TurnPage(0)).refused("no_such_page")
    given(LISTED).when(MAI, ShowFollowup(2)).refused("not_the_holder")
    given(OPENED, ONE, ItemStarted("i1")).when(AN, ShowFollowup()).refused("nothing_shown")


def test_a_paper_and_the_list_give_way_to_each_other():
    paper = PaperAttached("p1", "d1", "i1", "Báo cáo", 3)
    shown = [OPENED, ONE, FOLLOWUP, paper, ItemStarted("i1"), PaperShown("p1")]
    begun = given(shown).when(AN, StartItem("f", MANY))
    begun.then(ItemFinished("i1"), ItemStarted("f"), FollowupShown("f", MANY), TitleShown())
    assert view(begun.after(), "screens")["stage"]["followup"]["pages"] == 3
    back = begun.when(AN, ShowPaper("p1", 2))
    assert "followup" not in view(back.after(), "screens")["stage"]
    assert "followup" in view(back.when(AN, ShowFollowup(2)).after(), "screens")["stage"]
    # Nobody's page is turned under their finger.
    lent = given(shown, StageGiven("em")).when(AN, StartItem("f", MANY))
    lent.then(ItemFinished("i1"), ItemStarted("f"), FollowupShown("f", MANY))


def test_an_item_that_is_not_reached_leaves_or_stays_too():
    moved = given(OPENED, ONE, TWO).when(MAI, CarryItem("i1", "move"))
    moved.then(ItemCarried("i1", "move", "Báo cáo", 30, ("em",)))
    assert moved.after().agenda.order == ("i2",)
    stays = given(OPENED, ONE, TWO).when(MAI, CarryItem("i1", "repeat"))
    assert stays.after().agenda.order == ("i1", "i2")
    given(OPENED, ONE, MeetingClosed()).when(DUNG, CarryItem("i1", "repeat")).after()


def test_what_is_carried_once_is_not_carried_twice_and_what_was_reached_not_at_all():
    given(OPENED, ONE, ItemCarried("i1", "repeat", "x")).when(MAI, CarryItem("i1", "repeat")).refused("already_carried")
    given(OPENED, ONE, ItemStarted("i1")).when(MAI, CarryItem("i1", "move")).refused("item_reached")
    given(OPENED, FOLLOWUP).when(MAI, CarryItem("f", "move")).refused("already_carried")
    given(OPENED, ONE).when(MAI, CarryItem("i1", "throw")).refused("not_a_choice")
    given(OPENED, ONE).when(AN, CarryItem("i1", "move")).refused("not_allowed")
    with_paper = [OPENED, ONE, PaperAttached("p1", "d1", "i1", "Báo cáo", 1)]
    given(with_paper).when(MAI, CarryItem("i1", "move")).refused("item_has_papers")
    given(CREATED, *PEOPLE, ONE).when(MAI, CarryItem("i1", "move")).refused("not_in_series")


def test_a_meeting_joins_a_series_whenever_and_leaves_it_while_nothing_rests_on_that():
    joined = given(CREATED, *PEOPLE, ONE).when(DUNG, ChooseSeries("s1", ("dung",))).then(SeriesChosen("s1"))
    assert view(joined.after(), "staff")["meeting"]["series"] == "s1"
    joined.when(DUNG, ChooseSeries("s1", ("dung",))).then()
    assert "series" not in view(joined.when(DUNG, ChooseSeries("")).after(), "staff")["meeting"]
    given(OPENED, MeetingClosed()).when(MAI, ChooseSeries("s2", ("mai",))).then(SeriesChosen("s2"))
    given(CREATED, *PEOPLE).when(DUNG, ChooseSeries("s1", ("mai",))).refused("no_such_series")
    given(CREATED, *PEOPLE).when(AN, ChooseSeries("s1", ("an",))).refused("not_allowed")
    given(OPENED, MeetingClosed(), MeetingArchived()).when(MAI, ChooseSeries("")).refused("meeting_over")


def test_what_rests_on_a_series_keeps_the_meeting_in_it():
    issued = DirectiveIssued("d1", "c1", "Tập huấn", lead_unit="p1")
    for facts in ([*DRAFT, FOLLOWUP], [*DRAFT, ONE, ItemCarried("i1", "repeat", "x")], [*OPENED, issued]):
        given(facts).when(DUNG, ChooseSeries("")).refused("rests_on_series")
        given(facts).when(DUNG, ChooseSeries("s2", ("dung",))).refused("rests_on_series")
    given(DRAFT).when(DUNG, ChooseSeries("", (), 1)).refused("rests_on_series")
