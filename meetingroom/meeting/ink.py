"""What is written on the pages for everybody: shared ink. Only whoever holds the stage writes.

Screens see a stroke while it is drawn as a signal (`live/pen.py`); here it is a fact. The view carries only what has
happened since the page came on the stage, so that a page turn carries no ink.
"""

from dataclasses import dataclass, replace
from typing import Any

from meetingroom.meeting import checks, strokes
from meetingroom.meeting.ink_state import AT_ONCE, AT_ONCE_LETTERS, Ink, InkedPage, Operation, Stroke
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, changed, decide, evolve
from meetingroom.meeting.papers import documents_of, may_read
from meetingroom.meeting.rights import may_open, open_to_all
from meetingroom.meeting.roles import CHAIR, EVERYONE, audience
from meetingroom.meeting.sides import as_shown, shown_now
from meetingroom.meeting.stage import holds
from meetingroom.meeting.state import MeetingState, Paper
from meetingroom.meeting.view import slice_of_view

Drawn = tuple[dict[str, str | int], ...]

IN_ONE = 200  # strokes of one command …
IN_ONE_LETTERS = 256_000  # … and the letters of all of them
PAGE, PAPER = 3000, 10_000  # strokes
PAGE_LETTERS, MEETING_LETTERS = 2_000_000, 20_000_000
REGRET = 60_000  # ms in which a page that was cleared comes back; the button for it goes sooner


@dataclass(frozen=True)
class DrawInk(Command):
    """Strokes for everybody on a page; with `erase`, in the place of these strokes of it, which an eraser has cut.

    A stroke is `{id, t, c, w, d}`: its own id; `pen`, `hl` (a highlighter) or `line`; one of the colours red, blue,
    black, green, yellow, pink; its width in 1/10,000 of the page's width; its points as `strokes.py` codes them.
    """

    paper: str
    page: int
    strokes: Drawn
    erase: tuple[str, ...] = ()
    may = EVERYONE


@dataclass(frozen=True)
class InkDrawn(Event):
    """Strokes were drawn on a page for everybody: {id, t, c, w, d} each."""

    document: str
    page: int
    strokes: Drawn


@dataclass(frozen=True)
class EraseInk(Command):
    """These strokes of a page go."""

    paper: str
    page: int
    strokes: tuple[str, ...]
    may = EVERYONE


@dataclass(frozen=True)
class InkErased(Event):
    """Strokes of a page were erased."""

    document: str
    page: int
    ids: tuple[str, ...]


@dataclass(frozen=True)
class ClearInk(Command):
    """All that is written on a page goes. The holder of the stage, and whoever chairs."""

    paper: str
    page: int
    may = EVERYONE


@dataclass(frozen=True)
class InkCleared(Event):
    """All that was written on a page was erased."""

    document: str
    page: int


@dataclass(frozen=True)
class RestoreInk(Command):
    """What was cleared on a page last comes back, within a minute."""

    paper: str
    page: int
    may = EVERYONE


@dataclass(frozen=True)
class InkRestored(Event):
    """What was cleared on a page last is there again."""

    document: str
    page: int


@decide.register
def draw_ink(command: DrawInk, state: MeetingState, actor: Actor):
    holds(state, actor)
    paper = writable(state, actor, command.paper, command.page)
    new = checked(command.strokes, strokes.height_of(paper.shape, command.page))
    there = state.ink.page(paper.document, command.page)
    gone = tuple(key for key in dict.fromkeys(command.erase) if key in there.strokes)
    # Who sends again what has arrived (under a new id of the command) draws nothing twice.
    added = tuple(stroke for key, stroke in new.items() if key not in there.strokes or key in gone)
    check_room(state.ink, paper.document, there, gone, added)
    facts: list[Event] = [InkErased(paper.document, command.page, gone)] if gone else []
    return [*facts, InkDrawn(paper.document, command.page, added)] if added else facts


@evolve.register
def ink_drawn(event: InkDrawn, state: MeetingState):
    page = state.ink.page(event.document, event.page)
    drawn = {str(stroke["id"]): kept(stroke, state.by, state.at) for stroke in event.strokes}
    letters = sum(len(stroke.d) for stroke in drawn.values())
    body = {"draw": list(event.strokes), "by": state.by, "at": state.at}
    page = replace(page, strokes={**page.strokes, **drawn}, letters=page.letters + letters)
    return written(state, event.document, event.page, page, body, letters + 60 * len(drawn))


