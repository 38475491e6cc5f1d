"""What the worker does for the demo when papers are drawn: the report comes on stage, the past meeting is played.

Registered with the other areas' jobs; a data folder without the demo never asks for them.
"""

import time

from meetingroom.documents.store import INGEST
from meetingroom.jobs import queue

STAGE, PAST = "demo_stage", "demo_past"
WAIT = 0.3  # seconds


@queue.task(STAGE)
def show_report(context, meeting):
    from meetingroom.demo import following

    wait_or_do(context, meeting, following.show_report)


@queue.task(PAST)
def play_past(context, meeting):
    from meetingroom.demo import following

    wait_or_do(context, meeting, following.play_past)


def wait_or_do(context, meeting, work) -> None:
    """`work` returns the documents it still waits for; it is asked again while any of them is being drawn."""
    missing = work(context.settings, context.pool, meeting)
    with context.pool.lend() as db:
        hope = any(queue.is_unfinished(db, INGEST, document) for document in missing)
    if hope:
        time.sleep(WAIT)
        raise queue.Requeue
