"""Ballots: put to the vote, cast, counted, published. A closed one is never opened again; a new round is a new one.

In an open ballot the log holds who voted what. In a secret one it holds only who has voted: the choice goes to the
sealed box as a `Sealed`, which is no fact, and comes back at the close as a count.
"""

import json
from dataclasses import asdict, dataclass, replace

from meetingroom.meeting import checks, tally
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, Sealed, decide, evolve, told
from meetingroom.meeting.roles import CHAIR, CHAIR_AND_SECRETARY, EVERYONE
from meetingroom.meeting.roll import PRESENT, CheckedIn, quorum
from meetingroom.meeting.state import Ballot, MeetingState, Vote
from meetingroom.meeting.tally import Count
from meetingroom.meeting.view import compact, slice_of_view

FEW = 4  # a secret ballot of fewer voters is no secret
INVALID = "invalid"


@dataclass(frozen=True)
class OpenBallot(Command):
    """Voting begins; the roll is frozen. A secret ballot of fewer than four voters needs `despite`."""

    ballot: str
    despite: bool = False
    may = CHAIR


@dataclass(frozen=True)
class BallotOpened(Event):
    """`present` are those of the roll who were present at the opening.

    Below the quorum the numbers the chair saw and went on in spite of: of `members`, `there` were there, `needed` had
    to be; zeros otherwise.
    """

    ballot: str
    roll: tuple[str, ...]
    present: tuple[str, ...] = ()
    despite: bool = False
    members: int = 0
    there: int = 0
    needed: int = 0


@dataclass(frozen=True)
class CastVote(Command):
    """One's vote: an option's key, or several when more may be chosen. `text` goes with "other"."""

    ballot: str
    choice: str | tuple[str, ...]
    text: str = ""
    may = EVERYONE


