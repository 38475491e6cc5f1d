"""Series of meetings, what was left over, templates of agendas, in SQLite. Callers bring the transaction."""

import json
from collections.abc import Iterable

from meetingroom import clock
from meetingroom.database import fetch_all, fetch_one
from meetingroom.meeting.roles import STAFF


def add_series(db, id: str, by: str, name: str, kind: str, unit: str, people: list[dict], template: str) -> None:
    """`people`: [{person, role}]. Made again under the same id: nothing new."""
    row = {"id": id, "name": name, "kind": kind, "unit": unit, "people": json.dumps(people), "template": template}
    db["series"].insert({**row, "active": 1, "by": by, "at": clock.now()}, pk="id", ignore=True)


def edit_series(db, id: str, **changes) -> None:
    if "people" in changes:
        changes["people"] = json.dumps(changes["people"])
    db["series"].update(id, changes)


def find_series(db, id: str) -> dict | None:
    return next(iter(read(fetch_all(db, "select * from series where id = ?", [id]))), None)


def users_of(db, series: str) -> tuple[str, ...]:
    """Who may make its meetings: whoever made it, administrators, the staff of its meetings, and those who are usually
    its staff. None of it is known of a series that is not there."""
    row = find_series(db, series)
    if row is None:
        return ()
    found = fetch_all(
        db,
        "select id from users where active and role = 'admin' union select person from members join meetings"
        " on meetings.id = members.meeting where meetings.series = ?"
        " and members.role in (select value from json_each(?))",
        [series, json.dumps(sorted(STAFF))],
    )
    usual = [each["person"] for each in row["people"] if each["role"] in STAFF]
    return tuple(dict.fromkeys([row["by"], *usual, *(each["id"] for each in found)]))


def list_series(db) -> list[dict]:
    """The active ones, each with how many `meetings` it has had and how many things wait (`backlog`)."""
    sql = """select series.*,
             (select count(*) from meetings where meetings.series = series.id) as meetings,
             (select count(*) from series_backlog where series_backlog.series = series.id and used = '') as backlog
             from series where active order by name, id"""
    return read(fetch_all(db, sql))


def list_series_of(db, person: str) -> list[dict]:
    """The active ones of which they may make meetings."""
    return [row for row in list_series(db) if person in users_of(db, row["id"])]


def read(rows: Iterable[dict]) -> list[dict]:
    return [{**row, "people": json.loads(row["people"] or "[]")} for row in rows]


def list_meetings(db, series: str) -> list[dict]:
    """The meetings of a series, the latest first."""
    return fetch_all(db, "select * from meetings where series = ? order by starts_at desc, id", [series])


def last_began(db, series: str, before: str) -> int:
    """When the last meeting of a series that was held before this one was to begin; 0 where there was none."""
    row = fetch_one(
        db,
        "select max(earlier.starts_at) as at from meetings as earlier, meetings as this where earlier.series = ?"
        " and this.id = ? and earlier.id != this.id and earlier.status in ('closed', 'archived')",
        [series, before],
    )
    return (row and row["at"]) or 0


def add_to_backlog(db, series: str, title: str, minutes: int, presenters: Iterable[str], meeting: str = "") -> str:
    key = clock.new_id()
    row = {"id": key, "series": series, "meeting": meeting, "title": title, "minutes": minutes}
    db["series_backlog"].insert({**row, "presenters": json.dumps(list(presenters)), "at": clock.now(), "used": ""})
    return key


def list_backlog(db, series: str) -> list[dict]:
    """What waits for the next meeting, the oldest first."""
    rows = fetch_all(db, "select * from series_backlog where series = ? and used = '' order by at, rowid", [series])
    return [{**row, "presenters": json.loads(row["presenters"] or "[]")} for row in rows]


def count_carried(db, meeting: str) -> int:
    """How many matters went on from this meeting, or were taken up by it."""
    row = fetch_one(db, "select count(*) as n from series_backlog where meeting = ? or used = ?", [meeting, meeting])
    return row["n"] if row else 0


def take_up(db, entry: str, meeting: str) -> None:
    db.conn.execute("update series_backlog set used = ? where id = ?", [meeting, entry])


def drop_entry(db, series: str, entry: str) -> None:
    db.conn.execute("delete from series_backlog where id = ? and series = ? and used = ''", [entry, series])


def save_template(db, id: str, by: str, name: str, items: list[dict]) -> None:
    """`items`: [{title, minutes, presenters}]."""
    row = {"id": id, "name": name, "items": json.dumps(items, ensure_ascii=False), "by": by, "at": clock.now()}
    db["agenda_templates"].insert(row, pk="id", replace=True)


def rename_template(db, id: str, name: str) -> None:
    db.conn.execute("update agenda_templates set name = ? where id = ?", [name, id])


def drop_template(db, id: str) -> None:
    """The series that began with it begin with the agenda of their last meeting."""
    db.conn.execute("update series set template = '' where template = ?", [id])
    db.conn.execute("delete from agenda_templates where id = ?", [id])


def list_templates(db) -> list[dict]:
    rows = fetch_all(db, "select * from agenda_templates order by name, id")
    return [{**row, "items": json.loads(row["items"])} for row in rows]


def find_template(db, id: str) -> dict | None:
    row = fetch_one(db, "select * from agenda_templates where id = ?", [id])
    return row and {**row, "items": json.loads(row["items"])}
