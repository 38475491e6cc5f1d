"""What is proposed in a case report, and what everybody says to it, by name: no votes, and nobody counts them."""

from dataclasses import dataclass

from meetingroom.meeting import checks
from meetingroom.meeting.archiving import stays_of
from meetingroom.meeting.case_report import check_case_report, check_open_report, may_report, with_report
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.playing import end_of_playing
from meetingroom.meeting.questions import SPEAKERS, bl_of, said
from meetingroom.meeting.report_state import Place, Proposal, Reserved, Voice
from meetingroom.meeting.roles import CHAIR, PREPARERS
from meetingroom.meeting.state import MeetingState, without_key

STANCES = ("agree", "no", "other")
VOICES = CHAIR | PREPARERS | {"delegate"}
EXPECTED = frozenset({"cochair", "delegate"})
MOST_PROPOSALS, MOST_CHANGES, MOST_RESERVED = 20, 20, 10
LENGTH = 10_000


@dataclass(frozen=True)
class PutProposal(Command):
    """A way to decide, with the pages (`bl`) it rests on: PA1, PA2 … With `proposal`, as that one reads from now on,
    while nobody has said anything to it."""

    text: str
    bl: str = ""
    proposal: str = ""
    pages: tuple[Place, ...] = filled_by_server(())
    may = SPEAKERS


@dataclass(frozen=True)
class ProposalPut(Event):
    """A way to decide lies before the meeting; with the same `proposal` again: as it reads from now on."""

    proposal: str
    label: str
    text: str
    bl: str = ""
    pages: tuple[Place, ...] = ()


@dataclass(frozen=True)
class WithdrawProposal(Command):
    """A proposal is taken back, while nobody has said anything to it."""

    proposal: str
    may = SPEAKERS


@dataclass(frozen=True)
class ProposalWithdrawn(Event):
    """A proposal was taken back before anybody said anything to it."""

    proposal: str


@dataclass(frozen=True)
class GiveOpinion(Command):
    """What one says to it: `agree` (to a `proposal`, where there are several), `no`, or `other` with a text. A later
    one stands beside the earlier. The head of the unit gives theirs before the meeting; the secretary enters those of
    others for `person`, which is marked."""

    stance: str
    text: str = ""
    proposal: str = ""
    person: str = ""
    may = VOICES


@dataclass(frozen=True)
class OpinionGiven(Event):
    """What somebody says to it: agree, no, other. `entered`: by the secretary for them."""

    person: str
    stance: str
    text: str = ""
    proposal: str = ""
    entered: bool = False


@dataclass(frozen=True)
class ReserveOpinion(Command):
    """One's own opinion, kept in one's own words: nobody changes or removes it, at no time."""

    text: str
    may = SPEAKERS


@dataclass(frozen=True)
class OpinionReserved(Event):
    """Somebody keeps their own opinion, in these words."""

    person: str
    text: str


@dataclass(frozen=True)
class ShowOpinionNames(Command):
    """The big screen shows who said what; or not any more. Without this it shows no opinion at all."""

    on: bool = True
    may = CHAIR


@dataclass(frozen=True)
class OpinionNamesShown(Event):
    """The big screen shows who said what; or not any more."""

    on: bool


@decide.register
def put_proposal(command: PutProposal, state: MeetingState, actor: Actor):
    check_open_report(state)
    if not may_report(state, actor):
        raise Refused("not_who_reports")
    check_not_concluded(state)
    report = state.report
    if command.proposal:
        now = check_unused(state, command.proposal)
        proposal, label = command.proposal, now.label
    else:
        if report.put >= MOST_PROPOSALS:
            raise Refused("too_many", field="proposals", limit=MOST_PROPOSALS)
        now, proposal, label = None, actor.new_id("proposal"), f"PA{report.put + 1}"
    bl = bl_of(command.bl)
    text = said(command.text, LENGTH, state)
    if now and (now.text, now.bl) == (text, bl):
        return []
    return [ProposalPut(proposal, label, text, bl, command.pages if bl else ())]


@evolve.register
def proposal_put(event: ProposalPut, state: MeetingState):
    report = state.report
    put = number_of(event.label) if event.proposal not in report.proposals else report.put
    proposal = Proposal(event.label, event.text, state.by, state.at, event.bl, event.pages)
    proposals = {**report.proposals, event.proposal: proposal}
    return with_report(state, proposals=proposals, put=put)


def number_of(label: str) -> int:
    return int(label.removeprefix("PA"))


@stays_of(ProposalPut)
def proposal_withheld(state: MeetingState):
    """Perhaps it was one that only read otherwise: then a number is left out, and none is given twice."""
    return with_report(state, put=state.report.put + 1)


@decide.register
def withdraw_proposal(command: WithdrawProposal, state: MeetingState, actor: Actor):
    check_open_report(state)
    if not may_report(state, actor):
        raise Refused("not_who_reports")
    check_not_concluded(state)
    check_unused(state, command.proposal)
    return [ProposalWithdrawn(command.proposal)]


