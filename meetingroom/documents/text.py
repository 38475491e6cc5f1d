"""The words of a PDF page and where they stand, for search, selection and later marks. Works on an open page."""

import ctypes
import unicodedata

import pypdfium2.raw as raw

WORDS_LIMIT = 20_000  # of one page
CHARS_LIMIT = 200_000
DEVICE = 1_000_000  # an imagined screen this wide and high: whole numbers are then millionths of the page
HYPHEN_AT_LINE_END = 0x02  # how PDFium writes a hyphen it believes to be only the line's


def words(page) -> list[dict]:
    """[{"text", "box": [x, y, width, height]}] in reading order as the file has it.

    Boxes are fractions of the page as shown (turned, cropped), origin top left; text is NFC.
    """
    layer, on_screen = page.get_textpage(), placement(page)
    try:
        found = [placed(layer, on_screen, *span) for span in spans(layer)]
    finally:
        layer.close()
    return [word for word in found if word]


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


def spans(layer) -> list[tuple[str, int, int]]:
    """(text, first, last) of each run of characters without white space; at most WORDS_LIMIT."""
    runs: list[tuple[str, int, int]] = []
    letters: list[str] = []
    first = 0
    count = min(layer.count_chars(), CHARS_LIMIT)
    for index in range(count + 1):
        code = raw.FPDFText_GetUnicode(layer.raw, index) if index < count else 0x20
        letter = letter_of(code)
        if letter:
            if not letters:
                first = index
            letters.append(letter)
        elif letters:
            runs.append(("".join(letters), first, index - 1))
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


def placed(layer, on_screen, text: str, first: int, last: int) -> dict | None:
    """The word with its box, or None when it stands outside of the page."""
    corners = []
    for index in (first, last) if last > first else (first,):
        box = raw.FS_RECTF()  # with room for ascent and descent, so that a line's words are equally high
        if raw.FPDFText_GetLooseCharBox(layer.raw, index, box):
            corners += [on_screen(box.left, box.top), on_screen(box.right, box.bottom)]
    if not corners:
        return None
    left, right = bounded(min(x for x, _ in corners)), bounded(max(x for x, _ in corners))
    top, bottom = bounded(min(y for _, y in corners)), bounded(max(y for _, y in corners))
    if right <= left or bottom <= top:
        return None
    box = [round(left, 5), round(top, 5), round(right - left, 5), round(bottom - top, 5)]
    return {"text": unicodedata.normalize("NFC", text), "box": box}


def bounded(value: float) -> float:
    return min(1.0, max(0.0, value))
