"""How an upload becomes a paper: check → convert → count → draw every page → ready → attach → draw the sharp pages.

Every step may be the second attempt: what is stored already is kept, so a killed worker loses the page it was at.
Nothing is drawn or converted inside a transaction. What is wrong with the file becomes the document's error; what is
wrong with the program (database busy) is raised and tried again.
"""

import json
import logging
import os
from contextlib import closing

from meetingroom import disk, log
from meetingroom.documents import (
    content_store,
    default_password,
    office,
    outline,
    page_words,
    placeholder,
    plain_text,
    preflight,
    render_slots,
    sandbox,
    secret_stamps,
    store,
    unpacking,
    warnings,
    word_index,
)
from meetingroom.documents.content_store import ContentStore
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.page_bundle import PAGES
from meetingroom.documents.progress import Gone, Progress, Upload, open_upload, save_progress
from meetingroom.documents.render_pool import RenderPool
from meetingroom.documents.render_process import Died, RenderProcess, TookTooLong
from meetingroom.documents.store import INGEST, RECOGNISE, SHARPEN
from meetingroom.jobs import queue
from meetingroom.jobs.queue import JobContext, Requeue
from meetingroom.meeting.kernel import Actor, Refused
from meetingroom.meeting.papers import AttachPaper
from meetingroom.printing import printer as printing
from meetingroom.printing.printer import printer
from meetingroom.projections import queries

logger = logging.getLogger(__name__)

MENDABLE = {"page_slow", "page_crashed"}  # a page that may be drawn another time
TURN = 100  # pages drawn before another waiting upload gets its turn
CONVERTED = 0.25  # the part of the way that conversion is


def ingest(context: JobContext, document: str) -> None:
    """The whole way of one upload. Raises Requeue when another upload waits and this one is long."""
    upload = open_upload(context, document)
    if upload is None or upload.row["status"] == "failed":
        return
    if upload.row["status"] == "processing":
        try:
            check(context, upload)
            if upload.kind.family == "folder":
                return unpacking.unpack(context, upload)
            convert(context, upload)
            draw(context, upload)
        except FileRejected as rejected:
            return fail(context, document, rejected)
        except Gone:
            return
        except OSError as error:
            if not disk.is_full(error):
                raise
            return fail(context, document, FileRejected("no_space"))
    attach(context, document)
    with context.pool.writing() as db:
        # Asked for once, also when the worker dies between this line and the end of the job.
        store.count_wordless(db, document)
        asked = [queue.request_once(db, kind, document) for kind in (SHARPEN, RECOGNISE)]
    if any(asked):
        queue.wake_worker(context.settings)


def page_limit(context: JobContext, upload: Upload) -> int:
    """How many pages a document may have: what has a home of its own is a bound file, and may have more."""
    return context.settings.case_page_limit if upload.row["home"] else context.settings.page_limit


def check(context: JobContext, upload: Upload) -> None:
    """The file is there, whole, on the disk for good, and fit to be opened."""
    save_progress(context, upload, "checking", 0.01)
    try:
        with upload.contents.original.open("rb") as file:
            # The server does not wait for the disk; before the paper is called ready, this has been done.
            os.fsync(file.fileno())
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError as error:
        raise FileRejected("upload_lost") from error
    if size != upload.row["bytes"]:
        raise FileRejected("upload_lost")
    work = content_store.work_folder(context.settings)
    with default_password.opened(upload.contents.original, upload.kind, work) as (path, kind):
        preflight.inspect(path, kind)


def convert(context: JobContext, upload: Upload) -> None:
    if upload.kind.is_converted and not upload.contents.pdf().exists():
        save_progress(context, upload, "converting", 0.05)
        noticed = by_office(context, upload) if upload.kind.is_office else by_printer(context, upload)
        content_store.write_file(upload.contents.findings(), json.dumps(noticed).encode())


def by_office(context: JobContext, upload: Upload) -> list[dict]:
    return office.to_pdf(
        upload.contents.original,
        upload.kind,
        upload.contents.pdf(),
        work=content_store.work_folder(context.settings),
        page_limit=page_limit(context, upload),
        name=upload.row["filename"].rpartition(".")[0] or "paper",
        pause=context.pause,
    )


def by_printer(context: JobContext, upload: Upload) -> list[dict]:
    """Plain text."""
    asked = {"file": str(upload.contents.original), "pages": page_limit(context, upload), "title": upload.row["title"]}
    try:
        remarks, file = printer.make("text", asked, upload.row["by"])
    except printing.Refused as refused:
        raise FileRejected(str(refused), limit=plain_text.LARGEST) from refused
    content_store.write_file(upload.contents.pdf(), file)
    guessed = [{"code": "letters_guessed"}] if remarks["guessed"] else []
    return guessed + ([{"code": "signs_missing", "detail": remarks["missing"]}] if remarks["missing"] else [])


