"""The search index in SQL: what is to be read into it, and the questions put to it. Callers bring the transaction."""

import json
from typing import NamedTuple

from sqlite_utils import Database

from meetingroom.database import fetch_all, fetch_one
from meetingroom.projections.search import DOUBTFUL, PLAIN, Row, keep_row

INDEX, INDEX_LOG = "index", "index_log"
BATCH = 50  # rows a transaction
MOST = 400  # the newest so many hits that the reader may see are ranked
UNSURE = 60  # of 100: text that was recognised worse than this counts half
BEGIN, END = "\x02", "\x03"  # around what was found
CONTROL = dict.fromkeys(range(32), " ")

DUE_DOCUMENTS = (
    "select documents.id, documents.meeting from documents join text_state on text_state.document = documents.id"
    " left join search_state on subject = documents.id"
    " where documents.status = 'ready' and coalesce(search_state.t, -1) != text_state.t"
)
ATTACHED = (
    "select document, id, title from papers union all select v.document, v.paper, papers.title"
    " from paper_versions v join papers on papers.id = v.paper"
)
DUE_LOGS = (
    "select meetings.id from meetings left join search_state on subject = 'log/' || meetings.id"
    " where coalesce(search_state.t, -1) != meetings.approved_at"
)


class Hit(NamedTuple):
    """A row that was found: `exact` with its accents; the lower `score`, the better."""

    id: int
    kind: str
    meeting: str
    document: str
    page: int
    item: str
    exact: bool
    score: float


def list_due(db: Database, limit: int) -> tuple[list[str], list[str]]:
    """(documents, meetings) whose words the index has not, or not as they are now; the oldest first."""
    documents = db.conn.execute(f"{DUE_DOCUMENTS} order by documents.at limit ?", (limit,))
    logs = db.conn.execute(f"{DUE_LOGS} limit ?", (limit,))
    return [row[0] for row in documents], [row[0] for row in logs]


def progress(db: Database) -> tuple[int, int, int]:
    """(documents, how many of them are still to be read, rows of the index)."""
    one = "select (select count(*) from documents where status = 'ready'), (select count(*) from ({due}))"
    row = db.conn.execute(f"{one.format(due=DUE_DOCUMENTS)}, (select count(*) from search_rows)").fetchone()  # noqa: S608
    return row[0], row[1], row[2]


def find_text(db: Database, document: str) -> dict | None:
    """`{meeting, t, title}` of a document that is ready."""
    return fetch_one(
        db,
        "select documents.meeting, text_state.t,"
        " coalesce((select title from papers where papers.document = documents.id), documents.title) as title"
        " from documents join text_state on text_state.document = documents.id"
        " where documents.id = ? and documents.status = 'ready'",
        (document,),
    )


def list_pages(db: Database, document: str, after: int) -> list[tuple[int, str, float]]:
    """(number, words, what it counts for) of the next pages; hardly recognised ones count half."""
    rows = db.conn.execute(
        "select n, text, coalesce(recognised_pages.conf, 100) from pages join documents on documents.id = document"
        " left join recognised_pages on recognised_pages.sha = documents.sha and recognised_pages.page = n"
        " where document = ? and n > ? order by n limit ?",
        (document, after, BATCH),
    )
    return [(row[0], row[1], DOUBTFUL if row[2] < UNSURE else PLAIN) for row in rows]


def keep_pages(db: Database, document: str, about: dict, pages: list[tuple[int, str, float]]) -> None:
    for n, text, weight in pages:
        title = about["title"] if n == 1 else ""
        row = Row(f"page/{document}/{n}", "d", "page", document, n, "", weight, title, clean(text))
        keep_row(db, about["meeting"], row)


def clean(text: str) -> str:
    """Without control characters: two of them stand around what is found."""
    return text.translate(CONTROL)


def mark_read(db: Database, subject: str, meeting: str, t: int) -> None:
    db.conn.execute("insert or replace into search_state (subject, meeting, t) values (?, ?, ?)", (subject, meeting, t))


def write_log(db: Database, meeting: str, rows: list[Row]) -> None:
    """What the log of a meeting is found by, and nothing else of it."""
    kept = {row.ref for row in rows}
    had = db.conn.execute(
        "select ref from search_rows where meeting = ? and kind in ('agenda', 'conclusion', 'ballot', 'minutes')",
        (meeting,),
    ).fetchall()
    for (ref,) in had:
        if ref not in kept:
            db.conn.execute("delete from search_rows where ref = ?", (ref,))
    for row in rows:
        keep_row(db, meeting, row._replace(body=clean(row.body)))


def approved_at(db: Database, meeting: str) -> int | None:
    row = fetch_one(db, "select approved_at from meetings where id = ?", (meeting,))
    return row["approved_at"] if row else None


def clear(db: Database) -> None:
    """The whole index, but for people's notes, which are written with them."""
    db.conn.execute("delete from search_rows where kind != 'note'")
    db.conn.execute("delete from search_state")


def tidy(db: Database) -> None:
    """Both indexes in one piece each: faster, and nothing is left of what was deleted."""
    for table in ("search_folded", "search_exact"):
        db.conn.execute(f"insert into {table} ({table}) values ('optimize')")  # noqa: S608


def find(db: Database, exact: str, folded: str, scopes: list[str], kind: str = "", document: str = "") -> list[Hit]:
    """The newest hits within `scopes`, at most MOST of each index, unordered. Rights come first, and in a shape that
    the planner cannot turn round: it would read every row of the reader's papers before the index."""
    db.conn.execute("create temp table if not exists may (scope text primary key) without rowid")
    db.conn.execute("delete from temp.may")
    db.conn.execute("insert or ignore into temp.may select value from json_each(?)", (json.dumps(scopes),))
    found = newest(db, "search_exact", exact, kind, document)
    hits = {row[0]: hit_of(row, exact=True) for row in found}
    if len(hits) < MOST and folded != exact:
        # An exact hit among the newest of these is one of the newest exact ones: it is known already.
        for row in newest(db, "search_folded", folded, kind, document):
            hits.setdefault(row[0], hit_of(row, exact=False))
    db.conn.execute("delete from temp.may")
    return list(hits.values())


