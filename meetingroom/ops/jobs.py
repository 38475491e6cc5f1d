"""What the worker does for the whole program."""

from meetingroom.jobs import queue
from meetingroom.ops import nightly


@queue.task(nightly.KIND, priority=-1)
def make_backup(context, subject):
    nightly.make(context, subject)


@queue.task(nightly.CHECK, priority=-1)
def check_backup(context, subject):
    nightly.check_newest(context, subject)
