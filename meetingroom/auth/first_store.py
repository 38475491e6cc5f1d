"""How far somebody has come in the guided start, in SQLite. Callers bring the transaction."""

from meetingroom import clock
from meetingroom.database import fetch_one

DONE = "done"


def begin_guide(db, person: str) -> None:
    """The guide of whoever has just set up the system. `request` makes the first meeting one and the same."""
    row = {"person": person, "step": "people", "request": clock.new_id(), "meeting": ""}
    db["first_steps"].insert(row, ignore=True)


def find_guide(db, person: str) -> dict | None:
    """`{person, step, request, meeting}`; None for whoever has no guide or is done with it."""
    return fetch_one(db, "select * from first_steps where person = ? and step <> ?", [person, DONE])


def edit_guide(db, person: str, **changes) -> None:
    """Never back: what is done stays done."""
    if find_guide(db, person):
        db["first_steps"].update(person, changes)


def count_others(db, person: str) -> int:
    """How many active people there are besides."""
    return db.conn.execute("select count(*) from users where active and id <> ?", [person]).fetchone()[0]