def hit_of(row, *, exact: bool) -> Hit:
    return Hit(row[0], row[1], row[2], row[3], row[4], row[5], exact, row[6])


def newest(db: Database, table: str, match: str, kind: str, document: str):
    # S608: names of tables are ours, what was typed is an argument.
    return db.conn.execute(
        f"select f.rowid, s.kind, s.meeting, s.document, s.page, s.item, bm25({table}, 3.0, 1.0) * s.weight"  # noqa: S608
        f" from {table} f cross join search_rows s on s.id = f.rowid cross join temp.may on may.scope = s.scope"
        f" where {table} match :match and (:kind = '' or s.kind = :kind)"
        f" and (:document = '' or s.document = :document) order by f.rowid desc limit {MOST}",
        {"match": match, "kind": kind, "document": document},
    ).fetchall()


def find_snippet(db: Database, row: int, exact: str, folded: str) -> list[list]:
    """`[[text, marked], …]` of one row: the place with most of the words."""
    for table, match in (("search_exact", exact), ("search_folded", folded)):
        found = db.conn.execute(
            f"select snippet({table}, 1, '{BEGIN}', '{END}', '…', 28) from {table}"  # noqa: S608
            f" where {table} match ? and rowid = ?",
            (match, row),
        ).fetchone()
        if found:
            return pairs(found[0])
    return []


def pairs(text: str) -> list[list]:
    """`a\\x02b\\x03c` as `[["a", False], ["b", True], ["c", False]]`."""
    said: list[list] = []
    for n, part in enumerate(text.split(BEGIN)):
        marked, _end, rest = part.partition(END) if n else ("", "", part)
        said += [[each, is_marked] for each, is_marked in ((marked, True), (rest, False)) if each]
    return said


def titles_of(db: Database, hits: list[Hit]) -> dict[str, dict[str, str]]:
    """What the things are called that hits belong to: {meetings, papers, items, documents}."""
    meetings = json.dumps(sorted({hit.meeting for hit in hits}))
    documents = json.dumps(sorted({hit.document for hit in hits if hit.document}))
    among = "in (select value from json_each(?))"
    return {
        "meetings": pairs_of(db, f"select id, title from meetings where id {among}", meetings),  # noqa: S608
        "days": pairs_of(db, f"select id, starts_at from meetings where id {among}", meetings),  # noqa: S608
        "kinds": pairs_of(db, f"select id, kind from meetings where id {among}", meetings),  # noqa: S608
        "papers": pairs_of(db, f"select document, id from ({ATTACHED}) where document {among}", documents),  # noqa: S608
        "versions": pairs_of(db, f"select document, n from paper_versions where document {among}", documents),  # noqa: S608
        "titles": pairs_of(db, f"select document, title from ({ATTACHED}) where document {among}", documents),  # noqa: S608
        "uploads": pairs_of(db, f"select id, title from documents where id {among}", documents),  # noqa: S608
        "items": {
            f"{row['meeting']}/{row['item']}": row["body"]
            for row in fetch_all(
                db,
                f"select meeting, item, body from search_rows where kind = 'agenda' and meeting {among}",  # noqa: S608
                (meetings,),
            )
        },
    }


def conf_of(db: Database, hits: list[Hit]) -> dict[tuple[str, int], int]:
    """{(document, page): how surely} of the hits on pages whose words were recognised."""
    wanted = json.dumps([[hit.document, hit.page] for hit in hits if hit.kind == "page"])
    rows = db.conn.execute(
        "select documents.id, recognised_pages.page, recognised_pages.conf from json_each(?) hit"
        " join documents on documents.id = json_extract(hit.value, '$[0]') join recognised_pages"
        " on recognised_pages.sha = documents.sha and recognised_pages.page = json_extract(hit.value, '$[1]')"
        " where recognised_pages.conf < 100",
        (wanted,),
    )
    return {(row[0], row[1]): row[2] for row in rows}


def count_wordless(db: Database, scopes: list[str], document: str = "") -> int:
    """How many pages within `scopes` have no words yet: they wait to be recognised, or cannot be."""
    mine = json.dumps([each[2:] for each in scopes if each.startswith("d:") and document in ("", each[2:])])
    row = db.conn.execute(
        "select sum(max(0, of - (select count(*) from recognised_pages p where p.sha = recognitions.sha)))"
        " from json_each(?) mine join documents on documents.id = mine.value join recognitions using (sha)"
        " where documents.status = 'ready'",
        (mine,),
    ).fetchone()
    return row[0] or 0


def pairs_of(db: Database, sql: str, values: str) -> dict:
    return {row[0]: row[1] for row in db.conn.execute(sql, (values,))}


def meetings_of(db: Database, person: str) -> list[dict]:
    """`{id, role, status, title, starts_at, announced}` of every meeting that a person belongs to."""
    return fetch_all(
        db,
        "select meetings.id, members.role, meetings.status, meetings.title, meetings.starts_at,"
        " meetings.status not in ('draft', 'cancelled') or meetings.status = 'cancelled' and exists (select 1 from"
        " events where events.meeting = meetings.id and events.name = 'MeetingPublished') as announced"
        " from members join meetings on meetings.id = members.meeting where members.person = ?",
        (person,),
    )
