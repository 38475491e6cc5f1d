"""Cases, their people, volumes and documents in SQLite. Callers bring the transaction.

What happened to a case is written down by `log_store.add` in the same transaction.
"""

import json
from typing import Any

from meetingroom import clock
from meetingroom.database import fetch_all, fetch_one

ROLES = ("owner", "helper", "leader", "reader")
EDITORS = ("owner", "helper")
JSON = ("charges", "parties", "deadlines")
# What the worker does for the documents of a case: opens them, draws the rest, reads the numbers in their corners.
FIRST, PAGES, READ_STAMPS = "case_first", "case_pages", "read_stamps"
HOME = "case:"  # how `documents.home` of a case's document begins


# The parts of those who are on the list of a case today; an administrator has none.
PARTS = (
    'select person, case_people.role from case_people join users on users.id = person where "case" = :case'
    " and users.active and users.role != 'admin'"
    " and (\"from\" = '' or \"from\" <= :day) and (until = '' or until >= :day)"
)


def role_in_case(db, case: str, person: str) -> str:
    """owner | helper | leader | reader of somebody who is on the list of a case today; "" of everybody else, and of an
    administrator always."""
    row = fetch_one(db, f"{PARTS} and person = :person", {"case": case, "day": today(), "person": person})
    return row["role"] if row else ""


def roles_in_case(db, case: str) -> dict[str, str]:
    """The same of everybody who has a part."""
    return {row["person"]: row["role"] for row in fetch_all(db, PARTS, {"case": case, "day": today()})}


def today() -> str:
    """yyyy-mm-dd."""
    return clock.local(clock.now()).date().isoformat()


def add_case(db, *, by: str, id: str = "", **values) -> str:
    """A new case; `by` is its owner. Returns its id."""
    case = id or clock.new_id()
    kept = {key: json.dumps(value, ensure_ascii=False) if key in JSON else value for key, value in values.items()}
    db["cases"].insert({"id": case, "opened_at": clock.now(), "by": by, **kept})
    db["case_people"].insert({"case": case, "person": by, "role": "owner"})
    return case


def find_case(db, id: str) -> dict | None:
    """The row, its JSON read."""
    row = fetch_one(db, "select * from cases where id = ?", (id,))
    return row and decode_row(row)


def decode_row(row: dict) -> dict:
    return {**row, **{key: json.loads(row[key] or "[]") for key in JSON}}


def change_case(db, id: str, changes: dict[str, Any]) -> None:
    kept = {key: json.dumps(value, ensure_ascii=False) if key in JSON else value for key, value in changes.items()}
    db["cases"].update(id, kept)


def list_cases(db, person: str) -> list[dict]:
    """Every case that somebody is on the list of today, with `role`; the newest first."""
    rows = fetch_all(
        db,
        'select cases.*, case_people.role as role from cases join case_people on "case" = cases.id'
        " join users on users.id = person where person = ? and users.active and users.role != 'admin'"
        " and (\"from\" = '' or \"from\" <= ?) and (until = '' or until >= ?) order by cases.opened_at desc, cases.id",
        (person, today(), today()),
    )
    return [decode_row(row) for row in rows]


def has_cases(db, person: str) -> bool:
    """Whether somebody is on the list of a case, or is to take one over."""
    wanted = (
        "select 1 from case_people where person = :p union all"
        " select 1 from handovers where taker = :p and state = 'open' limit 1"
    )
    return fetch_one(db, wanted, {"p": person}) is not None


def code_taken(db, code: str, but: str = "") -> bool:
    """Whether another case has this code already."""
    return fetch_one(db, "select 1 from cases where code = ? and id != ?", (code, but)) is not None


def list_people(db, case: str) -> list[dict]:
    """[{person, name, title, unit, role, from, until, active}], the owner first."""
    rows = fetch_all(
        db,
        "select person, users.name, coalesce(users.title, '') as title, coalesce(units.name, '') as unit,"
        ' case_people.role, "from", until, users.active from case_people join users on users.id = person'
        ' left join units on units.id = users.unit where "case" = ?',
        (case,),
    )
    return sorted(rows, key=lambda row: (ROLES.index(row["role"]), row["name"]))


def find_owner(db, case: str) -> str:
    row = fetch_one(db, "select person from case_people where \"case\" = ? and role = 'owner'", (case,))
    return row["person"] if row else ""


def put_person(db, case: str, person: str, role: str, since: str = "", until: str = "") -> None:
    """On the list, with this role; whoever is there gets the new one."""
    db.conn.execute(
        'insert or replace into case_people ("case", person, role, "from", until) values (?, ?, ?, ?, ?)',
        (case, person, role, since, until),
    )


def remove_person(db, case: str, person: str) -> None:
    db.conn.execute('delete from case_people where "case" = ? and person = ?', (case, person))


def list_volumes(db, case: str) -> list[dict]:
    """Every volume by its number: {id, no, title, checked_by, checked_at}."""
    return fetch_all(
        db,
        'select id, no, title, checked_by, checked_at from case_volumes where "case" = ? order by no',
        (case,),
    )


def count_rows(db, table: str, case: str) -> int:
    """Of a table of this case, those that were removed and can come back among them."""
    row = fetch_one(db, f'select count(*) as n from {table} where "case" = ?', (case,))  # noqa: S608
    return row["n"] if row else 0


