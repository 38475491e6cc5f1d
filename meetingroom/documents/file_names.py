"""File names and titles of papers, and the stamps of state secrets in them. Pure."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

from meetingroom.spelling import compose

NAME_LENGTH = 180
LONGEST = 4000  # of what is looked at

# Upper case and standing alone, as a stamp does. The second line is what scanners without Vietnamese letters write.
LETTER = r"[^\W_]"
STAMP = re.compile(
    rf"(?<!{LETTER})(TUYỆT[ ._-]+MẬT|TỐI[ ._-]+MẬT|MẬT"
    rf"|TUYET[ ._-]+MAT|TOI[ ._-]+MAT)(?!{LETTER})"
)
# Everyday words that hold the stamp's word: BẢO MẬT (security), BÍ MẬT (secret), MẬT KHẨU (password), MẬT MÃ (cipher).
HARMLESS_BEFORE = re.compile(rf"(?<!{LETTER})(BẢO|BÍ)[ ._-]+$")
HARMLESS_AFTER = re.compile(rf"^[ ._-]+(KHẨU|MÃ)(?!{LETTER})")


def tidy_name(filename: str) -> str:
    """The last part of what a browser sent, in one Unicode form, without control characters, of bearable length."""
    name = PureWindowsPath(PurePosixPath(filename[-LONGEST:]).name).name  # the end: it tells what kind of file it is
    name = compose(name)
    name = " ".join("".join(c for c in name if unicodedata.category(c)[0] != "C" or c == " ").split())
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name[:NAME_LENGTH]
    return f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending}"


def title_of(filename: str) -> str:
    """What the paper is called until somebody names it: the file name without its ending and its underscores."""
    stem = filename.rpartition(".")[0] or filename
    return " ".join(stem.replace("_", " ").split())


def find_secrecy_stamp(filename: str) -> str:
    """The stamp of a state secret in a file name ("MẬT", "TỐI MẬT", "TUYỆT MẬT"), or ""."""
    name = compose(filename, LONGEST)
    for found in STAMP.finditer(name):
        alone = found[1] == "MẬT"
        if alone and (HARMLESS_BEFORE.search(name[: found.start()]) or HARMLESS_AFTER.search(name[found.end() :])):
            continue
        return " ".join(re.split(r"[ ._-]+", found[1]))
    return ""
