"""The places a meeting is held at (điểm cầu): the main one and the remote ones."""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.case_report import check_sites
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve
from meetingroom.meeting.roles import PREPARERS
from meetingroom.meeting.state import MeetingState, Site, without_key
from meetingroom.meeting.view import compact, slice_of_view

WHO_SETS_UP = PREPARERS | {"system"}


@dataclass(frozen=True)
class AddSite(Command):
    """A place of the meeting. `short` is what fits a chip on the chair's screen ("ĐC05")."""

    name: str
    short: str
    main: bool = False
    contact: str = ""
    may = WHO_SETS_UP


@dataclass(frozen=True)
class SiteAdded(Event):
    """A place of the meeting. `short` is what fits a chip on the chair's screen."""

    site: str
    name: str
    short: str
    main: bool = False
    contact: str = ""


@dataclass(frozen=True)
class EditSite(Command):
    """Its name, short name, contact, or whether it is the main one; what is left out stays."""

    site: str
    name: str | None = None
    short: str | None = None
    main: bool | None = None
    contact: str | None = None
    may = PREPARERS


@dataclass(frozen=True)
class SiteEdited(Event):
    """The place as it is from now on."""

    site: str
    name: str
    short: str
    main: bool = False
    contact: str = ""


@dataclass(frozen=True)
class RemoveSite(Command):
    """A place that nobody is assigned to any more."""

    site: str
    may = PREPARERS


@dataclass(frozen=True)
class SiteRemoved(Event):
    """The place is not part of the meeting any more."""

    site: str


@decide.register
def add_site(command: AddSite, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    check_sites(state)
    if len(state.sites.order) >= 500:
        raise Refused("too_many_sites")
    return [
        SiteAdded(
            actor.new_id("site"),
            checks.text(command.name, 300, field="name"),
            checks.text(command.short, 12, field="short"),
            command.main,
            checks.text(command.contact, 300, needed=False, field="contact"),
        )
    ]


@evolve.register
def site_added(event: SiteAdded, state: MeetingState):
    return with_site(state, event.site, event.name, event.short, event.main, event.contact)


@decide.register
def edit_site(command: EditSite, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    site = find_site(state, command.site)
    edited = Site(
        checks.text(site.name if command.name is None else command.name, 300, field="name"),
        checks.text(site.short if command.short is None else command.short, 12, field="short"),
        site.main if command.main is None else command.main,
        checks.text(site.contact if command.contact is None else command.contact, 300, needed=False, field="contact"),
    )
    return [] if edited == site else [SiteEdited(command.site, **vars(edited))]


@evolve.register
def site_edited(event: SiteEdited, state: MeetingState):
    return with_site(state, event.site, event.name, event.short, event.main, event.contact)


@decide.register
def remove_site(command: RemoveSite, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    find_site(state, command.site)
    if any(person.site == command.site for person in state.roll.people.values()):
        raise Refused("site_in_use")
    return [SiteRemoved(command.site)]


@evolve.register
def site_removed(event: SiteRemoved, state: MeetingState):
    order = tuple(key for key in state.sites.order if key != event.site)
    return replace(state, sites=replace(state.sites, order=order, sites=without_key(state.sites.sites, event.site)))


@slice_of_view("sites", reads=("sites",))
def sites(state: MeetingState, audience: str):
    """{order: [site], sites: {id: {name, short, main?, contact?}}}."""
    return {
        "order": list(state.sites.order),
        "sites": {
            key: compact(name=site.name, short=site.short, main=site.main, contact=site.contact)
            for key, site in state.sites.sites.items()
        },
    }


def find_site(state: MeetingState, key: str) -> Site:
    if key not in state.sites.sites:
        raise Refused("no_such_site")
    return state.sites.sites[key]


def with_site(state: MeetingState, key: str, name: str, short: str, main: bool, contact: str) -> MeetingState:
    """One place set; a new main one takes the mark from the others."""
    others = {k: replace(s, main=False) if main else s for k, s in state.sites.sites.items()}
    order = state.sites.order if key in others else (*state.sites.order, key)
    return replace(
        state, sites=replace(state.sites, order=order, sites={**others, key: Site(name, short, main, contact)})
    )
