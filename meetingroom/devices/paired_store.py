"""What screens and shared tablets have in common in SQLite: a device that the staff let in to one meeting, known by the
SHA-256 of the token in its cookie. Both have a table of the same shape."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from meetingroom import clock
from meetingroom.database import fetch_all, fetch_one

KEPT = 30 * 86_400_000  # ms after the end of its meeting
SHORT = 16  # letters of the id that are shown to staff


@dataclass(frozen=True)
class Kind:
    """`paired` begins the columns that say when and by whom; `leave` undoes what else a device of the kind has."""

    table: str
    paired: str
    leave: Callable[..., None] = lambda db, id: None


def pair_device(db, kind: Kind, id: str, meeting: str, name: str, by: str, card: str) -> str:
    """The device follows the meeting from now on; `card`: by which whoever let it in had come in. Returns its short id;
    sweeps out what followed meetings long over."""
    at = clock.now()
    over = f"""select id from {kind.table} where not exists (select 1 from meetings where
               meetings.id = {kind.table}.meeting and (meetings.status in ('live', 'adjourned')
               or coalesce(meetings.ends_at, meetings.starts_at) > ?))"""  # noqa: S608
    free_devices(db, kind, [id, *(row["id"] for row in fetch_all(db, over, [at - KEPT]))])
    let_in = {f"{kind.paired}_by": by, f"{kind.paired}_at": at, "by_card": card}
    db[kind.table].insert({"id": id, "meeting": meeting, "name": name, **let_in})
    return id[:SHORT]


def list_devices(db, kind: Kind, meeting: str) -> list[dict]:
    """The rows of a meeting's devices in the order in which they were let in."""
    sql = f"select * from {kind.table} where meeting = ? order by {kind.paired}_at"  # noqa: S608
    return fetch_all(db, sql, [meeting])


def free_device(db, kind: Kind, meeting: str, short: str) -> str | None:
    """The id of the device that no longer follows the meeting; None when it did not."""
    sql = f"select id from {kind.table} where meeting = ? and substr(id, 1, ?) = ?"  # noqa: S608
    row = fetch_one(db, sql, [meeting, SHORT, short])
    if row is None:
        return None
    free_devices(db, kind, [row["id"]])
    return row["id"]


def free_by_card(db, kind: Kind, cards: list[str]) -> list[str]:
    """The devices that were let in from sessions by these cards follow nothing any more. Returns their ids."""
    sql = f"select id from {kind.table} where by_card = ?"  # noqa: S608
    found = [row["id"] for card in cards for row in fetch_all(db, sql, [card])]
    free_devices(db, kind, found)
    return found


def free_devices(db, kind: Kind, ids: Iterable[str]) -> None:
    for id in ids:
        kind.leave(db, id)
        db.conn.execute(f"delete from {kind.table} where id = ?", [id])  # noqa: S608
