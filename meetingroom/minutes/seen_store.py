"""Which copies of the minutes a person has had on the screen: what the differences are shown against. SQL."""

from sqlite_utils import Database

from meetingroom.database import fetch_all


def list_seen(db: Database, meeting: str, person: str) -> set[int]:
    """The numbers of the facts that made the copies."""
    rows = fetch_all(db, "select seq from minutes_seen where meeting = ? and person = ?", (meeting, person))
    return {row["seq"] for row in rows}


def mark_seen(db: Database, meeting: str, person: str, seq: int, at: int) -> None:
    db.conn.execute(
        "insert or ignore into minutes_seen (meeting, person, seq, at) values (?, ?, ?, ?)", (meeting, person, seq, at)
    )
