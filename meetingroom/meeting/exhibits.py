"""The case on the stage: attached to the meeting, released to its people, shown page by page."""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.evidence import (
    About,
    EvidenceShown,
    EvidenceTurned,
    People,
    Shapes,
    as_evidence,
    attached,
    check_may_show,
    place_in_case,
)
from meetingroom.meeting.exhibit_state import LEVELS, EvidencePage, Exhibit, Rect, ShownPage
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, changed, decide, evolve, filled_by_server
from meetingroom.meeting.roles import CHAIR, EVERYONE
from meetingroom.meeting.sides import evidence_key, sides_shown
from meetingroom.meeting.stage import StageTaken, holds, inside, on_stage
from meetingroom.meeting.state import MeetingState, Side, without_key
from meetingroom.meeting.view import compact, slice_of_view
from meetingroom.word_marks import marks_inside

MOST = 20  # cases in one meeting
CALLOUTS = 3  # excerpts over one page
ID_LENGTH = 64
LEADING = ("owner", "leader")


@dataclass(frozen=True)
class AttachCase(Command):
    """A case comes to the meeting, of whatever kind: its owner or a leader of it may bring it, if no state secret is
    concerned. The chair then releases what the others see; until then that is what its map refers to."""

    case: str
    title: str = filled_by_server("")
    code: str = filled_by_server("")
    open: bool = filled_by_server(False)  # it is not closed
    cleared: bool = filled_by_server(True)  # it was answered that no state secret is concerned
    roles: dict[str, str] | None = filled_by_server()  # by person, of all who are on its list now
    may = EVERYONE


@dataclass(frozen=True)
class CaseAttached(Event):
    """A case came to the meeting; `title` and `code` as they were then."""

    case: str
    title: str
    code: str = ""


@dataclass(frozen=True)
class DetachCase(Command):
    """A case leaves the meeting again, before it was shown: by who may bring it, or by who chairs."""

    case: str
    roles: dict[str, str] | None = filled_by_server()
    may = EVERYONE


@dataclass(frozen=True)
class CaseDetached(Event):
    """A case left the meeting without having been shown."""

    case: str


@dataclass(frozen=True)
class ReleaseCase(Command):
    """What of a case the people of the meeting may see while it runs: only what was `shown`, the pages that are
    `anchored` in its map and script, or the `whole`. Who is on its list sees all of it anyway."""

    case: str
    level: str
    may = CHAIR


@dataclass(frozen=True)
class CaseReleased(Event):
    """From now on the people of the meeting see this much of the case, while it runs: shown, anchored, whole."""

    case: str
    level: str


@dataclass(frozen=True)
class ShowEvidence(Command):
    """A page of a case comes onto every screen; `node` is the one of the map that leads there. With `take` who chairs
    takes the stage and shows in one."""

    case: str
    document: str
    page: int = 1
    node: str = ""
    take: bool = False
    about: About | None = filled_by_server()
    people: People | None = filled_by_server()
    shapes: Shapes | None = filled_by_server()
    may = EVERYONE


@dataclass(frozen=True)
class ShowCallout(Command):
    """Excerpts of the page on the stage stand enlarged over it, at most three: `[x, y, width, height]` each, in
    fractions of the page. They take the place of those before. `marks` are words in them that are marked, a frame for
    each of their lines."""

    rects: tuple[Rect, ...]
    marks: tuple[Rect, ...] = ()
    may = EVERYONE


@dataclass(frozen=True)
class CalloutShown(Event):
    """These excerpts of the page stand enlarged over it on every screen, `[x, y, width, height]` in fractions; `marks`
    are lines of words in them that are marked there."""

    rects: tuple[Rect, ...]
    marks: tuple[Rect, ...] = ()


@dataclass(frozen=True)
class ClearCallout(Command):
    """The excerpts go, the page is whole again."""

    may = EVERYONE


@dataclass(frozen=True)
class CalloutCleared(Event):
    """No excerpt stands over the page any more."""


