"""Vietnamese as it was written before Unicode: .VnTime and its like (TCVN 5712:1993, "ABC"), VNI-Times and its like.

Such fonts draw "ộ" where the file says "é". Few machines have them, so the text is turned into Unicode before it is
printed (press/Press.bas does it, with this table, in the pieces of text that are set in such a font).
"""

import functools
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

from meetingroom.documents.kinds import Kind

PIECE = 1024 * 1024
FONT = re.compile(rb"\.Vn[A-Z3]|VNI-[A-Z]")
WIDE_FONT = re.compile(rb"\.\0V\0n\0[A-Z3]\0|V\0N\0I\0-\0[A-Z]\0")

ABC = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờở",
    0xEC: "ỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}

# A letter, then its mark.
MARKS = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
ROOFS = {"á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323", "â": ""}
BOWLS = {"é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323", "ê": ""}
ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


@functools.cache
def abc() -> dict[str, str]:
    """{what the file says: what it means} of TCVN 5712:1993, as Windows reads its bytes."""
    return {chr(start + n): letter for start, run in ABC.items() for n, letter in enumerate(run)}


@functools.cache
def vni() -> dict[str, str]:
    """The same of VNI: a letter alone, or a letter and its mark, small and large."""
    small = dict(ALONE)
    small |= {letter + mark: letter + accent for letter in "aeouy" for mark, accent in MARKS.items()}
    small |= {"ô" + mark: "ơ" + accent for mark, accent in MARKS.items()}
    small |= {"ö" + mark: "ư" + accent for mark, accent in MARKS.items()}
    small |= {letter + mark: f"{letter}\u0302{accent}" for letter in "aeo" for mark, accent in ROOFS.items()}
    small |= {"a" + mark: f"a\u0306{accent}" for mark, accent in BOWLS.items()}
    # Whoever types a capital by hand leaves the mark small.
    mixed = {old[0].upper() + old[1:]: new.upper() for old, new in small.items() if len(old) == 2}
    large = {old.upper(): new.upper() for old, new in small.items()}
    return {old: unicodedata.normalize("NFC", new) for old, new in (small | mixed | large).items()}


def table() -> str:
    """For the macro: a line each, in numbers: 1 (ABC) or 2 (VNI), first character, second or 0, what it means."""
    schemes = {1: abc(), 2: vni()}
    return "".join(
        f"{number} {ord(old[0])} {ord(old[1]) if len(old) > 1 else 0} {ord(new)}\n"
        for number, scheme in schemes.items()
        for old, new in scheme.items()
    )


def scheme(font: str) -> int:
    """1 (ABC), 2 (VNI), 0 for a font that is none of them; a PDF may put six letters and a plus before the name."""
    name = font.rpartition("+")[2]
    return 1 if name.startswith(".Vn") else 2 if name.startswith("VNI-") else 0


def to_unicode(font: str, letters: list[str]) -> list[str]:
    """The same in Unicode, as many; "" for a mark that belongs to the letter before it.

    What has such a font's name and Vietnamese letters in Unicode was put right by somebody before.
    """
    if any("\u0102" <= letter <= "\u01b0" or "\u1ea0" <= letter <= "\u1ef9" for letter in letters):
        return letters
    if scheme(font) == 2:
        return with_marks(letters, vni())
    single = abc()
    turned = [single.get(letter, letter) for letter in letters]
    # Byte 0xAD is ư here and a hyphen everywhere else, and as that it may have come.
    for n, letter in enumerate(letters):
        if letter in "-\x02" and is_within_word(letters, n):
            turned[n] = "ư"
    large = font.partition(",")[0].endswith("H")
    return [letter.upper() for letter in turned] if large else turned


def is_within_word(letters: list[str], n: int) -> bool:
    """A lower case letter stands before it; or it is the first and one stands behind it (ưu)."""
    before, after = letters[n - 1] if n else " ", letters[n + 1] if n + 1 < len(letters) else " "
    return before.islower() or (before.isspace() and after.islower()) or (before.isupper() and after.islower())


def with_marks(letters: list[str], pairs: dict[str, str]) -> list[str]:
    turned: list[str] = []
    n = 0
    while n < len(letters):
        pair = "".join(letters[n : n + 2])
        if len(pair) == 2 and pair in pairs:
            turned += [pairs[pair], ""]
            n += 2
        else:
            turned.append(pairs.get(letters[n], letters[n]))
            n += 1
    return turned


def is_suspected(path: Path, kind: Kind) -> bool:
    """Whether the file names such a font anywhere: only then its text is looked through."""
    tail = b""
    for piece in pieces_of(path, kind):
        if FONT.search(tail + piece) or (kind.family == "ole" and WIDE_FONT.search(tail + piece)):
            return True
        tail = piece[-32:]
    return False


def pieces_of(path: Path, kind: Kind) -> Iterator[bytes]:
    if kind.family != "zip":
        with path.open("rb") as file:
            yield from iter(lambda: file.read(PIECE), b"")
        return
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if entry.filename.lower().endswith(".xml"):
                with archive.open(entry) as stream:
                    yield from iter(lambda: stream.read(PIECE), b"")
                    yield b" " * 64  # nothing goes on in the next entry
