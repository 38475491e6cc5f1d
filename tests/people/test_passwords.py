import re

import pytest
import zxcvbn
from argon2 import extract_parameters

from meetingroom.auth import passwords


def test_the_right_password_opens_and_a_wrong_one_does_not(hashed):
    assert passwords.is_right("mot cau de nho", hashed)
    assert not passwords.is_right("mot cau de nhớ", hashed)


def test_a_password_may_be_typed_on_any_keyboard(hashed):
    made = passwords.hash_password("Mật khẩu dễ nhớ")
    assert passwords.is_right("Mật khẩu dễ nhớ", made)


@pytest.mark.parametrize("stored", ["", None, "not a hash"])
def test_without_a_hash_nothing_opens(stored):
    assert not passwords.is_right("", stored)
    assert not passwords.is_right("mot cau de nho", stored)


def test_a_quickly_hashed_password_opens_as_well():
    secret = passwords.make_temporary()
    made = passwords.hash_temporary([secret])[0]
    assert passwords.is_right(secret, made)
    assert not passwords.is_right(secret + "x", made)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("ngắn", "password_too_short"),
        ("x" * 201, "password_too_long"),
        ("12345678", "password_too_common"),
        ("aaaaaaaaab", "password_too_common"),
        ("nguyenvanan", "password_too_common"),
        ("Nguyễn Văn An 1", "password_too_common"),
        ("matkhau1", "password_too_common"),
        ("Vksnd123", "password_too_common"),
        ("vietnam1", "password_too_common"),
        ("password1!", "password_too_common"),
        ("1q2w3e4r", "password_too_common"),
        ("qwertyuiop", "password_too_common"),
        ("kabo-tinu-4827", None),
        ("chiều nay họp", None),
    ],
)
def test_what_makes_a_password_weak(password, code):
    assert passwords.find_weakness(password, "nguyenvanan") == code


def test_what_everybody_knows_of_a_person_is_no_password():
    assert passwords.find_weakness("huongmai1", "mai", "Lê Hương Mai", "Phòng 7") == "password_too_common"
    assert passwords.find_weakness("PhongTongHop", "mai", "Lê Hương Mai", "Phòng Tổng hợp") == "password_too_common"


def test_no_more_letters_are_looked_at_than_can_be_judged_quickly(monkeypatch):
    seen = []
    monkeypatch.setattr(zxcvbn, "zxcvbn", lambda typed, **_: seen.append(len(typed)) or {"score": 4})
    assert passwords.find_weakness("chiều nay họp " * 14, "mai") is None
    assert max(seen) <= passwords.LOOKED_AT


def test_temporary_passwords_survive_vietnamese_typing_and_differ():
    made = {passwords.make_temporary() for _ in range(500)}
    assert len(made) == 500
    for password in made:
        assert re.fullmatch(r"[bcghklmnptv][aeiou][bcghklmnptv][aeiou]-[a-z]{4}-\d{4}", password)
        assert not set(password) & set("sfrxjwzd")
        assert all(len(set(re.findall("[aeiou]", group))) == 2 for group in password.split("-")[:2])
        assert passwords.find_weakness(password) is None


@pytest.mark.parametrize("typed", ["wrong", "right"])
def test_how_long_it_takes_tells_nothing_of_the_account(monkeypatch, typed):
    """Counted, not timed: the same hashes are computed for everybody, right or wrong."""
    passwords.is_right("x", "")  # what is made once
    temporary = passwords.make_temporary()
    accounts = {
        "chosen": (passwords.hash_password("mot cau de nho"), "mot cau de nho"),
        "temporary": (passwords.hash_temporary([temporary])[0], temporary),
        "unknown": ("", "x"),
        "none": (None, "x"),
        "damaged": ("no hash", "x"),
    }
    work: list[tuple[int, int]] = []
    verify, make = passwords.PasswordHasher.verify, passwords.PasswordHasher.hash

    def verified(self, stored, password):
        found = extract_parameters(stored)
        work.append((found.memory_cost, found.time_cost))
        return verify(self, stored, password)

    def made(self, password):
        work.append((self.memory_cost, self.time_cost))
        return make(self, password)

    monkeypatch.setattr(passwords.PasswordHasher, "verify", verified)
    monkeypatch.setattr(passwords.PasswordHasher, "hash", made)
    done = {}
    for name, (stored, right) in accounts.items():
        work.clear()
        passwords.is_right(right if typed == "right" else "wrong", stored)
        done[name] = list(work)
    assert all(each == done["chosen"] for each in done.values()), done
