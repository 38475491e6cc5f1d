"""What happened, told item by item: both forms of every kind of fact (`narrator.py`). Pure.

The facts are gathered first (a hundred page turns are one showing) and put into words afterwards.
"""

from dataclasses import dataclass, field
from typing import Any

from meetingroom.meeting import (
    agenda,
    approval,
    archiving,
    conclusions,
    lifecycle,
    papers,
    people,
    readers,
    record,
    reopening,
    series,
    sites,
    stage,
)
from meetingroom.meeting.kernel import Recorded
from meetingroom.minutes.narrator import NOT_IN_MINUTES as NOT_IN_MINUTES
from meetingroom.minutes.narrator import Caption, Entry, Line, leave_out, narrate, narrates, timeline_only
from meetingroom.minutes.narrator import ignore as ignore
from meetingroom.printing import wording
from meetingroom.printing.wording import Words

BEFORE = ""  # the chapter of what happened before the first item


@dataclass
class Showing(Entry):
    """One person's uninterrupted stretch on the stage, with the pages that were seen."""

    by: str
    pages: dict[str, set[int]] = field(default_factory=dict)  # by document, in order of appearance


@dataclass
class Coming(Entry):
    """People who came or left while the meeting ran; those of one chapter who came the same way are one sentence."""

    how: str  # onsite | online | out | back
    people: list[str] = field(default_factory=list)


@dataclass
class Opening(Entry):
    """The meeting was opened, and the quorum then: of so many members, so many there."""

    members: int = 0
    present: int = 0
    needed: int = 0


@dataclass
class Spoke(Entry):
    """Somebody had the floor; `seconds` are without pauses, None while they still speak."""

    person: str
    kind: str
    seconds: int | None = None


@dataclass
class Wrote(Entry):
    """A request that was not reached became a written opinion."""

    person: str
    text: str


@dataclass
class Chapter:
    started: int = 0
    ended: int = 0
    seq: int = 0  # of the fact that began it
    entries: list[Entry] = field(default_factory=list)


@dataclass
class Narrative:
    """All of it. `running` between opening and closing; `shown` is the showing that page turns belong to."""

    names: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # person -> name, title, unit
    titles: dict[str, str] = field(default_factory=dict)  # paper -> title
    documents: dict[str, str] = field(default_factory=dict)  # document -> paper
    versions: dict[str, list[str]] = field(default_factory=dict)  # paper -> its documents, the newest last
    inked: dict[tuple[str, int], Any] = field(default_factory=dict)  # document, page -> its strokes (narrative_ink.py)
    wiped: dict[tuple[str, int], list] = field(default_factory=dict)  # … -> what was cleared on it last
    arrived: dict[str, int] = field(default_factory=dict)  # person -> first check-in
    chapters: dict[str, Chapter] = field(default_factory=lambda: {BEFORE: Chapter()})
    now: str = BEFORE
    running: bool = False
    shown: Showing | None = None
    map_title: str = ""  # of the map that was on the stage last
    nodes: dict[str, str] = field(default_factory=dict)  # node of a map -> what it was called when it was shown
    reported: set[str] = field(default_factory=set)  # of a case report: proposals that were put, "direction" once given
    withheld: set[str] = field(default_factory=set)  # names of facts that are not told
    speech: Spoke | None = None
    away: set[str] = field(default_factory=set)  # who has left and not come back
    spells: dict[str, list[tuple[int, int | None]]] = field(default_factory=dict)  # person -> came, left; and again
    noted: dict[str, int] = field(default_factory=dict)  # item -> when its text was begun
    parted: bool = False  # a ballot lies between the last who came or left and the next
    annulled: dict[str, int] = field(default_factory=dict)  # ballot -> when
    times: dict[int, int] = field(default_factory=dict)  # number of a fact -> when
    last: int = 0

    @property
    def chapter(self) -> Chapter:
        return self.chapters[self.now]

    def called(self, document: str, _: Words) -> str:
        """The title of the paper that a document is or was; of one that was replaced, with the number of the version.
        A paper of which nobody knows any document goes by its id."""
        paper = self.documents.get(document, document)
        title, versions = self.titles.get(paper, paper), self.versions.get(paper, [])
        return numbered(title, versions.index(document) + 1, _) if len(versions) > 1 else title


def numbered(title: str, version: int, _: Words) -> str:
    return _("%(title)s (version %(n)s)", title=title, n=version)


