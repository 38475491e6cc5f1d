"""A presentation script as operations: ordered, idempotent, taken back, and no typed text lost."""

import random

import pytest

from meetingroom.cases.scripts import steps as rules
from meetingroom.meeting.kernel import Refused


def page(id: str, n: int = 1, **more) -> dict:
    return {"id": id, "kind": "evidence", "document": "d1", "page": n, **more}


def op(script: dict, name: str, /, rev: int | None = None, **fields) -> dict:
    return {"id": f"o{script['rev']}", "rev": script["rev"] if rev is None else rev, name: fields}


def of(*ids: str) -> dict:
    script = rules.new_script()
    return rules.apply(script, op(script, "add", steps=[page(id) for id in ids]))


def ids(script: dict) -> str:
    return "".join(each["id"] for each in script["steps"])


def refused(script: dict, wish: dict) -> Refused:
    with pytest.raises(Refused) as no:
        rules.apply(script, wish)
    return no.value


def test_steps_stand_where_they_are_put():
    script = of("a", "b", "c")
    script = rules.apply(script, op(script, "add", steps=[page("d"), page("e")], after="a"))
    assert ids(script) == "adebc"
    script = rules.apply(script, op(script, "move", step="c", before="a"))
    assert ids(script) == "cadeb"
    script = rules.apply(script, op(script, "move", step="c", before="gone"))
    assert ids(script) == "adebc"
    script = rules.apply(script, op(script, "remove", steps=["d", "a"]))
    assert ids(script) == "ebc"
    script = rules.apply(script, op(script, "restore", steps=["d", "a"]))
    assert ids(script) == "adebc"
    assert refused(script, op(script, "add", steps=[page("a")])).code == "step_taken"
    assert refused(script, op(script, "remove", steps=["x"])).code == "no_such_step"


def test_two_at_the_same_words_both_keep_theirs():
    script = of("a", "b")
    seen = script["rev"]
    script = rules.apply(script, op(script, "edit", step="a", set={"note": "của Em"}))
    no = refused(script, op(script, "edit", seen, step="a", set={"note": "của Nam"}))
    assert (no.code, no.details["conflicts"]) == ("changed", {"note": {"mine": "của Nam", "theirs": "của Em"}})
    script = rules.apply(script, op(script, "edit", seen, step="a", set={"title": "Mở đầu"}))  # another field
    assert (script["steps"][0]["title"], script["steps"][0]["note"]) == ("Mở đầu", "của Em")
    seen = script["rev"]
    script = rules.apply(script, op(script, "remove", steps=["a"]))
    script = rules.apply(script, op(script, "edit", seen, step="a", set={"note": "gõ tiếp"}))
    script = rules.apply(script, op(script, "restore", steps=["a"]))
    assert script["steps"][0]["note"] == "gõ tiếp"


def test_everything_that_was_done_is_taken_back_again():
    chance = random.Random(7)
    for _ in range(60):
        script = of(*"abcdef")
        wish = chance.choice(
            [
                op(script, "add", steps=[page("x"), page("y", 2)], before=chance.choice(["", "b", "gone"])),
                op(script, "remove", steps=chance.sample("abcdef", 3)),
                op(script, "move", step="c", before=chance.choice(["a", "f", ""])),
                op(script, "edit", step="b", set={"title": "Tên", "note": "Ghi chú"}),
            ]
        )
        done = rules.apply(script, wish)
        back = rules.apply(done, {"id": "back", "rev": done["rev"], **rules.inverse(script, wish), "undoes": "o"})
        assert [rules.bare(each) for each in back["steps"]] == [rules.bare(each) for each in script["steps"]]


def test_marks_go_with_the_frame_in_which_they_lie():
    lines = [[0.1, 0.1, 0.3, 0.02], [0.1, 0.4, 0.3, 0.02]]
    callout = {"id": "c", "kind": "callout", "document": "d1", "page": 1, "rects": [[0, 0, 1, 0.5]], "marks": lines}
    first = of("a")
    script = rules.apply(first, op(first, "add", steps=[callout]))
    assert rules.find(script, "c")["marks"] == lines
    wish = op(script, "edit", step="c", set={"rects": [[0, 0.3, 1, 0.5]]})
    moved = rules.apply(script, wish)
    assert rules.find(moved, "c")["marks"] == lines[1:]
    back = rules.apply(moved, {"id": "back", "rev": moved["rev"], **rules.inverse(script, wish), "undoes": "o"})
    assert rules.bare(rules.find(back, "c")) == rules.bare(rules.find(script, "c"))
    bare = rules.apply(moved, op(moved, "edit", step="c", set={"marks": []}))
    assert "marks" not in rules.find(bare, "c")
    outside = op(moved, "edit", step="c", set={"marks": lines[:1]})
    assert refused(moved, outside).code == "mark_outside"
    assert refused(moved, op(moved, "edit", step="c", set={"marks": lines[1:] * 61})).code == "too_many_marks"
    assert refused(moved, op(moved, "edit", step="a", set={"marks": []})).code == "malformed"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "evidence", "document": "d1", "page": 0},
        {"kind": "evidence", "document": "d1", "page": True},
        {"kind": "evidence", "document": "../d1", "page": 1},
        {"kind": "node", "map": "m1"},
        {"kind": "pair", "left": {"document": "d1", "page": 1}},
        {"kind": "callout", "document": "d1", "page": 1, "rects": []},
        {"kind": "callout", "document": "d1", "page": 1, "rects": [[0, 0, 1, 1]] * 4},
        {"kind": "callout", "document": "d1", "page": 1, "rects": [[0, 0, float("nan"), 1]]},
        {"kind": "callout", "document": "d1", "page": 1, "rects": [[0, 0, 1, 0.5]], "marks": [[0, 0, 1]]},
        {"kind": "callout", "document": "d1", "page": 1, "rects": [[0, 0, 1, 0.5]], "marks": "all"},
        {"kind": "media", "media": "x", "from": 5, "to": 2},
        {"kind": "evidence", "document": "d1", "page": 1, "note": "x" * 5001},
        {"kind": "evidence", "document": "d1", "page": 1, "title": "\ud800"},
        {"kind": "papers", "document": "d1", "page": 1},
        "a",
    ],
)
def test_what_is_no_step_is_refused(wrong):
    script = of("a")
    said = {"id": "n", **wrong} if isinstance(wrong, dict) else wrong
    assert refused(script, op(script, "add", steps=[said])).code == "malformed"


def test_a_script_has_room_for_two_thousand_steps():
    script = of("a")
    for n in range(2):
        new = [page(f"p{n}-{m}") for m in range(999)]
        script = rules.apply(script, op(script, "add", steps=new))
    assert refused(script, op(script, "add", steps=[page("y"), page("z")])).code == "script_full"
