"""A still of a video becomes a photo of the case, with the video and the second it was taken from."""

import hashlib
import secrets
import shutil

from meetingroom.cases.media import ffmpeg, formats, store
from meetingroom.cases.media.ffmpeg import QUIET, Workplace
from meetingroom.cases.media.place import MediaPlace
from meetingroom.documents import content_store, sandbox
from meetingroom.documents.file_rejected import FileRejected, full_is_rejected
from meetingroom.jobs import queue
from meetingroom.jobs.queue import JobContext

SECONDS = 120


def make(context: JobContext, id: str) -> None:
    """Take the picture out of the original, then treat it as a photo that came."""
    with context.pool.lend() as db:
        row = store.find_any(db, id)
        source = row and store.find(db, row["case"], row["source"])
    if row is None or row["state"] not in (store.WAITING, store.WORKING) or row["sha"]:
        return
    arrived = content_store.incoming_folder(context.settings) / secrets.token_hex(16)
    try:
        if source is None:
            raise FileRejected("media_lost")
        data = take_picture(context, source, row)
        with full_is_rejected():
            arrived.write_bytes(data)
    except FileRejected as rejected:
        arrived.unlink(missing_ok=True)
        with context.pool.writing() as db:
            store.mark_failed(db, id, rejected.code, rejected.details)
        return
    sha = hashlib.sha256(data).hexdigest()
    with context.pool.writing() as db:
        if store.find_any(db, id) is None:
            arrived.unlink()
            return
        content_store.take_in(context.settings, arrived, sha)
        store.change(db, id, sha=sha, bytes=len(data))
        queue.request_once(db, store.CONVERT, id)
    queue.wake_worker(context.settings)


def take_picture(context: JobContext, source: dict, row: dict) -> bytes:
    """The frame as PNG, as large as it was recorded. Raises FileRejected."""
    place = MediaPlace(context.settings, source["sha"])
    if not ffmpeg.available():
        raise FileRejected("ffmpeg_missing")
    if not place.original.exists():
        raise FileRejected("media_lost")
    folder = content_store.work_folder(context.settings) / f"still-{row['id']}"
    at = Workplace(place.original, folder)
    try:
        at.lay_out()
        picture = at.folder / "still.png"
        demuxer = formats.FORMATS[source["format"]].demuxer
        reading = ["-ss", f"{row['second']:.3f}", "-f", demuxer, "-threads", "1", "-i", f"file:{at.source}"]
        one = ["-map", "0:v:0", "-frames:v", "1", "-map_metadata", "-1", "-c:v", "png", "-f", "image2", "-update", "1"]
        at.run(["-nostdin", "-y", *QUIET, *reading, *one, str(picture)], seconds=SECONDS)
        if not picture.exists() or not picture.stat().st_size:
            raise FileRejected("media_no_still")
        return picture.read_bytes()
    except sandbox.TookTooLong:
        raise FileRejected("media_slow") from None
    finally:
        at.clear()
        shutil.rmtree(folder, ignore_errors=True)
