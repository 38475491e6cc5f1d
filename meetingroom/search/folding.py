"""Words without their accents. Pure."""

import re

from meetingroom.spelling import compose, decompose


def fold(text: str) -> str:
    """Without accents, `đ` as `d`, in small letters: letter for letter, where the text is in NFC."""
    text = compose(text).replace("đ", "d").replace("Đ", "D")
    return "".join(decompose(letter.lower())[0] for letter in text)


def tokens_of(text: str) -> list[str]:
    """The words and numbers of a text, as the index has them, in small letters with their accents."""
    return re.findall(r"[^\W_]+", compose(text).lower())
