"""What a meeting is found by, as its log says it: items, conclusions, questions, and the titles of its papers.

`search_rows` has the pages of papers and the minutes as well, which the worker reads (meetingroom/search/).
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sqlite_utils import Database

from meetingroom.meeting.archiving import FactRedacted
from meetingroom.meeting.issuing import being_replaced
from meetingroom.meeting.kernel import Event
from meetingroom.meeting.state import MeetingState
from meetingroom.projections.registry import projection

MEMBERS, STAFF = "m", "s"
HEAVY, PLAIN, DOUBTFUL = 3.0, 1.0, 0.5  # what a hit counts for


class Row(NamedTuple):
    """One place that is found; `audience` is m for all members, s for the staff, d for whoever may see the document."""

    ref: str
    audience: str
    kind: str
    document: str
    page: int
    item: str
    weight: float
    title: str
    body: str


@projection(reads=("agenda", "record", "meeting", "ballots", "papers"), facts=(FactRedacted,))
def search_rows(db: Database, meeting: str, before: MeetingState, after: MeetingState, fact: Event) -> None:
    """Only what reads otherwise than before is written: a page turn or a vote writes nothing."""
    if isinstance(fact, FactRedacted):  # what it withholds is known to the log's rows alone: all is read again
        forget_log(db, meeting)
        return
    if not approved_still(before, after):
        db.conn.execute("delete from search_rows where meeting = ? and kind = 'minutes'", (meeting,))
        db.conn.execute("delete from search_state where subject = ?", (f"log/{meeting}",))
    for parts, rows in READ.items():
        if any(getattr(before, part) is not getattr(after, part) for part in parts):
            old, new = ({row.ref: row for row in rows(state)} for state in (before, after))
            write_rows(db, meeting, old, new)
    if before.papers is not after.papers:
        for key, paper in after.papers.items():
            was = before.papers.get(key)
            if was is None or (was.title, was.document) != (paper.title, paper.document):
                write_title(db, paper.document, paper.title)


def approved_still(before: MeetingState, after: MeetingState) -> bool:
    """Whether the minutes that are read are the same as before. Those being written anew are, until they count."""
    same = before.record.approved is after.record.approved
    return same or (after.record.approved is None and being_replaced(after) is not None)


def rows_of(state: MeetingState) -> Iterator[Row]:
    """Items, conclusions and questions, each for whom the meeting's view has it."""
    for rows in READ.values():
        yield from rows(state)


def items_of(state: MeetingState) -> Iterator[Row]:
    for key in state.agenda.order:
        title = state.agenda.items[key].title
        yield Row(f"agenda/{state.id}/{key}", MEMBERS, "agenda", "", 0, key, HEAVY, "", title)


def conclusions_of(state: MeetingState) -> Iterator[Row]:
    closed = state.meeting.status in ("closed", "archived")
    for key in state.record.order:
        made = state.record.conclusions[key]
        text = " · ".join(filter(None, (made.text, made.lead, made.person_name, made.deliverable)))
        audience = MEMBERS if closed else STAFF
        yield Row(f"conclusion/{state.id}/{key}", audience, "conclusion", "", 0, made.item, HEAVY, "", text)


def questions_of(state: MeetingState) -> Iterator[Row]:
    for key, ballot in state.ballots.ballots.items():
        audience = STAFF if ballot.state == "draft" else MEMBERS
        text = " · ".join((ballot.question, *(option.label for option in ballot.options if option.label)))
        yield Row(f"ballot/{state.id}/{key}", audience, "ballot", "", 0, ballot.item, HEAVY, "", text)


# The parts of the state that they are made of.
READ: dict[tuple[str, ...], Callable[[MeetingState], Iterator[Row]]] = {
    ("agenda",): items_of,
    ("record", "meeting"): conclusions_of,
    ("ballots",): questions_of,
}


def write_rows(db: Database, meeting: str, old: dict[str, Row], new: dict[str, Row]) -> None:
    for ref in old.keys() - new.keys():
        db.conn.execute("delete from search_rows where ref = ?", (ref,))
    for ref, row in new.items():
        if old.get(ref) != row:
            keep_row(db, meeting, row)


def keep_row(db: Database, meeting: str, row: Row) -> None:
    """New, or in place of what it was: a row that is written again keeps its age."""
    scope = f"d:{row.document}" if row.audience == "d" else f"{row.audience}:{meeting}"
    db.conn.execute(
        "insert into search_rows (ref, scope, kind, meeting, document, page, item, weight, title, body)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (ref) do update set scope = excluded.scope,"
        " item = excluded.item, weight = excluded.weight, title = excluded.title, body = excluded.body",
        (row.ref, scope, row.kind, meeting, row.document, row.page, row.item, row.weight, row.title, row.body),
    )


def write_title(db: Database, document: str, title: str) -> None:
    """A paper is found by its title on its first page; a page that is not read yet has it from the worker."""
    db.conn.execute("update search_rows set title = ? where ref = ?", (title, f"page/{document}/1"))


def forget_log(db: Database, meeting: str) -> None:
    """Everything but the pages goes, until the worker has read the log again."""
    kinds = "('agenda', 'conclusion', 'ballot', 'minutes')"
    db.conn.execute(f"delete from search_rows where meeting = ? and kind in {kinds}", (meeting,))  # noqa: S608
    db.conn.execute("delete from search_state where subject = ?", (f"log/{meeting}",))
