"""The case on the stage, in words: which of its pages were shown, under which number (bút lục), and when."""

from dataclasses import dataclass, field
from typing import NamedTuple

from meetingroom.meeting import evidence, exhibits, map_stage, media_stage, removed_exhibits, script_stage
from meetingroom.meeting.case_report import is_case_report
from meetingroom.meeting.kernel import Recorded
from meetingroom.minutes.narrative import PREPARING, SCREENS, Narrative
from meetingroom.minutes.narrator import Caption, Entry, Line, leave_out, narrates, timeline_only
from meetingroom.minutes.sentences import Scene, is_kept, say
from meetingroom.printing import wording
from meetingroom.printing.wording import Words

NODES = 12  # of a map that are named; the others are counted


class Sheet(NamedTuple):
    """A page of a case as it was called when it was shown; `node` is what the node was called that led there."""

    label: str
    volume: str
    title: str
    page: int
    at: int
    node: str = ""
    document: str = ""

    def number(self, _: Words) -> str:
        return number_of(self.label, self.volume, self.title, self.page, _)


class Medium(NamedTuple):
    """A recording or a photo as it was called when it was shown."""

    fact: media_stage.MediaShown
    at: int

    def number(self, _: Words) -> str:
        return media_words(self.fact, _)


@dataclass
class OnMap:
    """A map, from the moment when it came, with all of its nodes that were shown in this stretch."""

    title: str
    at: int
    nodes: list[str] = field(default_factory=list)


@dataclass
class Exhibited(Entry):
    """One person's uninterrupted stretch of showing a case: what was shown, in the order in which it came."""

    by: str
    shown: list[Sheet | Medium | OnMap] = field(default_factory=list)


def number_of(label: str, volume: str, title: str, page: int, _: Words) -> str:
    """`BL 84 (tập 3)`; of a page without a number `“Cáo trạng”, trang 2`."""
    if not label:
        return _("“%(title)s”, page %(page)s", title=title, page=page) if title else _("page %(page)s", page=page)
    return _("BL %(label)s (volume %(volume)s)", label=label, volume=volume) if volume else f"BL {label}"


def number_at(place: dict, _: Words) -> str:
    """The same of a place in the fact of a pair."""
    label, volume, title = (str(place.get(name, "")) for name in ("label", "volume", "title"))
    return number_of(label, volume, title, int(place["page"]), _)


def stretch(narrative: Narrative, fact: Recorded) -> Exhibited:
    """The same person goes on; anything else that is told comes between."""
    last = narrative.chapter.entries[-1] if narrative.chapter.entries else None
    if not isinstance(last, Exhibited) or last.by != fact.by:
        last = Exhibited(fact.at, fact.by)
        narrative.chapter.entries.append(last)
        narrative.shown = None
    return last


def remember(narrative: Narrative, fact: Recorded, place: dict) -> None:
    label, volume, title, node = (str(place.get(name, "")) for name in ("label", "volume", "title", "from_node"))
    shown = Sheet(
        label, volume, title, int(place["page"]), fact.at, narrative.nodes.get(node, ""), str(place.get("document", ""))
    )
    stretch(narrative, fact).shown.append(shown)


def shown_line(event: evidence.EvidenceShown, line: Line, _: Words) -> str:
    return _("%(number)s was shown.", number=number_at(vars(event), _))


@narrates(timeline=Caption("file-text", shown_line))
def evidence_shown(event: evidence.EvidenceShown, narrative: Narrative, fact: Recorded):
    narrative.titles[f"ev:{event.document}"] = event.title
    remember(narrative, fact, vars(event))


@narrates(timeline=Caption("file-text", shown_line))
def evidence_turned(event: evidence.EvidenceTurned, narrative: Narrative, fact: Recorded):
    title = narrative.titles.get(f"ev:{event.document}", "")
    remember(narrative, fact, {**vars(event), "title": title})


def map_line(event: map_stage.MapShown, line: Line, _: Words) -> str:
    if not event.node_title:
        return _("The map “%(title)s” was shown.", title=event.title)
    return _("The map “%(title)s” was shown, at “%(node)s”.", title=event.title, node=event.node_title)


@narrates(timeline=Caption("network", map_line))
def map_shown(event: map_stage.MapShown, narrative: Narrative, fact: Recorded):
    narrative.map_title = event.title
    narrative.nodes[event.node] = event.node_title
    add_node(narrative, fact, event.node_title)


