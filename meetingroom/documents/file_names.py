"""File names and titles of papers, and the stamps of state secrets in them. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath, PureWindowsPath

from meetingroom.spelling import compose

NAME_LENGTH = 180
LONGEST = 4000  # of what is looked at
TITLE_LENGTH, FOLDER_LENGTH = 300, 80  # letters of a title that says its folder, and of the folder in it

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


def titles_of(paths: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """The title of each path in a folder or a ZIP. Those that would be called alike, or as one that is there (`taken`),
    are told apart by where they lie."""
    there = {title.casefold() for title in taken}
    found = {path: title_of(tidy_name(path)) for path in paths}
    alike: dict[str, list[str]] = {}
    for path, title in found.items():
        alike.setdefault(title.casefold(), []).append(path)
    for title, group in alike.items():
        if len(group) > 1 or title in there:
            folders = {path: [title_of(f"{each}.") for each in folders_of(path)] for path in group}
            found |= set_apart({path: found[path] for path in group}, folders, there)
    return found


def folders_of(path: str) -> list[str]:
    """From the nearest on."""
    *folders, _ = compose(path, LONGEST).replace("\\", "/").split("/")
    return [each for each in reversed(folders) if each not in {"", ".", ".."}]


def set_apart(titles: Mapping[str, str], folders: Mapping[str, Sequence[str]], taken: set[str]) -> dict[str, str]:
    """What is called alike, with the folder in which it differs; where that does not do it, with all of them: of
    several ways the shortest that leaves the fewest alike. `titles`: of each path; `folders`: from the nearest on."""
    ways = [dict(titles)]
    for level in range(max(map(len, folders.values()))):
        ways.append({path: with_folder(folders[path][level : level + 1], title) for path, title in titles.items()})
    ways.append({path: with_folder(folders[path][::-1], title) for path, title in titles.items()})
    return max(ways, key=lambda way: len({title.casefold() for title in way.values()} - taken))


def with_folder(folders: Sequence[str], title: str) -> str:
    where = " / ".join(folders)
    if len(where) > FOLDER_LENGTH:
        where = f"…{where[-FOLDER_LENGTH:].strip()}"
    return " – ".join(filter(None, (where, title)))[:TITLE_LENGTH]


def find_secrecy_stamp(filename: str) -> str:
    """The stamp of a state secret in a file name ("MẬT", "TỐI MẬT", "TUYỆT MẬT"), or ""."""
    name = compose(filename, LONGEST)
    for found in STAMP.finditer(name):
        alone = found[1] == "MẬT"
        if alone and (HARMLESS_BEFORE.search(name[: found.start()]) or HARMLESS_AFTER.search(name[found.end() :])):
            continue
        return " ".join(re.split(r"[ ._-]+", found[1]))
    return ""
