"""Where a document is signed: fields made before the first signature, in the places that form 1.9 has for it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

import pypdfium2
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field, enumerate_sig_fields

from meetingroom.printing.page_format import MM
from meetingroom.signing import stamping
from meetingroom.signing.places import AGENCY, ATTACHMENTS, BY_SECRETARY, CHAIR, PICTURE_MM, SEAL_MM, SECRETARY

ROOM_MM = (14, 70)  # between the office of who signs and the name: less is a gap between lines, more another text
WIDE_MM = 70
TEXT_MM = (62, 12)  # of the words on an attachment
LAST_PAGES = 4


@dataclass(frozen=True)
class Place:
    """A field on a page (from 0), in points from the lower left corner."""

    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Line:
    """Text on one line of a page, in points."""

    left: float
    low: float
    right: float
    high: float
    text: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def prepare(pdf: bytes, kind: str, seal_mm: float = SEAL_MM, first: str = SECRETARY) -> bytes:
    """The document with its fields added at its end: the bytes it had stay at its beginning."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    known = {name for name, _value, _reference in enumerate_sig_fields(writer.prev)}
    for name, place in places(pdf, kind, seal_mm, first).items():
        if name in known:
            continue
        box = tuple(round(edge) for edge in place.box) if place else None
        spec = SigFieldSpec(name, on_page=place.page if place else 0, box=box)  # type: ignore[arg-type]
        append_signature_field(writer, spec)
    stamping.add_rooms(writer, pdf)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def places(pdf: bytes, kind: str, seal_mm: float = SEAL_MM, first: str = SECRETARY) -> dict[str, Place | None]:
    """Who signs where; `first` is the left one of two. None: the document has no such place, so the signature is not
    seen on any page."""
    found = signature_rooms(pdf)
    if kind in ATTACHMENTS:
        return {**({SECRETARY: found[-1]} if found else {}), AGENCY: attachment_place(pdf)}
    if not found:
        return {CHAIR: None, AGENCY: None}
    if kind in BY_SECRETARY:
        return {SECRETARY: found[-1], AGENCY: seal_place(found[-1], seal_mm)}
    signers = {CHAIR: found[-1]} if len(found) == 1 else {first: found[0], CHAIR: found[-1]}
    return {**signers, AGENCY: seal_place(found[-1], seal_mm)}


def signature_rooms(pdf: bytes) -> list[Place]:
    """The rooms between an office in capitals and a name below it, left to right, on the last page that has any."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for n in range(len(document) - 1, max(-1, len(document) - 1 - LAST_PAGES), -1):
            page = document[n]
            middle = page.get_width() / 2
            lines = [*read_lines(page)]
            halves = (
                [line for line in lines if line.middle < middle],
                [line for line in lines if line.middle >= middle],
            )
            if found := [Place(n, room) for half in halves for room in rooms_of(half)]:
                return found
    finally:
        document.close()
    return []


def rooms_of(lines: list[Line]) -> Iterator[tuple[float, float, float, float]]:
    """The lowest room of a half of a page."""
    ordered = sorted(lines, key=lambda line: line.low)
    for name, office in pairwise(ordered):
        room = (office.low - name.high) / MM
        titled = office.text == office.text.upper() and name.text != name.text.upper()
        if ROOM_MM[0] <= room <= ROOM_MM[1] and titled and abs(office.middle - name.middle) < 12:
            half = WIDE_MM * MM / 2
            yield (office.middle - half, name.high + MM, office.middle + half, office.low - MM)
            return


def read_lines(page: pypdfium2.PdfPage) -> Iterator[Line]:
    text = page.get_textpage()
    for n in range(text.count_rects()):
        left, low, right, high = text.get_rect(n)
        words = text.get_text_bounded(left, low, right, high).strip()
        if words:
            yield Line(left, low, right, high, words)


def seal_place(signer: Place, seal_mm: float) -> Place:
    """The seal in its true size, over the left third of the signature's picture."""
    left, low, right, high = signer.box
    edge = (left + right) / 2 - PICTURE_MM * MM / 2 + PICTURE_MM * MM / 3
    middle, half = (low + high) / 2, seal_mm * MM / 2
    return Place(signer.page, (edge - 2 * half, middle - half, edge, middle + half))


def attachment_place(pdf: bytes) -> Place:
    """At the top of the first page, right."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        width, height = document[0].get_size()
    finally:
        document.close()
    wide, high = (n * MM for n in TEXT_MM)
    return Place(0, (width - 10 * MM - wide, height - 4 * MM - high, width - 10 * MM, height - 4 * MM))
