"""Number and date put into the room that was left for them, also after signatures: as values of form fields that were
made before the first of them, which takes nothing away from any. Pure.

Called in a process of its own (`work.py`), as all that opens files.
"""

import datetime
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
import pypdfium2.raw
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError

from meetingroom.printing import typefaces
from meetingroom.signing import appearance
from meetingroom.signing.places import DATE, NUMBER

NUMBER_SIZE, DATE_SIZE = 13, 14  # as the head of a document has them
WIDEST_YEAR = 38  # points
NUMBER_LINE = re.compile(r"(?:Số|No\.):\s+/(\S+)")
DATE_LINE = re.compile(r"ngày\s+tháng\s+năm\s*(?:[\r\n]|$)")


class CannotStamp(Exception):
    """The argument is a code: no_room | other_symbol | stamp_breaks | stamped_already."""


@dataclass(frozen=True)
class Room:
    """A field on the first page, and where text stands in it: middles of the gaps, from its left edge; `base` is the
    line, from its lower edge. Points."""

    box: tuple[float, float, float, float]
    base: float
    middles: tuple[float, ...]
    symbol: str = ""  # what is printed after the number


def rooms(pdf: bytes) -> dict[str, Room]:
    """The rooms of a document that was just made, by the names of their fields."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        letters = Letters(document[0])
        found = {NUMBER: letters.number(), DATE: letters.date()}
        return {name: room for name, room in found.items() if room}
    finally:
        document.close()


class Letters:
    """The letters of a page with their places."""

    def __init__(self, page: pypdfium2.PdfPage):
        self.page = page.get_textpage()
        raw = pypdfium2.raw.FPDFText_GetUnicode
        self.text = "".join(chr(raw(self.page.raw, n)) for n in range(self.page.count_chars()))

    def number(self) -> Room | None:
        """Between `Số:` and the stroke."""
        if not (found := NUMBER_LINE.search(self.text)):
            return None
        colon, stroke = self.text.index(":", found.start()), found.start(1) - 1
        left, right, base = self.right(colon) + 1, self.left(stroke) - 1, self.low(colon)
        return Room((left, base - 4, right, base + 11), 4, ((right - left) / 2,), found[1])

    def date(self) -> Room | None:
        """Between `ngày`, `tháng`, `năm` and what is left of the line."""
        if not (found := DATE_LINE.search(self.text)):
            return None
        words = [self.text.index(word, found.start()) for word in ("ngày", "tháng", "năm")]
        day, month, year = words
        left, end = self.right(day + 3) + 1, self.right(year + 2) + WIDEST_YEAR
        gaps = [(self.right(day + 3), self.left(month)), (self.right(month + 4), self.left(year)),
                (self.right(year + 2), end)]  # fmt: skip
        base = self.low(year)
        return Room((left, base - 4, end, base + 12), 4, tuple((a + b) / 2 - left for a, b in gaps))

    def left(self, n: int) -> float:
        return self.page.get_charbox(n)[0]

    def low(self, n: int) -> float:
        return self.page.get_charbox(n)[1]

    def right(self, n: int) -> float:
        return self.page.get_charbox(n)[2]


def add_rooms(writer: IncrementalPdfFileWriter, pdf: bytes) -> None:
    """Empty fields that nobody types into, before the first signature."""
    page_ref, _kids = writer.find_page_for_modification(0)
    page = page_ref.get_object()
    form = form_of(writer)
    known = {str(field.get_object().get("/T", "")) for field in form["/Fields"]}
    for name, room in rooms(pdf).items():
        if name in known:
            continue
        empty = generic.StreamObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/XObject"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/Form"),
                generic.pdf_name("/BBox"): numbers(0, 0, room.box[2] - room.box[0], room.box[3] - room.box[1]),
            },
            stream_data=b"",
        )
        field = generic.DictionaryObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/Widget"),
                generic.pdf_name("/FT"): generic.pdf_name("/Tx"),
                generic.pdf_name("/T"): generic.pdf_string(name),
                generic.pdf_name("/TU"): generic.pdf_string(TOLD[name]),
                generic.pdf_name("/Ff"): generic.NumberObject(1),  # read-only
                generic.pdf_name("/F"): generic.NumberObject(4),  # printed
                generic.pdf_name("/DA"): generic.pdf_string("0 g"),
                generic.pdf_name("/Rect"): numbers(*room.box),
                generic.pdf_name("/P"): page_ref,
                generic.pdf_name("/AP"): generic.DictionaryObject({generic.pdf_name("/N"): writer.add_object(empty)}),
            }
        )
        reference = writer.add_object(field)
        form["/Fields"].append(reference)
        if "/Annots" not in page:
            page["/Annots"] = generic.ArrayObject()
        page["/Annots"].append(reference)
        writer.update_container(page["/Annots"])
        writer.update_container(form["/Fields"])
    writer.update_container(page)


TOLD = {NUMBER: "Số văn bản", DATE: "Ngày ban hành"}


def form_of(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    if "/AcroForm" not in writer.root:
        fields = generic.DictionaryObject({generic.pdf_name("/Fields"): generic.ArrayObject()})
        writer.root["/AcroForm"] = writer.add_object(fields)
        writer.update_root()
    return writer.root["/AcroForm"]


def numbers(*found: float) -> generic.ArrayObject:
    return generic.ArrayObject(generic.FloatObject(round(each, 2)) for each in found)


def stamp(pdf: bytes, original: bytes, number: str, day: datetime.date) -> bytes:
    """The file with what belongs into its rooms, added at its end. `number` as it is written, 05/BB-VKS; "" where it
    is printed. Raises CannotStamp."""
    known = rooms(original)
    figure, _stroke, symbol = number.partition("/")
    if number and NUMBER not in known:
        raise CannotStamp("no_room")
    if number and known[NUMBER].symbol != symbol:
        raise CannotStamp("other_symbol")
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    wanted = {NUMBER: (figure,) if number else (), DATE: (f"{day.day:02d}", month, str(day.year))}
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    try:
        found = dict(fields(writer))
        missing = [name for name in known if wanted[name] and name not in found]
        if not known or missing:
            raise CannotStamp("no_room")
        for name, room in known.items():
            if wanted[name]:
                fill(writer, found[name], name, room, wanted[name])
    except PdfError:
        raise CannotStamp("stamp_breaks") from None
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def fields(writer: IncrementalPdfFileWriter) -> Iterator[tuple[str, generic.IndirectObject]]:
    for reference in form_of(writer)["/Fields"] if "/AcroForm" in writer.root else ():
        yield str(reference.get_object().get("/T", "")), reference


def fill(
    writer: IncrementalPdfFileWriter, reference: generic.IndirectObject, name: str, room: Room, texts: tuple[str, ...]
) -> None:
    field = reference.get_object()
    if field.get("/V"):
        raise CannotStamp("stamped_already")
    face, size = (typefaces.REGULAR, NUMBER_SIZE) if name == NUMBER else (typefaces.ITALIC, DATE_SIZE)
    file, canvas = appearance.start(room.box[2] - room.box[0], room.box[3] - room.box[1])
    canvas.setFont(face, size)
    for text, middle in zip(texts, room.middles, strict=True):
        if name == NUMBER:  # close to its symbol
            canvas.drawRightString(room.box[2] - room.box[0], room.base, text)
        else:
            canvas.drawCentredString(middle, room.base, text)
    drawn = appearance.finish(file, canvas)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as kept:  # the library takes a name
        kept.write(drawn)
        kept.flush()
        content = ImportedPdfPage(kept.name)
        content.set_writer(writer)
        form = content.as_form_xobject()
    field[generic.pdf_name("/V")] = generic.pdf_string("/".join(texts))
    field[generic.pdf_name("/AP")] = generic.DictionaryObject({generic.pdf_name("/N"): writer.add_object(form)})
    writer.mark_update(reference)
