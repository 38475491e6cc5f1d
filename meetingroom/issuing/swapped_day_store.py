"""Days off and working days that the agency has entered, in SQLite. Callers bring the transaction."""

import datetime

from sqlite_utils import Database

from meetingroom.database import fetch_all
from meetingroom.working_days import Swapped

MOST = 1000


def list_days(db: Database) -> list[dict]:
    """`{day, works, reason}`, in order."""
    return fetch_all(db, "select day, works, reason from swapped_days order by day")


def read_swapped(db: Database) -> Swapped:
    found: dict[bool, set[datetime.date]] = {True: set(), False: set()}
    for row in list_days(db):
        found[bool(row["works"])].add(datetime.date.fromisoformat(row["day"]))
    return Swapped(frozenset(found[False]), frozenset(found[True]))


def save_days(db: Database, days: list[datetime.date], works: bool, reason: str, by: str, at: int) -> None:
    """What was said of these days before counts no more."""
    rows = [(day.isoformat(), works, reason, by, at) for day in days]
    db.conn.executemany("insert or replace into swapped_days (day, works, reason, by, at) values (?, ?, ?, ?, ?)", rows)


def remove_day(db: Database, day: str) -> bool:
    return db.conn.execute("delete from swapped_days where day = ?", [day]).rowcount > 0
