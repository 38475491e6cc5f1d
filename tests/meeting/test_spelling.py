"""Text from outside has one spelling, and costs what its length says, whoever wrote it."""

import contextlib
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.auth import forms, passwords
from meetingroom.cases import citation, node_fields, scan_names
from meetingroom.documents import file_names as papers
from meetingroom.meeting import checks, names
from meetingroom.meeting.kernel import Refused
from meetingroom.search import grammar
from meetingroom.spelling import MOST_MARKS, compose

# Marks of different classes in the wrong order: the worst that normalising can be given.
MARKS = [chr(code) for code in (*range(0x300, 0x370), 0x5AE, 0xF71, 0xF72) if unicodedata.combining(chr(code))]
HEAPS = st.lists(st.sampled_from(MARKS), min_size=2, max_size=6).map("".join)
WORST = st.builds(lambda letter, marks: letter + marks * 40_000, st.sampled_from(["a", "", "đ", "ﬂ", "가"]), HEAPS)

# Whatever is typed anywhere goes through one of these before anybody has looked at it.
DOORS = {
    "a line": names.tidy,
    "a search": lambda text: names.matches(text, text, "Phòng 1"),
    "a folded name": names.fold,
    "the key of a name": lambda text: names.name_key(names.tidy(text)),
    "a user name made of it": lambda text: names.username_of(names.tidy(text)),
    "a password": passwords.normalise,
    "a file's name": papers.tidy_name,
    "a stamp in a file's name": papers.find_secrecy_stamp,
    "a title": lambda text: checks.text(text),
    "a note": lambda text: checks.text(text, checks.TEXT_LENGTH),
    "an e-mail address": forms.is_email,
    "words to search for": grammar.parse,
    "a node of a map": node_fields.tidy,
    "a text that cites pages": citation.parse,
    "the path of a scan": scan_names.read_name,
    "a person's form": lambda text: forms.read_person(dict.fromkeys(forms.LENGTHS, text), units=set(), taken=set()),
}


@pytest.mark.parametrize("door", DOORS)
@given(text=WORST)
def test_no_text_takes_longer_than_its_length(door, text):
    begun = time.process_time()
    with contextlib.suppress(Refused):
        DOORS[door](text)
    assert time.process_time() - begun < 1.5  # one such text took 28 seconds; it takes some milliseconds


@pytest.mark.parametrize("text", ["a@" + "." * 20_000, "@" * 20_000, "a@" + "b." * 10_000, "a" * 20_000 + "@b.c d"])
def test_an_address_of_twenty_thousand_letters_is_looked_at_once(text):
    begun = time.process_time()
    assert not forms.is_email(text)
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    ("text", "good"),
    [("an@vks.gov.vn", True), ("an@vks", False), ("@vks.vn", False), ("an vks@x.vn", False), ("an@@x.vn", False),
     ("an@x.vn.", False), ("an@.vn", False), ("", False)],
)  # fmt: skip
def test_an_address_has_a_name_and_a_domain(text, good):
    assert forms.is_email(text) is good


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_texts_as_people_write_them_are_only_composed(text):
    heaps = compose(text) != unicodedata.normalize("NFC", text)
    run = longest = 0
    for letter in text:
        run = run + 1 if unicodedata.combining(letter) else 0
        longest = max(longest, run)
    assert heaps == (longest > MOST_MARKS) or not heaps
    assert compose(compose(text)) == compose(text)


@given(st.text(min_size=1, max_size=30))
def test_vietnamese_is_spelled_one_way_whatever_keyboard_it_came_from(text):
    word = "Nguyễn Thị Hường Ửng " + text
    assert compose(unicodedata.normalize("NFD", word)) == compose(unicodedata.normalize("NFC", word))
