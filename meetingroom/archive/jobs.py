"""What the worker does for archives."""

from meetingroom.archive import sealing, store
from meetingroom.jobs import queue


@queue.task(store.SEAL, priority=-1, given_up=sealing.mark_given_up)
def seal_archive(context, meeting):
    sealing.seal(context, meeting)


@queue.at_start
def seal_what_is_left(context):
    sealing.seal_what_is_left(context)
