"""What two devices of one person do to the same marks."""

from dataclasses import replace

import pytest

from meetingroom.marks.bodies import BadBody, check_body
from meetingroom.marks.merging import Mark, Op, merge
from meetingroom.meeting import strokes

NOW = 1_000
NOTE = Mark("note-1", "d1", 4, "note", {"x": 1, "y": 2, "text": "hỏi lại", "c": "yellow"}, rev=5, at=10)
STROKE = Mark("ink-01", "d1", 4, "ink", {"t": "pen", "c": "red", "w": 28, "d": "AAA"}, rev=5)
BOOKMARK = Mark("book-1", "d1", 4, "bookmark", {}, rev=5)
OTHER = {"x": 1, "y": 2, "text": "không hỏi nữa", "c": "yellow"}


def put(mark, body=None, base=None):
    return Op("op-1", mark.id, replace(mark, body=mark.body if body is None else body, rev=0), base, "iPad")


def test_a_note_written_over_the_newest_takes_its_place():
    assert merge(NOTE, put(NOTE, OTHER, base=5), NOW) == (replace(NOTE, body=OTHER, rev=0), "")


@pytest.mark.parametrize("base", [4, None])
def test_a_note_written_over_an_older_one_is_kept_beside_it(base):
    kept, refusal = merge(NOTE, put(NOTE, OTHER, base), NOW)
    assert (refusal, kept.id != NOTE.id) == ("", True)
    assert kept.body == {**OTHER, "copy": {"device": "iPad", "at": 10}}
    assert merge(NOTE, put(NOTE, OTHER, base), NOW)[0].id == kept.id


def test_what_arrives_twice_changes_nothing():
    assert merge(NOTE, put(NOTE), NOW) == (None, "")
    assert merge(STROKE, put(STROKE), NOW) == (None, "")


@pytest.mark.parametrize("mark", [NOTE, STROKE])
def test_what_was_dropped_stays_dropped(mark):
    tomb, _ = merge(mark, Op("op-2", mark.id), NOW)
    assert (tomb.dropped, tomb.body) == (NOW, {})
    tomb = replace(tomb, rev=6)
    assert merge(tomb, put(mark, base=5), NOW) == (None, "mark_dropped")
    assert merge(tomb, Op("op-3", mark.id), NOW) == (None, "")


def test_an_undo_knows_what_it_undoes():
    tomb = replace(merge(STROKE, Op("op-2", STROKE.id), NOW)[0], rev=6)
    assert merge(tomb, put(STROKE, base=6), NOW) == (replace(STROKE, rev=0), "")


def test_a_stroke_never_changes():
    assert merge(STROKE, put(STROKE, {**STROKE.body, "c": "blue"}, base=5), NOW) == (None, "mark_stays")


def test_of_bookmarks_the_last_act_counts():
    assert merge(BOOKMARK, put(BOOKMARK, {"name": "Đề nghị"}), NOW)[0].body == {"name": "Đề nghị"}
    tomb = replace(BOOKMARK, dropped=NOW, rev=6)
    assert merge(tomb, put(BOOKMARK), NOW) == (replace(BOOKMARK, rev=0), "")


def test_one_name_is_of_one_kind():
    assert merge(NOTE, put(replace(STROKE, id="note-1")), NOW) == (None, "another_mark")


D = strokes.encode([(10, 10, 50), (90, 90, 50)])
GOOD = {
    "ink": {"t": "pen", "c": "red", "w": 28, "d": D},
    "highlight": {"boxes": [[10, 20, 300, 40]], "c": "yellow", "from": 3, "to": 9, "quote": "kế hoạch"},
    "note": {"x": 5, "y": 14_000, "text": "hỏi lại"},
    "bookmark": {"name": "Mục II"},
}


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_body_is_kept(kind):
    assert check_body(kind, "mark-1", GOOD[kind], 14_143).items() >= GOOD[kind].items()


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("ink", {"c": "#ff0000"}, "c"), ("ink", {"w": 1}, "w"), ("ink", {"d": "A" * 40_000}, "d"),
        ("ink", {"id": "other-1"}, "id"), ("ink", {"t": "spray"}, "t"), ("ink", {"w": True}, "w"),
        ("ink", {"d": strokes.encode([(10, 14_144, 0)])}, "d"),
        ("highlight", {"boxes": []}, "boxes"), ("highlight", {"boxes": [[0, 0, 10_001, 5]]}, "boxes"),
        ("highlight", {"boxes": [[0, 14_100, 10, 100]]}, "boxes"), ("highlight", {"to": 2}, "to"),
        ("highlight", {"quote": "x" * 4001}, "quote"), ("highlight", {"style": "x"}, "style"),
        ("note", {"text": " "}, "text"), ("note", {"text": 5}, "text"), ("note", {"x": -1}, "x"),
        ("note", {"text": "x" * 10_001}, "text"), ("note", {"copy": {}}, "copy"), ("bookmark", {"name": ["a"]}, "name"),
    ],
)  # fmt: skip
def test_a_body_out_of_bounds_is_refused(kind, change, field):
    with pytest.raises(BadBody, match=field):
        check_body(kind, "mark-1", {**GOOD[kind], **change}, 14_143)


def test_texts_are_kept_composed():
    body = check_body("note", "mark-1", {"x": 1, "y": 1, "text": "ho\u0309i\u0000"}, 100)
    assert body["text"] == "hỏi"
