"""How far one is: written down for those who wait, looked at for those who cancelled it."""

import time

from meetingroom.cases.media import store
from meetingroom.jobs import store as jobs
from meetingroom.jobs.queue import JobContext, Requeue

EVERY = 1.5  # seconds
TURN = 60.0  # seconds after which other work of the background has its turn, if any waits
PATIENCE = 120.0  # seconds in which a piece that was begun is made whole before others go first


class Cancelled(Exception):
    """Raised where somebody cancelled it or took it out of the case."""


class Progress:
    """One at work. `look` is called several times a second."""

    def __init__(self, context: JobContext, id: str):
        self.context, self.id = context, id
        self.begun, self.looked, self.asked = time.monotonic(), 0.0, 0.0
        self.written = 0

    def begin(self) -> None:
        with self.context.pool.writing() as db:
            if not self.is_wanted(db):
                raise Cancelled
            store.change(db, self.id, state=store.WORKING, error="", detail={})

    def is_wanted(self, db) -> bool:
        row = store.find_any(db, self.id)
        return row is not None and row["state"] in (store.WAITING, store.WORKING)

    def look(self, new_piece: bool = False) -> None:
        """Raises Cancelled, and queue.Requeue where others go first: after the piece that is being made."""
        now = time.monotonic()
        stop = self.context.stop
        if stop is not None and stop.is_set():
            self.asked = self.asked or now
            if new_piece or now - self.asked > PATIENCE:
                self.context.pause()
        if new_piece or now - self.looked > EVERY:
            self.looked = now
            with self.context.pool.lend() as db:
                if not self.is_wanted(db):
                    raise Cancelled
        if new_piece:
            with self.context.pool.writing() as db:
                self.context.heartbeat(db)
                others = now - self.begun > TURN and any(row["kind"] != store.CONVERT for row in jobs.list_queued(db))
            if others:
                raise Requeue

    def tell(self, percent: int) -> None:
        """Only when it has grown: not each second of each video is written down."""
        if percent <= self.written:
            return
        self.written = percent
        with self.context.pool.writing() as db:
            row = store.find_any(db, self.id)
            if row is not None and row["state"] == store.WORKING and row["percent"] < percent:
                store.change(db, self.id, percent=percent)

    def fail(self, code: str, details: dict) -> None:
        with self.context.pool.writing() as db:
            if self.is_wanted(db):
                store.mark_failed(db, self.id, code, details)

    def finish(self, about: dict) -> None:
        with self.context.pool.writing() as db:
            if self.is_wanted(db):
                done = {"state": store.READY, "percent": 100, "error": ""}
                done["detail"] = {"missing": about.get("missing", 0)}
                made = {key: about[key] for key in ("kind", "seconds", "width", "height")}
                store.change(db, self.id, **made, transcoded=int(about["transcoded"]), **done)
