"""A file that has come for a case: it is hashed, looked at, and waits until a person says what it is.

A ZIP becomes the files that lie in it, each with the path it has there. Of what is no sound file nothing stays but a
line that says why.
"""

import hashlib
import secrets
import time
import zipfile

from meetingroom import disk
from meetingroom.cases import upload_store as store
from meetingroom.cases.media import arriving, formats
from meetingroom.config import MEGABYTE, Settings
from meetingroom.documents import content_store, file_names, kinds, office, preflight, tiff_pages, unpacking
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.store import TIDY
from meetingroom.jobs import queue
from meetingroom.jobs.queue import JobContext

CHECK = "case_check"  # the job
MOST_IN_ZIP = 2000
MOST_BYTES = 8  # times the limit of one file: what a ZIP may hold in all


def path_of(settings: Settings, id: str):
    """Where the bytes of an upload lie while they come."""
    return content_store.incoming_folder(settings) / f"{content_store.OF_CASES}{id}"


def finish(db, settings: Settings, row: dict) -> bool:
    """Whether all of it had come when the server was killed, before it could write that down: it is looked at now.
    Whoever sent it asks how much there is, and sends no more."""
    try:
        size = path_of(settings, row["id"]).stat().st_size
    except FileNotFoundError:
        return False
    if row["state"] != store.ARRIVING or size != row["length"]:
        return False
    store.change(db, row["id"], state=store.CHECKING, offset=size)
    return queue.request_once(db, CHECK, row["id"])


def check(context: JobContext, id: str) -> None:
    """Hash it, look at it, take it in; or say what is wrong with it."""
    with context.pool.lend() as db:
        row = store.find_any(db, id)
    if row is None or row["state"] != store.CHECKING:
        return
    path = path_of(context.settings, id)
    try:
        if not path.exists() and not is_taken(context.settings, row):
            raise FileRejected("upload_lost")
        if path.exists():
            kind = look(path, row["filename"])
            if kind.family == "folder":
                unpack(context, row, path)
                path.unlink(missing_ok=True)
                return
            take_in(context, row, path, kind)
        with context.pool.writing() as db:
            store.change(db, id, state=store.ARRIVED)
    except FileRejected as rejected:
        path.unlink(missing_ok=True)
        with context.pool.writing() as db:
            store.mark_failed(db, id, rejected.code, rejected.details)


def is_taken(settings: Settings, row: dict) -> bool:
    """The worker was killed after the file had found its place."""
    return bool(row["sha"]) and content_store.original_path(settings, row["sha"]).exists()


def look(path, filename: str) -> kinds.Kind:
    if formats.promises(file_names.tidy_name(filename)) == "recording":
        return arriving.recording(path)
    kind = preflight.inspect_quickly(path, file_names.tidy_name(filename))
    if kind.is_office and not office.available(kind.ending):
        raise FileRejected("libreoffice_missing")
    return kind


def take_in(context: JobContext, row: dict, path, kind: kinds.Kind) -> None:
    sha = digest(context, path)
    pages = pages_of(path, kind, context.settings)
    with context.pool.writing() as db:
        # The hash is written down first: should the worker die, the file is found by it.
        store.change(db, row["id"], sha=sha, type=kind.ending, pages=pages)
    content_store.take_in(context.settings, path, sha)


def pages_of(path, kind: kinds.Kind, settings: Settings) -> int:
    """Of a picture: a TIFF may hold many. One more than may be, where there are more."""
    if kind.mime != "image/tiff":
        return 1
    with path.open("rb") as file:
        return tiff_pages.count(file, settings.case_page_limit + 1)


