"""What a pen or a pointer may say."""

import pytest

from meetingroom.live import pen

PLACE = {"document": "d1", "page": 4}
INK = {"kind": "ink", **PLACE, "s": "stroke1", "t": "pen", "c": "red", "w": 28, "i": 0, "d": "AAAA"}


def test_of_what_is_said_only_what_is_known_is_passed_on():
    assert pen.read_signal({**INK, "meeting": "m1", "by": "somebody else", "html": "<b>"}) == INK
    assert pen.read_signal({"kind": "pointer", **PLACE, "x": 0.5, "y": 1, "z": 3}) == {
        "kind": "pointer",
        **PLACE,
        "x": 0.5,
        "y": 1,
    }
    assert pen.read_signal({"kind": "pointer", **PLACE, "off": True}) == {"kind": "pointer", **PLACE, "off": True}
    assert pen.read_signal({"kind": "ink", **PLACE, "s": "stroke1", "end": True, "d": "?"}) == {
        "kind": "ink", **PLACE, "s": "stroke1", "end": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        None, [], "ink", {}, {"kind": "typing"}, {"kind": ["ink"]}, {**INK, "page": 0}, {**INK, "page": True},
        {**INK, "document": 7}, {**INK, "c": "#d00"}, {**INK, "w": "28"}, {**INK, "i": -1}, {**INK, "i": 2001},
        {**INK, "d": "AA AA"}, {**INK, "d": "A" * 5000}, {**INK, "s": "x"}, {**INK, "t": "brush"}, {**INK, "d": None},
        {"kind": "pointer", "x": "1", "y": 0}, {"kind": "pointer", "x": 1e9, "y": 0}, {"kind": "pointer", "x": 0.5},
        {"kind": "pointer", "x": 10**400, "y": 0}, {"kind": "pointer", "x": float("nan"), "y": 0},
        {key: value for key, value in INK.items() if key != "document"},
    ],
)  # fmt: skip
def test_anything_else_is_not(said):
    assert pen.read_signal(said) is None


def test_the_more_screens_watch_the_less_often_a_pen_says_where_it_is():
    assert [pen.pen_ms(screens) for screens in (0, 40, 500, 1000, 2000, 9000)] == [50, 50, 50, 100, 200, 200]


def test_whoever_says_more_than_a_pen_does_is_not_passed_on():
    meter = pen.Meter()
    assert sum(meter.spend(50) for _ in range(200)) <= pen.AT_ONCE + 5
