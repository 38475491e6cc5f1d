"""By when a record has to be on its way: the notice of conclusions within five working days, signatures within three
days. SQL; the counting is `working_days`."""

import datetime
import json
from dataclasses import dataclass

from sqlite_utils import Database

from meetingroom import clock, working_days
from meetingroom.database import fetch_all

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
    chosen = "" if meetings is None else "and meetings.id in (select value from json_each(:meetings))"
    rows = fetch_all(
        db,
        f"""
        select meetings.id, meetings.title, (select e.at from events e
            where e.meeting = meetings.id and e.name = 'MeetingClosed' order by e.seq desc limit 1) as closed_at
        from meetings
        where status = 'closed' and secrecy = 'none' and starts_at > :since {chosen}
        and not exists (select 1 from documents_issued d
            where d.meeting = meetings.id and d.kind = 'thong_bao' and d.replaced_by = '')
        and exists (select 1 from events e where e.meeting = meetings.id and e.name = 'ConclusionRecorded')
        and (select sum(case e.name when 'ConclusionRecorded' then 1 else -1 end) from events e
            where e.meeting = meetings.id and e.name in ('ConclusionRecorded', 'ConclusionRemoved')) > 0
        """,  # noqa: S608 (words of our own)
        {"since": now - OLDEST, "meetings": json.dumps(meetings or [])},
    )
    found = []
    for row in rows:
        if not row["closed_at"]:
            continue
        due = working_days.after(clock.local(closed_ms(row["closed_at"])).date(), NOTICE_DAYS)
        found.append(Deadline(row["id"], row["title"], due, working_days.left(today, due)))
    return sorted(found, key=lambda each: each.due)


def closed_ms(at: str | int) -> int:
    return at if isinstance(at, int) else clock.milliseconds(at)
