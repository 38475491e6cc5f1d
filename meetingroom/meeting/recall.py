"""Papers are taken back: nobody but the staff reads them any more, and every device says that its copies are gone.

What the devices say are rows, not facts (`reading/receipts_store.py`): they may come weeks after the meeting. Here is
how many have said it, as often as that changes, and the count with which the chair closes a recall.
"""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.papers import with_paper
from meetingroom.meeting.roles import CHAIR, CHAIR_AND_SECRETARY, SYSTEM
from meetingroom.meeting.sides import papers_shown
from meetingroom.meeting.stage import TitleShown
from meetingroom.meeting.state import MeetingState, Paper, Recall
from meetingroom.meeting.view import slice_of_view

REASON = 500  # letters
DAY = 86_400_000


@dataclass(frozen=True)
class RecallPapers(Command):
    """Papers are taken back from everybody but the staff, on all devices. Not to be undone."""

    papers: tuple[str, ...]
    reason: str
    asked: int = filled_by_server(0)
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class RingRecall(Command):
    """The moment has come at which these papers are to be taken back."""

    papers: tuple[str, ...]
    asked: int = filled_by_server(0)
    may = SYSTEM


@dataclass(frozen=True)
class PapersRecalled(Event):
    """Papers are taken back; `asked` devices are to say that their copies are gone. Without a reason: as was set before
    (`recall_after`)."""

    recall: str
    papers: tuple[str, ...]
    reason: str = ""
    asked: int = 0


@dataclass(frozen=True)
class CountReceipts(Command):
    """So many devices are asked, and so many have said that their copies are gone."""

    recall: str
    asked: int
    signed: int
    may = SYSTEM


@dataclass(frozen=True)
class ReceiptsCounted(Event):
    """Of the devices asked in a recall, so many have confirmed."""

    recall: str
    asked: int
    signed: int


@dataclass(frozen=True)
class CloseRecall(Command):
    """The recall is over, with what has been confirmed until now."""

    recall: str
    counts: dict[str, int] = filled_by_server(None)
    may = CHAIR


@dataclass(frozen=True)
class RecallClosed(Event):
    """A recall is over. `counts`: {asked, signed, failed}: devices that had copies, that confirmed, that could not
    delete all of them."""

    recall: str
    counts: dict[str, int]


@decide.register
def recall_papers(command: RecallPapers, state: MeetingState, actor: Actor):
    checks.check_exists(state)
    checks.check_not_secret(state)
    papers = tuple(dict.fromkeys(command.papers))
    if not papers:
        raise Refused("papers_empty", field="papers")
    found = [key for key in papers if not checks.paper(state, key).recalled]
    if not found:
        raise Refused("recalled", field="papers")
    return recalled(state, actor, tuple(found), checks.text(command.reason, REASON, field="reason"), command.asked)


@decide.register
def ring_recall(command: RingRecall, state: MeetingState, actor: Actor):
    due = (key for key in command.papers if key in state.papers)
    found = [key for key in due if 0 < recall_at(state, state.papers[key]) <= actor.at]
    return recalled(state, actor, tuple(found), "", command.asked) if found else []


@evolve.register
def papers_recalled(event: PapersRecalled, state: MeetingState):
    for key in event.papers:
        if key in state.papers:
            state = with_paper(state, key, recalled=event.recall)
    recall = Recall(event.papers, event.reason, state.at, state.by, event.asked)
    # What they could read is gone from every list, also where nothing but `readers` was ever said of it.
    return replace(state, recalls={**state.recalls, event.recall: recall}, limited=state.seq)


@decide.register
def count_receipts(command: CountReceipts, state: MeetingState, actor: Actor):
    recall = state.recalls.get(command.recall)
    if recall is None or recall.closed_at or (recall.asked, recall.signed) == (command.asked, command.signed):
        return []
    return [ReceiptsCounted(command.recall, command.asked, command.signed)]


@evolve.register
def receipts_counted(event: ReceiptsCounted, state: MeetingState):
    return with_recall(state, event.recall, asked=event.asked, signed=event.signed)


@decide.register
def close_recall(command: CloseRecall, state: MeetingState, actor: Actor):
    checks.check_exists(state)
    recall = state.recalls.get(command.recall)
    if recall is None:
        raise Refused("no_such_recall", field="recall")
    return [] if recall.closed_at else [RecallClosed(command.recall, dict(command.counts or {}))]


@evolve.register
def recall_closed(event: RecallClosed, state: MeetingState):
    asked, signed = event.counts.get("asked", 0), event.counts.get("signed", 0)
    return with_recall(state, event.recall, asked=asked, signed=signed, closed_at=state.at)


@slice_of_view("recall", reads=("recalls", "papers"))
def recall(state: MeetingState, audience: str):
    """{id, asked, signed, at, papers, closed?} of the last recall for the staff: how many devices had copies, and how
    many have confirmed that they are gone; `before` are the ids of those before it. Others are told `last`, a number
    that rises with each recall: what their device is to confirm it asks for itself (`/api/recalls`)."""
    if not state.recalls:
        return {}
    *before, (key, last) = state.recalls.items()
    if audience != "staff":
        return {"last": len(state.recalls)}
    about = {"id": key, "asked": last.asked, "signed": last.signed, "at": last.at, "papers": list(last.papers)}
    earlier = {"before": [each for each, _ in before]} if before else {}
    return {**about, "last": len(state.recalls), **({"closed": last.closed_at} if last.closed_at else {}), **earlier}


def recalled(state: MeetingState, actor: Actor, papers: tuple[str, ...], reason: str, asked: int) -> list[Event]:
    shown: list[Event] = [TitleShown()] if papers_shown(state) & set(papers) else []
    return [*shown, PapersRecalled(actor.new_id("recall"), papers, reason, asked)]


def recall_at(state: MeetingState, paper: Paper) -> int:
    """The moment at which the bell takes a paper back (ms); 0 for none that is known."""
    after = paper.rights.recall_after if paper.rights else "none"
    closed = state.meeting.closed_at
    if paper.recalled or after == "none" or not closed:
        return 0
    return closed if after == "close" else closed + int(after) * DAY


def with_recall(state: MeetingState, key: str, **changes) -> MeetingState:
    if key not in state.recalls:
        return state
    return replace(state, recalls={**state.recalls, key: replace(state.recalls[key], **changes)})
