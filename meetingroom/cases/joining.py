"""Pictures of a scanner that are the pages of one document become it, before anybody confirms it; what was meant
otherwise is taken apart again. Until then the pictures wait beside it."""

from collections.abc import Sequence

from meetingroom import clock, disk
from meetingroom.cases import arrivals
from meetingroom.cases import upload_store as store
from meetingroom.config import MEGABYTE, Settings
from meetingroom.documents import kinds, messages, unpacking
from meetingroom.documents.content_store import original_path, take_in, work_folder
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.store import TIDY
from meetingroom.jobs import queue
from meetingroom.jobs.queue import JobContext

JOIN, CLEAR = "case_join", "case_joined"  # the jobs
SOME = 50  # pictures of one transaction
LEAST = 2
JOINABLE = frozenset(ending for ending, kind in kinds.KINDS.items() if kind.family == "image")
UNREAD = "case_join_unread"  # why a document was not made
TELL = 1000  # ms between two words about how far a document is
NAMED = 5  # pictures in one sentence


def may_join(settings: Settings, pictures: Sequence[dict]) -> bool:
    """Whether they can become one document: pictures, with neither too many pages nor too large together."""
    return (
        len(pictures) >= LEAST
        and sum(each["pages"] for each in pictures) <= settings.case_page_limit
        and all(each["type"] in JOINABLE for each in pictures)
        and sum(each["length"] for each in pictures) <= settings.case_file_limit
    )


def begin(db, case: str, pictures: Sequence[dict], by: str) -> str:
    """The upload that they become; in the caller's transaction."""
    whole = sum(each["length"] for each in pictures)
    about = {"case": case, "by": by, "filename": name_of([each["filename"] for each in pictures])}
    store.remove_failed(db, case, about["filename"], UNREAD)  # of another try
    id = store.add(db, length=whole, offset=0, state=store.JOINING, type="pdf", **about)
    store.join(db, [each["id"] for each in pictures], id)
    queue.request_once(db, JOIN, id)
    return id


def name_of(names: Sequence[str]) -> str:
    """That of their folder, where they have one; else that of the first."""
    folders = {name.rpartition("/")[0] for name in names}
    folder = folders.pop() if len(folders) == 1 else ""
    return f"{folder or min(names, key=unpacking.as_counted).rpartition('.')[0]}.pdf"


def pages_of(db, id: str) -> list[dict]:
    """The pictures of which an upload was made, page by page."""
    return sorted(store.list_joined(db, id), key=lambda row: unpacking.as_counted(row["filename"]))


def make(context: JobContext, id: str) -> None:
    from meetingroom.documents import joined_pictures  # the server itself reads no pictures

    settings = context.settings
    with context.pool.lend() as db:
        row, pictures = store.find_any(db, id), pages_of(db, id)
    if row is None or row["state"] != store.JOINING:
        return
    path = arrivals.path_of(settings, id)
    try:
        if not disk.has_room(settings.files, 2 * row["length"]):
            raise FileRejected("no_space")
        originals = [original_path(settings, each["sha"]) for each in pictures]
        progress = Progress(context, id, pictures)
        work = work_folder(settings)
        work.mkdir(exist_ok=True)
        pages = joined_pictures.join(originals, path, work, settings.case_page_limit, context.pause, progress.tell)
        if path.stat().st_size > settings.case_file_limit:
            raise FileRejected("file_too_large", limit=settings.case_file_limit // MEGABYTE)
        sha, size = arrivals.digest(context, path), path.stat().st_size
        with context.pool.writing() as db:
            if store.find_any(db, id):
                take_in(settings, path, sha)
                store.change(db, id, state=store.ARRIVED, sha=sha, length=size, offset=size, pages=pages)
    except joined_pictures.Unreadable as unreadable:
        with context.pool.writing() as db:
            fail_of(db, id, {pictures[turn]["id"]: rejected for turn, rejected in unreadable.found.items()})
    except FileRejected as rejected:
        with context.pool.writing() as db:
            fail(db, id, rejected.code, rejected.details)
    except OSError as error:
        if not disk.is_full(error):
            raise
        with context.pool.writing() as db:
            fail(db, id, "no_space", {})
    finally:
        path.unlink(missing_ok=True)


class Progress:
    """How far a document is, told now and then."""

    def __init__(self, context: JobContext, id: str, pictures: Sequence[dict]):
        self.context, self.id, self.pictures, self.at = context, id, pictures, clock.now()

    def tell(self, done: int) -> None:
        if clock.now() - self.at < TELL:
            return
        self.at = clock.now()
        with self.context.pool.writing() as db:
            store.write_done(db, self.id, sum(each["length"] for each in self.pictures[:done]))
            self.context.heartbeat(db)


def fail_of(db, id: str, wrong: dict[str, FileRejected]) -> None:
    """Some pictures cannot be read: what will not get better by itself is their own failure, so the others can become
    a document without them."""
    pictures = {each["id"]: each for each in pages_of(db, id)}
    wrong = {picture: rejected for picture, rejected in wrong.items() if picture in pictures}
    names = [pictures[picture]["filename"] for picture in wrong]
    fail(db, id, UNREAD, {"names": ", ".join(names[:NAMED]) + (", …" if names[NAMED:] else "")})
    for picture, rejected in wrong.items():
        if rejected.code in messages.FINAL:
            store.mark_failed(db, picture, rejected.code, rejected.details)


def fail(db, id: str, code: str, details: dict) -> None:
    """The pictures are there again, each for itself."""
    if store.find_any(db, id):
        store.release_joined(db, id)
        store.mark_failed(db, id, code, details)


def confirm(db, id: str) -> list[dict]:
    """Of a document that is in the case now: its pictures, which stay as its pages alone. [{name, sha256}]

    What they had on the disk the worker clears away: a thousand at once would keep a meeting waiting."""
    pictures = pages_of(db, id)
    if pictures:
        queue.request_once(db, CLEAR, id)
    return [{"name": each["filename"], "sha256": each["sha"]} for each in pictures]


def clear_away(context: JobContext, id: str) -> None:
    """The pictures of a document that is in the case."""
    with context.pool.lend() as db:
        pictures = pages_of(db, id)
    for first in range(0, len(pictures), SOME):
        with context.pool.writing() as db:
            for each in pictures[first : first + SOME]:
                store.remove(db, each["id"])
                queue.request_job(db, TIDY, each["sha"])
        context.pause()


def clear(context: JobContext) -> None:
    """At the start of the only worker: what was being made, and what is left of what was confirmed."""
    with context.pool.writing() as db:
        for id in store.list_ids(db, store.JOINING):
            queue.request_once(db, JOIN, id)
        for id in store.list_left_joined(db):
            queue.request_once(db, CLEAR, id)
