"""Numberings of a case in SQLite: their runs, the labels these give, and which page a citation means.

Callers bring the transaction. A version that was replaced stays readable: what was cited then still finds its page.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from meetingroom import clock
from meetingroom.cases import numbering
from meetingroom.cases.citation import Citation, Sheet, Span
from meetingroom.cases.numbering import Label, Run
from meetingroom.database import fetch_all, fetch_one

MOST_PAGES = 500  # of one citation that are named; `count` says how many there are
NEAREST = 2  # labels that are offered on each side of one that is not there
NOW = 1 << 62
Seen = Mapping[str, Collection[int] | None]  # pages of documents by their ids, None for all of one
EMPTY = -1  # instead of the number read in a corner: nothing stands there


@dataclass(frozen=True)
class Resolution:
    """one: its `pages` are what is cited · several: it may be each of them, somebody has to choose · none: there is no
    such label, `nearest` are those beside it. `missing` are the parts of a citation that are not there."""

    result: str
    pages: list[dict] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    nearest: list[dict] = field(default_factory=list)
    count: int = 0
    against: int = 0  # so many of the last pages stand on the other side of ↔
    guessed: list[str] = field(default_factory=list)  # "201–206" where "201-6" was read so
    reversed: list[str] = field(default_factory=list)  # "15–17" that is offered for "17-15"
    items: list[dict] = field(default_factory=list)  # [{label, result, pages, against}] of each label and range


def list_numberings(db, case: str) -> list[dict]:
    """Every version of every numbering: {id, name, version, is_default, since, replaced_at, by, reason}."""
    return fetch_all(
        db,
        "select id, name, version, is_default, since, replaced_at, by, reason from numberings"
        ' where "case" = ? order by is_default desc, name, version desc',
        (case,),
    )


def find_numbering(db, case: str, id: str) -> dict | None:
    return fetch_one(db, 'select * from numberings where "case" = ? and id = ?', (case, id))


def find_current(db, case: str, name: str = "") -> dict | None:
    """The version that counts now of the numbering with this name; of the default without one."""
    return fetch_one(
        db,
        "select * from numberings where \"case\" = ? and replaced_at = 0 and (name = ? or (? = '' and is_default = 1))",
        (case, name, name),
    )


def add_numbering(db, case: str, name: str, by: str, *, id: str = "", reason: str = "", default: bool = False) -> str:
    """A numbering, or the next version of one of this name; the first of a case is its default. Returns its id."""
    before = find_current(db, case, name)
    first = fetch_one(db, 'select 1 from numberings where "case" = ? limit 1', (case,)) is None
    at, id = clock.now(), id or clock.new_id()
    if before:
        db["numberings"].update(before["id"], {"replaced_at": at, "is_default": 0})
    is_default = first or default or bool(before and before["is_default"])
    if is_default:
        db.conn.execute('update numberings set is_default = 0 where "case" = ?', (case,))
    db["numberings"].insert(
        {"id": id, "case": case, "name": name, "version": before["version"] + 1 if before else 1,
         "is_default": int(is_default), "since": at, "by": by, "reason": reason}
    )  # fmt: skip
    return id


def make_default(db, case: str, id: str) -> None:
    db.conn.execute('update numberings set is_default = (id = ?) where "case" = ?', (id, case))


def read_runs(db, numbering_id: str) -> list[Run]:
    rows = fetch_all(
        db,
        "select document, first, last, start, rule, suffix, side from runs where numbering = ? order by position",
        (numbering_id,),
    )
    return [Run(**row) for row in rows]


def write_runs(db, numbering_id: str, runs: Sequence[Run]) -> None:
    """The runs of a numbering, and the label of each page by them."""
    db.conn.execute("delete from runs where numbering = ?", (numbering_id,))
    db.conn.execute("delete from labels where numbering = ?", (numbering_id,))
    db["runs"].insert_all({"numbering": numbering_id, "position": n, **vars(run)} for n, run in enumerate(runs))
    db.conn.executemany(
        "insert into labels (numbering, document, page, number, suffix, side, sort, run)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        [(numbering_id, each.document, each.page, each.number, each.suffix, each.side, each.sort, each.run)
         for each in numbering.expand(runs)],
    )  # fmt: skip


def drop_document(db, document: str) -> None:
    """A document left its case: its pages have no labels any more, in no version."""
    db.conn.execute("delete from runs where document = ?", (document,))
    db.conn.execute("delete from labels where document = ?", (document,))


def read_labels(db, numbering_id: str) -> dict[tuple[str, int], Label]:
    rows = fetch_all(
        db, "select document, page, number, suffix, side, run from labels where numbering = ?", (numbering_id,)
    )
    return {(row["document"], row["page"]): Label(**row) for row in rows}


def count_labels(db, case: str) -> int:
    """Of all numberings that count now."""
    row = fetch_one(
        db,
        "select count(*) as n from labels join numberings on numberings.id = labels.numbering"
        ' where "case" = ? and replaced_at = 0',
        (case,),
    )
    return row["n"] if row else 0


def count_numbers(db, case: str) -> int:
    """How many numbers (bút lục) the default numbering gives: front and back of a sheet have one between them."""
    row = fetch_one(
        db,
        "select count(*) as n from (select distinct number, suffix from labels"
        " join numberings on numberings.id = labels.numbering"
        ' where "case" = ? and replaced_at = 0 and is_default = 1)',
        (case,),
    )
    return row["n"] if row else 0


LABEL = (
    "select labels.page, labels.number, labels.suffix, labels.side, numberings.name, numberings.is_default,"
    " numberings.replaced_at, numberings.since, coalesce(case_volumes.no, 0) as volume from labels"
    " join numberings on numberings.id = labels.numbering"
    " left join case_documents on case_documents.document = labels.document"
    " left join case_volumes on case_volumes.id = case_documents.volume"
    " where labels.document = ? and labels.page = ? "
)


def label_of(db, document: str, page: int) -> tuple[str, int]:
    """(label, number of the volume) of a page as it is called now; ("", volume) where it has no number."""
    row = fetch_one(db, f"{LABEL} and replaced_at = 0 order by is_default desc, name limit 1", (document, page))
    if row:
        return str(Sheet(row["number"], row["suffix"], row["side"])), row["volume"]
    lying = fetch_one(
        db,
        "select coalesce(no, 0) as no from case_documents left join case_volumes on case_volumes.id = volume"
        " where document = ?",
        (document,),
    )
    return "", lying["no"] if lying else 0


def labels_of_pages(db, document: str) -> dict[int, str]:
    """What the pages of a document are called now, as label_of says of one; without those that have no number."""
    wanted = LABEL.replace(" and labels.page = ?", "") + "and replaced_at = 0 order by is_default desc, name"
    found: dict[int, str] = {}
    for row in fetch_all(db, wanted, (document,)):
        found.setdefault(row["page"], str(Sheet(row["number"], row["suffix"], row["side"])))
    return found


def labels_of_page(db, document: str, page: int) -> dict:
    """All that a page is and was called: {label, volume, others: [{numbering, label}], before: [{label, until}]}."""
    label, volume = label_of(db, document, page)
    rows = fetch_all(db, f"{LABEL} order by is_default desc, name, version desc", (document, page))
    named = [(row, str(Sheet(row["number"], row["suffix"], row["side"]))) for row in rows]
    others = [{"numbering": row["name"], "label": said} for row, said in named if not row["replaced_at"]][1:]
    before = [
        {"label": said, "until": row["replaced_at"]} for row, said in named if row["replaced_at"] and said != label
    ]
    return {"label": label, "volume": volume, "others": others, "before": before}


PAGES = (
    "select labels.document, labels.page, labels.number, labels.suffix, labels.side, labels.sort, labels.run,"
    " labels.numbering, coalesce(case_volumes.checked_at, 0) > 0 as checked,"
    " case_documents.title, coalesce(case_volumes.no, 0) as volume, case_documents.place from labels"
    " join case_documents on case_documents.document = labels.document"
    " left join case_volumes on case_volumes.id = case_documents.volume"
    " where labels.numbering = ? and sort between ? and ?"
)
IN_ORDER = " order by sort, volume, place, labels.document, page"


def resolve(db, case: str, citation: Citation, at: int = 0, seen: Seen | None = None) -> Resolution:
    """The pages that a citation means. `at`: by the numberings as they were then, for a text that was written then.
    `seen`: for somebody who sees these pages alone, as if there were no others."""
    candidates = numberings_for(db, case, citation, at or NOW)
    found: list[dict] = []
    missing: list[str] = []
    absent: list[Sheet] = []
    items: list[dict] = []
    sides = [(each, False) for each in citation.spans] + [(each, True) for each in citation.against]
    for span, against in sides:
        pages, unclear = ([], False) if span.reversed else pages_of(db, candidates, span, citation.volume, seen)
        ends = ends_missing(pages, span)
        lost = [str(span)] if span.reversed else [str(sheet) for sheet in ends]
        missing, absent = missing + lost, absent + ends
        found += pages
        result = "several" if unclear else "one" if pages else "none"
        named = [described(row) for row in pages[:MOST_PAGES]]
        items.append({"label": str(span), "result": result, "pages": named, "missing": lost, "against": against})
    spans = (*citation.spans, *citation.against)
    pages = unlike(found)
    results = {item["result"] for item in items}
    return Resolution(
        result="several" if "several" in results else "one" if found else "none",
        pages=[described(row) for row in pages[:MOST_PAGES]],
        missing=missing,
        nearest=nearest(db, candidates, absent[0], citation.volume, seen) if absent else [],
        count=len(pages),
        against=sum(len(item["pages"]) for item in items if item["against"]),
        guessed=[str(span) for span in spans if span.guessed],
        reversed=[str(Span(span.last, span.first)) for span in spans if span.reversed],
        items=items,
    )


def numberings_for(db, case: str, citation: Citation, at: int) -> list[list[str]]:
    """Which numberings are asked, one group after the other until one has the label: the default first; all others
    together, where none is the default none of them is better."""
    rows = fetch_all(
        db,
        'select id, name, is_default, version from numberings where "case" = ? and since <= ?'
        " and (replaced_at = 0 or replaced_at > ?) order by is_default desc, name",
        (case, at, at),
    )
    if not rows and at != NOW:  # it was written before anything was numbered
        return numberings_for(db, case, citation, NOW)
    if citation.numbering:
        wanted = plain_name(citation.numbering)
        return [[row["id"] for row in rows if plain_name(row["name"]) == wanted]]
    default = fetch_one(db, 'select name from numberings where "case" = ? and is_default = 1', (case,))
    first = [row["id"] for row in rows if default and row["name"] == default["name"]]
    rest = [row["id"] for row in rows if row["id"] not in first]
    return [group for group in (first, rest) if group]


def plain_name(name: str) -> str:
    """ "BL-CQĐT", "CQĐT" and "cqdt" are one name."""
    return name.casefold().replace("đ", "d").removeprefix("bl-").removeprefix("bl ").replace(" ", "")


def pages_of(db, groups: list[list[str]], span: Span, volume: int, seen: Seen | None = None) -> tuple[list[dict], bool]:
    """The pages of a range in the order of the numbering, and whether somebody has to choose among them: only of a
    single label, two of which in a range are simply both shown."""
    low, high = numbering.bounds(span.first, span.last)
    for group in groups:
        rows = [row for id in group for row in fetch_all(db, f"{PAGES}{IN_ORDER}", (id, low, high))]
        rows = [row for row in rows if (not volume or row["volume"] == volume) and is_seen(row, seen)]
        if span.first.side == span.last.side == "front" and span.first == span.last:
            rows = [row for row in rows if row["side"] != "back"]
        if rows:
            return rows, span.first == span.last and len({(row["numbering"], row["run"]) for row in rows}) > 1
    return [], False


def is_seen(row: dict, seen: Seen | None) -> bool:
    pages = None if seen is None else seen.get(row["document"], ())
    return pages is None or row["page"] in pages


def ends_missing(pages: Sequence[dict], span: Span) -> list[Sheet]:
    """The first and the last label of a range where no page has them."""
    there = {(row["number"], row["suffix"]) for row in pages}
    wanted = [span.first] if span.first == span.last else [span.first, span.last]
    return [sheet for sheet in wanted if (sheet.number, sheet.suffix) not in there]


def unlike(rows: Iterable[dict]) -> list[dict]:
    """Each page once: "BL 15, 15-17" names 15 twice."""
    return list({(row["document"], row["page"]): row for row in rows}.values())


def nearest(db, groups: list[list[str]], sheet: Sheet, volume: int, seen: Seen | None = None) -> list[dict]:
    """The labels beside one that is not there."""
    key = numbering.sort_key(sheet)
    found: list[dict] = []
    for group in groups[:1]:
        for id in group:
            for low, high, order in ((0, key, "desc"), (key, NOW, "asc")):
                rows = fetch_all(
                    db, f"{PAGES} order by sort {order}, page {order} limit 200", (id, low, high)
                )  # those of the volume are sought among the next ones
                rows = [row for row in rows if (not volume or row["volume"] == volume) and is_seen(row, seen)]
                found += rows[:NEAREST]
    if not found and volume:
        return nearest(db, groups, sheet, 0, seen)
    return [described(row) for row in sorted(unlike(found), key=lambda row: row["sort"])]


def described(row: dict[str, Any]) -> dict:
    """{document, page, label, volume, title, checked}"""
    label = str(Sheet(row["number"], row["suffix"], row["side"]))
    about = {key: row[key] for key in ("document", "page", "volume", "title")}
    return about | {"label": label, "checked": bool(row["checked"])}


def list_pages(db, case: str, volume: str = "") -> list[dict]:
    """Every page of a case, or of one volume, in the order of the file: {document, page, volume (number), sha}."""
    rows = fetch_all(
        db,
        "select case_documents.document, documents.sha, documents.pages, coalesce(case_volumes.no, 0) as volume"
        " from case_documents join documents on documents.id = case_documents.document"
        ' left join case_volumes on case_volumes.id = case_documents.volume where case_documents."case" = ?'
        " and (? = '' or case_documents.volume = ?)"
        " order by coalesce(case_volumes.no, 999999), case_documents.place, case_documents.document",
        (case, volume, volume),
    )
    return [
        {"document": row["document"], "sha": row["sha"], "volume": row["volume"], "page": page}
        for row in rows
        for page in range(1, (row["pages"] or 0) + 1)
    ]


def list_looks(db, case: str) -> dict[tuple[str, int], dict]:
    """What pictures of pages told: {(sha, page): {top, bottom, turned, picture, ink}}."""
    rows = fetch_all(
        db,
        'select page_looks.* from page_looks where sha in (select sha from case_documents where "case" = ?)',
        (case,),
    )
    return {(row["sha"], row["page"]): row for row in rows}


def list_looked(db, sha: str) -> set[int]:
    return {row["page"] for row in fetch_all(db, "select page from page_looks where sha = ?", (sha,))}


def keep_look(db, sha: str, page: int, **values) -> None:
    db["page_looks"].insert({"sha": sha, "page": page, "at": clock.now(), **values}, replace=True)


def list_failed(db, case: str) -> set[tuple[str, int]]:
    """The pages in whose place a placeholder is shown."""
    rows = fetch_all(
        db,
        "select pages.document, pages.n from pages join case_documents on case_documents.document = pages.document"
        " where case_documents.\"case\" = ? and coalesce(pages.error, '') != ''",
        (case,),
    )
    return {(row["document"], row["n"]) for row in rows}


def ranges_of(db, case: str) -> dict[str, dict]:
    """{volume: {pages, numbered, first, last}}: its first and last label by the default numbering, and how many of its
    pages have one."""
    current = find_current(db, case)
    rows = fetch_all(
        db,
        "select case_documents.volume, count(labels.page) as numbered, min(sort) as low, max(sort) as high"
        " from case_documents left join labels on labels.document = case_documents.document and labels.numbering = ?"
        ' where case_documents."case" = ? group by case_documents.volume',
        (current["id"] if current else "", case),
    )
    sizes = fetch_all(
        db,
        "select case_documents.volume, sum(coalesce(documents.pages, 0)) as pages from case_documents"
        " join documents on documents.id = case_documents.document"
        ' where case_documents."case" = ? group by case_documents.volume',
        (case,),
    )
    pages = {row["volume"]: row["pages"] for row in sizes}
    found = {}
    for row in rows:
        ends = {"first": row["low"] // 1024, "last": row["high"] // 1024} if row["numbered"] else {}
        found[row["volume"]] = {"pages": pages.get(row["volume"], 0), "numbered": row["numbered"], **ends}
    return found