@dataclass(frozen=True)
class VoteCast(Event):
    """In a secret ballot `choices` and `text` are empty."""

    ballot: str
    person: str
    choices: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class CloseBallot(Command):
    """Voting ends and the result is computed, once. `votes`, `texts`, `receipts` come out of the sealed box."""

    ballot: str
    votes: dict[str, int] = told(None)
    texts: tuple[str, ...] = told(())
    receipts: tuple[str, ...] = told(())
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

    Where several options may be chosen, `papers` is how many ballot papers were returned.
    """

    ballot: str
    counts: dict[str, int]
    tellers: tuple[str, ...]
    papers: int = 0
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class PublishResult(Command):
    """The result is shown to everybody."""

    ballot: str
    may = CHAIR


@dataclass(frozen=True)
class ResultPublished(Event):
    ballot: str


@dataclass(frozen=True)
class AnnulBallot(Command):
    """The ballot is void, and why."""

    ballot: str
    reason: str
    may = CHAIR


@dataclass(frozen=True)
class BallotAnnulled(Event):
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
    ballot: str
    decision: str


@decide.register
def open_ballot(command: OpenBallot, state: MeetingState, actor: Actor):
    checks.live(state)
    ballot = in_state(state, command.ballot, "draft", "ballot_not_draft")
    if other := next((key for key, b in state.ballots.ballots.items() if b.state == "open"), None):
        raise Refused("ballot_open", ballot=other)
    still = (key for key in ballot.voters if key in state.roll.people)
    roll = tuple(key for key in still if key not in ballot.recused)
    if not roll:
        raise Refused("no_voters")
    if ballot.secret and len(roll) < FEW and not command.despite:
        raise Refused("too_few_for_secret", voters=len(roll), least=FEW)
    present = tuple(key for key in roll if state.roll.people[key].presence in PRESENT)
    there = quorum(state)
    below = () if there["met"] else (there["of"], there["present"], there["needed"])
    return [BallotOpened(command.ballot, roll, present, command.despite, *below)]


@evolve.register
def ballot_opened(event: BallotOpened, state: MeetingState):
    return with_ballot(
        state,
        event.ballot,
        state="open",
        roll=event.roll,
        present=event.present,
        entitled=sum(key in state.roll.people for key in the(state, event.ballot).voters),
        below=(event.members, event.there, event.needed) if event.needed else (),
        opened_at=state.at,
    )


@decide.register
def cast_vote(command: CastVote, state: MeetingState, actor: Actor):
    if why := may_not_vote(state, command.ballot, actor.user):
        raise Refused(why)
    ballot = the(state, command.ballot)
    choices = chosen(command, ballot)
    text = checks.text(command.text, 2000, needed=tally.OTHER in choices, field="text")
    # Who votes is there, even if nobody called the roll of them yet.
    arrived = state.roll.people[actor.user].presence == "waiting"
    here: list[Event] = [CheckedIn(actor.user, "online" if remote(state, actor.user) else "onsite")] if arrived else []
    if ballot.secret:
        sealed = json.dumps({"choices": choices, "text": text}, ensure_ascii=False)
        return [*here, VoteCast(command.ballot, actor.user), Sealed(command.ballot, sealed)]
    if ballot.votes.get(actor.user) == Vote(choices, text):
        return []
    return [*here, VoteCast(command.ballot, actor.user, choices, text)]


@evolve.register
def vote_cast(event: VoteCast, state: MeetingState):
    ballot = the(state, event.ballot)
    votes = ballot.votes if ballot.secret else {**ballot.votes, event.person: Vote(event.choices, event.text)}
    return with_ballot(state, event.ballot, voted={**ballot.voted, event.person: True}, votes=votes)


@decide.register
def close_ballot(command: CloseBallot, state: MeetingState, actor: Actor):
    ballot = in_state(state, command.ballot, "open", "ballot_not_open")
    if actor.role == "system" and actor.at < due(ballot):
        raise Refused("not_due")
    if ballot.secret:
        votes = dict(command.votes or {})
        if len(command.receipts) != len(ballot.voted):
            raise Refused("sealed_box_incomplete", voted=len(ballot.voted), found=len(command.receipts))
    else:
        votes = {}
        for vote in ballot.votes.values():
            for key in vote.choices:
                votes[key] = votes.get(key, 0) + 1
    return [closed(command.ballot, ballot, votes, state, command.texts, tuple(sorted(command.receipts)))]


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
    ballot = the(state, command.ballot)
    if ballot.state != "open":
        raise Refused("ballot_not_open")
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
    if papers > len(ballot.roll) or not fit(command.counts, papers, ballot.choose):
        raise Refused("more_than_voters", field="counts")
    return [closed(command.ballot, ballot, command.counts, state, tellers=tellers, papers=papers)]


@decide.register
def publish_result(command: PublishResult, state: MeetingState, actor: Actor):
    checks.unsealed(state)
    ballot = in_state(state, command.ballot, "closed", "ballot_not_closed")
    if ballot.rule.opinion and not ballot.decision:
        raise Refused("decision_needed")
    return [ResultPublished(command.ballot)]


@evolve.register
def result_published(event: ResultPublished, state: MeetingState):
    return with_ballot(state, event.ballot, state="published", published_at=state.at)


@decide.register
def annul_ballot(command: AnnulBallot, state: MeetingState, actor: Actor):
    checks.unsealed(state)
    if the(state, command.ballot).state not in ("open", "closed", "published"):
        raise Refused("ballot_not_open")
    return [BallotAnnulled(command.ballot, checks.text(command.reason, 1000, field="reason"))]


@evolve.register
def ballot_annulled(event: BallotAnnulled, state: MeetingState):
    return with_ballot(state, event.ballot, state="annulled", reason=event.reason)


@decide.register
def record_decision(command: RecordDecision, state: MeetingState, actor: Actor):
    checks.unsealed(state)
    ballot = the(state, command.ballot)
    if not ballot.rule.opinion or ballot.state != "closed":
        raise Refused("ballot_not_closed")
    return [DecisionRecorded(command.ballot, checks.text(command.decision, 5000, field="decision"))]


@evolve.register
def decision_recorded(event: DecisionRecorded, state: MeetingState):
    return with_ballot(state, event.ballot, decision=event.decision)


@slice_of_view("ballots", reads=("ballots",))
def ballots(state: MeetingState, audience: str):
    """{order, open?, items: {id: {question, options, secret, preset, rule, state, roll, cast, …}}}.

    Drafts are the staff's. Counts are there once published, for the staff once closed, while it runs only if the
    ballot says so. Who voted what is shown of a published open ballot; of a secret one it does not exist.
    """
    seen = {key: seen_ballot(b, audience) for key, b in state.ballots.ballots.items()}
    shown = [key for key in state.ballots.order if audience == "staff" or state.ballots.ballots[key].state != "draft"]
    running = next((key for key in shown if state.ballots.ballots[key].state == "open"), "")
    return {**compact(open=running), "order": shown, "items": {key: seen[key] for key in shown}}


def seen_ballot(ballot: Ballot, audience: str) -> dict:
    counted = ballot.state == "published" or (ballot.state == "closed" and audience == "staff")
    running = ballot.state == "open" and ballot.live and not ballot.secret
    seen = compact(
        question=ballot.question,
        options=[compact(key=option.key, label=option.label) for option in ballot.options],
        secret=ballot.secret,
        preset=ballot.preset,
        choose=ballot.choose,
        seconds=ballot.seconds,
        live=ballot.live,
        state=ballot.state,
        item=ballot.item,
        opened_at=ballot.opened_at,
        closed_at=ballot.closed_at,
        published_at=ballot.published_at,
        due_at=due(ballot) if ballot.state == "open" else 0,
        reason=ballot.reason,
    )
    seen |= {"cast": len(ballot.voted), "rule": asdict(ballot.rule), "voters": len(ballot.roll or ballot.voters)}
    if audience != "screens":
        seen["roll"] = list(ballot.roll or ballot.voters)
        seen |= compact(recused=list(ballot.recused))
    if audience == "staff":
        seen["voted"] = dict(ballot.voted)
    if running:
        seen["counts"] = count_votes(ballot)
    if counted and ballot.result:
        seen |= {"counts": dict(ballot.counts), "issued": ballot.issued, "returned": ballot.returned}
        seen |= {"result": {**ballot.result, "may_report": bool(ballot.result["may_report"])}}
        seen |= compact(receipts=list(ballot.receipts), tellers=list(ballot.tellers), decision=ballot.decision)
        if not ballot.secret and audience != "screens":
            seen["votes"] = {
                person: compact(choices=list(vote.choices), text=vote.text) for person, vote in ballot.votes.items()
            }
        if audience == "staff":
            seen |= compact(texts=list(ballot.texts))
    return seen


def may_not_vote(state: MeetingState, key: str, person: str) -> str:
    """Why this person may not vote in this ballot now, as a code; "" if they may."""
    ballot = the(state, key)
    if ballot.state == "draft":
        return "ballot_not_open"
    if ballot.state != "open":
        return "ballot_over"
    if state.meeting.status != "live":
        return "meeting_adjourned"
    if person in ballot.recused:
        return "recused"
    if person not in ballot.roll:
        return "not_a_voter"
    entry = state.roll.people.get(person)
    if entry is None or entry.presence in ("excused", "left"):
        return "not_present"
    if entry.consent == "given":
        return "substitute_attends"
    if ballot.secret and person in ballot.voted:
        return "already_voted"
    return ""


def due(ballot: Ballot) -> int:
    """When the ballot's time is up (ms); 0 without a limit."""
    return ballot.opened_at + ballot.seconds * 1000 if ballot.seconds and ballot.opened_at else 0


