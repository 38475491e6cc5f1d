"""The picture of a form field or a free text that has none, or one that lost its Vietnamese letters."""

import re
from functools import cache
from io import BytesIO

import pikepdf
from PIL import ImageFont

from meetingroom.documents import legacy_encodings
from meetingroom.documents.font_substitutes import find_substitute, read_font

PASSWORD, MULTILINE = 1 << 13, 1 << 12
SYMBOLIC, LETTERED = 1 << 2, 1 << 5
FIRST = 128  # the code of the first letter that is not of ASCII
LETTERS = 5000  # of one field
SIZE = re.compile(r"/(\S+)\s+([\d.]+)\s+Tf")


def needs_appearance(mark, form) -> str:
    """The words that should stand there and do not; "" where all is well."""
    if str(mark.get("/Subtype")) == "/FreeText":
        words = str(mark.get("/Contents", ""))
    elif str(find_inherited(mark, "/FT")) in {"/Tx", "/Ch"} and not int(find_inherited(mark, "/Ff") or 0) & PASSWORD:
        value = find_inherited(mark, "/V")
        words = str(value) if isinstance(value, (pikepdf.String, str)) else ""
    else:
        return ""
    words = words[:LETTERS].replace("\r\n", "\n").replace("\r", "\n")
    letters = len("".join(words.split()))
    look = mark.get("/AP", {}).get("/N")
    if not letters or (look is not None and shown_text(look, 0) >= letters):
        return ""
    return words


def shown_text(look, depth: int) -> int:
    """How many letters a picture shows, at most: bytes of its strings, without spaces."""
    count = 0
    for instruction in pikepdf.parse_content_stream(look):
        operator = str(instruction.operator)
        if operator in {"Tj", "TJ", "'", '"'}:
            last = instruction.operands[-1]
            parts = list(last) if isinstance(last, pikepdf.Array) else [last]
            count += sum(len(bytes(part).replace(b" ", b"")) for part in parts if isinstance(part, pikepdf.String))
        elif operator == "Do" and depth < 3:
            inner = look.get("/Resources", {}).get("/XObject", {}).get(str(instruction.operands[0]))
            count += shown_text(inner, depth + 1) if inner is not None and inner.get("/Subtype") == "/Form" else LETTERS
    return count


def find_inherited(field, key: str):
    for _ in range(20):
        if key in field:
            return field[key]
        if "/Parent" not in field:
            return None
        field = field.Parent
    return None


def draw_appearance(pdf, mark, form, words: str):
    """A form XObject with the words. Its font is only named: font_substitutes.py brings one for Vietnamese."""
    left, bottom, right, top = (float(edge) for edge in mark.Rect)
    width, height = abs(right - left), abs(top - bottom)
    said = str(find_inherited(mark, "/DA") or form.get("/DA", "") or "/Helv 12 Tf 0 g")
    found = SIZE.search(said)
    name, size = (found[1], float(found[2])) if found else ("Helv", 12.0)
    sans = not any(each in name.lower() for each in ("tim", "tiro", "serif", "tibo"))
    many = str(mark.get("/Subtype")) == "/FreeText" or bool(int(find_inherited(mark, "/Ff") or 0) & MULTILINE)
    size = size or (12.0 if many else max(4.0, min(12.0, height * 0.7)))
    lines = wrap_text(words, width - 4, size, sans) if many else [" ".join(words.split())]
    while many and len(lines) * size * 1.2 > height and size > 5:
        size -= 0.5
        lines = wrap_text(words, width - 4, size, sans)
    codes = {letter: FIRST + n for n, letter in enumerate(sorted({c for c in words if ord(c) > 126})[:127])}
    y = height - size * 1.05 if many else (height - size) / 2 + size * 0.22
    middle = {1: 0.5, 2: 1.0}.get(int(find_inherited(mark, "/Q") or 0), 0.0)
    content = [b"/Tx BMC q BT", SIZE.sub("", said).encode("latin-1", "ignore"), b"/F %.2f Tf" % size]
    for line in lines:
        x = 2 + middle * max(0.0, width - 4 - measure(line, size, sans))
        text = bytes(codes.get(letter, ord(letter) if ord(letter) < 127 else 63) for letter in line)
        content.append(b"1 0 0 1 %.2f %.2f Tm <%s> Tj" % (x, y, text.hex().encode()))
        y -= size * 1.2
    content.append(b"ET Q EMC")
    look = pdf.make_stream(b"\n".join(content))
    look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    look.BBox = pikepdf.Array([0, 0, width, height])
    look.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font(pdf, codes, sans)))
    return look


def font(pdf, codes: dict[str, int], sans: bool):
    letters = [chr(code) for code in range(32, 127)] + ["?"] + list(codes)
    name = pikepdf.Name("/ArialMT" if sans else "/TimesNewRomanPSMT")
    names = [pikepdf.Name(f"/uni{ord(letter):04X}") for letter in codes]
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=name, FirstChar=32,
            LastChar=31 + len(letters), Widths=pikepdf.Array([round(measure(each, 1000, sans)) for each in letters]),
            FontDescriptor=pdf.make_indirect(describe_font(name)),
            Encoding=pikepdf.Dictionary(
                Type=pikepdf.Name.Encoding, BaseEncoding=pikepdf.Name.WinAnsiEncoding,
                Differences=pikepdf.Array([FIRST, *names]),
            ),
        )
    )  # fmt: skip


def name_font(font) -> bool:
    """Give a font from before Unicode that is not in the file the names of the letters it draws; whether it was one."""
    name = str(font.get("/BaseFont", "")).lstrip("/")
    there = {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.get("/FontDescriptor", {}).keys())
    if legacy_encodings.scheme(name) != 1 or font.get("/Subtype") == "/Type0" or there:
        return False
    differences: list = []
    for old, new in legacy_encodings.abc().items():
        differences += [ord(old), pikepdf.Name(f"/uni{ord(new):04X}")]
    font.Encoding = pikepdf.Dictionary(
        Type=pikepdf.Name.Encoding, BaseEncoding=pikepdf.Name.WinAnsiEncoding, Differences=pikepdf.Array(differences)
    )
    about = font.get("/FontDescriptor", describe_font(font.get("/BaseFont", pikepdf.Name("/Vn"))))
    about.Flags = int(about.get("/Flags", 0)) & ~SYMBOLIC | LETTERED  # else names are not looked at
    font.FontDescriptor = about
    if "/ToUnicode" in font:
        del font["/ToUnicode"]
    return True


def describe_font(name):
    return pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=name, Flags=LETTERED, ItalicAngle=0,
        FontBBox=pikepdf.Array([-500, -300, 1500, 1000]), Ascent=891, Descent=-216, CapHeight=700, StemV=80,
    )  # fmt: skip


@cache
def make_ruler(sans: bool):
    return ImageFont.truetype(BytesIO(read_font(find_substitute("Arial" if sans else "Times", 400, False, 16))), 1000)


def measure(words: str, size: float, sans: bool) -> float:
    return make_ruler(sans).getlength(words) * size / 1000


def wrap_text(words: str, width: float, size: float, sans: bool) -> list[str]:
    lines = []
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and measure(longer, size, sans) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines[:200]
