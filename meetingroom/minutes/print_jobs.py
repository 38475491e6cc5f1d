"""Minutes and lists of participants as files, made in the process for documents. Reads the database."""

from pathlib import Path

from meetingroom.minutes import approval, reading
from meetingroom.minutes.docx import minutes_docx
from meetingroom.minutes.pdf import attendance_pdf, minutes_pdf
from meetingroom.printing import glyphs, printer

MAKE = {
    "pdf": lambda minutes, request: minutes_pdf(minutes, request["language"]),
    "docx": lambda minutes, request: minutes_docx(minutes, request["language"]),
    "attendance": lambda minutes, request: attendance_pdf(minutes, request["language"], request["order"]),
}


def print_minutes(request: dict) -> tuple[dict, bytes]:
    """`{form: pdf|docx|attendance, database, meeting, language, order?, version?}` → ({draft, number, digest}, file).

    Raises printing.Refused with the characters that cannot be printed.
    """
    read = reading.read_meeting(Path(request["database"]), request["meeting"], request.get("version", 0))
    now = read.minutes(request["language"])
    try:
        file = MAKE[request["form"]](now, request)
    except glyphs.NoGlyph as missing:
        raise printer.Refused(str(missing)) from None
    header = {"draft": now.draft, "number": now.letterhead.number, "digest": approval.digest_of(now)}
    return header, file
