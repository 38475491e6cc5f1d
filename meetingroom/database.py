"""The SQLite file: connections, and the write transaction."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from meetingroom.migrations_cases_later import migrations


class Busy(Exception):
    """Another process held the write lock longer than anyone should wait."""


class NewerDatabase(Exception):
    """The data folder was written by a newer version of the program."""


def connect(path: Path, *, patience: float = 0) -> Database:
    """Open the file. `patience` is SQLite's own wait for a lock in seconds: 0 in the server, whose event loop
    would stand still meanwhile (`writing` waits instead); some seconds in the worker."""
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma secure_delete = on")
    return Database(connection, execute_plugins=False)


def prepare(path: Path) -> None:
    """Make or bring up to date the file at `path`. Raises NewerDatabase; leaves such a file untouched."""
    path.parent.mkdir(parents=True, exist_ok=True)
    db = connect(path, patience=10)
    known = {migration.name for migration in migrations._migrations}
    if unknown := [applied.name for applied in migrations.applied(db) if applied.name not in known]:
        db.close()
        raise NewerDatabase(", ".join(unknown))
    db.conn.execute("pragma journal_mode = wal")
    migrations.apply(db)
    db.close()


@contextmanager
def writing(db: Database, patience: float = 5.0):
    """The write transaction: what is read inside stays true until the commit. Nothing inside may wait.

    Raises Busy if another process keeps the lock for `patience` seconds. The waiting is done here, by a sleep the
    event loop knows of, because SQLite's own waiting would stop every other person's request as well.
    """
    deadline = time.monotonic() + patience
    while True:
        try:
            db.conn.execute("begin immediate")
            break
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) and "busy" not in str(error):
                raise
            if time.monotonic() > deadline:
                raise Busy from error
            time.sleep(0.004)
    try:
        yield db
        db.conn.execute("commit")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("rollback")
        raise


class Pool:
    """Connections to one file, lent for the length of a `with`. One per greenlet at work, reused."""

    def __init__(self, path: Path, *, patience: float = 0):
        self.path, self.patience = path, patience
        # Told what the log is about to commit, as the last thing in its transaction: must neither wait nor fail.
        self.before_commit: Callable[[Any], None] = lambda written: None
        self._idle: list[Database] = []  # the last given back is lent next; a list's ends are safe among threads

    @contextmanager
    def lend(self):
        try:
            db = self._idle.pop()
        except IndexError:
            db = connect(self.path, patience=self.patience)
        try:
            yield db
        finally:
            self._idle.append(db)

    @contextmanager
    def writing(self):
        with self.lend() as db, writing(db):
            yield db

    def close(self):
        while self._idle:
            self._idle.pop().close()


def fetch_one(db: Database, sql: str, arguments=()) -> dict | None:
    """The first row as {column: value}."""
    row = db.conn.execute(sql, arguments).fetchone()
    return dict(row) if row else None


def fetch_all(db: Database, sql: str, arguments=()) -> list[dict]:
    return [dict(row) for row in db.conn.execute(sql, arguments)]
