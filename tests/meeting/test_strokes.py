"""A stroke as it travels: what is written can be read, and nothing else can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.meeting.strokes import POINTS, BadStroke, check_stroke, decode, encode, height_of

numbers = st.integers(0, 10_000)
STROKE = {"id": "stroke1", "t": "pen", "c": "red", "w": 28, "d": encode([(0, 0, 0), (10_000, 14_142, 100)])}


@given(st.lists(st.tuples(numbers, numbers, st.integers(0, 100)), min_size=1, max_size=50))
def test_what_is_written_is_read(points):
    assert decode(encode(points)) == points


def test_the_letters_are_those_of_every_client():
    """The same is in tests/js/strokes.test.js."""
    assert encode([(0, 0, 0)]) == "AAAA"
    assert encode([(1, -1, 50), (101, 199, 50), (90, 10_000, 0)]) == "AgFkyAGQAwAVkpkBYw"


@pytest.mark.parametrize(
    "d",
    [
        "",
        "A",
        "AA",
        "AAA",
        "AAAAA",
        "AAAB=",
        "AAA=",
        "A A A",
        "ÀAAA",
        "gA",
        "gAAA",
        "gICAgIAB",
        "AB",
        "AAAA\n",
        "+AAA",
        "AAAAAA",
    ],
)
def test_nothing_else_is_read(d):
    with pytest.raises(BadStroke):
        decode(d)


def test_a_stroke_has_no_more_points_than_a_screen_draws_at_once():
    assert len(decode(encode([(n, n, 50) for n in range(POINTS)]))) == POINTS
    with pytest.raises(BadStroke):
        decode(encode([(n, n, 50) for n in range(POINTS + 1)]))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "short"), ("id", "x" * 41), ("id", "</script>"), ("id", 7), ("t", "brush"), ("c", "#d00"), ("c", ""),
        ("w", 0), ("w", 1001), ("w", "28"), ("w", True), ("d", encode([(10_001, 0, 0)])),
        ("d", encode([(0, 14_144, 0)])),
        ("d", encode([(0, -1, 0)])), ("d", encode([(0, 0, 101)])), ("d", "A" * 40_000), ("style", "red"),
    ],
)  # fmt: skip
def test_a_stroke_out_of_bounds_names_its_field(field, value):
    with pytest.raises(BadStroke) as wrong:
        check_stroke({**STROKE, field: value}, 14_143)
    assert wrong.value.args == (field,)


def test_a_page_is_as_tall_as_its_shape_says():
    shape = ((1, 595.0, 842.0), (3, 842.0, 595.0))
    assert [height_of(shape, n) for n in (1, 2, 3, 9)] == [14_152, 14_152, 7_067, 7_067]
    assert check_stroke(STROKE, height_of(shape, 1)) is STROKE
