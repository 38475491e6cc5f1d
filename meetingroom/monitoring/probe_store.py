"""Whether the database is really there: looked at anew, beside the connections that are open and notice nothing."""

import os
import sqlite3
import threading
import time
from contextlib import closing
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from meetingroom.migrations_cases_later import migrations

EVERY = 2.0  # seconds; whoever asks more often is told the same
WHOLE_EVERY = 300.0  # at the latest; at once when the file has changed …
SHARE = 20  # … but for one part in so many of the time


@cache
def tables() -> frozenset[str]:
    """What this version keeps in its database."""
    db = Database(memory=True)
    migrations.apply(db)
    return frozenset(db.table_names())


class DatabaseProbe:
    """Remembers what was found last. `wrong` is called in a thread of the system; several at once do it once."""

    def __init__(self, path: Path, steady=time.monotonic):
        self.path, self.steady = path, steady
        self.turn = threading.Lock()
        self.found, self.at = "", -WHOLE_EVERY
        self.whole_at, self.whole_took, self.whole_of, self.damaged = -WHOLE_EVERY, 0.0, (0, 0, 0), False

    def wrong(self) -> str:
        """ "" | gone | read_only | tables_missing | damaged."""
        if self.steady() - self.at >= EVERY and self.turn.acquire(blocking=False):
            try:
                self.found = self.look()
                self.at = self.steady()
            finally:
                self.turn.release()
        return self.found

    def look(self) -> str:
        try:
            stat = self.path.stat()
            with closing(sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=rw", uri=True, timeout=0)) as db:
                there = {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}
                if tables() - there:
                    return "tables_missing"
                for name in sorted(tables()):
                    db.execute(f'select * from "{name}" limit 3').fetchall()  # noqa: S608
                if not os.access(self.path, os.W_OK) or not is_writable(db):
                    return "read_only"
                return "" if self.whole(db, (stat.st_ino, stat.st_size, stat.st_mtime_ns)) else "damaged"
        except FileNotFoundError:
            return "gone"
        except sqlite3.OperationalError as error:
            return self.found if is_busy(error) else "damaged" if self.path.exists() else "gone"
        except (sqlite3.Error, OSError):
            return "damaged"

    def whole(self, db: sqlite3.Connection, of: tuple[int, int, int]) -> bool:
        """Whether every page hangs together; read again when the file has changed, and now and then."""
        since = self.steady() - self.whole_at
        if since >= WHOLE_EVERY or (of != self.whole_of and since >= SHARE * self.whole_took):
            self.whole_at, self.damaged = self.steady(), True
            (said,) = db.execute("pragma quick_check(1)").fetchone()
            self.damaged, self.whole_of, self.whole_took = said != "ok", of, self.steady() - self.whole_at
        return not self.damaged


def is_writable(db: sqlite3.Connection) -> bool:
    """Whether the file may be written; that somebody else does so now is no fault."""
    try:
        db.execute("begin immediate")
        db.rollback()
    except sqlite3.OperationalError as error:
        return is_busy(error)
    return True


def is_busy(error: sqlite3.Error) -> bool:
    return (getattr(error, "sqlite_errorname", "") or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
