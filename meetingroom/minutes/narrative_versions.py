"""A paper that was replaced by a new version, in words."""

from dataclasses import dataclass

from meetingroom.meeting import versions
from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.papers import documents_of
from meetingroom.minutes.narrative import Narrative, Showing
from meetingroom.minutes.narrator import Caption, Entry, Line, narrates
from meetingroom.minutes.sentences import Scene, is_kept, say
from meetingroom.printing.wording import Words


@dataclass
class Replaced(Entry):
    """While the meeting ran: before, nobody had read the earlier one there."""

    paper: str
    version: int
    note: str


@is_kept.register
def concerns_all(entry: Replaced, scene: Scene) -> bool:
    """Everybody reads the minutes: a paper that only some may know of is named there if it was on the screens."""
    paper, documents = scene.state.papers.get(entry.paper), scene.narrative.versions.get(entry.paper, [])
    if paper and paper.readers == "members":
        return True
    entries = (each for chapter in scene.narrative.chapters.values() for each in chapter.entries)
    return any(not each.pages.keys().isdisjoint(documents) for each in entries if isinstance(each, Showing))


@say.register
def replaced_sentence(entry: Replaced, scene: Scene) -> str:
    _ = scene.words
    about = {"title": scene.narrative.titles.get(entry.paper, entry.paper), "n": entry.version}
    if entry.note:
        return _("paper “%(title)s” was replaced by version %(n)s (%(note)s).", note=entry.note, **about)
    return _("paper “%(title)s” was replaced by version %(n)s.", **about)


def caption(event: versions.PaperReplaced, line: Line, _: Words) -> str:
    paper = line.state.papers.get(event.paper)
    known = documents_of(paper) if paper else ()
    if event.document not in known:
        return _("Paper “%(title)s” was replaced by a new version.", title=event.title)
    n = known.index(event.document) + 1
    return _("Paper “%(title)s” was replaced by version %(n)s.", title=event.title, n=n)


@narrates(timeline=Caption("copy", caption), renames=True)
def replaced(event: versions.PaperReplaced, narrative: Narrative, fact: Recorded):
    narrative.documents[event.document] = event.paper
    documents = narrative.versions.setdefault(event.paper, [event.paper])
    documents.append(event.document)
    if narrative.running:
        narrative.shown = None  # what is shown from now on is another showing
        narrative.chapter.entries.append(Replaced(fact.at, event.paper, len(documents), event.note))
