"""How the documents of each unit look, from a day on. SQL."""

import datetime
import json

from sqlite_utils import Database

from meetingroom import clock
from meetingroom.auth import account_store
from meetingroom.database import fetch_all
from meetingroom.printing import layout
from meetingroom.printing.layout import Layout
from meetingroom.printing.letterhead import Letterhead, find_issuing, letterhead


def list_layouts(db: Database, unit: str) -> list[tuple[str, Layout]]:
    """[(from which day, settings)], the oldest first."""
    rows = fetch_all(db, "select since, data from unit_layouts where unit = ? order by since", (unit,))
    return [(row["since"], layout.read_layout(json.loads(row["data"]))) for row in rows]


def layout_of(db: Database, unit: str, day: datetime.date) -> Layout:
    return layout.current(list_layouts(db, unit), day)


def keep_layout(db: Database, unit: str, since: str, settings: Layout, by: str) -> None:
    """From that day on; what was set for the same day before is replaced, older days keep theirs."""
    data = json.dumps(layout.written(settings), ensure_ascii=False, sort_keys=True)
    db.conn.execute(
        "insert or replace into unit_layouts (unit, since, data, at, by) values (?, ?, ?, ?, ?)",
        (unit, since, data, clock.now(), by),
    )


def issuing_unit(db: Database) -> str:
    """The unit that issues the agency's documents; "" before there is any."""
    found = find_issuing(account_store.list_units(db))
    return found["id"] if found else ""


def current_paper(db: Database, ms: int) -> tuple[Letterhead, Layout]:
    """The agency's letterhead and layout on the day of a moment: a document keeps those of its date."""
    settings = layout_of(db, issuing_unit(db), clock.local(ms).date())
    return settings.on_letterhead(letterhead(account_store.list_units(db))), settings
