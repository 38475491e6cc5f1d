"""What is done before a command, outside its transaction: texts go into the log, files are made that it names."""

from collections.abc import Callable
from typing import Any

from flask import g

from meetingroom.devices import own_pin
from meetingroom.issuing import making
from meetingroom.meeting.issuing import IssueDocument, MakeDocument
from meetingroom.meeting.kernel import Command
from meetingroom.meeting.review import AcknowledgeMinutes, FinaliseMinutes
from meetingroom.meeting.stamping import StampNumber
from meetingroom.minutes import checkpoints, final_files
from meetingroom.signing import stamp_command
from meetingroom.web.context import context
from meetingroom.web.errors import Problem


def prove_acknowledgement(_meeting: str, wish: AcknowledgeMinutes) -> None:
    """Whoever has a PIN gives it: a screen that was left open acknowledges nothing. Raises Problem: pin_needed, and
    what `own_pin.check` says."""
    with context().pool.lend() as db:
        has_pin = bool(own_pin.pin_of(db, g.user.id))
    if not wish.pin and has_pin:
        raise Problem("pin_needed", 403)
    if wish.pin:
        own_pin.check(g.user.id, wish.pin)


makers: dict[type[Command], Callable[[str, Any], None]] = {
    FinaliseMinutes: final_files.prepare,
    MakeDocument: making.prepare,
    StampNumber: stamp_command.prepare,
    IssueDocument: making.prepare_issue,
    AcknowledgeMinutes: prove_acknowledgement,
}


def before(meeting: str, wish: Command, role: str) -> None:
    """Files are made for whoever may give the command; what it comes to otherwise, its rule says."""
    checkpoints.before(meeting, wish)
    make = makers.get(type(wish))
    if make and role in wish.may:
        make(meeting, wish)
