"""Ballots before the vote: drafted, dropped; who is involved in the matter takes no part."""

from dataclasses import asdict, dataclass, replace

from meetingroom.meeting import checks, tally
from meetingroom.meeting.ballots import all_delegates, find_ballot, in_state, voters_of, with_ballot
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve
from meetingroom.meeting.roles import STAFF
from meetingroom.meeting.state import Ballot, MeetingState, Option
from meetingroom.meeting.tally import PRESETS, Rule

LONGEST = 24 * 3600
MOST_BALLOTS = 300  # of a meeting, those voted on included


@dataclass(frozen=True)
class DraftBallot(Command):
    """A question with its options, preset and voters (none named: all who are delegates when it opens). Everything can
    still change.

    `item` left out: the current one; "": none, the whole meeting.
    """

    question: str
    options: tuple[str, ...] = ()
    secret: bool | None = None
    preset: str = "HOI_NGHI"
    voters: tuple[str, ...] = ()
    item: str | None = None
    choose: int = 1
    seconds: int = 0
    live: bool = False
    base: str | None = None
    threshold: str | None = None
    tie: str | None = None
    tie_at_half_only: bool | None = None
    may = STAFF


@dataclass(frozen=True)
class BallotDrafted(Event):
    """A ballot stands in draft: question, options as (key, label), rule and voters (none named: all delegates)."""

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
    all_delegates: bool = False  # `voters` are those of this moment only


@dataclass(frozen=True)
class DropBallot(Command):
    """A draft that will not be put to the vote."""

    ballot: str
    may = STAFF


@dataclass(frozen=True)
class BallotDropped(Event):
    """The draft will not be put to the vote."""

    ballot: str


@dataclass(frozen=True)
class Recuse(Command):
    """A member involved in the matter takes no part (before the opening); `back` undoes it."""

    ballot: str
    person: str
    back: bool = False
    may = STAFF


@dataclass(frozen=True)
class Recused(Event):
    """This person takes no part in the ballot; with `back`, takes part again."""

    ballot: str
    person: str
    back: bool = False


@decide.register
def draft_ballot(command: DraftBallot, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    checks.check_not_secret(state)
    if len(state.ballots.order) >= MOST_BALLOTS:
        raise Refused("too_many_ballots")
    return [BallotDrafted(actor.new_id("ballot"), **content(command, state))]


@evolve.register
def ballot_drafted(event: BallotDrafted, state: MeetingState):
    now = state.ballots
    ballots = {**now.ballots, event.ballot: drafted(event)}
    return replace(state, ballots=replace(now, order=(*now.order, event.ballot), ballots=ballots))


@decide.register
def drop_ballot(command: DropBallot, state: MeetingState, actor: Actor):
    checks.check_recordable(state)
    in_state(state, command.ballot, "draft", "ballot_not_draft")
    return [BallotDropped(command.ballot)]


@evolve.register
def ballot_dropped(event: BallotDropped, state: MeetingState):
    ballots = state.ballots
    kept = {key: ballot for key, ballot in ballots.ballots.items() if key != event.ballot}
    order = tuple(key for key in ballots.order if key != event.ballot)
    return replace(state, ballots=replace(ballots, order=order, ballots=kept))


@decide.register
def recuse(command: Recuse, state: MeetingState, actor: Actor):
    checks.check_recordable(state)
    ballot = in_state(state, command.ballot, "draft", "ballot_not_draft")
    if command.person not in voters_of(ballot, state):
        raise Refused("not_a_voter")
    if (command.person in ballot.recused) != command.back:
        return []
    return [Recused(command.ballot, command.person, command.back)]


@evolve.register
def recused(event: Recused, state: MeetingState):
    out = tuple(key for key in find_ballot(state, event.ballot).recused if key != event.person)
    return with_ballot(state, event.ballot, recused=out if event.back else (*out, event.person))


def content(command: DraftBallot, state: MeetingState) -> dict:
    """What a draft holds, checked: the fields of `BallotDrafted` but for its id."""
    checks.one_of(command.preset, PRESETS, "preset")
    preset = PRESETS[command.preset]
    rule = rule_of(command, preset.rule)
    options = options_of(command.options or preset.options)
    if command.item:
        checks.item(state, command.item)
    if not 1 <= command.choose <= len(options):
        raise Refused("not_a_number", field="choose")
    if not 0 <= command.seconds <= LONGEST:
        raise Refused("not_a_number", field="seconds")
    for key in command.voters:
        checks.person(state, key)
    secret = preset.secret if command.secret is None else command.secret
    return {
        "question": checks.text(command.question, 2000, field="question"),
        "options": tuple((option.key, option.label) for option in options),
        "secret": secret,
        "preset": command.preset,
        **{key: value for key, value in asdict(rule).items() if key != "report"},  # comes with the preset
        "voters": tuple(dict.fromkeys(command.voters)) or all_delegates(state),
        "item": state.agenda.current if command.item is None else command.item,
        "choose": command.choose,
        "seconds": command.seconds,
        "live": command.live and not secret,
        "all_delegates": not command.voters,
    }


def drafted(event) -> Ballot:
    """The draft that `BallotDrafted` or `BallotEdited` tells of."""
    return Ballot(
        event.question,
        tuple(Option(key, label) for key, label in event.options),
        event.secret,
        event.preset,
        Rule(event.base, event.threshold, event.tie, event.tie_at_half_only, event.opinion, reports(event.preset)),
        event.voters,
        event.item,
        event.choose,
        event.seconds,
        event.live,
        all_delegates=event.all_delegates,
    )


def reports(preset: str) -> bool:
    """Whether the law of this preset lets an outvoted chair report upwards; an old log may know other presets."""
    return preset in PRESETS and PRESETS[preset].rule.report


def options_of(names: tuple[str, ...]) -> list[Option]:
    """Known keys as they are; other texts become options of their own words, o1, o2 …"""
    texts = [checks.text(name, 300, field="options") for name in names]
    if len(set(texts)) != len(texts) or not 2 <= len(texts) <= 50:
        raise Refused("bad_options", field="options")
    return [Option(text) if text in tally.KNOWN else Option(f"o{n}", text) for n, text in enumerate(texts, 1)]


def rule_of(command: DraftBallot, rule: Rule) -> Rule:
    """The preset's rule with what was changed in it."""
    given = {
        name: getattr(command, name)
        for name in ("base", "threshold", "tie", "tie_at_half_only")
        if getattr(command, name) is not None
    }
    changed = replace(rule, **given)
    checks.one_of(changed.base, tally.BASES, "base")
    checks.one_of(changed.threshold, tally.THRESHOLDS, "threshold")
    checks.one_of(changed.tie, tally.TIES, "tie")
    return changed
