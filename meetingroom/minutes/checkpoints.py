"""Texts that have been saved go into the log: through its one door, in the name of who wrote them."""

from meetingroom import log
from meetingroom.meeting.agenda import FinishItem, StartItem
from meetingroom.meeting.approval import ApproveMinutes
from meetingroom.meeting.kernel import Actor, Command
from meetingroom.meeting.lifecycle import CloseMeeting
from meetingroom.meeting.record import GENERAL, CheckpointNote
from meetingroom.meeting.reopening import WithdrawReopening
from meetingroom.meeting.review import SendMinutes, SubmitMinutes
from meetingroom.minutes import notes
from meetingroom.minutes.note_store import Revision
from meetingroom.web.context import context
from meetingroom.web.dispatch import do_commands

# Before these the log has every text as it stands: they rest on it, or a part of the meeting is over.
REST_ON_TEXTS: frozenset[type[Command]] = frozenset(
    {StartItem, FinishItem, CloseMeeting, ApproveMinutes, SendMinutes, SubmitMinutes, WithdrawReopening}
)


def checkpoint(meeting: str, texts: list[tuple[str, Revision]]) -> None:
    """The texts of these items, each with its newest version."""
    do_commands(
        meeting,
        [
            (CheckpointNote(item), Actor(made.by, "system"), f"note-{item}-{made.rev}-{made.sha[:12]}")
            for item, made in texts
        ],
    )


def before(meeting: str, command: Command) -> None:
    """Everything that stands otherwise than in the log, if `command` rests on it."""
    if type(command) not in REST_ON_TEXTS:
        return
    state = log.state(context().pool, meeting)
    if state.record.approved or state.meeting.secrecy != "none":
        return
    with context().pool.lend() as db:
        texts = [(item, head) for item, head in notes.unlogged(db, state) if item in (GENERAL, *state.agenda.order)]
    if texts:
        checkpoint(meeting, texts)
