"""The worker process: one per data folder, behind the server in the queue for the processor."""

import contextlib
import fcntl
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager

from meetingroom.config import Settings
from meetingroom.database import Pool, prepare
from meetingroom.jobs import queue
from meetingroom.jobs.heartbeat import heartbeat_file
from meetingroom.jobs.scheduler import Scheduler

logger = logging.getLogger(__name__)

BEAT_SECONDS = 2
LOOK_SECONDS = 0.1  # how often the worker looks whether it was woken


def run(settings: Settings, on_heartbeat: Callable[[Settings], None] = lambda settings: None) -> None:
    """Work until a signal comes, then end the process; the kinds of jobs are registered before.

    `on_heartbeat` is called at the start and with every heartbeat. Raises Occupied if there is a worker already.
    """
    with only_worker(settings):
        prepare(settings.database)
        on_heartbeat(settings)
        with contextlib.suppress(OSError):
            settings.wake.write_bytes(b"")
        context = queue.JobContext(settings, Pool(settings.database, patience=5))
        os.nice(10)  # the server goes first
        queue.sweep_left_over(context)
        scheduler = Scheduler(context)
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: ended.set())
        threading.Thread(target=scheduler.run, daemon=True).start()
        run_loop(settings, scheduler.look, on_heartbeat, ended)
        # A job in mid-work sits in a thread that Python would wait for; the next worker goes on with it.
        logging.shutdown()
    os._exit(0)


def run_loop(
    settings: Settings, look: Callable, on_heartbeat: Callable[[Settings], None], ended: threading.Event
) -> None:
    """Until the end: the heartbeat, and `look()` when there is a new job."""
    size, heartbeat = 0, 0.0
    while not ended.wait(LOOK_SECONDS):
        if time.monotonic() >= heartbeat:
            heartbeat = time.monotonic() + BEAT_SECONDS
            with contextlib.suppress(OSError):  # a full disk is told by the jobs themselves
                heartbeat_file(settings).touch()
                on_heartbeat(settings)
        with contextlib.suppress(OSError):
            before, size = size, settings.wake.stat().st_size
            if size != before:
                look()


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
