"""Whatever is typed is understood, and the index never sees anything but quoted words."""

import random
import sqlite3
import string
import unicodedata

import pytest

from meetingroom.search import grammar


@pytest.mark.parametrize(
    ("typed", "exact", "begun"),
    [
        ("kiểm sát", '("kiểm") AND ("sát")', '("kiem") AND ("sat" *)'),
        ("kiểm sát ", '("kiểm") AND ("sát")', '("kiem") AND ("sat")'),
        ("Đồng", '("đồng")', '("dong" * OR "đong" *)'),
        ('"đồng chí" a', '("đồng chí") AND ("a")', '("dong chi" OR "đong chi") AND ("a")'),
        ("05/BC-VKS 1", '("05 bc vks") AND ("1")', '("05 bc vks") AND ("1")'),
        ("án -treo", '(("án")) NOT ("treo")', '(("an")) NOT ("treo")'),
        ("tù hoặc phạt ", '("tù" OR "phạt")', '("tu" OR "phat")'),
        ("hoặc", '("hoặc")', '("hoac" *)'),
        ("nguoi:Mai x", '("x")', '("x")'),
        ('" OR 1', '("or 1")', '("or 1")'),
        ("-treo", "", ""),
        ("!!! ^ * ( ) _ 😀", "", ""),
        ("", "", ""),
    ],
)
def test_a_question_for_both_indexes(typed, exact, begun):
    """The last word may go on, and is looked for as a whole one first."""
    asked = grammar.matches_of(grammar.parse(typed))
    assert asked[:3] == (exact, begun.replace(" *", ""), begun)


def test_filters_are_taken_out_of_the_words():
    query = grammar.parse('loại:biên-bản tu:01/2026 den:3/2026 hop:"giao ban" ngân sách')
    assert query.filters == {"kind": "biên-bản", "since": "01/2026", "until": "3/2026", "meeting": "giao ban"}
    assert grammar.kind_of("biên-bản") == "minutes"
    assert grammar.exact_match(query) == '("ngân") AND ("sách")'


def test_a_person_is_no_word_of_the_question_but_is_named_in_what_names_them():
    query = grammar.parse('nguoi:"Lê Mai" kinh phí')
    assert (query.person, grammar.exact_match(query)) == ("Lê Mai", '("kinh") AND ("phí")')
    assert grammar.exact_match(query.naming()) == '("kinh") AND ("phí") AND ("lê mai")'
    assert grammar.exact_match(grammar.parse("nguoi:Mai").naming()) == '("mai")'
    assert grammar.parse("nguoi:!").person == ""


@pytest.mark.parametrize(
    ("typed", "together"),
    [
        ("BL 125", '("bl 125")'),
        ("xem BL 125 và điều 3", '("xem") AND ("bl 125") AND ("và") AND ("điều 3")'),
        ("125 BL", None),
        ("tháng 9", None),
        ("BL hoặc số 5", None),
        ("BL", None),
    ],
)
def test_a_number_belongs_to_the_word_before_it(typed, together):
    query = grammar.parse(typed).together()
    assert (query and grammar.exact_match(query)) == together


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("02/2024", "2024-02-01", "2024-02-29"),
        ("31/01/2026", "2026-01-31", "2026-01-31"),
        ("2026-01-31", "2026-01-31", "2026-01-31"),
        ("2026-01", "2026-01-01", "2026-01-31"),
        ("31/02/2026", "", ""),
        ("13/2026", "", ""),
        ("nay", "", ""),
        ("99999999999", "", ""),
    ],
)
def test_days(typed, first, last):
    assert (grammar.day_of(typed), grammar.day_of(typed, last=True)) == (first, last)


def test_nothing_typed_is_an_error_of_the_index():
    """And a question is never longer than what a moment answers."""
    db = sqlite3.connect(":memory:")
    db.execute("create virtual table folded using fts5 (body, tokenize = 'unicode61 remove_diacritics 2')")
    db.execute("insert into folded values ('đồng chí kiểm sát viên 05/BC-VKS')")
    pieces = ['"', "*", "NEAR(", "NOT", "AND", "OR", ":", "body:", "(", ")", "-", "+", "^", "{", "😀", "đ" * 9, "ấ",
              "\0", "\\", "'", ";--", "loai:", "tu:", "hop:", 'hop:"', "½", "ﬁ", "\u0301", "e\u0301", "\u200d", "中文",
              "hoặc", "  ", "\n", "x" * 2000, "ǅ", "İ", "ß", "٣", *string.punctuation]  # fmt: skip
    dice = random.Random(11)
    for _ in range(3000):
        typed = "".join(dice.choice(pieces) + dice.choice(("", " ")) for _ in range(dice.randrange(1, 14)))
        query = grammar.parse(typed)
        for match in grammar.matches_of(query)[:3]:
            assert len(match) < 20_000
            if match:
                db.execute("select snippet(folded, 0, '', '', '', 9) from folded where folded match ?", (match,))


def test_what_is_typed_in_two_ways_of_writing_is_the_same():
    for text in ("Đồng chí Kiểm sát viên", "QUYẾT ĐỊNH 12/QĐ-VKS"):
        assert grammar.parse(unicodedata.normalize("NFD", text)) == grammar.parse(text)


def test_abbreviations_with_an_inner_dd_are_found_without_it():
    assert '"hđnd" *' in grammar.begun_match(grammar.parse("hdnd"))
