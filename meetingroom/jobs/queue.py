"""Slow work, done beside the server by one worker process.

huey carries the news that there is a job (its own SQLite file, at most once); the `jobs` table is the truth. So a job
may be handed over twice and is done once (`claim`), and what a killed worker left is done by the next (`sweep`).
A job must be able to begin anew: it keeps what is already on the disk.
"""

import functools
import json
import logging
import math
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from huey import SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer

from meetingroom import disk
from meetingroom.config import MEGABYTE, Settings
from meetingroom.database import Pool
from meetingroom.jobs import store

logger = logging.getLogger(__name__)

ROOM_NEEDED = 50 * MEGABYTE
ATTEMPTS = 3  # without getting on in between


class MakeRoom(Exception):
    """Raised by a job that steps back for others and wants to go on later."""


@dataclass(frozen=True)
class Workshop:
    """What a job may use. `beat()` says that it got on; `wanted(kind)` whether jobs of a kind are waiting; `pause()` is
    called often by whatever takes long, and steps back for others (Requeue) when that is wished."""

    settings: Settings
    pool: Pool
    job: str = ""
    stop: threading.Event | None = None

    def beat(self, db) -> None:
        store.beat(db, self.job)

    def pause(self) -> None:
        if self.stop is not None and self.stop.is_set():
            raise MakeRoom

    def wanted(self, kind: str) -> bool:
        with self.pool.lend() as db:
            return bool(store.list_waiting(db, kind))


@dataclass(frozen=True)
class Task:
    """A kind of job: what does it, how urgent it is, and what is told when it is given up.

    Of two that are as urgent the lighter one (`weight(db, subject)`) goes first, what weighs nothing known last; two of
    the same `key(db, subject)` are never at work together.
    """

    work: Callable[[Workshop, str], None]
    priority: int
    given_up: Callable[[Workshop, str], None] | None
    weight: Callable[[Any, str], float]
    key: Callable[[Any, str], str]


tasks: dict[str, Task] = {}
beginnings: list[Callable[[Workshop], None]] = []


def task(
    kind: str,
    *,
    priority: int = 0,
    given_up: Callable[[Workshop, str], None] | None = None,
    weight: Callable[[Any, str], float] = lambda db, subject: math.inf,
    key: Callable[[Any, str], str] | None = None,
):
    """Registers `work(workshop, subject)` as what does jobs of a kind."""

    def register(work):
        tasks[kind] = Task(work, priority, given_up, weight, key or (lambda db, subject: f"{kind} {subject}"))
        return work

    return register


def at_start(work: Callable[[Workshop], None]):
    """Registers what the only worker does before its first job."""
    beginnings.append(work)
    return work


def request_job(db, kind: str, subject: str) -> str:
    """Write a job down, in the caller's transaction. Hand it over with `post` after the commit."""
    return store.add_job(db, kind, subject)


def is_unfinished(db, kind: str, subject: str) -> bool:
    """Whether such a job waits or runs already."""
    return store.is_unfinished(db, kind, subject)


def post_job(settings: Settings, job: str, *, priority: int = 0) -> None:
    """Tell the worker. Should this get lost, the worker finds the job by itself within some seconds."""
    try:
        queue(settings.queue).bell(job, priority=priority)
    except sqlite3.Error:
        logger.exception("job %s not handed over; the worker will find it", job)


class Plain(Serializer):
    """Messages as JSON: whoever can write a file may ask for a job that exists, and cannot run a program by it."""

    def _serialize(self, data) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes):
        """Raises ValueError or TypeError for anything but a message."""
        return Message(*json.loads(data))


@functools.cache
def queue(path: Path) -> SqliteHuey:
    """The queue in its own file, so that its exclusive locks never touch the meetings."""
    path.parent.mkdir(parents=True, exist_ok=True)
    huey = SqliteHuey("meetingroom", filename=str(path), results=False, timeout=1, serializer=Plain())
    # Only the worker answers the bell; it puts its workshop here, and who decides when a job is done.
    huey.workshop = huey.foreman = None
    huey.bell = huey.task(name="bell")(lambda job: huey.foreman(job) if huey.foreman else do_job(huey.workshop, job))
    return huey


def do_job(workshop: Workshop, job: str) -> None:
    """One job from beginning to end: done, put back, or given up. Never raises."""
    with workshop.pool.writing() as db:
        row = store.claim_job(db, job)
    if row is None:
        return
    workshop = replace(workshop, job=job)
    kind = tasks[row["kind"]]
    try:
        kind.work(workshop, row["subject"])
    except MakeRoom:
        put_job_back(workshop, job, kind, failed=False)
    except Exception as error:
        logger.exception("%s %s failed (attempt %s)", row["kind"], row["subject"], row["attempt"])
        if disk.is_full(error):
            wait_for_room(workshop)
            put_job_back(workshop, job, kind, failed=False)
        elif row["attempt"] < ATTEMPTS:
            put_job_back(workshop, job, kind, failed=True)
        else:
            give_job_up(workshop, row)
    else:
        with workshop.pool.writing() as db:
            store.close_job(db, job, "done")


def wait_for_room(workshop: Workshop) -> None:
    """Until there is some. Nothing can be done meanwhile, not even writing down that nothing is done."""
    while disk.free_bytes(workshop.settings.data) < ROOM_NEEDED:
        time.sleep(2)


def put_job_back(workshop: Workshop, job: str, kind: Task, *, failed: bool) -> None:
    with workshop.pool.writing() as db:
        store.put_job_back(db, job, failed=failed)
    post_job(workshop.settings, job, priority=kind.priority)


def give_job_up(workshop: Workshop, row: dict) -> None:
    with workshop.pool.writing() as db:
        store.close_job(db, row["id"], "failed", "gave_up")
    kind = tasks.get(row["kind"])
    if kind and kind.given_up:
        kind.given_up(workshop, row["subject"])


def sweep_left_over(workshop: Workshop) -> None:
    """At the start of the only worker: what another left running is waiting again, or was its death too often."""
    for begin in beginnings:
        begin(workshop)
    with workshop.pool.writing() as db:
        store.forget_old(db)
        left = store.list_running(db)
        for row in left:
            if row["attempt"] < ATTEMPTS:
                store.put_job_back(db, row["id"], failed=True)
    for row in left:
        if row["attempt"] >= ATTEMPTS:
            give_job_up(workshop, row)
    hand_over_waiting(workshop)


def hand_over_waiting(workshop: Workshop) -> None:
    """Everything that waits goes into the queue (again: twice is harmless)."""
    with workshop.pool.lend() as db:
        waiting = {kind: store.list_waiting(db, kind) for kind in tasks}
    for kind, found in waiting.items():
        for job in found:
            post_job(workshop.settings, job, priority=tasks[kind].priority)


def worker_wall(settings: Settings) -> str:
    """Behind which wall the worker opens strangers' files: bubblewrap | unshare | plain, "" while it has not said.

    "unshare own" and "plain own" where the file is read with the rights of the worker's user.
    """
    try:
        return (settings.data / "worker.wall").read_text()
    except OSError:
        return ""


def worker_alive(settings: Settings) -> bool:
    """Whether the worker lives: for `/readyz` and for the preparation screen."""
    from meetingroom.jobs import worker

    return worker.is_alive(settings)
