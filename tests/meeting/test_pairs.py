"""Two pages side by side on every screen."""

import pytest

from meetingroom.meeting.agenda import ItemAdded
from meetingroom.meeting.ink import DrawInk, InkDrawn
from meetingroom.meeting.pairs import PairShown, ShowPair
from meetingroom.meeting.papers import HoldPaper, PaperAttached, PaperEdited, PaperHeld, WithdrawPaper
from meetingroom.meeting.sides import pages_on_stage
from meetingroom.meeting.stage import (
    CoverStage,
    PageTurned,
    PaperShown,
    StageCovered,
    TitleShown,
    TurnPage,
    UncoverStage,
    Zoom,
    Zoomed,
)
from meetingroom.meeting.strokes import encode
from meetingroom.meeting.versions import PaperReplaced, ReplacePaper
from meetingroom.meeting.view import view
from tests.given import AN, BINH, OPENED, PROGRAM, given, state_of

LEFT, RIGHT = {"paper": "p1", "page": 3}, {"paper": "p2", "page": 5}
PAPERS = [
    ItemAdded("i1", "Báo cáo tóm tắt", 25),
    PaperAttached("p1", "d1", "i1", "Báo cáo", 48, ((1, 595.0, 842.0),)),
    PaperAttached("p2", "d2", "i1", "Phụ lục", 9, ((1, 595.0, 842.0),)),
]
READY = [*OPENED, *PAPERS]
PAIR = [*READY, PairShown(LEFT, RIGHT)]
STROKE = {"id": "a" * 16, "t": "pen", "c": "red", "w": 28, "d": encode([(100, 100, 50), (200, 200, 50)])}


def stage(*facts, audience="members"):
    return view(state_of([*PAIR, *facts]), audience)["stage"]


def test_two_pages_come_onto_every_screen():
    given(READY).when(AN, ShowPair(LEFT, RIGHT)).then(PairShown(LEFT, RIGHT))
    given(READY).when(AN, ShowPair({"paper": "p1"}, RIGHT)).then(PairShown({"paper": "p1", "page": 1}, RIGHT))
    given(READY).when(BINH, ShowPair(LEFT, RIGHT)).refused("not_the_holder")
    for wrong in ({}, {"paper": 7}, {"paper": "p1", "page": "3"}, {"paper": "p1", "page": 3, "x": 1}):
        given(READY).when(AN, ShowPair(wrong, RIGHT)).refused("bad_place")
    given(READY).when(AN, ShowPair(LEFT, {"paper": "p2", "page": 10})).refused("no_such_page")
    given(READY).when(AN, ShowPair(LEFT, {"paper": "p9", "page": 1})).refused("no_such_paper")


@pytest.mark.parametrize("audience", ["staff", "members", "screens"])
def test_every_screen_is_told_of_both(audience):
    seen = stage(audience=audience)
    assert seen["kind"] == "pair"
    assert seen["document"] == "d1"
    assert seen["page"] == 3
    assert seen["pair"] == {
        "left": {"paper": "p1", "document": "d1", "page": 3, "pages": 48},
        "right": {"paper": "p2", "document": "d2", "page": 5, "pages": 9},
    }
    assert set(view(state_of(PAIR), audience)["papers"]) == {"p1", "p2"}


def test_the_pages_turn_in_step_or_apart():
    both = [PageTurned("p1", 4, "left"), PageTurned("p2", 6, "right")]
    given(PAIR).when(AN, TurnPage(4)).then(*both)
    given(PAIR).when(AN, TurnPage(4, "both")).then(*both)
    given(PAIR).when(AN, TurnPage(4, "left")).then(PageTurned("p1", 4, "left"))
    given(PAIR).when(AN, TurnPage(9, "right")).then(PageTurned("p2", 9, "right"))
    given(PAIR).when(AN, TurnPage(40)).then(PageTurned("p1", 40, "left"), PageTurned("p2", 9, "right"))
    given(PAIR).when(AN, TurnPage(10, "right")).refused("no_such_page")
    given(PAIR).when(AN, TurnPage(4, "middle")).refused("not_a_choice")
    given(READY, PaperShown("p1", 1)).when(AN, TurnPage(2, "right")).refused("nothing_shown")
    seen = stage(*both)["pair"]
    assert (seen["left"]["page"], seen["right"]["page"]) == (4, 6)


