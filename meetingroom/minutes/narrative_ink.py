"""What was written on the pages, in words: a line for every page and item, never one for a stroke."""

from dataclasses import dataclass, field

from meetingroom.meeting import agenda, ink, lifecycle
from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.papers import documents_of
from meetingroom.minutes.narrative import Chapter, Narrative, numbered
from meetingroom.minutes.narrator import Caption, Entry, Line, narrates
from meetingroom.minutes.sentences import Scene, is_kept, say
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


@is_kept.register
def stayed(entry: Written, scene: Scene) -> bool:
    """What was erased again was not said."""
    return bool(entry.strokes)


@say.register
def written(entry: Written, scene: Scene) -> str:
    _ = scene.words
    return _(
        "%(names)s wrote on page %(page)s of “%(title)s” (strokes: %(n)s).",
        names=scene.names([entry.by]),
        page=entry.page,
        title=scene.narrative.called(entry.document, _),
        n=len(entry.strokes),
    )


def caption(event, line: Line, _: Words) -> str:
    """`An viết trên trang 4 của “…” (12 nét).`: what one person did there, as far as it stayed."""
    page = Pages()
    for fact in line.facts:
        page.take(fact.event)
    facts = [fact.event for fact in line.facts]
    about = {"name": line.by, "page": event.page, "title": title_of(event.document, line, _)}
    if isinstance(event, ink.InkRestored):
        return _("%(name)s brought back what was written on page %(page)s of “%(title)s”.", **about)
    if page.there:
        return _("%(name)s wrote on page %(page)s of “%(title)s” (strokes: %(n)s).", n=len(page.there), **about)
    if any(isinstance(fact, ink.InkCleared) for fact in facts):
        return _("%(name)s erased what was written on page %(page)s of “%(title)s”.", **about)
    gone = len({key for fact in facts if isinstance(fact, ink.InkErased) for key in fact.ids})
    return _("%(name)s erased strokes on page %(page)s of “%(title)s” (%(n)s).", n=gone, **about)


def title_of(document: str, line: Line, _: Words) -> str:
    for paper in line.state.papers.values():
        if document in (known := documents_of(paper)):
            return numbered(paper.title, known.index(document) + 1, _) if len(known) > 1 else paper.title
    return _("a paper")


def same_page(lines: list[list[Recorded]], fact: Recorded) -> list[Recorded] | None:
    """The last line about the same page in the same item, if this goes on with it: by the same person, who draws and
    erases their own, only erases, or takes back that the page was cleared."""
    place = (fact.event.document, fact.event.page)  # type: ignore[attr-defined]
    for line in reversed(lines):
        event = line[0].event
        if isinstance(event, BETWEEN):
            return None
        if isinstance(event, ink.INKED) and (event.document, event.page) == place:
            return line if line[0].by == fact.by and goes_on(line, fact.event) else None
    return None


def goes_on(line: list[Recorded], event) -> bool:
    first, last = line[0].event, line[-1].event
    if isinstance(event, ink.InkRestored):  # a line of its own where it undoes what another line tells
        return isinstance(first, ink.InkDrawn) and isinstance(last, ink.InkCleared)
    if isinstance(first, ink.InkErased):
        return isinstance(event, ink.InkErased)
    return isinstance(first, ink.InkDrawn)


STROKES = Caption("pen-line", caption, joins=same_page)


@narrates(timeline=STROKES)
def drawn(event: ink.InkDrawn, narrative: Narrative, fact: Recorded):
    """One entry for all that somebody draws on a page during an item, at the time of the first that is there."""
    marks_of(narrative, event).take(event)
    entries = written_on(narrative.chapter, event)
    entry = next((each for each in entries if each.by == fact.by and each.strokes), None)
    if entry is None:
        entry = Written(fact.at, fact.by, event.document, event.page)
        narrative.chapter.entries.append(entry)
    entry.strokes |= {str(stroke["id"]) for stroke in event.strokes}


@narrates(timeline=STROKES)
def erased(event: ink.InkErased, narrative: Narrative, fact: Recorded):
    marks_of(narrative, event).take(event)
    forget_erased(narrative, event)


@narrates(timeline=STROKES)
def cleared(event: ink.InkCleared, narrative: Narrative, fact: Recorded):
    """Told only by what stays."""
    marks_of(narrative, event).take(event)
    narrative.wiped[event.document, event.page] = forget_erased(narrative, event)


@narrates(timeline=STROKES)
def restored(event: ink.InkRestored, narrative: Narrative, fact: Recorded):
    """What comes back is told where it was; with it, what the same person has drawn there since."""
    marks_of(narrative, event).take(event)
    for chapter, entry, strokes in narrative.wiped.pop((event.document, event.page), []):
        entry.strokes |= strokes
        for later in written_on(chapter, event):
            if later is not entry and later.by == entry.by and later.strokes:
                entry.strokes |= later.strokes
                chapter.entries.remove(later)


def marks_of(narrative: Narrative, event) -> Pages:
    return narrative.inked.setdefault((event.document, event.page), Pages())


def written_on(chapter: Chapter, event) -> list[Written]:
    place = (event.document, event.page)
    return [each for each in chapter.entries if isinstance(each, Written) and (each.document, each.page) == place]


def forget_erased(narrative: Narrative, event) -> list[tuple[Chapter, Written, set[str]]]:
    """Entries keep what is still there, and the places they had. What each of them has lost."""
    page, lost = marks_of(narrative, event), []
    for chapter in narrative.chapters.values():
        for entry in written_on(chapter, event):
            if gone := entry.strokes - page.there:
                entry.strokes -= gone
                lost.append((chapter, entry, gone))
    return lost
