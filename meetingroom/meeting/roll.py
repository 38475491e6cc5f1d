"""The roll: who is present, where, and since when."""

from dataclasses import dataclass

from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve
from meetingroom.meeting.people import with_person
from meetingroom.meeting.roles import CHAIR, CHAIR_AND_SECRETARY, EVERYONE
from meetingroom.meeting.state import MeetingState, Person
from meetingroom.meeting.view import compact, slice_of_view

MODES = ("onsite", "online")
PRESENT = frozenset(MODES)


@dataclass(frozen=True)
class CheckIn(Command):
    """A person is present, on site or online. Without `person`: oneself."""

    person: str = ""
    mode: str = "onsite"
    may = EVERYONE


@dataclass(frozen=True)
class CheckedIn(Event):
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
    person: str
    reason: str


@dataclass(frozen=True)
class CheckOut(Command):
    """A person has left. Without `person`: oneself."""

    person: str = ""
    may = EVERYONE


@dataclass(frozen=True)
class CheckedOut(Event):
    person: str


@decide.register
def check_in(command: CheckIn, state: MeetingState, actor: Actor):
    key, person = whom(command.person, state, actor)
    checks.one_of(command.mode, MODES, "mode")
    return [] if person.presence == command.mode else [CheckedIn(key, command.mode)]


@evolve.register
def checked_in(event: CheckedIn, state: MeetingState):
    return with_person(state, event.person, presence=event.mode, at=state.at, left_at=0, reason="")


@decide.register
def excuse(command: Excuse, state: MeetingState, actor: Actor):
    key, _ = whom(command.person, state, actor)
    return [Excused(key, checks.text(command.reason, 500, field="reason"))]


@evolve.register
def excused(event: Excused, state: MeetingState):
    return with_person(state, event.person, presence="excused", at=state.at, left_at=0, reason=event.reason)


@decide.register
def check_out(command: CheckOut, state: MeetingState, actor: Actor):
    key, person = whom(command.person, state, actor)
    if person.presence not in PRESENT:
        raise Refused("not_present")
    return [CheckedOut(key)]


@evolve.register
def checked_out(event: CheckedOut, state: MeetingState):
    return with_person(state, event.person, presence="left", left_at=state.at)


@slice_of_view("roll", reads=("roll",))
def roll(state: MeetingState, audience: str):
    """{order, people: {id: {name, title, unit, role, site?, state, at?, …}}, counts}; screens get the counts only."""
    if audience == "screens":
        return {"counts": counts(state)}
    return {
        "order": list(state.roll.order),
        "people": {
            key: compact(
                name=person.name,
                title=person.title,
                unit=person.unit,
                role=person.role,
                site=person.site,
                state=person.presence,
                at=person.at,
                left_at=person.left_at,
                reason=person.reason if audience == "staff" else "",
            )
            for key, person in state.roll.people.items()
        },
        "counts": counts(state),
    }


def counts(state: MeetingState) -> dict[str, int]:
    """How many are where; technicians are on duty, not members."""
    members = [person for person in state.roll.people.values() if person.role != "technician"]
    by = {where: sum(p.presence == where for p in members) for where in ("onsite", "online", "excused", "left")}
    return {
        "members": len(members),
        "present": by["onsite"] + by["online"],
        **by,
        "waiting": sum(p.presence == "waiting" for p in members),
    }


def whom(key: str, state: MeetingState, actor: Actor) -> tuple[str, Person]:
    """The person meant, if the actor may speak for them: oneself, the secretary for all, a technician for the site."""
    if state.meeting.status == "draft":
        raise Refused("not_published")
    checks.changeable(state)
    key = key or actor.user
    person = checks.person(state, key)
    own = state.roll.people.get(actor.user)
    same_site = actor.role == "technician" and own and own.site and own.site == person.site
    if key != actor.user and actor.role not in CHAIR_AND_SECRETARY | CHAIR | {"organiser"} and not same_site:
        raise Refused("not_for_others")
    return key, person
