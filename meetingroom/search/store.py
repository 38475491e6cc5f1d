"""The search index in SQL: what is to be read into it, and the questions put to it. Callers bring the transaction."""

import json
from typing import NamedTuple

from sqlite_utils import Database

from meetingroom.database import fetch_all, fetch_one
from meetingroom.meeting import names
from meetingroom.projections.search import DOUBTFUL, PLAIN, Row, keep_row
from meetingroom.search.grammar import Matches

INDEX, INDEX_LOG = "index", "index_log"
BATCH = 50  # rows a transaction
MOST = 400  # the newest so many hits that the reader may see are ranked
FEW = 5000  # rows that somebody may see, and that are written down for one question
RARE = 100  # hits that are weighed one by one
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
WANTED = "(:kind = '' or s.kind = :kind) and (:document = '' or s.document = :document)"
# How often a row has what is looked for, one more counting less and less, as bm25 has it.
TIMES = " + ".join(
    f"{weight} * (length(highlight(search_folded, {n}, '\x02', '')) - length(f.{column}))"
    for n, (column, weight) in enumerate((("title", 3.0), ("body", 1.0)))
)


class Hit(NamedTuple):
    """A row that was found: `exact` with its accents, `begun` by a longer word; the lower `score`, the better."""

    id: int
    kind: str
    meeting: str
    document: str
    page: int
    item: str
    exact: bool
    score: float
    begun: bool = False
    apart: bool = False  # what is looked for as one stands there in several places


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


def find(db: Database, matches: Matches, scopes: list[str], kind: str = "", document: str = "") -> list[Hit]:
    """The newest hits within `scopes`, at most MOST of each index, unordered. Rights come first, and in a shape that
    the planner cannot turn round: it would read every row of the reader's papers before the index."""
    found = Found(db, scopes, kind, document)
    if matches.rare:
        hits = found.rare(matches)
        if hits is not None:
            return found.with_begun(hits, matches)
    hits = {hit.id: hit._replace(exact=True) for hit in found.newest("search_exact", matches.exact)}
    if len(hits) < MOST:
        # An exact hit among the newest of these is one of the newest exact ones: it is known already.
        for hit in found.newest("search_folded", matches.folded):
            hits.setdefault(hit.id, hit)
    return found.with_begun(hits, matches)


def documents_of(db: Database, documents: list[str], person: str) -> list[str]:
    """Those of these that somebody has put in whose name has these words."""
    rows = db.conn.execute(
        "select documents.id, users.name from documents join users on users.id = documents.by"
        " where documents.id in (select value from json_each(?))",
        (json.dumps(documents),),
    ).fetchall()
    meant = {name for name in {row[1] for row in rows} if names.matches(person, name)}
    return [row[0] for row in rows if row[1] in meant]


def first_pages(db: Database, documents: list[str]) -> list[Hit]:
    """Of each the first page, the newest first."""
    rows = db.conn.execute(
        "select id, kind, meeting, document, page, item from search_rows where document in"
        " (select value from json_each(?)) and kind = 'page' and page = 1 order by id desc limit ?",
        (json.dumps(documents), MOST),
    )
    return [Hit(row[0], row[1], row[2], row[3], row[4], row[5], True, 0.0) for row in rows]


