"""Units, people, their sign-in links and the audit trail in SQLite. Callers bring the transaction."""

import hashlib
import json
import secrets

from meetingroom import clock
from meetingroom.auth import passwords
from meetingroom.database import fetch_all, fetch_one
from meetingroom.meeting import names

HOUR = 3_600_000
ROLES = ("admin", "organiser", "member")


def hash_token(secret: str) -> str:
    """What is stored of a token or a code: who reads the file cannot use it."""
    return hashlib.sha256(secret.encode()).hexdigest()


# Units


def add_unit(db, *, name: str, short: str = "", parent: str | None = None, position: int | None = None) -> str:
    """A new unit, last among its siblings unless `position` is given. Returns its id."""
    if position is None:
        sql = "select coalesce(max(position), 0) + 1 from units where parent is ?"
        position = db.conn.execute(sql, [parent]).fetchone()[0]
    id = clock.new_id()
    unit = {"id": id, "name": names.tidy(name), "short": names.tidy(short), "parent": parent}
    db["units"].insert({**unit, "position": position, "active": 1})
    return id


def unit(db, id: str) -> dict | None:
    return fetch_one(db, "select * from units where id = ?", [id])


def edit_unit(db, id: str, **changes) -> None:
    db["units"].update(id, changes)


def list_units(db) -> list[dict]:
    """Every unit in the order of the tree: a parent before its children, with `depth` and `people` (active ones)."""
    counts = dict(tuple(row) for row in db.conn.execute("select unit, count(*) from users where active group by unit"))
    rows = fetch_all(db, "select * from units order by position, name")
    ids = {row["id"] for row in rows}
    below: dict[str | None, list[dict]] = {}
    for row in rows:
        below.setdefault(row["parent"] if row["parent"] in ids else None, []).append(row)

    def walk(parent, depth):
        for row in below.get(parent, ()):
            yield {**row, "depth": depth, "people": counts.get(row["id"], 0)}
            yield from walk(row["id"], depth + 1)

    return list(walk(None, 0))


def agency_name(db) -> str:
    """The name of the first unit of the tree; empty before the first visit."""
    row = fetch_one(db, "select name from units where active and parent is null order by position, name limit 1")
    return row["name"] if row else ""


def place_unit(db, id: str, parent: str | None, before: str | None = None) -> None:
    """Put a unit under `parent`, before the sibling `before`, or last."""
    siblings = [
        r["id"] for r in fetch_all(db, "select id from units where parent is ? order by position, name", [parent])
    ]
    siblings = [other for other in siblings if other != id]
    siblings.insert(siblings.index(before) if before in siblings else len(siblings), id)
    for position, each in enumerate(siblings, 1):
        db.conn.execute("update units set position = ?, parent = ? where id = ?", [position, parent, each])


def merge_units(db, id: str, into: str) -> int:
    """Move people and sub-units of `id` into another; the emptied unit stays, not active. Returns people moved.

    Past meetings keep the unit's name of their day: the log wrote it down.
    """
    moved = db.conn.execute("update users set unit = ? where unit = ?", [into, id]).rowcount
    db.conn.execute("update units set parent = ? where parent = ?", [into, id])
    db.conn.execute("update units set active = 0, successor = ? where id = ?", [into, id])
    return moved


# People


def add_user(
    db, *, username: str, name: str, title: str = "", unit: str | None = None, role: str = "member",
    password: str | None = None, hashed: str = "", must_change: bool = False, language: str = "",
    email: str = "", phone: str = "",
) -> str:  # fmt: skip
    """A new person. Give `password` (hashed here, slow) or `hashed`; with neither, only a link signs them in.

    Returns the id. Raises sqlite3.IntegrityError if the user name is taken.
    """
    id = clock.new_id()
    db["users"].insert(
        {
            "id": id, "username": username, "name": names.tidy(name), "title": names.tidy(title), "unit": unit,
            "role": role, "password": passwords.hash_password(password) if password else hashed,
            "must_change": int(must_change), "active": 1, "language": language, "text_size": 100,
            "email": names.tidy(email), "phone": names.tidy(phone), "created_at": clock.now(),
        }
    )  # fmt: skip
    return id


PERSON = "select users.*, coalesce(units.name, '') as unit_name from users left join units on units.id = users.unit "


def find_user(db, id: str) -> dict | None:
    """Every column of a person, and `unit_name`."""
    return fetch_one(db, PERSON + "where users.id = ?", [id])


def find_by_username(db, username: str) -> dict | None:
    return fetch_one(db, PERSON + "where users.username = ?", [username])


def card_of(db, id: str) -> dict | None:
    """What a meeting writes down of a person: {name, title, unit, unit_id}."""
    row = find_user(db, id)
    return row and {"name": row["name"], "title": row["title"] or "", "unit": row["unit_name"], "unit_id": row["unit"]}


