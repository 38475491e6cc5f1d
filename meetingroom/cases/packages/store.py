"""Packages of cases in SQLite. Callers bring the transaction."""

import json
from typing import Any

from meetingroom import clock
from meetingroom.cases.packages import rules
from meetingroom.database import fetch_all, fetch_one

BUILD = "case_package"  # the kind of job
ON_PAGE = 20  # packages of a case that are listed at once


def add(db, case: dict, **values) -> str:
    """A package that is asked for; `holder` and `holder_name` are who asks. Returns its id."""
    id = clock.new_id()
    about = {"of": case["id"], "code": case["code"], "title": case["title"]}
    kept = {**values, "maps": json.dumps(values["maps"], ensure_ascii=False)}
    db["case_packages"].insert({"id": id, **about, "state": "asked", "asked_at": clock.now(), **kept})
    return id


def find(db, id: str) -> dict | None:
    """The row, its JSON read."""
    row = fetch_one(db, "select * from case_packages where id = ?", (id,))
    return row and decode(row)


def decode(row: dict) -> dict:
    return {**row, "maps": json.loads(row["maps"])}


def change(db, id: str, changes: dict[str, Any]) -> None:
    db["case_packages"].update(id, changes)


def list_of_case(db, case: str) -> list[dict]:
    """Every package of a case, the latest first."""
    rows = fetch_all(db, "select * from case_packages where of = ? order by asked_at desc, rowid desc", (case,))
    return [decode(row) for row in rows]


def list_page(db, case: str, page: int) -> tuple[list[dict], bool]:
    """A page of them (the first is 1): those that somebody still has to do with, then the rest, the latest first;
    whether there are more."""
    rows = fetch_all(
        db,
        "select * from case_packages where of = ? order by state not in (select value from json_each(?)),"
        " asked_at desc, rowid desc limit ? offset ?",
        (case, json.dumps([*rules.OPEN, "out"]), ON_PAGE + 1, (max(1, page) - 1) * ON_PAGE),
    )
    return [decode(row) for row in rows[:ON_PAGE]], len(rows) > ON_PAGE


def last_of(db, case: str, holder: str) -> dict | None:
    """The package that somebody asked for last, of a case."""
    row = fetch_one(
        db,
        "select * from case_packages where of = ? and holder = ? order by asked_at desc, rowid desc limit 1",
        (case, holder),
    )
    return row and decode(row)


def find_open(db, case: str, holder: str) -> dict | None:
    """The one of somebody that is not over yet."""
    marks = ", ".join("?" for _ in rules.OPEN)
    row = fetch_one(
        db,
        f"select * from case_packages where of = ? and holder = ? and state in ({marks})",  # noqa: S608
        (case, holder, *rules.OPEN),
    )
    return row and decode(row)


def next_number(db, year: int) -> int:
    """The next number of a consent in a year; none is given twice."""
    db.conn.execute(
        "insert into package_numbers (year, last) values (?, 1) on conflict do update set last = last + 1", (year,)
    )
    row = fetch_one(db, "select last from package_numbers where year = ?", (year,))
    return row["last"] if row else 1


def count(db, id: str, percent: int) -> bool:
    """How far it is; whether it is still wanted."""
    done = db.conn.execute(
        "update case_packages set percent = ? where id = ? and state = 'building'", (percent, id)
    )  # fmt: skip
    return bool(done.rowcount)


def list_out(db, person: str) -> list[dict]:
    """Packages that somebody has outside the office, or has consented to; of deleted cases as well."""
    rows = fetch_all(
        db,
        "select * from case_packages where state = 'out' and (holder = :p or decided_by = :p) order by due, asked_at",
        {"p": person},
    )
    return [decode(row) for row in rows]


def list_held(db, person: str) -> list[dict]:
    """Every package that was out with somebody, and those that are out with their consent: these before all others."""
    rows = fetch_all(
        db,
        "select * from case_packages where (holder = :p and out_at > 0) or (decided_by = :p and state = 'out')"
        " order by state != 'out', case state when 'out' then due else '' end, out_at desc limit 200",
        {"p": person},
    )
    return [decode(row) for row in rows]


def list_to_decide(db, person: str, today: str) -> list[dict]:
    """What waits for the consent of a leader: of the cases that somebody leads today."""
    rows = fetch_all(
        db,
        'select case_packages.* from case_packages join case_people on case_people."case" = case_packages.of'
        " join users on users.id = case_people.person"
        " where case_packages.state = 'asked' and case_people.person = :p and case_people.role = 'leader'"
        " and users.active and users.role != 'admin' and case_packages.holder != :p"
        ' and (case_people."from" = \'\' or case_people."from" <= :day)'
        " and (case_people.until = '' or case_people.until >= :day) order by asked_at",
        {"p": person, "day": today},
    )
    return [decode(row) for row in rows]


def list_wanted(db) -> list[str]:
    """Packages that are to be made."""
    return [row["id"] for row in fetch_all(db, "select id from case_packages where state = 'building'")]


def forget(db, case: str) -> list[str]:
    """A case is deleted: of its packages those that are out stay, as a line without what they were for. Returns the
    SHA-256 of files that are to be deleted."""
    rows = fetch_all(db, "select id, state, sha from case_packages where of = ?", (case,))
    for row in rows:
        if row["state"] == "out":
            change(db, row["id"], {"of": "", "title": "", "purpose": "", "maps": "[]"})
        else:
            db.conn.execute("delete from case_packages where id = ?", (row["id"],))
    return [row["sha"] for row in rows if row["sha"]]
