"""The day's messages: made once for each person and day, sent until it succeeds. Callers bring the transaction."""

import datetime
import json

from meetingroom import clock
from meetingroom.database import fetch_all, fetch_one
from meetingroom.issuing import deadlines
from meetingroom.printing.wording import words
from meetingroom.tasks import reminders, store
from meetingroom.tasks.units import read_units

ATTEMPTS = 12
TOLD = 7 * 86_400_000  # ms for which organisers are told of a message that did not go out
OFFICIAL = "vi"  # as the titles of tasks are
FIRST, LONGEST = 60_000, 6 * 3_600_000  # ms until the second attempt, and at most between two


def make_digests(db, day: datetime.date, *, mail: bool) -> int:
    """Write down every message of a day that is not there yet; returns how many are new. With `mail` those of people
    with an address wait to be sent; the others are shown in the program."""
    units, choices, rhythms = read_units(db), store.read_choices(db), store.read_rhythms(db)
    found: dict[str, list[reminders.Reminder]] = {}
    for entry in store.list_tasks(db, units):
        due = entry.now.due(entry.task)
        if not due:
            continue
        left = reminders.days_left(due, day)
        people = set()
        for unit, person in reminders.responsible(entry.task, entry.now, units.heads):
            of = unit or units.people.get(person, {}).get("unit") or ""
            rhythm = store.rhythm_of(of, units, rhythms, choices)
            if reminders.is_day(left, rhythm.days, rhythm.weekly):
                people.add(person)
        for person in sorted(people):
            found.setdefault(person, []).append(reminders.Reminder(entry.task.id, entry.task.text, due, left))
    _ = words(OFFICIAL)
    for notice in deadlines.notices_due(db, clock.milliseconds(f"{day}T12:00")):
        left = reminders.days_left(notice.due.isoformat(), day)
        if reminders.is_day(left, choices.remind_days, choices.weekly):
            text = _("Notice of conclusions: %(title)s", title=notice.title)
            for person in writers(db, notice.meeting):
                found.setdefault(person, []).append(reminders.Reminder("", text, notice.due.isoformat(), left))
    new = 0
    for person, tasks in found.items():
        about = units.people.get(person)
        if about is None:
            continue
        address = (about["email"] or "") if mail else ""
        row = (person, day.isoformat(), address, about["language"] or "", json.dumps(reminders.summarise(tasks)),
               "queued" if address else "shown", clock.now())  # fmt: skip
        new += db.conn.execute(
            "insert or ignore into outbox (person, day, address, language, data, status, attempts, next_at, error,"
            " created_at, sent_at) values (?, ?, ?, ?, ?, ?, 0, 0, '', ?, 0)",
            row,
        ).rowcount
    note_day(db, day)
    return new


def writers(db, meeting: str) -> list[str]:
    """Who makes a meeting's notice."""
    return [
        row["person"]
        for row in fetch_all(
            db, "select person from members where meeting = ? and role in ('secretary', 'chair')", [meeting]
        )
    ]


def note_day(db, day: datetime.date) -> None:
    store.save_setting(db, "digests", day.isoformat())


def last_day(db) -> str:
    """The day whose messages were made last; "" before the first."""
    return store.read_setting(db, "digests", "")


def list_due(db, now: int) -> list[dict]:
    rows = fetch_all(
        db,
        "select outbox.*, users.name from outbox join users on users.id = outbox.person"
        " where status = 'queued' and next_at <= ? order by outbox.id limit 500",
        [now],
    )
    return [{**row, "data": json.loads(row["data"])} for row in rows]


def is_waiting(db, now: int) -> bool:
    return fetch_one(db, "select 1 from outbox where status = 'queued' and next_at <= ? limit 1", [now]) is not None


def mark_sent(db, id: int) -> None:
    db.conn.execute("update outbox set status = 'sent', error = '', sent_at = ? where id = ?", [clock.now(), id])


def mark_failed(db, row: dict, error: str, *, for_good: bool) -> None:
    """Tried again later, each time later; a mailbox that is refused, or the last attempt, is for good."""
    attempts = row["attempts"] + 1
    status = "failed" if for_good or attempts >= ATTEMPTS else "queued"
    wait = min(FIRST * 2 ** (attempts - 1), LONGEST)
    db.conn.execute(
        "update outbox set status = ?, attempts = ?, next_at = ?, error = ? where id = ?",
        [status, attempts, clock.now() + wait, error[:300], row["id"]],
    )


def find_digest(db, person: str, day: datetime.date) -> dict | None:
    """A person's message of a day: {overdue, today, soon, tasks}."""
    row = fetch_one(db, "select data from outbox where person = ? and day = ?", [person, day.isoformat()])
    return json.loads(row["data"]) if row else None


def list_errors(db) -> list[dict]:
    """The last messages that did not go out, with whom they were for."""
    return fetch_all(
        db,
        "select outbox.day, outbox.address, outbox.error, outbox.attempts, outbox.status, users.name from outbox"
        " join users on users.id = outbox.person where error != '' and status != 'sent'"
        " order by outbox.id desc limit 50",
    )


def list_unsent(db, person: str, everybody: bool, since: int) -> list[dict]:
    """Whom a message did not reach since a moment, and why: of the people of meetings that `person` organises."""
    sql = """select outbox.*, users.name from outbox join users on users.id = outbox.person
             where error != '' and status != 'sent' and outbox.created_at > :since and (:everybody or exists (
             select 1 from members as mine join members as theirs on theirs.meeting = mine.meeting
             where mine.person = :person and mine.role in ('organiser', 'secretary') and theirs.person = outbox.person))
             order by outbox.id desc limit 50"""
    return fetch_all(db, sql, {"person": person, "everybody": everybody, "since": since})


def count_by_status(db) -> dict[str, int]:
    return {row[0]: row[1] for row in db.conn.execute("select status, count(*) from outbox group by status")}
