"""Minutes in the parts that readers remark on: head and attendance, each item, the rest, the conclusions. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from meetingroom.meeting.record import GENERAL
from meetingroom.meeting.review import ATTENDANCE, CONCLUSIONS
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes import outline
from meetingroom.minutes.diff import SAME, paragraphs
from meetingroom.minutes.model import Item, Minutes
from meetingroom.minutes.outline import Block
from meetingroom.printing import wording
from meetingroom.printing.wording import Words


@dataclass(frozen=True)
class Part:
    """`key`: the id of an item; general, attendance or conclusions."""

    key: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def lines(self) -> list[str]:
        said = (f"{block.text} {block.aside}".strip() for block in self.blocks)
        return [line for text in said for line in text.split("\n") if line]


def parts(minutes: Minutes, _: Words) -> list[Part]:
    """Everything that the document says, each sentence in one part."""
    minutes = outline.at_home(minutes)
    head = [Block("field", text) for text in (minutes.letterhead.issuing.replace("\n", " "), minutes.title) if text]
    # What was said and happened before the first item stands before it, as in the document.
    said = [*(Block("text", text) for text in minutes.opening), *(Block("fact", line.text) for line in minutes.lines)]
    last = [*(Block("text", text) for text in minutes.closing), Block("last", outline.ending(minutes, _))]
    titles = wording.listed(minutes.not_reached)
    not_reached = [Block("fact", _("Items not reached: %(titles)s.", titles=titles))] if titles else []
    copies = [Block("field", f"- {name}") for name in minutes.recipients]
    loose = [block for item in minutes.items if item.id == GENERAL for block in item_blocks(item, minutes, _)]
    bare = replace(minutes, closing=())
    concluded = (*outline.own_sections(minutes.sections), *tuple(outline.outcome(bare, _))[1:])
    return [
        Part(ATTENDANCE, _("Head and attendance"), (*head, *outline.opening(minutes, _), *said)),
        *(
            Part(item.id, f"{item.number}. {item.title}" if item.number else item.title, item_blocks(item, minutes, _))
            for item in minutes.items
            if item.id != GENERAL
        ),
        Part(CONCLUSIONS, _("Conclusions of the chair"), concluded),
        Part(GENERAL, _("Other matters"), (*loose, *not_reached, *last, *copies)),
    ]


def titles(state: MeetingState, _: Words) -> dict[str, str]:
    """What each part is called, by its key."""
    items = {key: f"{n}. {state.agenda.items[key].title}" for n, key in enumerate(state.agenda.order, 1)}
    own = {ATTENDANCE: _("Head and attendance"), CONCLUSIONS: _("Conclusions of the chair")}
    return {**items, **own, GENERAL: _("Other matters")}


def item_blocks(item: Item, minutes: Minutes, _: Words) -> tuple[Block, ...]:
    heading = [Block("item", item.title, outline.span(item, _))]
    return (*heading, *(block for _at, block in outline.entries(item, minutes, _)))


def compare(before: Minutes, after: Minutes, _: Words) -> list[dict]:
    """The parts that differ, in the order of the newer: `[{part, title, lines: [{kind, words}]}]`."""
    old = {part.key: part for part in parts(before, _)}
    new = {part.key: part for part in parts(after, _)}
    gone = [part for key, part in old.items() if key not in new]
    found = [(part, list(paragraphs(lines_of(old, key), part.lines))) for key, part in new.items()]
    found += [(part, list(paragraphs(part.lines, []))) for part in gone]
    return [
        {"part": part.key, "title": part.title, "lines": lines}
        for part, lines in found
        if any(line["kind"] != SAME for line in lines)
    ]


def lines_of(parts_by_key: Mapping[str, Part], key: str) -> list[str]:
    return parts_by_key[key].lines if key in parts_by_key else []


def changed(before: Minutes, after: Minutes, _: Words) -> tuple[str, ...]:
    """The keys of the parts that differ."""
    return tuple(each["part"] for each in compare(before, after, _))
