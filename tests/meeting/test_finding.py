"""Words are found as people type them: with marks, without, in capitals, over the end of a line."""

import pytest

from meetingroom.documents.word_index import pack, unpack
from meetingroom.meeting.finding import MOST, find


def page(*words, number=1):
    """Words in lines of three, a tenth of the page wide; a pair is (text, printed)."""
    records = []
    for n, word in enumerate(words):
        text, printed = word if isinstance(word, tuple) else (word, None)
        box = [n % 3 * 0.12, n // 3 * 0.05, 0.1, 0.03]
        more = {"printed": printed, "boxes": [box, [0.0, box[1] + 0.05, 0.1, 0.03]]} if printed else {}
        records.append({"text": text, "box": box, **more})
    return unpack(pack(number, records))


def words_at(query, *pages):
    return [(place.page, place.first, place.last, place.exact) for place in find(query, pages)[0]]


REPORT = page("Thưa", "đồng", "chí", "Dong", "chi", "ĐỒNG", "CHÍ", "đống", "chỉ")


def test_without_marks_everything_is_found_and_what_is_written_so_comes_first():
    assert words_at("dong chi", REPORT) == [(1, 3, 4, True), (1, 1, 2, False), (1, 5, 6, False), (1, 7, 8, False)]


@pytest.mark.parametrize("query", ["đồng chí", "ĐỒNG CHÍ", "  đồng   chí ", "d\u0335ồng chí"])
def test_with_marks_the_same_is_found_and_these_very_marks_come_first(query):
    assert words_at(query, REPORT) == [(1, 1, 2, True), (1, 5, 6, True), (1, 3, 4, False), (1, 7, 8, False)]


def test_exact_places_of_all_pages_come_before_the_others():
    pages = page("dau"), page("đấu", number=2), page("dau", "đầu", number=3)
    assert [place[:2] for place in words_at("đầu", *pages)] == [(3, 1), (1, 0), (2, 0), (3, 0)]


def test_a_struck_d_and_separate_marks_in_the_file_are_letters_like_others():
    assert words_at("đồng", page("d\u0335ồng", "đồng")) == [(1, 0, 0, True), (1, 1, 1, True)]


def test_the_tone_may_stand_on_either_vowel():
    assert words_at("hòa", page("hoà", "hoạ")) == [(1, 0, 0, True), (1, 1, 1, False)]


def test_a_phrase_goes_on_in_the_next_line_and_has_a_box_on_each():
    (place,), _ = find("hai ba bon", [page("một", "hai", "ba", "bốn")])
    assert place.boxes == [[0.12, 0.0, 0.22, 0.03], [0.0, 0.05, 0.1, 0.03]]


def test_a_word_broken_at_the_end_of_a_line_is_found_with_and_without_its_hyphen():
    broken = page("số", ("12/BCVKS", "12/BC-VKS"), "ngày")
    assert words_at("12/bc-vks", broken) == words_at("12/BCVKS", broken) == [(1, 1, 1, True)]
    assert len(find("so 12/bc-vks ngay", [broken])[0][0].boxes) == 3, "a line, its end, the next"


def test_a_part_of_a_word_is_found_and_a_word_counts_once():
    assert words_at("an", page("banan", "tân", "x")) == [(1, 0, 0, True), (1, 1, 1, False)]


def test_nothing_is_found_where_nothing_is_looked_for():
    assert [find(query, [REPORT]) for query in ("", "   ", "\u0301", "\u200b", "không có")] == [([], False)] * 5


def test_there_is_an_end_to_it():
    places, more = find("a", [page(*["a"] * 400, number=n) for n in (1, 2)])
    assert (len(places), more) == (MOST, True)


def test_an_empty_page_and_a_word_of_nothing_but_marks_are_no_trouble():
    assert words_at("chi", page(), page("\u0301\u0302", "chí", number=2)) == [(2, 1, 1, False)]
