"""What becomes of a count: the chair decides where only opinions were asked, it is published, or it is void."""

from dataclasses import dataclass

from meetingroom.meeting import checks
from meetingroom.meeting.ballot_count import may_show_numbers
from meetingroom.meeting.ballots import find_ballot, in_state, with_ballot
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve
from meetingroom.meeting.roles import CHAIR
from meetingroom.meeting.state import Ballot, MeetingState


@dataclass(frozen=True)
class PublishResult(Command):
    """The result is shown to everybody."""

    ballot: str
    may = CHAIR


@dataclass(frozen=True)
class ResultPublished(Event):
    """Everybody sees the result."""

    ballot: str


@dataclass(frozen=True)
class KeepResult(Command):
    """The result stays unpublished; the minutes say that the ballot was taken and its result not published."""

    ballot: str
    may = CHAIR


@dataclass(frozen=True)
class ResultKept(Event):
    """The chair does not publish the result."""

    ballot: str


@dataclass(frozen=True)
class AnnulBallot(Command):
    """The ballot is void, and why. Not that of a secret ballot whose numbers the chair has seen."""

    ballot: str
    reason: str
    may = CHAIR


@dataclass(frozen=True)
class BallotAnnulled(Event):
    """The ballot is void."""

    ballot: str
    reason: str


@dataclass(frozen=True)
class RecordDecision(Command):
    """After opinions were taken: what the chair decides."""

    ballot: str
    decision: str
    may = CHAIR


@dataclass(frozen=True)
class DecisionRecorded(Event):
    """What the chair decided after opinions were taken."""

    ballot: str
    decision: str


@decide.register
def publish_result(command: PublishResult, state: MeetingState, actor: Actor):
    checks.check_recordable(state)
    ballot = in_state(state, command.ballot, "closed", "ballot_not_closed")
    if ballot.rule.opinion and not ballot.decision:
        raise Refused("decision_needed")
    return [ResultPublished(command.ballot)]


@evolve.register
def result_published(event: ResultPublished, state: MeetingState):
    return with_ballot(state, event.ballot, state="published", published_at=state.at)


@decide.register
def keep_result(command: KeepResult, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    ballot = in_state(state, command.ballot, "closed", "ballot_not_closed")
    return [] if ballot.kept_at else [ResultKept(command.ballot)]


@evolve.register
def result_kept(event: ResultKept, state: MeetingState):
    return with_ballot(state, event.ballot, kept_at=state.at)


@decide.register
def annul_ballot(command: AnnulBallot, state: MeetingState, actor: Actor):
    checks.check_recordable(state)
    ballot = find_ballot(state, command.ballot)
    if ballot.state not in ("open", "closed", "published"):
        raise Refused("ballot_not_open")
    if not may_annul(ballot):
        raise Refused("result_known")
    return [BallotAnnulled(command.ballot, checks.text(command.reason, 1000, field="reason"))]


def may_annul(ballot: Ballot) -> bool:
    """Whether a ballot may still be void. A secret one is not voted again because its numbers did not please."""
    return ballot.state == "open" or not (ballot.secret and may_show_numbers(True, ballot.returned))


@evolve.register
def ballot_annulled(event: BallotAnnulled, state: MeetingState):
    return with_ballot(state, event.ballot, state="annulled", reason=event.reason)


@decide.register
def record_decision(command: RecordDecision, state: MeetingState, actor: Actor):
    checks.check_recordable(state)
    ballot = find_ballot(state, command.ballot)
    if not ballot.rule.opinion or ballot.state != "closed":
        raise Refused("ballot_not_closed")
    return [DecisionRecorded(command.ballot, checks.text(command.decision, 5000, field="decision"))]


@evolve.register
def decision_recorded(event: DecisionRecorded, state: MeetingState):
    return with_ballot(state, event.ballot, decision=event.decision)
