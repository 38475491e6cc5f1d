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


def read_meeting(database: Path, meeting: str, version: int = 0) -> approval.Reading:
    """As it stands, or as a version of its minutes was approved."""
    with own_connection(database) as db:
        return approval.read_version(db, meeting, version) if version else approval.read_minutes(db, meeting)
