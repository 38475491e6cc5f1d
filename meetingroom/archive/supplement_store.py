"""What came to a dossier after it was sealed. SQL."""

from sqlite_utils import Database

from meetingroom.database import fetch_all, fetch_one


def list_of(db: Database, meeting: str) -> list[dict]:
    return fetch_all(
        db,
        "select s.*, coalesce(users.name, s.by) as by_name from archive_supplements s"
        " left join users on users.id = s.by where s.meeting = ? order by s.n",
        (meeting,),
    )


def find(db: Database, meeting: str, n: int) -> dict | None:
    return fetch_one(db, "select * from archive_supplements where meeting = ? and n = ?", (meeting, n))


def next_number(db: Database, meeting: str) -> int:
    row = fetch_one(db, "select max(n) as n from archive_supplements where meeting = ?", (meeting,))
    return (row["n"] or 0) + 1 if row else 1


def add(db: Database, row: dict) -> None:
    db["archive_supplements"].insert(row)  # type: ignore[union-attr]


def list_files(db: Database) -> list[dict]:
    return fetch_all(db, "select name, file from archive_supplements order by meeting, n")