def fit(counts: dict[str, int], papers: int, choose: int) -> bool:
    """Whether so many ballot papers, each with at most `choose` options, can have come to this count."""
    valid = papers - counts.get(INVALID, 0)
    votes = [n for key, n in counts.items() if key != INVALID]
    return valid >= 0 and all(n <= valid for n in votes) and sum(votes) <= choose * valid


def closed(
    key: str, ballot: Ballot, votes: dict[str, int], state: MeetingState, texts=(), receipts=(), tellers=(), papers=0
):
    """The closing fact with its one result."""
    cast = papers if tellers else len(ballot.voted)
    chair = next((p for p in ballot.roll if p in state.roll.people and state.roll.people[p].role == "chair"), "")
    own = ballot.votes.get(chair)
    present = max(len(set(ballot.present) | set(ballot.voted)), cast)
    # Of those entitled at the opening: who has been taken off the meeting since may have voted.
    count = Count(votes, ballot.entitled, present, cast, own.choices[0] if own and len(own.choices) == 1 else "")
    full = {option.key: votes.get(option.key, 0) for option in ballot.options}
    invalid = {INVALID: votes[INVALID]} if votes.get(INVALID) else {}
    result = tally.result(ballot.rule, count)
    return BallotClosed(
        key, {**full, **invalid}, len(ballot.roll), cast, **asdict(result), texts=tuple(sorted(texts)),
        receipts=receipts, tellers=tellers,
    )  # fmt: skip


def count_votes(ballot: Ballot) -> dict[str, int]:
    counts = {option.key: 0 for option in ballot.options}
    for vote in ballot.votes.values():
        for key in vote.choices:
            counts[key] += 1
    return counts


def chosen(command: CastVote, ballot: Ballot) -> tuple[str, ...]:
    """The keys chosen, in the order of the ballot; an option may also be named by its label."""
    wished = (command.choice,) if isinstance(command.choice, str) else command.choice
    by_name = {option.label: option.key for option in ballot.options if option.label}
    keys = {option.key for option in ballot.options}
    # A key is a key, even if another option is called like it.
    wished_keys = {name if name in keys else by_name.get(name, name) for name in wished}
    chosen = tuple(option.key for option in ballot.options if option.key in wished_keys)
    if not wished_keys or len(chosen) != len(wished_keys):
        raise Refused("no_such_option", field="choice")
    if len(chosen) > ballot.choose:
        raise Refused("too_many_choices", field="choice", limit=ballot.choose)
    return chosen


def remote(state: MeetingState, person: str) -> bool:
    site = state.sites.sites.get(state.roll.people[person].site)
    return bool(site and not site.main)


def the(state: MeetingState, key: str) -> Ballot:
    if key not in state.ballots.ballots:
        raise Refused("no_such_ballot")
    return state.ballots.ballots[key]


def in_state(state: MeetingState, key: str, wanted: str, otherwise: str) -> Ballot:
    ballot = the(state, key)
    if ballot.state != wanted:
        raise Refused(otherwise)
    return ballot


def with_ballot(meeting: MeetingState, key: str, **changes) -> MeetingState:
    """`meeting` with these fields of one ballot changed."""
    now = meeting.ballots
    changed = replace(now.ballots[key], **changes)
    return replace(meeting, ballots=replace(now, ballots={**now.ballots, key: changed}))
