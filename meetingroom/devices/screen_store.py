"""The projectors that follow a meeting, in SQLite. What they share with tablets is in paired_store.py."""

from meetingroom.auth import account_store
from meetingroom.database import fetch_one
from meetingroom.devices import paired_store

SCREENS = paired_store.Kind("screens", "paired")


def find_by_token(db, token: str) -> dict | None:
    return fetch_one(db, "select * from screens where id = ?", [account_store.hash_token(token)])


def list_screens(db, meeting: str) -> list[dict]:
    """[{id, name, paired_at}] in the order in which they were paired."""
    return [
        {"id": row["id"][: paired_store.SHORT], "name": row["name"], "paired_at": row["paired_at"]}
        for row in paired_store.list_devices(db, SCREENS, meeting)
    ]
