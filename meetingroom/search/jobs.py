"""What the worker does for search."""

from meetingroom.jobs import queue
from meetingroom.search import indexing, store

LOOK = 2.0  # seconds


@queue.task(store.INDEX, priority=-1)
def index_document(context, document):
    indexing.index_document(context.pool, document, context.pause)


@queue.task(store.INDEX_LOG, priority=-1)
def index_log(context, meeting):
    indexing.index_log(context.pool, meeting)


# With the worker's heartbeat: whatever has got words, or other words, is read, whoever put them there.
look = queue.look_every(LOOK, indexing.request_due)
