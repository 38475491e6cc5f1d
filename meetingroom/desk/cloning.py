"""A new meeting made after another one, or for a series: people, places and agenda; no papers, no texts."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import g

from meetingroom import log
from meetingroom.auth import account_store
from meetingroom.commands import do
from meetingroom.meeting.agenda import AddItem
from meetingroom.meeting.kernel import Actor, Command
from meetingroom.meeting.lifecycle import CreateMeeting
from meetingroom.meeting.people import Invite
from meetingroom.meeting.roles import PREPARERS
from meetingroom.meeting.series import AddFollowup
from meetingroom.meeting.sites import AddSite
from meetingroom.meeting.state import MeetingState
from meetingroom.tasks import series_store
from meetingroom.web.context import context
from meetingroom.web.dispatch import do_commands
from meetingroom.web.errors import Problem

HOUR = 3_600_000
USUAL = 3 * HOUR


@dataclass(frozen=True)
class Wish:
    """What is to be made: from a meeting (`source`) or a template's items, in a series or none."""

    title: str
    starts_at: int
    ends_at: int = 0
    source: MeetingState | None = None
    series: dict | None = None
    items: tuple[dict, ...] = ()
    backlog: tuple[dict, ...] = ()


def clone(wish: Wish, request_id: str) -> str:
    """The id of the new meeting, a draft; the same `request_id` of the same person again: the same meeting, finished
    where it was left."""
    source, series = wish.source, wish.series
    if source and source.meeting.secrecy != "none":
        raise Problem("secret_meeting", 409)
    frame = source.meeting if source else None
    long = (frame.ends_at - frame.starts_at) if frame else USUAL
    creation = CreateMeeting(
        title=wish.title,
        kind=series["kind"] if series else frame.kind if frame else "meeting",
        starts_at=wish.starts_at,
        ends_at=wish.ends_at or wish.starts_at + max(long, HOUR // 2),
        place=frame.place if frame else "",
        motto=frame.motto if frame else "",
        series=series["id"] if series else frame.series if frame else "",
    )
    mine = source.roll.people.get(g.user.id) if source else None
    meeting = do.create_meeting(creation, request_id, mine.role if mine and mine.role in PREPARERS else "organiser")
    furnish(meeting, wish)
    return meeting


def furnish(meeting: str, wish: Wish) -> None:
    """Places, people and agenda for a new meeting; once."""
    source = wish.source
    now = log.state(context().pool, meeting)
    if now.agenda.order:
        return  # a request that came twice: nothing is added to what is being prepared
    give(meeting, [AddSite(s.name, s.short, s.main, s.contact) for s in sites_of(source)], "site")
    give(meeting, invitations(meeting, wish), "person")
    first = [AddFollowup()] if now.meeting.series else []
    give(meeting, [*first, *map(item_of, wish.backlog), *agenda_of(meeting, wish)], "item")
    if wish.backlog:
        with context().pool.writing() as db:
            for entry in wish.backlog:
                series_store.take_up(db, entry["id"], meeting)


def give(meeting: str, commands: list[Command], what: str) -> None:
    actor = Actor(g.user.id, "system")
    if commands:
        do_commands(meeting, [(each, actor, f"clone-{what}-{n}") for n, each in enumerate(commands)])


def sites_of(source: MeetingState | None) -> list:
    return [source.sites.sites[key] for key in source.sites.order] if source else []


def invitations(meeting: str, wish: Wish) -> list[Command]:
    """Who was there and still is in the directory, in the same order, role and place; else the usual people."""
    state, source = log.state(context().pool, meeting), wish.source
    places = {site.name: key for key, site in state.sites.sites.items()}
    with context().pool.lend() as db:
        active = {row["id"] for row in account_store.list_users(db, active=True)}
    if source and source.roll.order:
        people = [(key, source.roll.people[key]) for key in source.roll.order]
        old = source.sites.sites
        wanted = [(key, p.role, places.get(old[p.site].name, "") if p.site in old else "") for key, p in people]
    else:
        wanted = [(each["person"], each["role"], "") for each in (wish.series or {}).get("people", [])]
    found: list[Command] = []
    chaired = any(person.role == "chair" for person in state.roll.people.values())
    for person, role, site in wanted:
        if person not in active or person in state.roll.people:
            continue
        if role == "chair" and chaired:
            role = "cochair"
        chaired = chaired or role == "chair"
        found.append(Invite(person, role, site))
    return found


def agenda_of(meeting: str, wish: Wish) -> list[Command]:
    if wish.source and not wish.items:
        items = [wish.source.agenda.items[key] for key in wish.source.agenda.order]
        state = log.state(context().pool, meeting)
        return [
            AddItem(item.title, item.minutes, presenters(item.presenters, wish.source, state))
            for item in items
            if not item.kind
        ]
    with context().pool.lend() as db:
        everybody = {row["id"] for row in account_store.list_users(db)}
    here = log.state(context().pool, meeting).roll.people
    return [item_of(item, without=everybody - here.keys()) for item in wish.items]


def presenters(named: tuple[str, ...], source: MeetingState, new: MeetingState) -> tuple[str, ...]:
    """Free words stay; of people, those who are in the new meeting too."""
    return tuple(who for who in named if who in new.roll.people or who not in source.roll.people)


def item_of(item: dict, without: Collection[str] = ()) -> AddItem:
    """`without`: people of the directory who do not take part."""
    named = tuple(who for who in item.get("presenters") or () if who not in without)
    return AddItem(item["title"], int(item.get("minutes") or 0), named)
