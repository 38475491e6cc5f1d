"""Which face draws which character on an official document, and what stands in for those that none of ours has.

A character is drawn in Times' metrics, or by a face of signs, or as something that means the same; what is left over is
named (`unprintable`), so that a document is refused in words and never printed with a hole. Pure, after
`typefaces.load`.
"""

import re
import unicodedata
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from meetingroom.printing import typefaces
from meetingroom.printing.typefaces import PICTURES, REGULAR, SIGNS, glyphs
from meetingroom.spelling import compose

# What Word writes for the marks of Wingdings and Symbol: private letters at U+F000 and the letter's own place.
WINGDINGS = {
    0xF021: "✏", 0xF022: "✂", 0xF028: "☎", 0xF02A: "✉", 0xF036: "⌛", 0xF03F: "✍", 0xF041: "✌", 0xF043: "👍",
    0xF044: "👎", 0xF045: "☜", 0xF046: "☞", 0xF047: "☝", 0xF048: "☟", 0xF04A: "☺", 0xF04C: "☹", 0xF052: "☼",
    0xF06C: "●", 0xF06D: "❍", 0xF06E: "■", 0xF06F: "□", 0xF071: "❑", 0xF072: "❒", 0xF073: "⬧", 0xF074: "⧫",
    0xF075: "◆", 0xF076: "❖", 0xF077: "⬥", 0xF080: "⓪", 0xF09F: "•", 0xF0A0: "▪", 0xF0A1: "○", 0xF0A2: "○",
    0xF0A4: "◉", 0xF0A5: "◎", 0xF0A7: "▪", 0xF0A8: "◻", 0xF0AA: "✦", 0xF0AB: "★", 0xF0AC: "✶", 0xF0B7: "•",
    0xF0D7: "⌫", 0xF0D8: "➢", 0xF0DB: "←", 0xF0DC: "→", 0xF0DD: "↑", 0xF0DE: "↓", 0xF0DF: "←", 0xF0E0: "→",
    0xF0E1: "↑", 0xF0E2: "↓", 0xF0E3: "↖", 0xF0E4: "↗", 0xF0E5: "↙", 0xF0E6: "↘", 0xF0E8: "➔", 0xF0EF: "⇦",
    0xF0F0: "⇨", 0xF0F1: "⇧", 0xF0F2: "⇩", 0xF0FB: "✗", 0xF0FC: "✓", 0xF0FD: "☒", 0xF0FE: "☑", 0xF02D: "−",
    **{0xF081 + n: chr(0x2460 + n) for n in range(10)}, **{0xF08C + n: chr(0x2776 + n) for n in range(10)},
}  # fmt: skip
MOST_NAMED = 12
OTHER_MARK = "▪"  # of a private letter: a mark at the head of a line it is, in all likelihood
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
# Not on any paper: controls, halves of characters, marks of direction, joiners and the choice between picture and text.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\ud800-\udfff\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\uffff\U0001fffe\U0001ffff\U000e0000-\U000e0fff]"
)
LIKE = str.maketrans({"\u2011": "-", "\u2010": "-", "\u2212": "−", "\u2002": " ", "\u2003": " ", "\u2009": " ",
                      "\u200a": " ", "\u2028": "\n", "\u2029": "\n", "\u3000": " ", "\u2007": "\xa0",
                      "\u202f": "\xa0"})  # fmt: skip

# A mark with no letter to stand on: it would lean out of the margin, and words of no width confuse ReportLab's lines.
MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c7\u064b-\u065f"
MARKS += "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
LONE = re.compile(f"(?<!\\S)(?=[{MARKS}])")


def keep_marks(text: str) -> str:
    """Composed letters (decomposed ones drift apart on paper), marks of Word in Unicode, nothing a file cannot hold."""
    text = compose(text)
    if text.isascii():
        return UNPRINTABLE.sub("", text)
    return UNPRINTABLE.sub("", PRIVATE.sub(lambda found: WINGDINGS.get(ord(found[0]), OTHER_MARK), text))


def fit_text(text: str) -> str:
    """`text` in characters that our faces draw, as far as there are any that mean the same."""
    text = keep_marks(text).translate(LIKE)
    return text if text.isascii() else LONE.sub("\xa0", foreign_pattern().sub(lambda found: stand_in(found[0]), text))


