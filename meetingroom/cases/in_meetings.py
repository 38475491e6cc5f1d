"""What meetings that run let people see of a case who are not on its list: page by page, at the level that the chair
has released, and nothing any more when the meeting is over."""

from collections.abc import Callable

from flask import g

from meetingroom import log
from meetingroom.auth import guard
from meetingroom.cases import room_maps, sight
from meetingroom.cases.media import sight as media_sight
from meetingroom.devices.screens import current_screen
from meetingroom.devices.tablets import current_tablet
from meetingroom.meeting.playing import media_now
from meetingroom.meeting.sides import pages_on_stage
from meetingroom.meeting.state import MeetingState
from meetingroom.projections import queries
from meetingroom.web.context import context

RUNNING = ("live", "adjourned")
# What else shows a version of a map to the one who asks: (case, map, version) → bool.
MAPS: list[Callable[[str, str, int], bool]] = []


def running_with(case: str) -> list[tuple[MeetingState, bool]]:
    """The meetings of the one who asks that run and have the case attached, each with whether it is a person who asks
    and no screen that hangs on the wall or lies on the table for several."""
    # One request asks it of each document of the case.
    known: dict[str, list[tuple[MeetingState, bool]]] = g.setdefault("case_running", {})
    if case not in known:
        known[case] = find_running(case)
    return known[case]


def find_running(case: str) -> list[tuple[MeetingState, bool]]:
    found: list[tuple[MeetingState, bool]] = []
    if g.user and g.user.is_admin:  # sees no case at all, a meeting's guest or not
        return found
    with context().pool.lend() as db:
        meetings = queries.meetings_with_case(db, case)
        roles = {meeting: guard.role_of(db, meeting) for meeting in meetings} if g.user else {}
    if not meetings:
        return []
    here = screens()
    for meeting in meetings:
        if not roles.get(meeting) and meeting not in here:
            continue
        state = log.state(context().pool, meeting)
        if state.meeting.status in RUNNING and case in state.exhibits:
            found.append((state, meeting not in here))
    return found


def screens() -> list[str]:
    """The meetings of the screen or the shared tablet that asks; none where a person asks."""
    return [] if g.user else [each["meeting"] for each in (current_screen(), current_tablet()) if each]


def may_see_map(case: str, map: str, version: int) -> bool:
    """Whether a meeting that runs lets the one who asks see this version of a map, as the room may see it: while it is
    on the stage (or a page that was reached from it), and a person at any time once more than what is shown is
    released."""
    for state, person in running_with(case):
        at = state.stage.map
        if at is not None and (at.case, at.map, at.version) == (case, map, version):
            return True
        if person and state.exhibits[case].level != "shown":
            return True
    return any(ask(case, map, version) for ask in MAPS)


def pages_shown(case: str, document: str) -> frozenset[int] | None:
    """The pages of a document that meetings open to the one who asks; None for all of them."""
    found: set[int] = set()
    for state, person in running_with(case):
        found |= pages_on_stage(state, document)
        exhibit = state.exhibits[case]
        if not person:
            # A screen has ready what the node on it leads to, as the people before it may.
            if media_sight.to_lie_ready() and exhibit.level != "shown":
                places = (place for anchor in anchors_on_stage(state, case) for place in room_maps.ends(anchor))
                found |= {page for name, page in places if name == document}
            continue
        if exhibit.level == "whole":
            return None
        found |= pages_of(exhibit.shown, document)
        if exhibit.level == "anchored":
            found |= anchored_in(case).pages(document)
    return frozenset(found)


def anchored_in(case: str) -> room_maps.Anchored:
    # One request asks it of each document of the case.
    known: dict[str, room_maps.Anchored] = g.setdefault("case_anchored", {})
    if case not in known:
        with context().pool.lend() as db:
            known[case] = room_maps.Anchored(db, case)
    return known[case]


def awaits_page(case: str, document: str, page: int) -> bool:
    """Whether the node that a running meeting shows the one who asks leads to this page."""
    return any(
        (document, page) in room_maps.ends(anchor)
        for state, _ in running_with(case)
        for anchor in anchors_on_stage(state, case)
    )


def anchors_on_stage(state: MeetingState, case: str) -> list[dict]:
    """What the node of a map leads to that is on the stage, or that one came from."""
    at = state.stage.map
    if at is None or at.case != case:
        return []
    with context().pool.lend() as db:
        held = room_maps.hold_listed(db, case, at.map, at.version)
    return held.found["nodes"].get(at.node, {}).get("anchors", []) if held else []


def shows_media(case: str, media: str) -> bool:
    """Whether a meeting that runs lets the one who asks see this recording or photo: while it is on the stage; and a
    person also once it was, or where it is released."""
    for state, person in running_with(case):
        now = media_now(state)
        if now is not None and (now.case, now.media) == (case, media):
            return True
        exhibit = state.exhibits[case]
        if not person:
            continue
        if exhibit.level == "whole" or media in exhibit.media:
            return True
        if exhibit.level == "anchored":
            with context().pool.lend() as db:
                if media in room_maps.anchored_media(db, case):
                    return True
    return False


def awaits_media(case: str, media: str) -> bool:
    """Whether the node that a running meeting shows leads to this recording or photo, and more is released there than
    what is shown: a screen has it ready then, as the people before it may."""
    return any(
        anchor.get("media") == media
        for state, _ in running_with(case)
        if state.exhibits[case].level != "shown"
        for anchor in anchors_on_stage(state, case)
    )


def pages_of(shown, document: str) -> set[int]:
    """The page numbers of a document among places `<document>/<page>`."""
    places = (place.rpartition("/") for place in shown)
    return {int(page) for name, _, page in places if name == document}


def sits_with(case: str) -> bool:
    """Whether a person asks who sits in a meeting that runs with the case."""
    return any(person for _state, person in running_with(case))


sight.SHOWING.append(pages_shown)
sight.SITTING.append(sits_with)
sight.AWAITING.append(awaits_page)
media_sight.SHOWING.append(shows_media)
media_sight.AWAITING.append(awaits_media)