@evolve.register
def proposal_withdrawn(event: ProposalWithdrawn, state: MeetingState):
    return with_report(state, proposals=without_key(state.report.proposals, event.proposal))


@decide.register
def give_opinion(command: GiveOpinion, state: MeetingState, actor: Actor):
    checks.check_recordable(state)
    checks.check_not_secret(state)
    check_case_report(state)
    checks.one_of(command.stance, STANCES, "stance")
    person, entered = whose(command.person, state, actor)
    if not entered:
        check_time(state, person)
    proposals = state.report.proposals
    if command.proposal and command.proposal not in proposals:
        raise Refused("no_such_proposal")
    proposal = command.proposal
    if command.stance == "agree" and not proposal:
        if len(proposals) > 1:
            raise Refused("proposal_needed", field="proposal")
        proposal = next(iter(proposals), "")
    needed = bool(command.text.strip()) or command.stance == "other"
    text = said(command.text, LENGTH, state) if needed else ""
    before = state.report.opinions.get(person, ())
    if before and (before[-1].stance, before[-1].text, before[-1].proposal) == (command.stance, text, proposal):
        return []
    if len(before) >= MOST_CHANGES:
        raise Refused("too_many", field="opinions", limit=MOST_CHANGES)
    return [OpinionGiven(person, command.stance, text, proposal, entered)]


@evolve.register
def opinion_given(event: OpinionGiven, state: MeetingState):
    voice = Voice(event.stance, event.text, event.proposal, state.at, state.by)
    opinions = state.report.opinions
    return with_report(state, opinions={**opinions, event.person: (*opinions.get(event.person, ()), voice)})


@decide.register
def reserve_opinion(command: ReserveOpinion, state: MeetingState, actor: Actor):
    checks.check_recordable(state)
    checks.check_not_secret(state)
    check_case_report(state)
    checks.person(state, actor.user)
    mine = [each for each in state.report.reserved if each.person == actor.user]
    text = said(command.text, LENGTH, state)
    if any(each.text == text for each in mine):
        return []
    if len(mine) >= MOST_RESERVED:
        raise Refused("too_many", field="reserved", limit=MOST_RESERVED)
    return [OpinionReserved(actor.user, text)]


@evolve.register
def opinion_reserved(event: OpinionReserved, state: MeetingState):
    kept = Reserved(event.person, event.text, state.at, state.seq)
    return with_report(state, reserved=(*state.report.reserved, kept))


@decide.register
def show_opinion_names(command: ShowOpinionNames, state: MeetingState, actor: Actor):
    checks.check_live(state)
    check_case_report(state)
    if state.report.names == command.on:
        return []
    return [*(end_of_playing(state, actor.at) if command.on else ()), OpinionNamesShown(command.on)]


@evolve.register
def opinion_names_shown(event: OpinionNamesShown, state: MeetingState):
    return with_report(state, names=event.on)


def whose(person: str, state: MeetingState, actor: Actor) -> tuple[str, bool]:
    """Whose opinion it is, and whether the secretary enters it for them."""
    if person and person != actor.user:
        if actor.role != "secretary":
            raise Refused("not_said_by_you")
        if checks.person(state, person).role not in VOICES:
            raise Refused("no_voice")
        return person, True
    return actor.user, False


def check_time(state: MeetingState, person: str) -> None:
    """Opinions are given while the meeting runs and nothing is decided; the head of the unit may give theirs before."""
    checks.check_changeable(state)
    check_not_concluded(state)
    registered = state.report.registered
    before = state.meeting.status in ("draft", "published")
    if before and not (registered and registered.head == person):
        raise Refused("meeting_not_open")


def check_not_concluded(state: MeetingState) -> None:
    if state.report.direction:
        raise Refused("direction_concluded")


def check_unused(state: MeetingState, proposal: str) -> Proposal:
    if proposal not in state.report.proposals:
        raise Refused("no_such_proposal")
    if any(voice.proposal == proposal for voices in state.report.opinions.values() for voice in voices):
        raise Refused("proposal_in_use")
    return state.report.proposals[proposal]


def missing(state: MeetingState) -> tuple[str, ...]:
    """Who is expected to say something and has not: leaders and members, not who reports and not who decides."""
    report, registered = state.report, state.report.registered
    reporter = registered.reporter if registered else ""
    head = registered.head if registered else ""
    return tuple(
        key
        for key in state.roll.order
        if (state.roll.people[key].role in EXPECTED or key == head)
        and key != reporter
        and key not in report.opinions
        and state.roll.people[key].presence != "excused"
    )


def has_spoken(state: MeetingState, person: str) -> bool:
    """Whether the record of the case report names this person."""
    report, registered = state.report, state.report.registered
    asked = {each.person for each in report.questions.values()}
    answered = {each.person for question in report.questions.values() for each in question.answers.values()}
    kept = {each.person for each in report.reserved}
    named = {registered.reporter, registered.head} if registered else set()
    return person in asked | answered | kept | named | set(report.opinions)
