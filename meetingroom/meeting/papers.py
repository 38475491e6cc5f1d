"""The papers of the items: what can be shown, read and downloaded."""

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from meetingroom.meeting import checks
from meetingroom.meeting.agenda import with_item
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.rights import may_open, open_to_all
from meetingroom.meeting.roles import STAFF, SYSTEM
from meetingroom.meeting.sides import papers_shown
from meetingroom.meeting.stage import StageCovered
from meetingroom.meeting.state import MeetingState, Paper, place_in_order, without_key
from meetingroom.meeting.view import compact, slice_of_view

READERS = ("members", "staff")
REASON_LENGTH = 10  # letters: why a paper with the stamp of a state secret is none
MOST_WITHDRAWN = 100  # documents of which it is still known who could read them
Shape = tuple[tuple[int, float, float], ...]


@dataclass(frozen=True)
class AttachPaper(Command):
    """A document whose pages are all ready becomes a paper of an item. Title, pages and shape are the server's.

    Where something was found in the file that its owner should look at first, the server lets the staff alone read it.
    `sent`: when its upload for this item began (ms).
    """

    item: str
    document: str
    title: str = filled_by_server("")
    pages: int = filled_by_server(0)
    shape: Shape = filled_by_server(())
    readers: str = filled_by_server("members")
    t: int = filled_by_server(1)
    held: str = filled_by_server("")
    sent: int = filled_by_server(0)
    may = STAFF


@dataclass(frozen=True)
class PaperAttached(Event):
    """A document is a paper of an item. `shape` is run-length: ((first page, width, height in points), ...);
    `readers` is members or staff; `t` is the revision of its text; `held`: the stamp that was recognised on it.
    It stands before `before`, or last; `sent`: when its upload began (ms)."""

    paper: str
    document: str
    item: str
    title: str
    pages: int
    shape: Shape = ()
    readers: str = "members"
    t: int = 1
    held: str = ""
    before: str = ""
    sent: int = 0


@dataclass(frozen=True)
class RenewText(Command):
    """The words of a paper have been read anew: its text has this revision now."""

    paper: str
    t: int
    may = SYSTEM


@dataclass(frozen=True)
class TextRenewed(Event):
    """The words of a paper have been read anew, and have this revision: screens fetch them by it."""

    paper: str
    t: int


@dataclass(frozen=True)
class HoldPaper(Command):
    """On a page of the paper the stamp of a state secret was recognised."""

    paper: str
    page: int
    stamp: str
    may = SYSTEM


@dataclass(frozen=True)
class PaperHeld(Event):
    """The stamp of a state secret was recognised on a page: the staff alone may read the paper until one of them
    releases it and says why."""

    paper: str
    page: int
    stamp: str


@dataclass(frozen=True)
class WithdrawPaper(Command):
    """The paper is taken back: nobody can open it any more."""

    paper: str
    may = STAFF


@dataclass(frozen=True)
class PaperWithdrawn(Event):
    """The paper is taken back: nobody can open it any more."""

    paper: str


@dataclass(frozen=True)
class EditPaper(Command):
    """Its title, whether the original may be downloaded, and who may read it; what is left out stays. A paper that is
    held for its stamp is released with a `reason`."""

    paper: str
    title: str | None = None
    download: bool | None = None
    readers: str | None = None
    reason: str = ""
    may = STAFF


@dataclass(frozen=True)
class PaperEdited(Event):
    """Title, whether the original may be downloaded, and who may read it (members, staff; some: as it was), from now
    on."""

    paper: str
    title: str
    download: bool
    readers: str
    reason: str = ""


@dataclass(frozen=True)
class MovePaper(Command):
    """To another item, or to another place in the same one."""

    paper: str
    item: str
    before: str = ""
    may = STAFF


@dataclass(frozen=True)
class PaperMoved(Event):
    """The paper belongs to `item` and stands before `before` there, or last."""

    paper: str
    item: str
    before: str = ""


