"""Two pages side by side on every screen, of one paper or of two."""

from dataclasses import dataclass

from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve
from meetingroom.meeting.roles import EVERYONE
from meetingroom.meeting.stage import check_showable, holds, on_stage
from meetingroom.meeting.state import MeetingState, Side

Place = dict[str, str | int]
PLACE: Place = {}


@dataclass(frozen=True)
class ShowPair(Command):
    """Two pages come onto every screen, side by side: `{paper, page}` each, of one paper or of two."""

    left: Place
    right: Place
    to_all: bool = False  # also to those who may not read them: they see the pages while they are shown
    may = EVERYONE


@dataclass(frozen=True)
class PairShown(Event):
    """Two pages are on the stage, side by side, whole and without a cover: `{paper, page}` each."""

    left: Place
    right: Place


@decide.register
def show_pair(command: ShowPair, state: MeetingState, actor: Actor):
    holds(state, actor)
    places = [read_place(command.left, "left"), read_place(command.right, "right")]
    for paper, page in places:
        check_showable(state, paper, page, command.to_all)
    left, right = ({**PLACE, "paper": paper, "page": page} for paper, page in places)
    return [PairShown(left, right)]


@evolve.register
def pair_shown(event: PairShown, state: MeetingState):
    (left, page), (paper, other) = ((str(each["paper"]), int(each["page"])) for each in (event.left, event.right))
    right = Side(paper, other)
    return on_stage(state, kind="pair", paper=left, page=page, rect=None, covered=False, version=0, right=right)


def read_place(place: Place, field: str) -> tuple[str, int]:
    """(paper, page); without a page the first."""
    paper, page = place.get("paper"), place.get("page", 1)
    if not isinstance(paper, str) or type(page) is not int or set(place) - {"paper", "page"}:
        raise Refused("bad_place", field=field)
    return paper, page