def test_what_is_pointed_out_is_on_both_or_on_one():
    rect = (0.1, 0.1, 0.5, 0.5)
    given(PAIR).when(AN, Zoom(rect)).then(Zoomed(rect))
    given(PAIR).when(AN, Zoom(rect, "right")).then(Zoomed(rect, "right"))
    given(PAIR, Zoomed(rect, "right")).when(AN, Zoom(rect, "right")).then()
    seen = stage(Zoomed(rect, "right"))["pair"]
    assert "rect" not in seen["left"]
    assert seen["right"]["rect"] == list(rect)
    assert all(side["rect"] == list(rect) for side in stage(Zoomed(rect))["pair"].values())
    assert "rect" not in stage(Zoomed(rect), PageTurned("p2", 6, "right"))["pair"]["right"]


def test_one_page_or_the_title_card_ends_the_pair():
    assert "pair" not in stage(PaperShown("p1", 1))
    assert stage(PaperShown("p1", 1))["kind"] == "page"
    assert stage(TitleShown())["kind"] == "title"
    given(PAIR).when(AN, CoverStage()).then(StageCovered())
    given(PAIR).when(AN, WithdrawPaper("p2")).refused("paper_on_stage")


def test_a_stamp_of_secrecy_on_the_right_covers_both():
    held = PaperHeld("p2", 5, "MẬT")
    given(PAIR).when(PROGRAM, HoldPaper("p2", 5, "MẬT")).then(held, StageCovered())
    given(PAIR, held, StageCovered()).when(AN, UncoverStage()).refused("held_for_stamp")
    given(PAIR, held).when(AN, TurnPage(4)).refused("held_for_stamp")
    given(READY, held).when(AN, ShowPair(LEFT, RIGHT)).refused("held_for_stamp")


def test_who_may_read_neither_sees_these_two_pages_only():
    hidden = [PaperEdited(key, "Báo cáo", False, "staff") for key in ("p1", "p2")]
    state = state_of([*READY, *hidden, PairShown(LEFT, RIGHT)])
    assert pages_on_stage(state, "d1") == {3}
    assert pages_on_stage(state, "d2") == {5}
    assert all(paper["limited"] for paper in view(state, "members")["papers"].values())


def test_both_pages_are_written_on():
    drawn = given(PAIR).when(AN, DrawInk("p2", 5, (STROKE,)))
    drawn.then(InkDrawn("d2", 5, (STROKE,)))
    seen = view(state_of([*PAIR, InkDrawn("d1", 3, (STROKE,)), InkDrawn("d2", 5, (STROKE,))]), "members")["ink"]
    assert seen["d1/3"]["rev"] == 1
    assert seen["d2/5"]["rev"] == 1
    # Two pages of one paper, and it is seen on the stage alone.
    own = [PaperEdited("p1", "Báo cáo", False, "staff"), PairShown(LEFT, {"paper": "p1", "page": 8})]
    inked = [*READY, *own, *(InkDrawn("d1", page, (STROKE,)) for page in (3, 7, 8))]
    assert view(state_of(inked), "members")["ink"]["inked"] == {"d1": {"3": 1, "8": 1}}


def test_a_new_version_stays_off_a_pair_or_takes_its_pages():
    new = {"known": True, "compared": "d2", "pages": 9, "map": ((1, 2, 8, "same"),)}
    stays = given(PAIR).when(AN, ReplacePaper("p2", "d3", **new))
    stays.then(PaperReplaced("p2", "d3", "Phụ lục", 9, map=new["map"]))
    goes = given(PAIR).when(AN, ReplacePaper("p2", "d3", on_stage="switch", **new))
    goes.then(
        PaperReplaced("p2", "d3", "Phụ lục", 9, map=new["map"]),
        PairShown(LEFT, {"paper": "p2", "page": 6}),
    )
    kept = stage(PaperReplaced("p2", "d3", "Phụ lục", 9, map=new["map"]))["pair"]["right"]
    assert kept["document"] == "d2"
    assert kept["newest"] == {"document": "d3", "pages": 9, "page": 6, "version": 2}
