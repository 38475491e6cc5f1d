"""What goes out to many is JSON that every browser reads, whatever stands in it (meetingroom/live/outgoing.py)."""

import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.live import outgoing

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner))


def test_vietnamese_goes_out_as_it_is_written():
    assert outgoing.encode({"title": "Ý kiến", "n": (1, 2)}) == '{"title":"Ý kiến","n":[1,2]}'.encode()


@given(VALUES)
def test_it_reads_as_what_python_would_have_written(value):
    assert json.loads(outgoing.encode(value)) == json.loads(json.dumps(value))


@pytest.mark.parametrize("odd", ["\ud800", {"half": "a\udfff"}, 2**70, [[-(2**64)]], {1: "a"}])
def test_half_a_letter_and_a_number_beyond_all_bounds_stop_no_screen(odd):
    assert json.loads(outgoing.encode(odd)) == json.loads(json.dumps(odd))


@dataclass
class Secret:
    choice: str


@pytest.mark.parametrize("wrong", [b"binary", {"a": {1, 2}}, Secret("yes"), object()])
def test_what_is_no_json_is_refused_and_not_spelled_out(wrong):
    with pytest.raises(TypeError):
        outgoing.encode([wrong])
