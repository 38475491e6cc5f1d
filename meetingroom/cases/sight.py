"""Which pages of a case's documents somebody sees: registered in `documents/access.py` as the hook of their home.

People of the list see everything, an owner and a helper may have the file itself; while a meeting runs in which they
sit with the case, its pages bear their name on a device of their own, as those of everybody else there. Others see
what meetings show that run and have the case attached, page by page, and only as long.
"""

from collections.abc import Callable, Iterable

from flask import g, request

from meetingroom.cases import access, log_store, store
from meetingroom.documents import access as documents
from meetingroom.documents.access import UNKEPT, Sight
from meetingroom.web.context import context

# What running meetings let the one who asks (a person, a big screen, a shared tablet) see of a case's document:
# (case, document) → frozenset of page numbers, None for all of them. Empty: nothing.
Showing = Callable[[str, str], frozenset[int] | None]
SHOWING: list[Showing] = []
# Whether the one who asks sits in a meeting that runs with the case.
SITTING: list[Callable[[str], bool]] = []
# Whether what running meetings show the one who asks leads to a page: (case, document, page).
AWAITING: list[Callable[[str, str, int], bool]] = []


def meetings_showing(case: str, document: str) -> frozenset[int] | None:
    """The pages of a document that meetings open to the one who asks; None: all. The stage registers in SHOWING."""
    # One request asks it of many pages of the same documents.
    known: dict[tuple[str, str], frozenset[int] | None] = g.setdefault("case_showing", {})
    if (case, document) not in known:
        found = [ask(case, document) for ask in SHOWING]
        known[case, document] = None if None in found else frozenset().union(*filter(None, found))
    return known[case, document]


def sits_with(case: str) -> bool:
    """Whether the one who asks sits in a meeting that runs with the case."""
    return any(ask(case) for ask in SITTING)


def sight(row: dict) -> Sight | None:
    """What the one who asks may see of a document whose home is a case; None: it does not exist."""
    case = row["home"].removeprefix(store.HOME)
    with context().pool.lend() as db:
        role = access.role_here(db, case) if g.user else ""
    if role:
        download = role in store.EDITORS
        # Never `staff`: what is done to a case's document is done through the case, and written down there.
        mode = "open" if download else "view"
        return Sight(row, staff=False, mode=mode, download=download, cache=UNKEPT, named=sits_with(case))
    pages = meetings_showing(case, row["id"])
    if pages is not None and not pages:
        return None
    # With the name of whoever reads it on a device of their own; a screen on the wall is everybody's.
    return Sight(row, staff=False, mode="restricted" if g.user else "view", pages=pages, cache=UNKEPT)


def read(row: dict, pages: Iterable[int], opened: int) -> None:
    """Writes down that somebody has these pages; `opened` is the one on the screen, 0 for none."""
    case = row["home"].removeprefix(store.HOME)
    person = g.user.id if g.user else f"screen:{request.remote_addr or ''}"
    how = {page: "opened" if page == opened else "fetched" for page in pages}
    with context().pool.lend() as db:
        new = [page for page in how if not log_store.was_read(db, case, person, row["id"], page, how[page])]
    if new:
        with context().pool.writing() as db:
            for page in new:
                log_store.note_read(db, case, person, row["id"], page, how[page])


def awaits(row: dict, page: int) -> bool:
    case = row["home"].removeprefix(store.HOME)
    return any(ask(case, row["id"], page) for ask in AWAITING)


documents.HOMES["case"] = documents.Home(sight=sight, read=read, awaits=awaits)
