"""The job: pages without words are looked at one by one; each is kept at once, and the paper is usable all the while.

After each page the job steps aside for whatever is more urgent, and a killed worker loses the page it was at: the file
of words says whether a page was recognised. What is found may be wrong, and says so.
"""

import json
import logging
from pathlib import Path

from PIL import Image

from meetingroom import log
from meetingroom.documents import content_store, ingest, recognisable, secret_stamps, warnings
from meetingroom.documents import store as documents
from meetingroom.documents.content_store import ContentStore
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.progress import Upload, open_upload
from meetingroom.documents.render_pool import RenderPool
from meetingroom.documents.store import RECOGNISE, SHARPEN
from meetingroom.jobs import queue
from meetingroom.jobs.queue import JobContext, Requeue
from meetingroom.meeting.kernel import Actor, Refused
from meetingroom.meeting.papers import HoldPaper, RenewText
from meetingroom.recognition import ocr, skew, stamps, store, tesseract

logger = logging.getLogger(__name__)

PROGRAM = Actor("program", "system")
EDGE = 0.005  # of the page: how far a word that was recognised may lie beside the one that is printed
SCAN_LIMIT = 40_000_000  # pixels; ours have a third


def recognise(context: JobContext, document: str) -> None:
    """Raises Requeue after a page, when something more urgent waits."""
    upload = open_upload(context, document)
    if upload is None or upload.row["status"] != "ready":
        return
    sha, contents = upload.row["sha"], upload.contents
    with context.pool.writing() as db:
        wordless = store.list_wordless(db, document)
        done = {page for page in wordless if is_done(contents, page)}
        store.begin(db, sha, len(wordless), done)
        known = set(documents.list_recognised(db, sha))
    for page in sorted(done - known):  # the worker was killed between the file and the database
        keep(context, sha, page, contents.record(page) or {})
    todo = [page for page in wordless if page not in done]
    if todo and context.settings.recognise and recognisable.is_installed():
        make_room(context)
        read_pages(context, upload, todo)
    tell(context, sha)


def is_done(contents: ContentStore, page: int) -> bool:
    record = contents.record(page) or {}
    return record.get("source") == "ocr" or "looked" in record


def read_pages(context: JobContext, upload: Upload, pages: list[int]) -> None:
    contents, sha = upload.contents, upload.row["sha"]
    source, family = contents.source(upload.kind), upload.kind.family_drawn
    try:
        with RenderPool(source, family, contents.folder, lambda: make_room(context)) as pool:
            for page in pages:
                for _, failure in pool.work("scan", [page]):
                    try:
                        record = {"conf": 0} if failure else read_page(context, contents, page)
                    finally:
                        contents.scan(page).unlink(missing_ok=True)
                    record = beside_own(record, (contents.record(page) or {}).get("words", []))
                    write_words(contents, page, record)
                    if not keep(context, sha, page, record):
                        return
                if context.stop is not None and context.stop.is_set():
                    tell(context, sha)
                make_room(context)
    except FileRejected as rejected:  # it could be opened once: nothing more is found, and nothing is broken
        logger.warning("document %s could not be opened for recognition: %r", upload.id, rejected)


def make_room(context: JobContext) -> None:
    """Uploads go first, and sharp pages as well."""
    ingest.make_room(context)
    if context.wanted(SHARPEN):
        raise Requeue


def read_page(context: JobContext, contents: ContentStore, page: int) -> dict:
    """{conf, words, stamp, text} of a page that was scanned."""
    with Image.open(contents.scan(page), formats=("PPM",)) as opened:
        if opened.width * opened.height > SCAN_LIMIT:
            return {}
        picture = opened.convert("RGB")
    width = (contents.record(page) or {}).get("width") or 595
    dots = max(70, min(600, round(picture.width / width * 72)))
    return read_picture(picture, dots, content_store.work_folder(context.settings))


def read_picture(picture: Image.Image, dots: int, work: Path) -> dict:
    """The words of a picture of a page, in fractions of it; {} of an empty page."""
    grey = skew.one_channel(picture)
    red = skew.red_words(picture)
    if not skew.has_ink(grey) and red is None:
        return {}
    angle = skew.find_skew(grey)
    straight = skew.straighten(grey, angle)
    found = ocr.read_table(tesseract.recognise(straight, dots, work))
    if angle and ocr.sureness(found) < ocr.AGAIN:
        as_it_came = ocr.read_table(tesseract.recognise(grey, dots, work))
        if ocr.sureness(as_it_came) > ocr.sureness(found):
            angle, straight, found = 0.0, grey, as_it_came
    stamp = secret_stamps.find_stamp(found, straight.height)
    flat_red = None if red is None else skew.straighten(red, angle)
    if not stamp and (places := stamps.candidates(straight, flat_red)) is not None:
        marked = ocr.read_table(tesseract.recognise(places, dots, work, layout=tesseract.SCATTERED))
        stamp = secret_stamps.find_stamp(marked, picture.height, found)
    words = [
        {"text": word.text, "box": skew.turn_back(word.box, angle, straight.size, picture.size), "conf": word.conf}
        for word in found
    ]
    return {"conf": ocr.sureness(found), "words": words, "stamp": stamp, "text": ocr.search_text(found)}


