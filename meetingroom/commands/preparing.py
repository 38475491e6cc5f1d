"""What is done before a command, outside its transaction: texts go into the log, files are made that it names."""

from collections.abc import Callable
from typing import Any

from meetingroom.issuing import making
from meetingroom.meeting.issuing import IssueDocument, MakeDocument
from meetingroom.meeting.kernel import Command
from meetingroom.meeting.review import FinaliseMinutes
from meetingroom.meeting.stamping import StampNumber
from meetingroom.minutes import checkpoints, final_files
from meetingroom.signing import stamp_command

makers: dict[type[Command], Callable[[str, Any], None]] = {
    FinaliseMinutes: final_files.prepare,
    MakeDocument: making.prepare,
    StampNumber: stamp_command.prepare,
    IssueDocument: making.prepare_issue,
}


def before(meeting: str, wish: Command, role: str) -> None:
    """Files are made for whoever may give the command; what it comes to otherwise, its rule says."""
    checkpoints.before(meeting, wish)
    make = makers.get(type(wish))
    if make and role in wish.may:
        make(meeting, wish)
