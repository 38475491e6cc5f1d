"""What the worker does for papers."""

from meetingroom.config import MEGABYTE
from meetingroom.documents import ingest, store
from meetingroom.documents.kinds import KINDS
from meetingroom.documents.store import INGEST, OUTLINE, REPAIR, SHARPEN, SHARPEN_PAGE, TIDY
from meetingroom.jobs import queue


def weight(db, document: str) -> float:
    """How long it will probably take: LibreOffice needs longer than a PDF of the same size."""
    row = store.find_document(db, document) or {"bytes": 0, "type": "pdf"}
    return (row["bytes"] + MEGABYTE) * (4 if KINDS[row["type"]].is_office else 1)


def sha(db, document: str) -> str:
    """Two documents may be one file."""
    row = store.find_document(db, document)
    return row["sha"] if row else document


def is_converted(db, document: str) -> bool:
    """Whether LibreOffice opens it."""
    row = store.find_document(db, document)
    return row is not None and KINDS[row["type"]].is_office


@queue.task(INGEST, given_up=ingest.mark_given_up, weight=weight, key=sha, large=is_converted)
def ingest_upload(context, document):
    ingest.ingest(context, document)


@queue.task(SHARPEN, priority=-1, weight=weight, key=sha)
def sharpen_pages(context, document):
    ingest.sharpen(context, document)


@queue.task(SHARPEN_PAGE, weight=lambda db, subject: 0)
def sharpen_page(context, subject):
    ingest.sharpen_page(context, subject)


@queue.task(REPAIR, weight=weight, key=sha, large=is_converted)
def repair_pages(context, document):
    ingest.repair(context, document)


@queue.task(OUTLINE, key=sha)
def add_outline(context, document):
    ingest.add_outline(context, document)


@queue.task(TIDY, priority=-2, key=lambda db, sha: sha)
def tidy_contents(context, sha):
    ingest.tidy(context, sha)


@queue.at_start
def clear_up(context):
    ingest.clear_up(context)
