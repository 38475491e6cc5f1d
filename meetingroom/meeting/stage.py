"""What is on every screen, and who holds it."""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.evidence import About, EvidenceTurned, People, check_may_show
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, changed, decide, evolve, filled_by_server
from meetingroom.meeting.playing import end_of_playing, is_photo
from meetingroom.meeting.rights import without_right
from meetingroom.meeting.roles import CHAIR, CHAIR_AND_SECRETARY, EVERYONE, SYSTEM
from meetingroom.meeting.sides import check_page, key_of, named, of_case, place_of, sheet_of, sides_meant, sides_shown
from meetingroom.meeting.state import MeetingState, Paper, Side
from meetingroom.meeting.view import compact, slice_of_view

Rect = tuple[float, float, float, float]
ROWS = 6  # of the list of earlier conclusions on one page: what a hall reads from its last row
NAMED = 20  # people of those who may not read a paper
SMALLEST = 0.02  # of the page's width or height: a smaller rectangle is a slip of the finger


@dataclass(frozen=True)
class ShowPaper(Command):
    """A page of a paper comes onto every screen."""

    paper: str
    page: int = 1
    to_all: bool = False  # also to those who may not read it: they see the page while it is shown
    may = EVERYONE


@dataclass(frozen=True)
class PaperShown(Event):
    """A page of a paper is on the stage: every screen shows it, whole and without a cover."""

    paper: str
    page: int = 1


@dataclass(frozen=True)
class TurnPage(Command):
    """Another page of the paper on the stage. Pages count from 1. Of a pair: `side` left, right, or both (as without
    it): the left one goes to the page, the right one as many pages on, in step."""

    page: int
    side: str = ""
    about: About | None = filled_by_server()  # where it is the document of a case
    people: People | None = filled_by_server()
    may = EVERYONE


@dataclass(frozen=True)
class PageTurned(Event):
    """The paper on the stage is at another page; zoom and cover are off. Of a pair only its side, left or right."""

    paper: str
    page: int
    side: str = ""


@dataclass(frozen=True)
class Zoom(Command):
    """A part of the page, `[x, y, width, height]` in fractions of it; without one, the whole page. Of a pair: of both
    pages, or of its `side` left or right."""

    rect: Rect | None = None
    side: str = ""
    may = EVERYONE


@dataclass(frozen=True)
class Zoomed(Event):
    """The screens show this part of the page, `[x, y, width, height]` in fractions; without one, the whole page. Of a
    pair of both pages, or only of its side, left or right."""

    rect: Rect | None = None
    side: str = ""


@dataclass(frozen=True)
class ShowTitle(Command):
    """The title card instead of a page."""

    may = EVERYONE


@dataclass(frozen=True)
class TitleShown(Event):
    """The title card is on the stage instead of a page."""


@dataclass(frozen=True)
class ShowFollowup(Command):
    """The list of the item about earlier conclusions comes onto every screen, at this page of it; the page of a paper
    gives way. While no paper is shown the list stands there by itself."""

    page: int = 1
    may = EVERYONE


@dataclass(frozen=True)
class FollowupTurned(Event):
    """The list of earlier conclusions is on every screen, at this page of it."""

    item: str
    page: int = 1


@dataclass(frozen=True)
class CoverStage(Command):
    """A cover over the page on every screen, while the room talks; the page keeps its place under it."""

    may = EVERYONE


@dataclass(frozen=True)
class StageCovered(Event):
    """A cover hides the page on every screen; the page keeps its place."""


@dataclass(frozen=True)
class UncoverStage(Command):
    """The page comes back, as it was. Turning it, or showing another paper, takes the cover off as well."""

    may = EVERYONE


@dataclass(frozen=True)
class StageUncovered(Event):
    """The cover is off: the page shows again."""


@dataclass(frozen=True)
class GiveStage(Command):
    """The chair lets somebody present: that person now turns the pages."""

    person: str
    may = CHAIR


@dataclass(frozen=True)
class StageGiven(Event):
    """This person holds the stage and turns the pages."""

    person: str


@dataclass(frozen=True)
class TakeStage(Command):
    """The chair takes the stage back, at any time."""

    may = CHAIR