@cache
def stand_in(letter: str) -> str:
    """`letter`, or what means the same in letters we have: `ﬁ` is `fi`, `Ａ` is `A`, `⑳` is `(20)`."""
    if face_of(letter):
        return letter
    plain = unicodedata.normalize("NFKC", letter)
    if plain != letter and all(plain_letter.isspace() or is_drawn(plain_letter) for plain_letter in plain):
        return f"({plain})" if "CIRCLED" in unicodedata.name(letter, "") else plain
    return letter


@cache
def face_of(letter: str) -> str:
    """The face of signs or pictures that has this character; "" if none has, or Times' own metrics do."""
    return next((face for face in (SIGNS, PICTURES) if ord(letter) in glyphs(face)), "")


@cache
def is_drawn(letter: str) -> bool:
    return ord(letter) in glyphs(REGULAR) or bool(face_of(letter))


@cache
def foreign_pattern() -> re.Pattern[str]:
    """Whatever is no letter of the text's own face."""
    known = sorted(code for code in glyphs(REGULAR) if code >= 32)
    ranges: list[list[int]] = []
    for code in known:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    inside = "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in ranges)
    return re.compile(f"[^{inside}\n\t]")


def runs(text: str, face: str) -> list[tuple[str, str]]:
    """[(face, text)]: what is drawn in the text's own face, and what between it in a face that has it."""
    found: list[tuple[str, str]] = []
    start = 0
    for sign in foreign_pattern().finditer(text):
        other = face_of(sign[0])
        if not other:
            continue
        if sign.start() > start:
            found.append((face, text[start : sign.start()]))
        if found and found[-1][0] == other and sign.start() == start:
            found[-1] = (other, found[-1][1] + sign[0])
        else:
            found.append((other, sign[0]))
        start = sign.end()
    return [*found, (face, text[start:])] if start < len(text) or not found else found


def markup(text: str, face: str) -> str:
    """`text` for a Paragraph whose face is `face`."""
    return "".join(
        escape(part) if own == face else f'<font name="{own}">{escape(part)}</font>' for own, part in runs(text, face)
    )


def printed(text: str) -> str:
    """`fit_text`, for what nothing may hold up: a letter that no face has stands as its number."""
    fitted = fit_text(text)
    for letter in dict.fromkeys(holes(fitted)):
        fitted = fitted.replace(letter, f"[U+{ord(letter):04X}]")
    return fitted


def marked_up(text: str) -> str:
    """`printed` lines for a Paragraph of any of the faces of Times."""
    return "<br/>".join(markup(line, REGULAR) for line in printed(text).split("\n"))


def width(text: str, face: str, size: float) -> float:
    return sum(typefaces.width(part, own, size) for own, part in runs(text, face))


def draw(canvas, x: float, y: float, text: str, face: str, size: float) -> None:
    """`text` with its baseline's left end at (x, y)."""
    for own, part in runs(text, face):
        canvas.setFont(own, size)
        canvas.drawString(x, y, part)
        x += typefaces.width(part, own, size)


def unprintable(content: Any) -> str:
    """The characters of a text, or of all texts in a structure of them, that no face of ours has: each once."""
    return "".join(dict.fromkeys(letter for text in texts_of(content) for letter in holes(text)))


def name_character(letters: str) -> str:
    """`“漢” (U+6F22), “字” (U+5B57)`: as they are told to whoever has to replace them."""
    named = ", ".join(f"“{letter}” (U+{ord(letter):04X})" for letter in letters[:MOST_NAMED])
    return named + ", …" if len(letters) > MOST_NAMED else named


def holes(text: str) -> list[str]:
    if text.isascii():
        return []
    return [letter for letter in foreign_pattern().findall(fit_text(text)) if not face_of(letter)]


def texts_of(content: Any):
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        yield from (text for value in content.values() for text in texts_of(value))
    elif isinstance(content, (list, tuple, frozenset, set)):
        yield from (text for value in content for text in texts_of(value))
    elif is_dataclass(content):
        yield from (text for field in fields(content) for text in texts_of(getattr(content, field.name)))


class NoGlyph(Exception):
    """A document holds characters that cannot be printed; the argument is these characters."""
