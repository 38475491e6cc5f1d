"""A meeting read for its minutes from the file itself, over a connection of its own: the pool's are the loop's."""

from pathlib import Path

from meetingroom.database import connect
from meetingroom.minutes import approval


def read_meeting(database: Path, meeting: str) -> approval.Reading:
    db = connect(database, patience=5)
    try:
        return approval.read_minutes(db, meeting)
    finally:
        db.close()
