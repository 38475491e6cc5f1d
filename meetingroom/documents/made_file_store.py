"""Files of official documents: made by the program once, or signed and checked by it, and kept as they are.

They lie among the originals, under their SHA-256, so that a backup holds them. A file is on the disk before any row
or fact names it.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from meetingroom import clock
from meetingroom.config import Settings
from meetingroom.database import fetch_all, fetch_one
from meetingroom.documents.content_store import original_path

PDF, DOCX, SIGNED = "pdf", "docx", "signed"


@dataclass(frozen=True)
class MadeFile:
    """`document` is the id in the log of `meeting`; `source` the digest of what it was made of. `at` in ms."""

    sha: str
    kind: str
    document: str
    bytes: int
    meeting: str
    source: str
    at: int


def keep(settings: Settings, data: bytes) -> str:
    """The SHA-256 of `data`, which is on the disk now, whole. Raises OSError, and then nothing is there."""
    sha = hashlib.sha256(data).hexdigest()
    place = original_path(settings, sha)
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f"{sha}.{os.getpid()}.{clock.new_id()}.new")
    try:
        with aside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.rename(place)
    finally:
        aside.unlink(missing_ok=True)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return sha


def note(db: Database, sha: str, kind: str, document: str, size: int, *, meeting: str, source: str = "") -> None:
    """That this file is one of the document's. Inside a transaction; `keep` comes first."""
    db.conn.execute(
        "insert or replace into made_files (sha, kind, document, bytes, meeting, source, at)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        (sha, kind, document, size, meeting, source, clock.now()),
    )


def find(db: Database, document: str, sha: str) -> MadeFile | None:
    row = fetch_one(db, "select * from made_files where document = ? and sha = ?", (document, sha))
    return MadeFile(**row) if row else None


def latest(db: Database, document: str, kind: str, source: str) -> str:
    """The SHA-256 of the file last made of this; "" if there is none."""
    row = fetch_one(
        db,
        "select sha from made_files where document = ? and kind = ? and source = ?"
        " order by at desc, rowid desc limit 1",
        (document, kind, source),
    )
    return row["sha"] if row else ""


def list_made(db: Database, meeting: str) -> list[MadeFile]:
    """Every file of a meeting's documents, in the order of their making."""
    rows = fetch_all(db, "select * from made_files where meeting = ? order by at, sha", (meeting,))
    return [MadeFile(**row) for row in rows]


def place(settings: Settings, sha: str) -> Path:
    """Where it lies."""
    return original_path(settings, sha)
