"""Ballots: put to the vote and cast. A closed one is never opened again; a new round is a new one.

In an open ballot the log holds who voted what. In a secret one it holds only who has voted: the choice goes to the
sealed box as a `Sealed`, which is no fact, and comes back at the close as a count.
"""

import json
from dataclasses import dataclass, replace

from meetingroom.meeting import checks, tally
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, Sealed, decide, evolve
from meetingroom.meeting.playing import end_of_playing
from meetingroom.meeting.roles import CHAIR, DELEGATES, EVERYONE
from meetingroom.meeting.roll import PRESENT, CheckedIn, quorum, usual_mode
from meetingroom.meeting.state import Ballot, MeetingState, Vote

VOTERS = DELEGATES | {"organiser"}
FEW = 4  # a secret ballot of fewer voters is no secret


@dataclass(frozen=True)
class OpenBallot(Command):
    """Voting begins; the roll is frozen. A secret ballot of fewer than four voters needs `despite`."""

    ballot: str
    despite: bool = False
    may = CHAIR


@dataclass(frozen=True)
class BallotOpened(Event):
    """Voting has begun; `roll` are those who may vote, `present` those of them who were present at the opening.

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
    """This person has voted. In a secret ballot `choices` and `text` are empty."""

    ballot: str
    person: str
    choices: tuple[str, ...] = ()
    text: str = ""


@decide.register
def open_ballot(command: OpenBallot, state: MeetingState, actor: Actor):
    checks.check_live(state)
    ballot = in_state(state, command.ballot, "draft", "ballot_not_draft")
    if other := next((key for key, b in state.ballots.ballots.items() if b.state == "open"), None):
        raise Refused("ballot_open", ballot=other)
    still = (key for key in voters_of(ballot, state) if key in state.roll.people)
    roll = tuple(key for key in still if key not in ballot.recused)
    if not roll:
        raise Refused("no_voters")
    if ballot.secret and len(roll) < FEW and not command.despite:
        raise Refused("too_few_for_secret", voters=len(roll), least=FEW)
    present = tuple(key for key in roll if state.roll.people[key].presence in PRESENT)
    there = quorum(state)
    below = () if there["met"] else (there["of"], there["present"], there["needed"])
    return [
        *end_of_playing(state, actor.at),
        BallotOpened(command.ballot, roll, present, command.despite, *below),
    ]


@evolve.register
def ballot_opened(event: BallotOpened, state: MeetingState):
    ballot = find_ballot(state, event.ballot)
    voters = voters_of(ballot, state)
    return with_ballot(
        state,
        event.ballot,
        state="open",
        voters=voters,
        recused=tuple(key for key in ballot.recused if key in voters),
        roll=event.roll,
        present=event.present,
        entitled=sum(key in state.roll.people for key in voters),
        below=(event.members, event.there, event.needed) if event.needed else (),
        opened_at=state.at,
    )


@decide.register
def cast_vote(command: CastVote, state: MeetingState, actor: Actor):
    if why := may_not_vote(state, command.ballot, actor.user):
        raise Refused(why)
    ballot = find_ballot(state, command.ballot)
    choices = check_choices(command, ballot)
    text = checks.text(command.text, 2000, needed=tally.OTHER in choices, field="text")
    # Who votes is there, even if nobody called the roll of them yet.
    arrived = state.roll.people[actor.user].presence == "waiting"
    here: list[Event] = [CheckedIn(actor.user, usual_mode(state, actor.user))] if arrived else []
    if ballot.secret:
        sealed = json.dumps({"choices": choices, "text": text}, ensure_ascii=False)
        return [*here, VoteCast(command.ballot, actor.user), Sealed(command.ballot, sealed)]
    if ballot.votes.get(actor.user) == Vote(choices, text):
        return []
    return [*here, VoteCast(command.ballot, actor.user, choices, text)]


@evolve.register
def vote_cast(event: VoteCast, state: MeetingState):
    ballot = find_ballot(state, event.ballot)
    votes = ballot.votes if ballot.secret else {**ballot.votes, event.person: Vote(event.choices, event.text)}
    return with_ballot(state, event.ballot, voted={**ballot.voted, event.person: True}, votes=votes)


def may_not_vote(state: MeetingState, key: str, person: str) -> str:
    """Why this person may not vote in this ballot now, as a code; "" if they may."""
    ballot = find_ballot(state, key)
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


def voters_of(ballot: Ballot, state: MeetingState) -> tuple[str, ...]:
    """Who may vote, those who take no part included. A draft for all delegates means all there are now."""
    if ballot.state != "draft" or not ballot.all_delegates:
        return ballot.voters
    return all_delegates(state)


def all_delegates(state: MeetingState) -> tuple[str, ...]:
    return tuple(key for key in state.roll.order if state.roll.people[key].role in VOTERS)


def check_choices(command: CastVote, ballot: Ballot) -> tuple[str, ...]:
    """The keys chosen, in the order of the ballot; an option may also be named by its label."""
    picked = (command.choice,) if isinstance(command.choice, str) else command.choice
    by_name = {option.label: option.key for option in ballot.options if option.label}
    keys = {option.key for option in ballot.options}
    # A key is a key, even if another option is called like it.
    picked_keys = {name if name in keys else by_name.get(name, name) for name in picked}
    chosen = tuple(option.key for option in ballot.options if option.key in picked_keys)
    if not picked_keys or len(chosen) != len(picked_keys):
        raise Refused("no_such_option", field="choice")
    if len(chosen) > ballot.choose:
        raise Refused("too_many_choices", field="choice", limit=ballot.choose)
    return chosen


def due_at(ballot: Ballot) -> int:
    """When the ballot's time is up (ms); 0 without a limit."""
    return ballot.opened_at + ballot.seconds * 1000 if ballot.seconds and ballot.opened_at else 0


def find_ballot(state: MeetingState, key: str) -> Ballot:
    if key not in state.ballots.ballots:
        raise Refused("no_such_ballot")
    return state.ballots.ballots[key]


def in_state(state: MeetingState, key: str, wanted: str, otherwise: str) -> Ballot:
    ballot = find_ballot(state, key)
    if ballot.state != wanted:
        raise Refused(otherwise)
    return ballot


def with_ballot(meeting: MeetingState, key: str, **changes) -> MeetingState:
    """`meeting` with these fields of one ballot changed."""
    now = meeting.ballots
    changed = replace(now.ballots[key], **changes)
    return replace(meeting, ballots=replace(now, ballots={**now.ballots, key: changed}))
