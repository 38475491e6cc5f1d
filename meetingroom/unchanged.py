"""What a question to the file found, for as long as the file holds nothing else.

SQLite says by `data_version` whether another connection has written since it was last asked, and by `total_changes`
how many rows this one has. So what is kept here is never older than the file, however and by whom it is changed; it is
looked at within the transaction that rests on it, and costs a small part of the question. All of this is for what runs
inside `database.writing`, which begins it and forgets all when it is undone; not within a savepoint, of whose undoing
SQLite tells neither.
"""

from collections.abc import Callable, Hashable
from typing import Any
from weakref import WeakKeyDictionary

from sqlite_utils import Database

MOST = 200  # answers of one connection


class Kept:
    """The answers of one connection, and what it looked like when they were given."""

    __slots__ = ("answers", "changes", "version")

    def __init__(self, db: Database):
        self.version, self.changes = version_of(db), db.conn.total_changes
        self.answers: dict[Hashable, Any] = {}


_kept: WeakKeyDictionary[Database, Kept] = WeakKeyDictionary()


def version_of(db: Database) -> int:
    return db.conn.execute("pragma data_version").fetchone()[0]


def begin(db: Database) -> None:
    """A transaction has begun: what others have written until now is all they will have."""
    kept = _kept.get(db)
    if kept and kept.version != version_of(db):
        del _kept[db]


def answers_of(db: Database) -> dict[Hashable, Any]:
    """What is known at this moment."""
    kept = _kept.get(db)
    if kept is None or kept.changes != db.conn.total_changes or len(kept.answers) >= MOST:
        kept = _kept[db] = Kept(db)
    return kept.answers


def find(db: Database, key: Hashable, ask: Callable[[], Any]) -> Any:
    """What `ask()` says, or said while nothing has been written since."""
    answers = answers_of(db)
    if key not in answers:
        answers[key] = ask()
    return answers[key]


def pass_over(db: Database, rows: int) -> None:
    """This connection has written so many rows that no such question reads. If it has written others besides, the
    numbers differ, and all is asked anew."""
    if kept := _kept.get(db):
        kept.changes += rows


def forget(db: Database) -> None:
    """A transaction is undone, and whatever was found in it with it."""
    _kept.pop(db, None)
