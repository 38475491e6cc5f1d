"""What the worker does for marks: copies of papers with them; once a day, away with what is too old."""

from meetingroom.jobs import queue
from meetingroom.marks import export_store, exports

SWEEP = "sweep_marks"
A_DAY = 86_400.0  # seconds


def mark_failed(context: queue.JobContext, export: str) -> None:
    with context.pool.writing() as db:
        export_store.close(db, export, export_store.FAILED)


@queue.task(exports.EXPORT, given_up=mark_failed)
def export_marks(context, export):
    exports.make(context, export)


def request_sweep(pool) -> bool:
    with pool.writing() as db:
        return queue.request_once(db, SWEEP, "day")


look = queue.look_every(A_DAY, request_sweep)  # with the worker's heartbeat


@queue.task(SWEEP, priority=-2)
def sweep_marks(context, day):
    with context.pool.writing() as db:
        exports.sweep(context.settings, db)


@queue.at_start
def clear_up(context):
    with context.pool.writing() as db:
        exports.sweep(context.settings, db)
