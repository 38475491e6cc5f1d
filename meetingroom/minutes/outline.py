"""Minutes as a row of blocks in the order of form 1.9, the same for every kind of file. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from meetingroom.minutes import rich
from meetingroom.minutes.model import (
    ABSENT,
    EXCUSED,
    LEFT,
    ONLINE,
    ONSITE,
    STATES,
    WAITING,
    Attendee,
    Conclusion,
    Item,
    Line,
    Minutes,
    Person,
    Section,
)
from meetingroom.minutes.results import voted_text
from meetingroom.minutes.rich import List, Live, Para, Sub, Table
from meetingroom.printing import wording
from meetingroom.printing.wording import Words, address

Somebody = TypeVar("Somebody", bound=Person)
SHORT = 600  # letters: some eight lines
LISTED_IN_FULL = 20  # with more people than this the names stand in the annex only


@dataclass(frozen=True)
class Block:
    """A paragraph and its style: `field` · `section` · `item` · `fact` · `text` · `sub` · `table` · `last`. `aside` is
    set in italics. `body` is the same with its looks, where it has any; of a table, the table. `at`: the moment
    (ms) that it tells of, where it tells of one; no part of the document."""

    style: str
    text: str
    aside: str = ""
    body: Para | Sub | Table | None = None
    at: int = field(default=0, compare=False)


def blocks(minutes: Minutes, _: Words) -> list[Block]:
    """Everything between the title and the signatures."""
    minutes = at_home(minutes)
    before = [*opening(minutes, _), *proceedings(minutes, _), *own_sections(minutes.sections)]
    blocks = [*before, *outcome(minutes, _), *own_sections(minutes.referred), *amended(minutes, _)]
    return [*blocks, Block("last", ending(minutes, _))]


def kept_with_signatures(blocks: list[Block]) -> int:
    """How many of the last blocks stand on the page of the signatures: two, unless that would tear a long text away."""
    return 2 if len(blocks) > 1 and len(blocks[-2].text) < SHORT else 1


def at_home(minutes: Minutes) -> Minutes:
    """Without the unit where it is the issuing body: everybody knows where a `Viện trưởng` is one."""
    home = {" ".join(name.casefold().split()) for name in (minutes.letterhead.issuing, minutes.letterhead.short)}

    def known(person: Somebody) -> Somebody:
        return replace(person, unit="") if " ".join(person.unit.casefold().split()) in home else person

    chair, secretary = (person and known(person) for person in (minutes.chair, minutes.secretary))
    return replace(minutes, people=tuple(map(known, minutes.people)), chair=chair, secretary=secretary)


def opening(minutes: Minutes, _: Words) -> Iterator[Block]:
    begun = minutes.started or minutes.scheduled
    yield Block("field", _("Time of opening: %(moment)s", moment=wording.moment(begun, _) if begun else "…"))
    yield Block("field", _("Place: %(place)s", place=minutes.place or "…"))
    if remote := [site.name for site in minutes.sites if not site.main]:
        text = _("Connected sites (%(n)s): %(names)s.", n=wording.count(len(remote)), names=wording.listed(remote))
        yield Block("field", text)
    yield from attendance(minutes, _)
    yield Block("field", _("Chair: %(person)s", person=name_with_title(minutes.chair, _)))
    yield Block("field", _("Secretary (taking the minutes): %(person)s", person=name_with_title(minutes.secretary, _)))
    yield from (Block("field", text) for text in minutes.sheet)


def attendance(minutes: Minutes, _: Words) -> Iterator[Block]:
    """How many of how many, by kind; the names too, as long as they can be read in a paragraph."""
    here = [person for person in minutes.people if not (person.guest and person.present)]
    of = {state: [person for person in here if person.state == state] for state in STATES}
    text = _(
        "Attendance: %(present)s of %(all)s present",
        present=wording.count(len(minutes.present)),
        all=wording.count(len(minutes.people)),
    )
    if annexed := len(minutes.people) > LISTED_IN_FULL:
        text += " " + _("(list attached)")
    yield Block("field", text + ".")

    def bind(say) -> Callable[[Attendee], str]:
        return lambda person: say(person, minutes, _)

    def simply(say) -> Callable[[Attendee], str]:
        return lambda person: say(person, _)

    groups = (
        (_("In the room"), of[ONSITE], simply(name_and_office)),
        (_("Online"), of[ONLINE], simply(name_and_office)),
        (_("Left before the end"), of[LEFT], bind(leaving_text)),
        (_("Guests"), [person for person in minutes.present if person.guest], simply(guest)),
        (_("Substitutes"), [person for person in minutes.people if person.substitute], simply(stand_in)),
        (_("Excused"), of[EXCUSED], simply(excuse)),
        (_("Absent"), of[ABSENT], simply(excuse)),
        (_("Not yet called"), of[WAITING], simply(name_and_office)),
        (_("Arrived after the opening"), [p for p in minutes.present if p.late], bind(arrival)),
    )
    apart = [label for label, *_rest in groups[2:7]] + [groups[-1][0]]  # of whom more is to be told than a number
    listed = _("as listed in the annex")
    for label, people, say in groups:
        if people:
            names = f": {wording.listed(say(p) for p in people)}"
            if annexed:
                names = f": {listed}" if label in apart else ""
            yield Block("field", f"- {label} ({wording.count(len(people))}){names}.")


def proceedings(minutes: Minutes, _: Words) -> Iterator[Block]:
    yield Block(
        "section",
        _("Proceedings (in the order of the conference):")
        if minutes.conference
        else _("Proceedings (in the order of the meeting):"),
    )
    days = Days(minutes, _)
    yield from days.reach(minutes.started)
    yield from (Block("text", text) for text in minutes.opening)
    for line in minutes.lines:
        yield from days.reach(line.at)
        yield Block("fact", line.text, at=line.at)
    for item in minutes.items:
        yield from days.reach(item.started)
        title = f"{item.number}. {item.title}" if item.number else item.title
        yield Block("item", title, span(item, _), at=item.started or 0)
        for at, block in entries(item, minutes, _):
            yield from days.reach(at)
            yield block
    if minutes.not_reached:
        text = _("Items not reached: %(titles)s.", titles=wording.listed(minutes.not_reached))
        yield Block("fact", text)


class Days:
    """The headings of a meeting that takes several days."""

    def __init__(self, minutes: Minutes, _: Words):
        self._, self.last = _, ""
        times = [line.at for line in minutes.lines]
        times += [at for item in minutes.items for at, _block in entries(item, minutes, _)]
        begun = [item.started for item in minutes.items]
        marks = (minutes.started, minutes.ended, *times, *begun)
        self.many = len({wording.date(ms, _) for ms in marks if ms}) > 1

    def reach(self, ms: int | None) -> Iterator[Block]:
        """What was told before `ms` belonged to another day."""
        if ms and self.many and (day := wording.date(ms, self._)) != self.last:
            self.last = day
            yield Block("section", f"{capitalise(day)}:")


def span(item: Item, _: Words) -> str:
    """`(từ 08 giờ 10 đến 08 giờ 35)`; with its days, if these are two."""
    if not item.started:
        return ""
    if not item.ended:
        return _("(from %(start)s)", start=wording.time(item.started, _))
    one_day = wording.date(item.started, _) == wording.date(item.ended, _)
    format_time = wording.time if one_day else wording.moment
    return _("(from %(start)s to %(end)s)", start=format_time(item.started, _), end=format_time(item.ended, _))


def with_clock(ms: int, minutes: Minutes, _: Words) -> str:
    """The time; on another day than the meeting's first, the day as well."""
    first = minutes.started or minutes.scheduled or ms
    return wording.time(ms, _) if wording.date(ms, _) == wording.date(first, _) else wording.moment(ms, _)


