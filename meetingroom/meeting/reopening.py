"""Issued minutes that are wrong: written anew under a number of their own, and replaced when the new ones go out."""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks, review
from meetingroom.meeting.issuing import (
    MOST_DOCUMENTS,
    being_replaced,
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

MADE_OF = ("record", "review", "roll", "agenda", "ballots", "report")  # what the minutes tell


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


@dataclass(frozen=True)
class WithdrawReopening(Command):
    """Whoever had issued minutes written anew takes that back, while nothing has been changed, sent or numbered since:
    the issued ones are what they were."""

    may = CHAIR


@dataclass(frozen=True)
class ReopeningWithdrawn(Event):
    """Issued minutes are not written anew after all. `version` and `document` are those of the issued ones."""

    version: int
    document: str


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
    was = without_history(state)
    old = state.issuing.documents.get(event.replaces)
    if old:  # what was entered by hand was the number of the old ones
        state = with_documents(state, {event.replaces: replace(old, number=number_of(state, event.replaces))})
    fields = {name: value for name, value in state.record.fields.items() if name != "number"}
    reopened = Reopened(event.replaces, event.version, event.reason, state.at, state.by, was)
    return replace(
        state,
        record=replace(state.record, approved=None, version=event.version + 1, fields=fields),
        review=review.unlocked(state.review, event.version, event.reason),
        issuing=replace(state.issuing, minutes=event.document, reopened=reopened),
    )


@decide.register
def withdraw_reopening(command: WithdrawReopening, state: MeetingState, actor: Actor):
    check_issuable(state)
    if not (begun := being_replaced(state)):
        raise Refused("minutes_not_reopened")
    if begun.by != actor.user:
        raise Refused("not_who_asked")
    if not can_be_withdrawn(state):
        raise Refused("changed_since_reopened")
    return [ReopeningWithdrawn(begun.version, begun.document)]


@evolve.register
def reopening_withdrawn(event: ReopeningWithdrawn, state: MeetingState):
    begun = state.issuing.reopened
    if not begun or not begun.was:
        return state
    was, documents = begun.was, state.issuing.documents
    if old := documents.get(event.document):
        before = was.issuing.documents[event.document]
        documents = {**documents, event.document: replace(old, number=before.number)}
    issuing = replace(
        state.issuing, documents=documents, minutes=was.issuing.minutes, reopened=was.issuing.reopened
    )  # fmt: skip
    return replace(state, record=was.record, review=was.review, issuing=issuing)


def can_be_withdrawn(state: MeetingState) -> bool:
    """Whether what the minutes are made of is as it was when they were reopened, and nothing was made or numbered."""
    begun = being_replaced(state)
    if not begun or not begun.was:
        return False
    was, issuing = begun.was, state.issuing
    new = minutes_document(state)
    if new in issuing.documents or any(taken.document == new for taken in issuing.numbers):
        return False
    at_first = replace(was, at=begun.at, by=begun.by)
    then = minutes_reopened(MinutesReopened(begun.version, new, begun.document, begun.reason), at_first)
    return all(getattr(then, part) == getattr(state, part) for part in MADE_OF)


def without_history(state: MeetingState) -> MeetingState:
    """The state, which remembers no earlier one: a chain of them would grow with each reopening."""
    if not (earlier := state.issuing.reopened):
        return state
    return replace(state, issuing=replace(state.issuing, reopened=replace(earlier, was=None)))