@decide.register
def attach_paper(command: AttachPaper, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    checks.check_not_secret(state)
    checks.item(state, command.item)
    if not command.document or command.pages < 1:
        raise Refused("document_not_ready")
    if there := next((paper for paper in state.papers.values() if command.document in documents_of(paper)), None):
        if there.item == command.item and there.document == command.document:
            return []  # the worker was first: an upload for an item is attached as soon as it is ready
        raise Refused("already_attached")
    if len(state.papers) >= 500:
        raise Refused("too_many", field="papers", limit=500)
    title = checks.text(command.title, needed=True)
    about = (command.document, command.item, title, command.pages, command.shape)
    place = (before_later_uploads(state, command.item, command.sent), command.sent)
    return [PaperAttached(actor.new_id("paper"), *about, command.readers, command.t, command.held, *place)]


def before_later_uploads(state: MeetingState, item: str, sent: int) -> str:
    """The first of the last papers of the item that were sent after this one but were ready sooner: several files
    chosen at once stand in the order in which they were chosen. "" where it stands last."""
    later = takewhile(lambda key: state.papers[key].sent > sent > 0, reversed(state.agenda.items[item].papers))
    return next(iter(reversed(list(later))), "")


@evolve.register
def paper_attached(event: PaperAttached, state: MeetingState):
    paper = Paper(event.title, event.document, event.item, event.pages, event.shape, readers=event.readers, t=event.t)
    paper = replace(paper, at=state.at, by=state.by, held=event.held, sent=event.sent)
    papers = place_in_order(state.agenda.items[event.item].papers, event.paper, event.before)
    state = with_item(state, event.item, papers=papers)
    return replace(state, papers={**state.papers, event.paper: paper})


@decide.register
def renew_text(command: RenewText, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    paper = checks.paper(state, command.paper)
    return [TextRenewed(command.paper, command.t)] if command.t > paper.t else []


@evolve.register
def text_renewed(event: TextRenewed, state: MeetingState):
    return with_paper(state, event.paper, t=event.t)


@decide.register
def withdraw_paper(command: WithdrawPaper, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    if checks.paper(state, command.paper).recalled:
        raise Refused("recalled")  # whoever had it is still to say that it is gone
    if command.paper in papers_shown(state):
        raise Refused("paper_on_stage")
    return [PaperWithdrawn(command.paper)]


@evolve.register
def paper_withdrawn(event: PaperWithdrawn, state: MeetingState):
    paper = state.papers[event.paper]
    readers = frozenset(each for each in state.roll.people if may_open(state, event.paper, each, state.at))
    taken = {**state.withdrawn, **dict.fromkeys(documents_of(paper), readers)}
    withdrawn = dict(list(taken.items())[-MOST_WITHDRAWN:])
    limited = state.limited if open_to_all(paper) else state.seq
    state = taken_from_item(state, event.paper)
    return replace(state, papers=without_key(state.papers, event.paper), withdrawn=withdrawn, limited=limited)


@decide.register
def edit_paper(command: EditPaper, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    paper = checks.paper(state, command.paper)
    readers = paper.readers if command.readers is None else command.readers
    if command.readers is not None:
        checks.one_of(readers, READERS, "readers")
    if paper.mode == "restricted" and command.download:
        raise Refused("restricted", field="download")
    edited = PaperEdited(
        command.paper,
        checks.text(paper.title if command.title is None else command.title),
        paper.download if command.download is None else command.download,
        readers,
    )
    if edited.readers != "staff":
        edited = replace(edited, reason=release_reason(paper, command.reason))
    same = (paper.title, paper.download, paper.readers) == (edited.title, edited.download, edited.readers)
    return [] if same else [edited]


@evolve.register
def paper_edited(event: PaperEdited, state: MeetingState):
    paper = state.papers[event.paper]
    held = "" if event.readers == "members" else paper.held
    mode = paper.mode if paper.mode == "restricted" else "open" if event.download else "view"
    rights = paper.rights
    if rights and event.readers != paper.readers:
        rights = replace(rights, readers=("all",) if event.readers == "members" else ("none",), units={})
    about = {"title": event.title, "download": event.download, "readers": event.readers}
    return with_paper(state, event.paper, **about, mode=mode, rights=rights, held=held)


def release_reason(paper: Paper, reason: str) -> str:
    """Why a paper that is held is read by others than the staff after all; "" of one that is not held."""
    if not paper.held:
        return ""
    reason = checks.text(reason, needed=False, field="reason")
    if len(reason) < REASON_LENGTH:
        raise Refused("held_for_stamp", stamp=paper.held)
    return reason


@decide.register
def hold_paper(command: HoldPaper, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    checks.paper(state, command.paper)
    held: list[Event] = [PaperHeld(command.paper, command.page, command.stamp)]
    shown = command.paper in papers_shown(state) and not state.stage.covered
    return [*held, StageCovered()] if shown else held


@evolve.register
def paper_held(event: PaperHeld, state: MeetingState):
    paper = state.papers[event.paper]
    state = evolve(PaperEdited(event.paper, paper.title, paper.download, "staff"), state)
    return with_paper(state, event.paper, held=event.stamp)


@decide.register
def move_paper(command: MovePaper, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    paper = checks.paper(state, command.paper)
    item = checks.item(state, command.item)
    if command.before and command.before not in item.papers:
        raise Refused("no_such_paper")
    if paper.item == command.item and place_in_order(item.papers, command.paper, command.before) == item.papers:
        return []
    return [PaperMoved(command.paper, command.item, command.before)]


@evolve.register
def paper_moved(event: PaperMoved, state: MeetingState):
    state = taken_from_item(state, event.paper)
    papers = place_in_order(state.agenda.items[event.item].papers, event.paper, event.before)
    return with_paper(with_item(state, event.item, papers=papers), event.paper, item=event.item)


@slice_of_view("papers", reads=("papers", "limited", "stage.kind", "stage.paper", "stage.right", "meeting"))
def papers(state: MeetingState, audience: str):
    """{id: {title, document, item, pages, shape, download, readers, mode, t?, version?, versions?, limited?, rights?,
    held?}, limited?: n}: those this whole audience may open.

    `t` is the revision of its text, where it is not the first; `limited`: it is seen on the stage alone, and of it the
    page that is shown; `rights` and `held`, the stamp found on it, are told to the staff. Of a paper that was
    replaced: `version` is the number of the newest and `versions` [{document, pages, shape, at, by, note?, map?}] are
    all; `map` [[old, new, count, same | changed]] pairs pages with the version before.

    The number `limited` rises when something changes of papers that only some members may read: which are mine, my
    screen asks for itself (`/me`).
    """
    found: dict[str, Any] = {
        key: {
            **described(paper),
            **({"rights": describe_rights(paper)} if audience == "staff" and paper.rights else {}),
            **({"held": paper.held} if paper.held and audience == "staff" else {}),
            **(history(paper) if is_released(state, key, audience) else {"limited": True}),
        }
        for key, paper in state.papers.items()
        if may_read(state, key, audience)
    }
    return found | ({"limited": state.limited} if state.limited and audience == "members" else {})


def described(paper: Paper) -> dict[str, Any]:
    """A paper as a screen gets it, whoever may read it."""
    return {
        **compact(title=paper.title, document=paper.document, item=paper.item, pages=paper.pages),
        "shape": [list(run) for run in paper.shape],
        "download": paper.download,
        "readers": paper.readers,
        "mode": paper.mode,
        **({"t": paper.t} if paper.t > 1 else {}),
        **({"version": len(paper.versions)} if paper.versions else {}),
        **({"recalled": paper.recalled} if paper.recalled else {}),
    }


def describe_rights(paper: Paper) -> dict[str, Any]:
    """{readers, from?, until?, recall_after?, standing}: waiting | open | over."""
    rights = paper.rights
    assert rights is not None
    standing = "over" if rights.ended else "open" if rights.begun else "waiting"
    after = "" if rights.recall_after == "none" else rights.recall_after
    times = {"from": rights.opens, "until": rights.until, "recall_after": after}
    return {"readers": list(rights.readers), "standing": standing, **compact(**times)}


def of_person(state: MeetingState, person: str, at: int) -> dict[str, dict]:
    """The papers this person may read and not all members may, as the slice tells the others."""
    keys = (key for key, paper in state.papers.items() if not open_to_all(paper) and may_open(state, key, person, at))
    return {key: {**described(state.papers[key]), **history(state.papers[key])} for key in keys}


def may_read(state: MeetingState, key: str, audience: str) -> bool:
    """Staff read every paper, members those released to them and the one on the stage, screens the one on the stage.

    Nothing is released before the meeting is published.
    """
    shown = key in papers_shown(state)
    return shown or (audience in ("staff", "members") and is_released(state, key, audience))


def is_released(state: MeetingState, key: str, audience: str) -> bool:
    """Whether this audience may see all of it, on the stage or not."""
    return audience == "staff" or (open_to_all(state.papers[key]) and state.meeting.status != "draft")


def history(paper: Paper) -> dict:
    """What whoever may read the paper is told of its versions."""
    about = [
        compact(document=each.document, pages=each.pages, at=each.at, by=each.by, note=each.note)
        | {"shape": [list(run) for run in each.shape]}
        | ({"map": [list(run) for run in each.map]} if each.map else {})
        for each in paper.versions
    ]
    return {"versions": about} if about else {}


def documents_of(paper: Paper) -> tuple[str, ...]:
    """Every document that the paper is or was, the newest last."""
    return tuple(each.document for each in paper.versions) if paper.versions else (paper.document,)


def taken_from_item(state: MeetingState, key: str) -> MeetingState:
    item = state.papers[key].item
    papers = tuple(paper for paper in state.agenda.items[item].papers if paper != key)
    return with_item(state, item, papers=papers)


def with_paper(state: MeetingState, key: str, **changes) -> MeetingState:
    before, after = state.papers[key], replace(state.papers[key], **changes)
    # What all may read is told to all; of anything else, each screen asks what is its own.
    limited = state.limited if (before.rights or after.rights) is None else state.seq
    return replace(state, papers={**state.papers, key: after}, limited=limited)
