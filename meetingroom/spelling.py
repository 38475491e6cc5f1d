"""One spelling of text from outside: composed (NFC), in a time that does not depend on who wrote it. Pure.

Nobody else normalises (tests/test_house.py).
"""

import re
import unicodedata

MOST_MARKS = 8  # on one letter; Vietnamese needs two, and no script in use more than a few


def list_marks() -> str:
    """The characters that Unicode puts in an order of their own behind a letter, as ranges of a character class."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x1F000):
        if unicodedata.combining(chr(code)):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


# Normalising sorts the marks on a letter one by one: 160 KB of them on a single letter took 28 seconds.
MARKS = list_marks()
HEAP = re.compile(f"([{MARKS}]{{{MOST_MARKS}}})[{MARKS}]+")


def compose(text: str, longest: int | None = None) -> str:
    """`text` in NFC, cut to `longest` characters first, with at most eight marks on a letter."""
    if longest is not None:
        text = text[:longest]
    return text if text.isascii() else unicodedata.normalize("NFC", HEAP.sub(r"\1", text))


def decompose(text: str, *, alike: bool = False) -> str:
    """`text` in NFD, with at most eight marks on a letter; `alike`: in NFKD, what only looks otherwise made plain."""
    return text if text.isascii() else unicodedata.normalize("NFKD" if alike else "NFD", HEAP.sub(r"\1", text))
