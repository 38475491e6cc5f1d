"""Who is invited, and in which role."""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.agenda import ItemEdited
from meetingroom.meeting.floor import RequestWithdrawn
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.notices import CallCancelled
from meetingroom.meeting.opinions import has_spoken
from meetingroom.meeting.roles import PREPARERS, ROLES
from meetingroom.meeting.state import MeetingState, Person, place_in_order, without_key

WHO_INVITES = PREPARERS | {"system"}
MOST_PEOPLE = 5000


@dataclass(frozen=True)
class Invite(Command):
    """A person comes to the meeting in a role, at a site. Name, title and unit are the server's to tell."""

    person: str
    role: str
    site: str = ""
    name: str = filled_by_server("")
    title: str = filled_by_server("")
    unit: str = filled_by_server("")
    unit_id: str = filled_by_server("")
    may = WHO_INVITES


@dataclass(frozen=True)
class PersonInvited(Event):
    """A person is on the roll, with the name, title and unit the directory had at that moment."""

    person: str
    name: str
    title: str
    unit: str
    role: str
    site: str = ""
    unit_id: str = ""


@dataclass(frozen=True)
class ChangeRole(Command):
    """Another role or another site for somebody invited; what is left out stays."""

    person: str
    role: str | None = None
    site: str | None = None
    may = PREPARERS


@dataclass(frozen=True)
class RoleChanged(Event):
    """This person has this role and site from now on."""

    person: str
    role: str
    site: str = ""


@dataclass(frozen=True)
class RemovePerson(Command):
    """Somebody is no longer invited: only who has not spoken and is on the roll of no ballot that was opened."""

    person: str
    may = PREPARERS


@dataclass(frozen=True)
class PersonRemoved(Event):
    """This person is no longer invited."""

    person: str


@dataclass(frozen=True)
class MovePerson(Command):
    """Protocol order: `person` comes before `before`, or last."""

    person: str
    before: str = ""
    may = WHO_INVITES


@dataclass(frozen=True)
class PersonMoved(Event):
    """In protocol order the person stands before `before`, or last."""

    person: str
    before: str = ""


@decide.register
def invite(command: Invite, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    if not command.name:
        raise Refused("no_such_person")
    if command.person in state.roll.people:
        raise Refused("already_invited")
    if len(state.roll.order) >= MOST_PEOPLE:
        raise Refused("too_many", field="people", limit=MOST_PEOPLE)
    checks.one_of(command.role, ROLES, "role")
    site_exists(state, command.site)
    one_chair(state, command.role, "")
    known = (command.person, command.name, command.title, command.unit)
    return [PersonInvited(*known, command.role, command.site, command.unit_id)]


@evolve.register
def person_invited(event: PersonInvited, state: MeetingState):
    person = Person(event.name, event.title, event.unit, event.role, event.site, unit_id=event.unit_id)
    roll = state.roll
    return replace(
        state,
        roll=replace(roll, order=(*roll.order, event.person), people={**roll.people, event.person: person}),
    )


@decide.register
def change_role(command: ChangeRole, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    person = checks.person(state, command.person)
    role = person.role if command.role is None else command.role
    site = person.site if command.site is None else command.site
    checks.one_of(role, ROLES, "role")
    site_exists(state, site)
    one_chair(state, role, command.person)
    if person.role == "chair" and role != "chair":
        chair_stays(state)
    if command.person == actor.user and person.role in PREPARERS and role not in PREPARERS:
        raise Refused("not_yourself")
    return [] if (role, site) == (person.role, person.site) else [RoleChanged(command.person, role, site)]


@evolve.register
def role_changed(event: RoleChanged, state: MeetingState):
    return with_person(state, event.person, role=event.role, site=event.site)


@decide.register
def remove_person(command: RemovePerson, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    person = checks.person(state, command.person)
    if command.person == actor.user:
        raise Refused("not_yourself")
    if person.role == "chair":
        chair_stays(state)
    if state.stage.holder == command.person:
        raise Refused("holds_the_stage")
    if took_part(state, command.person):
        raise Refused("took_part")
    return [*loose_ends(state, command.person), PersonRemoved(command.person)]


@evolve.register
def person_removed(event: PersonRemoved, state: MeetingState):
    roll = state.roll
    order = tuple(key for key in roll.order if key != event.person)
    return replace(state, roll=replace(roll, order=order, people=without_key(roll.people, event.person)))


@decide.register
def move_person(command: MovePerson, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    checks.person(state, command.person)
    if command.before:
        checks.person(state, command.before)
    moved = place_in_order(state.roll.order, command.person, command.before) != state.roll.order
    return [PersonMoved(command.person, command.before)] if moved else []


@evolve.register
def person_moved(event: PersonMoved, state: MeetingState):
    return replace(state, roll=replace(state.roll, order=place_in_order(state.roll.order, event.person, event.before)))


def took_part(state: MeetingState, key: str) -> bool:
    """Whether the record will have to name this person: as a speaker, as an author, on the roll of a ballot, or in the
    report of a case."""
    floor = state.floor
    heard = set(floor.heard) | {opinion.person for opinion in floor.opinions.values()}
    speaks = floor.speech is not None and floor.speech.person == key
    voted = any(key in ballot.roll for ballot in state.ballots.ballots.values())
    return speaks or key in heard or voted or has_spoken(state, key)


def loose_ends(state: MeetingState, key: str) -> list[Event]:
    """What else ends when somebody is no longer invited. Who was to present stays on the programme by name."""
    name, floor = state.roll.people[key].name, state.floor
    edited = [
        ItemEdited(item, it.title, it.minutes, tuple(name if who == key else who for who in it.presenters))
        for item, it in state.agenda.items.items()
        if key in it.presenters
    ]
    withdrawn = [RequestWithdrawn(request) for request in floor.queue if floor.requests[request].person == key]
    calls = state.notices.calls.items()
    cancelled = [CallCancelled(call) for call, c in calls if c.person == key and c.state != "done"]
    return [*edited, *withdrawn, *cancelled]


def site_exists(state: MeetingState, site: str) -> None:
    if site and site not in state.sites.sites:
        raise Refused("no_such_site")


def one_chair(state: MeetingState, role: str, person: str) -> None:
    """A meeting has one chair; the others of the presidium are co-chairs."""
    others = (p for key, p in state.roll.people.items() if key != person)
    if role == "chair" and any(p.role == "chair" for p in others):
        raise Refused("one_chair")


def chair_stays(state: MeetingState) -> None:
    if state.meeting.status in ("live", "adjourned"):
        raise Refused("chair_needed")


def with_person(state: MeetingState, key: str, **changes) -> MeetingState:
    """`state` with these fields of one person changed."""
    people = {**state.roll.people, key: replace(state.roll.people[key], **changes)}
    return replace(state, roll=replace(state.roll, people=people))