def build_narrative(facts: list[Recorded]) -> Narrative:
    """The facts of one meeting, in order, as a narrative."""
    narrative = Narrative()
    for fact in facts:
        narrative.last = fact.at
        narrative.times[fact.seq] = fact.at
        narrate(fact.event, narrative, fact)
        for entry in reversed(narrative.chapter.entries):
            if entry.seq:
                break
            entry.seq = fact.seq
    return narrative


# Why a kind of fact has no sentence.
AT_THE_END = "told elsewhere in the minutes, from the state at the end"
PREPARING = "preparation: the minutes begin with the meeting"
READERS = "who may read a paper is no turn of the meeting, and not for all to know; what was shown is told"
BY_THE_BELL = "when papers could be read; what was shown is told"
SCREENS = "how screens were led; the pages that were seen are told"
MARKED = "whether they are approved is marked on the document and is no part of its text"
MARKED_CONCLUSIONS = "the minutes tell the conclusions as they read at the end"
NOT_LISTED = "prepared or written beside the meeting: no turn of it"


def directive_words(event: conclusions.DirectiveIssued, _: Words) -> str:
    if event.lead:
        return _("Directive for %(lead)s: %(text)s", lead=event.lead, text=event.text)
    return _("Directive: %(text)s", text=event.text)


leave_out(NOT_LISTED, series.SeriesChosen)
leave_out(AT_THE_END, lifecycle.MeetingCreated, lifecycle.MeetingEdited, sites.SiteAdded, record.MinutesEdited)
leave_out(
    AT_THE_END,
    people.PersonRemoved,
    people.PersonMoved,
    sites.SiteEdited,
    sites.SiteRemoved,
    agenda.ItemAdded,
    agenda.ItemEdited,
    agenda.ItemMoved,
    agenda.ItemRemoved,
    renames=True,
)
leave_out(PREPARING, papers.PaperMoved, papers.TextRenewed, papers.PaperHeld)
leave_out(READERS, readers.ReadersSet)
leave_out(BY_THE_BELL, readers.ReadingOpened, readers.ReadingEnded)
leave_out(SCREENS, stage.Zoomed, stage.StageReturned)

timeline_only(
    lifecycle.MeetingPublished,
    PREPARING,
    Caption("send", lambda event, line, _: _("Programme and papers were released.")),
)
timeline_only(
    papers.PaperWithdrawn,
    PREPARING,
    Caption("file", lambda event, line, _: _("A paper was withdrawn.")),
    renames=True,
)
timeline_only(
    lifecycle.MeetingCancelled,
    "there are no minutes of a meeting that was not held",
    Caption("ban", lambda event, line, _: _("The meeting was cancelled: %(reason)s", reason=event.reason)),
)
timeline_only(
    lifecycle.MeetingArchived,
    "the minutes are finished before the meeting is archived",
    Caption("archive", lambda event, line, _: _("The meeting was archived.")),
)
timeline_only(
    archiving.ArchiveSealed,
    "the minutes are finished before the meeting is archived",
    Caption("badge-check", lambda event, line, _: _("The archive package was sealed.")),
)
timeline_only(
    archiving.FactRedacted,
    "what was withheld is told by nobody",
    Caption("eye-off", lambda event, line, _: _("An entry was withheld: %(reason)s", reason=event.reason)),
    renames=True,
)


@narrates(timeline="what was withheld is told by nobody")
def fact_withheld(event: archiving.FactWithheld, narrative: Narrative, fact: Recorded):
    """Nobody tells what it said; but what follows is not told as the first of its kind."""
    narrative.withheld.add(event.name)