def entries(item: Item, minutes: Minutes, _: Words) -> list[tuple[int, Block]]:
    """In the order in which it happened: a ballot where it was opened, the secretary's text where it was begun. What
    the secretary has placed in the text is told there and nowhere else, also once it was turned into words. The text
    itself keeps its order, whatever the times of its lines."""
    placed = [live for passage in item.text if (live := rich.origin(passage.block))]
    lines = [line for line in item.lines if not any(shows(live, line) for live in placed)]
    ballots = [b for b in item.ballots if not any((live.kind, live.ref) == ("ballot", b.id) for live in placed)]
    found = [(line.at, Block("fact", line.text, at=line.at)) for line in lines]
    for ballot in ballots:
        at = ballot.opened or ballot.at
        found.append((at, Block("fact", voted_text(ballot, _), at=at)))
    if not any(live.kind == "followup" for live in placed):
        found += [(item.started or 0, Block("fact", text)) for text in item.followup]
    last = max((at for at, _block in found), default=0)
    first = next((passage.at for passage in item.text if passage.at), None)
    begun = min(item.noted or last, first or item.noted or last)
    for passage in item.text:
        at = passage.at or begun
        of_a_fact = isinstance(passage.block, Live) or (isinstance(passage.block, Para) and passage.block.since)
        known = passage.at if of_a_fact else 0
        found += [(at, replace(block, at=known)) for block in written(passage.block, item, minutes, _)]
    return sorted(found, key=lambda entry: entry[0])


