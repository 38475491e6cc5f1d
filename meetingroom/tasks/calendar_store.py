"""The secret addresses of people's calendars: one each, kept as a hash. Callers bring the transaction."""

import secrets

from meetingroom import clock
from meetingroom.auth.account_store import hash_token
from meetingroom.database import fetch_one


def make_address(db, person: str) -> str:
    """A new secret; the address before it leads nowhere any more."""
    secret = secrets.token_urlsafe(24)
    revoke(db, person)
    db["calendar_tokens"].insert({"hash": hash_token(secret), "person": person, "created_at": clock.now()})
    return secret


def revoke(db, person: str) -> None:
    db.conn.execute("delete from calendar_tokens where person = ?", [person])


def find_owner(db, secret: str) -> str:
    """Whose calendar this is; "" for nobody's, also when the account is not in use any more."""
    row = fetch_one(
        db,
        "select person from calendar_tokens join users on users.id = person where hash = ? and users.active",
        [hash_token(secret)],
    )
    return row["person"] if row else ""


def has_address(db, person: str) -> int:
    """When the address was made; 0 without one."""
    row = fetch_one(db, "select created_at from calendar_tokens where person = ?", [person])
    return row["created_at"] if row else 0
