"""What a ballot came to, in exact integers. The ten cases are those of the practice of the first users."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.meeting.tally import (
    CAST,
    GE_TWO_THIRDS,
    GT_HALF,
    PRESENT,
    PRESETS,
    Count,
    Rule,
    is_passed,
    result,
    votes_needed,
)

RULES_OF_THE_SCREEN = str(Path(__file__).parents[2] / "static/js/parts/ballots/ballot-rules.js")


def ballot(preset, members, present, yes, no, other=0, chair=""):
    votes = {"yes": yes, "no": no, "other": other}
    return result(PRESETS[preset].rule, Count(votes, members, present, yes + no + other, chair))


def test_1_the_majority_of_the_committee_adopts_against_its_chair_who_may_report():
    found = ballot("UBKS_NQ", 9, 9, 5, 4, chair="no")
    assert (found.verdict, found.may_report) == ("adopted", True)
    assert "báo cáo Viện trưởng VKSND tối cao" in found.sentence["vi"]


def test_2_a_majority_of_those_present_is_not_one_of_the_committee():
    found = ballot("UBKS_NQ", 9, 7, 4, 3, chair="yes")
    assert (found.verdict, found.needed, found.base) == ("rejected", 5, 9)
    assert found.sentence["vi"] == "04/09 thành viên tán thành (44,4 %), chưa đạt quá nửa (cần từ 05)."


@pytest.mark.parametrize(("chair", "verdict"), [("yes", "adopted"), ("no", "rejected")])
def test_3_and_4_a_tie_goes_to_the_side_of_the_chair(chair, verdict):
    found = ballot("UBKS_NQ", 8, 8, 4, 4, chair=chair)
    assert (found.verdict, found.reason) == (verdict, "chair_side")


def test_5_equal_sides_that_are_no_half_are_no_tie_unless_the_agency_says_so():
    found = ballot("UBKS_NQ", 8, 8, 3, 3, 2, chair="yes")
    assert (found.verdict, found.reason) == ("rejected", "equal_but_not_half")
    assert "không bên nào đạt một nửa" in found.sentence["vi"]
    lenient = Rule(tie="chair", tie_at_half_only=False)
    assert result(lenient, Count({"yes": 3, "no": 3, "other": 2}, 8, 8, 8, "yes")).verdict == "adopted"


@pytest.mark.parametrize(
    ("preset", "members", "present", "votes", "verdict"),
    [
        ("HDND_2_3", 50, 48, (33, 10, 5), "rejected"),  # 6: 99 < 100
        ("HDND_2_3", 51, 48, (34, 10, 4), "adopted"),  # 7: 102 ≥ 102
        ("HDND_NQ", 50, 49, (25, 20, 4), "rejected"),  # 8: 50 > 50 is false
    ],
)
def test_6_to_8_the_council_counts_all_its_deputies(preset, members, present, votes, verdict):
    assert ballot(preset, members, present, *votes).verdict == verdict


def test_9_on_a_case_the_committee_gives_its_opinion_and_the_chair_decides():
    found = ballot("UBKS_AN", 9, 9, 6, 2, 1, chair="no")
    assert (found.verdict, found.needed, found.may_report) == ("opinion", 0, False)


# 10, a secret ballot of three, is refused before it opens: tests/meeting/test_ballots.py.


def test_a_tie_in_a_secret_ballot_cannot_follow_a_chair_whose_side_nobody_knows():
    assert ballot("UBKS_NQ", 8, 8, 4, 4).reason == "chair_unknown"


def test_two_thirds_of_nine_is_six():
    assert votes_needed(9, GE_TWO_THIRDS) == 6
    assert is_passed(6, 9, GE_TWO_THIRDS)
    assert not is_passed(5, 9, GE_TWO_THIRDS)


def test_the_same_votes_win_or_lose_by_their_base():
    votes = Count({"yes": 6, "no": 3, "not_voting": 2}, 15, 12, 11)
    verdicts = {base: result(Rule(base), votes).verdict for base in ("total", PRESENT, CAST)}
    assert verdicts == {"total": "rejected", PRESENT: "rejected", CAST: "adopted"}


@given(st.integers(1, 10**6), st.data(), st.sampled_from([GT_HALF, GE_TWO_THIRDS]))
def test_needed_is_the_least_number_that_passes(base, data, threshold):
    least = votes_needed(base, threshold)
    assert is_passed(least, base, threshold)
    assert not is_passed(least - 1, base, threshold)
    yes = data.draw(st.integers(0, base))
    assert is_passed(yes, base, threshold) == (yes >= least)


@given(st.integers(1, 500), st.data(), st.sampled_from(sorted(PRESETS)))
def test_no_number_of_votes_confuses_the_count_and_each_has_its_sentence(total, data, preset):
    present = data.draw(st.integers(0, total))
    cast = data.draw(st.integers(0, present))
    yes = data.draw(st.integers(0, cast))
    no = data.draw(st.integers(0, cast - yes))
    chair = data.draw(st.sampled_from(["yes", "no", "other", ""]))
    votes = {"yes": yes, "no": no, "other": cast - yes - no}
    found = result(PRESETS[preset].rule, Count(votes, total, present, cast, chair))
    assert found.verdict in ("adopted", "rejected", "opinion", "none")
    assert set(found.sentence) == {"vi", "en"}
    assert "{" not in found.sentence["vi"] + found.sentence["en"]
    if found.verdict == "adopted" and found.reason == "majority":
        assert yes >= found.needed


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (ballot("UBKS_NQ", 8, 8, 5, 3), "05/08 thành viên tán thành (62,5 %), đạt quá nửa (cần từ 05)."),
        (
            ballot("HDND_2_3", 50, 48, 33, 10, 5),
            "33/50 thành viên tán thành (66 %), chưa đạt tỷ lệ tối thiểu hai phần ba (cần từ 34).",
        ),
        (ballot("HOI_NGHI", 13, 9, 0, 9), "0/09 người có mặt tán thành (0 %), chưa đạt quá nửa (cần từ 05)."),
        (ballot("THAM_KHAO", 9, 9, 4, 5), "Thu vào 09 phiếu; kết quả để tham khảo."),
    ],
)
def test_the_sentence_is_an_office_s(found, said):
    assert found.sentence["vi"] == said


@pytest.mark.parametrize(("yes", "base"), [(5, 4), (-1, 4), (0, 0)])
def test_impossible_counts_are_an_error_not_a_result(yes, base):
    with pytest.raises(ValueError):
        is_passed(yes, base, GT_HALF)


# The law of who may report upwards, told once more and in another way than the program does: only of a resolution of
# the Procuracy committee, if more than half of all members took one side and the chair voted otherwise.
@pytest.mark.parametrize("preset", PRESETS)
@given(data=st.data())
def test_only_the_outvoted_head_of_the_committee_may_report_upwards(preset, data):
    members = data.draw(st.integers(1, 13))
    yes = data.draw(st.integers(0, members))
    no = data.draw(st.integers(0, members - yes))
    other = data.draw(st.integers(0, members - yes - no))
    chair = data.draw(st.sampled_from([k for k, n in (("yes", yes), ("no", no), ("other", other)) if n] + [""]))
    found = ballot(preset, members, members, yes, no, other, chair)
    majority = "yes" if yes > members - yes else "no" if no > members - no else ""
    lawful = preset == "UBKS_NQ" and bool(majority) and bool(chair) and chair != majority
    assert found.may_report == lawful
    assert ("VKSND tối cao" in found.sentence["vi"]) == lawful


def test_a_chair_in_favour_of_what_six_of_nine_reject_is_outvoted():
    assert ballot("UBKS_NQ", 9, 9, 2, 6, 1, chair="yes").may_report


def test_the_outvoted_chair_of_a_conference_may_not_report_to_anybody():
    assert not ballot("HOI_NGHI", 9, 9, 5, 4, chair="no").may_report


def test_the_screen_knows_the_same_rules_as_the_server():
    """The usual ballots, as the form of the chair offers them."""
    script = "import(process.argv[1]).then(({ PRESETS }) => console.log(JSON.stringify(PRESETS)))"
    asked = subprocess.run(["node", "-e", script, RULES_OF_THE_SCREEN], capture_output=True, text=True, timeout=60)
    answer = json.loads(asked.stdout or f'"{asked.stderr}"')
    rules = {key: (p.rule.base, p.rule.threshold, p.rule.tie, p.rule.opinion) for key, p in PRESETS.items()}
    assert {key: (p["base"], p["threshold"], p["tie"], p.get("opinion", False)) for key, p in answer.items()} == rules
    forms = {key: (list(p.options), p.secret) for key, p in PRESETS.items()}
    assert {key: (p["options"], p.get("secret", False)) for key, p in answer.items()} == forms
