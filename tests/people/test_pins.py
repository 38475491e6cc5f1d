"""PINs of four digits: which are taken, what a thief of the database has, how often they may be tried."""

import pytest

from meetingroom.auth import passwords
from meetingroom.devices import pins

KEY = b"k" * 32


@pytest.mark.parametrize("pin", ["4711", "1976", "0308"])
def test_four_digits_that_nobody_tries_first_are_a_pin(pin):
    assert pins.find_weakness(pin) is None


@pytest.mark.parametrize("pin", ["", "471", "47110", "47a1", "٤٧١١", " 4711"])
def test_anything_else_is_none(pin):
    assert pins.find_weakness(pin) == "pin_form"


@pytest.mark.parametrize("pin", ["0000", "1234", "6789", "4321", "2580", "1212"])
def test_what_everybody_tries_first_is_refused(pin):
    assert pins.find_weakness(pin) == "pin_too_easy"


def test_a_pin_is_right_for_its_owner_only():
    kept = pins.hash_pin("4711", "em", KEY)
    assert pins.is_right("4711", kept, "em", KEY)
    assert not pins.is_right("4712", kept, "em", KEY)
    assert not pins.is_right("4711", kept, "an", KEY)
    assert not pins.is_right("4711", "", "em", KEY)


def test_whoever_has_the_database_alone_cannot_try_all_ten_thousand():
    kept = pins.hash_pin("4711", "em", KEY)
    assert not pins.is_right("4711", kept, "em", b"another key")
    assert not passwords.is_right("4711", kept)


def test_five_tries_then_a_wait_wherever_they_are_made():
    tries = pins.Tries()
    assert [tries.wait("em") for _ in range(5)] == [0] * 5
    assert 240 <= tries.wait("em") <= 301
    assert tries.wait("an") == 0


def test_the_right_one_forgives_the_wrong_ones():
    tries = pins.Tries()
    for _ in range(4):
        tries.wait("em")
    assert tries.left("em") == 1
    tries.forgive("em")
    assert tries.left("em") == 5
