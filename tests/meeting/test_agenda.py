"""The programme and its papers."""

from dataclasses import replace

import pytest

from meetingroom.meeting.agenda import (
    AddItem,
    EditItem,
    FinishItem,
    ItemAdded,
    ItemEdited,
    ItemFinished,
    ItemMoved,
    ItemRemoved,
    ItemStarted,
    MoveItem,
    RemoveItem,
    StartItem,
)
from meetingroom.meeting.lifecycle import MeetingClosed, MeetingPublished
from meetingroom.meeting.papers import (
    AttachPaper,
    EditPaper,
    MovePaper,
    PaperAttached,
    PaperEdited,
    PaperMoved,
    RenewText,
    TextRenewed,
)
from meetingroom.meeting.stage import PaperShown, StageGiven, StageTaken, TitleShown
from meetingroom.meeting.view import follow, view
from tests.given import AN, DRAFT, EM, MAI, OPENED, PROGRAM, PUBLISHED, given, state_of

ITEMS = [ItemAdded("i1", "Khai mạc", 10), ItemAdded("i2", "Báo cáo", 25, ("em",)), ItemAdded("i3", "Bế mạc", 5)]
PAPER = PaperAttached("p1", "d1", "i2", "Báo cáo", 48, ((1, 595.0, 842.0),))
ATTACH = AttachPaper("i1", "d2", "Phụ lục", 9, ((1, 842.0, 595.0),))


def test_the_secretary_adds_items_and_they_keep_their_order():
    story = given(DRAFT).when(MAI, AddItem("Khai mạc", 10, ("Ban tổ chức",)))
    (added,) = story.outcome
    assert added == ItemAdded(added.item, "Khai mạc", 10, ("Ban tổ chức",))
    state = given(DRAFT, ITEMS).when(MAI, MoveItem("i3", "i1")).then(ItemMoved("i3", "i1")).after()
    assert state.agenda.order == ("i3", "i1", "i2")
    given(DRAFT, ITEMS).when(MAI, MoveItem("i3")).then()


@pytest.mark.parametrize("minutes", [-1, 24 * 60 + 1])
def test_planned_minutes_fit_a_day(minutes):
    given(DRAFT).when(MAI, AddItem("Khai mạc", minutes)).refused("not_a_number")


def test_an_edit_keeps_what_is_left_out():
    given(DRAFT, ITEMS).when(MAI, EditItem("i2", minutes=30)).then(ItemEdited("i2", "Báo cáo", 30, ("em",)))
    given(DRAFT, ITEMS).when(MAI, EditItem("i2", title="Báo cáo")).then()
    given(DRAFT, ITEMS).when(MAI, EditItem("i2", title=" ")).refused("empty")
    given(DRAFT, ITEMS).when(EM, EditItem("i2", title="Khác")).refused("not_allowed")


def test_starting_an_item_finishes_the_one_before():
    given(OPENED, ITEMS).when(AN, StartItem("i1")).then(ItemStarted("i1")).when(MAI, StartItem("i2")).then(
        ItemFinished("i1"), ItemStarted("i2")
    ).when(AN, FinishItem("i2")).then(ItemFinished("i2"))
    given(OPENED, ITEMS).when(AN, FinishItem("i1")).refused("item_not_current")
    given(OPENED, ITEMS, ItemStarted("i1")).when(AN, StartItem("i1")).refused("item_is_current")
    given(PUBLISHED, ITEMS).when(AN, StartItem("i1")).refused("meeting_not_open")


def test_starting_an_item_shows_its_first_paper():
    second = PaperAttached("p2", "d2", "i2", "Phụ lục", 3)
    shown = [ItemStarted("i2"), PaperShown("p1", 1)]
    for who in (AN, MAI):
        given(OPENED, ITEMS, PAPER, second).when(who, StartItem("i2")).then(shown)
    # Where one of its papers is on the stage already, nobody's page jumps.
    given(OPENED, ITEMS, PAPER, second, PaperShown("p2", 3)).when(AN, StartItem("i2")).then(ItemStarted("i2"))
    given(OPENED, ITEMS, PAPER, PaperShown("p1", 3), TitleShown()).when(AN, StartItem("i2")).then(shown)
    # An item without a paper leaves the page of the discussion where it is.
    given(OPENED, ITEMS, PAPER, PaperShown("p1", 3)).when(AN, StartItem("i3")).then(ItemStarted("i3"))


def test_what_only_the_staff_may_read_does_not_come_onto_the_screens_by_the_way():
    kept, second = PaperEdited("p1", "Báo cáo", False, "staff"), PaperAttached("p2", "d2", "i2", "Phụ lục", 3)
    given(OPENED, ITEMS, PAPER, kept).when(AN, StartItem("i2")).then(ItemStarted("i2"))
    given(OPENED, ITEMS, PAPER, kept, second).when(AN, StartItem("i2")).then(ItemStarted("i2"), PaperShown("p2", 1))


def test_a_presenter_keeps_the_page_when_an_item_starts():
    lent = [OPENED, ITEMS, PAPER, StageGiven("em")]
    for who in (AN, MAI):
        given(lent).when(who, StartItem("i2")).then(ItemStarted("i2"))
    given(lent, StageTaken("an")).when(AN, StartItem("i2")).then(ItemStarted("i2"), PaperShown("p1", 1))
    given(OPENED, ITEMS, PAPER, StageGiven("mai")).when(MAI, StartItem("i2")).then(
        ItemStarted("i2"), PaperShown("p1", 1)
    )


