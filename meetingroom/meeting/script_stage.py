"""A presentation by a script: what a step leads to comes onto the stage, and the meeting knows how far it is."""

from dataclasses import dataclass

from meetingroom.meeting import checks
from meetingroom.meeting.evidence import About, People, Shapes, attached
from meetingroom.meeting.exhibit_state import Rect, ScriptPlace
from meetingroom.meeting.exhibits import ShowCallout, ShowEvidence, takes_or_holds, with_exhibit
from meetingroom.meeting.kernel import (
    Actor,
    Command,
    Event,
    Refused,
    changed,
    decide,
    evolve,
    filled_by_server,
)
from meetingroom.meeting.map_stage import ShowMap
from meetingroom.meeting.media_stage import AboutMedia, Clip, ShowMedia
from meetingroom.meeting.pairs import Place, ShowPair
from meetingroom.meeting.roles import EVERYONE
from meetingroom.meeting.state import MeetingState


@dataclass(frozen=True)
class ShowStep(Command):
    """A step of the script of an attached case comes onto every screen: the node, the page with its excerpts or the
    two pages that it leads to. Without `script` the one that is presented. With `take` who chairs takes the stage and
    shows in one."""

    case: str
    step: str
    script: str = ""
    take: bool = False
    kind: str = filled_by_server("")  # node | evidence | callout | pair | media; "" if there is no such step
    n: int = filled_by_server(0)
    of: int = filled_by_server(0)
    places: tuple[Place, ...] = filled_by_server(())  # of pages: {case, document, page, node?}; of a node {case, map}
    rects: tuple[Rect, ...] = filled_by_server(())
    marks: tuple[Rect, ...] = filled_by_server(())
    text: str = filled_by_server("")
    node: dict[str, str | int] | None = filled_by_server()  # as the server knows it: the fields of `show_map`
    media: str = filled_by_server("")  # a recording or a photo, its part, and what the server knows of it
    clip: Clip | None = filled_by_server()
    about_media: AboutMedia | None = filled_by_server()
    listed: tuple[str, ...] = filled_by_server(())
    about: About | None = filled_by_server()
    people: People | None = filled_by_server()
    shapes: Shapes | None = filled_by_server()
    may = EVERYONE


@dataclass(frozen=True)
class StepShown(Event):
    """What is on the stage now was shown as this step of the script: the `n`th of `of`, as they were then."""

    case: str
    script: str
    step: str
    n: int
    of: int


@decide.register
def show_step(command: ShowStep, state: MeetingState, actor: Actor):
    facts = takes_or_holds(state, actor, command.take)
    checks.check_not_secret(state)
    exhibit = attached(state, command.case)
    if not command.kind:
        raise Refused("no_such_step")
    for wish in wishes(command):
        facts = [*facts, *decide(wish, after(state, facts, actor), actor)]
    shown = StepShown(command.case, command.script, command.step, command.n, command.of)
    return facts if exhibit.script == place_of(shown) and not facts else [*facts, shown]


def wishes(command: ShowStep) -> list[Command]:
    """What the step shows, as if each part of it were asked for."""
    if command.kind == "node":
        return [ShowMap(case=command.case, **(command.node or {"map": ""}))]  # type: ignore[arg-type]
    if command.kind == "media":
        clip, listed = command.clip, command.listed
        return [ShowMedia(command.case, command.media, clip=clip, about=command.about_media, people=listed)]
    known = {"about": command.about, "people": command.people, "shapes": command.shapes}
    if command.kind == "pair":
        left, right = command.places
        return [ShowPair(left, right, text=command.text, **known)]  # type: ignore[arg-type]
    place = command.places[0]
    document, page, node = str(place["document"]), int(place["page"]), str(place.get("node", ""))
    page_wish = ShowEvidence(command.case, document, page, node, **known)  # type: ignore[arg-type]
    return [page_wish, ShowCallout(command.rects, command.marks)] if command.rects else [page_wish]


def after(state: MeetingState, facts: list[Event], actor: Actor) -> MeetingState:
    state = changed(state, at=actor.at, by=actor.user)
    for fact in facts:
        state = evolve(fact, state)
    return state


@evolve.register
def step_shown(event: StepShown, state: MeetingState):
    exhibit = state.exhibits.get(event.case)
    if exhibit is None:
        return state
    before = exhibit.steps.get(event.script, {})
    steps = exhibit.steps if event.step in before else {**exhibit.steps, event.script: {**before, event.step: state.at}}
    return with_exhibit(state, event.case, script=place_of(event), steps=steps)


def place_of(event: StepShown) -> ScriptPlace:
    return ScriptPlace(event.script, event.step, event.n, event.of)
