"""A meeting again, as everybody saw it: the first view and what changed, moment by moment. Pure."""

from meetingroom.meeting import view
from meetingroom.meeting.agenda import ItemStarted
from meetingroom.meeting.ballots import BallotOpened
from meetingroom.meeting.floor import FloorGranted
from meetingroom.meeting.kernel import Recorded, step
from meetingroom.meeting.lifecycle import MeetingArchived, MeetingClosed, MeetingOpened
from meetingroom.meeting.state import MeetingState

AUDIENCE = "members"


def build(meeting: str, facts: list[Recorded]) -> dict:
    """`{seq, at, view, patches: [[at, patch], …], marks: [{at, kind, text}], until}`: from the moment before the
    meeting was opened to its close. Patches are RFC 7386, merged one after another. `kind`: item | speech | ballot."""
    state = MeetingState(id=meeting)
    begun = False
    first: dict = {}
    last: dict = {}
    patches: list = []
    marks: list[dict] = []
    start = until = seq = 0
    for fact in facts:
        before = state
        state = step(state, fact)
        if isinstance(fact.event, MeetingOpened) and not begun:
            begun, start, seq = True, fact.at, before.seq
            first = last = view.view(before, AUDIENCE)
            seen = view.view(state, AUDIENCE)
        elif begun:
            seen = view.follow(before, last, state, AUDIENCE)
        else:
            continue
        if change := view.patch(last, seen):
            patches.append([fact.at, change])
        last, until = seen, fact.at
        if mark := mark_of(fact, state):
            marks.append({"at": fact.at, **mark})
        if isinstance(fact.event, (MeetingClosed, MeetingArchived)):
            break
    return {"seq": seq, "at": start, "until": until, "view": first, "patches": patches, "marks": marks}


def mark_of(fact: Recorded, state: MeetingState) -> dict | None:
    """What the eye looks for on the line of time."""
    event = fact.event
    if isinstance(event, ItemStarted) and event.item in state.agenda.items:
        return {"kind": "item", "text": state.agenda.items[event.item].title}
    if isinstance(event, FloorGranted):
        person = state.roll.people.get(event.person)
        return {"kind": "speech", "text": person.name if person else ""}
    if isinstance(event, BallotOpened) and event.ballot in state.ballots.ballots:
        return {"kind": "ballot", "text": state.ballots.ballots[event.ballot].question}
    return None
