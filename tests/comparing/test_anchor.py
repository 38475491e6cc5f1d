"""Where a quotation stands in a new version: never by luck."""

from hypothesis import given
from hypothesis import strategies as st

from meetingroom.comparing.anchor import BY_CONTEXT, EXACT, NEARLY, Quote, find

LINES = (
    "Trong năm 2026, Viện kiểm sát hai cấp đã thụ lý kiểm sát điều tra 1.245 vụ án, tăng 37 vụ so với cùng kỳ; "
    "đã giải quyết 1.102 vụ, đạt tỷ lệ 88,5 phần trăm, không để xảy ra trường hợp nào đình chỉ do không phạm tội"
)
TEXT = LINES.split()
ABOUT = "Công tác tổ chức cán bộ được quan tâm, đã luân chuyển mười hai đồng chí giữa các phòng nghiệp vụ"
OTHER = ABOUT.split()


def quote(first: int, last: int, text=TEXT) -> Quote:
    whole = " ".join(text)
    words = " ".join(text[first : last + 1])
    at = len(" ".join(text[:first])) + (first > 0)
    return Quote(words, whole[:at].strip()[-40:], whole[at + len(words) :].strip()[:40])


def test_the_same_words_are_found_on_the_page_that_stands_for_the_old_one_or_beside_it():
    for page in (3, 4, 2):
        found = find(quote(5, 9), 3, {page: TEXT, 9: OTHER})
        assert (found.page, found.first, found.last, found.how) == (page, 5, 9, EXACT)


def test_far_away_an_exact_short_quotation_is_left_alone():
    assert find(quote(5, 7), 3, {9: TEXT}) is None
    assert find(quote(5, 7), None, {3: TEXT}) is None


def test_of_two_places_the_surroundings_decide():
    twice = [*OTHER, "đã", "giải", "quyết", *OTHER, *TEXT]
    words = " ".join(TEXT).split()
    at = words.index("quyết") - 2
    found = find(quote(at, at + 2), 1, {1: twice})
    assert (found.first, found.how) == (len(OTHER) * 2 + 3 + at, BY_CONTEXT)


def test_two_words_without_their_surroundings_are_an_orphan():
    lost = Quote("đã giải", "một câu hoàn toàn khác hẳn", "và những chữ không liên quan")
    assert find(lost, 1, {1: TEXT}) is None


def test_a_word_replaced_inside_is_found_in_a_long_quotation_and_not_in_a_short_one():
    changed = [*TEXT]
    changed[20] = "phần"
    found = find(quote(12, 30), 1, {1: changed})
    assert found.how == NEARLY
    assert found.first <= 13
    assert found.last >= 29
    assert find(quote(19, 21), 1, {1: changed}) is None


def test_twelve_words_are_found_anywhere_and_eight_are_not():
    changed = [*TEXT]
    changed[20] = "phần"
    assert find(quote(10, 32), None, {1: OTHER, 7: changed}).page == 7
    assert find(quote(16, 23), None, {7: changed}) is None


def test_accents_written_in_two_ways_are_the_same_word():
    import unicodedata

    apart = [unicodedata.normalize("NFD", word) for word in TEXT]
    assert find(quote(5, 9), 1, {1: apart}).how == EXACT


@given(st.integers(0, len(TEXT) - 6), st.integers(5, 20), st.integers(0, 4))
def test_what_is_unchanged_is_found_where_it_is(first, length, shift):
    last = min(first + length, len(TEXT) - 1)
    found = find(quote(first, last), 2, {2: [*OTHER[:shift], *TEXT]})
    assert (found.first, found.last) == (first + shift, last + shift)


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_nothing_that_is_asked_for_breaks_it(text, before, after):
    found = find(Quote(text, before, after), 1, {1: OTHER, 2: []})
    assert found is None or 0 <= found.first <= found.last < len(OTHER)
