"""Documents and their pages in SQLite. Callers bring the transaction; write transactions hold at most 50 pages."""

import json
from collections.abc import Sequence

from meetingroom import clock

BATCH = 50
# A page with fewer than eight words: as many spaces as stand between seven.
FEW = "length(trim(text)) - length(replace(trim(text), ' ', '')) < 7"
# What the worker does for documents; RECOGNISE: the words of scanned pages (`recognition/`).
INGEST, SHARPEN, TIDY, REPAIR, OUTLINE = "ingest", "sharpen", "tidy", "repair", "outline"
SHARPEN_PAGE = "sharpen_page"  # one page to zoom into, of what is not sharpened as a whole: "<document>/<page>"
RECOGNISE = "recognise"


def add_document(
    db,
    *,
    meeting: str,
    item: str,
    sha: str,
    filename: str,
    title: str,
    ending: str,
    size: int,
    by: str,
    id: str = "",
    home: str = "",
    at: int = 0,
) -> str:
    """A new upload, waiting for the worker; `at`: when it began (ms). Returns its id."""
    document = id or clock.new_id()
    db["documents"].insert(
        {
            "id": document,
            "meeting": meeting,
            "item": item,
            "sha": sha,
            "filename": filename,
            "title": title,
            "type": ending,
            "bytes": size,
            "status": "processing",
            "stage": "queued",
            "progress": 0.0,
            "pages": 0,
            "shape": "[]",
            "error": "",
            "detail": "{}",
            "by": by,
            "at": at or clock.now(),
            "home": home,
        }
    )
    return document


def find_document(db, id: str) -> dict | None:
    """A document as its row, `shape`, `detail` and `warnings` read, and `attached`: the paper it is, if any."""
    row = db.conn.execute(
        "select documents.*, (select papers.id from papers where papers.document = documents.id) as attached,"
        " (select paper from paper_versions where paper_versions.document = documents.id) as version_of,"
        " coalesce((select t from text_state where text_state.document = documents.id), 1) as t,"
        " (select of from recognitions where recognitions.sha = documents.sha) as of"
        " from documents where id = ?",
        (id,),
    ).fetchone()
    return row and decode_row(row)


def decode_row(row) -> dict:
    read = {"shape": row["shape"] or "[]", "detail": row["detail"] or "{}", "warnings": row["warnings"] or "[]"}
    found = {**dict(row), **{key: json.loads(value) for key, value in read.items()}}
    # An earlier version of a paper is as final as the newest.
    return {**found, "attached": found.get("attached") or found.get("version_of")}


def list_documents(db, meeting: str) -> list[dict]:
    """Every upload of a meeting, the oldest first, as `document` tells it, with `ready_pages` and `failed_pages`."""
    rows = db.conn.execute(
        """
        select documents.*, papers.id as attached, paper_versions.paper as version_of,
            coalesce((select t from text_state where text_state.document = documents.id), 1) as t,
            (select of from recognitions where recognitions.sha = documents.sha) as of,
            (select count(*) from pages where pages.document = documents.id) as ready_pages
        from documents left join papers on papers.document = documents.id
            left join paper_versions on paper_versions.document = documents.id
        where documents.meeting = ? order by documents.at, documents.id
        """,
        (meeting,),
    )
    return [{**decode_row(row), "failed_pages": list_failed_pages(db, row["id"])} for row in rows.fetchall()]


def list_titles(db, meeting: str, item: str) -> list[tuple[str, str]]:
    """[(document, title)] of the papers of an item, and of what is becoming one."""
    rows = db.conn.execute(
        "select document, title from papers where meeting = :m and item = :i union all"
        " select id, title from documents where meeting = :m and item = :i and status = 'processing'",
        {"m": meeting, "i": item},
    )
    return [(row[0], row[1] or "") for row in rows]


def mark_ready(db, meeting: str, id: str) -> dict | None:
    """{title, pages, shape, readers, t, held, held_page, item, at} of a document of this meeting whose pages
    are all there.

    With warnings it is for the staff alone, until one of them lets the others read it.
    """
    row = db.conn.execute(
        "select title, pages, shape, warnings, item, at,"
        " coalesce((select t from text_state where text_state.document = documents.id), 1) as t"
        " from documents where id = ? and meeting = ? and status = 'ready'",
        (id, meeting),
    ).fetchone()
    if row is None:
        return None
    shape = tuple((int(first), width, height) for first, width, height in json.loads(row["shape"]))
    readers = "staff" if json.loads(row["warnings"] or "[]") else "members"
    stamps = [each for each in json.loads(row["warnings"] or "[]") if each["code"] == "secret_stamp"]
    about = {key: row[key] for key in ("title", "pages", "t", "item", "at")} | {"shape": shape, "readers": readers}
    return about | {"held": str(stamps[0]["detail"]) if stamps else "", "held_page": stamps[0]["page"] if stamps else 1}


