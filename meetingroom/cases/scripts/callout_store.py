"""Excerpts that are kept on a page of a case, in SQLite: they keep their page whatever it is called. Callers bring the
transaction."""

import json
from collections.abc import Iterable

from meetingroom import clock
from meetingroom.cases import store_numbers
from meetingroom.database import fetch_all, fetch_one

MOST = 40  # kept on one page

# An excerpt of an earlier scan is listed to be looked at: the same place may show something else now.
KEPT = (
    "select kept_callouts.*, documents.sha as sha_now, coalesce(users.name, '') as by_name,"
    " coalesce(case_documents.title, '') as title from kept_callouts"
    " left join documents on documents.id = kept_callouts.document"
    " left join case_documents on case_documents.document = kept_callouts.document"
    ' left join users on users.id = kept_callouts."by" where kept_callouts."case" = ?'
)


def list_kept(db, case: str, document: str = "", page: int = 0, *, removed: bool = False) -> list[dict]:
    """[{id, document, page, name, rects, marks, rev, at, by_name, title, label_then, check}]; of one page, or of
    all."""
    rows = fetch_all(
        db,
        f"{KEPT} and (removed_at > 0) = ? and (? = '' or kept_callouts.document = ?) and (? = 0 or page = ?)"
        " order by kept_callouts.document, page, kept_callouts.at, kept_callouts.rowid",
        (case, removed, document, document, page, page),
    )
    return [as_kept(row) for row in rows]


def find(db, case: str, id: str) -> dict | None:
    row = fetch_one(db, f"{KEPT} and kept_callouts.id = ?", (case, id))
    return as_kept(row) | {"removed": bool(row["removed_at"])} if row else None


def as_kept(row: dict) -> dict:
    names = ("id", "document", "page", "name", "rev", "at", "by_name", "title")
    return {name: row[name] for name in names} | {
        "rects": json.loads(row["rects"]),
        "marks": json.loads(row["marks"]),
        "label_then": row["label"],
        "check": bool(row["sha_now"]) and row["sha_now"] != row["sha"],
    }


def add(db, case: str, id: str, place: tuple[str, int], name: str, rects: list, by: str, marks: Iterable = ()) -> None:
    """With the scan, and what the page is called, of this moment."""
    at = clock.now()
    db["kept_callouts"].insert(
        {"id": id, "case": case, "document": place[0], "page": place[1], "name": name, "rects": json.dumps(rects),
         "marks": json.dumps(list(marks)), "sha": sha_of(db, place[0]),
         "label": store_numbers.label_of(db, *place)[0], "by": by, "at": at, "changed_at": at}
    )  # fmt: skip


def change(db, id: str, rev: int, **changes) -> None:
    changes |= {field: json.dumps(changes[field]) for field in ("rects", "marks") if field in changes}
    db["kept_callouts"].update(id, {**changes, "rev": rev, "changed_at": clock.now()})


def sha_of(db, document: str) -> str:
    row = fetch_one(db, "select sha from documents where id = ?", (document,))
    return row["sha"] if row else ""


def case_of(db, id: str) -> str:
    """The case that an id is taken in; "" of none."""
    row = fetch_one(db, 'select "case" from kept_callouts where id = ?', (id,))
    return row["case"] if row else ""