@dataclass(frozen=True)
class StageTaken(Event):
    """Somebody who chairs has taken the stage back."""

    person: str


@dataclass(frozen=True)
class ReturnStage(Command):
    """The presenter is gone (no screen for a while): the stage returns to the chair."""

    may = SYSTEM


@dataclass(frozen=True)
class StageReturned(Event):
    """The presenter had no screen for a while: the stage is the chair's again (`person` is the chair)."""

    person: str


@dataclass(frozen=True)
class CallBack(Command):
    """Everybody who browses on their own is called back to the page on the stage; or one site only."""

    site: str = ""
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class CalledBack(Event):
    """Everybody who browses was asked back to the stage's page; with `site`, only those at that site."""

    site: str = ""


@decide.register
def show_paper(command: ShowPaper, state: MeetingState, actor: Actor):
    holds(state, actor)
    check_showable(state, command.paper, command.page, command.to_all)
    return [PaperShown(command.paper, command.page)]


def check_showable(state: MeetingState, key: str, page: int, to_all: bool) -> None:
    """Refused unless everybody may see this page now."""
    checks.check_not_secret(state)
    paper = checks.paper(state, key)
    check_page(page, paper.pages)
    if paper.recalled:
        raise Refused("recalled")
    check_not_held(paper)
    if not to_all and (others := without_right(state, key)):
        raise Refused("not_for_all", paper=key, people=others[:NAMED], count=len(others))


@evolve.register
def paper_shown(event: PaperShown, state: MeetingState):
    return on_stage(
        state, kind="page", paper=event.paper, page=event.page, rect=None, covered=False, version=0, right=None
    )


def check_not_held(paper: Paper) -> None:
    """Nobody is shown the stamp of a state secret before somebody of the staff has said why it is none."""
    if paper.held:
        raise Refused("held_for_stamp", stamp=paper.held)


@decide.register
def turn_page(command: TurnPage, state: MeetingState, actor: Actor):
    holds(state, actor)
    if listed(state):
        return turned_list(state, command.page)
    turned = turns(state, command.page, command.side)
    for _, side, page in turned:
        sheet = sheet_of(state, side)
        check_not_held(sheet)
        check_page(page, sheet.pages)
    known = (command.about, command.people)
    facts: list[Event] = []
    for name, side, page in turned:
        if (found := side.evidence) is None:
            facts.append(PageTurned(side.paper, page, name))
        else:
            now = check_may_show(state, actor, (found.case, found.document, page), known)
            facts.append(EvidenceTurned(found.document, page, str(now["label"]), str(now["volume"]), name))
    return facts


def turns(state: MeetingState, page: int, name: str) -> list[tuple[str, Side, int]]:
    """(name, place, its new page) of all that a turn to this page moves, the page of the first of them as it was
    asked. Raises Refused("nothing_shown")."""
    (first, side), *others = sides_meant(state, name)
    moved = [(first, side, page)]
    for key, other in others:  # in step: as many pages on as the first; at its end it stays
        turned = min(max(1, other.page + page - side.page), sheet_of(state, other).pages)
        if turned != other.page:
            moved.append((key, other, turned))
    return moved


@evolve.register
def page_turned(event: PageTurned, state: MeetingState):
    if event.side == "right":
        return on_stage(state, right=Side(event.paper, event.page), covered=False)
    if event.side == "left":
        return on_stage(state, paper=event.paper, page=event.page, rect=None, covered=False, version=0)
    return on_stage(
        state, kind="page", paper=event.paper, page=event.page, rect=None, covered=False, version=0, right=None
    )


@decide.register
def zoom(command: Zoom, state: MeetingState, actor: Actor):
    holds(state, actor)
    rect = command.rect and inside(command.rect)
    if is_photo(state):
        return [] if state.stage.rect == rect else [Zoomed(rect)]
    meant = sides_meant(state, command.side)
    if all(side.rect == rect for _, side in meant):
        return []
    return [Zoomed(rect, meant[0][0] if len(meant) == 1 else "")]


