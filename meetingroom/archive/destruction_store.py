"""What is left of a dossier whose time is over: a tombstone. SQL; inside the caller's transaction.

Rows, search entries and files go; books of numbers keep theirs, as destroyed. Backups keep the content until they are
rotated.
"""

import json

from sqlite_utils import Database

from meetingroom import clock
from meetingroom.archive import store
from meetingroom.database import fetch_all, fetch_one

# These keep a row of a destroyed meeting, or are of none.
KEPT = {"tombstones", "former_packages", "register_manual", "jobs", "audit", "sessions"}
OF_A_DOCUMENT = ("document", "old", "new")  # columns that name one


def ask(db: Database, meeting: str, decision: str, date: str, keep_title: bool, by: str) -> None:
    db.conn.execute(
        "insert or replace into destructions (meeting, decision, date, keep_title, by, at) values (?, ?, ?, ?, ?, ?)",
        (meeting, decision, date, int(keep_title), by, clock.now()),
    )


def find_asked(db: Database, meeting: str) -> dict | None:
    return fetch_one(db, "select * from destructions where meeting = ?", (meeting,))


def list_to_confirm(db: Database, person: str) -> list[dict]:
    """`{meeting, title, decision}` of what others have asked for."""
    sql = "select meeting, title, decision from destructions join archives using (meeting) where destructions.by != ?"
    return fetch_all(db, sql, (person,))


def take_back(db: Database, meeting: str) -> None:
    db.conn.execute("delete from destructions where meeting = ?", (meeting,))


def destroy(db: Database, meeting: str, asked: dict, confirmed_by: str) -> list[str]:
    """The SHA-256 of every file that nothing else names any more. The archive is there (the caller has looked)."""
    archive = store.find_archive(db, meeting) or {}
    numbers = fetch_all(db, "select register, year, number, text from register_entries where meeting = ?", (meeting,))
    files = files_of(db, meeting)
    db.conn.execute(
        "insert or replace into tombstones (meeting, title, numbers, started_at, archived_at, file, code, keep_until,"
        " decision, date, by, confirmed_by, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            meeting, archive["title"] if asked["keep_title"] else "", json.dumps([row["text"] for row in numbers]),
            archive["started_at"], archive["archived_at"], archive["file"], archive["code"], archive["keep_until"],
            asked["decision"], asked["date"], asked["by"], confirmed_by, clock.now(),
        ),
    )  # fmt: skip
    keep_numbers(db, meeting, asked)
    store.forget_text(db, meeting)
    documents = [row["id"] for row in fetch_all(db, "select id from documents where meeting = ?", (meeting,))]
    for column, keys in (*((name, documents) for name in OF_A_DOCUMENT), ("meeting", [meeting])):
        for table in tables_with(db, column):
            if table not in KEPT:
                db.conn.executemany(f'delete from "{table}" where "{column}" = ?', [(key,) for key in keys])  # noqa: S608
    db.conn.execute("delete from meetings where id = ?", (meeting,))
    db.conn.execute("delete from note_bodies where sha not in (select sha from note_revisions)")
    return [sha for sha in files if not is_named(db, sha)]


def keep_numbers(db: Database, meeting: str, asked: dict) -> None:
    """The book says that this number was used, and that its document was destroyed."""
    db.conn.execute(
        "insert or ignore into register_manual (register, year, number, text, at, by, void, subject)"
        " select register, year, number, text, at, by, ?, '' from register_entries where meeting = ?",
        (f"đã hủy theo Quyết định số {asked['decision']} ngày {asked['date']}", meeting),
    )


def tables_with(db: Database, column: str) -> list[str]:
    """Every table that has such a column."""
    rows = db.conn.execute(
        "select m.name from sqlite_master m join pragma_table_info(m.name) c"
        " where m.type = 'table' and c.name = ? and m.sql not like 'create virtual%' order by m.name",
        [column],
    )
    return [row[0] for row in rows if not row[0].startswith("archive_texts")]


def files_of(db: Database, meeting: str) -> set[str]:
    rows = db.conn.execute(
        "select sha from documents where meeting = :m union select sha from made_files where meeting = :m"
        " union select file from archives where meeting = :m"
        " union select file from archive_supplements where meeting = :m",
        {"m": meeting},
    )
    return {row[0] for row in rows if row[0]}


def is_named(db: Database, sha: str) -> bool:
    found = db.conn.execute(
        "select 1 from documents where sha = :s union select 1 from made_files where sha = :s"
        " union select 1 from archives where file = :s"
        " union select 1 from archive_supplements where file = :s",
        {"s": sha},
    )
    return found.fetchone() is not None
