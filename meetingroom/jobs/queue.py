"""Slow work, done beside the server by one worker process.

The `jobs` table is the whole truth: a job is a row, written in the transaction of whoever wants it; the worker's
scheduler takes it from there. `wake_worker` only makes it look at once instead of within two seconds. What a killed
worker left is done by the next (`sweep_left_over`), so a job must be able to begin anew: it keeps what is on the disk.
"""

import logging
import math
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from meetingroom import disk
from meetingroom.config import MEGABYTE, Settings
from meetingroom.database import Busy, Pool
from meetingroom.jobs import store

logger = logging.getLogger(__name__)

ROOM_NEEDED = 50 * MEGABYTE
ATTEMPTS = 3  # without getting on in between


class Requeue(Exception):
    """Raised by a job that steps back for others and wants to go on later."""


@dataclass(frozen=True)
class JobContext:
    """What a job may use. `heartbeat(db)` says that it got on; `wanted(kind)` whether jobs of a kind are waiting;
    `pause()` is called often by whatever takes long, and steps back for others (Requeue) when that is wished."""

    settings: Settings
    pool: Pool
    job: str = ""
    stop: threading.Event | None = None

    def heartbeat(self, db) -> None:
        store.heartbeat(db, self.job)

    def pause(self) -> None:
        if self.stop is not None and self.stop.is_set():
            raise Requeue

    def wanted(self, kind: str) -> bool:
        with self.pool.lend() as db:
            return bool(store.list_waiting(db, kind))


@dataclass(frozen=True)
class Task:
    """A kind of job: what does it, how urgent it is, and what is told when it is given up.

    Of two that are as urgent the lighter one (`weight(db, subject)`) goes first, what weighs nothing known last; two of
    the same `key(db, subject)` are never at work together; of those that may take much memory (`large(db, subject)`)
    only a few are (scheduler.LARGE).
    """

    work: Callable[[JobContext, str], None]
    priority: int
    given_up: Callable[[JobContext, str], None] | None
    weight: Callable[[Any, str], float]
    key: Callable[[Any, str], str]
    large: Callable[[Any, str], bool] = lambda db, subject: False


tasks: dict[str, Task] = {}
beginnings: list[Callable[[JobContext], None]] = []


def task(
    kind: str,
    *,
    priority: int = 0,
    given_up: Callable[[JobContext, str], None] | None = None,
    weight: Callable[[Any, str], float] = lambda db, subject: math.inf,
    key: Callable[[Any, str], str] | None = None,
    large: Callable[[Any, str], bool] = lambda db, subject: False,
):
    """Registers `work(context, subject)` as what does jobs of a kind."""

    def register(work):
        tasks[kind] = Task(work, priority, given_up, weight, key or (lambda db, subject: f"{kind} {subject}"), large)
        return work

    return register


def at_start(work: Callable[[JobContext], None]):
    """Registers what the only worker does before its first job."""
    beginnings.append(work)
    return work


def request_job(db, kind: str, subject: str) -> str:
    """Write a job down, in the caller's transaction. Call `wake_worker` after the commit."""
    return store.add_job(db, kind, subject)


def is_unfinished(db, kind: str, subject: str) -> bool:
    """Whether such a job waits or runs already."""
    return store.is_unfinished(db, kind, subject)


def request_once(db, kind: str, subject: str) -> bool:
    """The same where no such job waits or runs already; whether it was written down."""
    if is_unfinished(db, kind, subject):
        return False
    request_job(db, kind, subject)
    return True


def ask_worker(settings: Settings, pool: Pool, kind: str, subject: str) -> None:
    """Such a job, once and soon, in a transaction of its own."""
    with pool.writing() as db:
        asked = request_once(db, kind, subject)
    if asked:
        wake_worker(settings)


def wake_worker(settings: Settings) -> None:
    """After the commit. Where this gets lost (the disk is full), the worker finds the job within two seconds."""
    try:
        with settings.wake.open("ab") as file:
            file.write(b".")
    except OSError:
        logger.info("the worker was not woken; it will look by itself")


def do_job(context: JobContext, job: str) -> None:
    """One job from beginning to end: done, put back, or given up. Never raises."""
    with context.pool.writing() as db:
        row = store.claim_job(db, job)
    if row is None:
        return
    context = replace(context, job=job)
    kind = tasks[row["kind"]]
    try:
        kind.work(context, row["subject"])
    except Requeue:
        put_job_back(context, job, failed=False)
    except Exception as error:
        logger.exception("%s %s failed (attempt %s)", row["kind"], row["subject"], row["attempt"])
        if disk.is_full(error):
            wait_for_room(context)
            put_job_back(context, job, failed=False)
        elif row["attempt"] < ATTEMPTS:
            put_job_back(context, job, failed=True)
        else:
            give_job_up(context, row)
    else:
        with context.pool.writing() as db:
            store.close_job(db, job, "done")


def wait_for_room(context: JobContext) -> None:
    """Until there is some. Nothing can be done meanwhile, not even writing down that nothing is done."""
    while disk.free_bytes(context.settings.data) < ROOM_NEEDED:
        time.sleep(2)


def put_job_back(context: JobContext, job: str, *, failed: bool) -> None:
    with context.pool.writing() as db:
        store.put_job_back(db, job, failed=failed)
    wake_worker(context.settings)


def give_job_up(context: JobContext, row: dict) -> None:
    with context.pool.writing() as db:
        store.close_job(db, row["id"], "failed", "gave_up")
    kind = tasks.get(row["kind"])
    if kind and kind.given_up:
        kind.given_up(context, row["subject"])


def sweep_left_over(context: JobContext) -> None:
    """At the start of the only worker: what another left running is waiting again, or was its death too often."""
    for begin in beginnings:
        begin(context)
    with context.pool.writing() as db:
        store.forget_old(db)
        left = store.list_running(db)
        for row in left:
            if row["attempt"] < ATTEMPTS:
                store.put_job_back(db, row["id"], failed=True)
    for row in left:
        if row["attempt"] >= ATTEMPTS:
            give_job_up(context, row)


SOON = 60.0  # seconds until what the database was too busy for is looked at again


def look_every(seconds: float, due: Callable[[Pool], Any]) -> Callable[[Settings], None]:
    """A function for the worker's heartbeat that asks `due(pool)` no more often than that: it may request jobs, and
    says whether there is one to wake the worker for."""
    looked: dict[str, float] = {}

    def look(settings: Settings) -> None:
        key = str(settings.database)
        if time.monotonic() - looked.get(key, -seconds) < seconds:
            return
        looked[key] = time.monotonic()
        pool = Pool(settings.database, patience=5)
        try:
            wanted = due(pool)
        except (Busy, sqlite3.OperationalError):
            looked[key] += min(SOON, seconds) - seconds  # soon, also of what is looked at once a day
            return
        finally:
            pool.close()
        if wanted:
            wake_worker(settings)

    return look