@narrates(timeline=Caption("network", lambda event, line, _: _("Shown on the map: “%(node)s”.", node=event.title)))
def node_shown(event: map_stage.NodeShown, narrative: Narrative, fact: Recorded):
    narrative.nodes[event.node] = event.title
    add_node(narrative, fact, event.title)


def add_node(narrative: Narrative, fact: Recorded, title: str) -> None:
    shown = stretch(narrative, fact).shown
    now = next((each for each in shown if isinstance(each, OnMap) and each.title == narrative.map_title), None)
    if now is None:
        now = OnMap(narrative.map_title, fact.at)
        shown.append(now)
    if title and title not in now.nodes:
        now.nodes.append(title)


timeline_only(
    exhibits.CaseAttached,
    PREPARING,
    Caption("folder-open", lambda event, line, _: _("The case “%(title)s” was attached.", title=event.title)),
)
timeline_only(
    exhibits.CaseDetached, PREPARING, Caption("undo-2", lambda event, line, _: _("A case was taken away again."))
)


def released_line(event: exhibits.CaseReleased, line: Line, _: Words) -> str:
    said = {
        "shown": _("Of the case the people of the meeting see what is shown."),
        "anchored": _("Of the case the people of the meeting see the pages that its map refers to."),
        "whole": _("The people of the meeting see the whole case while it runs."),
    }
    return said.get(event.level, said["anchored"])


timeline_only(exhibits.CaseReleased, SCREENS, Caption("lock-open", released_line))
# What a step of the script shows stands in facts of its own.
leave_out(SCREENS, exhibits.CalloutShown, exhibits.CalloutCleared, script_stage.StepShown)


@is_kept.register
def is_kept_exhibited(entry: Exhibited, scene: Scene) -> bool:
    return bool(entry.shown)


@say.register
def exhibited(entry: Exhibited, scene: Scene) -> str:
    """`đồng chí … trình bày; trình chiếu hồ sơ vụ án: sơ đồ “…” (…); BL 84 (tập 3), 14:22.` The record of a case report
    names the nodes in a section of its own."""
    _ = scene.words
    in_section = is_case_report(scene.state)
    parts = [part_words(each, _, named=not in_section) for each in entry.shown]
    files = _("of the case file was shown: %(parts)s.", parts="; ".join(parts))
    return files if scene.hosts(entry.by) else f"{scene.verb((entry.by,))}; {files}"


def part_words(shown: Sheet | Medium | OnMap, _: Words, *, named: bool) -> str:
    if isinstance(shown, OnMap):
        return map_words(shown.title, shown.nodes if named else [], _)
    return _("%(number)s, %(time)s", number=shown.number(_), time=wording.short_time(shown.at))


def media_words(shown: media_stage.MediaShown, _: Words) -> str:
    """`bản ghi hình “Hỏi cung bị can” (BL 84 (tập 3)), đoạn 01:10–02:30`."""
    names = {
        "video": _("the video “%(title)s”", title=shown.title),
        "audio": _("the sound recording “%(title)s”", title=shown.title),
        "photo": _("the photo “%(title)s”", title=shown.title),
    }
    said = names.get(shown.media_kind, names["video"])
    if shown.label:
        said = f"{said} ({number_of(shown.label, shown.volume, '', 0, _)})"
    if shown.clip:
        said = _(
            "%(what)s, from %(start)s to %(end)s", what=said, start=second(shown.clip[0]), end=second(shown.clip[1])
        )
    return said


def second(seconds: float) -> str:
    """`01:05`, `1:02:05`: a moment of a recording."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def map_words(title: str, nodes: list[str], _: Words) -> str:
    if not nodes:
        return _("the map “%(title)s”", title=title)
    named = ", ".join(f"“{each}”" for each in nodes[:NODES])
    if (more := len(nodes) - NODES) > 0:
        named = _("%(named)s and %(n)s others", named=named, n=more)
    return _("the map “%(title)s” (at %(nodes)s)", title=title, nodes=named)


timeline_only(
    removed_exhibits.ExhibitRemoved,
    "what was shown is told as it was then; who removed it stands in the log of the case",
    Caption(
        "folder-open",
        lambda event, line, _: _("“%(title)s” was removed from its case and is not shown any more.", title=event.title),
    ),
)
