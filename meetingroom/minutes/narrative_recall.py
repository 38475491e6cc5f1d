"""Papers that were taken back, in words."""

from dataclasses import dataclass

from meetingroom.meeting import recall
from meetingroom.meeting.kernel import Recorded
from meetingroom.minutes.narrative import Narrative
from meetingroom.minutes.narrator import Caption, Entry, Line, leave_out, narrates
from meetingroom.minutes.sentences import Scene, say
from meetingroom.printing.wording import Words

leave_out("how many devices have confirmed: the closing of the recall tells it", recall.ReceiptsCounted)


@dataclass
class TakenBack(Entry):
    """Their titles stand only there where everybody could read them: all read the minutes."""

    papers: tuple[str, ...]
    reason: str


@dataclass
class RecallOver(Entry):
    counts: dict[str, int]


@say.register
def taken_back_sentence(entry: TakenBack, scene: Scene) -> str:
    _ = scene.words
    papers = scene.state.papers
    open_ = [key for key in entry.papers if key in papers and papers[key].readers == "members"]
    titles = "; ".join(f"“{scene.narrative.titles.get(key, key)}”" for key in open_)
    about = {"n": len(entry.papers), "titles": titles, "reason": entry.reason}
    if len(open_) < len(entry.papers) or not titles:
        return _("%(n)s papers were recalled (%(reason)s).", **about)
    return _("the papers %(titles)s were recalled (%(reason)s).", **about)


@say.register
def recall_over_sentence(entry: RecallOver, scene: Scene) -> str:
    counts = {"signed": entry.counts.get("signed", 0), "asked": entry.counts.get("asked", 0)}
    _ = scene.words
    return _("the recall was closed: %(signed)s of %(asked)s devices confirmed that no copy is left.", **counts)


def recalled_caption(event: recall.PapersRecalled, line: Line, _: Words) -> str:
    return _("Papers were recalled: %(n)s.", n=len(event.papers))


def closed_caption(event: recall.RecallClosed, line: Line, _: Words) -> str:
    counts = {"signed": event.counts.get("signed", 0), "asked": event.counts.get("asked", 0)}
    return _("The recall was closed: %(signed)s of %(asked)s devices confirmed.", **counts)


@narrates(timeline=Caption("archive-restore", recalled_caption))
def papers_recalled(event: recall.PapersRecalled, narrative: Narrative, fact: Recorded):
    if narrative.running and event.reason:
        narrative.chapter.entries.append(TakenBack(fact.at, event.papers, event.reason))


@narrates(timeline=Caption("archive", closed_caption))
def recall_closed(event: recall.RecallClosed, narrative: Narrative, fact: Recorded):
    if narrative.running:
        narrative.chapter.entries.append(RecallOver(fact.at, event.counts))
