"""What this program knows of a package by its SHA-256: sealed here, replaced since, destroyed, or a supplement. SQL."""

from sqlite_utils import Database

from meetingroom.database import fetch_all, fetch_one


def find_known(db: Database, sha: str) -> dict | None:
    """`{meeting, name, sealed_at}` of a package that counts; with `replaced_at` and `replaced_by` (SHA-256) of one that
    was sealed anew since; `{meeting, destroyed_at, name?}`; of a supplement `{name, sealed_at, supplement_to, package
    (the SHA-256 that it names), resealed}`."""
    if found := fetch_one(db, "select meeting, name, sealed_at from archives where file = ?", (sha,)):
        return found
    return find_supplement(db, sha) or find_former(db, sha) or find_destroyed(db, "file", sha)


def find_supplement(db: Database, sha: str) -> dict | None:
    found = fetch_one(
        db,
        "select s.name, s.at as sealed_at, a.name as supplement_to, s.belongs_to as package,"
        " s.belongs_to <> a.file as resealed"
        " from archive_supplements s join archives a on a.meeting = s.meeting where s.file = ?",
        (sha,),
    )
    return found and found | {"resealed": bool(found["resealed"])}


def find_former(db: Database, sha: str) -> dict | None:
    found = fetch_one(
        db,
        "select f.meeting, f.name, f.sealed_at, f.replaced_at, a.file as replaced_by"
        " from former_packages f left join archives a on a.meeting = f.meeting where f.file = ?",
        (sha,),
    )
    if not found or found["replaced_by"] is not None:
        return found
    return (find_destroyed(db, "meeting", found["meeting"]) or {"meeting": found["meeting"]}) | {"name": found["name"]}


def find_destroyed(db: Database, column: str, value: str) -> dict | None:
    sql = f"select meeting, at as destroyed_at from tombstones where {column} = ?"  # noqa: S608 (one of two names)
    return fetch_one(db, sql, (value,))


def keep_former(db: Database, meeting: str, file: str, at: int) -> None:
    """The package that counts until now is remembered, before another `file` takes its place."""
    db.conn.execute(
        "insert or replace into former_packages (file, meeting, name, sealed_at, replaced_at)"
        " select file, meeting, name, sealed_at, ? from archives where meeting = ? and file not in ('', ?)",
        (at, meeting, file),
    )
    db.conn.execute("delete from former_packages where file = ?", (file,))


def list_former(db: Database, meeting: str) -> list[str]:
    return [row["file"] for row in fetch_all(db, "select file from former_packages where meeting = ?", (meeting,))]
