"""Who has been sent which invitation: one row a person and meeting, always the last message. Callers bring the
transaction.

The mailing of a meeting has a number that rises with everything that changes for those who were invited. What changes
by itself (time, place, title; off; somebody no longer invited) goes out once it has stood still for a while.
"""

import hashlib
import json
from typing import Any

from meetingroom import clock
from meetingroom.database import fetch_all, fetch_one
from meetingroom.invitations.letter import CANCEL, REQUEST

OPEN = ("published", "live", "adjourned")  # to invitations
STILL = 60_000  # ms for which nothing has changed before a change goes out by itself
ATTEMPTS = 12
FIRST, LONGEST = 60_000, 6 * 3_600_000  # ms until the second attempt, and at most between two
FRAME = ("title", "starts_at", "ends_at", "place")


def read_meeting(db, meeting: str) -> dict | None:
    """What its invitations say, with its `status`; None for a meeting on state secrets, of which nothing is mailed."""
    row = fetch_one(db, "select * from meetings where id = ? and secrecy = 'none'", [meeting])
    if row is None:
        return None
    chair = fetch_one(
        db,
        "select users.name from members join users on users.id = person where meeting = ? and members.role = 'chair'",
        [meeting],
    )
    return {key: row[key] for key in ("id", "status", *FRAME)} | {"chair": chair["name"] if chair else ""}


def list_people(db, meeting: str) -> list[dict]:
    """Who is invited, as the directory has them: {person, name, address, language}."""
    return fetch_all(
        db,
        "select person, users.name, coalesce(users.email, '') as address, coalesce(users.language, '') as language"
        " from members join users on users.id = person where meeting = ? and users.active"
        " order by members.rowid",
        [meeting],
    )


def list_mails(db, meeting: str) -> dict[str, dict]:
    rows = fetch_all(db, "select * from invitation_mails where meeting = ?", [meeting])
    return {row["person"]: row | {"data": json.loads(row["data"])} for row in rows}


def frame_of(meeting: dict) -> str:
    """What somebody has to know anew when it changes."""
    return digest([meeting[key] for key in FRAME])


def digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:24]


def send_round(db, meeting: dict, by: str, *, everybody: bool) -> int:
    """Write down what is to be sent: to `everybody` who has not got the invitation as it reads now; else only to those
    who have had one and for whom something has changed. How many messages that are."""
    key, frame = meeting["id"], frame_of(meeting)
    people, mails = list_people(db, key), list_mails(db, key)
    kept = fetch_one(db, "select * from mailings where meeting = ?", [key])
    here = {row["person"] for row in people}
    off = meeting["status"] == "cancelled"
    gone = [row for who, row in mails.items() if row["method"] == REQUEST and (off or who not in here)]
    addressed = [] if off else [row for row in people if row["address"]]
    wanted = [row for row in addressed if is_due(mails.get(row["person"]), row, frame, everybody)]
    again = [mails[row["person"]] for row in wanted if row["person"] in mails]
    number = kept["sequence"] if kept else 0
    if kept and (gone or any(row["frame"] != frame or row["method"] == CANCEL for row in again)):
        number += 1
    new = {"sequence": number, "by": by, "at": clock.now()}
    data = {name: meeting[name] for name in (*FRAME, "chair")} | {"off": off}
    for row in wanted:
        queue(db, key, row, {**new, "method": REQUEST, "frame": frame, "data": data}, mails.get(row["person"]))
    sent = 0
    for row in gone:
        if row["sent_at"] or row["attempts"]:
            queue(db, key, row, {**new, "method": CANCEL, "frame": frame, "data": row["data"] | {"off": off}}, row)
            sent += 1
        else:  # nobody has it yet
            db.conn.execute("delete from invitation_mails where meeting = ? and person = ?", [key, row["person"]])
    if kept or wanted:
        mark = {"meeting": key, "sequence": number, "state": state_of(db, meeting), "seen": "", "seen_at": 0}
        db["mailings"].insert(mark, pk="meeting", replace=True)
    return len(wanted) + sent


