"""The roll: who is present, where, and since when; who attends instead; whether there is a quorum."""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks, tally
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve
from meetingroom.meeting.people import with_person
from meetingroom.meeting.roles import CHAIR, CHAIR_AND_SECRETARY, DELEGATES, EVERYONE, PREPARERS, STAFF
from meetingroom.meeting.state import MeetingState, Person
from meetingroom.meeting.view import compact, slice_of_view

MODES = ("onsite", "online")
PRESENT = frozenset(MODES)
QUORUM_ROLES = DELEGATES | {"organiser"}  # guests, technicians and the secretary do not make a quorum
QUORUMS = ("gt_half", "ge_two_thirds", "none")


@dataclass(frozen=True)
class CheckIn(Command):
    """A person is present, on site or online. Without `person`: oneself."""

    person: str = ""
    mode: str = "onsite"
    may = EVERYONE


@dataclass(frozen=True)
class CheckedIn(Event):
    """The person is present. `mode` is onsite or online."""

    person: str
    mode: str


@dataclass(frozen=True)
class Excuse(Command):
    """A person is absent, with a reason."""

    reason: str
    person: str = ""
    may = EVERYONE


@dataclass(frozen=True)
class Excused(Event):
    """The person is absent, with a reason."""

    person: str
    reason: str


@dataclass(frozen=True)
class CheckOut(Command):
    """A person has left. Without `person`: oneself."""

    person: str = ""
    may = EVERYONE


@dataclass(frozen=True)
class CheckedOut(Event):
    """The person has left."""

    person: str


@dataclass(frozen=True)
class CallRoll(Command):
    """Several people at once: a unit, a site, everybody not yet called."""

    people: tuple[str, ...]
    mode: str = "onsite"
    may = STAFF | {"technician"}


@dataclass(frozen=True)
class RollCalled(Event):
    """These people are present. `mode` is onsite or online."""

    people: tuple[str, ...]
    mode: str


@dataclass(frozen=True)
class ProposeSubstitute(Command):
    """Somebody else attends instead (người dự thay), if the chair consents. Attending is not voting."""

    name: str
    title: str = ""
    person: str = ""
    may = EVERYONE


@dataclass(frozen=True)
class SubstituteProposed(Event):
    """Somebody else is to attend instead of `person`; the chair has not yet consented."""

    person: str
    name: str
    title: str = ""


@dataclass(frozen=True)
class AcceptSubstitute(Command):
    """The chair consents."""

    person: str
    may = CHAIR


@dataclass(frozen=True)
class SubstituteAccepted(Event):
    """The chair consents: the substitute attends, and does not vote."""

    person: str


@dataclass(frozen=True)
class DeclineSubstitute(Command):
    """The chair does not consent, or the person comes after all."""

    person: str
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class SubstituteDeclined(Event):
    """The substitute does not attend."""

    person: str


@dataclass(frozen=True)
class SetQuorum(Command):
    """How much of the members must be present: gt_half, ge_two_thirds or none."""

    rule: str
    may = PREPARERS | CHAIR


@dataclass(frozen=True)
class QuorumSet(Event):
    """How many of the members must be present: `rule` is gt_half, ge_two_thirds or none."""

    rule: str


@decide.register
def check_in(command: CheckIn, state: MeetingState, actor: Actor):
    key, person = person_meant(command.person, state, actor)
    checks.one_of(command.mode, MODES, "mode")
    return [] if person.presence == command.mode else [CheckedIn(key, command.mode)]


@evolve.register
def checked_in(event: CheckedIn, state: MeetingState):
    return with_person(state, event.person, presence=event.mode, at=state.at, left_at=0, reason="")


@decide.register
def excuse(command: Excuse, state: MeetingState, actor: Actor):
    key, _ = person_meant(command.person, state, actor)
    return [Excused(key, checks.text(command.reason, 500, field="reason"))]


@evolve.register
def excused(event: Excused, state: MeetingState):
    return with_person(state, event.person, presence="excused", at=state.at, left_at=0, reason=event.reason)


@decide.register
def check_out(command: CheckOut, state: MeetingState, actor: Actor):
    key, person = person_meant(command.person, state, actor)
    if person.presence not in PRESENT:
        raise Refused("not_present")
    return [CheckedOut(key)]


@evolve.register
def checked_out(event: CheckedOut, state: MeetingState):
    return with_person(state, event.person, presence="left", left_at=state.at)


@decide.register
def call_roll(command: CallRoll, state: MeetingState, actor: Actor):
    checks.one_of(command.mode, MODES, "mode")
    called = [
        key for key in dict.fromkeys(command.people) if person_meant(key, state, actor)[1].presence != command.mode
    ]
    return [RollCalled(tuple(called), command.mode)] if called else []


@evolve.register
def roll_called(event: RollCalled, state: MeetingState):
    for key in event.people:
        state = with_person(state, key, presence=event.mode, at=state.at, left_at=0, reason="")
    return state


