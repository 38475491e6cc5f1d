"""What the worker does for the numbers of a case."""

from meetingroom.cases import stamp_job, store
from meetingroom.documents import jobs as documents
from meetingroom.jobs import queue


@queue.task(store.READ_STAMPS, priority=-1, key=lambda db, document: f"stamps {documents.sha(db, document)}")
def read_stamps(context, document):
    stamp_job.read_stamps(context, document)
