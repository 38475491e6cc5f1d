"""Password hashes (argon2id), and temporary passwords to print on a slip."""

import re
import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from meetingroom.spelling import compose, decompose

SHORTEST, LONGEST = 8, 200

# OWASP's argon2id parameters (19 MiB, two passes, one lane): about 20 ms of a core. A thousand people who sign in at
# eight o'clock are all in within twenty seconds; a stolen file still costs 20 ms a guess.
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


# Asked of a new password: more than a million guesses by whoever knows the usual words (zxcvbn's score 2 of 4).
# Guessing over the wire is throttled besides; docs/decisions.md says why not more.
STRONG_ENOUGH = 2
LOOKED_AT = 32  # letters: zxcvbn's time grows faster than the length, and what is guessed so far is far enough
SIGNS = 3  # kinds of digits and signs that may stand for a letter: it tries every combination of their meanings

# What people here choose that zxcvbn's English lists do not know.
VIETNAMESE = (
    "matkhau", "matkhau1", "matkhau123", "vietnam", "vietnam1", "vksnd", "vksnd123", "vienkiemsat", "kiemsat",
    "phonghop", "phienhop", "cuochop", "hopkhonggiay", "thanhpho", "hanoi", "xinchao", "anhyeuem", "emyeuanh",
)  # fmt: skip


# For temporary passwords, made by chance and changed at first use: a list of 500 people must not take a minute.
quick = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)


@cache
def hash_of_nobody(kind: PasswordHasher) -> str:
    """Verified in place of the hash that somebody does not have."""
    return kind.hash(secrets.token_hex(16))


def hash_password(password: str) -> str:
    """Slow on purpose (~20 ms of a core): call it through `context().in_thread` in the server."""
    return hasher.hash(normalise(password))


def hash_temporary(temporary: list[str]) -> list[str]:
    """Hashes of passwords made by `temporary()`, ~6 ms each; never for one that a person thought of."""
    return [quick.hash(password) for password in temporary]


def is_right(password: str, stored: str | None) -> bool:
    """Slow on purpose. One hash of each kind is verified whoever is meant: the time taken tells neither whether there
    is such a user, nor whose password is still the temporary one."""
    typed, right = normalise(password), False
    kind = kind_of(stored or "")
    for each in (hasher, quick):
        if each is kind:
            right = verify(each, stored or "", typed)
        else:
            verify(each, hash_of_nobody(each), typed)
    return right


def kind_of(stored: str) -> PasswordHasher | None:
    """Which of the two made a hash; None when it is none. One with older parameters counts as a chosen password's."""
    try:
        return hasher if quick.check_needs_rehash(stored) else quick
    except InvalidHashError:
        return None


def verify(kind: PasswordHasher, stored: str, typed: str) -> bool:
    try:
        return kind.verify(stored, typed)
    except (VerificationError, InvalidHashError):
        return False


def normalise(password: str) -> str:
    """One spelling of marks, whatever keyboard it was typed on."""
    return compose(password, 4 * LONGEST)[:LONGEST]


def find_weakness(password: str, username: str = "", *known: str) -> str | None:
    """A code of what is wrong with a new password, or None. `known`: what everybody knows of the person."""
    if len(password) < SHORTEST:
        return "password_too_short"
    if len(password) > LONGEST:
        return "password_too_long"
    typed = drop_signs("".join(strip_marks(password).split())[:LOOKED_AT])
    if len(set(typed)) < 4:
        return "password_too_common"
    from zxcvbn import zxcvbn  # with its lists of words; read when the first password is chosen

    guesses = zxcvbn(typed, user_inputs=[*VIETNAMESE, *usual_words(username, *known)])
    return None if guesses["score"] >= STRONG_ENOUGH else "password_too_common"


def drop_signs(text: str) -> str:
    """Without the signs that are neither letter nor digit, but for the first few kinds."""
    kinds = list(dict.fromkeys(each for each in text if not each.isalnum()))
    return "".join(each for each in text if each.isalnum() or each in kinds[:SIGNS])


def usual_words(*texts: str) -> set[str]:
    """What would be tried first: each word of the texts, and each text in one word; of its first hundred letters."""
    found = set()
    for text in texts:
        words = re.findall(r"\w+", strip_marks(text[:100]))
        found |= {"".join(words), *(word for word in words if len(word) > 2)}
    return found - {""}


def strip_marks(text: str) -> str:
    """Small letters without the marks of Vietnamese, as passwords are often typed: Nguyễn → nguyen."""
    letters = decompose(text[:LONGEST].casefold()).replace("đ", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def make_temporary() -> str:
    """`kabo-tinu-4827`: easily read from paper and typed on a tablet (36 bits; must be changed at first use).

    No letters that Telex or VNI typing turns into marks (s f r x j w z d), no vowel twice in a group.
    """
    return f"{random_group()}-{random_group()}-{secrets.randbelow(10_000):04}"


def random_group() -> str:
    first, second = secrets.SystemRandom().sample("aeiou", 2)
    return secrets.choice("bcghklmnptv") + first + secrets.choice("bcghklmnptv") + second
