"""The projectors: paired by six digits, known by the SHA-256 of the token in their cookie."""

import hashlib
import secrets

from meetingroom import clock

CODE_LIVES = 12 * 3600 * 1000
SHORT = 16  # letters of the id that are shown to staff


def by_token(db, token: str) -> dict | None:
    row = db.conn.execute("select * from screens where id = ?", (digest(token),)).fetchone()
    return dict(row) if row else None


def enrol(db, token: str) -> dict:
    """A screen that asks to be paired."""
    db.conn.execute("delete from screens where meeting is null and code_expires_at < ?", (clock.now(),))
    db["screens"].insert(
        {"id": digest(token), "code": fresh_code(db), "code_expires_at": clock.now() + CODE_LIVES}, ignore=True
    )
    return dict(db.conn.execute("select * from screens where id = ?", (digest(token),)).fetchone())


def expired(screen: dict) -> bool:
    return screen["code_expires_at"] < clock.now()


def renew(db, key: str) -> dict:
    """Another code for a screen that has waited too long."""
    db.conn.execute(
        "update screens set code = ?, code_expires_at = ? where id = ?",
        (fresh_code(db), clock.now() + CODE_LIVES, key),
    )
    return dict(db.conn.execute("select * from screens where id = ?", (key,)).fetchone())


def pair(db, code: str, meeting: str, name: str, by: str) -> str | None:
    """The short id of the screen that shows `code`; None when none does."""
    row = db.conn.execute(
        "select id from screens where code = ? and meeting is null and code_expires_at > ?", (code, clock.now())
    ).fetchone()
    if row is None:
        return None
    db.conn.execute(
        "update screens set meeting = ?, name = ?, paired_by = ?, paired_at = ? where id = ?",
        (meeting, name, by, clock.now(), row["id"]),
    )
    return row["id"][:SHORT]


def of_meeting(db, meeting: str) -> list[dict]:
    rows = db.conn.execute("select id, name, paired_at from screens where meeting = ? order by paired_at", (meeting,))
    return [{"id": row["id"][:SHORT], "name": row["name"], "paired_at": row["paired_at"]} for row in rows]


def free(db, meeting: str, short: str) -> str | None:
    """The id of the screen that no longer follows the meeting; None when it did not."""
    row = db.conn.execute(
        "select id from screens where meeting = ? and substr(id, 1, ?) = ?", (meeting, SHORT, short)
    ).fetchone()
    if row is None:
        return None
    db.conn.execute("update screens set meeting = null, name = null where id = ?", (row["id"],))
    return renew(db, row["id"])["id"]


def fresh_code(db) -> str:
    """Six digits that no other screen shows."""
    while True:
        code = f"{secrets.randbelow(1_000_000):06}"
        if not db.conn.execute("select 1 from screens where code = ?", (code,)).fetchone():
            return code


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
