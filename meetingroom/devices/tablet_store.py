"""Tablets that several people share, known by the SHA-256 of the token in their cookie. In SQLite."""

from meetingroom import clock
from meetingroom.auth import account_store, sessions
from meetingroom.devices.join_code_store import UNTIL

KEPT = 30 * 86_400_000  # ms after the end of its meeting
SHORT = 16  # letters of the id that are shown to staff


def find_tablet(db, id: str) -> dict | None:
    """{id, name, meeting, people}; `meeting` is empty when it is long over."""
    sql = f"""select tablets.id, coalesce(name, '') as name, tablets.meeting,
              meetings.status != 'cancelled' and {UNTIL} > :now as good
              from tablets left join meetings on meetings.id = tablets.meeting where tablets.id = :id"""  # noqa: S608
    row = account_store.fetch_one(db, sql, {"id": id, "now": clock.now()})
    if row is None:
        return None
    row["meeting"] = row["meeting"] if row.pop("good") else ""
    return {**row, "people": list_people(db, id) if row["meeting"] else []}


def list_people(db, id: str) -> list[str]:
    rows = account_store.fetch_all(db, "select person from tablet_people where tablet = ? order by position", [id])
    return [row["person"] for row in rows]


def enrol_tablet(db, id: str, meeting: str, name: str, persons: list[str], by: str, card: str = "") -> str | None:
    """The tablet is these people's from now on; `card`: by which whoever enrolled it had come in. Returns its short id;
    None when it is somebody's already."""
    at = clock.now()
    if (find_tablet(db, id) or {"meeting": ""})["meeting"]:
        return None
    leave_tablet(db, id)
    over = "select id from meetings where status not in ('live', 'adjourned') and coalesce(ends_at, starts_at) < ?"
    for row in account_store.fetch_all(db, f"select id from tablets where meeting in ({over})", [at - KEPT]):  # noqa: S608
        leave_tablet(db, row["id"])
    told = {"name": name, "enrolled_by": by, "enrolled_at": at, "by_card": card}
    db["tablets"].insert({"id": id, "meeting": meeting, **told})
    db["tablet_people"].insert_all({"tablet": id, "person": person, "position": n} for n, person in enumerate(persons))
    return id[:SHORT]


def list_tablets(db, meeting: str) -> list[dict]:
    """[{id, name, people, enrolled_at}] in the order of their enrolment."""
    rows = account_store.fetch_all(db, "select * from tablets where meeting = ? order by enrolled_at", [meeting])
    return [
        {
            "id": row["id"][:SHORT],
            "name": row["name"] or "",
            "people": list_people(db, row["id"]),
            "enrolled_at": row["enrolled_at"],
        }
        for row in rows
    ]


def free_tablet(db, meeting: str, short: str) -> str | None:
    """The id of the tablet that no longer belongs to the meeting; None when it did not."""
    row = account_store.fetch_one(
        db, "select id from tablets where meeting = ? and substr(id, 1, ?) = ?", [meeting, SHORT, short]
    )
    if row is None:
        return None
    leave_tablet(db, row["id"])
    return row["id"]


def free_by_card(db, cards: list[str]) -> list[str]:
    """The tablets that were enrolled from sessions by these cards are nobody's any more. Returns their ids."""
    found = [
        row["id"]
        for card in cards
        for row in account_store.fetch_all(db, "select id from tablets where by_card = ?", [card])
    ]
    for id in found:
        leave_tablet(db, id)
    return found


def leave_tablet(db, id: str) -> None:
    """Nobody's any more: its people can no longer act there."""
    sessions.end_by_origin(db, id)
    db.conn.execute("delete from tablet_people where tablet = ?", [id])
    db.conn.execute("delete from tablets where id = ?", [id])
