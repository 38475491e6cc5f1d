"""The final minutes are files, made once: first the files, whole and on the disk, then the fact that names them."""

from flask import g

from meetingroom import log
from meetingroom.documents import made_file_store as made_files
from meetingroom.meeting.issuing import minutes_document
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.review import FinaliseMinutes
from meetingroom.minutes.approval import OFFICIAL
from meetingroom.printing import printer
from meetingroom.web.context import context

FORMS = (made_files.PDF, made_files.DOCX)


def prepare(meeting: str, wish: FinaliseMinutes) -> None:
    """Make both files of the approved minutes and keep them; what does not stand in the way of the command is left to
    its rule. Raises Refused("no_glyph"), printer.Failed, OSError: then there is nothing that anybody would find."""
    state = log.state(context().pool, meeting)
    approved = state.record.approved
    if not approved or approved.version != wish.version or state.review.final:
        return
    request = {"database": str(context().settings.database), "meeting": meeting, "language": OFFICIAL}
    try:
        made = {form: printer.printer.make("minutes", {**request, "form": form}, g.user.id) for form in FORMS}
    except printer.Refused as missing:
        raise Refused("no_glyph", letters=str(missing)) from None
    kept = {form: made_files.keep(context().settings, file) for form, (_header, file) in made.items()}
    with context().pool.writing() as db:
        for form, (header, file) in made.items():
            made_files.note(
                db,
                kept[form],
                form,
                minutes_document(state),
                len(file),
                meeting=meeting,
                source=header["digest"],
            )
