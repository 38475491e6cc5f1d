"""Number and day are put into the room that was left for them in a document that is there already (số sau)."""

from dataclasses import dataclass, replace

from meetingroom.meeting.issuing import (
    CLERKS,
    NUMBERED,
    NumberStamped,
    check_counts,
    check_issuable,
    document_key,
    find_document,
    is_in_file,
    number_of,
    taken_for,
    with_documents,
)
from meetingroom.meeting.kernel import Actor, Command, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.state import MeetingState


@dataclass(frozen=True)
class StampNumber(Command):
    """The number that was taken, and the day of issue (yyyy-mm-dd; today if none is said), are put into the room that
    the document has for them. Signatures that it holds stay valid: where they would not, it is refused."""

    document: str
    date: str = ""
    file: str = filled_by_server("")
    may = CLERKS


@decide.register
def stamp_number(command: StampNumber, state: MeetingState, actor: Actor):
    check_issuable(state)
    key = document_key(state, command.document)
    check_stampable(state, key)
    if not (command.file and command.date):
        raise Refused("files_not_made")
    return [NumberStamped(key, command.file, number_to_stamp(state, key), command.date)]


@evolve.register
def number_stamped(event: NumberStamped, state: MeetingState):
    if not (document := state.issuing.documents.get(event.document)):
        return state
    stamped = replace(document, stamped=event.file, stamped_over=len(document.signatures), dated=event.date)
    return with_documents(state, {event.document: stamped})


def check_stampable(state: MeetingState, key: str) -> None:
    document = find_document(state, key)
    check_counts(state, key)
    if document.issued:
        raise Refused("already_issued")
    if document.stamped:
        raise Refused("stamped_already")
    if document.kind in NUMBERED and not number_of(state, key):
        raise Refused("number_needed")
    if (taken := taken_for(state, key)) and taken.printed and not is_in_file(state, taken):
        raise Refused("number_not_in_file")


def number_to_stamp(state: MeetingState, key: str) -> str:
    """As it is written; "" where the document says it already, or has none."""
    taken = taken_for(state, key)
    return taken.text if taken and not taken.printed else ""
