"""Official documents as files, made in the process for documents. Reads the database."""

from io import BytesIO
from pathlib import Path

import pypdfium2

from meetingroom.database import connect
from meetingroom.meeting.issuing import number_of, taken_for
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes import approval
from meetingroom.official import (
    kinds,
    sample,
    tables,  # noqa: F401 (registers its kinds)
)
from meetingroom.official.document import Official
from meetingroom.official.docx import official_docx
from meetingroom.official.pdf import official_pdf
from meetingroom.printing import glyphs, layout, printer

PICTURE_WIDTH = 900  # pixels
MAKE = {"pdf": official_pdf, "docx": official_docx}


def print_official(request: dict) -> tuple[dict, bytes]:
    """`{kind, form: pdf|docx, database, meeting, language, item?, person?}` → ({draft, number}, file).

    Raises printing.Refused with `glyph:` and the characters that cannot be printed, or `code:` and why there is no
    such document.
    """
    try:
        document = read_document(request)
        file = MAKE[request["form"]](document, request["language"])
    except glyphs.NoGlyph as missing:
        raise printer.Refused(f"glyph:{missing}") from None
    except Refused as refused:
        raise printer.Refused(f"code:{refused.code}") from None
    return {"draft": document.draft, "number": document.letterhead.number}, file


def read_document(request: dict) -> Official:
    """What the document says now. Raises meeting.kernel.Refused."""
    db = connect(Path(request["database"]), patience=5)
    try:
        now = approval.read_minutes(db, request["meeting"])
    finally:
        db.close()
    language, item, person = request["language"], request.get("item", ""), request.get("person", "")
    number, symbol = number_in(now.state, request["official"], item, person)
    source = kinds.Source(now.minutes(language), now.state, now.layout, language, item, person, number, symbol)
    return kinds.build(request["official"], source)


def number_in(state: MeetingState, kind: str, item: str, person: str) -> tuple[str, str]:
    """(the number that is printed in the document of this kind, item and person, what follows the room for it)."""
    documents = state.issuing.documents.items()
    found = next(
        (key for key, d in documents if (d.kind, d.item, d.person) == (kind, item, person) and not d.issued), ""
    )
    taken = taken_for(state, found) if found else None
    if taken and not taken.printed:  # it is stamped
        return "", taken.text.partition("/")[2]
    return (number_of(state, found) if found else ""), ""


def print_sample(request: dict) -> tuple[dict, bytes]:
    """`{unit, units, layout, language}` → ({}, PNG): the first page of a made-up notice as these settings have it."""
    language, settings = request["language"], layout.read_layout(request["layout"])
    file = official_pdf(sample.notice(request["unit"], request["units"], settings, language), language)
    page, out = pypdfium2.PdfDocument(file)[0], BytesIO()
    page.render(scale=PICTURE_WIDTH / page.get_width()).to_pil().save(out, "PNG", optimize=True)
    return {}, out.getvalue()
