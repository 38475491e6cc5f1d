"""Answers that are files: a page, its words, the original; how long a browser may keep them."""

import gzip
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from zlib import crc32

from flask import Response, request, send_file, session

from meetingroom.config import Settings
from meetingroom.documents import page_words, site_copies
from meetingroom.documents.access import DAY, UNKEPT, Sight
from meetingroom.documents.content_store import SIZES, ContentStore, original_path
from meetingroom.documents.kinds import KINDS
from meetingroom.documents.page_bundle import bundle as made
from meetingroom.documents.store import REPAIR, SHARPEN_PAGE
from meetingroom.jobs import queue
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

PIECE = 256 * 1024  # bytes
SHARP = 2880

logger = logging.getLogger(__name__)

FOREVER = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"
ONE_DAY = "private, max-age=86400"
NEVER = "private, no-store"

# An original is shown or saved, never run: no scripts, no forms, nothing from anywhere.
LOCKED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; object-src 'none'"


def page(settings: Settings, sight: Sight, record: dict, size: int) -> Response:
    """The page as WebP; the next smaller size while the wanted one is not drawn yet."""
    path = best_page(settings, sight, record, size)
    found = int(path.parent.name)
    final = found == size and record["status"] == "ready"
    return answer_cached(settings, sight, path, "image/webp", f"{record['n']}-{found}", final)


def best_page(settings: Settings, sight: Sight, record: dict, size: int) -> Path:
    """Where the picture of this size lies, or of the next smaller one. Raises Problem: page_missing | page_lost."""
    contents = ContentStore(settings, sight.row["sha"])
    if size == SHARP and sight.row["home"] and not contents.is_sharp(record["n"]) and record["status"] == "ready":
        # A case file has thousands of pages: one is drawn as sharp as that when somebody first zooms into it.
        queue.ask_worker(settings, context().pool, SHARPEN_PAGE, f"{sight.row['id']}/{record['n']}")
    for other in [each for each in reversed(SIZES) if each <= size]:
        path = contents.page(record["n"], other)
        if path.exists():
            return path
    raise answer_missing(settings, sight, record)


def bundle(settings: Settings, sight: Sight, number: int) -> Response:
    """Several pages in one file, of a released paper whose pages are all there."""
    row = sight.row
    path = made(settings, row["sha"], number, row["pages"]) if row["attached"] and sight.open else None
    if path is None:
        raise Problem("not_found", 404)
    return answer_cached(settings, sight, path, "application/octet-stream", f"bundle-{number}", True)


def answer_missing(settings: Settings, sight: Sight, record: dict) -> Problem:
    """The page was drawn and its picture is gone (a failing disk, a tidy hand): it is drawn again."""
    document = sight.row["id"]
    if not original_path(settings, sight.row["sha"]).exists():
        logger.error("page %s and the original of document %s are missing on the disk", record["n"], document)
        return Problem("page_lost", 503)
    logger.error("page %s of document %s is missing on the disk; it is drawn again", record["n"], document)
    queue.ask_worker(settings, context().pool, REPAIR, document)
    return Problem("page_missing", 503, retry_after=2)


def words(settings: Settings, sight: Sight, record: dict) -> Response:
    """{t, page, source, conf, flat, width, height (points), words: [{text, box}]}."""
    found = page_words.page(ContentStore(settings, sight.row["sha"]), record["n"], sight.row["t"])
    if found is None:
        raise Problem("not_found", 404)
    answer = Response(found, mimetype="application/json")
    tag = f"{sight.row['sha'][:20]}-{record['n']}-words-{sight.row['t']}-{crc32(found):x}"
    return keep(answer, sight, tag, record["status"] == "ready" and asks_for_this_text(sight))


def words_bundle(settings: Settings, sight: Sight, number: int) -> Response:
    """The words of several pages in one file, packed."""
    row = sight.row
    ready = row["attached"] and sight.open and row["status"] == "ready"
    path = page_words.bundle(settings, row["sha"], number, row["pages"], row["t"]) if ready else None
    if path is None:
        raise Problem("not_found", 404)
    packed = path.read_bytes()
    answer = Response(mimetype="application/json")
    if "gzip" in request.accept_encodings:
        answer.data, answer.content_encoding = packed, "gzip"
    else:
        answer.data = gzip.decompress(packed)
    return keep(answer, sight, f"{row['sha'][:20]}-{path.stem}", asks_for_this_text(sight))


def asks_for_this_text(sight: Sight) -> bool:
    """Whether the address names the text that holds: only then it will always mean the same."""
    return request.args.get("t") == str(sight.row["t"])


