"""Who is signed in where: rows of the `sessions` table, found by the token in Flask's signed cookie."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from sqlite3 import Row

from flask import request, session

from meetingroom import clock, unchanged
from meetingroom.auth import account_store
from meetingroom.database import fetch_all

DAY = 86_400_000
REST = 300_000  # a session is marked as seen at most this often: a thousand page images are not a thousand commits

# What is known of a session and its person: name of the column: where it stands.
COLUMNS = {
    **{name: f"users.{name}" for name in ("id", "username", "name", "title", "role", "language", "text_size")},
    **{name: f"users.{name}" for name in ("must_change", "clerk")},
    **{
        "unit_id": "users.unit",
        "unit": "coalesce(units.name, '')",
        "session": "sessions.id",
        "only": "sessions.meeting",
    },
    **{name: f"sessions.{name}" for name in ("seen_at", "kind", "origin", "done", "proven")},
}
NAMED = ", ".join(f"{place} as {name}" for name, place in COLUMNS.items())
JOINED = """ from sessions join users on users.id = sessions.user left join units on units.id = users.unit"""
GOOD = " where sessions.id = ? and sessions.expires_at > ? and users.active"
FIND = f"select {NAMED}{JOINED}{GOOD}"
FIND_IN_MEETING = (
    f"select {NAMED}, members.role as part, meetings.status as stands, sessions.expires_at as until{JOINED}"
    " left join members on members.meeting = ? and members.person = users.id"
    f" left join meetings on meetings.id = members.meeting{GOOD}"
)


def session_token() -> str:
    """What this browser's cookie holds, or the empty string."""
    found = session.get("sid")
    return found if isinstance(found, str) else ""


def find_session(db, token: str) -> Row | None:
    """The person and the session of a token, by COLUMNS; None when it is unknown, expired, or the person may no longer
    sign in."""
    return db.conn.execute(FIND, [account_store.hash_token(token), clock.now()]).fetchone() if token else None


def find_session_in(db, token: str, meeting: str) -> Row | None:
    """The same, and with it the person's role in a meeting (`part`) and how that meeting `stands`; None for each where
    they do not belong, and for all where the session is to be renewed. Inside a transaction: who goes through the
    pages of a paper is asked once for many of them."""
    found = unchanged.find(db, ("session", token, meeting), partial(ask_in_meeting, db, token, meeting))
    return found if found is not None and found["until"] > clock.now() and not is_stale(found) else None


def ask_in_meeting(db, token: str, meeting: str) -> Row | None:
    given = [meeting, account_store.hash_token(token), clock.now()]
    return db.conn.execute(FIND_IN_MEETING, given).fetchone() if token else None


@dataclass(frozen=True)
class Limits:
    """What a session by a nameplate's code or at a shared tablet may do: one meeting, until a moment (ms)."""

    kind: str  # card | tablet
    meeting: str
    origin: str  # the invitation or the tablet it came by: ends with it
    until: int
    proven: bool = False  # by a PIN or password as well, as those who run a meeting must


def begin_session(db, user: str, days: float, limits: Limits | None = None) -> str:
    """Sign this browser in, with a token nobody has seen before; the one it had is worth nothing from now on.
    Returns the id of the session that ended by this, for its sockets to be ended; "" if there was none."""
    ended = end_session(db)
    kept = {name: session[name] for name in ("language",) if name in session}
    session.clear()
    session.update(kept)
    session.permanent = True
    session["sid"] = secrets.token_urlsafe(32)
    at = clock.now()
    db["sessions"].insert(
        {
            "id": account_store.hash_token(session["sid"]), "user": user, "created_at": at, "seen_at": at,
            "expires_at": limits.until if limits else at + round(days * DAY), "address": request.remote_addr or "",
            "agent": (request.user_agent.string or "")[:300],
            "kind": limits.kind if limits else "", "meeting": limits.meeting if limits else "",
            "origin": limits.origin if limits else "", "proven": int(limits is None or limits.proven),
        }
    )  # fmt: skip
    db.conn.execute("delete from sessions where expires_at < ?", [at])
    return ended


def end_session(db) -> str:
    """Sign this browser out. Returns the id of the session that ended, or ""."""
    ended = account_store.hash_token(held) if (held := session_token()) else ""
    if ended:
        db.conn.execute("delete from sessions where id = ?", [ended])
    session.pop("sid", None)
    return ended


def end_all_sessions(db, user: str, but: str = "") -> int:
    """Sign a person out everywhere, except in the session with the id `but`. Returns how many were ended."""
    return db.conn.execute("delete from sessions where user = ? and id != ?", [user, but]).rowcount


def end_one_session(db, user: str, id: str) -> int:
    return db.conn.execute("delete from sessions where user = ? and id = ?", [user, id]).rowcount


def end_by_origin(db, origin: str) -> list[str]:
    """End the sessions that came by a code or a tablet. Returns their ids, for their sockets to be ended."""
    ended = [row["id"] for row in db.conn.execute("select id from sessions where origin = ?", [origin])]
    db.conn.execute("delete from sessions where origin = ?", [origin])
    return ended


def spend_session(db, id: str, command: str, until: int) -> None:
    """The one command of a tablet's session is given; the same one may be repeated for a moment, no other."""
    db.conn.execute(
        "update sessions set done = ?, expires_at = min(expires_at, ?) where id = ? and done = ''", [command, until, id]
    )


def find_good(db, ids: Sequence[str]) -> set[str]:
    """Those of the sessions that let somebody in at this moment."""
    found: set[str] = set()
    for part in (ids[n : n + 500] for n in range(0, len(ids), 500)):
        asked = ", ".join("?" * len(part))
        rows = db.conn.execute(
            "select sessions.id from sessions join users on users.id = sessions.user"  # noqa: S608
            f" where users.active and sessions.expires_at > ? and sessions.id in ({asked})",
            [clock.now(), *part],
        )
        found |= {row[0] for row in rows}
    return found


def list_sessions(db, user: str) -> list[dict]:
    """A person's sessions, the latest seen first."""
    sql = "select * from sessions where user = ? and expires_at > ? order by seen_at desc"
    return fetch_all(db, sql, [user, clock.now()])


def move_session(db, by: int) -> None:
    """The program's clock was set by so many ms: who is signed in stays so as long as they would have. What ends with
    a meeting ends at the time of day it was given."""
    db.conn.execute("update sessions set seen_at = seen_at + ?", [by])
    db.conn.execute("update sessions set expires_at = expires_at + ? where kind != 'card'", [by])


def is_stale(found: Row) -> bool:
    return clock.now() - found["seen_at"] > REST


def renew_session(db, id: str, days: float) -> None:
    """Seen now, and good for the full time again; one that is for a meeting ends when it was to end."""
    at = clock.now()
    db.conn.execute(
        "update sessions set seen_at = ?, expires_at = iif(kind = '', ?, expires_at) where id = ?",
        [at, at + round(days * DAY), id],
    )
