"""Vietnamese names: their order, their spelling without marks, user names made of them. Pure."""

import re
import unicodedata

from meetingroom.spelling import compose, decompose

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
RANK = {letter: rank for rank, letter in enumerate(ALPHABET)}

# The order of tones in Vietnamese dictionaries: level, huyền, hỏi, ngã, sắc, nặng.
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
LONGEST_LINE = 4000  # far above what any field of one line may hold; what is longer is too long all the same
SHAPES = {"\u0302", "\u0306", "\u031b"}  # circumflex, breve, horn: they make another letter


def tidy(text: str) -> str:
    """As it is stored: composed (NFC), no control characters, single spaces, none at the ends; cut to a long line."""
    line = compose(text or "", LONGEST_LINE)
    kept = "".join(" " if unicodedata.category(c) in {"Cc", "Zs", "Zl", "Zp"} else c for c in line)
    return " ".join("".join(c for c in kept if unicodedata.category(c) != "Cf").split())


def fold(text: str) -> str:
    """For searching: without marks, đ as d, lower case. `Hoà` and `Hòa` and `hoa` are the same."""
    bare = "".join(c for c in decompose(tidy(text), alike=True) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "d").casefold()


def matches(needle: str, *fields: str) -> bool:
    """Whether every word of `needle` is found. A word typed with marks must have these marks; without, any will do."""
    text = " ".join(fields)
    exact, folded = lowered(text), fold(text)
    return all(word in (folded if word == fold(word) else exact) for word in lowered(needle).split())


def lowered(text: str) -> str:
    return one_tone_style(tidy(text).lower())


def one_tone_style(text: str) -> str:
    """`hoà`, `thuý` written the other way, `hòa`, `thúy`, so that both are found by both."""
    return re.sub(r"\b\w*(?:o[àảãáạ]|o[èẻẽéẹ]|u[ỳỷỹýỵ])\b", lambda m: move_tone(m[0]), text)


def move_tone(word: str) -> str:
    first, last = word[-2], decompose(word[-1])
    if len(word) > 2 and word[-3] == "q":  # quý: the u belongs to the consonant
        return word
    return word[:-2] + compose(first + last[1:]) + last[0]


def syllable_key(syllable: str) -> tuple:
    """(letters, tone): letters decide, then the tone of the whole syllable, wherever its mark was put."""
    letters, tone = [], 0
    for cluster in clusters(syllable.lower()):
        marks = [c for c in cluster[1:] if c in SHAPES]
        tone = max([tone, *(TONES.get(c, 0) for c in cluster[1:])])
        letter = compose(cluster[0] + "".join(marks))
        letters.append((1, RANK[letter]) if letter in RANK else (0 if letter < "a" else 2, ord(letter[0])))
    return tuple(letters), tone


def clusters(text: str) -> list[str]:
    """Each base character with the marks that follow it."""
    found: list[str] = []
    for character in decompose(text):
        if found and unicodedata.combining(character):
            found[-1] += character
        else:
            found.append(character)
    return found


def text_key(text: str) -> tuple:
    """The order of titles and units: word by word, numbers by value (`Phòng 9` before `Phòng 15`)."""
    parts = re.findall(r"\d+|[^\W\d_]+", compose(text))
    return tuple((0, (int(part),), 0) if part.isdecimal() else (1, *syllable_key(part)) for part in parts)


def name_key(name: str) -> tuple:
    """The order of an attendance list: given name (the last word), then family name and middle names.

    What stands in brackets or after a comma is no part of the name.
    """
    words = re.sub(r"\(.*?\)", " ", tidy(name)).split(",")[0].split() or [""]
    return syllable_key(words[-1]), tuple(syllable_key(word) for word in words[:-1]), tidy(name)


def by_name(rows: list[dict]) -> list[dict]:
    """Rows with a `name`, in the order of an attendance list."""
    return sorted(rows, key=lambda row: name_key(row["name"]))


USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?")


def is_username(text: str) -> bool:
    """Lower case letters without marks, digits, and . _ - inside; at most 40."""
    return bool(USERNAME.fullmatch(text))


def username_of(name: str, taken=()) -> str:
    """`Nguyễn Văn An` → `annv`; the second one `annv2`."""
    words = [re.sub(r"[^a-z0-9]", "", word) for word in fold(re.sub(r"\(.*?\)", " ", name)).split()]
    words = [word for word in words if word]
    made = (words[-1] + "".join(word[0] for word in words[:-1]))[:36] if words else "user"
    number, wanted = 2, made
    while wanted in taken:
        wanted, number = f"{made}{number}", number + 1
    return wanted
