"""The worker process of `run.py worker`: every kind of job it is to do, and what goes on beside them."""

import logging
import sqlite3
import time
from collections.abc import Iterable
from importlib import import_module

from meetingroom import clock
from meetingroom.cases import jobs as case_jobs
from meetingroom.commands import server_fields  # noqa: F401  (jobs give commands as well)
from meetingroom.config import Settings
from meetingroom.database import Busy, Pool
from meetingroom.documents import render_process
from meetingroom.invitations import jobs as invitation_jobs
from meetingroom.jobs import worker
from meetingroom.live import clock_sync
from meetingroom.marks import jobs as mark_jobs
from meetingroom.minutes import note_store
from meetingroom.ops import nightly
from meetingroom.search import jobs as search_jobs
from meetingroom.tasks import jobs as task_jobs

logger = logging.getLogger(__name__)
A_MINUTE = 60  # seconds
AN_HOUR = 60 * A_MINUTE


def work(settings: Settings, kinds: Iterable[str]) -> None:
    """Until a signal comes. `kinds` are the modules that register jobs. Raises worker.Occupied."""
    for kind in kinds:
        import_module(kind)
    for former in settings.data.glob("queue.db*"):  # of versions before the jobs table was the queue
        former.unlink(missing_ok=True)
    render_process.go_first_when_memory_ends(500)
    worker.run(settings, on_heartbeat=Heartbeat().heartbeat)


class Heartbeat:
    """What goes on beside the jobs with every heartbeat; once a minute, whether the day has its backup."""

    def __init__(self) -> None:
        self.looked = 0.0
        self.thinned = 0.0

    def heartbeat(self, settings: Settings) -> None:
        clock_sync.follow_clock(settings)
        task_jobs.look(settings)
        invitation_jobs.look(settings)
        search_jobs.look(settings)
        mark_jobs.look(settings)
        case_jobs.look(settings)
        if self.looked and time.monotonic() - self.looked < A_MINUTE:
            return
        self.looked = time.monotonic()
        pool = Pool(settings.database, patience=5)
        try:
            self.thin(pool)
            nightly.look(settings, pool, clock.now())
            nightly.look_at_newest(pool, clock.now())
        except (Busy, sqlite3.Error):
            logger.info("the database is busy; the day's backup is looked for later")
        finally:
            pool.close()

    def thin(self, pool: Pool) -> None:
        """Once an hour: autosaves of texts in which nobody has written again."""
        if self.thinned and time.monotonic() - self.thinned < AN_HOUR:
            return
        self.thinned = time.monotonic()
        now = clock.now()
        with pool.writing() as db:
            note_store.thin(db, now, now - 3 * note_store.A_DAY)
