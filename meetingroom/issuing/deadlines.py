"""By when a record has to be on its way: the notice of conclusions within five working days, signatures within three
days. The counting is `working_days`, by the days that the agency has entered."""

import datetime
from dataclasses import dataclass

from sqlite_utils import Database

from meetingroom import clock, working_days
from meetingroom.issuing import register_store, swapped_day_store

NOTICE_DAYS = 5  # working days after the close; as the executive has it (Decision 45/2018/QĐ-TTg)
UNSIGNED_DAYS = 3
OLDEST = 180 * 86_400_000  # ms: what is older is no longer brought to mind


@dataclass(frozen=True)
class Deadline:
    """A notice that has not gone out. `left` in working days; below nought: since when it is late."""

    meeting: str
    title: str
    due: datetime.date
    left: int


def notices_due(db: Database, now: int, meetings: list[str] | None = None) -> list[Deadline]:
    """Of closed meetings that came to conclusions, the most urgent first; of these meetings, or of all."""
    today = clock.local(now).date()
    found, swapped = [], swapped_day_store.read_swapped(db)
    for row in register_store.list_without_notice(db, now - OLDEST, meetings):
        closed = clock.local(clock.milliseconds(row["closed_at"])).date()
        due = working_days.after(closed, NOTICE_DAYS, swapped)
        found.append(Deadline(row["id"], row["title"], due, working_days.left(today, due, swapped)))
    return sorted(found, key=lambda each: each.due)
