"""A new version in the place of a paper."""

from dataclasses import replace

from meetingroom.meeting.agenda import ItemAdded
from meetingroom.meeting.archiving import FactRedacted, FactWithheld
from meetingroom.meeting.ink import DrawInk, InkCleared, InkDrawn, InkErased
from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.papers import AttachPaper, PaperAttached, PaperEdited
from meetingroom.meeting.stage import PageTurned, PaperShown, ShowPaper, StageCovered, TurnPage, Zoomed
from meetingroom.meeting.strokes import encode
from meetingroom.meeting.versions import PaperReplaced, ReplacePaper, page_at
from meetingroom.meeting.view import view
from tests.given import AN, EM, MAI, NINE, OPENED, flat, given, state_of
from tests.meeting.repeating import repeated

A4, WIDE = ((1, 595.0, 842.0),), ((1, 842.0, 595.0),)
MAP = ((1, 1, 3, "same"), (4, 4, 1, "changed"), (5, 6, 4, "same"))  # old page 9 is gone, new page 5 was put in
READY = [*OPENED, ItemAdded("i1", "Báo cáo"), PaperAttached("p1", "d1", "i1", "Báo cáo", 9, A4)]
SECOND = ReplacePaper("p1", "d2", "Sửa số liệu", known=True, compared="d1", pages=10, shape=WIDE, map=MAP)
REPLACED = PaperReplaced("p1", "d2", "Báo cáo", 10, WIDE, MAP, "Sửa số liệu")


def stroke(key: str) -> dict:
    return {"id": key, "t": "pen", "c": "red", "w": 28, "d": encode([(100, 200, 50), (300, 400, 60)])}


def test_the_paper_keeps_its_place_and_has_a_history():
    state = given(READY).when(MAI, SECOND).then(REPLACED).after()
    paper = view(state, "members")["papers"]["p1"]
    assert (paper["document"], paper["pages"], paper["version"]) == ("d2", 10, 2)
    assert [(one["document"], one["pages"], one.get("note")) for one in paper["versions"]] == [
        ("d1", 9, None), ("d2", 10, "Sửa số liệu"),
    ]  # fmt: skip
    assert paper["versions"][1]["map"] == [list(run) for run in MAP]
    assert state.agenda.items["i1"].papers == ("p1",)


def test_only_what_was_compared_with_it_as_it_is_now_takes_its_place():
    given(READY).when(EM, SECOND).refused("not_allowed")
    given(READY).when(MAI, replace(SECOND, known=False)).refused("no_such_version")
    given(READY).when(MAI, replace(SECOND, compared="")).refused("not_compared")
    given(READY, REPLACED).when(MAI, replace(SECOND, document="d3")).refused("not_compared")
    given(READY).when(MAI, replace(SECOND, paper="p9")).refused("no_such_paper")
    given(READY).when(MAI, replace(SECOND, on_stage="now")).refused("not_a_choice")
    given(READY, REPLACED).when(MAI, SECOND).then()


def test_what_is_or_was_a_paper_is_no_new_one():
    other = PaperAttached("p2", "d2", "i1", "Phụ lục", 10)
    given(READY, other).when(MAI, SECOND).refused("already_attached")
    back = ReplacePaper("p1", "d1", known=True, compared="d2", pages=9, map=MAP)
    given(READY, REPLACED).when(MAI, back).refused("already_attached")
    given(READY, REPLACED).when(MAI, AttachPaper("i1", "d1", "Báo cáo", 9)).refused("already_attached")


def test_the_stage_stays_on_the_old_picture_until_its_holder_goes_on():
    shown = given(READY, PaperShown("p1", 9), Zoomed((0.1, 0.1, 0.5, 0.5))).when(MAI, SECOND).then(REPLACED)
    stage = view(shown.after(), "members")["stage"]
    assert (stage["document"], stage["page"], stage["pages"], stage["version"]) == ("d1", 9, 9, 1)
    assert stage["rect"] == [0.1, 0.1, 0.5, 0.5]
    assert stage["shape"] == [[1, 595.0, 842.0]]
    assert stage["newest"] == {"document": "d2", "pages": 10, "version": 2}
    turned = shown.when(AN, TurnPage(10)).then(PageTurned("p1", 10)).after()
    stage = view(turned, "members")["stage"]
    assert (stage["document"], stage["page"], stage["version"]) == ("d2", 10, 2)
    assert "newest" not in stage
    shown = given(READY, PaperShown("p1", 5), REPLACED)
    assert view(shown.state, "members")["stage"]["newest"]["page"] == 6
    assert view(shown.when(AN, ShowPaper("p1", 6)).after(), "members")["stage"]["document"] == "d2"


