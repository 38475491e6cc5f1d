"""Runs of pages become labels, by the rules that offices number by."""

import pytest

from meetingroom.cases import numbering
from meetingroom.cases.citation import Sheet
from meetingroom.cases.numbering import Run, WrongRun, expand


def named(runs) -> str:
    return " ".join(f"{label.document}{label.page}={label}" for label in expand(runs))


@pytest.mark.parametrize(
    ("run", "labels"),
    [
        (Run("d", 1, 3, 41), "d1=41 d2=42 d3=43"),
        (Run("d", 1, 4, 7, "sheet"), "d1=7 d2=7 (mặt sau) d3=8 d4=8 (mặt sau)"),
        (Run("d", 2, 4, 7, "sheet", side="back"), "d2=7 (mặt sau) d3=8 d4=8 (mặt sau)"),
        (Run("d", 1, 3, 100, "one"), "d1=100 d2=100 d3=100"),
        (Run("d", 1, 2, 0, "none"), ""),
        (Run("d", 5, 5, 12, suffix="a"), "d5=12a"),
        (Run("d", 5, 5, 45, suffix="bis"), "d5=45bis"),
    ],
)
def test_each_rule_gives_its_labels(run, labels):
    assert named([run]) == labels


def test_labels_stand_in_the_order_of_the_file():
    given = ["12", "12 (mặt sau)", "12a", "12b", "12bis", "12ter", "12.1", "12/1", "13"]
    sheets = [numbering.read_label(text) for text in given]
    assert sorted(sheets, key=numbering.sort_key, reverse=True) == sheets[::-1]


@pytest.mark.parametrize(
    ("text", "sheet"),
    [("12a", Sheet(12, "a")), (" 045 bis ", Sheet(45, "bis")), ("12 (mặt sau)", Sheet(12, "", "back")),
     ("12/1", Sheet(12, "/1")), ("", None), ("a12", None), ("0", None), ("123456", None), ("12tr", None)],
)  # fmt: skip
def test_a_label_is_read_as_it_is_typed(text, sheet):
    assert numbering.read_label(text) == sheet


def test_a_suffix_page_is_laid_over_a_run_and_the_rest_counts_on():
    runs = numbering.put([Run("d", 1, 5, 10)], Run("d", 4, 4, 12, suffix="a"), carry=True)
    assert named(runs) == "d1=10 d2=11 d3=12 d4=12a d5=13"


def test_without_counting_on_what_follows_keeps_its_labels():
    assert named(numbering.put([Run("d", 1, 3, 10)], Run("d", 2, 2, rule="none"))) == "d1=10 d3=12"


def test_a_cover_found_later_lets_the_pages_behind_it_count_on():
    runs = numbering.put([Run("d", 1, 4, 10)], Run("d", 3, 3, rule="none"), carry=True)
    assert named(runs) == "d1=10 d2=11 d4=12"


def test_what_was_cut_by_mistake_grows_together():
    cut = numbering.put([Run("d", 1, 4, 10)], Run("d", 2, 2, 99))
    assert numbering.put(cut, Run("d", 2, 2, 11)) == [Run("d", 1, 4, 10)]


def test_a_sheet_that_is_cut_keeps_its_backs():
    runs = numbering.put([Run("d", 1, 6, 7, "sheet")], Run("d", 3, 3, rule="none"))
    assert named(runs) == "d1=7 d2=7 (mặt sau) d4=8 (mặt sau) d5=9 d6=9 (mặt sau)"


def test_a_supplement_is_numbered_behind_the_last_one():
    runs = [Run("d", 1, 3, 480)]
    assert named(numbering.append(runs, "e", 2)) == "d1=480 d2=481 d3=482 e1=483 e2=484"


def test_a_supplement_inside_moves_all_that_come_later():
    runs = [Run("d", 1, 4, 203), Run("e", 1, 2, 207), Run("f", 1, 2, 208, "one")]
    moved = numbering.insert(runs, Run("s", 1, 2, 205), Sheet(204))
    assert named(moved) == "d1=203 d2=204 s1=205 s2=206 d3=207 d4=208 e1=209 e2=210 f1=210 f2=210"


@pytest.mark.parametrize(
    ("run", "code"),
    [
        (Run("d", 1, 2, 1, "roman"), "unknown_rule"),
        (Run("d", 3, 2, 1), "wrong_pages"),
        (Run("d", 0, 2, 1), "wrong_pages"),
        (Run("d", 1, 2, 0), "wrong_number"),
        (Run("d", 1, 2, 99_999), "wrong_number"),
        (Run("d", 1, 1, 12, suffix="đ"), "wrong_suffix"),
        (Run("d", 1, 2, 12, suffix="a"), "wrong_suffix"),
    ],
)
def test_a_run_that_says_nothing_is_refused(run, code):
    with pytest.raises(WrongRun, match=code):
        numbering.check(run)
