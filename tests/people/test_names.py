import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.meeting import names

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
words = st.text(LETTERS + LETTERS.upper(), min_size=1, max_size=7)
people = st.lists(words, min_size=1, max_size=5).map(" ".join)


def in_order(*listed):
    assert sorted(mixed(listed), key=names.name_key) == list(listed)


def mixed(listed):
    return random.Random(4).sample(listed, len(listed))


def test_people_stand_by_given_name_first():
    in_order("Trần Văn An", "Lê Thị Bình", "Hoàng Văn Em")


def test_the_letters_of_the_alphabet_are_letters_and_not_decorated_ones():
    in_order("Lê An", "Lê Ăn", "Lê Ân", "Lê Ba")
    in_order("Lê Dũng", "Lê Duy", "Lê Đạt", "Lê Em")
    in_order("Lê Oanh", "Lê Ôn", "Lê Ơn", "Lê Phú", "Lê Uyên", "Lê Ước", "Lê Vân")


def test_letters_decide_before_tones_and_tones_have_their_order():
    in_order("Lê Hoa", "Lê Hòa", "Lê Hỏa", "Lê Hõa", "Lê Hóa", "Lê Họa", "Lê Hoan")


def test_both_ways_of_writing_a_tone_are_the_same_place():
    assert names.name_key("Vũ Hoà")[:2] == names.name_key("Vũ Hòa")[:2]
    assert names.name_key("Lê Thuý")[:2] == names.name_key("Lê Thúy")[:2]


def test_equal_given_names_stand_by_family_name_then_middle_name():
    in_order("Đặng Văn An", "Lê Thị An", "Lê Văn An", "Nguyễn An", "Nguyễn Văn An")


def test_what_is_in_brackets_or_after_a_comma_is_no_given_name():
    in_order("Lê Văn An (dự thay)", "Trần Văn Bình, Phó Viện trưởng", "Hoàng Cường")


def test_decomposed_names_of_other_computers_stand_in_the_same_place():
    assert names.name_key(unicodedata.normalize("NFD", "Đỗ Văn Ích")) == names.name_key("Đỗ Văn Ích")


def test_numbers_in_the_names_of_units_stand_by_value():
    units = ["Phòng 1", "Phòng 3", "Phòng 9", "Phòng 15", "Văn phòng"]
    assert sorted(mixed(units), key=names.text_key) == units


@given(people)
def test_any_name_has_a_place_and_keeps_it_when_decomposed_or_shouted(name):
    key = names.name_key(name)
    assert names.name_key(unicodedata.normalize("NFD", name)) == key
    assert names.name_key(name.upper())[:2] == key[:2]


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared(one, other):
    assert (names.name_key(one) < names.name_key(other)) in (True, False)
    assert (names.text_key(one) < names.text_key(other)) in (True, False)


@given(people)
def test_a_folded_name_is_plain_ascii_and_folding_twice_is_folding_once(name):
    folded = names.fold(name)
    assert folded.isascii()
    assert names.fold(folded) == folded
    assert names.fold(unicodedata.normalize("NFD", name)) == folded


def test_d_with_a_stroke_is_found_by_d():
    assert names.fold("Đặng ĐỖ đạt") == "dang do dat"


@pytest.mark.parametrize(
    "typed", ["duc", "Đức", "nguyen duc", "ĐỨC nguyễn", "vien truong", unicodedata.normalize("NFD", "Đức")]
)
def test_a_search_finds_with_and_without_diacritics(typed):
    assert names.matches(typed, "Nguyễn Văn Đức", "Viện trưởng")


@pytest.mark.parametrize("typed", ["dục", "Đúc", "hoang", "đuc"])
def test_a_search_with_wrong_diacritics_finds_nobody(typed):
    assert not names.matches(typed, "Nguyễn Văn Đức", "Viện trưởng")


def test_a_search_finds_both_tone_styles():
    assert names.matches("hoà", "Vũ Thị Hòa")
    assert names.matches("hòa", "Vũ Thị Hoà")
    assert names.matches("quý", "Lê Quý")


def test_text_is_kept_composed_and_without_invisible_characters():
    assert names.tidy(unicodedata.normalize("NFD", "  Lê \u00a0 Thị\tMai\u200b\n")) == "Lê Thị Mai"


def test_a_user_name_is_the_given_name_and_the_initials():
    assert names.username_of("Nguyễn Văn An") == "annv"
    assert names.username_of("Đặng Thị Ánh Đào") == "daodta"
    assert names.username_of("Mai") == "mai"


def test_a_user_name_that_is_taken_gets_a_number():
    assert names.username_of("Nguyễn Văn An", {"annv"}) == "annv2"
    assert names.username_of("Nguyễn Văn An", {"annv", "annv2"}) == "annv3"


@given(people, st.sets(words.map(names.username_of)))
def test_every_made_user_name_is_valid_and_free(name, taken):
    made = names.username_of(name, taken)
    assert names.is_username(made)
    assert made not in taken


@pytest.mark.parametrize("wrong", ["", "An", "nguyễn", "a b", "-an", "an-", "a" * 41, "a/b", "an\n"])
def test_what_is_no_user_name(wrong):
    assert not names.is_username(wrong)