def beside_own(read: dict, own: list[dict]) -> dict:
    """What was read on a page that has a few words itself: these are sure, and stay as they are."""
    if not own:
        return read
    found = [word for word in read.get("words", []) if not any(covers(each, word) for each in own)]
    said = " ".join(word["text"] for word in own)
    if not found:
        return {**read, "conf": 100, "words": own, "text": said, "source": "pdf", "looked": True}
    return {**read, "words": [*({**word, "conf": 100} for word in own), *found], "text": f"{said} {read['text']}"}


def covers(own: dict, word: dict) -> bool:
    """Whether the middle of a word that was recognised lies on one of the page's own."""
    middle = [word["box"][n] + word["box"][n + 2] / 2 for n in (0, 1)]
    boxes = own.get("boxes") or [own["box"]]
    return any(all(box[n] - EDGE <= middle[n] <= box[n] + box[n + 2] + EDGE for n in (0, 1)) for box in boxes)


def write_words(contents: ContentStore, page: int, read: dict) -> None:
    """The record of the page; of empty pages, too."""
    before = contents.record(page) or {}
    about = {"page": page, "source": "ocr", "conf": read.get("conf", 100), "flat": before.get("flat", False)}
    more = {key: read[key] for key in ("source", "looked", "stamp") if read.get(key)}
    size = {"width": before.get("width"), "height": before.get("height")}
    record = {**about, **size, **more, "words": read.get("words", [])}
    content_store.write_file(contents.words(page), json.dumps(record, ensure_ascii=False).encode())


def keep(context: JobContext, sha: str, page: int, record: dict) -> bool:
    """One page is committed; False when the file belongs to nobody any more."""
    text = record.get("text") or " ".join(word["text"] for word in record.get("words", []))
    with context.pool.writing() as db:
        if not documents.count_uses(db, sha):
            return False
        store.keep_page(db, sha, page, record.get("conf", 100), record.get("stamp", ""), text)
        context.heartbeat(db)
        stamped = store.list_stamps(db, sha) if record.get("stamp") else []
    hold(context, sha, stamped)
    return True


def tell(context: JobContext, sha: str) -> None:
    """What was found since the last time is a new revision of the text, which the screens learn of."""
    with context.pool.writing() as db:
        if store.has_news(db, sha):
            pages = documents.list_recognised(db, sha)
            of = store.count_wanted(db, sha)
            conf = round(sum(pages.values()) / len(pages))
            documents.renew_text(db, sha, source="ocr", done=len(pages), of=max(of, len(pages)), conf=conf)
            store.mark_announced(db, sha)
        papers, stamps = store.list_papers(db, sha), store.list_stamps(db, sha)
    for one in papers:
        if one["paper"] and (one["t"] or 1) > 1:
            handle(context, one["meeting"], RenewText(one["paper"], one["t"]), f"text-{one['id']}-{one['t']}")
    hold(context, sha, stamps)


def hold(context: JobContext, sha: str, stamps: list[tuple[int, str]]) -> None:
    """A paper with the stamp of a state secret is for the staff alone until one of them has looked at it."""
    if not stamps:
        return
    found = [{"code": "secret_stamp", "page": page, "detail": stamp} for page, stamp in stamps]
    with context.pool.writing() as db:
        papers = store.list_papers(db, sha)
        for one in papers:
            noted = warnings.note_warnings([*found, *json.loads(one["warnings"] or "[]")])
            store.write_warnings(db, one["id"], json.dumps(noted, ensure_ascii=False))
    for one in papers:
        for page, stamp in stamps if one["paper"] else ():  # each once: releasing one page releases no other
            handle(context, one["meeting"], HoldPaper(one["paper"], page, stamp), f"hold-{one['id']}-{page}")


def handle(context: JobContext, meeting: str, command, name: str) -> None:
    """Through the log's one door; done once however often it is tried."""
    try:
        log.handle(context.pool, meeting, command, PROGRAM, name)
    except Refused as refusal:  # the paper was withdrawn, or the meeting is over
        logger.info("%s of meeting %s: %s", type(command).__name__, meeting, refusal.code)


def request_unfinished(context: JobContext) -> None:
    """At the start of the worker: papers from before there was tesseract here, or this program could use it."""
    able = context.settings.recognise and recognisable.is_installed()
    with context.pool.writing() as db:
        for document in store.list_unfinished(db, uncounted=not able):
            queue.request_once(db, RECOGNISE, document)