def test_an_item_that_was_reached_or_has_papers_stays():
    given(OPENED, ITEMS, ItemStarted("i1")).when(MAI, RemoveItem("i1")).refused("item_reached")
    given(DRAFT, ITEMS, PAPER).when(MAI, RemoveItem("i2")).refused("item_has_papers")
    given(DRAFT, ITEMS).when(MAI, RemoveItem("i1")).then(ItemRemoved("i1"))


def test_a_document_is_attached_when_it_is_ready_and_once():
    story = given(DRAFT, ITEMS).when(MAI, ATTACH)
    (attached,) = story.outcome
    assert attached == PaperAttached(attached.paper, "d2", "i1", "Phụ lục", 9, ((1, 842.0, 595.0),))
    story.when(MAI, ATTACH).then()
    story.when(MAI, replace(ATTACH, item="i2")).refused("already_attached")
    given(DRAFT, ITEMS).when(MAI, AttachPaper("i1", "d9")).refused("document_not_ready")
    given(OPENED, ITEMS, MeetingClosed()).when(MAI, ATTACH).refused("meeting_over")


def test_files_chosen_at_once_stand_in_that_order_whichever_is_ready_first():
    sent = {"first": 10, "second": 20, "third": 30}
    story = given(DRAFT, ITEMS, replace(PAPER, item="i1"))
    for document in ("third", "first", "second"):
        story = story.when(replace(MAI, seed=document), replace(ATTACH, document=document, sent=sent[document]))
    state = story.after()
    assert [state.papers[key].document for key in state.agenda.items["i1"].papers] == ["d1", "first", "second", "third"]
    state = story.when(replace(MAI, seed="hand"), replace(ATTACH, document="by hand")).after()
    assert state.papers[state.agenda.items["i1"].papers[-1]].document == "by hand"


def test_a_paper_moves_between_items_and_stands_in_one():
    state = given(PUBLISHED, ITEMS, PAPER).when(MAI, MovePaper("p1", "i3")).then(PaperMoved("p1", "i3")).after()
    seen = view(state, "members")["agenda"]["items"]
    assert [seen[key].get("papers") for key in ("i1", "i2", "i3")] == [None, None, ["p1"]]
    assert view(state, "members")["papers"]["p1"]["item"] == "i3"


def test_who_may_read_and_download_is_set_per_paper():
    story = given(PUBLISHED, ITEMS, PAPER).when(MAI, EditPaper("p1", download=False, readers="staff"))
    state = story.then(PaperEdited("p1", "Báo cáo", False, "staff")).after()
    assert "p1" not in view(state, "members")["papers"]
    given(DRAFT, ITEMS, PAPER).when(MAI, EditPaper("p1", readers="everyone")).refused("not_a_choice")


def test_a_paper_that_has_to_be_looked_at_first_is_for_the_staff():
    """The server says so when it is attached; one command of the staff lets the others read it."""
    story = given(PUBLISHED, ITEMS).when(MAI, replace(ATTACH, readers="staff"))
    (attached,) = story.outcome
    assert attached.readers == "staff"
    assert attached.paper not in view(story.after(), "members")["papers"]
    state = story.when(MAI, EditPaper(attached.paper, readers="members")).after()
    assert attached.paper in view(state, "members")["papers"]


def test_the_view_leaves_out_what_is_not_there():
    seen = view(state_of(PUBLISHED, ItemAdded("i1", "Khai mạc")), "members")["agenda"]
    assert seen == {"order": ["i1"], "items": {"i1": {"title": "Khai mạc", "status": "waiting"}}}


def test_a_screen_in_the_hall_gets_the_names_of_the_presenters():
    state = state_of(PUBLISHED, ItemAdded("i1", "Báo cáo", 20, ("em", "Bùi Thị Hạnh")))
    assert view(state, "screens")["agenda"]["items"]["i1"]["presenters"] == ["Hoàng Văn Em", "Bùi Thị Hạnh"]
    assert view(state, "members")["agenda"]["items"]["i1"]["presenters"] == ["em", "Bùi Thị Hạnh"]


@pytest.mark.parametrize("audience", ["members", "screens"])
def test_programme_and_papers_of_a_draft_are_the_staffs_alone(audience):
    seen = view(state_of(DRAFT, ITEMS, PAPER), audience)
    assert (seen["agenda"], seen["papers"]) == ({"order": [], "items": {}}, {})
    assert list(view(state_of(DRAFT, ITEMS, PAPER), "staff")["papers"]) == ["p1"]
    assert view(state_of(PUBLISHED, ITEMS, PAPER), audience)["agenda"]["order"] == ["i1", "i2", "i3"]


def test_with_the_publication_the_programme_comes_to_those_who_look_already():
    before, after = state_of(DRAFT, ITEMS, PAPER), state_of(DRAFT, ITEMS, PAPER, MeetingPublished())
    fresh = follow(before, view(before, "members"), after, "members")
    assert fresh == view(after, "members")
    assert list(fresh["papers"]) == ["p1"]


def test_screens_learn_that_a_papers_words_were_read_anew():
    story = given(PUBLISHED, ITEMS, PAPER).when(PROGRAM, RenewText("p1", 2)).then(TextRenewed("p1", 2))
    assert view(story.after(), "members")["papers"]["p1"]["t"] == 2
    story.when(PROGRAM, RenewText("p1", 2)).then()
