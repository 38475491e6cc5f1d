"""The worker process: one per data folder, behind the server in the queue for the processor."""

import contextlib
import fcntl
import logging
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from meetingroom.config import Settings
from meetingroom.database import Busy, Pool, prepare
from meetingroom.jobs import queue
from meetingroom.jobs.scheduler import Scheduler

logger = logging.getLogger(__name__)

BEAT_SECONDS = 2
SILENT_AFTER = 15  # seconds without a heartbeat: the worker does not live
LOOK_SECONDS = 0.1  # how often the worker looks into the queue
STOP_SECONDS = 2  # a job that is stopped is taken up again at the next start, so nobody waits for it


def run(settings: Settings, on_beat: Callable[[Settings], None] = lambda settings: None) -> None:
    """Work until a signal comes, then end the process; the kinds of jobs are registered before.

    `on_beat` is called at the start and with every heartbeat. Raises Occupied if there is a worker already.
    """
    with only_worker(settings):
        prepare(settings.database)
        on_beat(settings)
        workshop = queue.Workshop(settings, Pool(settings.database, patience=5))
        huey = queue.queue(settings.queue)
        overseer = Scheduler(workshop)
        huey.workshop, huey.foreman = workshop, overseer.ring
        os.nice(10)  # the server goes first
        queue.sweep_left_over(workshop)
        consumer = huey.create_consumer(
            workers=1,
            worker_type="thread",
            periodic=False,
            initial_delay=LOOK_SECONDS,
            max_delay=LOOK_SECONDS,
            backoff=1.0,
            shutdown_timeout=STOP_SECONDS,
        )
        consumer._signal_actions.pop(signal.SIGHUP, None)  # huey would start itself anew; a closed terminal means stop
        threading.Thread(target=watch, args=(workshop, on_beat), daemon=True).start()
        threading.Thread(target=overseer.run, daemon=True).start()
        consumer.run()
        # A job in mid-work sits in a thread that Python would wait for.
        logging.shutdown()
    os._exit(0)


def watch(workshop: queue.Workshop, on_beat: Callable[[Settings], None]) -> None:
    """The heartbeat; and jobs whose news got lost."""
    quiet = 0
    while True:
        with contextlib.suppress(OSError):  # a full disk is told by the jobs themselves
            heartbeat_file(workshop.settings).touch()
            on_beat(workshop.settings)
        quiet = 0 if queue.queue(workshop.settings.queue).pending_count() else quiet + 1
        if quiet >= 5:
            quiet = 0
            try:
                queue.hand_over_waiting(workshop)
            except (Busy, sqlite3.Error):
                logger.info("the database is busy; looking for forgotten jobs later")
        time.sleep(BEAT_SECONDS)


class Occupied(Exception):
    """Another worker works on this data folder."""


@contextmanager
def only_worker(settings: Settings, patience: float = 10):
    """One worker per data folder; waits a little for one that is just ending."""
    settings.data.mkdir(parents=True, exist_ok=True)
    with (settings.data / "worker.lock").open("w") as lock:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Occupied(str(settings.data)) from None
                time.sleep(0.1)
        yield


def heartbeat_file(settings: Settings) -> Path:
    return settings.data / "worker.heart"


def is_alive(settings: Settings) -> bool:
    """Whether the worker lives: for `/readyz` and for the preparation screen."""
    try:
        # Either way: where the clock was set back, a heart that stopped lies in the future.
        return abs(time.time() - heartbeat_file(settings).stat().st_mtime) < SILENT_AFTER
    except OSError:
        return False
