"""What the worker does for pages without words."""

from meetingroom.documents import jobs as documents
from meetingroom.documents.store import RECOGNISE
from meetingroom.jobs import queue
from meetingroom.recognition import job


@queue.task(RECOGNISE, priority=-1, key=documents.sha)
def recognise_pages(context, document):
    job.recognise(context, document)


@queue.at_start
def request_unfinished(context):
    job.request_unfinished(context)
