"""What a screen can show before its line is up: written into the page that it comes with.

The view is what `join` would answer, for the same audience; the screen then asks only for what has happened since. The
picture of the stage's page stands in the first HTML, so that it comes while the scripts do (page-view.js takes it); of
a mind map the node that is shown stands there itself (case-stage.js draws it anew).
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from meetingroom.meeting.sides import paper_on_stage
from meetingroom.meeting.state import MeetingState
from meetingroom.web.context import context

WIDTH = 1920  # pages/page-files.js: FULL

# Of the node of a map on the stage: (state) → what templates/cases/first-node.html draws, None for nothing.
NODES: list[Callable[[MeetingState], dict | None]] = []

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class First:
    """`view`: {seq, audience, now, view} as JSON that may stand in a page. `page`: the address of the picture of what
    is on the stage, if it is to be seen; `part`: only a part of it is pointed out. `map`: the address of the mind map
    that is on the stage; `node`: the node of it, to be drawn."""

    view: Markup
    page: str = ""
    part: bool = False
    map: str = ""
    node: dict | None = None


def first(meeting: str, audience: str) -> First | None:
    """For whoever has been let in as this audience; None if it cannot be had: the screen gets it by its line."""
    try:
        state, view = context().push.snapshot(meeting, audience)
        answer = {"seq": state.seq, "audience": audience, "now": context().push.moment(meeting)}
    except Exception:
        logger.exception("the first view of %s could not be drawn", meeting)
        return None
    text = f'{json.dumps(answer, separators=(",", ":"))[:-1]},"view":{view}}}'
    whole = Markup(text.replace("<", "\\u003c"))  # noqa: S704
    node = node_of(state)
    # Who may not see the node is not sent for its map either.
    return First(whole, page_of(state), state.stage.rect is not None, map_of(state) if node else "", node)


def page_of(state: MeetingState) -> str:
    """Nothing while the card, the cover or a pair of pages is what everybody sees."""
    stage = state.stage
    shown = paper_on_stage(state)
    if shown is None or stage.kind == "pair" or stage.covered or state.meeting.status != "live":
        return ""
    return f"/documents/{shown.document}/pages/{stage.page}.webp?w={WIDTH}"


def map_of(state: MeetingState) -> str:
    at = state.stage.map if state.stage.kind == "map" and not state.stage.covered else None
    if at is None or state.meeting.status != "live":
        return ""
    return f"/cases/{at.case}/maps/{at.map}/{at.version}.json"


def node_of(state: MeetingState) -> dict | None:
    if not map_of(state):
        return None
    try:
        return next((found for draw in NODES if (found := draw(state))), None)
    except Exception:
        logger.exception("the node on the stage of %s could not be drawn", state.id)
        return None
