"""What the worker does for photos, audio and video of cases."""

from meetingroom.cases.media import convert, ffmpeg, still, store
from meetingroom.cases.media.place import MediaPlace
from meetingroom.cases.media.store import CONVERT, STILL
from meetingroom.jobs import queue


def sha(db, id: str) -> str:
    """Two may be one file."""
    row = store.find_any(db, id)
    return (row and row["sha"]) or id


def weight(db, id: str) -> float:
    """Beside the pages of volumes: a photo or a call is ready before them, an hour of video after."""
    row = store.find_any(db, id)
    return row["bytes"] / 4 if row else 0


def give_up(context, id):
    """The worker died of it too often."""
    with context.pool.writing() as db:
        row = store.find_any(db, id)
        if row:
            store.mark_failed(db, id, "media_gave_up", {})
    if row and row["sha"]:
        convert.clear(MediaPlace(context.settings, row["sha"]))


@queue.task(CONVERT, priority=-1, given_up=give_up, weight=weight, key=sha)
def convert_media(context, id):
    convert.convert(context, id)


@queue.task(STILL, given_up=give_up, weight=lambda db, subject: 0)
def make_still(context, id):
    still.make(context, id)


@queue.at_start
def make_up(context):
    """What waited for ffmpeg, once it is there."""
    if not ffmpeg.available():
        return
    with context.pool.writing() as db:
        for row in store.list_failed(db, "ffmpeg_missing"):
            store.mark_waiting(db, row["id"])
            queue.request_once(db, CONVERT if row["sha"] else STILL, row["id"])
