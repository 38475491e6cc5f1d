"""What comes along into a new version of a paper, and what stays listed with the old one."""

from dataclasses import replace

from meetingroom.marks.carrying import carried
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