@evolve.register
def zoomed(event: Zoomed, state: MeetingState):
    left = {} if event.side == "right" else {"rect": event.rect}
    if (right := state.stage.right) and event.side != "left":
        return on_stage(state, right=replace(right, rect=event.rect), **left)
    return on_stage(state, **left)


@decide.register
def show_title(command: ShowTitle, state: MeetingState, actor: Actor):
    holds(state, actor)
    return [] if state.stage.kind == "title" else [TitleShown()]


@evolve.register
def title_shown(event: TitleShown, state: MeetingState):
    return on_stage(state, kind="title", paper="", page=0, rect=None, covered=False, version=0, right=None)


@decide.register
def show_followup(command: ShowFollowup, state: MeetingState, actor: Actor):
    holds(state, actor)
    return turned_list(state, command.page)


@evolve.register
def followup_turned(event: FollowupTurned, state: MeetingState):
    return on_stage(state, kind="title", paper="", page=event.page, rect=None, covered=False, version=0, right=None)


@decide.register
def cover_stage(command: CoverStage, state: MeetingState, actor: Actor):
    holds(state, actor)
    if not key_of(state):
        raise Refused("nothing_shown")
    return [] if state.stage.covered else [*end_of_playing(state, actor.at), StageCovered()]


@evolve.register
def stage_covered(event: StageCovered, state: MeetingState):
    return on_stage(state, covered=True)


@decide.register
def uncover_stage(command: UncoverStage, state: MeetingState, actor: Actor):
    holds(state, actor)
    if state.stage.covered:
        for side in sides_shown(state):
            check_not_held(sheet_of(state, side))
    return [StageUncovered()] if state.stage.covered else []


@evolve.register
def stage_uncovered(event: StageUncovered, state: MeetingState):
    return on_stage(state, covered=False)


@decide.register
def give_stage(command: GiveStage, state: MeetingState, actor: Actor):
    checks.check_live(state)
    checks.person(state, command.person)
    return [] if state.stage.holder == command.person else [StageGiven(command.person)]


@evolve.register
def stage_given(event: StageGiven, state: MeetingState):
    return replace(state, stage=replace(state.stage, holder=event.person))


@decide.register
def take_stage(command: TakeStage, state: MeetingState, actor: Actor):
    checks.check_live(state)
    return [] if state.stage.holder == actor.user else [StageTaken(actor.user)]


@evolve.register
def stage_taken(event: StageTaken, state: MeetingState):
    return replace(state, stage=replace(state.stage, holder=event.person))


@decide.register
def return_stage(command: ReturnStage, state: MeetingState, actor: Actor):
    if state.meeting.status not in ("live", "adjourned"):
        return []
    chair = next((key for key, person in state.roll.people.items() if person.role == "chair"), "")
    return [StageReturned(chair)] if chair and chair != state.stage.holder else []


@evolve.register
def stage_returned(event: StageReturned, state: MeetingState):
    return replace(state, stage=replace(state.stage, holder=event.person))


@decide.register
def call_back(command: CallBack, state: MeetingState, actor: Actor):
    checks.check_live(state)
    if command.site and command.site not in state.sites.sites:
        raise Refused("no_such_site")
    return [CalledBack(command.site)]


@evolve.register
def called_back(event: CalledBack, state: MeetingState):
    stage = state.stage
    return replace(state, stage=replace(stage, calls=stage.calls + 1, called_site=event.site))