def digest(context: JobContext, path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(MEGABYTE):
            found.update(block)
            context.pause()
    return found.hexdigest()


def unpack(context: JobContext, row: dict, path) -> None:
    """Every file in it becomes an upload of its own; a second attempt takes none twice. Raises FileRejected."""
    limit = context.settings.case_file_limit
    try:
        with zipfile.ZipFile(path) as archive:
            check_archive(archive, limit)
            found = files_in(archive)
            if not found:
                raise FileRejected("empty_zip")
            if len(found) > MOST_IN_ZIP:
                raise FileRejected("too_many_files", limit=MOST_IN_ZIP)
            if not disk.has_room(context.settings.files, sum(entry.file_size for _, entry in found)):
                raise FileRejected("no_space")
            with context.pool.lend() as db:
                known = store.parts_of(db, row["id"])
            for name, entry in found:
                context.pause()
                part = hashlib.sha256(f"{row['id']}/{entry.header_offset}".encode()).hexdigest()[:32]
                if part not in known:
                    take_part(context, row, archive, entry, name, part)
    except (zipfile.BadZipFile, EOFError, ValueError, KeyError) as error:
        raise FileRejected("damaged") from error
    with context.pool.writing() as db:
        store.remove(db, row["id"])


def files_in(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """(path, entry) of the files in it, as a person counts them; a path that climbs is cut to what it names."""
    named = [(tidy_path(unpacking.read_name(entry)), entry) for entry in archive.infolist() if not entry.is_dir()]
    return sorted(
        ((name, entry) for name, entry in named if not unpacking.NOT_PAPERS.search(name)),
        key=lambda each: unpacking.as_counted(each[0]),
    )


def check_archive(archive: zipfile.ZipFile, limit: int) -> None:
    """What the ZIP says of itself; `extract` counts what really comes out."""
    entries = archive.infolist()
    if len(entries) > preflight.ENTRIES_LIMIT:
        raise FileRejected("bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRejected("encrypted")
    if sum(entry.file_size for entry in entries) > MOST_BYTES * limit:
        raise FileRejected("bomb")
    if any(entry.file_size > preflight.LARGE and preflight.is_too_thin(entry) for entry in entries):
        raise FileRejected("bomb")


def take_part(context: JobContext, row: dict, archive: zipfile.ZipFile, entry, name: str, id: str) -> None:
    """One file of it. What is wrong with it is the error of its own row."""
    about = {"case": row["case"], "by": row["by"], "filename": name, "part_of": row["id"], "id": id}
    path = path_of(context.settings, secrets.token_hex(16))
    try:
        try:
            if stamp := file_names.find_secrecy_stamp(name):
                raise FileRejected("secret_stamp", stamp=stamp)
            tidied = file_names.tidy_name(name)
            if kinds.by_name(tidied) is None and not formats.promises(tidied):
                raise FileRejected("unsupported_type", **preflight.save_as(name))
            sha, size = unpacking.extract(archive, entry, path, context.settings.case_file_limit)
            kind = look(path, name)
            if kind.family == "folder":
                raise FileRejected("zip_in_zip")
            pages = pages_of(path, kind, context.settings)
        except unpacking.DAMAGED as error:
            if disk.is_full(error):
                raise
            raise FileRejected("damaged") from error
    except FileRejected as rejected:
        with context.pool.writing() as db:
            store.add(db, length=entry.file_size, offset=entry.file_size, **about)
            store.mark_failed(db, id, rejected.code, rejected.details)
    else:
        with context.pool.writing() as db:
            content_store.take_in(context.settings, path, sha)
            arrived = {"length": size, "offset": size, "state": store.ARRIVED, "sha": sha, "type": kind.ending}
            store.add(db, **arrived, pages=pages, **about)
    finally:
        path.unlink(missing_ok=True)


def tidy_path(name: str) -> str:
    """The path in a ZIP or a folder: only to be read, never opened. Its last part is the name of the file."""
    *folders, last = name.replace("\\", "/").split("/")
    kept = [tidied for folder in folders if (tidied := file_names.tidy_name(folder)) not in ("", ".", "..")]
    return "/".join([*kept[-6:], file_names.tidy_name(last)])


def forget(db, settings: Settings, row: dict) -> None:
    """A row goes, in the caller's transaction, and what it had on the disk. What it was made of is there again."""
    store.remove(db, row["id"])
    store.release_joined(db, row["id"])
    path_of(settings, row["id"]).unlink(missing_ok=True)
    if row["sha"]:
        queue.request_job(db, TIDY, row["sha"])


def clear(context: JobContext) -> None:
    """At the start of the only worker: what nobody came back for, what had come whole, what was being looked at, and
    bytes of which nobody knows any more."""
    with context.pool.writing() as db:
        for row in store.list_stale(db):
            forget(db, context.settings, row)
        for id in store.list_ids(db, store.ARRIVING):
            if arriving := store.find_any(db, id):
                finish(db, context.settings, arriving)
        for id in store.list_ids(db, store.CHECKING):
            queue.request_once(db, CHECK, id)
        known = {path_of(context.settings, id).name for id in store.list_ids(db)}
    for path in content_store.incoming_folder(context.settings).glob(f"{content_store.OF_CASES}*"):
        if path.name not in known and time.time() - path.stat().st_mtime > content_store.AN_HOUR:
            path.unlink(missing_ok=True)
