"""What the worker does for papers."""

from meetingroom import jobs
from meetingroom.documents import ingest
from meetingroom.documents.store import INGEST, REPAIR, SHARPEN, TIDY


@jobs.task(INGEST, given_up=ingest.given_up)
def ingest_upload(workshop, document):
    ingest.ingest(workshop, document)


@jobs.task(SHARPEN, priority=-1)
def sharpen_pages(workshop, document):
    ingest.sharpen(workshop, document)


@jobs.task(REPAIR)
def repair_pages(workshop, document):
    ingest.repair(workshop, document)


@jobs.task(TIDY, priority=-2)
def tidy_shelf(workshop, sha):
    ingest.tidy(workshop, sha)


@jobs.at_start
def clear_up(workshop):
    ingest.clear_up(workshop)
