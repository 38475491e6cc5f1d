"""The programme: items in order, each with its presenters and planned minutes; one of them current."""

from dataclasses import dataclass, replace
from itertools import islice

from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.rights import open_to_all
from meetingroom.meeting.roles import CHAIR, CHAIR_AND_SECRETARY, PREPARERS, SYSTEM
from meetingroom.meeting.sides import papers_shown
from meetingroom.meeting.stage import PaperShown, TitleShown
from meetingroom.meeting.state import Item, MeetingState, place_in_order, without_key
from meetingroom.meeting.view import compact, slice_of_view

WHO_WRITES = PREPARERS


@dataclass(frozen=True)
class AddItem(Command):
    """A new item at the end. `presenters` are people of the meeting or free text; `minutes` is 0 if not planned."""

    title: str
    minutes: int = 0
    presenters: tuple[str, ...] = ()
    may = WHO_WRITES | SYSTEM  # the first meeting of the guided start


@dataclass(frozen=True)
class ItemAdded(Event):
    """An item stands at the end of the agenda. `minutes`: 0 if not planned; `presenters`: people's ids or free text;
    `kind`: prior_minutes or followup, where the item is about the meeting before."""

    item: str
    title: str
    minutes: int = 0
    presenters: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class EditItem(Command):
    """Title, minutes or presenters; what is left out stays."""

    item: str
    title: str | None = None
    minutes: int | None = None
    presenters: tuple[str, ...] | None = None
    may = WHO_WRITES


@dataclass(frozen=True)
class ItemEdited(Event):
    """An item as it reads from now on."""

    item: str
    title: str
    minutes: int = 0
    presenters: tuple[str, ...] = ()


@dataclass(frozen=True)
class MoveItem(Command):
    """The item comes before `before`, or last."""

    item: str
    before: str = ""
    may = WHO_WRITES


@dataclass(frozen=True)
class ItemMoved(Event):
    """The item stands before `before`, or last."""

    item: str
    before: str = ""


@dataclass(frozen=True)
class RemoveItem(Command):
    """An item that has not been reached, and has no papers."""

    item: str
    may = WHO_WRITES


@dataclass(frozen=True)
class ItemRemoved(Event):
    """The item is off the agenda."""

    item: str


@dataclass(frozen=True)
class StartItem(Command):
    """The meeting comes to this item; the one before it is done. Its first paper comes onto every screen, unless one
    of its papers is there already or somebody other than the chair is presenting. `rows`: the series' open tasks."""

    item: str
    rows: tuple[dict[str, str], ...] = filled_by_server(())
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class ItemStarted(Event):
    """The meeting has come to this item."""

    item: str


@dataclass(frozen=True)
class FollowupShown(Event):
    """What was shown of the work that earlier meetings of the series gave out, as it stood when the item began: each
    row {task, text, unit, due, state, percent, late, kind?, left?, done?, asked?, said?}. `late`, `left`: days; `done`,
    `asked`: the day it was reported on and the one until which more time is wanted; `said`: the unit's last word."""

    item: str
    rows: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True)
class FinishItem(Command):
    """The item is done."""

    item: str
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class ItemFinished(Event):
    """The item is done."""

    item: str