@decide.register
def erase_ink(command: EraseInk, state: MeetingState, actor: Actor):
    holds(state, actor)
    paper = writable(state, actor, command.paper, command.page)
    there = state.ink.page(paper.document, command.page).strokes
    gone = tuple(key for key in dict.fromkeys(command.strokes) if key in there)
    return [InkErased(paper.document, command.page, gone)] if gone else []


@evolve.register
def ink_erased(event: InkErased, state: MeetingState):
    page, gone = state.ink.page(event.document, event.page), set(event.ids)
    rest = {key: stroke for key, stroke in page.strokes.items() if key not in gone}
    letters = sum(len(stroke.d) for stroke in rest.values())
    body = {"erase": list(event.ids)}
    return written(
        state, event.document, event.page, replace(page, strokes=rest, letters=letters), body, 20 * len(gone)
    )


@decide.register
def clear_ink(command: ClearInk, state: MeetingState, actor: Actor):
    paper = clearable(state, actor, command.paper, command.page)
    there = state.ink.page(paper.document, command.page).strokes
    return [InkCleared(paper.document, command.page)] if there else []


@evolve.register
def ink_cleared(event: InkCleared, state: MeetingState):
    page = state.ink.page(event.document, event.page)
    page = replace(page, strokes={}, letters=0, cleared=page.strokes, cleared_at=state.at)
    return written(state, event.document, event.page, page, {"clear": True}, 20)


@decide.register
def restore_ink(command: RestoreInk, state: MeetingState, actor: Actor):
    paper = clearable(state, actor, command.paper, command.page)
    page = state.ink.page(paper.document, command.page)
    if not page.cleared or actor.at > page.cleared_at + REGRET:
        raise Refused("nothing_to_restore")
    back = [{"d": stroke.d} for key, stroke in page.cleared.items() if key not in page.strokes]
    check_room(state.ink, paper.document, page, (), back)
    return [InkRestored(paper.document, command.page)]


@evolve.register
def ink_restored(event: InkRestored, state: MeetingState):
    page = state.ink.page(event.document, event.page)
    back = {**page.cleared, **page.strokes}
    page = replace(page, strokes=back, letters=sum(len(stroke.d) for stroke in back.values()), cleared={}, cleared_at=0)
    # Nobody is told what comes back: every screen fetches the page's strokes once.
    return written(state, event.document, event.page, page, {}, AT_ONCE_LETTERS + 1)


@slice_of_view("ink", reads=("ink", "papers", "stage", "meeting"))
def ink(state: MeetingState, of: str):
    """What is written on the page of the stage, or on both of a pair: {"<document>/<page>": {rev, ops?}}, and which
    pages are written on at all: `inked` {document: {page: rev}}.

    `ops` {rev: {draw: [stroke], by, at} | {erase: [id]} | {clear}} are those since the page came on the stage, the
    newest 32 and at most 24 KB of them; whoever lacks one fetches the strokes (`GET …/ink/<document>/<page>`). Where
    `first` is another than before, something was withheld: what was fetched until then counts no more.
    """
    if not state.ink.revs and not state.ink.first:
        return NOTHING
    shown = shown_now(state)
    revs = {}
    for key, paper in state.papers.items():
        written_on = [each for each in documents_of(paper) if each in state.ink.revs]
        if not written_on or not may_read(state, key, of):
            continue
        if may_keep(state, paper, of):
            revs.update({each: state.ink.revs[each] for each in written_on})
        else:  # who sees a paper only because it is shown hears of no other page of it
            for document in written_on:
                pages = (page for each, page in shown if each == document)
                revs[document] = {str(page): state.ink.page(document, page).rev for page in pages}
    revs = {document: pages for document, pages in revs.items() if any(pages.values())}
    found: dict[str, Any] = {"inked": revs} if revs else {}
    if state.ink.first:
        found["first"] = state.ink.first
    for document, n in shown:
        if str(n) in state.ink.revs.get(document, {}):
            page = state.ink.page(document, n)
            new = {str(op.rev): op.body for op in page.newest if op.seq > state.stage.came}
            found[f"{document}/{n}"] = {"rev": page.rev, **({"ops": new} if new else {})}
    return found


