"""What a machine read in the corners becomes runs that somebody confirms."""

import random

from meetingroom.cases.numbering import Run, expand
from meetingroom.cases.proposal import contradicted, propose, propose_row


def labels_of(proposals) -> dict[int, int]:
    return {label.page: label.number for label in expand(each.run for each in proposals)}


def simulated(right: float, wrong: float, chance: random.Random) -> tuple[dict[int, int], dict[int, int]]:
    """A file of 482 pages with a cover, two gaps and a duplicate: its numbers, and what was read of them."""
    truth, number = {}, 1
    for page in range(2, 484):
        truth[page] = number
        number += {120: 3, 260: 0, 371: 2}.get(page, 1)
    readings = {}
    for page, number in truth.items():
        dice = chance.random()
        if dice < right:
            readings[page] = number
        elif dice < right + wrong:
            digits = list(str(number))
            digits[chance.randrange(len(digits))] = chance.choice("0123456789")
            readings[page] = int("".join(digits)) or 1
    return truth, readings


def share_right(right: float, wrong: float, rounds: int = 20) -> tuple[float, float]:
    """(mean, worst) part of the pages that get their number."""
    shares = []
    for seed in range(rounds):
        truth, readings = simulated(right, wrong, random.Random(seed))
        found = labels_of(propose("d", 483, readings))
        shares.append(sum(found.get(page) == number for page, number in truth.items()) / len(truth))
    return sum(shares) / rounds, min(shares)


def test_most_numbers_are_right_although_a_third_was_not_read():
    mean, worst = share_right(0.67, 0.12)
    assert mean > 0.98
    assert worst > 0.96


def test_a_file_that_is_read_badly_is_still_mostly_right():
    assert share_right(0.40, 0.12)[0] > 0.95
    assert share_right(0.20, 0.12)[0] > 0.85


def test_a_clean_file_has_its_runs():
    readings = {page: page + 40 for page in range(1, 20)} | {page: page + 41 for page in range(20, 40)}
    assert [each.run for each in propose("d", 39, readings)] == [Run("d", 1, 19, 41), Run("d", 20, 39, 61)]


def test_a_cover_in_front_of_the_first_number_has_none():
    assert propose("d", 6, {2: 1, 3: 2, 5: 4})[0].run == Run("d", 2, 6, 1)
    assert propose("d", 6, {2: 1, 3: 2, 5: 4}, {1})[0].run == Run("d", 1, 1, rule="none")


def test_a_gap_that_a_number_with_a_letter_fills_again_is_seen():
    stamps = {n: n + 29 for n in range(1, 13)} | {13: 43, 14: 44, 15: 45, 16: 45, 17: 46, 18: 47}
    assert [each.run for each in propose("d", 18, stamps)] == [
        Run("d", 1, 12, 30),
        Run("d", 13, 15, 43),
        Run("d", 16, 18, 45),
    ]


def test_a_cover_with_nothing_in_its_corner_has_no_number_although_the_run_would_reach_it():
    found = [each.run for each in propose("d", 6, {3: 82, 4: 83, 5: 84}, {1})]
    assert found == [Run("d", 1, 1, rule="none"), Run("d", 2, 6, 81)]


def test_a_blank_page_between_two_numbers_has_none():
    stamps = {1: 57, 2: 58, 4: 59, 5: 60, 6: 61}
    runs = [Run("d", 1, 2, 57), Run("d", 3, 3, rule="none"), Run("d", 4, 6, 59)]
    assert [each.run for each in propose("d", 6, stamps, {3})] == runs


def test_sheets_that_are_numbered_on_the_front_alone_are_seen():
    readings = {page: (page + 1) // 2 + 100 for page in range(1, 41, 2)}
    del readings[7], readings[21]
    assert [each.run for each in propose("d", 40, readings)] == [Run("d", 1, 40, 101, "sheet", side="front")]


def test_pictures_of_one_page_each_are_numbered_by_what_their_neighbours_say():
    row = [(f"p{n}", 1) for n in range(1, 13)]
    stamps = {(f"p{n}", 1): n + 29 + (n > 8) for n in range(2, 13) if n != 6}
    found = propose_row(row, stamps, {("p1", 1)})
    assert [each.run for each in found] == [
        Run("p1", 1, 1, rule="none"),
        *(Run(f"p{n}", 1, 1, n + 29 + (n > 8)) for n in range(2, 13)),
    ]
    assert [(each.read, each.agreeing) for each in found[4:6]] == [(1, 1), (0, 0)]


def test_a_row_of_documents_is_cut_where_one_ends_and_not_led_on_over_what_bears_no_stamp():
    stamps = {("a", page): page for page in range(1, 5)} | {("b", 2): 6, ("b", 3): 8, ("b", 4): 9, ("b", 5): 10}
    found = propose_row([("a", 4), ("b", 5), ("c", 2)], stamps, {("c", 1), ("c", 2)})
    assert [each.run for each in found] == [Run("a", 1, 4, 1), Run("b", 1, 2, 5), Run("b", 3, 5, 8)]
    covered = propose_row([("a", 4), ("b", 5)], {place: n for place, n in stamps.items() if n < 5 or n > 6}, {("b", 1)})
    assert [each.run for each in covered][1:] == [Run("b", 1, 1, rule="none"), Run("b", 2, 5, 7)]


def test_nothing_is_proposed_where_nothing_was_read():
    assert propose("d", 50, {}) == []
    assert propose("d", 50, {3: 77}) == []


def test_a_proposal_says_how_much_speaks_for_it():
    (one,) = propose("d", 10, {1: 1, 2: 2, 4: 4, 5: 9, 6: 6})
    assert (one.read, one.agreeing) == (5, 4)


def test_three_readings_in_a_row_contradict_the_numbers():
    labels = {page: page + 10 for page in range(1, 11)}
    assert contradicted(labels, {4: 15, 5: 16, 6: 17}) == [(4, 6)]
    assert contradicted(labels, {4: 15, 5: 15, 6: 99, 7: 17}) == []