def is_due(mail: dict | None, person: dict, frame: str, everybody: bool) -> bool:
    if mail is None or mail["method"] == CANCEL:
        return everybody
    if mail["frame"] != frame:
        return True
    return everybody and (mail["status"] == "failed" or mail["address"] != person["address"])


def queue(db, meeting: str, person: dict, new: dict, before: dict | None) -> None:
    row = {key: person[key] for key in ("person", "name", "address", "language")} | new | {"meeting": meeting}
    row |= {
        "status": "queued",
        "attempts": 0,
        "next_at": 0,
        "error": "",
        "letter": "",
        "sent_at": before["sent_at"] if before else 0,
    }
    db["invitation_mails"].insert(row | {"data": json.dumps(row["data"])}, pk=("meeting", "person"), replace=True)


def state_of(db, meeting: dict) -> str:
    """Everything whose change goes out by itself."""
    people = sorted(row["person"] for row in list_people(db, meeting["id"]))
    return digest([frame_of(meeting), meeting["status"] == "cancelled", people])


def send_changes(db, now: int) -> int:
    """Of every meeting whose invitations have gone out: what has changed since, once it stands still."""
    rows = fetch_all(
        db,
        "select mailings.*, meetings.status from mailings join meetings on meetings.id = meeting"
        " where meetings.status = 'cancelled' or (meetings.status = 'published' and meetings.starts_at > ?)",
        [now],
    )
    sent = 0
    for row in rows:
        meeting = read_meeting(db, row["meeting"])
        if meeting is None or (state := state_of(db, meeting)) == row["state"]:
            continue
        if state != row["seen"]:
            db["mailings"].update(row["meeting"], {"seen": state, "seen_at": now})
        elif now - row["seen_at"] >= STILL:
            sent += send_round(db, meeting, "", everybody=False)
    return sent


def list_due(db, now: int) -> list[dict]:
    rows = fetch_all(
        db,
        "select * from invitation_mails where status = 'queued' and next_at <= ? order by at, meeting, rowid limit 500",
        [now],
    )
    return [row | {"data": json.loads(row["data"])} for row in rows]


def is_waiting(db, now: int) -> bool:
    sql = "select 1 from invitation_mails where status = 'queued' and next_at <= ? limit 1"
    return fetch_one(db, sql, [now]) is not None


SAME = "meeting = :meeting and person = :person and sequence = :sequence and method = :method"


def begin(db, row: dict) -> bool:
    """Count an attempt; False where the message is not wanted any more, or another has taken its place."""
    sql = f"update invitation_mails set attempts = attempts + 1 where {SAME} and status = 'queued'"  # noqa: S608
    return db.conn.execute(sql, {key: row[key] for key in KEY}).rowcount > 0


KEY = ("meeting", "person", "sequence", "method")


def mark_sent(db, row: dict, letter: str = "") -> None:
    """The mail server has it, with the official letter as `letter` says. If another message has taken its place
    meanwhile, that one waits."""
    named = {key: row[key] for key in KEY} | {"now": clock.now(), "letter": letter}
    sql = f"update invitation_mails set status = 'sent', error = '', letter = :letter where {SAME}"  # noqa: S608
    db.conn.execute(sql, named)
    db.conn.execute("update invitation_mails set sent_at = :now where meeting = :meeting and person = :person", named)


def mark_failed(db, row: dict, error: str, *, for_good: bool) -> None:
    """Tried again later, each time later; a mailbox that is refused, or the last attempt, is for good."""
    attempts = row["attempts"] + 1
    status = "failed" if for_good or attempts >= ATTEMPTS else "queued"
    wait = min(FIRST * 2 ** (attempts - 1), LONGEST)
    db.conn.execute(
        f"update invitation_mails set status = :status, next_at = :next_at, error = :error where {SAME}",  # noqa: S608
        {key: row[key] for key in KEY} | {"status": status, "next_at": clock.now() + wait, "error": error[:300]},
    )
