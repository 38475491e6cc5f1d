"""Pages of a case as evidence: who may show which, and the facts that one is on the stage. No commands here."""

from dataclasses import dataclass

from meetingroom.meeting.exhibit_state import EvidencePage, Shape
from meetingroom.meeting.kernel import Actor, Event, Refused
from meetingroom.meeting.state import Exhibit, MeetingState

About = dict[str, dict[str, str | int]]  # by place: {title, pages, label, volume, anchored, drawn} of a page
People = dict[str, tuple[str, ...]]  # by case: who is on its list now
Shapes = dict[str, Shape]  # by document


@dataclass(frozen=True)
class EvidenceShown(Event):
    """A page of a case is on the stage, whole and without a cover. `label` and `volume` are what its number (bút lục)
    and its volume were called then; `from_node` is the node of the map that led there."""

    document: str
    page: int
    label: str = ""
    volume: str = ""
    from_node: str = ""
    case: str = ""
    title: str = ""
    pages: int = 0
    shape: Shape = ()


@dataclass(frozen=True)
class EvidenceTurned(Event):
    """The document of a case that is on the stage is at another page. Of a pair only its side, left or right."""

    document: str
    page: int
    label: str = ""
    volume: str = ""
    side: str = ""


def attached(state: MeetingState, case: str) -> Exhibit:
    if case not in state.exhibits:
        raise Refused("no_such_case")
    return state.exhibits[case]


def place_in_case(document: str, page: int) -> str:
    return f"{document}/{page}"


def check_may_show(
    state: MeetingState, actor: Actor, place: tuple[str, str, int], known_of: tuple[About | None, People | None]
) -> dict[str, str | int]:
    """What the server knows of a page (case, document, page), if this person may bring it on the stage: who is on the
    list of the case any, others what the chair has released to them. Whoever may not learns nothing of it."""
    case, document, page = place
    about, people = known_of
    exhibit, key = attached(state, case), place_in_case(document, page)
    known = (about or {}).get(key)
    listed = actor.user in (people or {}).get(case, ())
    if known is None or not (listed or is_released(exhibit, key, bool(known.get("anchored")))):
        raise Refused("no_such_evidence")
    pages, drawn = int(known.get("pages", 0)), bool(known.get("drawn", True))
    if (pages or drawn) and not 1 <= page <= pages:
        raise Refused("no_such_page", page=page, pages=pages)
    if not drawn:  # or its pages are not even counted yet
        raise Refused("page_not_drawn", page=page)
    return known


def is_released(exhibit: Exhibit, key: str, anchored: bool) -> bool:
    """Whether everybody in the meeting may see this page of the case while it runs."""
    return exhibit.level == "whole" or (exhibit.level == "anchored" and anchored) or key in exhibit.shown


def as_evidence(event: EvidenceShown) -> EvidencePage:
    return EvidencePage(
        event.case,
        event.document,
        event.title,
        event.label,
        event.volume,
        event.pages,
        event.shape,
        event.from_node,
    )
