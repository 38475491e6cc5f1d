"""What comes along into a new version of a paper, and what stays listed with the old one."""

from dataclasses import replace

from meetingroom.marks.anchoring import Texts, anchored, placed
from meetingroom.marks.carrying import Left, carried, left_behind, list_left, put_over, sought
from meetingroom.marks.merging import Mark
from meetingroom.meeting.state import Version

ONE = Version("d1", 4)
# Page 1 stays, 2 is changed, one is inserted, 3 stays as 4; 4 is gone.
TWO = Version("d2", 4, map=((1, 1, 1, "same"), (2, 2, 1, "changed"), (3, 4, 1, "same")))
THREE = Version("d3", 4, map=((1, 1, 4, "same"),))


def marks(kind="note"):
    return [Mark(f"mark-{n}", "d1", n, kind, {"text": "x"}, rev=n) for n in (1, 2, 3, 4)]


def places(found):
    return [(mark.origin, mark.document, mark.page) for mark in found]


def test_marks_on_pages_that_stayed_the_same_come_along():
    assert places(carried(marks(), [ONE, TWO])) == [("mark-1", "d2", 1), ("mark-3", "d2", 4)]
    assert len(carried(marks("bookmark"), [ONE, TWO])) == 3
    assert carried(marks(), [ONE]) == carried(marks(), []) == []


def test_each_comes_along_once_and_over_several_versions():
    before = marks()
    new = carried(before, [ONE, TWO])
    assert carried([*before, *new], [ONE, TWO]) == []
    assert places(carried([*before, *new], [ONE, TWO, THREE])) == [(mark.id, "d3", mark.page) for mark in new]
    assert places(carried(before, [ONE, TWO, THREE])) == [("mark-1", "d3", 1), ("mark-3", "d3", 4)]


def test_what_was_dropped_stays_dropped():
    before = marks()
    new = [replace(mark, dropped=1) for mark in carried(before, [ONE, TWO])]
    assert carried([*before, *new], [ONE, TWO]) == []
    assert carried([replace(mark, dropped=1) for mark in before], [ONE, TWO]) == []


SHAPE = ((1, 600.0, 900.0),)
WORDS = ["Viện", "kiểm", "sát", "đã", "thụ", "lý", "440", "vụ", "án", "trong", "quý", "ba"]


def page_of(words, down=0.1):
    return [{"text": word, "box": [0.05 * n, down, 0.045, 0.02]} for n, word in enumerate(words)]


def highlight(quote, page=2, id="mark-2", **more):
    return Mark(id, "d1", page, "highlight", {"boxes": [[1, 1, 9, 9]], "c": "blue", "quote": quote, **more}, rev=7)


def again(mark, page, pages):
    return anchored(mark, page, Texts(pages), SHAPE)


def test_a_highlight_goes_where_its_words_are_on_the_changed_page():
    new = page_of(["Thêm", *WORDS], down=0.4)
    found = again(highlight("thụ lý 440 vụ án", before="kiểm sát đã", note="hỏi lại"), 2, {2: new})
    assert (found.page, found.body["from"], found.body["to"], found.body["quote"]) == (2, 5, 9, "thụ lý 440 vụ án")
    assert found.body["boxes"] == [[2500, 6000, 2450, 300]]
    assert (found.body["c"], found.body["note"]) == ("blue", "hỏi lại")
    assert (found.body["before"], found.body["after"]) == ("Thêm Viện kiểm sát đã", "trong quý ba")


def test_words_that_are_not_found_surely_move_nothing():
    mark = highlight("thụ lý 441 vụ án")
    assert again(mark, 2, {2: page_of(WORDS)}) is None
    assert again(highlight("vụ"), 2, {2: page_of(["vụ", "án", "vụ"])}) is None
    assert again(highlight("thụ lý"), None, {2: page_of(WORDS)}) is None
    assert again(highlight("thụ lý"), 2, {}) is None


def test_highlights_with_words_alone_are_looked_for_and_only_off_pages_that_stayed():
    every = [
        highlight("a", 1, "h1"),
        highlight("b", 2, "h2"),
        highlight("", 2, "h3"),
        highlight("c", 4, "h4"),
        *marks(),
    ]
    assert [(mark.id, page) for mark, page in sought(every, [ONE, TWO])] == [("h2", 2), ("h4", None)]
    moved = replace(every[1], page=3, body={"quote": "b"})
    new = carried(every, [ONE, TWO], {("h2", 7): moved, ("mark-2", 99): moved})
    assert ("h2", "d2", 3) in places(new)
    assert len(new) == 4, "what another device changed meanwhile is looked for anew"
    assert sought([*every, *new], [ONE, TWO]) == [(every[3], None)]


def test_what_stayed_behind_is_told_by_page_and_put_over_as_it_stands():
    every = [*marks(), Mark("s1", "d1", 2, "ink"), Mark("s2", "d1", 2, "ink")]
    new = carried(every, [ONE, TWO])
    behind = left_behind([*every, *new], [ONE, TWO])
    assert list_left(behind, [ONE, TWO]) == [Left("d1", 1, 2, 2, 2), Left("d1", 1, 4, 0, 1)]
    over = put_over([*every, *new], [ONE, TWO], "d1", 2)
    assert sorted(places(over)) == [("mark-2", "d2", 2), ("s1", "d2", 2), ("s2", "d2", 2)]
    assert [mark.body.get("moved") for mark in over] == [True] * 3
    assert not any("moved" in mark.body for mark in new)
    assert put_over([*every, *new, *over], [ONE, TWO], "d1", 2) == put_over(every, [ONE, TWO], "d1", 4) == []


def test_on_a_lower_page_nothing_lies_below_its_end():
    low = ((1, 600.0, 300.0),)
    mark = highlight("a", **{"from": 1, "to": 2})
    mark.body["boxes"] = [[10, 9000, 50, 200]]
    there = placed(mark, 3, low)
    assert (there.page, there.body) == (3, {"boxes": [[10, 4801, 50, 200]], "c": "blue", "quote": "a"})
    assert placed(Mark("n", "d1", 2, "note", {"x": 1, "y": 9000}), 3, low).body["y"] == 5001
