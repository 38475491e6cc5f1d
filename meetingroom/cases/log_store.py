"""What happened to a case: a chain of lines, each with the hash of all before it, as the log of a meeting has them.

`hash = SHA-256(hash before + [case, seq, at, by, name, data] as canonical JSON)`. Nothing is changed or taken out.
Beside it stands who looked at which page, by the minute.
"""

import json
from collections.abc import Iterator

from meetingroom import clock, log
from meetingroom.database import fetch_all, fetch_one

MINUTE = 60_000


def add(db, case: str, name: str, by: str, /, **data) -> int:
    """Writes a line down, in the transaction of what it tells. Returns its number. No secrets in `data`."""
    last = fetch_one(db, 'select seq, hash from case_log where "case" = ? order by seq desc limit 1', (case,))
    seq = last["seq"] + 1 if last else 1
    at, kept = clock.iso(clock.now()), log.canonical_json(data)
    hashed = log.chain_hash(last["hash"] if last else "", case, seq, at, by, name, kept)
    db["case_log"].insert({"case": case, "seq": seq, "at": at, "by": by, "name": name, "data": kept, "hash": hashed})
    return seq


def read(db, case: str, before: int = 0, limit: int = 0) -> list[dict]:
    """The lines, the latest first: {seq, at, by, name, data, hash, by_name}."""
    rows = fetch_all(
        db,
        "select case_log.seq, at, case_log.by, case_log.name, data, hash, coalesce(users.name, '') as by_name"
        ' from case_log left join users on users.id = case_log.by where "case" = ? and (? = 0 or seq < ?)'
        " order by seq desc limit ?",
        (case, before, before, limit or -1),
    )
    return [{**row, "data": json.loads(row["data"])} for row in rows]


def last(db, case: str) -> dict:
    """{seq, hash} of the last line; {0, ""} before the first."""
    row = fetch_one(db, 'select seq, hash from case_log where "case" = ? order by seq desc limit 1', (case,))
    return row or {"seq": 0, "hash": ""}


def broken_at(db, case: str, first: int = 1, last: int = 0) -> int:
    """The number of the first line that does not fit the chain, 0 where all is well: from line `first`, held against
    the one before it as it is kept, to line `last` or the end."""
    kept = fetch_one(db, 'select hash from case_log where "case" = ? and seq = ?', (case, first - 1))
    before = kept["hash"] if kept else ""
    for expected, row in enumerate(lines(db, case, first, last), start=first):
        before = log.chain_hash(before, case, row["seq"], row["at"], row["by"], row["name"], row["data"])
        if row["seq"] != expected or row["hash"] != before:
            return expected
    return 0


def broken_among(pool, case: str, shown: list[dict], before: int) -> int:
    """The same for a page of the log: for the first the whole chain is walked, for an older one its own lines are."""
    with pool.lend() as db:
        if not before:
            return broken_at(db, case)
        return broken_at(db, case, shown[-1]["seq"], shown[0]["seq"]) if shown else 0


def lines(db, case: str, first: int = 1, last: int = 0) -> Iterator[dict]:
    """The lines as they are kept, the first one first."""
    wanted = (
        'select seq, at, "by", name, data, hash from case_log where "case" = ? and seq >= ? and (? = 0 or seq <= ?)'
        " order by seq"
    )
    yield from map(dict, db.conn.execute(wanted, (case, first, last, last)))


def note_read(db, case: str, person: str, document: str, page: int, how: str) -> None:
    """Somebody had a page on the screen (opened), or his device has it at hand (fetched)."""
    db.conn.execute(
        'insert into case_reads ("case", person, document, page, minute, how) values (?, ?, ?, ?, ?, ?)'
        " on conflict do update set how = case when excluded.how = 'opened' then 'opened' else how end",
        (case, person, document, page, clock.now() // MINUTE, how),
    )


def was_read(db, case: str, person: str, document: str, page: int, how: str) -> bool:
    """Whether this is written down already: most turns of a page write nothing."""
    return (
        fetch_one(
            db,
            'select 1 from case_reads where "case" = ? and person = ? and document = ? and page = ? and minute = ?'
            " and (how = 'opened' or how = ?)",
            (case, person, document, page, clock.now() // MINUTE, how),
        )
        is not None
    )


def list_reads(db, case: str, limit: int = 500) -> list[dict]:
    """[{person, name, document, title, page, at, how}], the latest first; page 0 of a photo or a recording."""
    return fetch_all(
        db,
        "select person, coalesce(users.name, '') as name, case_reads.document,"
        " coalesce(case_documents.title, case_media.title, '')"
        " as title, page, minute * 60000 as at, how from case_reads left join users on users.id = person"
        " left join case_documents on case_documents.document = case_reads.document"
        " left join case_media on case_media.id = case_reads.document"
        ' where case_reads."case" = ? order by minute desc, page limit ?',
        (case, limit or -1),
    )


def find_removed(db, case: str, document: str) -> dict | None:
    """{at (milliseconds), name (of who removed it), title} of a document that was taken out of the case."""
    wanted = (
        "select case_log.at, coalesce(users.name, '') as name, json_extract(data, '$.title') as title from case_log"
        ' left join users on users.id = case_log."by" where "case" = ? and case_log.name = \'document_removed\''
        " and json_extract(data, '$.document') = ? order by seq desc limit 1"
    )
    row = fetch_one(db, wanted, (case, document))
    return row and {**row, "at": clock.milliseconds(row["at"])}


def took_out(db, case: str, person: str, media: str) -> bool:
    """Whether it is written down already, a minute ago at most, that somebody took an original out: programs ask for a
    long file in parts."""
    wanted = (
        'select 1 from case_log where "case" = ? and "by" = ? and name = \'media_original\' and at >= ?'
        " and json_extract(data, '$.media') = ? limit 1"
    )
    return fetch_one(db, wanted, (case, person, clock.iso(clock.now() - MINUTE), media)) is not None


def visited(db, case: str, person: str, day: str) -> bool:
    """Whether it is written down already that somebody opened the page of the case on a day (yyyy-mm-dd)."""
    wanted = 'select 1 from case_log where "case" = ? and "by" = ? and name = \'looked_in\' and at >= ? limit 1'
    return fetch_one(db, wanted, (case, person, day)) is not None
