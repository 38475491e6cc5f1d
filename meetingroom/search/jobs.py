"""What the worker does for search."""

import sqlite3
import time

from meetingroom.config import Settings
from meetingroom.database import Busy, Pool
from meetingroom.jobs import queue
from meetingroom.search import indexing, store

LOOK = 2.0  # seconds
_looked: dict[str, float] = {}


@queue.task(store.INDEX, priority=-1)
def index_document(context, document):
    indexing.index_document(context.pool, document, context.pause)


@queue.task(store.INDEX_LOG, priority=-1)
def index_log(context, meeting):
    indexing.index_log(context.pool, meeting)


def look(settings: Settings) -> None:
    """With the worker's heartbeat: whatever has got words, or other words, is read; whoever put them there."""
    key = str(settings.database)
    if time.monotonic() - _looked.get(key, -LOOK) < LOOK:
        return
    _looked[key] = time.monotonic()
    pool = Pool(settings.database, patience=5)
    try:
        if indexing.request_due(pool):
            queue.wake_worker(settings)
    except (Busy, sqlite3.Error):
        return
    finally:
        pool.close()
