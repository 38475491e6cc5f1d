"""Whose marks, on what they may see now: the paper, its versions, their pages."""

from flask import g

from meetingroom import log
from meetingroom.documents import access
from meetingroom.documents.access import Sight
from meetingroom.documents.content_store import ContentStore
from meetingroom.marks import carrying, page_words, store
from meetingroom.marks.merging import Mark
from meetingroom.meeting.state import Paper
from meetingroom.web.context import context
from meetingroom.web.errors import Problem


class PaperInSight:
    """A paper for the one who asks. Raises Problem where nothing of it may be seen: not_signed_in | not_found |
    recalled."""

    def __init__(self, key: str):
        if g.user is None:
            raise Problem("not_signed_in", 401)
        with context().pool.lend() as db:
            row = store.find_paper(db, key)
        if row is None:
            raise Problem("not_found", 404)
        self.key, self.meeting = key, row["meeting"]
        self._sights: dict[str, Sight | str] = {}
        self.sight = access.find_visible(row["document"])
        self._sights[row["document"]] = self.sight
        paper = log.state(context().pool, self.meeting).papers.get(key)
        if paper is None:
            raise Problem("not_found", 404)
        self.paper: Paper = paper

    @property
    def whole(self) -> bool:
        """Whether every page may be seen, and not only the one on the stage."""
        return self.sight.pages is None

    def bring_along(self, person: str) -> None:
        """The person's marks come along into the newest version, once; nothing is written where there is nothing."""
        if len(self.paper.versions) < 2:
            return
        with context().pool.lend() as db:
            every = store.list_marks(db, person, self.key)
        found_again = self._find_again(every)
        if found_again or carrying.carried(every, self.paper.versions):
            with context().pool.writing() as db:
                store.bring_along(db, person, self.meeting, self.key, self.paper.versions, found_again)

    def _find_again(self, every: list[Mark]) -> dict[tuple[str, int], Mark]:
        """Marks of pages that have changed, where their words are now. Whoever sees only the page on the stage is not
        told where words stand on others."""
        paper = self.paper
        wanted = carrying.sought(every, paper.versions) if self.whole else []
        wanted = page_words.untried(wanted, paper.document, paper.t)
        if not wanted:
            return {}
        contents = ContentStore(context().settings, self.sight.row["sha"])
        found = context().in_thread(page_words.find_again, wanted, contents, paper.pages, paper.shape)
        missing = [mark for mark, _ in wanted if (mark.id, mark.rev) not in found]
        page_words.remember_missing(missing, paper.document, paper.t)
        return found

    def may_see(self, document: str, page: int) -> str:
        """ "" for a page of this paper, or of an earlier version of it, that may be seen now; else a code."""
        if document not in documents_of(self.paper):
            return "not_found"
        if document not in self._sights:
            try:
                self._sights[document] = access.find_visible(document)
            except Problem as problem:
                self._sights[document] = problem.code
        sight = self._sights[document]
        if isinstance(sight, str):
            return sight
        return "" if sight.shows(page) and 1 <= page <= (sight.row["pages"] or 0) else "not_found"


def documents_of(paper: Paper) -> tuple[str, ...]:
    """The files of a paper, today's first."""
    return (paper.document, *(each.document for each in paper.versions))
