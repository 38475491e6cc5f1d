"""How official documents are laid out: heads, lines and where they may end (Decree 30/2020/NĐ-CP, annex I). Points, if
not _MM."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from meetingroom.printing import glyphs
from meetingroom.printing.page_format import MM, Landscape, Paper
from meetingroom.printing.typefaces import BOLD, REGULAR

# What a word processor is told: every office has it, and the decree names it.
TYPEFACE = "Times New Roman"

PAGE_NUMBER = 13
MOTTO_STEP = 1  # the motto is a point larger than the country's name
RECIPIENTS_LABEL, RECIPIENTS = 12, 11
RULE = 0.75  # thickness of the drawn lines
RULE_SHARE = 0.4  # of the text's width, where the decree wants a third to a half
SIGNATURE_ROOM_MM = 26  # between the signer's office and name


_paper: ContextVar[Paper] = ContextVar("paper", default=Paper())  # noqa: B039 (frozen)


def paper() -> Paper:
    """The paper of the document that is being made."""
    return _paper.get()


@contextmanager
def printed_on(wanted: Paper) -> Iterator[None]:
    """Documents made inside are on this paper."""
    token = _paper.set(wanted)
    try:
        yield
    finally:
        _paper.reset(token)


def width(text: str, font: str, size: float) -> float:
    return glyphs.width(text, font, size)


# Boxes of the signs of urgency, in mm (annex I, II.10b).
URGENT = {"KHẨN": (20, 8), "THƯỢNG KHẨN": (40, 8), "HỎA TỐC": (30, 8)}


def box_of(text: str, face: str, size: float) -> tuple[float, float]:
    """How large the frame around a mark in the head is."""
    if text in URGENT:
        wide, high = URGENT[text]
        return wide * MM, high * MM
    return width(text, face, size) + 12, 20


# Where an office does not let a line end: between a number and what it counts or names.
BOUND = re.compile(
    r"(?<=\d) (?=giờ\b|phút\b|giây\b|tháng\b|năm\b|tuổi\b|đồng\b|triệu\b|tỷ\b|%|đại biểu\b|phiếu\b|người\b"
    r"|thành viên\b|ý kiến\b|bị can\b|bị cáo\b|vụ\b)"
    r"|\b(ngày|tháng|năm|quý|giờ|khu vực|điều|khoản|điểm|mục|chương|phần|số|phòng|tầng|trang|tr\.|bút lục|phụ lục"
    r"|nhóm|cấp|lần|thứ|khóa|kỳ|p\.|no\.|article|clause|room)"
    r" (?=\d|[a-zđ]\)|(?-i:[IVXLC]+)\b)"
    r"|\b(điểm|khoản|điều) (?=[a-zđ]\b)",
    re.IGNORECASE,
)


def clean_text(text: str) -> str:
    """In characters that can be printed, with the spaces at which no line may end."""
    return bound_text(glyphs.fit_text(text))


def fit_for_word(text: str) -> str:
    """For a word processor, which has faces of its own: all that a file can hold, with the same spaces."""
    return bound_text(glyphs.keep_marks(text))


def bound_text(text: str) -> str:
    """`04 giờ 22`, `khu vực 4`: spaces that hold a number to its word are made non-breaking."""
    return BOUND.sub(lambda found: found[0].replace(" ", "\xa0") if found[0] != " " else "\xa0", text)


@dataclass(frozen=True)
class Header:
    """The two columns at the head of the first page: sizes and widths that go together."""

    size: int
    left: float
    right: float


def header(parent: str, country: str) -> Header:
    """13 point if the body above fits on one line beside the country's name, else 12 if it then does, else 13."""
    for size in (13, 12, 13):
        right = width(country, BOLD, size) + 2
        if isinstance(paper(), Landscape):  # else the agency's name would stand far from its corner
            right = max(right, paper().text_width / 2)
        left = paper().text_width - right - 6
        if all(width(line, REGULAR, size) <= left for line in parent.upper().split("\n")):
            break
    return Header(size, left, right)


# Where the name of an agency may be broken without tearing a word apart: before the place or the rank.
SEAMS = re.compile(r"^(TỈNH|THÀNH|KHU|TỐI|CẤP|HUYỆN|QUẬN|THỊ|XÃ|PHƯỜNG|VỀ|VÀ|CỦA|OF|AND|FOR)(?:$|\xa0)", re.IGNORECASE)


def break_lines(text: str, font: str, size: float, room: float) -> list[str]:
    """`text` in as few lines as fit into `room`, of like length, broken at a comma or a seam where there is one."""
    lines: list[str] = []
    for part in clean_text(text).split("\n"):
        # At spaces that may end a line only; what is wider than the room alone is cut where it must be.
        words = [piece for word in part.split(" ") if word for piece in split_words(word, font, size, room)]
        if words:
            lines += spread_evenly(words, lambda chunk: width(" ".join(chunk), font, size), room)
    return lines


def split_words(word: str, font: str, size: float, room: float) -> list[str]:
    """`word` as it is, or in pieces that fit into `room`."""
    if width(word, font, size) <= room:
        return [word]
    found = [""]
    for letter in word:
        if found[-1] and width(found[-1] + letter, font, size) > room:
            found.append("")
        found[-1] += letter
    return found


def spread_evenly(words: list[str], measure, room: float) -> list[str]:
    fewest: list[list[str]] = [[]]
    for word in words:
        if fewest[-1] and measure([*fewest[-1], word]) > room:
            fewest.append([])
        fewest[-1].append(word)
    if len(fewest) == 1:
        return [" ".join(words)]

    @cache
    def best(start: int, lines: int) -> tuple[float, tuple[int, ...]]:
        """The least ugliness of words[start:] on so many lines, and where each begins."""
        if lines == 1:
            rest = measure(words[start:])
            return (0 if rest <= room else 1e9) + ((room - rest) / room) ** 2, ()
        found: tuple[float, tuple[int, ...]] = (float("inf"), ())
        for end in range(start + 1, len(words) - lines + 2):
            length = measure(words[start:end])
            if length > room and end > start + 1:
                break
            ahead, cuts = best(end, lines - 1)
            seam = words[end - 1].endswith((",", ";", ":")) or SEAMS.match(words[end])
            cost = ahead + ((room - length) / room) ** 2 + (0 if seam else 0.5)
            found = min(found, (cost, (end, *cuts)))
        return found

    cuts = (0, *best(0, len(fewest))[1], len(words))
    return [" ".join(words[a:b]) for a, b in pairwise(cuts)]