def list_users(db, active: bool | None = None) -> list[dict]:
    """Everybody (or only the active, or only the others) in the order of an attendance list."""
    rows = fetch_all(db, PERSON)
    return names.by_name([row for row in rows if active is None or bool(row["active"]) == active])


def list_usernames(db) -> set[str]:
    return {row["username"] for row in db.conn.execute("select username from users")}


def edit_user(db, id: str, **changes) -> None:
    db["users"].update(id, changes)


def set_password(db, id: str, hashed: str, *, must_change: bool = False) -> None:
    """Keep a hash made by `passwords.hashed` before the transaction began."""
    db["users"].update(id, {"password": hashed, "must_change": int(must_change)})


def deactivate(db, id: str) -> None:
    """The person may no longer sign in; their name stays where it was written."""
    db["users"].update(id, {"active": 0})
    db.conn.execute("delete from sessions where user = ?", [id])
    db.conn.execute("delete from invitations where user = ?", [id])


def reactivate(db, id: str) -> None:
    db["users"].update(id, {"active": 1})


def is_last_admin(db, id: str) -> bool:
    sql = "select id from users where role = 'admin' and active"
    return [row["id"] for row in db.conn.execute(sql)] == [id]


def has_users(db) -> bool:
    return db.conn.execute("select 1 from users limit 1").fetchone() is not None


# One-time codes


def make_sign_in_link(db, user_id: str, hours: float = 72) -> str:
    """`/in/<code>`: signs this person in, once, until it expires."""
    return "/in/" + make_one_time_code(db, "link", user_id, hours)


def make_first_code(db) -> str:
    """The code of the first visit, to print in the terminal; earlier ones become worthless."""
    db.conn.execute("delete from invitations where kind = 'first'")
    return make_one_time_code(db, "first", None, 24 * 365)


def make_one_time_code(db, kind: str, user_id: str | None, hours: float) -> str:
    code = "-".join("".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(4)) for _ in range(4))
    at = clock.now()
    expires = at + round(hours * HOUR)
    db["invitations"].insert(
        {
            "id": hash_token(code),
            "user": user_id,
            "kind": kind,
            "created_at": at,
            "expires_at": expires,
            "used_at": None,
        }
    )
    return code


def find_open_code(db, kind: str, code: str) -> dict | None:
    """The invitation this code opens, if it is neither used nor expired nor for somebody deactivated."""
    sql = """select invitations.*, users.name, users.username
             from invitations left join users on users.id = invitations.user
             where invitations.id = ? and kind = ? and used_at is null and expires_at > ?
             and (invitations.user is null or users.active)"""
    return fetch_one(db, sql, [hash_token(code.strip().lower()), kind, clock.now()])


def owner_of_code(db, kind: str, code: str) -> str:
    """Whose the code is or was, also when it opens nothing any more; "" for nobody's."""
    found = fetch_one(
        db, "select user from invitations where id = ? and kind = ?", [hash_token(code.strip().lower()), kind]
    )
    return (found["user"] or "") if found else ""


def use_code(db, id: str) -> None:
    db["invitations"].update(id, {"used_at": clock.now()})


# The audit trail


def write_audit_line(db, name: str, /, *, by: str = "", subject: str = "", **data) -> None:
    """One line of who did what to whom: `audit(db, "password_reset", by=admin, subject=user)`. No secrets in `data`."""
    line = {"at": clock.now(), "by": by, "name": name, "subject": subject}
    db["audit"].insert({**line, "data": json.dumps(data, ensure_ascii=False)})


def was_audited(db, name: str, id: str) -> bool:
    """Whether something was done under this id: what a form does once, however often it is sent."""
    sql = "select 1 from audit where name = ? and case when json_valid(data) then json_extract(data, '$.id') end = ?"
    return bool(id) and db.conn.execute(sql, [name, id]).fetchone() is not None


def audit_lines(db, *, limit: int = 100, before: int | None = None, name: str = "", person: str = "") -> list[dict]:
    """The newest lines first, with the names of people as they are now."""
    sql = """select audit.*, coalesce(a.name, '') as by_name, coalesce(s.name, u.name, '') as subject_name from audit
             left join users a on a.id = audit.by left join users s on s.id = audit.subject
             left join units u on u.id = audit.subject
             where (:before is null or audit.id < :before) and (:name = '' or audit.name = :name)
             and (:person = '' or audit.by = :person or audit.subject = :person)
             order by audit.id desc limit :limit"""
    rows = fetch_all(db, sql, {"before": before, "name": name, "person": person, "limit": limit})
    return [{**row, "data": json.loads(row["data"] or "{}")} for row in rows]
