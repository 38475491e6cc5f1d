"""Where the minutes of each meeting stand, which numbers its documents have, and what was issued."""

from sqlite_utils import Database

from meetingroom.meeting.issuing import number_of
from meetingroom.meeting.kernel import Event
from meetingroom.meeting.review import open_round, standing
from meetingroom.meeting.state import MeetingState
from meetingroom.projections.registry import projection


@projection("minutes_standing", reads=("review", "issuing", "record"))
def minutes_standing(db: Database, meeting: str, before: MeetingState, after: MeetingState, fact: Event) -> None:
    """One row a meeting whose minutes have left the secretary's desk; `until` is the end of the round under way."""
    same = before.review is after.review and before.issuing is after.issuing
    if same and before.record.approved is after.record.approved:
        return
    now = open_round(after)
    db.conn.execute(
        "insert or replace into minutes_standing (meeting, standing, version, round, until) values (?, ?, ?, ?, ?)",
        (meeting, standing(after), after.record.version, now.number if now else 0, now.until if now else 0),
    )


@projection("register_entries", reads=("issuing",))
def register_entries(db: Database, meeting: str, before: MeetingState, after: MeetingState, fact: Event) -> None:
    """One row a number that was taken. Two of the same never: the transaction fails."""
    if before.issuing.numbers is after.issuing.numbers:
        return
    for n, taken in enumerate(after.issuing.numbers):
        key = (taken.register, taken.year, taken.number)
        if n >= len(before.issuing.numbers):
            db.conn.execute(
                "insert into register_entries (register, year, number, text, at, by, void, meeting, document)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*key, taken.text, taken.at, taken.by, taken.void, meeting, taken.document),
            )
        elif before.issuing.numbers[n] is not taken:
            db.conn.execute(
                "update register_entries set void = ? where register = ? and year = ? and number = ?",
                (taken.void, *key),
            )


@projection("documents_issued", reads=("issuing",))
def documents_issued(db: Database, meeting: str, before: MeetingState, after: MeetingState, fact: Event) -> None:
    """One row a document that has gone out."""
    if before.issuing.documents is after.issuing.documents:
        return
    for key, document in after.issuing.documents.items():
        if not document.issued or before.issuing.documents.get(key) is document:
            continue
        db.conn.execute(
            "insert or replace into documents_issued (document, meeting, kind, number, file, at, replaced_by, reason)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                meeting,
                document.kind,
                number_of(after, key),
                document.issued,
                document.issued_at,
                document.replaced_by,
                document.reason,
            ),
        )
