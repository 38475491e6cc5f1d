"""A meeting read for its minutes from the file itself, over a connection of its own: the pool's are the loop's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from meetingroom.database import connect
from meetingroom.minutes import approval


@contextmanager
def own_connection(database: Path) -> Iterator[Database]:
    """For what reads the file beside the event loop."""
    db = connect(database, patience=5)
    try:
        yield db
    finally:
        db.close()


def read_meeting(database: Path, meeting: str) -> approval.Reading:
    with own_connection(database) as db:
        return approval.read_minutes(db, meeting)