def draw(context: JobContext, upload: Upload) -> None:
    """Count the pages, then draw those that are not stored yet."""
    begun = CONVERTED if upload.kind.is_converted else 0.02
    source = upload.contents.source(upload.kind)
    with RenderPool(source, upload.kind.family_drawn, upload.contents.folder, context.pause) as pool:
        pages, shape, detail = count(context, upload, pool)
        with context.pool.writing() as db:
            store.write_shape(db, upload.id, pages, shape, detail)
        tracker = Progress(context, upload, pages, begun)
        missing = tracker.catch_up()
        failures: list[str] = []
        with closing(pool.work("draw", missing, glance=context.pause)) as drawn:
            for turn, (number, failure) in enumerate(drawn, start=1):
                if failure:
                    failures.append(failure)
                    stand_in(upload.contents, number, failure, shape)
                tracker.add(number)
                if turn >= TURN and tracker.just_saved:
                    make_room(context)
        tracker.save()
    finish(context, upload, pages, failures, pool.warnings)


def finish(context: JobContext, upload: Upload, pages: int, failures: list[str], found: list[dict]) -> None:
    """Every page is stored: contents, words and what is to be said of it. Raises FileRejected: pages_fail."""
    make_outline(context, upload, pages)
    with context.pool.lend() as db:
        failed = len(store.list_failed_pages(db, upload.id))
    if failed * 2 > pages:
        raise FileRejected("pages_fail", failed=failed, final=not set(failures) & MENDABLE)
    noticed = [*upload.contents.found(), *found]
    noticed += [note for number in range(1, pages + 1) for note in upload.contents.noted(number)]
    noticed = [*find_stamps(upload.contents, pages), *noticed]
    for bundle in range(-(-pages // PAGES)):  # here, for the server has no time to pack
        page_words.bundle(context.settings, upload.row["sha"], bundle, pages, upload.row["t"])
    word_index.make(context.settings, upload.row["sha"], pages)
    with context.pool.writing() as db:
        store.mark_finished(db, upload.id, warnings.note_warnings(noticed))


def find_stamps(contents: ContentStore, pages: int) -> list[dict]:
    """The stamps of state secrets among the words that the pages have themselves: the paper is held from the beginning.

    What is on pages without words is found when these are recognised (`recognition/`).
    """
    found = []
    for number in range(1, pages + 1):
        if stamp := secret_stamps.find_printed(contents.record(number) or {}):
            found.append({"code": "secret_stamp", "page": number, "detail": stamp})
    return found


def make_outline(context: JobContext, upload: Upload, pages: int) -> None:
    """What is wrong with contents and links is no reason to do without the pages."""
    contents = upload.contents
    if contents.outline().exists():
        return
    source, family = contents.source(upload.kind), upload.kind.family_drawn
    try:
        with render_slots.shared.place(context.pause), RenderProcess(source, family, contents.folder) as process:
            process.ask("outline", seconds=60, pages=pages)
    except (FileRejected, Died, TookTooLong):
        content_store.write_file(contents.outline(), json.dumps(outline.EMPTY).encode())


def add_outline(context: JobContext, document: str) -> None:
    """Of a paper from before there were outlines."""
    upload = open_upload(context, document)
    if upload and upload.row["status"] == "ready":
        convert(context, upload)
        make_outline(context, upload, upload.row["pages"])


def count(context: JobContext, upload: Upload, pool: RenderPool) -> tuple[int, list, dict]:
    """(pages, shape, what is to be said about it)."""
    limit = page_limit(context, upload)
    cap = office.page_cap(upload.kind)
    shape = pool.shape(limit if cap is None else cap + 1)
    if cap is None or pool.pages <= cap:
        return pool.pages, shape, {}
    return cap, [run for run in shape if run[0] <= cap], {"only_first": cap}


def stand_in(contents: ContentStore, number: int, failure: str, shape: list) -> None:
    """An honest placeholder for a page that could not be drawn."""
    _, width, height = [run for run in shape if run[0] <= number][-1]
    for size in (1920, 480):
        content_store.write_file(contents.page(number, size), placeholder.draw(number, width, height, size))
    record = {"page": number, "width": width, "height": height, "words": [], "error": failure}
    record |= {"source": "pdf", "conf": 0, "flat": False}
    content_store.write_file(contents.words(number), json.dumps(record).encode())


def attach(context: JobContext, document: str) -> None:
    """Through the log's one door, in the name of whoever uploaded it; done once however often it is tried."""
    with context.pool.lend() as db:
        row = store.find_document(db, document)
        role = row and queries.role_in(db, row["meeting"], row["by"])
    if not row or not row["item"] or row["attached"] or not role:
        return
    try:
        log.handle(
            context.pool,
            row["meeting"],
            AttachPaper(row["item"], document),
            Actor(row["by"], role),
            f"attach-{document}",
        )
    except Refused as refusal:
        # The item is gone or the meeting is over: the document stays ready, to be attached by hand.
        logger.info("document %s was not attached: %s", document, refusal.code)
        with context.pool.writing() as db:
            store.write_warnings(db, document, not_attached=refusal.code)


def sharpen(context: JobContext, document: str) -> None:
    """The pages to zoom into, when nothing more urgent waits."""
    upload = open_upload(context, document)
    if upload is None or upload.row["status"] != "ready":
        return
    missing = [number for number in range(1, upload.row["pages"] + 1) if not upload.contents.is_sharp(number)]
    if not missing:
        return
    make_room(context)
    source = upload.contents.source(upload.kind)
    with (
        RenderPool(source, upload.kind.family_drawn, upload.contents.folder, lambda: make_room(context)) as pool,
        closing(pool.work("sharpen", missing, glance=lambda: make_room(context))) as drawn,
    ):
        for number, failure in drawn:
            if failure:
                # There is nothing sharper to see, now or later.
                content_store.link_or_copy(upload.contents.page(number, 2880), upload.contents.page(number, 1920))


def sharpen_page(context: JobContext, subject: str) -> None:
    """The one page that somebody zooms into."""
    document, _, page = subject.rpartition("/")
    upload = open_upload(context, document)
    if upload is None or not page.isdecimal() or upload.contents.is_sharp(int(page)):
        return
    source = upload.contents.source(upload.kind)
    with (
        RenderPool(source, upload.kind.family_drawn, upload.contents.folder, context.pause, processes=1) as pool,
        closing(pool.work("sharpen", [int(page)], glance=context.pause)) as drawn,
    ):
        for number, failure in drawn:
            if failure:
                content_store.link_or_copy(upload.contents.page(number, 2880), upload.contents.page(number, 1920))


def repair(context: JobContext, document: str) -> None:
    """Pages whose pictures were lost on the disk are drawn again; the paper stays what it is."""
    upload = open_upload(context, document)
    if upload is None or upload.row["status"] != "ready":
        return
    convert(context, upload)
    pages = range(1, upload.row["pages"] + 1)
    missing = [n for n in pages if not all(upload.contents.page(n, size).exists() for size in (480, 1920))]
    with (
        RenderPool(
            upload.contents.source(upload.kind), upload.kind.family_drawn, upload.contents.folder, context.pause
        ) as pool,
        closing(pool.work("draw", missing, glance=context.pause)) as drawn,
    ):
        for number, failure in drawn:
            if failure:
                stand_in(upload.contents, number, failure, upload.row["shape"])


def make_room(context: JobContext) -> None:
    """Nobody waits for sharp pages while there is an upload that has none at all."""
    context.pause()
    if context.wanted(INGEST):
        raise Requeue


def fail(context: JobContext, document: str, rejected: FileRejected) -> None:
    logger.info("document %s failed: %r", document, rejected)
    with context.pool.writing() as db:
        store.mark_failed(db, document, rejected.code, rejected.details)


def mark_given_up(context: JobContext, document: str) -> None:
    """The worker died of it, or could not do it, too often."""
    with context.pool.lend() as db:
        row = store.find_document(db, document)
    if row and row["status"] == "processing":
        fail(context, document, FileRejected("gave_up"))


def tidy(context: JobContext, sha: str) -> None:
    """Delete a stored file that belongs to no document any more."""
    with context.pool.writing() as db:
        # Uploading the same file again takes the same lock, so it comes before or after, not between.
        left = [] if store.count_uses(db, sha) else list(ContentStore(context.settings, sha).discard())
    for path in left:
        content_store.delete_file(path)


def clear_up(context: JobContext) -> None:
    """What killed processes left: half-made conversions, uploads that never ended."""
    for path in content_store.list_leftovers(context.settings):
        content_store.delete_file(path)
    # Shown under System status.
    content_store.write_file(context.settings.data / "worker.wall", sandbox.describe_wall().encode())
