"""Who may be put on a case's list, and handovers from one owner to the next, in SQLite. Callers bring the
transaction."""

import json

from meetingroom import clock
from meetingroom.database import fetch_all, fetch_one


def find_candidate(db, person: str) -> dict | None:
    """{id, name, title, unit} of somebody who may be on a list: an active account, not an administrator's."""
    return fetch_one(
        db,
        "select users.id, users.name, coalesce(users.title, '') as title, coalesce(units.name, '') as unit from users"
        " left join units on units.id = users.unit where users.id = ? and users.active and users.role != 'admin'",
        (person,),
    )


def find_by_names(db, code: str, username: str) -> tuple[str, str]:
    """(case, person) by the code of the case and the name that is typed at sign-in; "" for what is not there."""
    case = fetch_one(db, "select id from cases where code = ?", (code,))
    person = fetch_one(db, "select id from users where username = ?", (username.strip().lower(),))
    return case["id"] if case else "", person["id"] if person else ""


def list_candidates(db) -> list[dict]:
    """Everybody who may be put on a list: {id, name, title, unit}."""
    return fetch_all(
        db,
        "select users.id, users.name, coalesce(users.title, '') as title, coalesce(units.name, '') as unit from users"
        " left join units on units.id = users.unit where users.active and users.role != 'admin' order by users.name",
    )


ON_PAGE = 20  # handovers of a case that are listed at once
HANDOVER = (
    "select handovers.*, giving.name as giver_name, taking.name as taker_name, coalesce(starting.name, '') as by_name,"
    " cases.code, cases.title from handovers"
    ' join cases on cases.id = handovers."case" join users giving on giving.id = giver'
    ' join users taking on taking.id = taker left join users starting on starting.id = handovers."by" '
)


def add_handover(db, **values) -> str:
    id = clock.new_id()
    db["handovers"].insert({"id": id, "at": clock.now(), **values, "keep": json.dumps(values["keep"])})
    return id


def find_handover(db, case: str, id: str) -> dict | None:
    row = fetch_one(db, f'{HANDOVER} where handovers."case" = ? and handovers.id = ?', (case, id))
    return row and decode_row(row)


def decode_row(row: dict) -> dict:
    return {**row, "keep": json.loads(row["keep"]), "stands": json.loads(row["stands"])}


def find_open(db, case: str) -> dict | None:
    """The handover that waits for its confirmation."""
    row = fetch_one(db, f"{HANDOVER} where handovers.\"case\" = ? and state = 'open'", (case,))
    return row and decode_row(row)


def list_handovers(db, case: str, page: int, state: str = "") -> tuple[list[dict], bool]:
    """A page of them (the first is 1), of one `state` or of all, the latest first; whether there are earlier ones."""
    rows = fetch_all(
        db,
        f"{HANDOVER} where handovers.\"case\" = ? and ? in ('', state)"
        " order by coalesce(nullif(ended_at, 0), at) desc, handovers.id limit ? offset ?",
        (case, state, ON_PAGE + 1, (max(1, page) - 1) * ON_PAGE),
    )
    return [decode_row(row) for row in rows[:ON_PAGE]], len(rows) > ON_PAGE


def list_waiting(db, person: str) -> list[dict]:
    """What waits for somebody's confirmation: [{id, case, code, title, giver, giver_name, by, by_name, at, reason,
    papers}]; `by` is who started it, "" from the server."""
    rows = fetch_all(db, f"{HANDOVER} where taker = ? and state = 'open' order by at", (person,))
    return [{key: row[key] for key in WAITING} for row in rows]


WAITING = (
    "id", "case", "code", "title", "giver", "giver_name", "by", "by_name", "at", "reason", "papers",
)  # fmt: skip


def end_handover(db, id: str, state: str, stands: dict | None = None) -> None:
    db["handovers"].update(
        id, {"state": state, "ended_at": clock.now(), "stands": json.dumps(stands or {}, ensure_ascii=False)}
    )
