"""A new version in the place of a paper: its id stays, pages whose content is the same keep what was written on them.

What the two have in common was compared before (`comparing/match.py`) and stands in the fact: no rule looks it up.
"""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.archiving import FactRedacted
from meetingroom.meeting.exhibit_state import Contradiction
from meetingroom.meeting.ink import INKED
from meetingroom.meeting.ink_state import Ink, InkedPage
from meetingroom.meeting.kernel import (
    Actor,
    Command,
    Event,
    Recorded,
    Refused,
    changed,
    decide,
    evolve,
    filled_by_server,
    step,
)
from meetingroom.meeting.page_pairs import Map, paired_page
from meetingroom.meeting.pairs import PairShown, Place, place_fact, shapes_of
from meetingroom.meeting.papers import PaperAttached, PaperHeld, Shape, documents_of, with_paper
from meetingroom.meeting.roles import STAFF
from meetingroom.meeting.sides import named, sides_shown
from meetingroom.meeting.stage import PaperShown, StageCovered, Zoomed, on_stage
from meetingroom.meeting.state import MeetingState, Paper, Version

ON_STAGE = ("keep", "switch")
MOST = 50  # versions of one paper


@dataclass(frozen=True)
class ReplacePaper(Command):
    """A document that was compared with the paper takes its place. Pages, shape and map are the server's.

    While the paper is on the stage, `on_stage` is keep (the stage stays on the old picture until its holder goes on)
    or switch (it goes to the page that stands for the one shown).
    """

    paper: str
    document: str
    note: str = ""
    on_stage: str = "keep"
    known: bool = filled_by_server(False)
    compared: str = filled_by_server("")
    pages: int = filled_by_server(0)
    shape: Shape = filled_by_server(())
    map: Map = filled_by_server(())
    t: int = filled_by_server(1)
    held: str = filled_by_server("")
    held_page: int = filled_by_server(1)
    may = STAFF


@dataclass(frozen=True)
class PaperReplaced(Event):
    """A document takes the place of a paper. `map` pairs pages of the old one with its own, run-length: ((old, new,
    count, same | changed), ...)."""

    paper: str
    document: str
    title: str
    pages: int
    shape: Shape = ()
    map: Map = ()
    note: str = ""
    t: int = 1


@decide.register
def replace_paper(command: ReplacePaper, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    checks.check_not_secret(state)
    paper = checks.paper(state, command.paper)
    checks.one_of(command.on_stage, ON_STAGE, "on_stage")
    note = checks.text(command.note, needed=False, field="note")
    if paper.document == command.document:
        return []
    if not command.known:
        raise Refused("no_such_version")
    if any(command.document in documents_of(each) for each in state.papers.values()):
        raise Refused("already_attached")
    if command.compared != paper.document or command.pages < 1:
        raise Refused("not_compared")
    if len(paper.versions) >= MOST:
        raise Refused("too_many", field="versions", limit=MOST)
    about = (command.pages, command.shape, command.map, note, command.t)
    replaced = PaperReplaced(command.paper, command.document, paper.title, *about)
    held: list[Event] = [PaperHeld(command.paper, command.held_page, command.held)] if command.held else []
    return [replaced, *(held or shown_again(command, state, paper))]


def shown_again(command: ReplacePaper, state: MeetingState, paper: Paper) -> list[Event]:
    """The stage goes to the page that stands for the one shown; a cover stays over it, what is enlarged stays so."""
    sides = named(sides_shown(state))
    if command.on_stage != "switch" or all(side.paper != command.paper for _, side in sides):
        return []
    places: list[Place] = []
    zooms = []
    for name, side in sides:
        pair = (side.page, "same")
        if side.paper == command.paper:
            since = paper.versions[side.version :] if side.version else ()
            found = paired_page((*(each.map for each in since), command.map), side.page)
            if found is None:
                raise Refused("no_such_page", page=side.page, pages=command.pages)
            pair = found
        places.append(place_fact(side, pair[0]))
        if side.rect and pair[1] == "same":
            zooms.append(Zoomed(side.rect, name))
    line, shapes = state.stage.contradiction or Contradiction(), shapes_of(sides)
    first: Event = (
        PairShown(places[0], places[1], line.line, line.text, shapes)
        if len(places) > 1
        else PaperShown(command.paper, int(places[0]["page"]))
    )
    again: list[Event] = [first, *zooms]
    return [*again, StageCovered()] if state.stage.covered else again


@evolve.register
def paper_replaced(event: PaperReplaced, state: MeetingState):
    paper = state.papers[event.paper]
    first = Version(paper.document, paper.pages, paper.shape, paper.at, paper.by)
    new = Version(event.document, event.pages, event.shape, state.at, state.by, event.note, event.map)
    versions = (*(paper.versions or (first,)), new)
    for name, side in named(sides_shown(state)):  # what is on the screens stays there
        if side.paper != event.paper or side.version:
            continue
        if name == "right":
            state = on_stage(state, right=replace(side, version=len(versions) - 1))
        else:
            state = on_stage(state, version=len(versions) - 1)
    state = changed(state, ink=carried(state.ink, paper.document, event.document, event.map))
    about = {"document": event.document, "title": event.title, "pages": event.pages, "shape": event.shape}
    return with_paper(state, event.paper, **about, t=event.t, versions=versions)


def carried(ink: Ink, old: str, new: str, pairs: Map) -> Ink:
    """What is written on pages that are the same stands on the new ones, too; on others it stays with the old."""
    pages: dict[int, InkedPage] = {}
    for page, inked in ink.pages.get(old, {}).items():
        pair = paired_page((pairs,), page)
        if inked.strokes and pair and pair[1] == "same":
            # Nobody is told what stands there: every screen fetches the page's strokes once.
            pages[pair[0]] = replace(inked, newest=(), cleared={}, cleared_at=0)
    if not pages:
        return ink
    return Ink(
        {**ink.pages, new: pages},
        {**ink.revs, new: {str(page): inked.rev for page, inked in pages.items()}},
        ink.letters + sum(inked.letters for inked in pages.values()),
        ink.first,
    )


def page_at(meeting: str, facts: list[Recorded], document: str, page: int, rev: int) -> InkedPage:
    """What was written on a page at an earlier revision, from all facts of the meeting: also what it took over as it
    was from the version before."""
    papers: dict[str, str] = {}
    state = MeetingState(id=meeting)
    for fact in facts:
        event = fact.event
        if isinstance(event, PaperAttached):
            papers[event.paper] = event.document
        elif isinstance(event, PaperReplaced):
            state = changed(state, ink=carried(state.ink, papers.get(event.paper, ""), event.document, event.map))
            papers[event.paper] = event.document
        elif isinstance(event, (*INKED, FactRedacted)):
            state = step(state, fact)
        if state.ink.page(document, page).rev >= rev:
            break
    return state.ink.page(document, page)
