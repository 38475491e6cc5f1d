"""Books of numbers. SQL; callers bring the transaction in which the next number stays the next one."""

import json
from dataclasses import dataclass

from sqlite_utils import Database

from meetingroom.database import fetch_all, fetch_one
from meetingroom.meeting.issuing import MINUTES, first_minutes

COLUMNS = "id, unit, kinds, symbol, title, pattern, mode, closed"
BEFORE, AFTER = "before", "after"
# As the index closes_and_conclusions says it, which is used only where this stands in these words.
INDEXED = "e.name in ('MeetingClosed', 'ConclusionRecorded', 'ConclusionRemoved')"


@dataclass(frozen=True)
class Register:
    """One series of numbers a year. `mode` before: the number is printed in the file; after: room is left for it."""

    id: str
    unit: str
    kinds: str
    symbol: str
    title: str
    pattern: str
    mode: str
    closed: int


@dataclass(frozen=True)
class Entry:
    """A number that is used: by a document of a meeting, or entered by hand. `void` is why it counts no more."""

    number: int
    text: str
    at: int
    by: str
    name: str  # of who took it
    void: str
    subject: str
    meeting: str = ""
    document: str = ""


def list_registers(db: Database) -> list[Register]:
    return [Register(**row) for row in fetch_all(db, f"select {COLUMNS} from registers order by unit, title, id")]  # noqa: S608


def find_register(db: Database, id: str) -> Register | None:
    row = fetch_one(db, f"select {COLUMNS} from registers where id = ?", (id,))  # noqa: S608
    return Register(**row) if row else None


def register_for(db: Database, kind: str) -> Register | None:
    """The agency's own register for a kind of document."""
    of_agency = (each for each in list_registers(db) if not each.unit and not each.closed)
    return next((each for each in of_agency if kind in each.kinds.split()), None)


def next_number(db: Database, register: str, year: int) -> int:
    """One more than the highest that was ever used: what was voided or left out is not given again."""
    row = fetch_one(
        db,
        "select max(number) as last from (select number from register_entries where register = :register and"
        " year = :year union all select number from register_manual where register = :register and year = :year)",
        {"register": register, "year": year},
    )
    return (row["last"] if row and row["last"] else 0) + 1


def list_entries(db: Database, register: str, year: int) -> list[Entry]:
    """The book of a year, in the order of the numbers."""
    rows = fetch_all(
        db,
        """
        select number, text, e.at, by, coalesce(users.name, by) as name, void, meetings.title as subject,
            e.meeting, document
        from register_entries e
        left join meetings on meetings.id = e.meeting left join users on users.id = by
        where register = :register and year = :year
        union all
        select number, text, m.at, by, coalesce(users.name, by), void, subject, '', ''
        from register_manual m left join users on users.id = by
        where register = :register and year = :year
        order by number
        """,
        {"register": register, "year": year},
    )
    return [Entry(**{**row, "subject": row["subject"] or ""}) for row in rows]


def list_years(db: Database, register: str) -> list[int]:
    rows = fetch_all(
        db,
        "select year from register_entries where register = :register"
        " union select year from register_manual where register = :register order by year desc",
        {"register": register},
    )
    return [row["year"] for row in rows]


def gaps(entries: list[Entry]) -> list[tuple[int, int]]:
    """The stretches of numbers (first, last) that no line of the book explains."""
    found, last = [], 0
    for entry in entries:
        if entry.number > last + 1:
            found.append((last + 1, entry.number - 1))
        last = entry.number
    return found


def is_used(db: Database, register: str, year: int, number: int) -> bool:
    return (
        fetch_one(
            db,
            "select 1 from register_entries where register = :r and year = :y and number = :n"
            " union select 1 from register_manual where register = :r and year = :y and number = :n",
            {"r": register, "y": year, "n": number},
        )
        is not None
    )


def add_manual(db: Database, register: str, year: int, entry: Entry) -> None:
    db.conn.execute(
        "insert into register_manual (register, year, number, text, at, by, void, subject)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (register, year, entry.number, entry.text, entry.at, entry.by, entry.void, entry.subject),
    )


def save_register(db: Database, register: Register) -> None:
    db.conn.execute(
        f"insert or replace into registers ({COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        tuple(vars(register).values()),
    )


def kind_of(db, meeting: str, document: str) -> str:
    """Of which kind a document is; "" if there is none of this name."""
    if document in (MINUTES, first := first_minutes(meeting)) or document.startswith(f"{first}-"):
        return MINUTES
    row = fetch_one(
        db,
        "select json_extract(data, '$.kind') as kind from events where meeting = ? and name = 'DocumentMade'"
        " and json_extract(data, '$.document') = ? limit 1",
        (meeting, document),
    )
    return row["kind"] if row else ""


def list_waiting(db: Database) -> list[dict]:
    """The minutes that wait for a number or for their issue: {meeting, title, standing, text, closed_at}."""
    return fetch_all(
        db,
        """
        select s.meeting, meetings.title, s.standing, meetings.starts_at, coalesce(
            (select text from register_entries e where e.meeting = s.meeting and e.void = ''
             and (e.document = 'bb-' || s.meeting or e.document like 'bb-' || s.meeting || '-%')
             and not exists (select 1 from documents_issued d where d.document = e.document) limit 1), '') as text
        from minutes_standing s join meetings on meetings.id = s.meeting
        where s.standing in ('approved', 'final') and meetings.status = 'closed'
        order by meetings.starts_at desc limit 100
        """,
    )


def list_without_notice(db: Database, since: int, meetings: list[str] | None) -> list[dict]:
    """`{id, title, closed_at}` of meetings closed (and not archived), begun after `since`, that came to conclusions and
    whose notice has not gone out; of these meetings, or of all. Its facts are found by an index of their own."""
    chosen = "" if meetings is None else "and meetings.id in (select value from json_each(:meetings))"
    return fetch_all(
        db,
        f"""
        select * from (
            select meetings.id, meetings.title, meetings.starts_at,
                (select max(e.at) from events e where e.meeting = meetings.id and e.name = 'MeetingClosed'
                    and {INDEXED}) as closed_at,
                (select sum(case e.name when 'ConclusionRecorded' then 1 else -1 end) from events e
                    where e.meeting = meetings.id and e.name in ('ConclusionRecorded', 'ConclusionRemoved')
                    and {INDEXED}) as conclusions
            from meetings
            where status = 'closed' and secrecy = 'none' and starts_at > :since {chosen}
            and not exists (select 1 from documents_issued d
                where d.meeting = meetings.id and d.kind = 'thong_bao' and d.replaced_by = ''))
        where closed_at is not null and conclusions > 0
        """,  # noqa: S608 (words of our own)
        {"since": since, "meetings": json.dumps(meetings or [])},
    )
