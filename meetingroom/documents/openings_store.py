"""The openings of papers. SQL."""

import secrets

from meetingroom import clock
from meetingroom.database import fetch_all, fetch_one
from meetingroom.devices.this_device import SHORT

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another on a photograph
LENGTH = 8
AGAIN = 15 * 60_000  # ms in which the same page on the same device is the same opening


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def find_recent(db, row: dict, page: int, person: str, device: str) -> tuple[str, int] | None:
    """(code, when) of an opening that is still the same one."""
    found = db.conn.execute(
        "select code, at from openings where paper = ? and person = ? and document = ? and page = ? and device = ?"
        " and at > ? and code <> '' order by at desc limit 1",
        (row["attached"], person, row["id"], page, device, clock.now() - AGAIN),
    ).fetchone()
    return (found["code"], found["at"]) if found else None


def add_page(db, row: dict, page: int, person: str, device: str, code: str = "") -> tuple[str, int]:
    """(code, when) of the opening of a page of a restricted paper; with the code that its picture bears already."""
    code, now = code or new_code(), clock.now()
    db.conn.execute(
        "insert into openings (meeting, paper, document, page, person, device, at, code)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (row["meeting"], row["attached"], row["id"], page, person, device, now, code),
    )
    return code, now


def list_first(db, paper: str) -> list[dict]:
    """{person, device, at, last, pages}: of each person; of each big screen."""
    wanted = (
        "select person, min(device) as device, min(at) as at, max(at) as last,"
        " group_concat(distinct case when code <> '' then document || '/' || page end) as pages"
        " from openings where paper = ? group by person, case when person = '' then device end order by at"
    )
    return fetch_all(db, wanted, [paper])


def list_pages(db, paper: str, code: str = "", most: int = -1) -> list[dict]:
    """The openings of pages, the newest first; with a code only that one."""
    wanted = (
        "select document, page, person, device, at, code from openings where paper = ? and code <> ''"
        " and (? = '' or code = ?) order by at desc, id desc limit ?"
    )
    return fetch_all(db, wanted, [paper, code, code, most])


def count_pages(db, paper: str) -> int:
    return db.conn.execute("select count(*) from openings where paper = ? and code <> ''", [paper]).fetchone()[0]


def find_paper(db, paper: str) -> dict | None:
    return fetch_one(db, "select meeting, document from papers where id = ?", [paper])


def names_of_screens(db, meeting: str) -> dict[str, str]:
    """Big screens and shared tablets by the name of their device (`devices/this_device.py`)."""
    found = {}
    for table, letter in (("screens", "s"), ("tablets", "t")):
        for row in fetch_all(db, f"select id, name from {table} where meeting = ?", [meeting]):  # noqa: S608
            found[f"{letter}-{row['id'][:SHORT]}"] = row["name"]
    return found
