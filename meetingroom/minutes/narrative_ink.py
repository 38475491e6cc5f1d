"""What was written on the pages, in words: a line for every page and item, never one for a stroke."""

from dataclasses import dataclass, field

from meetingroom.meeting import agenda, ink, lifecycle
from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.papers import documents_of
from meetingroom.minutes.narrative import Narrative
from meetingroom.minutes.narrator import Caption, Entry, Line, narrates
from meetingroom.minutes.sentences import Scene, say
from meetingroom.printing.wording import Words

BETWEEN = (agenda.ItemStarted, agenda.ItemFinished, lifecycle.MeetingClosed)


@dataclass
class Written(Entry):
    """What somebody wrote on one page during one item; `strokes` are those that stayed."""

    by: str
    document: str
    page: int
    strokes: set[str] = field(default_factory=set)


@dataclass
class Pages:
    """The strokes of a page while facts are gathered: what is there, and what was cleared last."""

    there: set[str] = field(default_factory=set)
    cleared: set[str] = field(default_factory=set)

    def take(self, event) -> None:
        match event:
            case ink.InkDrawn():
                self.there |= {str(stroke["id"]) for stroke in event.strokes}
            case ink.InkErased():
                self.there -= set(event.ids)
            case ink.InkCleared():
                self.there, self.cleared = set(), self.there
            case ink.InkRestored():
                self.there, self.cleared = self.there | self.cleared, set()


@say.register
def written(entry: Written, scene: Scene) -> str:
    _, narrative = scene.words, scene.narrative
    title = narrative.titles.get(narrative.documents.get(entry.document, ""), entry.document)
    return _(
        "%(names)s wrote on page %(page)s of “%(title)s” (strokes: %(n)s).",
        names=scene.names([entry.by]),
        page=entry.page,
        title=title,
        n=len(entry.strokes),
    )


def caption(event, line: Line, _: Words) -> str:
    """`An viết trên trang 4 của “…” (12 nét).`"""
    page = Pages()
    for fact in line.facts:
        page.take(fact.event)
    title = next(
        (paper.title for paper in line.state.papers.values() if event.document in documents_of(paper)), _("a paper")
    )
    about = {"name": line.by, "page": event.page, "title": title}
    if page.there:
        return _("%(name)s wrote on page %(page)s of “%(title)s” (strokes: %(n)s).", n=len(page.there), **about)
    return _("%(name)s erased what was written on page %(page)s of “%(title)s”.", **about)


def same_page(lines: list[list[Recorded]], fact: Recorded) -> list[Recorded] | None:
    """The line about the same page in the same item."""
    place = (fact.event.document, fact.event.page)  # type: ignore[attr-defined]
    for line in reversed(lines):
        event = line[0].event
        if isinstance(event, BETWEEN):
            return None
        if isinstance(event, ink.INKED) and (event.document, event.page) == place:
            return line
    return None


STROKES = Caption("pen-line", caption, joins=same_page)


@narrates(timeline=STROKES)
def drawn(event: ink.InkDrawn, narrative: Narrative, fact: Recorded):
    """One entry for all that is drawn on a page during an item. What is erased again was not said."""
    page = marks_of(narrative, event)
    page.take(event)
    new = {str(stroke["id"]) for stroke in event.strokes}
    for entry in narrative.chapter.entries:
        if isinstance(entry, Written) and (entry.document, entry.page) == (event.document, event.page):
            entry.strokes |= new
            return
    narrative.chapter.entries.append(Written(fact.at, fact.by, event.document, event.page, new))


@narrates(timeline=STROKES)
def erased(event: ink.InkErased, narrative: Narrative, fact: Recorded):
    marks_of(narrative, event).take(event)
    forget_erased(narrative, event)


@narrates(timeline=STROKES)
def cleared(event: ink.InkCleared, narrative: Narrative, fact: Recorded):
    """Told only by what stays."""
    marks_of(narrative, event).take(event)
    forget_erased(narrative, event)


@narrates(timeline=STROKES)
def restored(event: ink.InkRestored, narrative: Narrative, fact: Recorded):
    page = marks_of(narrative, event)
    back = set(page.cleared)
    page.take(event)
    for entry, strokes in narrative.wiped.pop((event.document, event.page), []):
        entry.strokes |= strokes & back
        if entry.strokes and not any(
            each is entry for chapter in narrative.chapters.values() for each in chapter.entries
        ):
            narrative.chapter.entries.append(entry)


def marks_of(narrative: Narrative, event) -> Pages:
    return narrative.inked.setdefault((event.document, event.page), Pages())


def forget_erased(narrative: Narrative, event) -> None:
    """Entries keep what is still there; one of which nothing is left is not caption. What goes may come back."""
    place = (event.document, event.page)
    page, lost = narrative.inked[place], []
    for chapter in narrative.chapters.values():
        for entry in [each for each in chapter.entries if isinstance(each, Written)]:
            if (entry.document, entry.page) != place:
                continue
            gone = entry.strokes - page.there
            if gone:
                lost.append((entry, gone))
                entry.strokes -= gone
            if not entry.strokes:
                chapter.entries.remove(entry)
    if isinstance(event, ink.InkCleared):
        narrative.wiped[place] = lost
