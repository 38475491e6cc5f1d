"""A map on the stage: the node that every screen shows, what is open around it, and the way back to it."""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.evidence import attached
from meetingroom.meeting.exhibit_state import MapPlace
from meetingroom.meeting.exhibits import ID_LENGTH, takes_or_holds, visited
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.roles import EVERYONE
from meetingroom.meeting.stage import holds, on_stage
from meetingroom.meeting.state import MeetingState

OPEN = 60  # branches that are open beside the way to the node
DEEPEST = 9


@dataclass(frozen=True)
class ShowMap(Command):
    """A published map of an attached case comes onto every screen, at a node of it: without one at its root, or where
    it is already. The newest version, unless another is asked for. `open` are branches open beside the way to the
    node, `levels` (1–9) opens all of it down to there. With `take` who chairs takes the stage and shows in one."""

    case: str
    map: str
    node: str = ""
    version: int = 0
    open: tuple[str, ...] = ()
    levels: int = 0
    take: bool = False
    title: str = filled_by_server("")  # of the map; "" if there is none that is published
    node_title: str = filled_by_server("")
    result: str = filled_by_server("")  # of the node: there | hidden | none
    step: int = filled_by_server(0)
    steps: int = filled_by_server(0)
    may = EVERYONE


@dataclass(frozen=True)
class MapShown(Event):
    """A version of a map is on the stage, at a node. Titles as they were then; `step` of `steps` in reading order."""

    case: str
    map: str
    version: int
    title: str
    node: str
    node_title: str = ""
    open: tuple[str, ...] = ()
    levels: int = 0
    step: int = 0
    steps: int = 0


@dataclass(frozen=True)
class ShowNode(Command):
    """The map on the stage (or the one that was there last) goes to another node; `open` and `levels` as with
    `show_map`."""

    node: str
    open: tuple[str, ...] = ()
    levels: int = 0
    take: bool = False
    title: str = filled_by_server("")
    result: str = filled_by_server("")
    step: int = filled_by_server(0)
    may = EVERYONE


@dataclass(frozen=True)
class NodeShown(Event):
    """The map on the stage is at this node; its title as it was then, and its number in reading order."""

    node: str
    title: str
    step: int = 0
    open: tuple[str, ...] = ()
    levels: int = 0


@dataclass(frozen=True)
class Back(Command):
    """From a page to the map that was shown before it: the same node, the same branches open."""

    may = EVERYONE


@decide.register
def show_map(command: ShowMap, state: MeetingState, actor: Actor):
    taken = takes_or_holds(state, actor, command.take)
    checks.check_not_secret(state)
    attached(state, command.case)
    if not command.title:
        raise Refused("no_such_map")
    check_fold(command.open, command.levels)
    check_node(command.result)
    place = (command.case, command.map, command.version, command.title, command.node, command.node_title)
    shown = MapShown(*place, command.open, command.levels, command.step, command.steps)
    return [*taken, *([] if place_on_stage(shown) == place_now(state) else [shown])]


def check_node(result: str) -> None:
    if result == "hidden":
        raise Refused("hidden_node")
    if result != "there":
        raise Refused("no_such_node")


def check_fold(open: tuple[str, ...], levels: int) -> None:
    if len(open) > OPEN:
        raise Refused("too_many", field="open", limit=OPEN)
    if any(len(each) > ID_LENGTH for each in open):
        raise Refused("too_long", field="open", limit=ID_LENGTH)
    if not 0 <= levels <= DEEPEST:
        raise Refused("not_a_choice", field="levels")


def place_now(state: MeetingState) -> MapPlace | None:
    return state.stage.map if state.stage.kind == "map" and not state.stage.covered else None


def place_on_stage(event: MapShown) -> MapPlace:
    return MapPlace(**vars(event))


@evolve.register
def map_shown(event: MapShown, state: MeetingState):
    return at_node(state, place_on_stage(event))


@decide.register
def show_node(command: ShowNode, state: MeetingState, actor: Actor):
    taken = takes_or_holds(state, actor, command.take)
    if (at := state.stage.map) is None or at.case not in state.exhibits:
        raise Refused("no_map_shown")
    check_fold(command.open, command.levels)
    check_node(command.result)
    shown = NodeShown(command.node, command.title, command.step, command.open, command.levels)
    return [*taken, *([] if moved(at, shown) == place_now(state) else [shown])]


def moved(at: MapPlace, event: NodeShown) -> MapPlace:
    at = replace(at, node=event.node, node_title=event.title, step=event.step)
    return replace(at, open=event.open, levels=event.levels)


@evolve.register
def node_shown(event: NodeShown, state: MeetingState):
    return at_node(state, moved(state.stage.map, event)) if state.stage.map else state


@decide.register
def back(command: Back, state: MeetingState, actor: Actor):
    holds(state, actor)
    if (at := state.stage.map) is None or at.case not in state.exhibits:
        raise Refused("no_map_shown")
    return [] if place_now(state) else [NodeShown(at.node, at.node_title, at.step, at.open, at.levels)]


def at_node(state: MeetingState, place: MapPlace) -> MeetingState:
    state = visited(state, place.case, place.node, 1, place.map)
    whole = {"rect": None, "covered": False, "version": 0, "right": None}
    return on_stage(state, kind="map", paper="", page=0, map=place, **whole)
