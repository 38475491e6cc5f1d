"""The faces of official documents, and how wide a text is in them.

Loaded when the first text is measured or drawn: ReportLab and six files of glyphs take a fifth of a second, which the
server does not spend at its start (and in no event loop: `context().in_thread(typefaces.load)` before a page that
measures). Once loaded nothing here touches the disk.
"""

import re
from functools import cache

from meetingroom.printing import FONTS

REGULAR, BOLD, ITALIC, BOLD_ITALIC = (
    "LiberationSerif",
    "LiberationSerif-Bold",
    "LiberationSerif-Italic",
    "LiberationSerif-BoldItalic",
)
SIGNS, PICTURES = "DejaVuSans", "NotoEmoji"  # arrows, ticks, numbers in circles; emoji in black and white
FILES = {
    REGULAR: "LiberationSerif-Regular",
    BOLD: BOLD,
    ITALIC: ITALIC,
    BOLD_ITALIC: BOLD_ITALIC,
    SIGNS: SIGNS,
    PICTURES: "NotoEmoji-Regular",
}


@cache
def load():
    """ReportLab's measures with our faces among them. Its own default (Helvetica, never embedded) must not be used
    anywhere; a module that draws calls this when it is imported."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics, ttfonts

    for name, file in FILES.items():
        pdfmetrics.registerFont(ttfonts.TTFont(name, str(FONTS / f"{file}.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)
    ttfonts.makeToUnicodeCMap = legible(ttfonts.makeToUnicodeCMap)
    rl_config.useA85 = 0  # a file need not be printable text: a fifth smaller, and sooner done
    return pdfmetrics


@cache
def glyphs(face: str) -> frozenset[int]:
    """The characters that a face has."""
    return frozenset(load().getFont(face).face.charToGlyph)


def width(text: str, face: str, size: float) -> float:
    """Of a text that the face can draw; `glyphs.width` takes any."""
    return load().stringWidth(text, face, size)


def legible(made):
    """What a reader copies and finds. ReportLab writes letters beyond U+FFFF in five digits, instead of UTF-16."""

    def make_legible(fontname: str, subset: list[int]) -> str:
        return re.sub("<(1?[0-9A-F]{5})>", lambda found: f"<{utf_16(int(found[1], 16))}>", made(fontname, subset))

    return make_legible


def utf_16(code: int) -> str:
    return chr(code).encode("utf-16-be").hex().upper()
