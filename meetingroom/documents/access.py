"""Who may see what of a document, page by page. What somebody may not see does not exist for them (404).

Whatever shows a page or tells of one asks here: its picture, its words, its place in an outline, what is drawn on it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask import g
from flask_babel import lazy_gettext as _l

from meetingroom import log
from meetingroom.auth import guard
from meetingroom.devices.screens import current_screen
from meetingroom.devices.tablets import current_tablet
from meetingroom.documents import fetched_store as fetched
from meetingroom.documents import store
from meetingroom.meeting.papers import documents_of as documents_of_paper
from meetingroom.meeting.rights import is_open, names, open_to_all
from meetingroom.meeting.roles import STAFF
from meetingroom.meeting.sides import pages_on_stage
from meetingroom.meeting.state import MeetingState, Paper
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

KEPT, DAY, UNKEPT = "kept", "day", "unkept"


@dataclass(frozen=True)
class Sight:
    """What the one who asks may do with a document.

    `pages` are those that may be seen, None for all; `mode` is open (its readers may keep it), view (they may not)
    or restricted (nothing of it may stay with them); `cache` is kept, where a browser may hold a finished
    page for good, day, where the right to it may end, or unkept: no copy stays behind. `named`: a page that can be
    read bears the name of whoever has it, also where its words may be copied.
    """

    row: dict
    staff: bool
    mode: str = "open"
    pages: frozenset[int] | None = None
    download: bool = False
    cache: str = KEPT
    named: bool = False

    @property
    def open(self) -> bool:
        """Released to all members of the meeting: what is the same for everybody may be fetched at once and kept."""
        return self.cache == KEPT and self.pages is None

    @property
    def uncopied(self) -> bool:
        """Nothing of it may be copied: no words, no bundle."""
        return self.mode == "restricted"

    def shows(self, page: int) -> bool:
        return self.pages is None or page in self.pages


@dataclass(frozen=True)
class Home:
    """Whose documents belong to no meeting: `sight(row)` is what the one who asks may see, None for nothing;
    `read(row, pages, opened)` is told what was given out; `awaits(row, page)` says whether what the one who asks is
    shown now leads to this page, which may be shown to them next."""

    sight: Callable[[dict], Sight | None]
    read: Callable[[dict, Iterable[int], int], None]
    awaits: Callable[[dict, int], bool]


# By what stands before the colon in `documents.home`; who keeps such documents registers here.
HOMES: dict[str, Home] = {}


def home_of(row: dict) -> Home | None:
    return HOMES.get((row.get("home") or "").partition(":")[0])


def awaited(document: str, page: int) -> dict | None:
    """The row of a document whose page may be shown next to the one who asks, who may not have it before."""
    if g.user is None and not (current_screen() or current_tablet()):
        return None
    with context().pool.lend() as db:
        row = store.find_document(db, document)
    home = home_of(row or {})
    return row if row and home and home.awaits(row, page) else None


def find_for_staff(document: str) -> dict:
    """The row, for whoever prepares its meeting."""
    sight = find_visible(document)
    if not sight.staff:
        raise Problem("not_allowed", 403)
    return sight.row


def sight_of(document: str, page: int) -> Sight:
    """The document, for whoever may see this page now. Raises Problem: not_signed_in | not_found."""
    sight = find_visible(document)
    if not sight.shows(page):
        raise Problem("not_found", 404)
    return sight


def sight_of_all(document: str) -> Sight:
    """The document, for whoever may see every page. Raises Problem: not_signed_in | not_found."""
    sight = find_visible(document)
    if sight.pages is not None:
        raise Problem("not_found", 404)
    return sight


def find_visible(document: str) -> Sight:
    """The document, for whoever may see anything of it: `pages` says what. Raises Problem: not_signed_in |
    not_found | paper_withdrawn."""
    screens = [] if g.user else [each for each in (current_screen(), current_tablet()) if each]
    if g.user is None and not screens:
        raise Problem("not_signed_in", 401)
    with context().pool.lend() as db:
        # The same is asked for what does not exist: how long the answer takes tells nothing either.
        row = store.find_document(db, document)
        meeting = row["meeting"] if row else ""
        papers = store.readers_of(db, document)
        role = guard.role_of(db, meeting)
        kept_back = guard.is_kept_from(db, meeting, role)
    if row and row["home"]:
        home = home_of(row)
        sight = home and home.sight(row)
        if not sight:
            raise Problem("not_found", 404)
        return sight
    belongs = role is not None or any(screen["meeting"] == meeting for screen in screens)
    if row is None or kept_back or not belongs:
        raise missing(document)
    staff = role in STAFF
    if any(paper["limited"] for paper in papers):
        return sight_by_rights(row, papers[0]["id"], staff)
    released = any(paper["readers"] == "members" for paper in papers)
    download = any(paper["download"] for paper in papers)
    mode = "open" if download or not papers else "view"
    cache = KEPT if released or not papers else UNKEPT
    if staff:
        return Sight(row, staff=True, mode=mode, download=True, cache=cache)
    if released:
        return Sight(row, staff=False, mode=mode, download=download and role is not None, cache=cache)
    if not papers:
        raise missing(document, meeting)
    pages = pages_shown(log.state(context().pool, meeting), document)
    if pages is not None and not pages:
        raise Problem("not_found", 404)
    return Sight(row, staff=False, mode="view", pages=pages, cache=UNKEPT)


def missing(document: str, of: str = "") -> Problem:
    """What is no paper of a meeting, or was never there: whoever had it, or could read it when it was taken out, and
    sits in that meeting, is told what became of it (410); to all others it does not exist (404). `of`: the meeting for
    which it was brought, where the one who asks sits in it."""
    with context().pool.lend() as db:
        meeting = fetched.meeting_of(db, document, g.user.id) if g.user else ""
        role = guard.role_of(db, meeting) if meeting else None
        had = role is not None and not guard.is_kept_from(db, meeting, role)
    if not had and of and g.user and g.user.id in log.state(context().pool, of).withdrawn.get(document, ()):
        had, meeting = True, of
    if not had:
        return Problem("not_found", 404)
    return Problem("paper_withdrawn", 410, way=(f"/meetings/{meeting}", _l("To the meeting")))


def presents(sight: Sight) -> bool:
    """Whether a document is this person's to speak to: the staff's, who uploaded it, who presents its item, or who has
    it on the stage."""
    if sight.staff:
        return True
    if not g.user:
        return False
    state = log.state(context().pool, sight.row["meeting"])
    if sight.row["by"] == g.user.id:
        return True
    if state.stage.holder == g.user.id and pages_on_stage(state, sight.row["id"]):
        return True
    papers = (each for each in state.papers.values() if sight.row["id"] in documents_of_paper(each))
    items = (state.agenda.items.get(each.item) for each in papers)
    return any(item is not None and g.user.id in item.presenters for item in items)


def documents_of(db, roles: Mapping[str, str]) -> list[str]:
    """Every document of these meetings (`{meeting: role}`, which the caller has looked after) that `g.user` may see
    whole: what the stage alone shows is not among them. Of those whose readers differ each is asked for by itself."""
    staffed = [meeting for meeting, role in roles.items() if role in STAFF]
    found = store.list_ids(db, staffed)
    for paper in store.list_papers(db, [meeting for meeting in roles if meeting not in staffed]):
        limited = paper.get("limited") or paper["readers"] not in ("members", "staff")
        if is_visible(paper["document"]) if limited else paper["readers"] == "members":
            found.append(paper["document"])
    return found


def is_visible(document: str, page: int = 0) -> bool:
    """Whether `g.user` may see a document (this page of it; 0: all of them) now."""
    try:
        sight = find_visible(document)
    except Problem:
        return False
    return sight.shows(page) if page else sight.pages is None


def is_uncopied(document: str) -> bool:
    """Whether nothing of it may be copied by `g.user`, who may not see it at all or not in words."""
    try:
        return find_visible(document).uncopied
    except Problem:
        return True


def sight_by_rights(row: dict, key: str, staff: bool) -> Sight:
    """The same of a paper whose readers, time or mode were set, or that was recalled: by the log and by the clock.
    Raises Problem: not_found | recalled."""
    state = log.state(context().pool, row["meeting"])
    paper = state.papers.get(key)
    if paper is None:
        raise Problem("not_found", 404)
    mode, at = paper.mode, log.meeting_time(context().pool, state)
    cache = UNKEPT if mode == "restricted" or paper.recalled else cache_of(paper)
    if staff:
        return Sight(row, staff=True, mode=mode, download=mode != "restricted", cache=cache)
    if paper.recalled:
        raise Problem("recalled" if knew_of(state, paper) else "not_found", 410 if knew_of(state, paper) else 404)
    open_now = state.meeting.status != "draft" and is_open(paper, at)
    if open_now and (names(paper, state, g.user.id) if g.user else open_to_all(paper)):
        return Sight(row, staff=False, mode=mode, download=paper.download and g.user is not None, cache=cache)
    pages = pages_shown(state, row["id"])
    if pages is not None and not pages:
        raise Problem("not_found", 404)
    return Sight(row, staff=False, mode="restricted" if mode == "restricted" else "view", pages=pages, cache=UNKEPT)


def knew_of(state: MeetingState, paper: Paper) -> bool:
    """Whether who asks could read a paper before it was recalled: to others it never existed."""
    return names(paper, state, g.user.id) if g.user else paper.readers == "members"


def cache_of(paper: Paper) -> str:
    """How long a copy may lie in a browser: for good only where the right to it has no end."""
    rights = paper.rights
    ends = rights is not None and (rights.until or rights.recall_after != "none")
    return DAY if ends else KEPT if open_to_all(paper) else UNKEPT


def pages_shown(state: MeetingState, document: str) -> frozenset[int] | None:
    """What the stage alone lets somebody see: the page that every screen shows, as long as it does. Who holds the
    stage turns the pages, and so has all of them (None)."""
    pages = pages_on_stage(state, document)
    return None if pages and g.user and g.user.id == state.stage.holder else pages
