"""How the pages of a case's documents come to be drawn, beside everything that is more urgent.

First, soon after it came: the file is opened, its pages are counted, its first and its last page drawn. Then, in the
background, all others; not sharper than to be read. A job steps back whenever a paper of a meeting waits, and while a
meeting runs it draws with one process. What is on the disk stays: a killed worker loses the page it was at, no other.
"""

import logging
from contextlib import closing

from meetingroom import disk
from meetingroom.cases.arrivals import CHECK
from meetingroom.cases.store import FIRST, PAGES, READ_STAMPS
from meetingroom.documents import ingest, recognisable, store
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.progress import Gone, Progress, Upload, open_upload
from meetingroom.documents.render_pool import PROCESSES, RenderPool
from meetingroom.documents.store import RECOGNISE
from meetingroom.jobs import queue
from meetingroom.jobs.queue import JobContext, Requeue
from meetingroom.projections import queries

logger = logging.getLogger(__name__)

BEGUN = 0.02  # the part of the way before the first page
FEW = 100  # pages: the words of so short a document are looked for at once, those of longer ones at night


def draw_first(context: JobContext, document: str) -> None:
    """Open, count, and draw the first and the last page; then ask for the rest."""
    upload = open_upload(context, document)
    if upload is None or upload.row["status"] != "processing":
        return
    try:
        ingest.check(context, upload)
        ingest.convert(context, upload)
        draw(context, upload, ends_only=True)
    except FileRejected as rejected:
        return ingest.fail(context, document, rejected)
    except Gone:
        return
    except OSError as error:
        if not disk.is_full(error):
            raise
        return ingest.fail(context, document, FileRejected("no_space"))
    with context.pool.writing() as db:
        queue.request_once(db, PAGES, document)
    queue.wake_worker(context.settings)


def draw_rest(context: JobContext, document: str) -> None:
    """All pages that are not there yet. Raises Requeue when something more urgent waits."""
    upload = open_upload(context, document)
    if upload is None or upload.row["status"] != "processing":
        return
    step_back(context)
    try:
        ingest.convert(context, upload)
        failures, found, pages = draw(context, upload)
        ingest.finish(context, upload, pages, failures, found)
    except FileRejected as rejected:
        return ingest.fail(context, document, rejected)
    except Gone:
        return
    except OSError as error:
        if not disk.is_full(error):
            raise
        return ingest.fail(context, document, FileRejected("no_space"))
    with context.pool.writing() as db:
        store.count_wordless(db, document)
        queue.request_once(db, READ_STAMPS, document)
        if pages <= FEW and recognisable.is_installed():
            queue.request_once(db, RECOGNISE, document)


def draw(context: JobContext, upload: Upload, *, ends_only: bool = False) -> tuple[list[str], list[dict], int]:
    """(codes of what failed, what was noticed, pages). Of the ends only, or of every page that is missing."""
    glance = context.pause if ends_only else lambda: step_back(context)
    source, family = upload.contents.source(upload.kind), upload.kind.family_drawn
    with RenderPool(source, family, upload.contents.folder, glance, processes=hands(context)) as pool:
        pages, shape, detail = ingest.count(context, upload, pool)
        with context.pool.writing() as db:
            store.write_shape(db, upload.id, pages, shape, detail)
        tracker = Progress(context, upload, pages, BEGUN)
        missing = tracker.catch_up()
        if ends_only:
            missing = [number for number in (1, pages) if number in missing]
        failures: list[str] = []
        with closing(pool.work("draw", dict.fromkeys(missing), glance=glance)) as drawn:
            for number, failure in drawn:
                if failure:
                    failures.append(failure)
                    ingest.stand_in(upload.contents, number, failure, shape)
                tracker.add(number)
        tracker.save()
        return failures, pool.warnings, pages


def hands(context: JobContext) -> int:
    """How many processes draw: one while a meeting runs, whose pages go first."""
    with context.pool.lend() as db:
        return 1 if queries.live_meetings(db) else PROCESSES


def step_back(context: JobContext) -> None:
    """Nobody waits for these pages while there is something that has none at all, or is looked at in a meeting."""
    context.pause()
    if any(context.wanted(kind) for kind in (store.INGEST, store.SHARPEN_PAGE, CHECK, FIRST)):
        raise Requeue