def write_progress(db, id: str, *, stage: str, part: float | None = None) -> None:
    """`part` of the whole way, 0..1; it never goes back, a resumed job shows what was already done."""
    db.conn.execute(
        "update documents set stage = ?, progress = max(progress, ?) where id = ? and status = 'processing'",
        (stage, part or 0.0, id),
    )


def write_shape(db, id: str, pages: int, shape: list[list[float]], detail: dict) -> None:
    db.conn.execute(
        "update documents set pages = ?, shape = ?, detail = ?, stage = 'rendering' where id = ?",
        (pages, json.dumps(shape), json.dumps(detail), id),
    )


def keep_pages(db, id: str, pages: list[dict]) -> None:
    """Pages that are stored now: {page, width, height, words, error?}."""
    rows = [
        (
            id,
            page["page"],
            page["width"],
            page["height"],
            "failed" if page.get("error") else "ready",
            page.get("error", ""),
            " ".join(each for word in page["words"] for each in list_spellings(word)),
        )
        for page in pages
    ]
    db.conn.executemany(
        "insert or replace into pages (document, n, width, height, status, error, text) values (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def list_spellings(word: dict) -> list[str]:
    """A word broken at the end of a line is found with and without the hyphen."""
    return [word["text"], word["printed"]] if "printed" in word else [word["text"]]


def mark_finished(db, id: str, warnings: list[dict]) -> None:
    """`warnings` as `warnings.noted` makes them."""
    db.conn.execute(
        "update documents set status = 'ready', stage = '', progress = 1, error = '', warnings = ? where id = ?",
        (json.dumps(warnings, ensure_ascii=False), id),
    )
    db.conn.execute(
        "insert or ignore into text_state (document, t, source, done, of, conf)"
        " select id, 1, 'pdf', pages, pages, 100 from documents where id = ?",
        (id,),
    )


def renew_text(db, sha: str, *, source: str, done: int, of: int, conf: int) -> list[str]:
    """The words of a file have changed: the text of every document that it is gets a new revision. Returns these."""
    found = [row[0] for row in db.conn.execute("select id from documents where sha = ?", (sha,))]
    db.conn.executemany(
        "insert into text_state (document, t, source, done, of, conf) values (?, 2, ?, ?, ?, ?) on conflict do update"
        " set t = t + 1, source = excluded.source, done = excluded.done, of = excluded.of, conf = excluded.conf",
        [(document, source, done, of, conf) for document in found],
    )
    return found


def count_wordless(db, document: str) -> None:
    """How many pages of a document that is ready wait for their words: known before the first is looked at."""
    db.conn.execute(
        f"insert or ignore into recognitions (sha, of) select documents.sha, count(*) from documents join pages on"  # noqa: S608 (a constant)
        f" document = documents.id where documents.id = ? and pages.status = 'ready' and {FEW} group by documents.sha",
        (document,),
    )


def list_recognised(db, sha: str) -> dict[int, int]:
    """{page: how surely (0 to 99)} of the pages of a file whose words were recognised; 100: there were none to
    recognise."""
    rows = db.conn.execute("select page, conf from recognised_pages where sha = ? order by page", (sha,))
    return dict(map(tuple, rows))


def mark_failed(db, id: str, code: str, details: dict) -> None:
    db.conn.execute(
        "update documents set status = 'failed', error = ?, detail = ? where id = ?", (code, json.dumps(details), id)
    )


def mark_again(db, id: str) -> None:
    """A failed document, or one with failed pages, goes back to the beginning; the pages that are good stay."""
    db.conn.execute("delete from pages where document = ? and status = 'failed'", (id,))
    db.conn.execute(
        "update documents set status = 'processing', stage = 'queued', progress = 0, error = '', detail = '{}',"
        " warnings = '[]' where id = ?",
        (id,),
    )


def write_warnings(db, id: str, **details) -> None:
    """Add to what is said about a document."""
    row = db.conn.execute("select detail from documents where id = ?", (id,)).fetchone()
    known = json.loads(row["detail"] or "{}")
    db.conn.execute("update documents set detail = ? where id = ?", (json.dumps({**known, **details}), id))


def find_page(db, id: str, number: int) -> dict | None:
    row = db.conn.execute("select * from pages where document = ? and n = ?", (id, number)).fetchone()
    return row and dict(row)


def kept_pages(db, id: str) -> set[int]:
    """The numbers of the pages that are stored, drawn or with a placeholder."""
    return {row[0] for row in db.conn.execute("select n from pages where document = ?", (id,))}


def list_failed_pages(db, id: str) -> list[int]:
    rows = db.conn.execute("select n from pages where document = ? and status = 'failed' order by n", (id,))
    return [row[0] for row in rows]


def count_pages(db, id: str) -> dict:
    """{ready_pages, failed_pages}: how many can be looked at (a placeholder as well), and which could not be drawn."""
    return {"ready_pages": len(kept_pages(db, id)), "failed_pages": list_failed_pages(db, id)}


def document_exists(db, id: str) -> bool:
    return db.conn.execute("select 1 from documents where id = ?", (id,)).fetchone() is not None


def find_newest(db, id: str) -> dict | None:
    """{paper, document, version, n} of an earlier version of a paper: what stands in its place now, and which number
    that and this one have."""
    row = db.conn.execute(
        "select v.paper, papers.document, v.n, 1 + (select count(*) from paper_versions as all_of"
        " where all_of.paper = v.paper) as version"
        " from paper_versions as v join papers on papers.id = v.paper where v.document = ?",
        (id,),
    ).fetchone()
    return row and dict(row)


def readers_of(db, id: str) -> list[dict]:
    """The papers a document is, or was an earlier version of: [{id, meeting, readers, download, limited}]; empty while
    it is not attached."""
    rows = db.conn.execute(
        "select id, meeting, readers, download, limited from papers where document = :id union all"
        " select papers.id, papers.meeting, readers, download, limited from paper_versions"
        " join papers on papers.id = paper_versions.paper where paper_versions.document = :id",
        {"id": id},
    )
    return [dict(row) for row in rows]


def list_ids(db, meetings: list[str]) -> list[str]:
    """Every document of these meetings, attached or not."""
    wanted = "select id from documents where meeting in (select value from json_each(?))"
    return [row[0] for row in db.conn.execute(wanted, (json.dumps(meetings),))]


def list_papers(db, meetings: list[str]) -> list[dict]:
    """The rows of the papers of these meetings; one more for each earlier version, with its document."""
    among, values = "meeting in (select value from json_each(?))", (json.dumps(meetings),)
    rows = [dict(row) for row in db.conn.execute(f"select * from papers where {among}", values)]  # noqa: S608
    papers = {row["id"]: row for row in rows}
    before = db.conn.execute(f"select document, paper from paper_versions where {among}", values)  # noqa: S608
    return [*rows, *({**papers[row[1]], "document": row[0]} for row in before if row[1] in papers)]


def list_versions(db, meeting: str, papers: Sequence[str]) -> list[str]:
    """The documents that these papers of a meeting are and were."""
    wanted = (
        "select document from papers where meeting = :m and id in (select value from json_each(:p)) union"
        " select document from paper_versions where meeting = :m and paper in (select value from json_each(:p))"
    )
    return [row[0] for row in db.conn.execute(wanted, {"m": meeting, "p": json.dumps(list(papers))})]


def remove_document(db, id: str) -> None:
    db.conn.execute("delete from pages where document = ?", (id,))
    db.conn.execute("delete from text_state where document = ?", (id,))
    db.conn.execute("delete from matches where old = :id or new = :id", {"id": id})
    db.conn.execute("delete from documents where id = ?", (id,))


def count_uses(db, sha: str) -> int:
    """How many documents are this file; what the program made itself, evidence of tasks, recordings of a case, what
    waits to become a part of one, and packages that may be taken out, are among them."""
    uses = (
        "select (select count(*) from documents where sha = :sha) + (select count(*) from made_files where sha = :sha)"
        " + (select count(*) from task_steps where json_extract(data, '$.file.sha') = :sha)"
        " + (select count(*) from case_uploads where sha = :sha)"
        " + (select count(*) from case_media where sha = :sha)"
        " + (select count(*) from case_packages where sha = :sha and of != '' and state in ('ready', 'out'))"
    )
    return db.conn.execute(uses, {"sha": sha}).fetchone()[0]
