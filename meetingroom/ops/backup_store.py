"""Which backups were made, and what came of them. SQL."""

from sqlite_utils import Database

from meetingroom import clock
from meetingroom.database import fetch_one

AN_HOUR = 3_600_000


def add(db: Database, file: str, size: int, sha: str, problems: list[str], second: str) -> None:
    db.conn.execute(
        "insert or replace into backups (file, at, bytes, sha256, problems, second) values (?, ?, ?, ?, ?, ?)",
        (file, clock.now(), size, sha, "\n".join(problems[:100]), second),
    )


def last(db: Database) -> dict | None:
    return fetch_one(db, "select * from backups order by at desc limit 1")


def last_at(db: Database) -> int:
    found = last(db)
    return found["at"] if found else 0


def first_at(db: Database) -> int:
    row = fetch_one(db, "select min(at) as at from backups")
    return row["at"] or 0 if row else 0


def last_trial(db: Database) -> int:
    row = fetch_one(db, "select max(tried_at) as at from backups")
    return row["at"] or 0 if row else 0


def find_trial(db: Database) -> dict | None:
    return fetch_one(db, "select tried_at, tried from backups where tried_at order by tried_at desc limit 1")


def write_trial(db: Database, file: str, outcome: str) -> None:
    db.conn.execute("update backups set tried_at = ?, tried = ? where file = ?", (clock.now(), outcome[:500], file))


def last_check(db: Database) -> int:
    row = fetch_one(db, "select max(checked_at) as at from backups")
    return row["at"] or 0 if row else 0


def write_check(db: Database, file: str, outcome: str) -> None:
    db.conn.execute("update backups set checked_at = ?, checked = ? where file = ?", (clock.now(), outcome[:500], file))


def has_open_box(db: Database) -> bool:
    """Whether a secret ballot is open somewhere."""
    return fetch_one(db, "select 1 from seals limit 1") is not None


def tried_lately(db: Database, kind: str, now: int) -> bool:
    """A backup that failed is tried again in an hour."""
    row = fetch_one(db, "select max(created_at) as at from jobs where kind = ?", (kind,))
    return bool(row and row["at"] and now - row["at"] < AN_HOUR)
