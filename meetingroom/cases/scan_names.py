"""What the name of a scanned file says: volume, title, range of sheets, date; a person confirms it. Pure.

`T1` · `Tap 03` · `Tập III` · `BL 041-080` · `QD khoi to 11` · `Tập 2/BL 41-80 lý lịch bị can 12.11.2025.pdf`
"""

import datetime
import re
from collections.abc import Iterable

from meetingroom.documents import file_names
from meetingroom.documents.file_names import TITLE_LENGTH
from meetingroom.spelling import compose

MOST_VOLUMES = 500
APART = r"[\s._\-–,;()\[\]]"
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
VOLUME = re.compile(rf"(?:^|(?<={APART}))(?:tập|tap|quyển|quyen|t)[\s._\-]*0*(\d{{1,3}})(?=$|{APART})", re.IGNORECASE)
VOLUME_ROMAN = re.compile(
    rf"(?:^|(?<={APART}))(?:tập|tap|quyển|quyen)[\s._\-]+([ivxl]{{1,7}})(?=$|{APART})", re.IGNORECASE
)
SHEET = r"0*(\d{1,5}(?:bis|ter|[a-z](?![a-z]))?)"
RANGE = re.compile(
    rf"(?:^|(?<={APART}))(?:các\s+)?(?:bút[\s._\-]*lục|but[\s._\-]*luc|b\.?l)[\s.:_\-]*(?:số|so|từ|tu)?[\s.:_\-]*{SHEET}"
    rf"(?:[\s_]*(?:-|–|—|÷|đến|den|tới|toi|_)[\s_]*(?:bl[\s._\-]*)?{SHEET})?(?=$|{APART})",
    re.IGNORECASE,
)
LAST = re.compile(rf"(?<=\S)[\s_]+{SHEET}(?:[\s_]*[-–—÷][\s_]*{SHEET})?$", re.IGNORECASE)
DATES = (
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[.\-_/](?P<m>\d{1,2})[.\-_/](?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[.\-_/](?P<m>\d{1,2})[.\-_/](?P<d>\d{1,2})(?!\d)"),
)
DAY_WORD = re.compile(rf"(?:^|(?<={APART}))(?:ngày|ngay){APART}*$", re.IGNORECASE)
NUMBERED = re.compile(
    r"^(?:scan|img|image|doc|document|file|page|trang|anh|ảnh|ban|bản|so|số|ngay|ngày|lan|lần|dieu|điều)s?$",
    re.IGNORECASE,
)


def read_name(path: str) -> dict:
    """{volume: number or 0, title, bl_from, bl_to, date} as a file's path proposes them."""
    *folders, name = [part for part in compose(path).replace("\\", "/").split("/") if part] or [""]
    stem = name.rpartition(".")[0] or name
    date, rest = take_date(stem)
    volume, rest = take_volume(rest)
    first, last, rest = take_range(rest)
    title = tidy(rest)
    for folder in reversed(folders):
        volume = volume or take_volume(folder)[0]
    return {"volume": volume, "title": title, "bl_from": first, "bl_to": last, "date": date}


def titles_of(paths: Iterable[str], taken: Iterable[tuple[int, str]] = ()) -> dict[str, str]:
    """The title of each path. Those that would be called alike in one volume, or as one that is there (`taken`: volume,
    title), are told apart by the folder in which they differ; where that does not do it, by all of them."""
    there = {(volume, title.casefold()) for volume, title in taken}
    alike: dict[tuple[int, str], list[str]] = {}
    found: dict[str, str] = {}
    for path in paths:
        guess = read_name(path)
        found[path] = guess["title"]
        alike.setdefault((guess["volume"], guess["title"].casefold()), []).append(path)
    for (volume, title), group in alike.items():
        if len(group) > 1 or (volume or 1, title) in there:
            folders = {path: folders_of(path) for path in group}
            of_volume = {name for number, name in there if number == (volume or 1)}
            found |= file_names.set_apart({path: found[path] for path in group}, folders, of_volume)
    return found


def folders_of(path: str) -> list[str]:
    """In words, from the nearest on; without those that only say which volume it is."""
    return [words for folder in file_names.folders_of(path) if (words := tidy(take_volume(folder)[1]))]


def take_date(stem: str) -> tuple[str, str]:
    for form in DATES:
        if found := form.search(stem):
            try:
                on = datetime.date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
            except ValueError:
                continue
            return on, f"{DAY_WORD.sub('', stem[: found.start()])} {stem[found.end() :]}"
    return "", stem


def take_volume(stem: str) -> tuple[int, str]:
    if found := VOLUME.search(stem):
        number = int(found[1])
    elif found := VOLUME_ROMAN.search(stem):
        number = roman(found[1])
    else:
        return 0, stem
    if not 0 < number <= MOST_VOLUMES:
        return 0, stem
    return number, f"{stem[: found.start()]} {stem[found.end() :]}"


def roman(text: str) -> int:
    values = [ROMAN[letter] for letter in text.lower()]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def take_range(stem: str) -> tuple[str, str, str]:
    """(first, last, what is left). Without a lead, a number at the end of a title is taken for the sheet."""
    if found := RANGE.search(stem):
        return sheet(found[1]), sheet(found[2] or found[1]), f"{stem[: found.start()]} {stem[found.end() :]}"
    stripped = stem.strip(" _-.–")
    found = LAST.search(stripped)
    before = tidy(stripped[: found.start()]) if found else ""
    if found and any(c.isalpha() for c in before) and not NUMBERED.match(before.split()[-1]):
        return sheet(found[1]), sheet(found[2] or found[1]), before
    return "", "", stem


def sheet(text: str) -> str:
    return text.lower().lstrip("0") or "0"


def tidy(text: str) -> str:
    return " ".join(re.sub(r"[_\s]+", " ", text).strip(" .,;:-–—()[]").split())[:TITLE_LENGTH]
