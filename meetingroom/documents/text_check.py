"""Where what is drawn on a page does not match its words: letters without a glyph, words that are covered.

Runs inside a render process, on an open page and its picture. A letter whose place in the picture is one plain
colour is not there. What a scanner read (words that are not drawn, or that lie beneath the picture of the paper) is
left alone.
"""

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw
from PIL import Image

INVISIBLE = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}
CONTRAST = 24  # of 255: fainter than this nobody reads
SMALLEST = 3  # pixels of a letter's place
LIGHT, DARK = 230, 100
SCANNED = 0.5  # of the page: a picture as large is the paper itself
UNKNOWN = 10  # letters of a page that nobody knows
NAME = 128


@dataclass
class Letter:
    """A letter that should be seen. `key` tells which glyph of which font it is."""

    key: tuple[str, int]
    blank: bool
    hidden: bool  # it has the colour of paper, or a dark bar lies over it


class Caution:
    """What does not match on one page: `codes`, and `covered`, the characters whose words nobody sees."""

    def __init__(self, page, layer, on_screen, picture: Image.Image, words: Iterator[list[int]]):
        self.layer, self.on_screen, self.grey = layer, on_screen, picture.convert("L")
        self.codes: list[str] = []
        self.covered: set[int] = set()
        if is_scanned(page):
            return
        read = [{index: letter for index in word if (letter := self.letter(index))} for word in words]
        drawn = {letter.key for word in read for letter in word.values() if not letter.blank}
        lost = False
        for word in read:
            gone = [letter for letter in word.values() if letter.blank]
            known = all(letter.hidden or letter.key in drawn for letter in gone)
            if len(gone) > 1 and len(gone) == len(word) and known:
                self.covered.update(word)
            else:
                lost = lost or any(letter.key not in drawn and not letter.hidden for letter in gone)
        if lost:
            self.codes.append("letters_missing")
        if self.covered or self.unknown() > UNKNOWN:
            self.codes.append("words_differ")

    def letter(self, index: int) -> Letter | None:
        """None for what has no ink of its own, or none that could be seen at this size."""
        code = raw.FPDFText_GetUnicode(self.layer.raw, index)
        if code > 0x10FFFF or unicodedata.category(chr(code))[0] not in "LN":
            return None
        thing = raw.FPDFText_GetTextObject(self.layer.raw, index)
        if not thing or raw.FPDFTextObj_GetTextRenderMode(thing) in INVISIBLE:
            return None
        place = self.place(index)
        if place is None:
            return None
        shades: Any = self.grey.crop(place).getextrema()
        darkest, lightest = shades
        blank = lightest - darkest < CONTRAST
        hidden = blank and (lightest < DARK or self.is_light(index))
        return Letter((font_name(self.layer, index), code), blank, hidden)

    def place(self, index: int) -> tuple[int, int, int, int] | None:
        """In pixels; a little less than its own, so that no neighbour's ink is in it."""
        box = raw.FS_RECTF()
        if not raw.FPDFText_GetLooseCharBox(self.layer.raw, index, box):
            return None
        (x, y), (across, down) = self.on_screen(box.left, box.top), self.on_screen(box.right, box.bottom)
        wide, high = self.grey.size
        left, right = min(x, across) * wide, max(x, across) * wide
        top, bottom = min(y, down) * high, max(y, down) * high
        side, edge = (right - left) / 8, (bottom - top) / 10
        place: tuple[int, int, int, int] = (
            round(left + side), round(top + edge), round(right - side), round(bottom - edge)
        )  # fmt: skip
        inside = place[0] >= 0 and place[1] >= 0 and place[2] <= wide and place[3] <= high
        return place if inside and min(place[2] - place[0], place[3] - place[1]) >= SMALLEST else None

    def is_light(self, index: int) -> bool:
        colours = [ctypes.c_uint() for _ in range(4)]
        if not raw.FPDFText_GetFillColor(self.layer.raw, index, *colours):
            return False
        return colours[3].value < CONTRAST or min(each.value for each in colours[:3]) >= LIGHT

    def unknown(self) -> int:
        """How many letters are drawn of which the file does not say what they are."""
        count = min(self.layer.count_chars(), 20_000)
        return sum(raw.FPDFText_HasUnicodeMapError(self.layer.raw, index) == 1 for index in range(count))


def font_name(layer, index: int) -> str:
    name, flags = ctypes.create_string_buffer(NAME), ctypes.c_int()
    raw.FPDFText_GetFontInfo(layer.raw, index, name, NAME, flags)
    return name.value.decode("utf-8", "replace")


def is_embedded(layer, index: int) -> bool:
    thing = raw.FPDFText_GetTextObject(layer.raw, index)
    font = thing and raw.FPDFTextObj_GetFont(thing)
    return not font or raw.FPDFFont_GetIsEmbedded(font) == 1


def is_scanned(page) -> bool:
    """Whether a picture of the whole paper lies over the words, as scanners make it."""
    width, height = page.get_size()
    words = False
    for thing in page.get_objects(max_depth=3):
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            words = True
        elif thing.type == raw.FPDF_PAGEOBJ_IMAGE and words:
            left, bottom, right, top = thing.get_bounds()
            if abs((right - left) * (top - bottom)) > SCANNED * width * height:
                return True
    return False