def shows(live: Live, line: Line) -> bool:
    """Whether a live block tells this line."""
    fields = {
        "opinions": line.kind == "wrote",
        "opinion": line.kind == "wrote" and line.person == live.ref,
        "speech": line.kind == "spoke" and str(line.seq) == live.ref,
    }
    return fields.get(live.kind, False)


def written(block: rich.Block, item: Item, minutes: Minutes, _: Words) -> list[Block]:
    """A piece of the secretary's text as paragraphs, points with their labels."""
    if isinstance(block, Live):
        return live_texts(block, item, minutes, _)
    if isinstance(block, Table):
        return [Block("table", "\n".join(rich.plain_lines(block)), body=block)]
    if isinstance(block, Sub):
        return [Block("sub", rich.plain_of(block.runs), body=block)]
    paragraphs = rich.labelled((block,) if isinstance(block, (Para, List)) else ())
    return [Block("text", rich.plain_of(p.runs), body=None if rich.is_plain(p) else p) for p in paragraphs]


def live_texts(live: Live, item: Item, minutes: Minutes, _: Words) -> list[Block]:
    """What the log says in a place of the text."""
    if live.kind == "roll":
        return [replace(block, style="text") for block in attendance(minutes, _)]
    if live.kind == "absent":
        groups = (of_state(minutes, EXCUSED, _("Excused"), _), of_state(minutes, ABSENT, _("Absent"), _))
        return [block for block in groups if block]
    if live.kind == "quorum" and (quorum := minutes.quorum):
        numbers = {"present": wording.count(quorum.present), "members": wording.count(quorum.members)}
        return [Block("fact", _("Quorum: %(present)s of %(members)s members present.", **numbers))]
    if live.kind == "ballot":
        return [Block("fact", voted_text(ballot, _)) for ballot in item.ballots if ballot.id == live.ref]
    if live.kind == "followup":
        return [Block("fact", text) for text in item.followup]
    if live.kind == "shown" and item.papers:
        names = wording.listed(f"“{p.title}” ({wording.pages(p.ranges, _)})" for p in item.papers)
        return [Block("fact", capitalise(_("papers shown: %(papers)s.", papers=names)))]
    return [Block("fact", line.text) for line in item.lines if shows(live, line)]


def of_state(minutes: Minutes, state: str, label: str, _: Words) -> Block | None:
    people = [person for person in minutes.people if person.state == state]
    names = wording.listed(excuse(person, _) for person in people)
    return Block("text", f"{label} ({wording.count(len(people))}): {names}.") if people else None


def own_sections(sections: tuple[Section, ...]) -> Iterator[Block]:
    for section in sections:
        yield Block("item", section.title)
        yield from (Block("text", text) for text in section.lines)


def outcome(minutes: Minutes, _: Words) -> Iterator[Block]:
    if minutes.conclusions:
        # What was directed in a case report stands in a section of its own; what follows are the tasks.
        yield Block("item", _("Tasks given") if minutes.direction else _("Conclusions of the chair"))
        for number, conclusion in enumerate(minutes.conclusions, start=1):
            yield Block("text", f"{number}. {conclusion_lines(conclusion, _)}")
    yield from (Block("text", text) for text in minutes.closing)


def conclusion_lines(conclusion: Conclusion, _: Words) -> str:
    """The text, then who, with whom, by when, and what comes of it."""
    parts = (
        conclusion.lead and _("In charge: %(lead)s", lead=conclusion.lead),
        conclusion.cooperating and _("cooperating: %(units)s", units=", ".join(conclusion.cooperating)),
        conclusion.due and _("due: %(due)s", due=conclusion.due),
        conclusion.deliverable and _("deliverable: %(what)s", what=conclusion.deliverable),
    )
    said = [part for part in parts if part]
    return as_sentence(conclusion.text) + (f" {capitalise('; '.join(said))}." if said else "")