@decide.register
def attach_case(command: AttachCase, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    checks.check_not_secret(state)
    if (command.roles or {}).get(actor.user) not in LEADING or not command.title:
        raise Refused("no_such_case")
    if not command.cleared:
        raise Refused("case_not_cleared")
    if not command.open:
        raise Refused("case_closed")
    if command.case in state.exhibits:
        return []
    if len(state.exhibits) >= MOST:
        raise Refused("too_many", field="exhibits", limit=MOST)
    return [CaseAttached(command.case, command.title, command.code)]


@evolve.register
def case_attached(event: CaseAttached, state: MeetingState):
    return changed(state, exhibits={**state.exhibits, event.case: Exhibit(event.title, event.code)})


@decide.register
def detach_case(command: DetachCase, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    exhibit = attached(state, command.case)
    if actor.role not in CHAIR and (command.roles or {}).get(actor.user) not in LEADING:
        raise Refused("not_allowed")
    if exhibit.shown or exhibit.visited or exhibit.media:
        raise Refused("case_was_shown")
    return [CaseDetached(command.case)]


@evolve.register
def case_detached(event: CaseDetached, state: MeetingState):
    return changed(state, exhibits=without_key(state.exhibits, event.case))


@decide.register
def release_case(command: ReleaseCase, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    checks.one_of(command.level, LEVELS, "level")
    exhibit = attached(state, command.case)
    return [] if exhibit.level == command.level else [CaseReleased(command.case, command.level)]


@evolve.register
def case_released(event: CaseReleased, state: MeetingState):
    return with_exhibit(state, event.case, level=event.level)


@decide.register
def show_evidence(command: ShowEvidence, state: MeetingState, actor: Actor):
    taken = takes_or_holds(state, actor, command.take)
    checks.check_not_secret(state)
    place = (command.case, command.document, command.page)
    known = check_may_show(state, actor, place, (command.about, command.people))
    node = checks.text(command.node, ID_LENGTH, needed=False, field="node")
    return [*taken, shown_as(place, known, command.shapes, node)]


def shown_as(place: tuple[str, str, int], known: dict[str, str | int], shapes: Shapes | None, node: str):
    case, document, page = place
    label, volume, title = (str(known.get(name, "")) for name in ("label", "volume", "title"))
    pages, shape = int(known["pages"]), (shapes or {}).get(document, ())
    return EvidenceShown(document, page, label, volume, node, case, title, pages, shape)


@evolve.register
def evidence_shown(event: EvidenceShown, state: MeetingState):
    found = as_evidence(event)
    state = remembered(state, found, event.page)
    paper = evidence_key(event.document)
    whole = {"rect": None, "covered": False, "version": 0, "right": None}
    return on_stage(state, kind="evidence", paper=paper, page=event.page, evidence=found, **whole)


@evolve.register
def evidence_turned(event: EvidenceTurned, state: MeetingState):
    now = state.stage
    before = now.right.evidence if event.side == "right" and now.right else now.evidence
    if before is None:
        return state
    found = replace(before, label=event.label, volume=event.volume)
    state = remembered(state, found, event.page)
    if event.side == "right":
        right = Side(evidence_key(event.document), event.page, evidence=found)
        return on_stage(state, right=right, covered=False)
    return on_stage(state, page=event.page, evidence=found, rect=None, covered=False)


@decide.register
def show_callout(command: ShowCallout, state: MeetingState, actor: Actor):
    holds(state, actor)
    if len(sides_shown(state)) != 1:
        raise Refused("nothing_shown")
    if len(command.rects) > CALLOUTS:
        raise Refused("too_many", field="rects", limit=CALLOUTS)
    rects = tuple(cut for rect in command.rects if (cut := inside(rect)))
    marks = marks_inside(command.marks, rects)
    if (rects, marks) == (state.stage.callouts, state.stage.marks):
        return []
    return [CalloutShown(rects, marks) if rects else CalloutCleared()]


@evolve.register
def callout_shown(event: CalloutShown, state: MeetingState):
    return on_stage(state, callouts=event.rects, marks=event.marks)


@decide.register
def clear_callout(command: ClearCallout, state: MeetingState, actor: Actor):
    holds(state, actor)
    return [CalloutCleared()] if state.stage.callouts else []


@evolve.register
def callout_cleared(event: CalloutCleared, state: MeetingState):
    return on_stage(state, callouts=(), marks=())


@slice_of_view("exhibits", reads=("exhibits",))
def exhibits(state: MeetingState, audience: str):
    """The cases of the meeting by id: {title, code, level, shown: {"<document>/<page>": {label, volume, title, at}},
    visited: {map: {node: 1 | 2}}, script: {script, step, n, of}, steps: {script: {step: ms}}, media: {media: {title,
    kind, label, volume, at}}}; of all what was on the stage. A big screen has the title and the code."""
    if audience == "screens":
        return {key: compact(title=each.title, code=each.code) for key, each in state.exhibits.items()}
    return {
        key: {
            **compact(title=each.title, code=each.code, level=each.level),
            "shown": {place: compact(**vars(page)) for place, page in each.shown.items()},
            "visited": each.visited,
            **compact(script=compact(**vars(each.script)) if each.script else None, steps=each.steps or None),
            **compact(media={name: compact(**vars(found)) for name, found in each.media.items()} or None),
        }
        for key, each in state.exhibits.items()
    }


def takes_or_holds(state: MeetingState, actor: Actor, take: bool) -> list[Event]:
    """The fact that who chairs takes the stage, where that is asked; else only its holder goes on."""
    checks.check_live(state)
    if take and actor.role in CHAIR and state.stage.holder != actor.user:
        return [StageTaken(actor.user)]
    holds(state, actor)
    return []


def with_exhibit(state: MeetingState, case: str, **fields) -> MeetingState:
    if case not in state.exhibits:
        return state
    return changed(state, exhibits={**state.exhibits, case: replace(state.exhibits[case], **fields)})


def remembered(state: MeetingState, found: EvidencePage, page: int) -> MeetingState:
    """That a page was shown, under the number it had the first time; and that one of its node was."""
    exhibit = state.exhibits.get(found.case)
    if exhibit is None:
        return state
    key = place_in_case(found.document, page)
    if key not in exhibit.shown:
        shown = ShownPage(found.label, found.volume, found.title, state.at)
        state = with_exhibit(state, found.case, shown={**exhibit.shown, key: shown})
    return visited(state, found.case, found.node, 2)


def visited(state: MeetingState, case: str, node: str, how: int, map: str = "") -> MeetingState:
    """A node of this map was shown; or a page of one that was shown before on the map of the stage."""
    map = map or (state.stage.map.map if state.stage.map and state.stage.map.case == case else "")
    exhibit = state.exhibits.get(case)
    before = exhibit.visited.get(map, {}).get(node, 0) if exhibit else how
    if not node or exhibit is None or before >= how or (how > 1 and not before):
        return state
    nodes = {**exhibit.visited.get(map, {}), node: how}
    return with_exhibit(state, case, visited={**exhibit.visited, map: nodes})
