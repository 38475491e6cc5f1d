"""Tablets that several people share, in SQLite. What they have in common with screens is in paired_store.py."""

from meetingroom import clock
from meetingroom.auth import sessions
from meetingroom.database import fetch_all, fetch_one
from meetingroom.devices import paired_store
from meetingroom.devices.join_code_store import UNTIL


def leave_tablet(db, id: str) -> None:
    """Nobody's any more: its people can no longer act there."""
    sessions.end_by_origin(db, id)
    db.conn.execute("delete from tablet_people where tablet = ?", [id])


TABLETS = paired_store.Kind("tablets", "enrolled", leave_tablet)


def find_tablet(db, id: str) -> dict | None:
    """{id, name, meeting, people}; `meeting` is empty when it is long over."""
    sql = f"""select tablets.id, coalesce(name, '') as name, tablets.meeting,
              meetings.status != 'cancelled' and {UNTIL} > :now as good
              from tablets left join meetings on meetings.id = tablets.meeting where tablets.id = :id"""  # noqa: S608
    row = fetch_one(db, sql, {"id": id, "now": clock.now()})
    if row is None:
        return None
    row["meeting"] = row["meeting"] if row.pop("good") else ""
    return {**row, "people": list_people(db, id) if row["meeting"] else []}


def list_people(db, id: str) -> list[str]:
    rows = fetch_all(db, "select person from tablet_people where tablet = ? order by position", [id])
    return [row["person"] for row in rows]


def enrol_tablet(db, id: str, meeting: str, name: str, persons: list[str], by: str, card: str = "") -> str | None:
    """The tablet is these people's from now on. Returns its short id; None when it is somebody's already."""
    if (find_tablet(db, id) or {"meeting": ""})["meeting"]:
        return None
    short = paired_store.pair_device(db, TABLETS, id, meeting, name, by, card)
    db["tablet_people"].insert_all({"tablet": id, "person": person, "position": n} for n, person in enumerate(persons))
    return short


def list_tablets(db, meeting: str) -> list[dict]:
    """[{id, name, people, enrolled_at}] in the order of their enrolment."""
    return [
        {
            "id": row["id"][: paired_store.SHORT],
            "name": row["name"] or "",
            "people": list_people(db, row["id"]),
            "enrolled_at": row["enrolled_at"],
        }
        for row in paired_store.list_devices(db, TABLETS, meeting)
    ]