def amended(minutes: Minutes, _: Words) -> Iterator[Block]:
    """What differs from the minutes whose place these take, and why."""
    if before := minutes.replaces:
        text = _("Reason for replacing the minutes issued before: %(reason)s", reason=as_sentence(before.reason))
        if before.changed:
            text += " " + _("Parts that were changed: %(parts)s.", parts=wording.listed(before.changed))
        yield Block("text", text)


def replaced_line(minutes: Minutes, _: Words) -> str:
    """Below the title: `(Thay thế Biên bản số 05/BB-VKS, ngày 20 tháng 12 năm 2026)`."""
    if not (before := minutes.replaces):
        return ""
    day = wording.date(before.issued, _)
    if before.number:
        return _("(replaces minutes No. %(number)s of %(date)s)", number=before.number, date=day)
    return _("(replaces the minutes issued on %(date)s)", date=day)


def ending(minutes: Minutes, _: Words) -> str:
    """The sentence that form 1.9 closes with, and the mark of the end of a text."""
    at = wording.moment(minutes.ended, _) if minutes.ended else _("… on …")
    if minutes.conference:
        return _("The conference ended at %(moment)s./.", moment=at)
    return _("The meeting ended at %(moment)s./.", moment=at)


def name_with_title(person: Person | None, _: Words) -> str:
    return f"{name_and_office(person, _)}." if person else "…"


def name_and_office(person: Person, _: Words) -> str:
    return ", ".join(part for part in (called_name(person, _), office(person)) if part)


def called_name(person: Person, _: Words) -> str:
    """`đồng chí Trần Thị Bình`; just the name of an account that is nobody's in particular (`Đại biểu ĐC02`)."""
    return person.name if is_nameless(person) else address(person.name, _)


def is_nameless(person: Person) -> bool:
    return bool(person.title) and person.name.casefold().startswith(person.title.casefold())


def office(person: Person) -> str:
    """Title and unit; the unit only if the title does not name it already (`Trưởng phòng 1`, `Viện trưởng VKSND …`)."""
    title, unit = person.title.casefold(), person.unit.casefold()
    named = unit in title or set(unit.split()[:1]) & (set(title.split()) - {"phòng"})
    said = [part for part in ("" if is_nameless(person) else person.title, "" if named else person.unit) if part]
    # The head of a Procuracy is called after it: `Viện trưởng VKSND khu vực 1`.
    heads = title.endswith("viện trưởng") and unit.startswith(("vksnd", "viện kiểm sát"))
    return (" " if heads else ", ").join(said)


def excuse(person: Attendee, _: Words) -> str:
    why = wording.listed((person.reason, substitute_text(person, _)))
    return f"{name_and_office(person, _)} ({why})" if why else name_and_office(person, _)


def substitute_text(person: Attendee, _: Words) -> str:
    """`đồng chí …, Phó Viện trưởng dự thay`."""
    return _("%(who)s attended instead", who=address(person.substitute, _)) if person.substitute else ""


def guest(person: Attendee, _: Words) -> str:
    """A guest who left before the end, or took part from elsewhere, is told so."""
    how = {ONLINE: _("online"), LEFT: _("left early")}.get(person.state, "")
    return f"{name_and_office(person, _)} ({how})" if how else name_and_office(person, _)


def stand_in(person: Attendee, _: Words) -> str:
    """`đồng chí …, Phó Viện trưởng, dự thay đồng chí …, Viện trưởng VKSND khu vực 9`."""
    return _("%(who)s for %(whom)s", who=address(person.substitute, _), whom=name_and_office(person, _))


def arrival(person: Attendee, minutes: Minutes, _: Words) -> str:
    return f"{called_name(person, _)} ({with_clock(person.at, minutes, _)})" if person.at else called_name(person, _)


def leaving_text(person: Attendee, minutes: Minutes, _: Words) -> str:
    return (
        f"{name_and_office(person, _)} ({with_clock(person.left_at, minutes, _)})"
        if person.left_at
        else name_and_office(person, _)
    )


def as_sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", ":", ";", "…")) else f"{text}."


def capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]
