"""What the worker does for archives."""

from meetingroom.archive import sealing, store
from meetingroom.jobs import queue
from meetingroom.search import store as search_store


@queue.task(store.SEAL, priority=-1, given_up=sealing.mark_given_up)
def seal_archive(context, meeting):
    sealing.seal(context, meeting)


@queue.task(store.FORGET, priority=-1)
def forget_words(context, meeting):
    """What is destroyed or withheld of a meeting is deleted already: the indexes lose its words, too."""
    for tidy in (search_store.tidy, store.tidy_texts):
        with context.pool.writing() as db:
            tidy(db)


@queue.at_start
def seal_what_is_left(context):
    sealing.seal_what_is_left(context)
