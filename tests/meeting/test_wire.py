"""What comes from outside is a command or it is refused, field by field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.meeting import wire
from meetingroom.meeting.stage import TurnPage, Zoom

json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=10,
)


@given(st.one_of(json, st.sampled_from(sorted(wire.commands()))), json)
def test_any_json_is_a_command_or_is_refused(name, args):
    try:
        command = wire.command_from(name, args)
    except wire.Malformed:
        return
    assert wire.command_from(name, wire.args_of(command)) == command


def test_names_are_the_snake_case_of_the_class():
    assert wire.command_from("turn_page", {"page": 4}) == TurnPage(4)
    assert wire.command_from("zoom", {"rect": [0, 0, 1, 0.5]}) == Zoom((0.0, 0.0, 1.0, 0.5))


@pytest.mark.parametrize(
    ("args", "field", "why"),
    [
        ({}, "page", "missing"),
        ({"page": "4"}, "page", "type"),
        ({"page": True}, "page", "type"),
        ({"page": 4.5}, "page", "type"),
        ({"page": 4, "paper": "x"}, "paper", "unknown"),
    ],
)
def test_each_wrong_field_is_named(args, field, why):
    with pytest.raises(wire.Malformed) as refused:
        wire.command_from("turn_page", args)
    assert refused.value.details["fields"] == {field: why}


def test_nobody_can_make_up_what_the_server_tells():
    for name, field in (("invite", "name"), ("attach_paper", "pages")):
        with pytest.raises(wire.Malformed) as refused:
            wire.command_from(name, {field: "x"})
        assert refused.value.details["fields"][field] == "unknown"


def test_half_a_character_and_a_zero_byte_are_no_text():
    for text in ("\ud800", "a\x00b"):
        with pytest.raises(wire.Malformed):
            wire.command_from("add_item", {"title": text})