@slice_of_view("stage", reads=("stage", "papers", "agenda"))
def stage(state: MeetingState, audience: str):
    """What is on every screen: {kind, paper, document, page, pages, rect?, holder?, since, call?} or a title card.

    `version` is the number of the version of the paper, once it was replaced. While that is an earlier one,
    `shape` is its own, and `newest` {document, version, pages, page?} is what its holder can go on to, and the page
    there that stands for this one.
    `covered`: nobody sees the page, which keeps its place. While the item about earlier conclusions is under way, the
    title card has its list: `followup` {item, page, pages, size}, `size` rows of it to a page.
    Of the kind `pair`, `pair` {left, right} has {paper, document, page, pages, rect?, …} of both; beside it the left
    one stands as a page does. Of the kind `evidence` {case, document, page, pages, label, volume, title, shape,
    from_node?, callouts?, marks?}; of the kind `map` `map` {case, map, version, node, open?, levels?}, which stays
    there as the place to go back to; of the kind `media` `media` {case, media, title, kind, seconds, position?, at?,
    rate, playing?, everywhere?, clip?, …}, of a photo with `rect`. `key` names the place of a case in one word.
    `removed`: the title of what stood there until it was removed from its case; a big screen is not told.
    """
    now = state.stage
    sides = sides_shown(state)
    case = now.kind in ("map", "media") or now.evidence or (now.right and now.right.evidence)
    key = "" if sides and not case else key_of(state, sides)
    shown = bool(sides or key)
    item = "" if shown else listed(state)
    return compact(
        kind=now.kind if shown else "title",
        key=key,
        holder=now.holder,
        since=now.since,
        call=compact(n=now.calls, site=now.called_site) if now.calls else None,
        followup=compact(item=item, page=page_of_list(state), pages=pages_of_list(state), size=ROWS) if item else None,
        **(place_of(state, sides[0]) if sides else {}),
        covered=now.covered and shown,
        removed="" if audience == "screens" else now.removed,
        pair={name: place_of(state, side) for name, side in named(sides)} if len(sides) > 1 else None,
        **of_case(state),
    )


def holds(state: MeetingState, actor: Actor) -> None:
    """Only the holder moves the stage, and only while the meeting runs."""
    checks.check_live(state)
    if state.stage.holder != actor.user:
        raise Refused("not_the_holder")


def current_list(state: MeetingState) -> str:
    """The item under way that is about earlier conclusions; "" for any other."""
    current = state.agenda.current
    return current if current and state.agenda.items[current].kind == "followup" else ""


def listed(state: MeetingState) -> str:
    """The item whose list is on the stage: it stands there wherever the title card would, while the item lasts."""
    return current_list(state) if state.stage.kind == "title" else ""


def pages_of_list(state: MeetingState) -> int:
    return max(1, -(-len(state.agenda.items[state.agenda.current].followup) // ROWS))


def page_of_list(state: MeetingState) -> int:
    return min(max(1, state.stage.page), pages_of_list(state))


def turned_list(state: MeetingState, page: int) -> list[FollowupTurned]:
    item = current_list(state)
    if not item:
        raise Refused("nothing_shown")
    pages = pages_of_list(state)
    if not 1 <= page <= pages:
        raise Refused("no_such_page", page=page, pages=pages)
    return [] if listed(state) and page_of_list(state) == page else [FollowupTurned(item, page)]


def inside(rect: Rect) -> Rect | None:
    """The rectangle cut to the page, None when that is the whole page. Refused("bad_rect") when nothing is left."""
    x, y, width, height = rect
    if not all(-10 < value < 10 for value in rect):  # also refuses NaN
        raise Refused("bad_rect", field="rect")
    left, top = max(0.0, x), max(0.0, y)
    right, bottom = min(1.0, x + width), min(1.0, y + height)
    if right - left < SMALLEST or bottom - top < SMALLEST:
        raise Refused("bad_rect", field="rect")
    cut = (round(left, 4), round(top, 4), round(right - left, 4), round(bottom - top, 4))
    return None if cut == (0, 0, 1, 1) else cut


def on_stage(state: MeetingState, **changes) -> MeetingState:
    now = state.stage
    if "kind" in changes:  # something else is shown: what belonged to the one before goes with it
        of_one = {"evidence": None, "callouts": (), "marks": (), "contradiction": None, "media": None, "removed": ""}
        changes = {**of_one, **changes}
    elif {"page", "right"} & changes.keys():
        changes = {"callouts": (), "marks": (), "contradiction": None, **changes}
    find = changes.get  # no loop: every page turn passes here
    same = find("kind", now.kind) == now.kind and find("paper", now.paper) == now.paper
    stays = same and find("page", now.page) == now.page and place(find("right", now.right)) == place(now.right)
    came = now.came if stays else state.seq
    return changed(state, stage=changed(now, since=state.at, came=came, **changes))


def place(side: Side | None) -> tuple[str, int] | None:
    return (side.paper, side.page) if side else None
