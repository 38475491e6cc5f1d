"""A ZIP becomes the papers that lie in it: each an upload of its own, in the order of their names; then it is gone."""

import hashlib
import lzma
import re
import secrets
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from meetingroom import disk
from meetingroom.config import MEGABYTE
from meetingroom.documents import content_store, file_names, kinds, office, preflight, store
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.progress import Upload, save_progress
from meetingroom.documents.store import INGEST, TIDY
from meetingroom.jobs import queue
from meetingroom.jobs.queue import JobContext
from meetingroom.meeting.checks import TITLE_LENGTH

MOST = 200
NOT_PAPERS = re.compile(r"(^|/)(\.|~\$|__MACOSX(/|$)|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
UTF8_NAME = 0x800  # the bit of an entry whose name says in which letters it is written
NUMBER = re.compile(r"(\d+)")
# What reading one entry raises: a wrong checksum, a broken or unknown packing, a password.
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError)


def unpack(context: JobContext, upload: Upload) -> None:
    """Every paper in it is written down before the ZIP goes; a second attempt takes none twice.

    Raises FileRejected: damaged | encrypted | bomb | empty_zip | too_many_files | no_space.
    """
    save_progress(context, upload, "unpacking", 0.05)
    try:
        with zipfile.ZipFile(upload.contents.original) as archive:
            found = papers_in(archive)
            if not found:
                raise FileRejected("empty_zip")
            if len(found) > MOST:
                raise FileRejected("too_many_files", limit=MOST)
            if not disk.has_room(context.settings.files, sum(entry.file_size for _, entry in found)):
                raise FileRejected("no_space")
            titles = titles_of(context, upload, found)
            for turn, (name, entry) in enumerate(found, start=1):
                context.pause()
                take(context, upload, archive, entry, (name, titles[name]))
                save_progress(context, upload, "unpacking", turn / len(found))
    except (zipfile.BadZipFile, EOFError, ValueError, KeyError) as error:
        raise FileRejected("damaged") from error
    with context.pool.writing() as db:
        store.remove_document(db, upload.id)
        queue.request_job(db, TIDY, upload.row["sha"])
    queue.wake_worker(context.settings)


def papers_in(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """(path as it is read, entry) of the files in it, as a person counts them: 2 before 10."""
    named = [(read_name(entry), entry) for entry in archive.infolist() if not entry.is_dir()]
    return sorted(
        ((name, entry) for name, entry in named if not NOT_PAPERS.search(name)), key=lambda each: as_counted(each[0])
    )


def as_counted(name: str) -> list:
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part.casefold()) for part in NUMBER.split(name)]


def read_name(entry: zipfile.ZipInfo) -> str:
    """Older programs write names in UTF-8 or in Windows' letters, and do not say so."""
    name = entry.filename
    if not entry.flag_bits & UTF8_NAME:
        for letters in ("utf-8", "cp1258"):
            try:
                name = entry.filename.encode("cp437").decode(letters)
                break
            except UnicodeError:
                continue
    return name.replace("\\", "/")


def titles_of(context: JobContext, upload: Upload, found: Sequence[tuple[str, zipfile.ZipInfo]]) -> dict[str, str]:
    """{path: title}: told apart among themselves, and from the other papers of their item."""
    own = {upload.id, *(document_id(upload, entry) for _, entry in found)}
    with context.pool.lend() as db:
        there = store.list_titles(db, upload.row["meeting"], upload.row["item"])
    return file_names.titles_of((name for name, _ in found), [title for id, title in there if id not in own])


def document_id(upload: Upload, entry: zipfile.ZipInfo) -> str:
    """Two files may have one name, not one place."""
    return hashlib.sha256(f"{upload.id}/{entry.header_offset}".encode()).hexdigest()[:16]


def take(
    context: JobContext, upload: Upload, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, called: tuple[str, str]
) -> None:
    """One file of it; `called`: (path, title). What is wrong with it is the error of its own row."""
    row, document = upload.row, document_id(upload, entry)
    name, title = called
    with context.pool.lend() as db:
        if store.find_document(db, document):
            return
    filename = file_names.tidy_name(name)
    about = {"meeting": row["meeting"], "item": row["item"], "by": row["by"], "id": document, "filename": filename}
    about["title"] = title[:TITLE_LENGTH]
    path = content_store.incoming_folder(context.settings) / secrets.token_hex(16)
    try:
        sha, size, problem = "", entry.file_size, None
        kind = kinds.by_name(filename)
        try:
            if stamp := file_names.find_secrecy_stamp(name):
                raise FileRejected("secret_stamp", stamp=stamp)
            sha, size = extract(archive, entry, path, context.settings.upload_limit)
            kind = check(path, filename)
        except FileRejected as rejected:
            problem = rejected
        except DAMAGED as error:
            if disk.is_full(error):
                raise
            problem = FileRejected("damaged")
        with context.pool.writing() as db:
            if not problem:
                content_store.take_in(context.settings, path, sha)
            ending = kind.ending if kind else "pdf"
            store.add_document(db, sha=sha if not problem else f"none-{document}", ending=ending, size=size, **about)
            if problem:
                store.mark_failed(db, document, problem.code, {**problem.details, "final": True})
            else:
                queue.request_job(db, INGEST, document)
    finally:
        path.unlink(missing_ok=True)


def check(path, filename: str) -> kinds.Kind:
    kind = preflight.inspect_quickly(path, filename)
    if kind.family == "folder":
        raise FileRejected("zip_in_zip")
    if kind.is_office and not office.available(kind.ending):
        raise FileRejected("libreoffice_missing")
    return kind


def extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path, limit: int) -> tuple[str, int]:
    """(SHA-256, bytes) of what came out, counted: an archive may say anything of its sizes."""
    digest, size = hashlib.sha256(), 0
    with archive.open(entry) as packed, path.open("xb") as file:
        for block in blocks(packed):
            size += len(block)
            if size > min(limit, entry.file_size):
                raise FileRejected("bomb" if size > entry.file_size else "file_too_large", limit=limit // MEGABYTE)
            digest.update(block)
            file.write(block)
    return digest.hexdigest(), size


def blocks(packed) -> Iterator[bytes]:
    while block := packed.read(MEGABYTE):
        yield block
