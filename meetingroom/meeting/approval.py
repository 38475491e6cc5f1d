"""Minutes become final by a person's word alone: a draft, approved by the chair, and, if need be, a draft again."""

from dataclasses import dataclass, field, replace

from meetingroom.meeting import checks, review
from meetingroom.meeting.decision import check_concluded
from meetingroom.meeting.issuing import is_issued
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.roles import CHAIR
from meetingroom.meeting.state import Approval, MeetingState


@dataclass(frozen=True)
class ApproveMinutes(Command):
    """The minutes are right as they stand. `version` and `digest` are those of the text that the chair has read
    (`minutes.json`): if it has become another meanwhile, nothing is approved. Only once the meeting is closed."""

    version: int
    digest: str
    current: str = filled_by_server("")
    agency: dict[str, str] | None = filled_by_server()
    changed: tuple[str, ...] = filled_by_server(())
    may = CHAIR


@dataclass(frozen=True)
class MinutesApproved(Event):
    """The chair has approved the minutes: they are final.

    `digest`: SHA-256 of the minutes as canonical JSON; `letterhead`: what the agency's units said then. `changed`: the
    parts in which they differ from the version before (ids of items; general, attendance, conclusions).
    """

    version: int
    digest: str
    letterhead: dict[str, str] = field(default_factory=dict)
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnlockMinutes(Command):
    """Approved minutes have to be mended: they are a draft again, of the next version, and only the staff read them.
    Not once they are issued: then they are replaced."""

    reason: str
    may = CHAIR


@dataclass(frozen=True)
class MinutesUnlocked(Event):
    """The minutes are a draft again. `version` is the one that was approved and counts no more."""

    version: int
    reason: str


@decide.register
def approve_minutes(command: ApproveMinutes, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    checks.check_not_secret(state)
    if state.meeting.status != "closed":
        raise Refused("minutes_too_early")
    checks.check_recordable(state)
    review.check_answered(state)
    check_concluded(state)
    if not command.current or (command.version, command.digest) != (state.record.version, command.current):
        raise Refused("changed_meanwhile", version=state.record.version)
    return [MinutesApproved(command.version, command.digest, command.agency or {}, command.changed)]


@evolve.register
def minutes_approved(event: MinutesApproved, state: MeetingState):
    approved = Approval(event.version, event.digest, state.at, state.by, state.seq, event.letterhead, event.changed)
    return replace(state, record=replace(state.record, approved=approved))


@decide.register
def unlock_minutes(command: UnlockMinutes, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    if not state.record.approved:
        raise Refused("minutes_not_approved")
    if is_issued(state):
        raise Refused("already_issued")
    return [MinutesUnlocked(state.record.version, checks.text(command.reason, 1000, field="reason"))]


@evolve.register
def minutes_unlocked(event: MinutesUnlocked, state: MeetingState):
    record = replace(state.record, approved=None, version=event.version + 1)
    return replace(state, record=record, review=review.unlocked(state.review, event.version, event.reason))