NOTHING: dict[str, Any] = {}
INKED = (InkDrawn, InkErased, InkCleared, InkRestored)


def may_keep(state: MeetingState, paper: Paper, of: str) -> bool:
    """Whether this audience may read the paper also when it is not on the stage."""
    return of == "staff" or (of == "members" and open_to_all(paper) and state.meeting.status != "draft")


def strokes_of(page: InkedPage) -> list[dict[str, str | int]]:
    """Every stroke of a page as it is sent: {id, t, c, w, d, by, at}, in the order they are drawn."""
    return [{"id": key, **vars(stroke)} for key, stroke in page.strokes.items()]


def writable(state: MeetingState, actor: Actor, key: str, page: int) -> Paper:
    """The paper, if whoever writes may read it and it has such a page."""
    checks.check_not_secret(state)
    checks.paper(state, key)
    if (paper := as_shown(state, key, page)) is None:
        raise Refused("no_such_paper")
    if not may_read(state, key, audience(actor.role)) and not may_open(state, key, actor.user, actor.at):
        raise Refused("no_such_paper")
    if not 1 <= page <= paper.pages:
        raise Refused("no_such_page", page=page, pages=paper.pages)
    return paper


def clearable(state: MeetingState, actor: Actor, key: str, page: int) -> Paper:
    checks.check_live(state)
    if actor.role not in CHAIR:
        holds(state, actor)
    return writable(state, actor, key, page)


def checked(drawn: Drawn, tallest: int) -> dict[str, dict]:
    """The strokes by their ids. Refused with the field of the first that is wrong."""
    if not drawn or len(drawn) > IN_ONE or sum(len(str(stroke.get("d", ""))) for stroke in drawn) > IN_ONE_LETTERS:
        raise Refused("too_many_strokes", field="strokes", limit=IN_ONE)
    try:
        return {str(stroke["id"]): strokes.check_stroke(stroke, tallest) for stroke in drawn}
    except (strokes.BadStroke, KeyError) as wrong:
        raise Refused("bad_stroke", field="strokes", part=str(wrong.args[0])) from None


def check_room(ink: Ink, document: str, page: InkedPage, gone, added) -> None:
    """Refused("ink_full") when a page, a paper or the meeting would hold more than a screen can draw."""
    more, letters = len(added) - len(gone), sum(len(str(stroke["d"])) for stroke in added)
    everywhere = sum(len(each.strokes) for each in ink.pages.get(document, {}).values())
    for limit, total in ((PAGE, len(page.strokes) + more), (PAPER, everywhere + more)):
        if more > 0 and total > limit:
            raise Refused("ink_full", limit=limit)
    if added and (page.letters + letters > PAGE_LETTERS or ink.letters + letters > MEETING_LETTERS):
        raise Refused("ink_full", limit=PAGE)


def kept(stroke: dict[str, str | int], by: str, at: int) -> Stroke:
    return Stroke(str(stroke["t"]), str(stroke["c"]), int(stroke["w"]), str(stroke["d"]), by, at)


def written(
    state: MeetingState, document: str, n: int, page: InkedPage, body: dict[str, Any], letters: int
) -> MeetingState:
    """The state with this page, one revision later; `body` is what the screens are told of it."""
    ink = state.ink
    before = ink.page(document, n)
    rev = before.rev + 1
    page = replace(page, rev=rev, newest=newest((*before.newest, Operation(rev, state.seq, body, letters))))
    if page.cleared and state.at > page.cleared_at + REGRET:
        page = replace(page, cleared={}, cleared_at=0)
    return changed(
        state,
        ink=Ink(
            {**ink.pages, document: {**ink.pages.get(document, {}), n: page}},
            {**ink.revs, document: {**ink.revs.get(document, {}), str(n): rev}},
            ink.letters + page.letters - before.letters,
            ink.first,
        ),
    )


def newest(ops: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """The last ones that are few and short enough, without a gap."""
    found: list[Operation] = []
    letters = 0
    for op in reversed(ops[-AT_ONCE:]):
        letters += op.letters
        if letters > AT_ONCE_LETTERS:
            break
        found.insert(0, op)
    return tuple(found)
