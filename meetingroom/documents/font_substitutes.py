"""Fonts for what a PDF does not bring along: PDFium's own know Western letters only, ours all of Vietnamese.

Runs inside the render process. Liberation Serif comes with the program; the others are taken where the server has
them, and replaced by it where not, so that no letter depends on what is installed.
"""

import ctypes
import functools
import struct
from pathlib import Path

import pypdfium2.raw as raw

from meetingroom.printing import FONTS

INSTALLED = Path("/usr/share/fonts/truetype")
CARLITO = ("crosextra/Carlito-{}.ttf",)
SANS = ("liberation2/LiberationSans-{}.ttf", "liberation/LiberationSans-{}.ttf", "croscore/Arimo-{}.ttf")
MONO = ("liberation2/LiberationMono-{}.ttf", "liberation/LiberationMono-{}.ttf", "croscore/Cousine-{}.ttf")
SANS_NAMES = ("arial", "helv", "calibri", "carlito", "verdana", "tahoma", "segoe", "sans", "roboto", "arimo", "gothic")
MONO_NAMES = ("courier", "mono", "consol", "cousine", "typewriter")
FIXED, ROMAN = 1, 16  # bits of the pitch and family that PDFium asks for
BOLD = 600
FOREIGN = {2, 128, 129, 130, 134, 136, 177, 178, 222}  # character sets: symbols, East Asia, Hebrew, Arabic, Thai


def find_substitute(name: str, weight: int, italic: bool, pitch: int) -> Path:
    """The font file that stands in for a font of this name."""
    name = name.lower().replace(" ", "")
    style = ("Bold" if weight >= BOLD else "") + ("Italic" if italic else "")
    if any(each in name for each in MONO_NAMES):
        return find_installed(MONO, style or "Regular")
    if "calibri" in name or "carlito" in name:
        return find_installed(CARLITO + SANS, style or "Regular")
    if any(each in name for each in SANS_NAMES):
        return find_installed(SANS, style or "Regular")
    if pitch & FIXED and not pitch & ROMAN:
        return find_installed(MONO, style or "Regular")
    return find_installed((), style or "Regular")


def find_installed(places: tuple[str, ...], style: str) -> Path:
    found = (INSTALLED / place.format(style) for place in places)
    return next((path for path in found if path.exists()), FONTS / f"LiberationSerif-{style}.ttf")


@functools.lru_cache(maxsize=12)
def read_font(path: Path) -> bytes:
    return path.read_bytes()


def table(data: bytes, tag: int) -> bytes:
    """One table of a TrueType font; 0 is the whole file."""
    if not tag:
        return data
    for n in range(struct.unpack_from(">H", data, 4)[0]):
        name, _, start, length = struct.unpack_from(">IIII", data, 12 + 16 * n)
        if name == tag:
            return data[start : start + length]
    return b""


class Substitutes:
    """What PDFium asks for fonts. Letters of other scripts are looked for among the fonts of the server, as before."""

    def __init__(self):
        self.others = raw.FPDF_GetDefaultSystemFontInfo()
        self.ours: dict[int, Path] = {}
        self.numbers: dict[Path, int] = {}
        self.info = raw.FPDF_SYSFONTINFO()
        self.info.version = 1
        answers = {
            "Release": lambda info: None,
            "EnumFonts": lambda info, mapper: self.others.contents.EnumFonts(self.others, mapper),
            "MapFont": self.map,
            "GetFont": lambda info, face: self.others.contents.GetFont(self.others, face),
            "GetFontData": self.data,
            "GetFaceName": self.face,
            "GetFontCharset": self.charset,
            "DeleteFont": self.delete,
        }
        kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
        self.kept = {name: kinds[name](answer) for name, answer in answers.items()}
        for name, answer in self.kept.items():
            setattr(self.info, name, answer)

    def map(self, info, weight, italic, charset, pitch, face, exact):
        if charset in FOREIGN:
            return self.others.contents.MapFont(self.others, weight, italic, charset, pitch, face, exact)
        name = ctypes.string_at(face).decode("latin-1") if face else ""
        path = find_substitute(name, weight, bool(italic), pitch)
        if path not in self.numbers:
            self.numbers[path] = len(self.numbers) + 1
            self.ours[self.numbers[path]] = path
        return self.numbers[path]

    def data(self, info, font, tag, buffer, size):
        if font not in self.ours:
            return self.others.contents.GetFontData(self.others, font, tag, buffer, size)
        return copy_out(table(read_font(self.ours[font]), tag), buffer, size)

    def face(self, info, font, buffer, size):
        if font not in self.ours:
            return self.others.contents.GetFaceName(self.others, font, buffer, size)
        return copy_out(self.ours[font].stem.encode() + b"\0", buffer, size)

    def charset(self, info, font):
        return 0 if font in self.ours else self.others.contents.GetFontCharset(self.others, font)

    def delete(self, info, font):
        if font not in self.ours:
            self.others.contents.DeleteFont(self.others, font)


def copy_out(found: bytes, buffer, size: int) -> int:
    if buffer and size >= len(found):
        ctypes.memmove(buffer, found, len(found))
    return len(found)


def load_fonts() -> None:
    """The fonts of the program read, for when its folder cannot be reached."""
    for style in ("Regular", "Bold", "Italic", "BoldItalic"):
        read_font(FONTS / f"LiberationSerif-{style}.ttf")


@functools.cache
def install() -> Substitutes:
    """Once in a process; PDFium keeps asking the same one."""
    ours = Substitutes()
    raw.FPDF_SetSystemFontInfo(ctypes.byref(ours.info))
    return ours