@decide.register
def add_item(command: AddItem, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    checks.check_not_secret(state)
    if len(state.agenda.order) >= 200:
        raise Refused("too_many_items")
    return [
        ItemAdded(actor.new_id("item"), checks.text(command.title), *item_details(command.minutes, command.presenters))
    ]


@evolve.register
def item_added(event: ItemAdded, state: MeetingState):
    agenda = state.agenda
    item = Item(event.title, event.minutes, event.presenters, kind=event.kind)
    return replace(
        state, agenda=replace(agenda, order=(*agenda.order, event.item), items={**agenda.items, event.item: item})
    )


@decide.register
def edit_item(command: EditItem, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    item = checks.item(state, command.item)
    title = checks.text(item.title if command.title is None else command.title)
    minutes = item.minutes if command.minutes is None else command.minutes
    presenters = item.presenters if command.presenters is None else command.presenters
    edited = ItemEdited(command.item, title, *item_details(minutes, presenters))
    same = (item.title, item.minutes, item.presenters) == (edited.title, edited.minutes, edited.presenters)
    return [] if same else [edited]


@evolve.register
def item_edited(event: ItemEdited, state: MeetingState):
    return with_item(state, event.item, title=event.title, minutes=event.minutes, presenters=event.presenters)


@decide.register
def move_item(command: MoveItem, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    checks.item(state, command.item)
    if command.before:
        checks.item(state, command.before)
    moved = place_in_order(state.agenda.order, command.item, command.before) != state.agenda.order
    return [ItemMoved(command.item, command.before)] if moved else []


@evolve.register
def item_moved(event: ItemMoved, state: MeetingState):
    return replace(
        state, agenda=replace(state.agenda, order=place_in_order(state.agenda.order, event.item, event.before))
    )


@decide.register
def remove_item(command: RemoveItem, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    item = checks.item(state, command.item)
    if item.status != "waiting":
        raise Refused("item_reached")
    if item.papers:
        raise Refused("item_has_papers")
    return [ItemRemoved(command.item)]


@evolve.register
def item_removed(event: ItemRemoved, state: MeetingState):
    agenda = state.agenda
    order = tuple(key for key in agenda.order if key != event.item)
    # What was noted on it has no place any more in which it could be read.
    record = replace(state.record, notes=without_key(state.record.notes, event.item))
    return replace(
        state, agenda=replace(agenda, order=order, items=without_key(agenda.items, event.item)), record=record
    )


@decide.register
def start_item(command: StartItem, state: MeetingState, actor: Actor):
    checks.check_live(state)
    item = checks.item(state, command.item)
    current = state.agenda.current
    if current == command.item:
        raise Refused("item_is_current")
    done = [ItemFinished(current)] if current else []
    # What was shown the first time is what the minutes tell.
    shown = [FollowupShown(command.item, command.rows)] if item.kind == "followup" and not item.started_at else []
    return [*done, ItemStarted(command.item), *shown, *first_picture(item, state, actor)]


@evolve.register
def item_started(event: ItemStarted, state: MeetingState):
    state = with_item(state, event.item, status="current", started_at=state.at, finished_at=0)
    return replace(state, agenda=replace(state.agenda, current=event.item))


@decide.register
def finish_item(command: FinishItem, state: MeetingState, actor: Actor):
    checks.check_live(state)
    if checks.item(state, command.item).status != "current":
        raise Refused("item_not_current")
    return [ItemFinished(command.item)]


@evolve.register
def item_finished(event: ItemFinished, state: MeetingState):
    state = with_item(state, event.item, status="done", finished_at=state.at)
    return replace(state, agenda=replace(state.agenda, current=""))


@evolve.register
def followup_shown(event: FollowupShown, state: MeetingState):
    return with_item(state, event.item, followup=event.rows)


@slice_of_view("agenda", reads=("agenda", "roll", "meeting"))
def agenda(state: MeetingState, audience: str):
    """{order, current?, items: {id: {title, minutes?, presenters?, status, started_at?, finished_at?, papers?}}}.

    A screen in the hall is not told who is who: it gets the presenters' names. A draft is the staff's alone.
    """
    if audience != "staff" and state.meeting.status == "draft":
        return {"order": [], "items": {}}
    people = state.roll.people if audience == "screens" else {}
    return {
        **compact(current=state.agenda.current),
        "order": list(state.agenda.order),
        "items": {
            key: compact(
                title=item.title,
                minutes=item.minutes,
                presenters=[people[who].name if who in people else who for who in item.presenters],
                status=item.status,
                started_at=item.started_at,
                finished_at=item.finished_at,
                papers=list(item.papers),
                kind=item.kind,
                carried=item.carried,
                followup=[dict(row) for row in item.followup],
            )
            for key, item in state.agenda.items.items()
        },
    }


def first_picture(item: Item, state: MeetingState, actor: Actor) -> list[PaperShown | TitleShown]:
    """Its first paper; an item about earlier conclusions has its list, for which another item's page gives way."""
    first = first_paper(item, state, actor)
    shown = papers_shown(state)
    if item.kind != "followup" or first or not shown or shown & set(item.papers):
        return [*first]
    return [] if is_lent(state, actor) else [TitleShown()]


def first_paper(item: Item, state: MeetingState, actor: Actor) -> list[PaperShown]:
    """The first paper of an item that begins. Nothing where a paper of it is shown already, or a presenter has the
    stage: nobody's page is turned under their finger. What only the staff may read is never shown by the way.
    """
    if is_lent(state, actor) or papers_shown(state) & set(item.papers):
        return []
    free = (key for key in item.papers if open_to_all(state.papers[key]))
    return [PaperShown(key) for key in islice(free, 1)]


def is_lent(state: MeetingState, actor: Actor) -> bool:
    """Whether somebody who does not chair has the stage."""
    holder = state.roll.people.get(state.stage.holder)
    return state.stage.holder != actor.user and (holder is None or holder.role not in CHAIR)


def item_details(minutes: int, presenters: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """Planned minutes and presenters, checked."""
    if not 0 <= minutes <= 24 * 60:
        raise Refused("not_a_number", field="minutes")
    if len(presenters) > 50:
        raise Refused("too_many", field="presenters", limit=50)
    return minutes, tuple(checks.text(name, 200, field="presenters") for name in presenters)


def with_item(state: MeetingState, key: str, **changes) -> MeetingState:
    """`state` with these fields of one item changed."""
    items = {**state.agenda.items, key: replace(state.agenda.items[key], **changes)}
    return replace(state, agenda=replace(state.agenda, items=items))
