"""Two pages side by side on every screen, of one paper or of two."""

from dataclasses import dataclass, field

from meetingroom.meeting import checks
from meetingroom.meeting.evidence import About, People, Shapes, check_may_show
from meetingroom.meeting.exhibit_state import Contradiction, EvidencePage, Rect
from meetingroom.meeting.exhibits import remembered
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.roles import EVERYONE
from meetingroom.meeting.sides import evidence_key
from meetingroom.meeting.stage import check_showable, holds, on_stage
from meetingroom.meeting.state import MeetingState, Side

Place = dict[str, str | int]
PLACE: Place = {}
TEXT_LENGTH = 300
OF_CASE = ("case", "document", "page", "node")


@dataclass(frozen=True)
class ShowPair(Command):
    """Two pages come onto every screen, side by side: `{paper, page}` each, of one paper or of two; or of cases,
    `{case, document, page, node?}`. `line` `[x, y, x, y]` joins a point of the left page with one of the right, in
    fractions of each, and `text` says what contradicts what there."""

    left: Place
    right: Place
    to_all: bool = False  # also to those who may not read them: they see the pages while they are shown
    line: Rect | None = None
    text: str = ""
    about: About | None = filled_by_server()
    people: People | None = filled_by_server()
    shapes: Shapes | None = filled_by_server()
    may = EVERYONE


@dataclass(frozen=True)
class PairShown(Event):
    """Two pages are on the stage, side by side, whole and without a cover: `{paper, page}` each, of a case
    `{case, document, page, title, label, volume, pages, node}` as they were called then; a line between them."""

    left: Place
    right: Place
    line: Rect | None = None
    text: str = ""
    shapes: Shapes = field(default_factory=dict)


@decide.register
def show_pair(command: ShowPair, state: MeetingState, actor: Actor):
    holds(state, actor)
    places = [read_place(command.left, "left"), read_place(command.right, "right")]
    left, right = (shown_at(place, command, state, actor) for place in places)
    text = checks.text(command.text, TEXT_LENGTH, needed=False, field="text")
    if command.line and not all(0 <= value <= 1 for value in command.line):
        raise Refused("bad_rect", field="line")
    shapes = {
        key: shape
        for key, shape in (command.shapes or {}).items()
        if key in (left.get("document"), right.get("document"))
    }
    return [PairShown(left, right, command.line, text, shapes)]


def shown_at(place: Place, command: ShowPair, state: MeetingState, actor: Actor) -> Place:
    """The place as the fact has it. Refused unless it may be shown."""
    if "paper" in place:
        check_showable(state, str(place["paper"]), int(place["page"]), command.to_all)
        return place
    checks.check_not_secret(state)
    at = (str(place["case"]), str(place["document"]), int(place["page"]))
    known = check_may_show(state, actor, at, (command.about, command.people))
    return {**place, **{key: known[key] for key in ("title", "label", "volume", "pages") if key in known}}


@evolve.register
def pair_shown(event: PairShown, state: MeetingState):
    left, right = (side_of(each, event) for each in (event.left, event.right))
    for side in (left, right):
        if side.evidence:
            state = remembered(state, side.evidence, side.page)
    line = Contradiction(event.line, event.text) if event.line or event.text else None
    whole = {"rect": None, "covered": False, "version": 0}
    about = {"evidence": left.evidence, "right": right, "contradiction": line}
    return on_stage(state, kind="pair", paper=left.paper, page=left.page, **about, **whole)


def side_of(place: Place, event: PairShown) -> Side:
    page = int(place["page"])
    if "paper" in place:
        return Side(str(place["paper"]), page)
    names = {name: str(place.get(name, "")) for name in ("case", "document", "title", "label", "volume", "node")}
    pages, shape = int(place.get("pages", 0)), event.shapes.get(names["document"], ())
    return Side(evidence_key(names["document"]), page, evidence=EvidencePage(**names, pages=pages, shape=shape))


def read_place(place: Place, name: str) -> Place:
    """{paper, page} or {case, document, page, node?}; without a page the first."""
    page, of_case = place.get("page", 1), "case" in place
    ids = ("case", "document") if of_case else ("paper",)
    texts = [place.get(each, "") for each in (*ids, "node")]
    known = set(OF_CASE if of_case else ("paper", "page"))
    short = all(isinstance(each, str) and len(each) <= 64 for each in texts)
    if not short or not all(texts[: len(ids)]) or type(page) is not int or set(place) - known:
        raise Refused("bad_place", field=name)
    return {**PLACE, **{each: str(place[each]) for each in (*ids, "node") if place.get(each)}, "page": page}


def place_fact(side: Side, page: int) -> Place:
    """What is at a place, as the fact of a pair has it, at another page of it."""
    if (found := side.evidence) is None:
        return {**PLACE, "paper": side.paper, "page": page}
    names = {name: value for name, value in vars(found).items() if name != "shape" and value}
    return {**PLACE, **names, "page": page}


def shapes_of(sides: list[tuple[str, Side]]) -> Shapes:
    return {side.evidence.document: side.evidence.shape for _, side in sides if side.evidence}
