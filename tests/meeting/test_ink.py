"""What is written on the pages for everybody."""

import json

import pytest

from meetingroom.meeting.agenda import ItemAdded
from meetingroom.meeting.ink import (
    PAGE,
    ClearInk,
    DrawInk,
    EraseInk,
    InkCleared,
    InkDrawn,
    InkErased,
    InkRestored,
    RestoreInk,
    strokes_of,
)
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.lifecycle import MeetingAdjourned, MeetingClosed
from meetingroom.meeting.papers import PaperAttached, PaperEdited
from meetingroom.meeting.stage import PageTurned, PaperShown, StageGiven, TitleShown, Zoomed
from meetingroom.meeting.strokes import encode
from meetingroom.meeting.view import patch, view
from tests.given import AN, BINH, EM, MAI, NINE, OPENED, given, state_of
from tests.meeting.repeating import repeated

A4 = ((1, 595.0, 842.0),)
READY = [*OPENED, ItemAdded("i1", "Báo cáo", 25), PaperAttached("p1", "d1", "i1", "Báo cáo", 48, A4)]
SHOWN = [*READY, PaperShown("p1", 4)]


def stroke(key="stroke1", **fields) -> dict:
    return {"id": key, "t": "pen", "c": "red", "w": 28, "d": encode([(100, 200, 50), (300, 400, 60)])} | fields


def drawn(*keys: str, page: int = 4) -> InkDrawn:
    return InkDrawn("d1", page, tuple(stroke(key) for key in keys))


def draws(*keys: str, page: int = 4, erase=()) -> DrawInk:
    return DrawInk("p1", page, tuple(stroke(key) for key in keys), erase)


def there(state, page=4) -> list[str]:
    return list(state.ink.page("d1", page).strokes)


def test_the_holder_writes_and_everybody_has_it():
    state = given(SHOWN).when(AN, draws("stroke1", "stroke2")).then(drawn("stroke1", "stroke2")).after()
    for audience in ("staff", "members", "screens"):
        seen = view(state, audience)["ink"]
        assert seen["inked"] == {"d1": {"4": 1}}
        assert seen["d1/4"]["rev"] == 1
        assert [each["id"] for each in seen["d1/4"]["ops"]["1"]["draw"]] == ["stroke1", "stroke2"]
    assert strokes_of(state.ink.page("d1", 4))[0] == stroke("stroke1") | {"by": "an", "at": state.at}


def test_nobody_else_writes_or_erases_and_the_chair_clears():
    lent = [*SHOWN, StageGiven("em"), drawn("stroke1")]
    for actor in (AN, BINH, MAI):
        given(lent).when(actor, draws("stroke2")).refused("not_the_holder")
        given(lent).when(actor, EraseInk("p1", 4, ("stroke1",))).refused("not_the_holder")
    given(lent).when(EM, draws("stroke2")).then(drawn("stroke2"))
    given(lent).when(AN, ClearInk("p1", 4)).then(InkCleared("d1", 4))
    given(lent).when(EM, ClearInk("p1", 4)).then(InkCleared("d1", 4))
    given(lent).when(MAI, ClearInk("p1", 4)).refused("not_the_holder")


def test_nothing_is_written_in_a_break_after_the_end_or_where_there_is_no_page():
    given(SHOWN, MeetingAdjourned()).when(AN, draws("stroke1")).refused("meeting_adjourned")
    given(SHOWN, MeetingClosed()).when(AN, draws("stroke1")).refused("meeting_over")
    given(SHOWN, MeetingClosed()).when(AN, ClearInk("p1", 4)).refused("meeting_over")
    for page in (0, 49, -1):
        given(SHOWN).when(AN, draws("stroke1", page=page)).refused("no_such_page")
    given(SHOWN).when(AN, DrawInk("p9", 1, (stroke(),))).refused("no_such_paper")


