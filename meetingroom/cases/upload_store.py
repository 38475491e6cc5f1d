"""Files on their way into a case, in SQLite: each is a row until a person has said what it is. Callers bring the
transaction."""

import json

from meetingroom import clock
from meetingroom.database import fetch_all, fetch_one

ARRIVING, CHECKING, ARRIVED, FAILED = "arriving", "checking", "arrived", "failed"
JOINING, JOINED = "joining", "joined"  # a document that is made of pictures; a picture of which one is made
MOST = 2000  # of one case at a time
KEPT_DAYS = 14  # what nobody has said anything about since


def add(db, **values) -> str:
    """A new row; `id` if it is known. Returns its id."""
    id = values.pop("id", "") or clock.new_id() + clock.new_id()
    db["case_uploads"].insert({"id": id, "at": clock.now(), "seen_at": clock.now(), **values})
    return id


def find(db, case: str, id: str) -> dict | None:
    row = fetch_one(db, 'select * from case_uploads where "case" = ? and id = ?', (case, id))
    return row and decode_row(row)


def decode_row(row: dict) -> dict:
    return {**row, "detail": json.loads(row["detail"])}


def find_any(db, id: str) -> dict | None:
    """For the worker, which knows the id alone."""
    return fetch_one(db, "select * from case_uploads where id = ?", (id,))


def list_uploads(db, case: str) -> list[dict]:
    """Those of a case, in the order in which they came; of pictures that were joined what they became."""
    rows = fetch_all(
        db, 'select * from case_uploads where "case" = ? and state != ? order by at, filename, id', (case, JOINED)
    )
    return [decode_row(row) for row in rows]


def count(db, case: str) -> int:
    row = fetch_one(db, 'select count(*) as n from case_uploads where "case" = ?', (case,))
    return row["n"] if row else 0


def pending_bytes(db) -> int:
    """What is still to come of everything that is arriving."""
    row = fetch_one(
        db, 'select coalesce(sum(length - "offset"), 0) as n from case_uploads where state = ?', (ARRIVING,)
    )
    return row["n"] if row else 0


def write_offset(db, id: str, offset: int) -> None:
    db.conn.execute('update case_uploads set "offset" = ?, seen_at = ? where id = ?', (offset, clock.now(), id))


def change(db, id: str, **changes) -> None:
    db["case_uploads"].update(id, {**changes, "seen_at": clock.now()})


def write_done(db, id: str, done: int) -> None:
    """How many bytes of its pictures are in a document that is being made."""
    db.conn.execute('update case_uploads set "offset" = ? where id = ?', (done, id))


def mark_failed(db, id: str, code: str, detail: dict) -> None:
    change(db, id, state=FAILED, error=code, detail=json.dumps(detail, ensure_ascii=False))


def remove_failed(db, case: str, filename: str, error: str) -> None:
    db.conn.execute(
        'delete from case_uploads where "case" = ? and filename = ? and state = ? and error = ?',
        (case, filename, FAILED, error),
    )


def remove(db, id: str) -> None:
    db.conn.execute("delete from case_uploads where id = ?", (id,))


def parts_of(db, id: str) -> set[str]:
    """The ids of what came out of a ZIP so far."""
    return {row["id"] for row in fetch_all(db, "select id from case_uploads where part_of = ?", (id,))}


def find_many(db, case: str, ids: list[str]) -> list[dict]:
    """Those of them that are there, in no order."""
    return fetch_all(
        db,
        'select * from case_uploads where "case" = ? and id in (select value from json_each(?))',
        (case, json.dumps(ids)),
    )


def join(db, ids: list[str], joined: str) -> None:
    """They are pages of that upload from now on: thousands at a time, while a meeting runs."""
    db.conn.execute(
        "update case_uploads set state = ?, joined = ?, seen_at = ? where id in (select value from json_each(?))",
        (JOINED, joined, clock.now(), json.dumps(ids)),
    )


def list_joined(db, id: str) -> list[dict]:
    """The pictures of which an upload is made, in the order in which they came."""
    return fetch_all(db, "select * from case_uploads where joined = ? order by at, filename, id", (id,))


def list_left_joined(db) -> list[str]:
    """Uploads that are documents by now, and whose pictures are still here."""
    rows = fetch_all(
        db,
        "select distinct joined from case_uploads where joined != '' and joined not in (select id from case_uploads)",
    )
    return [row["joined"] for row in rows]


def count_joined(db, case: str) -> dict[str, int]:
    """How many pictures an upload is made of, by its id."""
    counted = "select joined, count(*) as n from case_uploads where \"case\" = ? and joined != '' group by joined"
    return {row["joined"]: row["n"] for row in fetch_all(db, counted, (case,))}


def release_joined(db, id: str) -> None:
    """Each stands for itself again."""
    db.conn.execute(
        "update case_uploads set state = ?, joined = '', seen_at = ? where joined = ?", (ARRIVED, clock.now(), id)
    )


def list_stale(db) -> list[dict]:
    """What nobody has come back for."""
    since = clock.now() - KEPT_DAYS * 86_400_000
    return fetch_all(db, "select * from case_uploads where seen_at < ? and joined = ''", (since,))


def list_ids(db, state: str = "") -> list[str]:
    """In this state; of all without one."""
    wanted = "select id from case_uploads where state = ? or ? = ''"
    return [row["id"] for row in fetch_all(db, wanted, (state, state))]
