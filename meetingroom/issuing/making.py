"""Documents are made before the command that tells of them: files first, then the fact. Each kind registers its maker.

A maker gets (meeting id, command) and returns (PDF, DOCX). What it raises keeps the command from being done.
"""

from collections.abc import Callable

from meetingroom.documents import made_file_store as made_files
from meetingroom.meeting.issuing import IssueDocument, MakeDocument
from meetingroom.web.context import context

Maker = Callable[[str, MakeDocument], tuple[bytes, bytes]]
makers: dict[str, Maker] = {}
openers: list[Callable[[str, IssueDocument], None]] = []  # what is done to a document before it goes out


def makes(kind: str):
    """Registers what makes the files of a kind of document."""

    def register(make: Maker) -> Maker:
        makers[kind] = make
        return make

    return register


def prepare(meeting: str, command: MakeDocument) -> None:
    """The two files of a document, on the disk and noted, so that the command finds them."""
    if command.kind not in makers:
        return
    pdf, docx = makers[command.kind](meeting, command)
    store(meeting, wanted(meeting), {made_files.PDF: pdf, made_files.DOCX: docx}, source_of(command))


def prepare_issue(meeting: str, command: IssueDocument) -> None:
    """What is made before a document goes out. Raises Refused, printer.Failed, printer.TooMany."""
    for make in openers:
        make(meeting, command)


def store(meeting: str, document: str, files: dict[str, bytes], source: str) -> None:
    """Both files, or nothing that anybody would find. Raises OSError when the disk is full."""
    kept = {kind: (made_files.keep(context().settings, data), len(data)) for kind, data in files.items()}
    with context().pool.writing() as db:
        for kind, (sha, size) in kept.items():
            made_files.note(db, sha, kind, document, size, meeting=meeting, source=source)


def wanted(meeting: str) -> str:
    """Under which name files lie until a document has them."""
    return f"new-{meeting}"


def source_of(command: MakeDocument) -> str:
    return "/".join((command.kind, command.item, command.person))
