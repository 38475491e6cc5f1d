"""What the screens hold is what the meeting is: patches folded from any view equal the fresh view."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetingroom.meeting import wire
from meetingroom.meeting.kernel import step
from meetingroom.meeting.roles import AUDIENCES
from meetingroom.meeting.view import follow, merge, patch, view
from tests.given import OPENED, state_of
from tests.meeting.strategies import histories

often = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

values = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.text(max_size=3)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=2), inner, max_size=3)),
    max_leaves=12,
)
objects = st.dictionaries(st.text(max_size=2), values, max_size=4)


@given(objects, objects)
def test_the_patch_between_two_views_leads_from_one_to_the_other(old, new):
    assert merge(old, patch(old, new)) == new


@given(objects)
def test_between_equal_views_there_is_nothing_to_say(seen):
    assert patch(seen, json.loads(json.dumps(seen))) == {}


@pytest.mark.parametrize("audience", AUDIENCES)
@often
@given(histories())
def test_a_screen_that_merges_every_patch_holds_the_fresh_view(audience, history):
    state, facts = history
    held = seen = view(state, audience)
    for fact in facts:
        after = step(state, fact)
        new = follow(state, seen, after, audience)
        held = merge(held, patch(seen, new))
        state, seen = after, new
        assert held == view(state, audience)


@pytest.mark.parametrize("audience", AUDIENCES)
@often
@given(histories())
def test_a_view_holds_no_null_and_is_plain_json(audience, history):
    state, facts = history
    for fact in facts:
        state = step(state, fact)
    seen = view(state, audience)
    assert json.loads(json.dumps(seen)) == seen
    assert ": null" not in json.dumps(seen)


@often
@given(histories())
def test_every_fact_survives_the_log(history):
    for fact in history[1]:
        data = json.loads(json.dumps(wire.data_of(fact.event)))
        assert wire.event_from(type(fact.event).__name__, data) == fact.event


@often
@given(histories())
def test_screens_without_a_person_see_nobodys_name(history):
    state, facts = history
    for fact in facts:
        state = step(state, fact)
    seen = view(state, "screens")
    assert "people" not in seen["roll"]
    assert seen["record"] == {}
    right = {state.stage.right.paper} if state.stage.right else set()
    assert set(seen["papers"]) <= {state.stage.paper, *right}


def test_a_page_turn_draws_only_what_it_touches():
    state = state_of(OPENED)
    before = view(state, "staff")
    from dataclasses import replace

    after = follow(state, before, replace(state, stage=replace(state.stage, since=5)), "staff")
    same = {name for name in before if after[name] is before[name]}
    assert same == set(before) - {"stage"}


def test_a_patch_means_the_same_here_and_in_the_browser():
    """RFC 7386, appendix A; tests/js/patch.test.js asks the same cases."""
    cases = json.loads((Path(__file__).parents[1] / "js/merges.json").read_text("utf-8"))
    assert len(cases) == 14
    for before, change, after in cases:
        assert merge(before, change) == after