def find_volume(db, case: str, id: str) -> dict | None:
    return fetch_one(db, 'select * from case_volumes where "case" = ? and id = ?', (case, id))


def volume_of(db, case: str, no: int, title: str = "") -> str:
    """The id of the volume with this number, which is made where there is none."""
    row = fetch_one(db, 'select id, title from case_volumes where "case" = ? and no = ?', (case, no))
    if row:
        if title and not row["title"]:
            db["case_volumes"].update(row["id"], {"title": title})
        return row["id"]
    id = clock.new_id()
    db["case_volumes"].insert({"id": id, "case": case, "no": no, "title": title})
    return id


DOCUMENT = (
    "select case_documents.*, documents.status, documents.stage, documents.progress, documents.pages, documents.error,"
    " documents.detail, documents.warnings, documents.bytes, documents.type, documents.shape,"
    " case_volumes.no as volume_no,"
    " coalesce((select t from text_state where text_state.document = documents.id), 1) as t,"
    " (select count(*) from pages where pages.document = documents.id) as ready_pages,"
    " (select json_group_array(n) from (select n from pages where pages.document = documents.id and status = 'failed'"
    " order by n)) as failed_pages"
    " from case_documents join documents on documents.id = case_documents.document"
    " left join case_volumes on case_volumes.id = case_documents.volume "
)


def list_documents(db, case: str) -> list[dict]:
    """Every document of a case in the order of the volumes: its row, and how far its pages are."""
    order = " order by volume_no, case_documents.place, case_documents.document"
    return fetch_all(db, DOCUMENT + 'where case_documents."case" = ?' + order, (case,))


def list_titles(db, case: str) -> list[tuple[int, str]]:
    """(number of the volume, title) of every document."""
    rows = db.conn.execute(
        "select case_volumes.no, case_documents.title from case_documents"
        ' join case_volumes on case_volumes.id = case_documents.volume where case_documents."case" = ?',
        (case,),
    )
    return [tuple(row) for row in rows]


def document_ids(db, case: str) -> list[str]:
    return [row["document"] for row in fetch_all(db, 'select document from case_documents where "case" = ?', (case,))]


def find_document(db, case: str, document: str) -> dict | None:
    wanted = 'where case_documents."case" = ? and case_documents.document = ?'
    return fetch_one(db, DOCUMENT + wanted, (case, document))


def case_of_document(db, document: str) -> str:
    """The case that a document lies in; "" of others."""
    row = fetch_one(db, 'select "case" from case_documents where document = ?', (document,))
    return row["case"] if row else ""


def next_place(db, case: str, volume: str) -> int:
    row = fetch_one(
        db,
        'select coalesce(max(place), 0) + 1 as n from case_documents where "case" = ? and volume = ?',
        (case, volume),
    )
    return row["n"] if row else 1


def change_document(db, document: str, changes: dict[str, Any]) -> None:
    db["case_documents"].update(document, changes)


def remove_document(db, document: str) -> None:
    """Its row in the case; the document itself is `documents.store`'s."""
    db.conn.execute("delete from case_documents where document = ?", (document,))


def change_volume(db, id: str, changes: dict[str, Any]) -> None:
    db["case_volumes"].update(id, changes)


def remove_volume(db, id: str) -> None:
    db.conn.execute("delete from case_volumes where id = ?", (id,))


def total(db, case: str) -> dict:
    """{bytes, pages, documents} of what lies in a case and is on its way there."""
    found = fetch_one(
        db,
        "select coalesce(sum(documents.bytes), 0) as bytes, coalesce(sum(documents.pages), 0) as pages,"
        " count(*) as documents from documents where home = ?",
        (HOME + case,),
    )
    return found or {"bytes": 0, "pages": 0, "documents": 0}


def next_wordless(db) -> str:
    """A document of a case whose pages are all drawn and wait for their words; "" while any is being drawn."""
    row = fetch_one(
        db,
        "select documents.id from documents join recognitions on recognitions.sha = documents.sha"
        " where home like 'case:%' and documents.status = 'ready' and recognitions.of >"
        " (select count(*) from recognised_pages where recognised_pages.sha = documents.sha) and not exists"
        " (select 1 from jobs where jobs.status in ('queued', 'running')"
        "  and kind in ('case_first', 'case_pages', 'recognise')) order by documents.pages limit 1",
    )
    return row["id"] if row else ""


def remove_all(db, case: str, but: set[str]) -> None:
    """The rows of a case in every table that has a column `case`, and the case itself."""
    for table in db.table_names():
        if table not in but and "case" in db[table].columns_dict:
            db.conn.execute(f'delete from "{table}" where "case" = ?', (case,))  # noqa: S608 (names are ours)
    db.conn.execute("delete from cases where id = ?", (case,))


def list_upload_files(db, case: str) -> list[dict]:
    """[{id, sha}] of what has come and is in no volume yet."""
    return fetch_all(db, 'select id, sha from case_uploads where "case" = ?', (case,))


def add_tombstone(db, **values) -> None:
    db["case_tombstones"].insert(values)


def list_tombstones(db, person: str) -> list[dict]:
    """[{case, code, at, reason, pages}] of the cases that somebody deleted."""
    wanted = 'select "case", code, at, reason, pages from case_tombstones where "by" = ? order by at'
    return fetch_all(db, wanted, (person,))
