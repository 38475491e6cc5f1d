"""The words of a PDF page and where they stand, for search, selection and later marks. Works on an open page."""

import ctypes
from dataclasses import dataclass

import pypdfium2.raw as raw
from PIL import Image

from meetingroom.documents import legacy_encodings
from meetingroom.documents.text_check import Caution, font_name, is_embedded
from meetingroom.spelling import compose

WORDS_LIMIT = 20_000  # of one page
CHARS_LIMIT = 200_000
DEVICE = 1_000_000  # an imagined screen this wide and high: whole numbers are then millionths of the page
BREAK = "\0"
SOFT_HYPHEN = "\u00ad"
HYPHEN_AT_LINE_END = 0x02  # how PDFium writes a hyphen it believes to be only the line's


def words_of(page) -> list[dict]:
    """[{"text", "box": [x, y, width, height]}] in reading order as the file has it.

    Boxes are fractions of the page as shown (turned, cropped), origin top left; text is NFC. A word broken at
    the end of a line is one word without the hyphen, "printed" has it: nobody knows whether it was there before
    the line ended (12/BC-VKS). Its `box` is the part on the first line, "boxes" are all parts.
    """
    return read_text(page)[0]


def read_text(page, picture: Image.Image | None = None) -> tuple[list[dict], list[str]]:
    """The words, and the codes of what the owner should know of them.

    With the `picture` of the page: words that are covered there are left out (`text_check.py`).
    """
    layer, on_screen = page.get_textpage(), placement(page)
    try:
        swapped, codes = modernise(layer)
        runs, covered = spans(layer, swapped), set()
        if picture:
            caution = Caution(page, layer, on_screen, picture, (span.indexes() for span in runs))
            covered, codes = caution.covered, list(dict.fromkeys([*codes, *caution.codes]))
        found = [place_words(layer, on_screen, span) for span in runs if not covered.intersection(span.indexes())]
    finally:
        layer.close()
    return [word for word in found if word], codes


def modernise(layer) -> tuple[dict[int, str], list[str]]:
    """{index: letter} of what is set in a font from before Unicode, and the codes of what is to be said about it;
    "" for a mark that belongs to the letter before."""
    runs: dict[str, list[int]] = {}
    for index in range(min(layer.count_chars(), CHARS_LIMIT)):
        name = font_name(layer, index)
        if legacy_encodings.scheme(name):
            runs.setdefault(name, []).append(index)
    swapped: dict[int, str] = {}
    drawn_wrong = False
    for name, indexes in runs.items():
        letters = [chr(min(raw.FPDFText_GetUnicode(layer.raw, index), 0x10FFFF)) for index in indexes]
        pairs = zip(indexes, letters, legacy_encodings.to_unicode(name, letters), strict=True)
        changed = {index: new for index, old, new in pairs if new != old}
        swapped |= changed
        # A substitute draws what the file says, not what the old font made of it.
        drawn_wrong = drawn_wrong or (bool(changed) and not is_embedded(layer, indexes[0]))
    codes = ["old_letters"] if runs else []
    return swapped, [*codes, "letters_missing"] if drawn_wrong else codes


def placement(page):
    """(x, y) of the file, which counts from below and may be turned or cropped → fractions of the page as shown."""
    width, height = page.get_size()
    (left, top), (right, along), (across, bottom) = (on_device(page, *p) for p in ((0, 0), (width, 0), (0, height)))
    # Every such mapping is linear: three points tell it, and save two calls for each letter.
    a, b = (right - left) / width, (across - left) / height
    c, d = (along - top) / width, (bottom - top) / height
    return lambda x, y: (left + a * x + b * y, top + c * x + d * y)


def on_device(page, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, DEVICE, DEVICE, 0, x, y, across, down)
    return across.value / DEVICE, down.value / DEVICE


@dataclass
class Span:
    """A run of characters without white space. `parts` are (first, last) of what stands on each line."""

    text: str
    printed: str  # with the hyphens at ends of lines
    parts: list[tuple[int, int]]

    def indexes(self) -> list[int]:
        return [index for first, last in self.parts for index in range(first, last + 1)]


def spans(layer, swapped: dict[int, str]) -> list[Span]:
    """At most WORDS_LIMIT."""
    runs: list[Span] = []
    letters: list[str] = []
    parts: list[tuple[int, int]] = []
    first = 0
    codes = [raw.FPDFText_GetUnicode(layer.raw, index) for index in range(min(layer.count_chars(), CHARS_LIMIT))]
    for index, code in enumerate([*codes, 0x20]):
        letter = swapped.get(index) or letter_of(code)
        if letters and swapped.get(index) == "":
            continue
        if letter and not letters:
            first, parts = index, []
        if code == HYPHEN_AT_LINE_END and letters and index + 1 < len(codes) and letter_of(codes[index + 1]):
            # The part of the line that ends here; the next begins behind the hyphen.
            parts.append((first, index))
            first = index + 1
            letters.append(BREAK)
        elif letter:
            letters.append(letter)
        elif letters:
            last = [(first, index - 1)] if index > first else []
            whole = "".join(letters)
            runs.append(Span(whole.replace(BREAK, ""), whole.replace(BREAK, "-"), [*parts, *last]))
            letters = []
            if len(runs) >= WORDS_LIMIT:
                break
    return runs


def letter_of(code: int) -> str:
    """Empty for white space, control characters and what is no character."""
    if code == HYPHEN_AT_LINE_END:
        return "-"
    if code < 33 or 0x7F <= code < 0xA1 or 0xD800 <= code < 0xE000 or code >= 0xFFFE:
        return ""
    letter = chr(code)
    return "" if letter.isspace() else letter


def place_words(layer, on_screen, span: Span) -> dict | None:
    """The word with its box, or None when it stands outside of the page."""
    boxes = [box for part in span.parts if (box := box_of(layer, on_screen, *part))]
    if not boxes:
        return None
    word = {"text": clean_text(span.text), "box": boxes[0]}
    return {**word, "printed": clean_text(span.printed), "boxes": boxes} if len(span.parts) > 1 else word


def clean_text(letters: str) -> str:
    return compose(letters.replace(SOFT_HYPHEN, ""))


def box_of(layer, on_screen, first: int, last: int) -> list[float] | None:
    corners = []
    for index in (first, last) if last > first else (first,):
        box = raw.FS_RECTF()  # with room for ascent and descent, so that a line's words are equally high
        if raw.FPDFText_GetLooseCharBox(layer.raw, index, box):
            corners += [on_screen(box.left, box.top), on_screen(box.right, box.bottom)]
    if not corners:
        return None
    left, right = clamp(min(x for x, _ in corners)), clamp(max(x for x, _ in corners))
    top, bottom = clamp(min(y for _, y in corners)), clamp(max(y for _, y in corners))
    if right <= left or bottom <= top:
        return None
    return [round(left, 5), round(top, 5), round(right - left, 5), round(bottom - top, 5)]


def clamp(value: float) -> float:
    return min(1.0, max(0.0, value))
