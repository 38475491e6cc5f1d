"""Tablets that several people share: enrolled by six digits, known by the SHA-256 of their cookie. In SQLite."""

import secrets

from meetingroom import clock
from meetingroom.people import sessions, store
from meetingroom.people.join_store import UNTIL

CODE_LIVES = 12 * 3600 * 1000
SHORT = 16  # letters of the id that are shown to staff


def by_id(db, id: str) -> dict | None:
    """{id, code, code_expires_at, name, meeting, people}; `meeting` is empty when it is none, or long over."""
    sql = f"""select tablets.id, code, code_expires_at, coalesce(name, '') as name, tablets.meeting,
              meetings.status != 'cancelled' and {UNTIL} > :now as good
              from tablets left join meetings on meetings.id = tablets.meeting where tablets.id = :id"""  # noqa: S608
    row = store.first(db, sql, {"id": id, "now": clock.now()})
    if row is None:
        return None
    row["meeting"] = row["meeting"] if row.pop("good") else ""
    return {**row, "people": people(db, id) if row["meeting"] else []}


def people(db, id: str) -> list[str]:
    rows = store.every(db, "select person from tablet_people where tablet = ? order by position", [id])
    return [row["person"] for row in rows]


def ask(db, id: str) -> dict:
    """A tablet that asks to be enrolled, with a code that is good now."""
    at = clock.now()
    known = store.first(db, "select code_expires_at from tablets where id = ?", [id])
    if known is None or known["code_expires_at"] < at:
        db.conn.execute(
            "insert into tablets (id, code, code_expires_at) values (?, ?, ?)"
            " on conflict (id) do update set code = excluded.code, code_expires_at = excluded.code_expires_at",
            [id, fresh_code(db), at + CODE_LIVES],
        )
    db.conn.execute("delete from tablets where meeting is null and code_expires_at < ?", [at - CODE_LIVES])
    found = by_id(db, id)
    assert found is not None
    return found


def enrol(db, code: str, meeting: str, name: str, persons: list[str], by: str) -> str | None:
    """The short id of the tablet that shows `code`, now of these people; None when none shows it."""
    at = clock.now()
    row = store.first(db, "select id from tablets where code = ? and code_expires_at > ?", [code, at])
    if row is None or (by_id(db, row["id"]) or {})["meeting"]:
        return None
    id = row["id"]
    leave(db, id)
    values = {"meeting": meeting, "name": name, "enrolled_by": by, "enrolled_at": at}
    db["tablets"].update(id, values)
    db["tablet_people"].insert_all({"tablet": id, "person": person, "position": n} for n, person in enumerate(persons))
    return id[:SHORT]


def of_meeting(db, meeting: str) -> list[dict]:
    """[{id, name, people, enrolled_at}] in the order of their enrolment."""
    rows = store.every(db, "select * from tablets where meeting = ? order by enrolled_at", [meeting])
    return [
        {
            "id": row["id"][:SHORT],
            "name": row["name"] or "",
            "people": people(db, row["id"]),
            "enrolled_at": row["enrolled_at"],
        }
        for row in rows
    ]


def free(db, meeting: str, short: str) -> str | None:
    """The id of the tablet that no longer belongs to the meeting; None when it did not."""
    row = store.first(db, "select id from tablets where meeting = ? and substr(id, 1, ?) = ?", [meeting, SHORT, short])
    if row is None:
        return None
    leave(db, row["id"])
    db["tablets"].update(row["id"], {"code": fresh_code(db), "code_expires_at": clock.now() + CODE_LIVES})
    return row["id"]


def leave(db, id: str) -> None:
    """Nobody's any more: its people can no longer act there."""
    sessions.end_by_origin(db, id)
    db.conn.execute("delete from tablet_people where tablet = ?", [id])
    db["tablets"].update(id, {"meeting": None, "name": None})


def fresh_code(db) -> str:
    """Six digits that no other tablet shows."""
    while True:
        code = f"{secrets.randbelow(1_000_000):06}"
        if store.first(db, "select 1 from tablets where code = ?", [code]) is None:
            return code
