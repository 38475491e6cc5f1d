"""A meeting again, as everybody saw it: the first view and what changed, moment by moment. Pure."""

from collections.abc import Collection

from meetingroom.meeting import view
from meetingroom.meeting.agenda import ItemStarted
from meetingroom.meeting.ballot_results import ResultPublished
from meetingroom.meeting.ballots import BallotOpened
from meetingroom.meeting.conclusions import ConclusionRecorded
from meetingroom.meeting.floor import FloorGranted
from meetingroom.meeting.kernel import Recorded, step
from meetingroom.meeting.lifecycle import (
    MeetingAdjourned,
    MeetingArchived,
    MeetingClosed,
    MeetingOpened,
    MeetingResumed,
)
from meetingroom.meeting.pairs import PairShown
from meetingroom.meeting.rights import open_to_all
from meetingroom.meeting.stage import PageTurned, PaperShown
from meetingroom.meeting.state import MeetingState

AUDIENCE = "members"


def released(state: MeetingState) -> set[str]:
    """The papers that every member may still open; what was taken back, or was the staff's, is not shown again."""
    return {key for key, paper in state.papers.items() if open_to_all(paper)}


def build(meeting: str, facts: list[Recorded], papers: Collection[str] | None = None) -> dict:
    """`{seq, at, view, patches: [[at, patch], …], marks: [{at, kind, text, …}], until}`: from the moment before the
    meeting was opened to its close. Patches are RFC 7386, merged one after another. Marks: `item` {n}, `page` {page},
    `speech`, `ballot` and `result` {ballot}, `conclusion` (as it stands at the end), `break`, `resumed`, `close`.

    `papers`: those that may be shown; on any other the stage says only that something was on it. None: all.
    """
    state = MeetingState(id=meeting)
    begun = False
    first: dict = {}
    last: dict = {}
    whole: dict = {}
    patches: list = []
    marks: list[tuple[Recorded, MeetingState]] = []
    start = until = seq = 0
    for fact in facts:
        before = state
        state = step(state, fact)
        if isinstance(fact.event, MeetingOpened) and not begun:
            begun, start, seq = True, fact.at, before.seq
            first = last = conceal(view.view(before, AUDIENCE), papers)
            whole = view.view(state, AUDIENCE)
        elif begun:
            whole = view.follow(before, whole, state, AUDIENCE)
        else:
            continue
        seen = conceal(whole, papers)
        if change := view.patch(last, seen):
            patches.append([fact.at, change])
        last, until = seen, fact.at
        marks.append((fact, state))
        if isinstance(fact.event, (MeetingClosed, MeetingArchived)):
            break
    entries = [{"at": fact.at, **mark} for fact, then in marks if (mark := mark_of(fact, then, state, papers))]
    return {"seq": seq, "at": start, "until": until, "view": first, "patches": patches, "marks": entries}


def conceal(seen: dict, papers: Collection[str] | None) -> dict:
    """The view without the papers that may not be shown. `stage.withheld`: such a one was on the screens."""
    if papers is None:
        return seen
    kept = {key: paper for key, paper in seen["papers"].items() if key in papers}
    if len(kept) == len(seen["papers"]):
        return seen
    stage = seen["stage"]
    shown = {stage.get("paper"), *(side.get("paper") for side in stage.get("pair", {}).values())} - {None}
    if not shown <= set(papers):
        kept_fields = ("holder", "since", "call")
        stage = {key: stage[key] for key in kept_fields if key in stage} | {"kind": "title", "withheld": True}
    return {**seen, "papers": kept, "stage": stage, "ink": ink_of(seen.get("ink", {}), kept)}


def ink_of(ink: dict, papers: dict) -> dict:
    """What is written on the pages of these papers, and of their earlier versions."""
    documents = {paper["document"] for paper in papers.values()}
    documents |= {version["document"] for paper in papers.values() for version in paper.get("versions", ())}
    inked = {key: pages for key, pages in ink.get("inked", {}).items() if key in documents}
    found = {key: page for key, page in ink.items() if key.partition("/")[0] in documents}
    return found | ({"inked": inked} if inked else {})


def mark_of(fact: Recorded, state: MeetingState, end: MeetingState, papers: Collection[str] | None) -> dict | None:
    """What the eye looks for on the line of time. `state`: just after it; `end`: of the meeting."""
    match fact.event:
        case ItemStarted(item=item) if item in state.agenda.items:
            number = state.agenda.order.index(item) + 1
            return {"kind": "item", "text": state.agenda.items[item].title, "n": number}
        case PaperShown(paper=paper, page=page) | PageTurned(paper=paper, page=page) if paper in state.papers:
            if papers is not None and paper not in papers:
                return None
            return {"kind": "page", "text": state.papers[paper].title, "page": page}
        case PairShown(left=left, right=right) if "paper" in left and "paper" in right:  # none of a case
            both = [str(side["paper"]) for side in (left, right)]
            if any(key not in state.papers or (papers is not None and key not in papers) for key in both):
                return None
            return {"kind": "page", "text": state.papers[both[0]].title, "page": int(left["page"])}
        case FloorGranted(person=person):
            found = state.roll.people.get(person)
            return {"kind": "speech", "text": found.name if found else ""}
        case BallotOpened(ballot=ballot) if ballot in state.ballots.ballots:
            return {"kind": "ballot", "text": state.ballots.ballots[ballot].question, "ballot": ballot}
        case ResultPublished(ballot=ballot) if ballot in state.ballots.ballots:
            return {"kind": "result", "text": state.ballots.ballots[ballot].question, "ballot": ballot}
        case ConclusionRecorded(conclusion=key) if key in end.record.conclusions:
            return {"kind": "conclusion", "text": end.record.conclusions[key].text}
        case MeetingAdjourned():
            return {"kind": "break", "text": ""}
        case MeetingResumed():
            return {"kind": "resumed", "text": ""}
        case MeetingClosed():
            return {"kind": "close", "text": ""}
    return None
