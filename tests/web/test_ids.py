import re

from hypothesis import example, given
from hypothesis import strategies as st

from meetingroom.web.json_body import is_command_id


@given(st.one_of(st.text(max_size=90), st.text("aZ09_.:-", max_size=90), st.integers(), st.none()))
@example("x" * 80)
@example("x" * 81)
@example("đợt.1")
@example("a b")
@example("a\n")
def test_an_id_is_one_to_eighty_letters_figures_and_four_signs(value):
    asked = isinstance(value, str) and re.fullmatch(r"[\w.:-]{1,80}", value) is not None
    assert is_command_id(value) == asked
