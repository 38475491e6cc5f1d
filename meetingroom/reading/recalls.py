"""How a recall stands, for the staff: every device that had copies, and whether it has confirmed."""

from meetingroom import log
from meetingroom.auth import account_store, guard
from meetingroom.documents import fetched_store as fetched
from meetingroom.documents import openings_store
from meetingroom.meeting.papers import documents_of
from meetingroom.meeting.state import MeetingState, Recall
from meetingroom.reading import receipts_store as receipts
from meetingroom.reading.names_of_devices import name_in
from meetingroom.web.context import context
from meetingroom.web.errors import Problem


def find_recall(meeting: str, recall: str) -> tuple[MeetingState, Recall]:
    """For the staff. Raises Problem: not_found | not_allowed."""
    guard.require_staff(meeting)
    state = log.state(context().pool, meeting)
    if recall not in state.recalls:
        raise Problem("not_found", 404)
    fetched.count(context().pool, [each for key in state.recalls[recall].papers for each in copies_of(state, key)])
    receipts.mark_changed(context().pool, meeting, recall)
    return state, state.recalls[recall]


def copies_of(state: MeetingState, paper: str) -> tuple[str, ...]:
    return documents_of(state.papers[paper]) if paper in state.papers else ()


def describe(state: MeetingState, key: str, recall: Recall) -> dict:
    with context().pool.lend() as db:
        rows, screens = receipts.list_devices(db, key), openings_store.names_of_screens(db, state.id)
        counts = receipts.counts(db, key)
        account = account_store.find_user(db, recall.by) if recall.by else None
    named, people = name_in(state, screens), state.roll.people
    devices = [
        {
            **{name: row[name] for name in ("device", "person", "pages", "signed_at", "failed")},
            "name": named(row),
            "unit": people[row["person"]].unit if row["person"] in people else "",
        }
        for row in rows
    ]
    by = people[recall.by].name if recall.by in people else account["name"] if account else ""
    answer = {
        "id": key,
        "at": recall.at,
        "by": by,
        "automatic": not recall.by,
        "reason": recall.reason,
        **counts,
        "devices": devices,
    }
    answer["papers"] = [
        {"id": each, "title": state.papers[each].title} for each in recall.papers if each in state.papers
    ]
    return answer | ({"closed": recall.closed_at} if recall.closed_at else {})