def test_a_presenter_does_not_find_out_by_writing_which_papers_are_the_staff_s():
    hidden = [*READY, PaperEdited("p1", "Báo cáo", True, "staff"), StageGiven("em")]
    given(hidden).when(EM, draws("stroke1")).refused("no_such_paper")
    given(hidden).when(AN, draws("stroke1")).refused("not_the_holder")


@pytest.mark.parametrize("wrong", [{"c": "#d00"}, {"w": 0}, {"id": "x"}, {"d": "?"}, {"t": "brush"}])
def test_a_stroke_out_of_bounds_is_a_wrong_field(wrong):
    given(SHOWN).when(AN, DrawInk("p1", 4, (stroke() | wrong,))).refused("bad_stroke")
    given(SHOWN).when(AN, DrawInk("p1", 4, ({"d": "AAAA"},))).refused("bad_stroke")


def test_strokes_that_have_arrived_are_not_drawn_twice():
    given(SHOWN, drawn("stroke1")).when(AN, draws("stroke1")).then()
    given(SHOWN, drawn("stroke1")).when(AN, draws("stroke1", "stroke2")).then(drawn("stroke2"))
    given(SHOWN).when(AN, draws("stroke1", "stroke1")).then(drawn("stroke1"))


def test_what_is_erased_goes_and_comes_back_under_the_same_id():
    story = given(SHOWN, drawn("stroke1", "stroke2")).when(AN, EraseInk("p1", 4, ("stroke1", "nobody")))
    story.then(InkErased("d1", 4, ("stroke1",))).when(AN, draws("stroke1")).then(drawn("stroke1"))
    assert there(story.after()) == ["stroke2", "stroke1"]
    given(SHOWN).when(AN, EraseInk("p1", 4, ("stroke1",))).then()


def test_a_cut_is_one_wish():
    cut = given(SHOWN, drawn("stroke1", "stroke2")).when(AN, draws("piece01", "piece02", erase=("stroke1", "nobody")))
    cut.then(InkErased("d1", 4, ("stroke1",)), drawn("piece01", "piece02"))
    assert there(cut.after()) == ["stroke2", "piece01", "piece02"]


def test_a_cleared_page_comes_back_for_a_while():
    gone = given(SHOWN, drawn("stroke1")).when(AN, ClearInk("p1", 4)).then(InkCleared("d1", 4))
    assert there(gone.after()) == []
    back = gone.when(Actor("an", "chair", NINE + 30_000), RestoreInk("p1", 4)).then(InkRestored("d1", 4))
    assert there(back.after()) == ["stroke1"]
    back.when(AN, RestoreInk("p1", 4)).refused("nothing_to_restore")
    late = Actor("an", "chair", NINE + 3_600_000)
    given(SHOWN, drawn("stroke1"), InkCleared("d1", 4)).when(late, RestoreInk("p1", 4)).refused("nothing_to_restore")
    given(SHOWN).when(AN, ClearInk("p1", 4)).then()


def full(count: int, page: int = 4) -> list[InkDrawn]:
    return [drawn(*(f"s{page}-{at + n:05}" for n in range(200)), page=page) for at in range(0, count, 200)]


def test_a_page_takes_three_thousand_strokes_and_a_paper_ten_thousand():
    given(SHOWN, full(PAGE)).when(AN, draws("onemore")).refused("ink_full")
    given(SHOWN, full(PAGE)).when(AN, draws("onemore", erase=("s4-00000",))).then(
        InkErased("d1", 4, ("s4-00000",)), drawn("onemore")
    )
    given(SHOWN, full(PAGE)).when(AN, draws("onemore", page=5)).then(drawn("onemore", page=5))
    crowded = [fact for page in (4, 5, 6) for fact in full(3000, page)] + full(1000, 7)
    given(SHOWN, crowded).when(AN, draws("onemore", page=8)).refused("ink_full")


