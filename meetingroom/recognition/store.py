"""Which pages are recognised, and how surely, in SQLite. Callers bring the transaction."""

from meetingroom import clock
from meetingroom.documents.store import FEW


def list_wordless(db, document: str) -> list[int]:
    """The pages of a document that were drawn and have few words of their own, or had."""
    rows = db.conn.execute(
        f"select n from pages where document = ? and status = 'ready' and {FEW} union"  # noqa: S608 (a constant)
        " select page from recognised_pages join documents using (sha) where documents.id = ? order by 1",
        (document, document),
    )
    return [row[0] for row in rows]


def list_unfinished(db, *, uncounted: bool = False) -> list[str]:
    """Documents that are ready, and have wordless pages that nobody has looked at yet, or (`uncounted`) not even
    counted."""
    few = f"(select count(*) from pages where document = documents.id and pages.status = 'ready' and {FEW})"  # noqa: S608
    rows = db.conn.execute(
        "select documents.id from documents left join recognitions using (sha) where status = 'ready' and"  # noqa: S608
        f" (select count(*) from recognised_pages where recognised_pages.sha = documents.sha) < coalesce(of, {few})"
        + (" and of is null" if uncounted else "")
    )
    return [row[0] for row in rows]


def begin(db, sha: str, of: int, kept: set[int]) -> None:
    """So many pages are to be recognised; of what was, only `kept` still stands."""
    db.conn.execute("insert or replace into recognitions (sha, of) values (?, ?)", (sha, of))
    known = {row[0] for row in db.conn.execute("select page from recognised_pages where sha = ?", (sha,))}
    lost = [(sha, page) for page in known - kept]
    db.conn.executemany("delete from recognised_pages where sha = ? and page = ?", lost)


def keep_page(db, sha: str, page: int, conf: int, stamp: str, text: str) -> None:
    """A page that is recognised; every document that is this file is found by its words."""
    row = {"sha": sha, "page": page, "conf": conf, "stamp": stamp, "announced": 0, "at": clock.now()}
    db["recognised_pages"].insert(row, replace=True)
    db.conn.execute(
        "update pages set text = ? where n = ? and document in (select id from documents where sha = ?)",
        (text, page, sha),
    )


def has_news(db, sha: str) -> bool:
    sql = "select 1 from recognised_pages where sha = ? and not announced"
    return db.conn.execute(sql, (sha,)).fetchone() is not None


def mark_announced(db, sha: str) -> None:
    db.conn.execute("update recognised_pages set announced = 1 where sha = ?", (sha,))


def list_stamps(db, sha: str) -> list[tuple[int, str]]:
    """[(page, the stamp on it)]"""
    rows = db.conn.execute(
        "select page, stamp from recognised_pages where sha = ? and stamp != '' order by page", (sha,)
    )
    return [(row["page"], row["stamp"]) for row in rows]


def list_papers(db, sha: str) -> list[dict]:
    """The documents that a file is: [{id, meeting, paper, t, warnings}]; `paper` is None while it is no paper."""
    rows = db.conn.execute(
        "select documents.id, documents.meeting, papers.id as paper, documents.warnings, text_state.t from documents"
        " left join papers on papers.document = documents.id left join text_state on text_state.document = documents.id"
        " where documents.sha = ?",
        (sha,),
    )
    return [dict(row) for row in rows]


def count_wanted(db, sha: str) -> int:
    """How many pages of a file are to be recognised."""
    row = db.conn.execute("select of from recognitions where sha = ?", (sha,)).fetchone()
    return row[0] if row else 0


def write_warnings(db, document: str, warnings: str) -> None:
    db.conn.execute("update documents set warnings = ? where id = ?", (warnings, document))
