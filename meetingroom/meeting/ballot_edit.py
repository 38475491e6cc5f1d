"""A ballot that is still a draft is written anew; who takes no part in it stays so."""

from dataclasses import asdict, dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.ballot_drafts import DraftBallot, content, drafted
from meetingroom.meeting.ballots import find_ballot, in_state, with_ballot
from meetingroom.meeting.kernel import Actor, Command, Event, decide, evolve
from meetingroom.meeting.roles import STAFF
from meetingroom.meeting.state import Ballot, MeetingState
from meetingroom.meeting.tally import PRESETS


@dataclass(frozen=True)
class EditBallot(Command):
    """A draft as it shall be; what is left out stays, and `voters` of none are all delegates. Another preset brings its
    own rule, options and secrecy."""

    ballot: str
    question: str | None = None
    options: tuple[str, ...] | None = None
    secret: bool | None = None
    preset: str | None = None
    voters: tuple[str, ...] | None = None
    item: str | None = None
    choose: int | None = None
    seconds: int | None = None
    live: bool | None = None
    base: str | None = None
    threshold: str | None = None
    tie: str | None = None
    tie_at_half_only: bool | None = None
    may = STAFF


@dataclass(frozen=True)
class BallotEdited(Event):
    """The draft as it is from now on, whole: the fields of `BallotDrafted`."""

    ballot: str
    question: str
    options: tuple[tuple[str, str], ...]  # (key, label)
    secret: bool
    preset: str
    base: str
    threshold: str
    tie: str
    tie_at_half_only: bool
    opinion: bool
    voters: tuple[str, ...]
    item: str = ""
    choose: int = 1
    seconds: int = 0
    live: bool = False
    all_delegates: bool = False


@decide.register
def edit_ballot(command: EditBallot, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    now = in_state(state, command.ballot, "draft", "ballot_not_draft")
    given = {name: value for name, value in vars(command).items() if name != "ballot" and value is not None}
    checks.one_of(given.get("preset", now.preset), PRESETS, "preset")
    stays = what_stays(now, given.get("preset", now.preset), state)
    fields = content(DraftBallot(**{**stays, **given}), state)
    if "voters" not in given:
        # A list picked by hand of which nobody is left does not turn into everybody.
        fields |= {"voters": stays["voters"], "all_delegates": now.all_delegates}
    edited = BallotEdited(command.ballot, **fields)
    return [] if rewrite_ballot(now, edited) == now else [edited]


@evolve.register
def ballot_edited(event: BallotEdited, state: MeetingState):
    return with_ballot(state, event.ballot, **vars(rewrite_ballot(find_ballot(state, event.ballot), event)))


def what_stays(now: Ballot, preset: str, state: MeetingState) -> dict:
    """What stays of a draft: not the people and the item that are gone, nor what another preset brings."""
    stays = {
        "question": now.question,
        "preset": now.preset,
        "voters": tuple(key for key in now.voters if key in state.roll.people),
        "item": now.item if now.item in state.agenda.items else "",
        "choose": now.choose,
        "seconds": now.seconds,
        "live": now.live,
    }
    options = {"options": tuple(option.label or option.key for option in now.options)}
    if preset != now.preset:
        return stays if PRESETS[preset].options else {**stays, **options}
    rule = {name: value for name, value in asdict(now.rule).items() if name not in ("opinion", "report")}
    return {**stays, **options, "secret": now.secret, **rule}


def rewrite_ballot(now: Ballot, event: BallotEdited) -> Ballot:
    stay = now.recused if event.all_delegates else (key for key in now.recused if key in event.voters)
    return replace(drafted(event), recused=tuple(stay))
