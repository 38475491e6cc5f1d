"""The SQLite file: connections, and the write transaction."""

import sqlite3
import time
from pathlib import Path

from sqlite_utils import Database

from meetingroom import unchanged
from meetingroom.migrations_cases_later import migrations
from meetingroom.unchanged import File

PATIENCE = 5.0  # seconds for another process that writes


class Busy(Exception):
    """Another process held the write lock longer than anyone should wait."""


class NewerDatabase(Exception):
    """The data folder was written by a newer version of the program."""


def connect(path: Path, *, patience: float = 0) -> File:
    """Open the file. `patience` is SQLite's own wait for a lock in seconds: 0 in the server, whose event loop
    would stand still meanwhile (`writing` waits instead); some seconds in the worker."""
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma secure_delete = on")
    return File(connection)


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


def begin(db: File, patience: float) -> None:
    """Begin a write transaction. Raises Busy if another process keeps the lock for `patience` seconds. The waiting is
    done here, by a sleep the event loop knows of: SQLite's own would stop every other person's request as well."""
    deadline = 0.0
    while True:
        try:
            db.cursor.execute("begin immediate")
            break
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) and "busy" not in str(error):
                raise
            deadline = deadline or time.monotonic() + patience
            if time.monotonic() >= deadline:
                raise Busy from error
            time.sleep(0.004)
    try:
        unchanged.begin(db)
    except BaseException:
        undo(db)
        raise


def end(db: File, failed: object) -> None:
    """End it: with a commit, unless something has failed."""
    if failed:
        undo(db)
        return
    try:
        db.cursor.execute("commit")
    except BaseException:
        undo(db)
        raise


def undo(db: File) -> None:
    """Also where SQLite has done so by itself."""
    unchanged.forget(db)
    if db.conn.in_transaction:
        db.conn.execute("rollback")


class Writing:
    """The write transaction (`writing`); no generator, as `Lent` is none: every page turn passes there."""

    __slots__ = ("db", "patience")

    def __init__(self, db: File, patience: float):
        self.db, self.patience = db, patience

    def __enter__(self) -> File:
        begin(self.db, self.patience)
        return self.db

    def __exit__(self, kind, error, trace) -> None:
        end(self.db, kind)


def writing(db: File, patience: float = PATIENCE) -> Writing:
    """The write transaction: what is read inside stays true until the commit. Nothing inside may wait. Raises Busy."""
    return Writing(db, patience)


class Lent:
    """A connection of a pool, for the length of a `with`; in a transaction, if it is lent for `writes`."""

    __slots__ = ("db", "pool", "writes")

    def __init__(self, pool: "Pool", *, writes: bool):
        self.pool, self.writes = pool, writes

    def __enter__(self) -> File:
        db = self.db = self.pool.take()
        if self.writes:
            try:
                begin(db, PATIENCE)
            except BaseException:
                self.pool.give_back(db)
                raise
        return db

    def __exit__(self, kind, error, trace) -> None:
        try:
            if self.writes:
                end(self.db, kind)
        finally:
            self.pool.give_back(self.db)


class Pool:
    """Connections to one file, lent for the length of a `with`. One per greenlet at work, reused."""

    def __init__(self, path: Path, *, patience: float = 0):
        self.path, self.patience = path, patience
        self.file = str(path)  # what is kept in memory of a file is kept by this name
        self._idle: list[File] = []  # the last given back is lent next; a list's ends are safe among threads

    def lend(self) -> Lent:
        return Lent(self, writes=False)

    def writing(self) -> Lent:
        return Lent(self, writes=True)

    def take(self) -> File:
        try:
            return self._idle.pop()
        except IndexError:
            return connect(self.path, patience=self.patience)

    def give_back(self, db: File) -> None:
        self._idle.append(db)

    def close(self):
        while self._idle:
            self._idle.pop().close()


def fetch_one(db: Database, sql: str, arguments=()) -> dict | None:
    """The first row as {column: value}."""
    row = db.conn.execute(sql, arguments).fetchone()
    return dict(row) if row else None


def fetch_all(db: Database, sql: str, arguments=()) -> list[dict]:
    return [dict(row) for row in db.conn.execute(sql, arguments)]