def answer_cached(settings: Settings, sight: Sight, path: Path, mime: str, name: str, final: bool) -> Response:
    """The file, and how long the browser may keep it."""
    tag = f"{sight.row['sha'][:20]}-{name}"
    tag = tag if final else f"{tag}-{path.stat().st_mtime_ns}"
    return keep(answer_file(settings, path, mime), sight, tag, final)


def keep(answer: Response, sight: Sight, tag: str, final: bool) -> Response:
    """The answer, and how long the browser may keep it.

    `final`: this is what the address will always mean. A released paper's page is then kept for good, a restricted one
    leaves no copy, and what is still being prepared is asked for again.
    """
    if sight.cache == UNKEPT:
        answer.headers["Cache-Control"] = NEVER
    elif sight.cache == DAY:
        answer.headers["Cache-Control"] = ONE_DAY if final and sight.row["attached"] else ASK_AGAIN
        session.accessed = False
    else:
        for_good = final and sight.row["attached"]
        answer.headers["Cache-Control"] = FOREVER if for_good else ASK_AGAIN
        if for_good:
            site_copies.may_keep(answer, tag)
        # The cookie is renewed now and then, and "Vary: Cookie" would throw the browser's pages away each time.
        session.accessed = False
    answer.set_etag(tag)
    answer.make_conditional(request)
    return answer


def answer_file(settings: Settings, path: Path, mime: str) -> Response:
    """Behind nginx, nginx sends the file itself."""
    if not settings.accel_redirect or site_copies.fetches():
        return Response(read_in_chunks(path), mimetype=mime, headers={"Content-Length": str(path.stat().st_size)})
    answer = Response(mimetype=mime)
    answer.headers["X-Accel-Redirect"] = accel_address(settings, path)
    return answer


def read_in_chunks(path: Path) -> Iterator[bytes]:
    """A page is one read and one write; of a bundle, each of a thousand tablets holds only a piece in memory."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def answer_range(settings: Settings, path: Path, mime: str, tag: str) -> Response:
    """A long file, or the part of it that is asked for (`Range: bytes=0-1`, `5-`, `-500`): 206, or 416 with its length
    where it has no such part. Several parts at once are answered with all of it, as RFC 9110 allows. Nothing of it
    is kept. Behind nginx, nginx does the same."""
    nginx = settings.accel_redirect
    answer = answer_file(settings, path, mime) if nginx else part_of_file(path, mime, tag)
    answer.headers["Cache-Control"] = NEVER
    answer.set_etag(tag)
    if answer.status_code == 200:
        answer.make_conditional(request)
    return answer


def part_of_file(path: Path, mime: str, tag: str) -> Response:
    size = path.stat().st_size
    asked = request.range if request.method in ("GET", "HEAD") else None
    unchanged = request.if_range is None or request.if_range.etag in (None, tag)
    if request.if_range is not None and request.if_range.date is not None:
        unchanged = False  # we say no dates
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(size)}
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or not unchanged:
        return Response(read_part(path, 0, size), mimetype=mime, headers=headers)
    bounds = asked.range_for_length(size)
    if bounds is None:
        return Response(
            status=416, mimetype=mime, headers={"Accept-Ranges": "bytes", "Content-Range": f"bytes */{size}"}
        )
    first, end = bounds
    headers |= {"Content-Length": str(end - first), "Content-Range": f"bytes {first}-{end - 1}/{size}"}
    return Response(read_part(path, first, end), status=206, mimetype=mime, headers=headers)


def read_part(path: Path, first: int, end: int) -> Iterator[bytes]:
    """The bytes from `first` to before `end`, a piece in memory at a time."""
    with path.open("rb") as file:
        file.seek(first)
        while first < end and (piece := file.read(min(PIECE, end - first))):
            first += len(piece)
            yield piece
            time.sleep(0)  # whoever takes it as fast as the disk gives it must not keep everybody else waiting


def accel_address(settings: Settings, path: Path) -> str:
    return f"{settings.accel_redirect.rstrip('/')}/{path.relative_to(settings.data).as_posix()}"


def download(settings: Settings, row: dict) -> Response:
    """The original under its own name."""
    path = original_path(settings, row["sha"])
    if not path.exists():
        raise Problem("not_found", 404)
    mime = KINDS[row["type"]].mime
    if settings.accel_redirect:
        answer = answer_file(settings, path, mime)
    else:
        answer = send_file(path.resolve(), mimetype=mime, conditional=True, etag=row["sha"])
    answer.headers["Content-Disposition"] = disposition(row["filename"])
    answer.headers["Content-Security-Policy"] = LOCKED
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = NEVER
    return answer


def disposition(filename: str) -> str:
    """RFC 6266: the name in ASCII for old programs, the true one (RFC 5987) for all others."""
    plain = "".join(c if 32 <= ord(c) < 127 and c not in '"\\%' else "_" for c in filename)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