def test_the_stage_goes_to_the_page_that_stands_for_the_one_shown():
    at_once = replace(SECOND, on_stage="switch")
    near = [PaperShown("p1", 5), Zoomed((0.1, 0.1, 0.5, 0.5)), StageCovered()]
    again = (PaperShown("p1", 6), Zoomed((0.1, 0.1, 0.5, 0.5)), StageCovered())
    given(READY, near).when(MAI, at_once).then(REPLACED, *again)
    given(READY, PaperShown("p1", 4), Zoomed((0.1, 0.1, 0.5, 0.5))).when(MAI, at_once).then(
        REPLACED, PaperShown("p1", 4)
    )
    given(READY, PaperShown("p1", 9)).when(MAI, at_once).refused("no_such_page")
    given(READY).when(MAI, at_once).then(REPLACED)


def test_what_is_written_on_pages_that_are_the_same_is_carried():
    written = [InkDrawn("d1", page, (stroke(f"stroke{page}"),)) for page in (4, 5, 7, 9)]
    state = state_of(READY, PaperShown("p1", 5), written, InkCleared("d1", 7), REPLACED)
    assert list(state.ink.page("d2", 6).strokes) == ["stroke5"]
    assert list(state.ink.page("d1", 5).strokes) == ["stroke5"]
    assert set(state.ink.pages["d2"]) == {6}
    assert view(state, "members")["ink"]["inked"]["d2"] == {"6": 1}
    assert view(state, "members")["ink"]["d1/5"]["rev"] == 1


def test_a_page_is_seen_again_as_it_was_with_what_it_took_over():
    written = [InkDrawn("d1", 5, (stroke("stroke1"),)), InkDrawn("d1", 5, (stroke("stroke2"),))]
    facts = [*READY, PaperShown("p1", 5), *written, REPLACED, InkErased("d2", 6, ("stroke1",)), InkCleared("d2", 6)]
    log = [Recorded(n, NINE, "an", fact) for n, fact in enumerate(flat(facts), 1)]
    then = [list(page_at("m1", log, "d2", 6, rev).strokes) for rev in (2, 3, 4)]
    assert then == [["stroke1", "stroke2"], ["stroke2"], []]
    assert state_of(facts).ink.page("d2", 6).rev == 4
    assert page_at("m1", log, "d2", 6, 3).rev == 3


def test_after_a_stroke_is_withheld_every_screen_fetches_the_page_and_misses_no_later_one():
    written = [InkDrawn("d1", 5, (stroke("stroke1"),)), InkDrawn("d1", 5, (stroke("stroke2"),))]
    assert state_of(READY, PaperShown("p1", 5), written).ink.page("d1", 5).rev == 2
    left = [FactWithheld("0" * 64), written[1], FactRedacted(14, "Viết nhầm")]
    shown = view(state_of(READY, PaperShown("p1", 5), left), "members")["ink"]
    assert shown == {"inked": {"d1": {"5": 3}}, "d1/5": {"rev": 3}, "first": 2}
    facts = [*READY, PaperShown("p1", 5), *left, InkDrawn("d1", 5, (stroke("stroke3"),))]
    assert view(state_of(facts), "members")["ink"]["d1/5"]["rev"] == 4
    log = [Recorded(n, NINE, "an", fact) for n, fact in enumerate(flat(facts), 1)]
    assert list(page_at("m1", log, "d1", 5, 3).strokes) == ["stroke2"]
    alone = [READY, PaperShown("p1", 5), FactWithheld("0" * 64), FactRedacted(14, "Viết nhầm")]
    assert view(state_of(alone), "members")["ink"] == {"first": 2}
    assert state_of(alone, InkDrawn("d1", 5, (stroke("stroke3"),))).ink.page("d1", 5).rev == 3


def test_who_holds_the_stage_writes_on_the_version_that_is_shown():
    kept = given(READY, PaperShown("p1", 9), REPLACED).when(AN, DrawInk("p1", 9, (stroke("stroke1"),)))
    kept.then(InkDrawn("d1", 9, (stroke("stroke1"),)))
    kept.when(AN, TurnPage(10)).when(AN, DrawInk("p1", 10, (stroke("stroke2"),)))
    kept.then(InkDrawn("d2", 10, (stroke("stroke2"),)))


def test_who_sees_it_on_the_stage_alone_hears_nothing_of_its_history():
    hidden = state_of(READY, PaperEdited("p1", "Báo cáo", True, "staff"), PaperShown("p1", 4), REPLACED)
    paper = view(hidden, "members")["papers"]["p1"]
    assert paper["limited"]
    assert paper["version"] == 2
    assert "versions" not in paper


@repeated
def replace_paper(meeting, n):
    paper = meeting.state.papers["p1"]
    new = ReplacePaper("p1", f"new{n}", known=True, compared=paper.document, pages=9, map=((1, 1, 9, "same"),))
    meeting.does(MAI, new)
