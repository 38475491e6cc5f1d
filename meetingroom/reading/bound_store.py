"""Files of all papers of a meeting that people have asked for, among the copies (`marks/export_store.py`). SQL."""

from meetingroom.database import fetch_one

BOUND = "bound"  # the kind of copy
AUDITED = "papers_bound"  # a line for each file that was made


def find(db, person: str, meeting: str, mark: str) -> dict | None:
    """The newest that was made, or is being made, of the very same."""
    sql = "select * from exports where person = ? and meeting = ? and kind = ? and document = ? order by at desc"
    return fetch_one(db, f"{sql} limit 1", [person, meeting, BOUND, mark])


def remove(db, job: str) -> None:
    db.conn.execute("delete from exports where id = ?", (job,))


def count_pages(db, meeting: str) -> tuple[int, int]:
    """(how often, pages in all) of the files that were made to be printed."""
    return db.conn.execute(
        "select count(*), coalesce(sum(json_extract(data, '$.pages')), 0) from audit"
        " where name = ? and json_valid(data) and json_extract(data, '$.meeting') = ?",
        (AUDITED, meeting),
    ).fetchone()
