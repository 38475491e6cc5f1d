"""The files of official documents, as `issuing` asks for them before a document is told to the log."""

from meetingroom.issuing import making
from meetingroom.meeting.issuing import MakeDocument
from meetingroom.meeting.kernel import Refused
from meetingroom.official import (
    kinds,
    tables,  # noqa: F401 (registers its kinds)
)
from meetingroom.printing import printer
from meetingroom.web.context import context


def make(meeting: str, wish: MakeDocument, person: str = "") -> tuple[bytes, bytes]:
    """(PDF, DOCX) of a document as the meeting stands. Raises Refused, printer.TooMany, printer.Failed."""
    language = context().settings.language
    pdf, docx = (
        print_file(meeting, wish.kind, form, language, wish.item, wish.person, person)[1] for form in ("pdf", "docx")
    )
    return pdf, docx


def print_file(
    meeting: str, kind: str, form: str, language: str, item: str, person: str, asker: str
) -> tuple[dict, bytes]:
    """({draft, number}, the file). Raises Refused: what the kind says, or `no_glyph` with `letters`."""
    wanted = {"official": kind, "form": form, "language": language, "item": item, "person": person}
    try:
        return printer.printer.make(
            "official", {"database": str(context().settings.database), "meeting": meeting, **wanted}, asker
        )
    except printer.Refused as refused:
        what, _colon, letters = str(refused).partition(":")
        if what == "glyph":
            raise Refused("no_glyph", letters=letters) from None
        raise Refused(letters) from None


for kind in kinds.BUILDERS:
    making.makes(kind)(make)
