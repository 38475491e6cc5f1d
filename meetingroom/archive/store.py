"""Archives in SQL: their list, what they are searched by, how long they are kept, what is left of the destroyed."""

import itertools
import json
import re
from dataclasses import dataclass

from sqlite_utils import Database

from meetingroom import log
from meetingroom.database import fetch_all, fetch_one
from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.state import MeetingState
from meetingroom.search.folding import fold as fold
from meetingroom.spelling import compose

SEAL = "seal"  # the job that makes a package
FORGET = "forget_words"
MOST_WORDS = 12
SNIPPET = 140  # letters
HITS = 6  # of a word, among which the best place is looked for
LISTED = "archives a left join members m on m.meeting = a.meeting and m.person = ?"
ROWS = f"select a.*, coalesce(m.role, '') as role from {LISTED}"  # noqa: S608


@dataclass(frozen=True)
class Code:
    """A retention period; `years` 0: for good."""

    code: str
    title: str
    years: int
    position: int


def list_codes(db: Database) -> list[Code]:
    return [Code(**row) for row in fetch_all(db, "select * from retention_codes order by position, code")]


def find_code(db: Database, code: str) -> Code | None:
    row = fetch_one(db, "select * from retention_codes where code = ?", (code,))
    return Code(**row) if row else None


def save_code(db: Database, code: Code) -> None:
    db.conn.execute(
        "insert or replace into retention_codes (code, title, years, position) values (?, ?, ?, ?)",
        (code.code, code.title, code.years, code.position),
    )


def remove_code(db: Database, code: str) -> None:
    """No archive goes: each has its last day written down."""
    db.conn.execute("delete from retention_codes where code = ?", (code,))


def keep_until(code: Code | None, year: int) -> str | None:
    """The last day of the period that began with the end of `year`; "" for good; None without a code."""
    if code is None:
        return None
    return f"{year + code.years}-12-31" if code.years else ""


def enter(db: Database, state: MeetingState, unit: str) -> None:
    """An archived meeting is in the list; its package follows. Entered again, it keeps its package."""
    frame, kept = state.meeting, state.archive
    db.conn.execute(
        "insert into archives (meeting, title, kind, unit, series, started_at, archived_at, code, keep_until)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (meeting) do update set title = excluded.title",
        (state.id, frame.title, frame.kind, unit, frame.series, frame.opened_at or frame.starts_at, kept.at or state.at,
         kept.code, kept.keep_until),
    )  # fmt: skip


def write_sealed(db: Database, meeting: str, name: str, file: str, size: int, at: int) -> None:
    db.conn.execute(
        "update archives set name = ?, file = ?, bytes = ?, sealed_at = ?, problem = '' where meeting = ?",
        (name, file, size, at, meeting),
    )


def write_problem(db: Database, meeting: str, problem: str) -> None:
    db.conn.execute("update archives set problem = ? where meeting = ?", (problem, meeting))


def write_text(db: Database, meeting: str, text: str) -> None:
    """What the meeting, which is in the list, is found by."""
    forget_text(db, meeting)
    text = compose(text)
    row = db.conn.execute(
        "insert into archive_texts (meeting, text, plain) values (?, ?, ?)", (meeting, text, fold(text))
    )
    db.conn.execute("update archives set text_row = ? where meeting = ?", (row.lastrowid, meeting))


def forget_text(db: Database, meeting: str) -> None:
    db.conn.execute(
        "delete from archive_texts where rowid = (select text_row from archives where meeting = ?)", (meeting,)
    )


def tidy_texts(db: Database) -> None:
    """The index in one piece: of what was deleted, or written anew, it keeps the words until then."""
    db.conn.execute("insert into archive_texts (archive_texts) values ('optimize')")


def words_of(query: str) -> list[str]:
    return re.findall(r"\w+", compose(query).lower())[:MOST_WORDS]


def match(query: str) -> str:
    """The words of a query for FTS: those with accents as they are, the others however they are accented; the last one
    may be a beginning, of two letters at least. "" where there is no word."""
    words = words_of(query)
    found = [f'{"plain" if fold(word) == word else "text"} : "{word}"' for word in words]
    if found and len(words[-1]) > 1:
        found[-1] += " *"
    return " AND ".join(found)


def snippet(text: str, plain: str, words: list[str]) -> str:
    """The place in `text` that has the most of the words, whole words only; "" where none is. `plain` is the same text
    without accents, letter for letter."""
    lower = text.lower()
    places = [(word, plain if fold(word) == word else lower) for word in words]
    hits = (itertools.islice(re.finditer(rf"\b{re.escape(word)}", where), HITS) for word, where in places)
    starts = sorted(hit.start() for found in hits for hit in found)
    if not starts:
        return ""
    best = max(starts, key=lambda start: sum(word in where[start : start + SNIPPET] for word, where in places))
    begun = text.rfind(" ", 0, max(0, best - 20)) + 1
    ended = text.find(" ", begun + SNIPPET)
    return " ".join(text[begun : ended if ended > 0 else len(text)].split())


