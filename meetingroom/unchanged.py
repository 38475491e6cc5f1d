"""What a question to the file found, for as long as the file holds nothing else.

SQLite says by `data_version` whether another connection has written since it was last asked, and by `total_changes`
how many rows this one has. So what is kept here is never older than the file, however and by whom it is changed; it is
looked at within the transaction that rests on it, and costs a small part of the question. All of this is for what runs
inside `database.writing`, which begins it and forgets all when it is undone; not within a savepoint, of whose undoing
SQLite tells neither.
"""

from collections.abc import Callable, Hashable
from sqlite3 import Connection
from typing import Any

from sqlite_utils import Database

MOST = 200  # answers of one connection


class Kept:
    """The answers of one connection, and what it looked like when they were given."""

    __slots__ = ("answers", "changes", "version")

    def __init__(self, db: "File"):
        self.version, self.changes = version_of(db), db.conn.total_changes
        self.answers: dict[Hashable, Any] = {}


class File(Database):
    """A connection, what it knows of its file, and a cursor for statements whose rows nobody goes on reading: a new one
    for each is a good part of what a short statement costs."""

    def __init__(self, connection: Connection):
        super().__init__(connection, execute_plugins=False)
        self.kept: Kept | None = None
        self.cursor = connection.cursor()


def version_of(db: "File") -> int:
    return db.cursor.execute("pragma data_version").fetchone()[0]


def begin(db: File) -> None:
    """A transaction has begun: what others have written until now is all they will have."""
    if db.kept and db.kept.version != version_of(db):
        db.kept = None


def answers_of(db: File) -> dict[Hashable, Any]:
    """What is known at this moment."""
    kept = db.kept
    if kept is None or kept.changes != db.conn.total_changes or len(kept.answers) >= MOST:
        kept = db.kept = Kept(db)
    return kept.answers


def find(db: File, key: Hashable, ask: Callable[[], Any]) -> Any:
    """What `ask()` says, or said while nothing has been written since."""
    answers = answers_of(db)
    if key not in answers:
        answers[key] = ask()
    return answers[key]


def pass_over(db: File, rows: int) -> None:
    """This connection has written so many rows that no such question reads. If it has written others besides, the
    numbers differ, and all is asked anew."""
    if db.kept:
        db.kept.changes += rows


def forget(db: File) -> None:
    """A transaction is undone, and whatever was found in it with it."""
    db.kept = None
