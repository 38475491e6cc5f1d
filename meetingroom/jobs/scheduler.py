"""Which jobs are worked at: several side by side, so that a short one never waits for a long one.

A job begins in one of two places; the one that is probably shortest goes first. After a moment it moves to the
place for long ones and makes room. When that is taken and somebody waits, it is stopped, and done when there is a
place to spare. Jobs of the background (a priority below 0) run alone, and stop for every other.
"""

import logging
import sqlite3
import threading
import time
from dataclasses import dataclass, field, replace

from meetingroom.database import Busy
from meetingroom.jobs import queue, store

logger = logging.getLogger(__name__)

BEGINNING, LONG = 2, 1  # places
LARGE = 2  # of those that may take much memory: a long one, and one that makes room for others
MOST = 6  # with those that were asked to stop and do not yet
SLICE, SHORT_SLICE = 3.0, 1.5  # seconds in the first place; the second when a lighter one waits
PATIENCE = 0.5  # seconds until who was asked to stop is counted out
LOOK = 0.1  # how often the scheduler looks, while there is work
IDLE = 2.0  # … and while there is none: should it not have been woken


@dataclass
class Run:
    """A job at work. `stop` is set when it shall step back."""

    row: dict
    key: str
    large: bool
    begun: float
    long: bool = False
    stopped: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def priority(self) -> int:
        return queue.tasks[self.row["kind"]].priority

    def ask_to_stop(self, now: float) -> None:
        if not self.stop.is_set():
            self.stopped = now
            self.stop.set()


class Scheduler:
    """One per worker. `turn` decides; what it starts is a thread each."""

    def __init__(self, context: queue.JobContext):
        self.context = context
        self.runs: dict[str, Run] = {}
        self.known: dict[str, dict] = {}
        self.later: set[str] = set()  # were stopped for being long: they wait for the place for long ones
        self.news = threading.Event()

    def look(self) -> None:
        """There is something new."""
        self.news.set()

    def run(self) -> None:
        """For ever."""
        while True:
            self.news.wait(LOOK if self.runs else IDLE)
            self.news.clear()
            try:
                self.turn(time.monotonic())
            except (Busy, sqlite3.Error):
                logger.info("the database is busy; looking for jobs later")
                time.sleep(LOOK)

    def turn(self, now: float) -> None:
        """Begin what there is a place for; move or stop what has been long."""
        waiting = self.waiting()
        self.later &= {*self.runs, *(row["id"] for row in waiting)}
        for run in list(self.runs.values()):
            if run.priority < 0 and any(map(self.urgent, waiting)):
                run.ask_to_stop(now)
        self.move_one(now)
        left = [row for row in waiting if not self.began(row, now)]
        # Who only waits for another paper of the same file is not helped by a free place.
        keys = {run.key for run in self.runs.values()}
        wanting = [row for row in left if row["id"] not in self.later and self.urgent(row) and row["key"] not in keys]
        for run in list(self.runs.values()):
            slice_ = SLICE if wanting and min(row["weight"] for row in wanting) >= run.row["weight"] else SHORT_SLICE
            if wanting and self.is_long_since(run, now, slice_):
                self.later.add(run.row["id"])
                run.ask_to_stop(now)

    def move_one(self, now: float) -> None:
        """Whoever has been long moves to the place for long ones, if it is free."""
        long_since = [run for run in self.runs.values() if self.is_long_since(run, now, SHORT_SLICE)]
        if long_since and not any(run.long for run in self.runs.values()):
            min(long_since, key=lambda run: run.begun).long = True

    def is_long_since(self, run: Run, now: float, seconds: float) -> bool:
        return not run.long and run.priority >= 0 and now - run.begun >= seconds

    def urgent(self, row: dict) -> bool:
        return queue.tasks[row["kind"]].priority >= 0

    def waiting(self) -> list[dict]:
        """What waits, in the order in which it shall be done: each job's row with its `weight`, `key`, `large`."""
        with self.context.pool.lend() as db:
            rows = [row for row in store.list_queued(db) if row["kind"] in queue.tasks and row["id"] not in self.runs]
            self.known = {row["id"]: self.known.get(row["id"]) or self.about(db, row) for row in rows}
        return sorted([{**row, **self.known[row["id"]]} for row in rows], key=self.order)

    def about(self, db, row: dict) -> dict:
        task = queue.tasks[row["kind"]]
        subject = row["subject"]
        return {"weight": task.weight(db, subject), "key": task.key(db, subject), "large": task.large(db, subject)}

    def order(self, row: dict) -> tuple:
        return (-queue.tasks[row["kind"]].priority, row["id"] in self.later, row["weight"])

    def began(self, row: dict, now: float) -> bool:
        if self.place_for(row, now):
            self.begin(row, now)
            return True
        return False

    def place_for(self, row: dict, now: float) -> bool:
        runs = list(self.runs.values())
        task = queue.tasks[row["kind"]]
        if len(runs) >= MOST or any(run.key == row["key"] for run in runs):
            return False
        if task.priority < 0:
            return not runs
        if row["large"] and sum(run.large for run in runs) >= LARGE:
            return False
        # What may have brought the worker down is not beside another such: the innocent are not counted with it.
        if row["attempt"] and any(run.row["attempt"] for run in runs):
            return False
        there = [run for run in runs if not run.long and not (run.stopped and now - run.stopped > PATIENCE)]
        if row["id"] in self.later:
            # One place is left for whoever comes next.
            return not any(run.long for run in runs) or len(there) < BEGINNING - 1
        return len(there) < BEGINNING

    def begin(self, row: dict, now: float) -> None:
        long = row["id"] in self.later and not any(run.long for run in self.runs.values())
        run = self.runs[row["id"]] = Run(row, row["key"], row["large"], now, long)
        threading.Thread(target=self.work, args=(run,), name=f"job {row['id']}", daemon=True).start()

    def work(self, run: Run) -> None:
        job = run.row["id"]
        try:
            queue.do_job(replace(self.context, stop=run.stop), job)
        except Exception:  # the job stays in the table: a busy database is tried again
            logger.exception("job %s could not be done", job)
            time.sleep(LOOK)
        finally:
            self.runs.pop(job, None)
            if not run.stop.is_set():
                self.later.discard(job)
            self.look()