def list_archives(
    db: Database,
    person: str,
    *,
    everything: bool = False,
    q: str = "",
    year: int = 0,
    unit: str = "",
    kind: str = "",
    series: str = "",
    since: int = 0,
    until: int = 0,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[dict], int]:
    """(rows, how many there are in all): those of meetings that this person belongs to, or (the administrator's list,
    without a word of their content) `everything`; the latest first."""
    where: list[str] = []
    values: list[str | int] = []
    for column, value in (("unit", unit), ("kind", kind), ("series", series)):
        if value:
            where.append(f"a.{column} = ?")
            values.append(value)
    if year:
        where.append("cast(strftime('%Y', a.started_at / 1000, 'unixepoch', '+7 hours') as integer) = ?")
        values.append(year)
    if since:
        where.append("a.started_at >= ?")
        values.append(since)
    if until:
        where.append("a.started_at < ?")
        values.append(until)
    if not everything:
        where.append("m.person is not null")
    if wanted := match(q):
        where.append("a.text_row in (select rowid from archive_texts where archive_texts match ?)")
        values.append(wanted)
    elif q.strip():
        return [], 0
    condition = " and ".join(where) or "1"
    count = fetch_one(db, f"select count(*) as n from {LISTED} where {condition}", [person, *values])  # noqa: S608
    rows = fetch_all(
        db,
        f"{ROWS} where {condition} order by a.started_at desc, a.meeting limit ? offset ?",
        [person, *values, limit, offset],
    )
    return rows, count["n"] if count else 0


def find_snippets(db: Database, rows: list[dict], q: str) -> dict[str, str]:
    """Of the meeting of each row of the list, the place where the words are."""
    words = words_of(q)
    if not words or not rows:
        return {}
    wanted = {row["text_row"]: row["meeting"] for row in rows}
    marks = ", ".join("?" * len(wanted))
    texts = fetch_all(db, f"select rowid as row, text, plain from archive_texts where rowid in ({marks})", list(wanted))  # noqa: S608
    return {wanted[each["row"]]: snippet(each["text"], each["plain"], words) for each in texts}


def choices(db: Database, person: str, everything: bool = False) -> dict[str, list]:
    """What the list can be filtered by: `{years, units, kinds, series}`."""
    mine = "" if everything else " and meeting in (select meeting from members where person = ?)"
    values = () if everything else (person,)

    def distinct(what: str) -> list:
        rows = db.conn.execute(
            f"select distinct {what} as v from archives where v is not null and v != ''{mine} order by v",  # noqa: S608
            values,
        )
        return [row[0] for row in rows]

    years = distinct("cast(strftime('%Y', started_at / 1000, 'unixepoch', '+7 hours') as integer)")
    return {"years": years[::-1], "units": distinct("unit"), "kinds": distinct("kind"), "series": distinct("series")}


def select_secret(db: Database, meetings: list[str]) -> set[str]:
    """Those of which there is nothing to be seen again."""
    marks = ", ".join("?" * len(meetings))
    rows = db.conn.execute(f"select id from meetings where secrecy != 'none' and id in ({marks})", meetings)  # noqa: S608
    return {row[0] for row in rows}


def find_archive(db: Database, meeting: str) -> dict | None:
    return fetch_one(db, "select * from archives where meeting = ?", (meeting,))


def list_unsealed(db: Database) -> list[str]:
    """Archived meetings that have no package yet, those of former versions as well."""
    rows = db.conn.execute(
        "select m.id from meetings m left join archives a on a.meeting = m.id"
        " where m.status = 'archived' and coalesce(a.file, '') = ''"
    )
    return [row[0] for row in rows]


def list_files(db: Database) -> list[dict]:
    """Every package that should be there."""
    return fetch_all(db, "select meeting, name, file from archives where file != '' order by meeting")


def list_due(db: Database, day: str) -> list[dict]:
    """Those whose period has ended before `day`, with what has been asked."""
    return fetch_all(
        db,
        "select a.*, d.decision, d.date, d.by as asked_by, d.at as asked_at, users.name as asked_name, d.keep_title"
        " from archives a left join destructions d on d.meeting = a.meeting left join users on users.id = d.by"
        " where a.keep_until != '' and a.keep_until < ? order by a.keep_until, a.started_at",
        (day,),
    )