timeline_only(
    approval.MinutesApproved,
    MARKED,
    Caption("stamp", lambda event, line, _: _("%(name)s approved the minutes.", name=line.by), strong=True),
)
timeline_only(
    approval.MinutesUnlocked,
    MARKED,
    Caption(
        "lock-open",
        lambda event, line, _: _("%(name)s unlocked the minutes: %(reason)s", name=line.by, reason=event.reason),
    ),
)
timeline_only(
    reopening.MinutesReopened,
    MARKED,
    Caption(
        "lock-open",
        lambda event, line, _: _(
            "%(name)s had the issued minutes written anew: %(reason)s", name=line.by, reason=event.reason
        ),
    ),
)
timeline_only(
    reopening.ReopeningWithdrawn,
    MARKED,
    Caption("undo-2", lambda event, line, _: _("%(name)s left the issued minutes as they are.", name=line.by)),
)
timeline_only(
    people.RoleChanged,
    AT_THE_END,
    Caption("user-cog", lambda event, line, _: _("The role of %(name)s was changed.", name=line.person(event.person))),
)
timeline_only(
    conclusions.ConclusionRecorded,
    AT_THE_END,
    Caption("gavel", lambda event, line, _: _("Conclusion: %(text)s", text=event.text), strong=True),
)
timeline_only(
    conclusions.ConclusionEdited,
    AT_THE_END,
    Caption("gavel", lambda event, line, _: _("Conclusion changed: %(text)s", text=event.text)),
)
timeline_only(
    conclusions.ConclusionRemoved,
    AT_THE_END,
    Caption("gavel", lambda event, line, _: _("A conclusion was removed.")),
)
timeline_only(
    conclusions.ConclusionsSubmitted,
    MARKED_CONCLUSIONS,
    Caption("send", lambda event, line, _: _("%(name)s read the conclusions back to the chair.", name=line.by)),
)
timeline_only(
    conclusions.ConclusionsApproved,
    MARKED_CONCLUSIONS,
    Caption("stamp", lambda event, line, _: _("%(name)s approved the conclusions.", name=line.by), strong=True),
)
timeline_only(
    conclusions.ConclusionsReturned,
    MARKED_CONCLUSIONS,
    Caption(
        "undo-2",
        lambda event, line, _: _("%(name)s returned the conclusions: %(reason)s", name=line.by, reason=event.reason),
    ),
)
timeline_only(
    conclusions.DirectiveIssued,
    MARKED_CONCLUSIONS,
    Caption("clipboard-list", lambda event, line, _: directive_words(event, _)),
)
timeline_only(stage.TitleShown, SCREENS, Caption("eye-off", lambda event, line, _: _("The title card was shown.")))
timeline_only(
    stage.FollowupTurned,
    SCREENS,
    Caption(
        "clipboard-list",
        lambda event, line, _: _("The list of earlier conclusions was shown, page %(page)s.", page=event.page),
    ),
)
timeline_only(stage.StageCovered, SCREENS, Caption("eye-off", lambda event, line, _: _("The page was covered.")))
timeline_only(stage.StageUncovered, SCREENS, Caption("eye", lambda event, line, _: _("The page was uncovered.")))
timeline_only(
    stage.StageGiven,
    SCREENS,
    Caption("presentation", lambda event, line, _: _("%(name)s was given the stage.", name=line.person(event.person))),
)
timeline_only(
    stage.StageTaken,
    SCREENS,
    Caption("undo-2", lambda event, line, _: _("%(name)s took the stage.", name=line.person(event.person))),
)


def called_back(event: stage.CalledBack, line: Line, _: Words) -> str:
    if event.site:
        return _("%(site)s was called back to the page.", site=line.site(event.site))
    return _("Everybody was called back to the page.")


timeline_only(stage.CalledBack, SCREENS, Caption("bell-ring", called_back))


@narrates(timeline=Caption("play", lambda event, line, _: _("%(name)s opened the meeting.", name=line.by)))
def opened(event: lifecycle.MeetingOpened, narrative: Narrative, fact: Recorded):
    narrative.running = True
    narrative.chapter.entries.append(Opening(fact.at, event.members, event.present, event.needed))


def adjourned_words(event: lifecycle.MeetingAdjourned, scene, _: Words) -> str:
    return _("the conference was adjourned.") if scene.conference else _("the meeting was adjourned.")


@narrates(minutes=adjourned_words, timeline=Caption("coffee", lambda event, line, _: _("The meeting was adjourned.")))
def adjourned(event: lifecycle.MeetingAdjourned, narrative: Narrative, fact: Recorded):
    narrative.running, narrative.shown = False, None


def resumed_words(event: lifecycle.MeetingResumed, scene, _: Words) -> str:
    return _("the conference was resumed.") if scene.conference else _("the meeting was resumed.")


@narrates(minutes=resumed_words, timeline=Caption("play", lambda event, line, _: _("The meeting was resumed.")))
def resumed(event: lifecycle.MeetingResumed, narrative: Narrative, fact: Recorded):
    narrative.running = True


@narrates(timeline=Caption("flag", lambda event, line, _: _("%(name)s closed the meeting.", name=line.by)))
def closed(event: lifecycle.MeetingClosed, narrative: Narrative, fact: Recorded):
    narrative.running, narrative.shown = False, None
    if narrative.now and not narrative.chapter.ended:
        narrative.chapter.ended = fact.at


@narrates(timeline=NOT_LISTED, renames=True)
def invited(event: people.PersonInvited, narrative: Narrative, fact: Recorded):
    narrative.names[event.person] = (event.name, event.title, event.unit)