class Found:
    """What a reader finds: the rows they may see are written down first, one by one where these are few."""

    def __init__(self, db: Database, scopes: list[str], kind: str, document: str):
        self.db = db
        allowed = json.dumps(scopes)
        for table, key in (("may", "scope text primary key"), ("mine", "id integer primary key")):
            db.conn.execute(f"create temp table if not exists {table} ({key})")
            db.conn.execute(f"delete from temp.{table}")  # noqa: S608
        self.narrow = {"kind": kind, "document": document}
        db.conn.execute(
            "insert into temp.mine select id from search_rows s indexed by search_rows_scope where s.scope in"  # noqa: S608
            f" (select value from json_each(:scopes)) and {WANTED} limit {FEW + 1}",
            {"scopes": allowed, **self.narrow},
        )
        is_few = db.conn.execute("select count(*) from temp.mine").fetchone()[0] <= FEW
        if is_few:
            self.seen = "cross join temp.mine on mine.id = f.rowid where true"
        else:
            db.conn.execute("insert or ignore into temp.may select value from json_each(?)", (allowed,))
            # Rights are looked up in an index of their own: the rows, with all their words, are long.
            self.seen = (
                "cross join search_rows s indexed by search_rows_sight on s.id = f.rowid"
                f" cross join temp.may on may.scope = s.scope where {WANTED}"
            )

    def newest(self, table: str, match: str) -> list[Hit]:
        """S608: names of tables are ours, what was typed is an argument."""
        return self.hits(
            f"select f.rowid as id, bm25({table}, 3.0, 1.0) as score from {table} f {self.seen}"  # noqa: S608
            f" and {table} match :match order by f.rowid desc limit {MOST}",
            {"match": match, **self.narrow},
        )

    def rare(self, matches: Matches) -> dict[int, Hit] | None:
        """The same of what few places have, though the index is walked to its end for it: this is done once. What has
        the very accents is among what is found without; weighed are these few, and not against all there are, which is
        one more way to the end. None: there are many."""
        hits = self.hits(
            f"select id, -times / (times + 1.2) as score from (select f.rowid as id, {TIMES} as times"  # noqa: S608
            f" from search_folded f {self.seen} and search_folded match :match limit {RARE + 1})",
            {"match": matches.folded, **self.narrow},
        )
        if len(hits) > RARE:
            return None
        exactly = "select 1 from search_exact where search_exact match ? and rowid = ?"
        return {
            hit.id: hit._replace(exact=self.db.conn.execute(exactly, (matches.exact, hit.id)).fetchone() is not None)
            for hit in hits
        }

    def with_begun(self, hits: dict[int, Hit], matches: Matches) -> list[Hit]:
        """Filled up with those that have a longer word; whoever asked is forgotten."""
        if len(hits) < MOST and matches.begun != matches.folded:
            for hit in self.newest("search_folded", matches.begun):
                hits.setdefault(hit.id, hit._replace(begun=True))
        for table in ("may", "mine"):
            self.db.conn.execute(f"delete from temp.{table}")  # noqa: S608
        return list(hits.values())

    def hits(self, found: str, values: dict) -> list[Hit]:
        rows = self.db.conn.execute(
            f"with kept as materialized ({found}) select s.id, s.kind, s.meeting, s.document, s.page, s.item,"  # noqa: S608
            " kept.score * s.weight from kept cross join search_rows s on s.id = kept.id",
            values,
        )
        return [Hit(row[0], row[1], row[2], row[3], row[4], row[5], False, row[6]) for row in rows]


def find_snippets(db: Database, rows: list[int], matches: Matches) -> dict[int, list[list]]:
    """`{row: [[text, marked], …]}`: the place with most of the words. Whole words are looked up row by row. For the
    beginning of one all rows are in one question: the index gathers what it stands for anew in each, which costs more
    than to walk over what lies between them."""
    found: dict[int, list[list]] = {}
    for match, table in ((matches.exact, "search_exact"), (matches.folded, "search_folded")):
        for row in [row for row in rows if row not in found]:
            if said := db.conn.execute(f"{snippet_of(table)} and rowid = ?", (match, row)).fetchone():
                found[row] = pairs(said[1])
    wanted = [row for row in rows if row not in found]
    if wanted and matches.begun != matches.folded:
        among = "and rowid between ? and ? and +rowid in (select value from json_each(?))"
        place = (matches.begun, min(wanted), max(wanted), json.dumps(wanted))
        for row, text in db.conn.execute(f"{snippet_of('search_folded')} {among}", place):
            found[row] = pairs(text)
    return found


def snippet_of(table: str) -> str:
    return f"select rowid, snippet({table}, 1, '{BEGIN}', '{END}', '…', 28) from {table} where {table} match ?"  # noqa: S608


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
    """`{id, role, status, title, starts_at, unit, announced}` of every meeting that a person belongs to; `unit` is the
    one of who presides."""
    return fetch_all(
        db,
        "select meetings.id, members.role, meetings.status, meetings.title, meetings.starts_at,"
        " coalesce((select units.name from members as chairs join users on users.id = chairs.person"
        " join units on units.id = users.unit where chairs.meeting = meetings.id and chairs.role = 'chair'), '')"
        " as unit,"
        " meetings.status not in ('draft', 'cancelled') or meetings.status = 'cancelled' and exists (select 1 from"
        " events where events.meeting = meetings.id and events.name = 'MeetingPublished') as announced"
        " from members join meetings on meetings.id = members.meeting where members.person = ?",
        (person,),
    )
