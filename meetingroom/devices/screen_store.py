"""The projectors that follow a meeting, known by the SHA-256 of the token in their cookie. In SQLite."""

import hashlib

from meetingroom import clock

KEPT = 30 * 86_400_000  # ms after the end of its meeting
SHORT = 16  # letters of the id that are shown to staff


def find_by_token(db, token: str) -> dict | None:
    row = db.conn.execute("select * from screens where id = ?", (hash_token(token),)).fetchone()
    return dict(row) if row else None


def pair_screen(db, id: str, meeting: str, name: str, by: str, card: str = "") -> str:
    """The screen follows the meeting from now on. Returns its short id; sweeps out what followed meetings long over."""
    at = clock.now()
    db.conn.execute(
        "delete from screens where not exists (select 1 from meetings where meetings.id = screens.meeting and"
        " (meetings.status in ('live', 'adjourned') or coalesce(meetings.ends_at, meetings.starts_at) > ?))",
        (at - KEPT,),
    )
    told = {"name": name, "paired_by": by, "paired_at": at, "by_card": card}
    db["screens"].upsert({"id": id, "meeting": meeting, **told}, pk="id")
    return id[:SHORT]


def list_screens(db, meeting: str) -> list[dict]:
    rows = db.conn.execute("select id, name, paired_at from screens where meeting = ? order by paired_at", (meeting,))
    return [{"id": row["id"][:SHORT], "name": row["name"], "paired_at": row["paired_at"]} for row in rows]


def free_screen(db, meeting: str, short: str) -> str | None:
    """The id of the screen that no longer follows the meeting; None when it did not."""
    row = db.conn.execute(
        "select id from screens where meeting = ? and substr(id, 1, ?) = ?", (meeting, SHORT, short)
    ).fetchone()
    if row is None:
        return None
    db.conn.execute("delete from screens where id = ?", (row["id"],))
    return row["id"]


def free_by_card(db, cards: list[str]) -> list[str]:
    """The screens that were paired from sessions by these cards follow nothing any more. Returns their ids."""
    found = [row["id"] for card in cards for row in db.query("select id from screens where by_card = ?", [card])]
    for id in found:
        db.conn.execute("delete from screens where id = ?", (id,))
    return found


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