@narrates(timeline=Caption("paperclip", lambda event, line, _: _("Paper “%(title)s” was added.", title=event.title)))
def attached(event: papers.PaperAttached, narrative: Narrative, fact: Recorded):
    narrative.titles[event.paper] = event.title
    narrative.documents[event.document] = event.paper
    narrative.versions[event.paper] = [event.document]


@narrates(timeline=NOT_LISTED, renames=True)
def renamed(event: papers.PaperEdited, narrative: Narrative, fact: Recorded):
    narrative.titles[event.paper] = event.title


@narrates(
    timeline=Caption(
        "list-ordered", lambda event, line, _: _("Item %(title)s began.", title=line.item(event.item, _)), strong=True
    )
)
def started(event: agenda.ItemStarted, narrative: Narrative, fact: Recorded):
    chapter = narrative.chapters.setdefault(event.item, Chapter(started=fact.at, seq=fact.seq))
    chapter.ended = 0  # an item that is taken up again ends later
    narrative.now, narrative.shown = event.item, None


@narrates(
    timeline=Caption("check", lambda event, line, _: _("Item %(title)s was finished.", title=line.item(event.item, _)))
)
def finished(event: agenda.ItemFinished, narrative: Narrative, fact: Recorded):
    narrative.chapters[event.item].ended = fact.at
    narrative.shown = None


def carried_words(event: series.ItemCarried, scene, _: Words) -> str:
    return _("item “%(title)s” was carried over to the next meeting.", title=event.title)


@narrates(
    minutes=carried_words,
    timeline=Caption(
        "chevrons-right",
        lambda event, line, _: _("Item “%(title)s” was carried over to the next meeting.", title=event.title),
    ),
    renames=True,
)
def carried(event: series.ItemCarried, narrative: Narrative, fact: Recorded):
    """Nothing to gather."""


@narrates(
    timeline=Caption(
        "clipboard-list",
        lambda event, line, _: _("Open tasks of the series were shown: %(n)s.", n=len(event.rows)),
    )
)
def followed_up(event: agenda.FollowupShown, narrative: Narrative, fact: Recorded):
    """Told from the state: the rows stand with their item."""


@narrates(timeline=NOT_LISTED)
def noted(event: record.NoteRecorded, narrative: Narrative, fact: Recorded):
    """The text is told from the state at the end, where it was begun: a slip mended later does not move it."""
    if event.text.strip():
        narrative.noted.setdefault(event.item, fact.at)


def pages_shown(event: stage.PaperShown | stage.PageTurned, line: Line, _: Words) -> str:
    """Pages 3 to 12 of one paper are one line, at the time of the first; those that were passed over are not told."""
    title = version_shown(line, event.paper, _)
    runs = wording.ranges({getattr(fact.event, "page", 0) for fact in line.facts})
    pages = wording.listed_ranges(runs)
    if pages == str(runs[0][0]):
        return _("“%(title)s” was shown, page %(pages)s.", title=title, pages=pages)
    return _("“%(title)s” was shown, pages %(pages)s.", title=title, pages=pages)


def version_shown(line: Line, paper: str, _: Words) -> str:
    """The title; of a paper that was replaced, with the version that it was then."""
    title, known = line.paper(paper, _), line.state.papers.get(paper)
    if known is None or not known.versions:
        return title
    then = sum(version.at <= line.facts[0].at for version in known.versions[1:])
    return numbered(title, then + 1, _)


def same_paper(lines: list[list[Recorded]], fact: Recorded) -> list[Recorded] | None:
    last = lines[-1] if lines else []
    shown = [each.event for each in (*last[:1], fact) if isinstance(each.event, (stage.PaperShown, stage.PageTurned))]
    return last if len(shown) == 2 and shown[0].paper == shown[1].paper else None


PAGES = Caption("file-text", pages_shown, joins=same_paper)


@narrates(timeline=PAGES)
def paper_shown(event: stage.PaperShown, narrative: Narrative, fact: Recorded):
    seen(narrative, fact, event.paper, event.page)


@narrates(timeline=PAGES)
def page_turned(event: stage.PageTurned, narrative: Narrative, fact: Recorded):
    seen(narrative, fact, event.paper, event.page)


def seen(narrative: Narrative, fact: Recorded, paper: str, page: int) -> None:
    """A page on the screens. The same presenter goes on with the same showing, whatever paper it is."""
    if narrative.shown is None or narrative.shown.by != fact.by:
        narrative.shown = Showing(fact.at, fact.by)
        narrative.chapter.entries.append(narrative.shown)
    document = narrative.versions.get(paper, [paper])[-1]
    narrative.shown.pages.setdefault(document, set()).add(page)
