"""What was written on the pages for everybody, moment by moment, for the reader of a package. Pure."""

from collections.abc import Collection
from typing import Any

from meetingroom.meeting.ink import INKED, strokes_of
from meetingroom.meeting.ink_state import InkedPage
from meetingroom.meeting.kernel import Recorded, changed, step
from meetingroom.meeting.papers import PaperAttached
from meetingroom.meeting.state import MeetingState
from meetingroom.meeting.versions import PaperReplaced, carried


def build(meeting: str, facts: list[Recorded], documents: Collection[str]) -> dict[str, list]:
    """Of each page of these documents that was ever written on: {"<document>/<page>": [[at, {draw: [stroke]} | {erase:
    [id]} | {all: [stroke]}], …]}, one after another; a stroke is {id, t, c, w, d}."""
    papers: dict[str, str] = {}
    state = MeetingState(id=meeting)
    found: dict[str, list] = {}
    for fact in facts:
        event, before = fact.event, state.ink
        if isinstance(event, PaperAttached):
            papers[event.paper] = event.document
        elif isinstance(event, PaperReplaced):
            state = changed(state, ink=carried(before, papers.get(event.paper, ""), event.document, event.map))
            papers[event.paper] = event.document
        elif isinstance(event, INKED):
            state = step(state, fact)
        if state.ink is before:
            continue
        document = event.document  # type: ignore[attr-defined]
        if document not in documents:
            continue
        for n, page in state.ink.pages.get(document, {}).items():
            was = before.page(document, n)
            if page is not was:
                found.setdefault(f"{document}/{n}", []).append([fact.at, change(was, page)])
    return found


def change(was: InkedPage, now: InkedPage) -> dict[str, Any]:
    """As short as it can be told, in the order in which strokes are drawn."""
    new = now.strokes.keys() - was.strokes.keys()
    gone = [key for key in was.strokes if key not in now.strokes]
    strokes = [{key: each[key] for key in ("id", "t", "c", "w", "d")} for each in strokes_of(now)]
    if not new and now.strokes:
        return {"erase": gone}
    if not gone and [*now.strokes][: len(was.strokes)] == [*was.strokes]:
        return {"draw": strokes[len(was.strokes) :]}
    return {"all": strokes}
