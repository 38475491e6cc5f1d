"""Issued minutes that are wrong: written anew under a number of their own, and replaced when the new ones go out."""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks, review
from meetingroom.meeting.issuing import (
    MOST_DOCUMENTS,
    check_issuable,
    first_minutes,
    is_issued,
    minutes_document,
    number_of,
    with_documents,
)
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve
from meetingroom.meeting.roles import CHAIR
from meetingroom.meeting.state import MeetingState, Reopened


@dataclass(frozen=True)
class ReopenMinutes(Command):
    """Issued minutes are wrong: a new version of them is written, as a document with a number and signatures of its
    own. The issued ones stay as they are, and count until the new ones are issued."""

    reason: str
    may = CHAIR


@dataclass(frozen=True)
class MinutesReopened(Event):
    """A new version of issued minutes is begun. `version` is the issued one, `replaces` its document; `document` will
    be the new one."""

    version: int
    document: str
    replaces: str
    reason: str


@decide.register
def reopen_minutes(command: ReopenMinutes, state: MeetingState, actor: Actor):
    check_issuable(state)
    if not is_issued(state):
        raise Refused("minutes_not_issued")
    if len(state.issuing.documents) >= MOST_DOCUMENTS:
        raise Refused("too_many", field="documents", limit=MOST_DOCUMENTS)
    version, reason = state.record.version, checks.text(command.reason, 1000, field="reason")
    document = f"{first_minutes(state.id)}-{version + 1}"
    return [MinutesReopened(version, document, minutes_document(state), reason)]


@evolve.register
def minutes_reopened(event: MinutesReopened, state: MeetingState):
    old = state.issuing.documents.get(event.replaces)
    if old:  # what was entered by hand was the number of the old ones
        state = with_documents(state, {event.replaces: replace(old, number=number_of(state, event.replaces))})
    fields = {name: value for name, value in state.record.fields.items() if name != "number"}
    reopened = Reopened(event.replaces, event.version, event.reason, state.at, state.by)
    return replace(
        state,
        record=replace(state.record, approved=None, version=event.version + 1, fields=fields),
        review=review.unlocked(state.review, event.version, event.reason),
        issuing=replace(state.issuing, minutes=event.document, reopened=reopened),
    )