def count_due(db: Database, day: str) -> int:
    """How many of those nobody has asked to be destroyed."""
    sql = (
        "select count(*) from archives where keep_until != '' and keep_until < ?"
        " and meeting not in (select meeting from destructions)"
    )
    return db.conn.execute(sql, (day,)).fetchone()[0]


def list_with_problem(db: Database, meetings: list[str]) -> list[str]:
    """Those of these meetings whose package could not be made."""
    sql = "select meeting from archives where problem != '' and meeting in (select value from json_each(?))"
    return [row["meeting"] for row in fetch_all(db, sql, (json.dumps(meetings),))]


def count_redactions(db: Database, meetings: list[str], but: str) -> dict[str, int]:
    """What is asked to be withheld in these meetings, by meeting; without what one person asked for."""
    sql = (
        "select meeting, count(*) as n from redactions where meeting in (select value from json_each(?)) and by != ?"
        " group by meeting"
    )
    return {row["meeting"]: row["n"] for row in fetch_all(db, sql, (json.dumps(meetings), but))}


def list_ending(db: Database, day: str, until: str) -> list[dict]:
    """Those whose period ends from `day` on, until that day."""
    return fetch_all(
        db,
        "select meeting, title, started_at, code, keep_until from archives where keep_until >= ? and keep_until <= ?"
        " order by keep_until, started_at",
        (day, until),
    )


def list_undecided(db: Database, limit: int) -> list[dict]:
    """Those for which nobody has said how long they are kept."""
    return fetch_all(
        db,
        "select meeting, title, started_at from archives where coalesce(code, '') = ''"
        " and coalesce(keep_until, '') = '' order by started_at desc limit ?",
        (limit,),
    )


def write_retention(db: Database, meeting: str, code: str, until: str) -> None:
    db.conn.execute("update archives set code = ?, keep_until = ? where meeting = ?", (code, until, meeting))


def ask_redaction(db: Database, meeting: str, seq: int, reason: str, by: str, at: int) -> None:
    db.conn.execute(
        "insert or replace into redactions (meeting, seq, reason, by, at) values (?, ?, ?, ?, ?)",
        (meeting, seq, reason, by, at),
    )


def find_redaction(db: Database, meeting: str, seq: int) -> dict | None:
    return fetch_one(db, "select * from redactions where meeting = ? and seq = ?", (meeting, seq))


def list_redactions(db: Database, meeting: str) -> list[dict]:
    return fetch_all(
        db,
        "select seq, reason, by, at, coalesce(users.name, by) as name from redactions left join users on users.id = by"
        " where meeting = ? order by seq",
        (meeting,),
    )


def list_all_redactions(db: Database) -> list[dict]:
    """What was asked in any meeting and is not decided, the latest first."""
    return fetch_all(
        db,
        "select r.*, meetings.title, coalesce(users.name, r.by) as name from redactions r"
        " join meetings on meetings.id = r.meeting left join users on users.id = r.by order by r.at desc",
    )


def list_meetings(db: Database, limit: int) -> list[dict]:
    """`{id, title, starts_at}` of those that have begun or are to, the latest first."""
    return fetch_all(
        db,
        "select id, title, starts_at from meetings where status != 'draft' order by starts_at desc limit ?",
        (limit,),
    )


def read_rows(db: Database, meeting: str) -> list[tuple[Recorded, str]]:
    """The facts of a meeting, each with the JSON of its row."""
    rows = db.conn.execute(
        "select seq, at, by, name, data, hash from events where meeting = ? order by seq", (meeting,)
    ).fetchall()
    return [(log.read_row(*row), row[4]) for row in rows]


def names_of(db: Database, people: set[str]) -> dict[str, str]:
    marks = ", ".join("?" * len(people))
    rows = db.conn.execute(f"select id, name from users where id in ({marks})", list(people))  # noqa: S608
    return {row[0]: row[1] for row in rows}


def forget_redaction(db: Database, meeting: str, seq: int) -> None:
    db.conn.execute("delete from redactions where meeting = ? and seq = ?", (meeting, seq))


def data_of(db: Database, meeting: str, seq: int) -> str:
    """What the row of a fact holds."""
    row = fetch_one(db, "select data from events where meeting = ? and seq = ?", (meeting, seq))
    return row["data"] if row else ""


def list_tombstones(db: Database) -> list[dict]:
    rows = fetch_all(
        db,
        "select t.*, a.name as by_name, b.name as confirmed_name from tombstones t left join users a on a.id = t.by"
        " left join users b on b.id = t.confirmed_by order by t.at desc",
    )
    return [{**row, "numbers": json.loads(row["numbers"])} for row in rows]
