"""What was found out about two documents, in SQLite. Callers bring the transaction."""

import json

from meetingroom import clock

MATCH = "match"
COMPARING, DONE, FAILED = "comparing", "done", "failed"


def find_match(db, old: str, new: str) -> dict | None:
    """{old, new, status, map, pages, at}: `map` as `match.Match` says it, `pages` {page of the new one: changes}."""
    row = db.conn.execute("select * from matches where old = ? and new = ?", (old, new)).fetchone()
    return row and {**dict(row), "map": json.loads(row["map"]), "pages": json.loads(row["pages"])}


def find_change(db, old: str, new: str, number: int) -> dict | None:
    """{runs, page}: the pairs of pages, and what has changed on this one of the new document ({} where nothing has);
    None until the two are compared."""
    row = db.conn.execute(
        "select json_extract(map, '$.runs'), json_extract(pages, ?) from matches"
        " where old = ? and new = ? and status = ?",
        (f'$."{number}"', old, new, DONE),
    ).fetchone()
    return row and {"runs": json.loads(row[0]), "page": json.loads(row[1] or "{}")}


def begin_match(db, old: str, new: str) -> None:
    """Somebody waits for it."""
    write_match(db, old, new, COMPARING, {}, {})


def write_match(db, old: str, new: str, status: str, found: dict, pages: dict) -> None:
    db.conn.execute(
        "insert or replace into matches (old, new, status, map, pages, at) values (?, ?, ?, ?, ?, ?)",
        (old, new, status, json.dumps(found), json.dumps(pages, ensure_ascii=False), clock.now()),
    )


def compared_with(db, meeting: str, paper: str, document: str) -> dict | None:
    """{compared, map} of a document that was compared with what the paper is now."""
    row = db.conn.execute(
        "select matches.old, matches.map from matches join papers on papers.document = matches.old"
        " where papers.id = ? and papers.meeting = ? and matches.new = ? and matches.status = 'done'",
        (paper, meeting, document),
    ).fetchone()
    if row is None:
        return None
    runs = json.loads(row["map"])["runs"]
    return {"compared": row["old"], "map": tuple((int(a), int(b), int(n), str(kind)) for a, b, n, kind in runs)}


def replaced_by(db, document: str) -> str:
    """The version before this one, of which it is a new one; "" if it is none."""
    row = db.conn.execute(
        "select document from paper_versions where paper ="
        " coalesce((select id from papers where document = :id),"
        " (select paper from paper_versions where document = :id))"
        " and n < coalesce((select n from paper_versions where document = :id), 1000000) order by n desc limit 1",
        {"id": document},
    ).fetchone()
    return row[0] if row else ""


def count_markers(db, document: str, pages: list[int]) -> int:
    """How many people have marked something on these pages. Who they are is nobody's business."""
    sql = (
        "select count(distinct person) from marks where document = ? and dropped = 0"
        " and page in (select value from json_each(?))"
    )
    return db.conn.execute(sql, (document, json.dumps(pages))).fetchone()[0]
