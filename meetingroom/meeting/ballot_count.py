"""Votes are counted, once: those cast when the ballot closes, or those on paper, by two tellers."""

from dataclasses import asdict, dataclass, replace

from meetingroom.meeting import checks, tally
from meetingroom.meeting.ballots import FEW, due_at, in_state, with_ballot
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.roles import CHAIR, CHAIR_AND_SECRETARY
from meetingroom.meeting.roll import PRESENT
from meetingroom.meeting.state import Ballot, MeetingState, Person

INVALID = "invalid"
AWAY = ("excused", "left")


@dataclass(frozen=True)
class CloseBallot(Command):
    """Voting ends and the result is computed, once. `votes`, `texts`, `receipts` come out of the sealed box."""

    ballot: str
    votes: dict[str, int] = filled_by_server(None)
    texts: tuple[str, ...] = filled_by_server(())
    receipts: tuple[str, ...] = filled_by_server(())
    may = CHAIR | {"system"}


@dataclass(frozen=True)
class BallotClosed(Event):
    """The count and the one result: {verdict, base, needed, reason, may_report, sentence: {vi, en}}."""

    ballot: str
    counts: dict[str, int]
    issued: int
    returned: int
    verdict: str
    base: int
    needed: int
    reason: str
    may_report: bool
    sentence: dict[str, str]
    texts: tuple[str, ...] = ()
    receipts: tuple[str, ...] = ()
    tellers: tuple[str, ...] = ()


@dataclass(frozen=True)
class EnterCount(Command):
    """A count on paper, entered with the names of two tellers: votes per option, and invalid ballots.

    Where several options may be chosen, `papers` is how many ballot papers were returned. More papers than people
    present need `despite`.
    """

    ballot: str
    counts: dict[str, int]
    tellers: tuple[str, ...]
    papers: int = 0
    despite: bool = False
    may = CHAIR_AND_SECRETARY


@decide.register
def close_ballot(command: CloseBallot, state: MeetingState, actor: Actor):
    ballot = in_state(state, command.ballot, "open", "ballot_not_open")
    if actor.role == "system" and actor.at < due_at(ballot):
        raise Refused("not_due")
    if ballot.secret:
        votes = dict(command.votes or {})
        if len(command.receipts) != len(ballot.voted):
            raise Refused("sealed_box_incomplete", voted=len(ballot.voted), found=len(command.receipts))
    else:
        votes = count_votes(ballot)
    return [close_result(command.ballot, ballot, votes, state, command.texts, tuple(sorted(command.receipts)))]


@evolve.register
def ballot_closed(event: BallotClosed, state: MeetingState):
    result = {key: getattr(event, key) for key in ("verdict", "base", "needed", "reason", "may_report", "sentence")}
    return with_ballot(
        state,
        event.ballot,
        state="closed",
        closed_at=state.at,
        counts=event.counts,
        issued=event.issued,
        returned=event.returned,
        result=result,
        texts=event.texts,
        receipts=event.receipts,
        tellers=event.tellers,
    )


@decide.register
def enter_count(command: EnterCount, state: MeetingState, actor: Actor):
    ballot = in_state(state, command.ballot, "open", "ballot_not_open")
    if ballot.voted:
        raise Refused("votes_already_cast")
    tellers = tuple(checks.text(name, 200, field="tellers") for name in command.tellers)
    if len(set(tellers)) < 2:
        raise Refused("two_tellers", field="tellers")
    keys = {option.key for option in ballot.options} | {INVALID}
    if set(command.counts) - keys or any(n < 0 for n in command.counts.values()):
        raise Refused("not_a_number", field="counts")
    papers = command.papers if ballot.choose > 1 else sum(command.counts.values())
    if ballot.choose > 1 and papers < 1:
        raise Refused("papers_needed", field="papers")
    if papers > len(ballot.roll) or not fits(command.counts, papers, ballot.choose):
        raise Refused("more_than_voters", field="counts")
    there = len(set(ballot.present) | present_people(ballot, state))
    if papers > there and not command.despite:
        raise Refused("more_than_present", field="counts", present=there, papers=papers)
    return [close_result(command.ballot, ballot, command.counts, state, tellers=tellers, papers=papers)]


def present_people(ballot: Ballot, state: MeetingState) -> set[str]:
    """Who of the roll is present now."""
    return {key for key in ballot.roll if key in state.roll.people and state.roll.people[key].presence in PRESENT}


def papers_handed_out(ballot: Ballot, state: MeetingState) -> int:
    """To how many of the roll a ballot was given: not to who was excused, represented or had left before it opened."""
    away = {key for key in ballot.roll if key in state.roll.people and is_away(state.roll.people[key])}
    return len(set(ballot.roll) - (away - set(ballot.present) - set(ballot.voted)))


def is_away(person: Person) -> bool:
    return person.presence in AWAY or (person.presence == "waiting" and person.consent == "given")


def may_show_numbers(secret: bool, cast: int) -> bool:
    """Whether the numbers of a ballot may be told to anybody: of a secret one only if enough voted to hide each."""
    return not secret or cast >= FEW


def hide_few_votes(event: Event, state: MeetingState) -> Event:
    """The fact as it may be told: an old log holds numbers and receipts of secret ballots of fewer than four votes."""
    if not isinstance(event, BallotClosed) or event.ballot not in state.ballots.ballots:
        return event
    if may_show_numbers(state.ballots.ballots[event.ballot].secret, event.returned):
        return event
    timeline_only = asdict(tally.result_without_numbers(event.base, event.returned, FEW))
    return replace(event, counts={}, texts=(), receipts=(), **timeline_only)


def count_votes(ballot: Ballot) -> dict[str, int]:
    counts = {option.key: 0 for option in ballot.options}
    for vote in ballot.votes.values():
        for key in vote.choices:
            counts[key] += 1
    return counts


def fits(counts: dict[str, int], papers: int, choose: int) -> bool:
    """Whether so many ballot papers, each with at most `choose` options, can have come to this count."""
    valid = papers - counts.get(INVALID, 0)
    votes = [n for key, n in counts.items() if key != INVALID]
    return valid >= 0 and all(n <= valid for n in votes) and sum(votes) <= choose * valid


def close_result(
    key: str, ballot: Ballot, votes: dict[str, int], state: MeetingState, texts=(), receipts=(), tellers=(), papers=0
):
    """The closing fact with its one result."""
    cast = papers if tellers else len(ballot.voted)
    chair = next((p for p in ballot.roll if p in state.roll.people and state.roll.people[p].role == "chair"), "")
    own = ballot.votes.get(chair)
    present = max(len(set(ballot.present) | set(ballot.voted)), cast)
    # Of those entitled at the opening: who has been taken off the meeting since may have voted.
    count = tally.Count(votes, ballot.entitled, present, cast, own.choices[0] if own and len(own.choices) == 1 else "")
    full = {option.key: votes.get(option.key, 0) for option in ballot.options}
    invalid = {INVALID: votes[INVALID]} if votes.get(INVALID) else {}
    result = tally.result(ballot.rule, count)
    if not may_show_numbers(ballot.secret, cast):
        full, invalid, texts, receipts = {}, {}, (), ()
        result = tally.result_without_numbers(result.base, cast, FEW)
    issued = max(papers_handed_out(ballot, state), cast)
    return BallotClosed(
        key, {**full, **invalid}, issued, cast, **asdict(result), texts=tuple(sorted(texts)),
        receipts=receipts, tellers=tellers,
    )  # fmt: skip
