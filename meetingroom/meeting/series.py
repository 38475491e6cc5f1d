"""Meetings that come again: first the last minutes and what became of them; what was not reached goes on."""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.agenda import ItemAdded, ItemMoved, with_item
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.roles import PREPARERS, SYSTEM
from meetingroom.meeting.state import MeetingState, without_key

FIRST = ("prior_minutes", "followup")  # in this order


@dataclass(frozen=True)
class AddFollowup(Command):
    """The agenda begins with the approval of the last minutes and the work they gave out, if it does not yet."""

    titles: tuple[str, ...] = filled_by_server(())
    may = PREPARERS | SYSTEM


@dataclass(frozen=True)
class CarryItem(Command):
    """An item that is not reached goes on to the next meeting of the series. `how`: it leaves this one (`move`), or
    stays here too (`repeat`)."""

    item: str
    how: str
    may = PREPARERS


@dataclass(frozen=True)
class ChooseSeries(Command):
    """The meeting belongs to this series from now on (one that whoever says so may go on with); "" takes it out of its
    series, while nothing rests on that: no work given out, no item that looks back or was carried over."""

    series: str
    users: tuple[str, ...] | None = filled_by_server()
    carried: int = filled_by_server(0)
    may = PREPARERS


@dataclass(frozen=True)
class SeriesChosen(Event):
    """The meeting belongs to this series from now on; "" to none."""

    series: str = ""


@dataclass(frozen=True)
class ItemCarried(Event):
    """The item waits for the next meeting of the series; `how`: move (it is off this agenda) or repeat."""

    item: str
    how: str
    title: str
    minutes: int = 0
    presenters: tuple[str, ...] = ()


@decide.register
def add_followup(command: AddFollowup, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    checks.check_not_secret(state)
    there = {item.kind for item in state.agenda.items.values()}
    if "followup" in there:
        raise Refused("followup_there")
    given = command.titles if len(command.titles) == len(FIRST) else FIRST
    titles = dict(zip(FIRST, given, strict=True))
    wanted = [kind for kind in FIRST if kind not in there]
    if len(state.agenda.order) + len(wanted) > 200:
        raise Refused("too_many_items")
    facts: list[Event] = []
    # Before the first item that has not been reached: what lies behind stays where it is.
    before = next((key for key in state.agenda.order if state.agenda.items[key].status == "waiting"), "")
    for kind in wanted:
        key = actor.new_id(f"item {kind}")
        facts.append(ItemAdded(key, titles[kind], kind=kind))
        facts += [ItemMoved(key, before)] if before else []
    return facts


@decide.register
def carry_item(command: CarryItem, state: MeetingState, actor: Actor):
    checks.check_recordable(state)
    checks.one_of(command.how, ("move", "repeat"), "how")
    item = checks.item(state, command.item)
    if not state.meeting.series:
        raise Refused("not_in_series")
    if item.status != "waiting":
        raise Refused("item_reached")
    if item.kind or item.carried:
        raise Refused("already_carried")
    if command.how == "move" and item.papers:
        raise Refused("item_has_papers")
    return [ItemCarried(command.item, command.how, item.title, item.minutes, item.presenters)]


@decide.register
def choose_series(command: ChooseSeries, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    checks.check_not_secret(state)
    series = checks.text(command.series, 40, needed=False, field="series")
    if series == state.meeting.series:
        return []
    # Its meetings show each other's open work: nobody comes to it by naming it.
    if series and command.users is not None and actor.user not in command.users:
        raise Refused("no_such_series", field="series")
    if state.meeting.series and rests_on_series(state, command.carried):
        raise Refused("rests_on_series", field="series")
    return [SeriesChosen(series)]


def rests_on_series(state: MeetingState, carried: int) -> bool:
    """Whether something of the meeting is known to the others of its series, or came from them. `carried`: how many
    matters went on from it, or came to it."""
    looks_back = any(item.kind in FIRST or item.carried for item in state.agenda.items.values())
    return bool(carried or looks_back or state.record.directives)


@evolve.register
def series_chosen(event: SeriesChosen, state: MeetingState):
    return replace(state, meeting=replace(state.meeting, series=event.series))


@evolve.register
def item_carried(event: ItemCarried, state: MeetingState):
    if event.how == "repeat":
        return with_item(state, event.item, carried="repeat")
    agenda = state.agenda
    order = tuple(key for key in agenda.order if key != event.item)
    record = replace(state.record, notes=without_key(state.record.notes, event.item))
    items = without_key(agenda.items, event.item)
    return replace(state, agenda=replace(agenda, order=order, items=items), record=record)