def test_a_command_takes_no_more_than_a_screen_sends():
    given(SHOWN).when(AN, DrawInk("p1", 4, ())).refused("too_many_strokes")
    given(SHOWN).when(AN, DrawInk("p1", 4, tuple(stroke(f"stroke{n}") for n in range(201)))).refused("too_many_strokes")


def test_a_page_turn_carries_no_ink():
    before = state_of(SHOWN, full(400), full(200, 5))
    turned = state_of(SHOWN, full(400), full(200, 5), PageTurned("p1", 5))
    for audience in ("staff", "members"):
        seen = patch(view(before, audience)["ink"], view(turned, audience)["ink"])
        assert seen == {"d1/4": None, "d1/5": {"rev": 1}}
    # A big screen knows of the page it shows, and of no other.
    assert view(turned, "screens")["ink"] == {"d1/5": {"rev": 1}, "inked": {"d1": {"5": 1}}}


def test_coming_back_to_a_page_tells_only_what_is_new_since():
    back = [*SHOWN, drawn("stroke1"), PageTurned("p1", 5), PageTurned("p1", 4)]
    assert view(state_of(back), "members")["ink"]["d1/4"] == {"rev": 1}
    seen = view(state_of(back, drawn("stroke2")), "members")["ink"]["d1/4"]
    assert seen["rev"] == 2
    assert list(seen["ops"]) == ["2"]
    zoomed = view(state_of(back, drawn("stroke2"), Zoomed((0.1, 0.1, 0.5, 0.5))), "members")["ink"]["d1/4"]
    assert zoomed == seen


def test_screens_are_told_the_newest_operations_without_a_gap_and_no_more():
    many = view(state_of(SHOWN, [drawn(f"stroke{n}") for n in range(50)]), "members")["ink"]["d1/4"]
    assert (many["rev"], list(many["ops"])) == (50, [str(n) for n in range(19, 51)])
    large = view(state_of(SHOWN, [drawn(*(f"s{n}-{m:05}" for m in range(200))) for n in range(9)]), "members")["ink"]
    assert len(json.dumps(large["d1/4"])) < 60_000
    restored = view(state_of(SHOWN, drawn("stroke1"), InkCleared("d1", 4), InkRestored("d1", 4)), "members")["ink"]
    assert restored["d1/4"] == {"rev": 3}


def test_whoever_may_not_read_a_paper_is_not_told_that_it_is_written_on():
    hidden = [*SHOWN, drawn("stroke1"), PaperEdited("p1", "Báo cáo", True, "staff")]
    assert view(state_of(hidden, TitleShown()), "members")["ink"] == {}
    assert view(state_of(hidden, TitleShown()), "screens")["ink"] == {}
    assert view(state_of(hidden, TitleShown()), "staff")["ink"] == {"inked": {"d1": {"4": 1}}}
    shown = view(state_of(hidden, drawn("stroke2", page=7)), "members")["ink"]
    assert (shown["d1/4"]["rev"], shown["inked"]) == (1, {"d1": {"4": 1}})  # of the page on every screen, no other
    elsewhere = view(state_of(hidden, PageTurned("p1", 5)), "members")["ink"]
    assert elsewhere == {}


@repeated
def draw_ink(meeting, n):
    meeting.does(AN, DrawInk("p1", 1, tuple(stroke(f"s{n}-{m:05}") for m in range(10))))


@repeated
def erase_ink(meeting, n):
    meeting.does(AN, DrawInk("p1", 1, (stroke(f"stroke{n}"),)))
    meeting.does(AN, EraseInk("p1", 1, (f"stroke{n}",)))


@repeated
def clear_ink(meeting, n):
    meeting.does(AN, DrawInk("p1", 1, (stroke(f"stroke{n}"),)))
    meeting.does(AN, ClearInk("p1", 1))


@repeated
def restore_ink(meeting, n):
    clear_ink(meeting, n)
    meeting.does(AN, RestoreInk("p1", 1))
    meeting.does(AN, EraseInk("p1", 1, (f"stroke{n}",)))
