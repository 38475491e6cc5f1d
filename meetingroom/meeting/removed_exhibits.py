"""What of a case is on the stage, or is the way back from a page, and was removed from the case meanwhile."""

from dataclasses import dataclass

from meetingroom.meeting.kernel import Actor, Command, Event, changed, decide, evolve
from meetingroom.meeting.playing import end_of_playing, media_now
from meetingroom.meeting.roles import SYSTEM
from meetingroom.meeting.sides import sides_shown
from meetingroom.meeting.stage import on_stage
from meetingroom.meeting.state import MeetingState


@dataclass(frozen=True)
class TakeOffStage(Command):
    """A map, a document, a recording or a photo was removed from its case; or the case was deleted, where none of them
    is named."""

    case: str
    map: str = ""
    document: str = ""
    media: str = ""
    title: str = ""
    may = SYSTEM


@dataclass(frozen=True)
class ExhibitRemoved(Event):
    """What was on the stage, or led back from it, was removed from its case (or the case was deleted): no screen has it
    any more. The title card stands in its place."""

    case: str
    map: str = ""
    document: str = ""
    media: str = ""
    title: str = ""


@decide.register
def take_off_stage(command: TakeOffStage, state: MeetingState, actor: Actor):
    if state.meeting.status not in ("live", "adjourned"):
        return []
    removed = ExhibitRemoved(command.case, command.map, command.document, command.media, command.title[:500])
    if is_shown(removed, state):
        return [*end_of_playing(state, actor.at), removed]
    return [removed] if leads_back(removed, state) else []


@evolve.register
def exhibit_removed(event: ExhibitRemoved, state: MeetingState):
    back = leads_back(event, state)
    if is_shown(event, state):
        gone = {"paper": "", "page": 0, "rect": None, "covered": False, "version": 0, "right": None}
        state = on_stage(state, kind="title", removed=event.title, **gone)
    return changed(state, stage=changed(state.stage, map=None)) if back else state


def is_shown(removed: ExhibitRemoved, state: MeetingState) -> bool:
    if state.stage.kind == "map":
        return leads_back(removed, state)
    if media := media_now(state):
        return media.case == removed.case and removed.media in (media.media, whole(removed))
    pages = (side.evidence for side in sides_shown(state) if side.evidence)
    return any(page.case == removed.case and removed.document in (page.document, whole(removed)) for page in pages)


def leads_back(removed: ExhibitRemoved, state: MeetingState) -> bool:
    at = state.stage.map
    return at is not None and at.case == removed.case and removed.map in (at.map, whole(removed))


def whole(removed: ExhibitRemoved) -> str | None:
    """What stands in the place of any name where the whole case is gone."""
    return None if removed.map or removed.document or removed.media else ""
