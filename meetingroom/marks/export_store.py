"""Copies of papers with marks that people have asked for: a row and a file each, for a day. SQL and files."""

from pathlib import Path

from meetingroom import clock
from meetingroom.config import Settings
from meetingroom.database import fetch_all, fetch_one

QUEUED, READY, FAILED = "queued", "ready", "failed"
KEPT_MS = 24 * 3_600_000
MOST = 5  # copies of one person; each is as large as its paper


def folder(settings: Settings) -> Path:
    return settings.data / "exports"


def place(settings: Settings, export: str, ending: str = "pdf") -> Path:
    return folder(settings) / f"{export}.{ending}"


def add(db, *, person: str, meeting: str, paper: str, document: str, what: str, kind: str, language: str) -> str:
    """A copy that waits for the worker. Its id."""
    export = clock.new_id()
    row = {"id": export, "person": person, "meeting": meeting, "paper": paper, "document": document, "what": what,
           "kind": kind, "language": language, "status": QUEUED, "at": clock.now()}  # fmt: skip
    db["exports"].insert(row)
    return export


def make_room(db, settings: Settings, person: str) -> None:
    """Before one more: the oldest of a person's go."""
    sql = (
        "select id from exports where person = ? and status != 'queued' order by at desc, rowid desc limit -1 offset ?"
    )
    for row in fetch_all(db, sql, [person, MOST - 1]):
        db.conn.execute("delete from exports where id = ?", (row["id"],))
        place(settings, row["id"]).unlink(missing_ok=True)


def find(db, export: str) -> dict | None:
    return fetch_one(db, "select * from exports where id = ?", [export])


def find_waiting(db, person: str) -> dict | None:
    """What is being made for a person."""
    return fetch_one(db, "select * from exports where person = ? and status = 'queued'", [person])


def close(db, export: str, status: str) -> bool:
    """Whether it is still wanted: its meeting may have been destroyed meanwhile."""
    return db.conn.execute("update exports set status = ? where id = ?", (status, export)).rowcount > 0


def names(db, people: set[str]) -> dict[str, str]:
    rows = fetch_all(db, "select id, name from users")
    return {row["id"]: row["name"] for row in rows if row["id"] in people}


def sweep(db, settings: Settings, now: int) -> None:
    """Copies whose day is over, and files that no row names."""
    db.conn.execute("delete from exports where at < ?", (now - KEPT_MS,))
    kept = {row["id"] for row in fetch_all(db, "select id from exports")}
    for path in folder(settings).glob("*"):
        if path.name.partition(".")[0] not in kept:
            path.unlink(missing_ok=True)
