"""What the worker does for packages of cases."""

from meetingroom.cases.packages import making, store
from meetingroom.jobs import queue


@queue.task(store.BUILD, priority=-1, given_up=making.mark_given_up)
def build_package(context, id):
    making.build(context, id)


@queue.at_start
def build_what_is_left(context):
    """Packages whose job was lost with a disk that was full, or with a restored database."""
    with context.pool.writing() as db:
        for id in store.list_wanted(db):
            queue.request_once(db, store.BUILD, id)
