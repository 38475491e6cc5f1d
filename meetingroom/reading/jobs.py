"""What the worker does for readers: all papers of a meeting in one file."""

from meetingroom.jobs import queue
from meetingroom.marks import export_store
from meetingroom.reading import binding


def mark_failed(context: queue.JobContext, job: str) -> None:
    with context.pool.writing() as db:
        export_store.close(db, job, export_store.FAILED)


@queue.task(binding.BIND, priority=-1, given_up=mark_failed)
def bind_papers(context, job):
    binding.make(context, job)
