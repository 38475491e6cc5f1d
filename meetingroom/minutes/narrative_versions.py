"""A paper that was replaced by a new version, in words."""

from dataclasses import dataclass

from meetingroom.meeting import versions
from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.papers import documents_of
from meetingroom.minutes.narrative import Narrative
from meetingroom.minutes.narrator import Caption, Entry, Line, narrates
from meetingroom.minutes.sentences import Scene, say
from meetingroom.printing.wording import Words


@dataclass
class Replaced(Entry):
    """While the meeting ran: before, nobody had read the earlier one there."""

    paper: str
    version: int
    note: str


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


@narrates(timeline=Caption("copy", caption))
def replaced(event: versions.PaperReplaced, narrative: Narrative, fact: Recorded):
    narrative.documents[event.document] = event.paper
    n = narrative.versions[event.paper] = narrative.versions.get(event.paper, 1) + 1
    if narrative.running:
        narrative.shown = None  # what is shown from now on is another showing
        narrative.chapter.entries.append(Replaced(fact.at, event.paper, n, event.note))