@decide.register
def propose_substitute(command: ProposeSubstitute, state: MeetingState, actor: Actor):
    key, person = person_meant(command.person, state, actor)
    name = checks.text(command.name, 200, field="name")
    title = checks.text(command.title, 300, needed=False)
    if (person.substitute, person.substitute_title) == (name, title):
        return []
    return [SubstituteProposed(key, name, title)]


@evolve.register
def substitute_proposed(event: SubstituteProposed, state: MeetingState):
    return with_person(state, event.person, substitute=event.name, substitute_title=event.title, consent="asked")


@decide.register
def accept_substitute(command: AcceptSubstitute, state: MeetingState, actor: Actor):
    checks.check_recordable(state)
    if checks.person(state, command.person).consent != "asked":
        raise Refused("no_substitute")
    return [SubstituteAccepted(command.person)]


@evolve.register
def substitute_accepted(event: SubstituteAccepted, state: MeetingState):
    return with_person(state, event.person, consent="given")


@decide.register
def decline_substitute(command: DeclineSubstitute, state: MeetingState, actor: Actor):
    checks.check_recordable(state)
    if not checks.person(state, command.person).substitute:
        raise Refused("no_substitute")
    return [SubstituteDeclined(command.person)]


@evolve.register
def substitute_declined(event: SubstituteDeclined, state: MeetingState):
    return with_person(state, event.person, substitute="", substitute_title="", consent="")


@decide.register
def set_quorum(command: SetQuorum, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    checks.one_of(command.rule, QUORUMS, "rule")
    return [] if state.roll.quorum == command.rule else [QuorumSet(command.rule)]


@evolve.register
def quorum_set(event: QuorumSet, state: MeetingState):
    return replace(state, roll=replace(state.roll, quorum=event.rule))


@slice_of_view("roll", reads=("roll", "meeting", "sites"))
def roll(state: MeetingState, audience: str):
    """{order, people: {id: {name, title, unit, role, site?, state, at?, …}}, counts}; screens get numbers only."""
    if audience == "screens":
        return {"counts": counts(state), "quorum": quorum(state), "sites": by_site(state)}
    over = state.meeting.status in ("closed", "archived")
    return {
        "order": list(state.roll.order),
        "people": {
            key: compact(
                name=person.name,
                title=person.title,
                unit=person.unit,
                role=person.role,
                site=person.site,
                state=seen_as(person, over),
                at=person.at,
                left_at=person.left_at,
                reason=person.reason if audience == "staff" else "",
                substitute=person.substitute,
                substitute_title=person.substitute_title,
                consent=person.consent,
            )
            for key, person in state.roll.people.items()
        },
        "counts": counts(state),
        "quorum": quorum(state),
    }


def seen_as(person: Person, over: bool) -> str:
    """Who has somebody in their place, with the chair's consent, is excused and not absent."""
    if person.presence != "waiting":
        return person.presence
    return "excused" if person.consent == "given" else "absent" if over else "waiting"


def quorum(state: MeetingState) -> dict:
    """{rule, of, present, needed, met}: of the members who make a quorum, how many are here and how many must be."""
    members = [person for person in state.roll.people.values() if person.role in QUORUM_ROLES]
    present = sum(person.presence in PRESENT for person in members)
    rule = state.roll.quorum
    needed = 0 if rule == "none" or not members else tally.votes_needed(len(members), rule)
    return {"rule": rule, "of": len(members), "present": present, "needed": needed, "met": present >= needed}


def counts(state: MeetingState) -> dict[str, int]:
    """How many are where; technicians are on duty, not members."""
    members = [person for person in state.roll.people.values() if person.role != "technician"]
    seen = [seen_as(person, False) for person in members]
    by = {where: seen.count(where) for where in ("onsite", "online", "excused", "left")}
    return {
        "members": len(members),
        "present": by["onsite"] + by["online"],
        **by,
        "waiting": seen.count("waiting"),
    }


def by_site(state: MeetingState) -> dict[str, dict[str, int]]:
    """{site: {members, present}}; who has no site sits at the main one."""
    sites = state.sites.sites
    found = {key: {"members": 0, "present": 0} for key in sites}
    main = state.sites.main or next(iter(sites), "")
    for person in state.roll.people.values():
        place = person.site if person.site in sites else main
        if place and person.role != "technician":
            found[place]["members"] += 1
            found[place]["present"] += person.presence in PRESENT
    return found


def person_meant(key: str, state: MeetingState, actor: Actor) -> tuple[str, Person]:
    """The person meant, if the actor may speak for them: oneself, the secretary for all, a technician for the site."""
    if state.meeting.status == "draft":
        raise Refused("not_published")
    checks.check_changeable(state)
    key = key or actor.user
    person = checks.person(state, key)
    own = state.roll.people.get(actor.user)
    same_site = actor.role == "technician" and own and own.site and own.site == person.site
    if key != actor.user and actor.role not in CHAIR_AND_SECRETARY | CHAIR | {"organiser"} and not same_site:
        raise Refused("not_for_others")
    return key, person


def usual_mode(state: MeetingState, person: str) -> str:
    """How somebody is present who only acts and does not say: online from a remote site."""
    site = state.sites.sites.get(state.roll.people[person].site)
    return "online" if site and not site.main else "onsite"
