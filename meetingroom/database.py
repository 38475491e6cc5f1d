"""The SQLite file: connections, and the write transaction."""

import sqlite3
import time
from pathlib import Path

from sqlite_utils import Database

from meetingroom import unchanged
from meetingroom.migrations_cases_later import migrations

PATIENCE = 5.0  # seconds for another process that writes


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


class Writing:
    """The write transaction (`writing`); no generator, since every page turn passes here."""

    __slots__ = ("db", "patience")

    def __init__(self, db: Database, patience: float):
        self.db, self.patience = db, patience

    def __enter__(self) -> Database:
        deadline = time.monotonic() + self.patience
        while True:
            try:
                self.db.conn.execute("begin immediate")
                break
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) and "busy" not in str(error):
                    raise
                if time.monotonic() > deadline:
                    raise Busy from error
                time.sleep(0.004)
        try:
            unchanged.begin(self.db)
        except BaseException:
            self.undo()
            raise
        return self.db

    def __exit__(self, kind, error, trace) -> None:
        if kind is not None:
            self.undo()
            return
        try:
            self.db.conn.execute("commit")
        except BaseException:
            self.undo()
            raise

    def undo(self) -> None:
        """Also where SQLite has done so by itself."""
        unchanged.forget(self.db)
        if self.db.conn.in_transaction:
            self.db.conn.execute("rollback")


def writing(db: Database, patience: float = PATIENCE) -> Writing:
    """The write transaction: what is read inside stays true until the commit. Nothing inside may wait.

    Raises Busy if another process keeps the lock for `patience` seconds. The waiting is done here, by a sleep the
    event loop knows of, because SQLite's own waiting would stop every other person's request as well.
    """
    return Writing(db, patience)


class Lent:
    """A connection of a pool, for the length of a `with`; in a transaction, if it is lent for `writes`."""

    __slots__ = ("db", "pool", "transaction", "writes")

    def __init__(self, pool: "Pool", *, writes: bool):
        self.pool, self.writes = pool, writes

    def __enter__(self) -> Database:
        self.db = self.pool.take()
        if self.writes:
            self.transaction = Writing(self.db, PATIENCE)
            try:
                self.transaction.__enter__()
            except BaseException:
                self.pool.give_back(self.db)
                raise
        return self.db

    def __exit__(self, *failed) -> None:
        try:
            if self.writes:
                self.transaction.__exit__(*failed)
        finally:
            self.pool.give_back(self.db)


class Pool:
    """Connections to one file, lent for the length of a `with`. One per greenlet at work, reused."""

    def __init__(self, path: Path, *, patience: float = 0):
        self.path, self.patience = path, patience
        self._idle: list[Database] = []  # the last given back is lent next; a list's ends are safe among threads

    def lend(self) -> Lent:
        return Lent(self, writes=False)

    def writing(self) -> Lent:
        return Lent(self, writes=True)

    def take(self) -> Database:
        try:
            return self._idle.pop()
        except IndexError:
            return connect(self.path, patience=self.patience)

    def give_back(self, db: Database) -> None:
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
