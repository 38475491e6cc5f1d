"""Every kind of official document: from a meeting as it stands to what the document says. Pure.

Each kind registers its builder, which gets a `Source`. What the log does not know is left out or left open (`…`):
nothing here makes up a sentence that the meeting does not bear out.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from meetingroom.meeting import review
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes import outline
from meetingroom.minutes.model import Ballot, Item, Minutes, Person
from meetingroom.minutes.outline import Block, name_and_office
from meetingroom.minutes.results import voted_text
from meetingroom.minutes.rich import Cell, Para, Run, Table
from meetingroom.official.document import Official, Signer
from meetingroom.printing import wording
from meetingroom.printing.layout import Layout
from meetingroom.printing.wording import Words, words

MINUTE = 60_000
ROOM = "\N{NO-BREAK SPACE}" * 5  # for two figures, written or stamped
BEFORE_THE_MEETING = frozenset({"giay_moi", "chuong_trinh", "danh_sach"})


@dataclass(frozen=True)
class Source:
    """A meeting and what is wanted of it. `number`: as it is printed, or "" for room to write it, with what
    stands after it (`symbol`), if the number is known already."""

    minutes: Minutes
    state: MeetingState
    layout: Layout
    language: str = "vi"
    item: str = ""
    person: str = ""
    number: str = ""
    symbol: str = ""

    @property
    def words(self) -> Words:
        return words(self.language)

    @property
    def found(self) -> Item:
        """The item that is wanted. Raises Refused."""
        found = next((item for item in self.minutes.items if item.id == self.item), None)
        if found is None:
            raise Refused("item_not_held", field="item")
        return found


Builder = Callable[[Source], Official]
BUILDERS: dict[str, Builder] = {}
SYMBOLS: dict[str, str] = {}


def builds(kind: str, symbol: str = ""):
    """Registers the builder of a kind; `symbol` is the decree's sign for it (annex III)."""

    def register(build: Builder) -> Builder:
        BUILDERS[kind] = build
        SYMBOLS[kind] = symbol
        return build

    return register


def build(kind: str, source: Source) -> Official:
    """The document. Raises Refused: `no_such_kind`, `item_not_held`, `nothing_to_tell`."""
    if kind not in BUILDERS:
        raise Refused("no_such_kind", field="kind")
    return BUILDERS[kind](source)


def begin(source: Source, kind: str, name: str, subject: str, blocks: list[Block], **more) -> Official:
    """What all kinds have in common: letterhead, marks and paper of the unit, the date of the last fact."""
    letters, layout = source.layout.on_letterhead(source.minutes.letterhead), source.layout
    agency = letters.symbol.partition("-")[2]
    symbol = source.symbol or "-".join(part for part in (SYMBOLS[kind], agency) if part)
    return Official(
        kind,
        replace(letters, number=source.number, symbol=symbol),
        name,
        subject,
        tuple(blocks),
        conference=source.minutes.conference,
        draft=is_draft(kind, source),
        written=source.minutes.written,
        urgency=layout.urgency,
        circulation=layout.circulation,
        foot=layout.address,
        paper=layout.paper,
        **more,
    )


def is_draft(kind: str, source: Source) -> bool:
    """Whether what it rests on may still change: an invitation rests on the programme alone, a notice and the list of
    directives on conclusions that the chair has approved, the report on comments on their answers, all else on the
    minutes."""
    if kind in BEFORE_THE_MEETING:
        return source.state.meeting.status == "draft"
    if kind == "tiep_thu":
        return bool(review.open_round(source.state) or review.unanswered(source.state))
    if kind in ("thong_bao", "nhiem_vu"):
        return source.minutes.draft and source.state.record.readback.state != "approved"
    return source.minutes.draft


def signer(source: Source, kind: str, otherwise: Person | None) -> Signer:
    """Who signs: as it is set for this kind, else the chair in the office they hold."""
    office = source.layout.signers.get(kind, "")
    if office:
        return Signer(office, source.layout.names.get(kind, ""))
    return Signer(otherwise.title if otherwise else "…", otherwise.name if otherwise else "")


def copies(source: Source, kind: str) -> tuple[str, ...]:
    """Who gets a copy: as it is set for this kind, else as it is for the minutes."""
    lines = (line.strip() for line in source.layout.recipients.get(kind, "").split("\n"))
    return tuple(line for line in lines if line) or source.minutes.recipients


def place_date(source: Source, ms: int | None) -> str:
    """`Lạc Giang, ngày 17 tháng 12 năm 2026`; the day is left open where the records clerk writes it."""
    _ = source.words
    day = wording.date(ms, _) if ms else _("%(day)s/%(month)s/%(year)s", day=ROOM, month=ROOM, year=ROOM * 2)
    return f"{source.layout.place}, {day}" if source.layout.place else capitalise(day)


def table(heads: list[str], rows: list[list[str]], widths: tuple[int, ...]) -> Block:
    def cell(text: str) -> Cell:
        return Cell(tuple(Para((Run(line),)) for line in text.split("\n") if line))

    body = Table(tuple(tuple(map(cell, row)) for row in [heads, *rows]), True, widths)
    return Block("table", "\n".join(" | ".join(row) for row in rows), body=body)


def capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


@builds("thong_bao", "TB")
def notice(source: Source) -> Official:
    """Form 1.4: the conclusions of the chair, for those who have to carry them out."""
    _, minutes = source.words, source.minutes
    if (
        not (minutes.conclusions or minutes.direction) or not minutes.started
    ):  # a meeting that was not opened has concluded nothing
        raise Refused("nothing_to_tell", what="conclusions")
    chair = name_and_office(minutes.chair, _) if minutes.chair else "…"
    blocks = [Block("text", opening_of_notice(source, chair)), *(Block("text", text) for text in minutes.direction)]
    if minutes.direction and minutes.conclusions:
        blocks.append(Block("item", _("Tasks given")))
    blocks += [
        Block("text", f"{n}. {outline.conclusion_lines(conclusion, _)}")
        for n, conclusion in enumerate(minutes.conclusions, start=1)
    ]
    by = source.layout.signers.get("thong_bao", "").split("\n")
    if len(by) == 2 and by[0].upper().startswith("TL."):
        head, office = by[0][3:].strip().capitalize(), office_of(by[1])
        last = _("By order of the %(head)s, the %(office)s informs the units for their information and action./.",
                 head=head, office=office)  # fmt: skip
    else:
        last = _("The units are informed for their information and action./.")
    subject = _("Conclusions of %(chair)s at the %(title)s", chair=chair, title=minutes.title)
    return begin(
        source,
        "thong_bao",
        _("NOTICE"),
        subject,
        [*blocks, Block("last", last)],
        signers=(signer(source, "thong_bao", minutes.chair),),
        recipients=copies(source, "thong_bao"),
        place_date=place_date(source, None),
    )


def office_of(title: str) -> str:
    """Whose head signs: `Văn phòng` of CHÁNH VĂN PHÒNG."""
    first, _space, rest = title.strip().partition(" ")
    return (rest if first.upper() in ("CHÁNH", "TRƯỞNG") and rest else title).capitalize()


def opening_of_notice(source: Source, chair: str) -> str:
    """When, where, who was there, what was heard: only what the log tells."""
    _, minutes = source.words, source.minutes
    day = wording.date(minutes.started, _) if minutes.started else "…"
    parts = [
        _("On %(day)s, at %(place)s, %(chair)s chaired the %(title)s.",
          day=day, place=minutes.place or "…", chair=chair, title=minutes.title),
        _("%(n)s participants attended.", n=wording.count(len(minutes.present))),
    ]  # fmt: skip
    reports = [item.title for item in minutes.items if item.presenters and item.started]
    heard = (
        _("Having heard the reports (%(reports)s) and the participants’ opinions, %(chair)s concluded as follows:",
          reports="; ".join(reports), chair=chair)
        if reports
        else _("Having heard the participants’ opinions, %(chair)s concluded as follows:", chair=chair)
    )  # fmt: skip
    return " ".join((*parts, heard))


@builds("giay_moi", "GM")
def invitation(source: Source) -> Official:
    """Form 1.7: to one person, or to all who are listed below it."""
    _, minutes = source.words, source.minutes
    whom = invited(source)
    begun = minutes.scheduled or minutes.started
    agency = minutes.letterhead.issuing.replace("\n", " ") or "…"
    blocks = [
        Block("text", _("%(agency)s respectfully invites: %(whom)s", agency=agency, whom=whom)),
        Block("text", _("To attend: %(title)s.", title=minutes.title)),
        Block("text", _("Chair: %(person)s", person=outline.name_with_title(minutes.chair, _))),
        Block("text", _("Time: %(moment)s.", moment=wording.moment(begun, _) if begun else "…")),
        Block("text", _("Place: %(place)s", place=minutes.place or "…")),
    ]
    if items := [f"{n}. {item.title}" for n, item in enumerate(agenda(source), start=1)]:
        blocks.append(Block("text", _("Programme: %(items)s.", items="; ".join(items))))
    if remote := [site.name for site in minutes.sites if not site.main]:
        names = wording.listed(remote)
        blocks.append(
            Block("text", _("Connected sites (%(n)s): %(names)s.", n=wording.count(len(remote)), names=names))
        )
    blocks.append(Block("last", _("You are kindly asked to attend in time./.")))
    if not source.person:
        blocks += [Block("item", _("List of those invited")), invited_list(source)]
    return begin(
        source,
        "giay_moi",
        _("INVITATION"),
        "",
        blocks,
        signers=(signer(source, "giay_moi", minutes.chair),),
        recipients=copies(source, "giay_moi"),
        place_date=place_date(source, None),
    )


def agenda(source: Source):
    return [source.state.agenda.items[key] for key in source.state.agenda.order]


def invited(source: Source) -> str:
    _ = source.words
    if not source.person:
        return _("as listed below.")
    person = source.state.roll.people.get(source.person)
    if person is None:
        raise Refused("no_such_person", field="person")
    return name_and_office(Person(person.name, person.title, person.unit), _) + "."


def invited_list(source: Source) -> Block:
    _ = source.words
    rows = [
        [str(n), person.name, outline.office(person), person.site]
        for n, person in enumerate(source.minutes.people, start=1)
    ]
    return table([_("Order"), _("Name in full"), _("Position, unit"), _("Site")], rows, (8, 32, 38, 22))


@builds("chuong_trinh")
def programme(source: Source) -> Official:
    """The agenda with the time at which each item begins, as far as the items say how long they take."""
    _, minutes = source.words, source.minutes
    items = agenda(source)
    if not items:
        raise Refused("nothing_to_tell", what="agenda")
    at, rows = minutes.scheduled, []
    for n, item in enumerate(items, start=1):
        names = ", ".join(
            source.state.roll.people[key].name if key in source.state.roll.people else key for key in item.presenters
        )
        rows.append([str(n), wording.time(at, _) if at else "", item.title, names])
        at = at + item.minutes * MINUTE if at and item.minutes else None
    begun = minutes.scheduled
    blocks = [
        Block("field", _("Time: %(moment)s.", moment=wording.moment(begun, _) if begun else "…")),
        Block("field", _("Place: %(place)s", place=minutes.place or "…")),
        Block("field", _("Chair: %(person)s", person=outline.name_with_title(minutes.chair, _))),
        table([_("Order"), _("Begins at"), _("Item"), _("Presented by")], rows, (8, 17, 50, 25)),
    ]  # fmt: skip
    return begin(source, "chuong_trinh", _("PROGRAMME"), minutes.title, blocks, numbered=False)


@builds("danh_sach")
def signing_list(source: Source) -> Official:
    """Who is invited, with room to sign: for the table at the door."""
    _, minutes = source.words, source.minutes
    rows = [
        [str(n), person.name, person.title, person.unit, ""]
        for n, person in enumerate(minutes.people, start=1)
    ]  # fmt: skip
    heads = [_("Order"), _("Name in full"), _("Position"), _("Agency or unit"), _("Signature")]
    return begin(
        source,
        "danh_sach",
        _("LIST OF PARTICIPANTS"),
        minutes.title,
        [table(heads, rows, (8, 27, 23, 24, 18))],
        signers=(Signer(_("SECRETARY"), minutes.secretary.name if minutes.secretary else ""),),
        numbered=False,
    )


@builds("ket_qua_phieu", "BB")
def count_of_votes(source: Source) -> Official:
    """Form 1.9, minutes of the count: of the ballots on an item, or of all of them."""
    _, minutes = source.words, source.minutes
    items = [source.found] if source.item else list(minutes.items)
    ballots = [ballot for item in items for ballot in item.ballots if not ballot.unpublished and not ballot.annulled]
    if not ballots:
        raise Refused("nothing_to_tell", what="ballots")
    tellers = tuple(dict.fromkeys(name for ballot in ballots for name in ballot.tellers))
    blocks = [
        Block("field", _("Place: %(place)s", place=minutes.place or "…")),
        Block("field", _("Chair: %(person)s", person=outline.name_with_title(minutes.chair, _))),
    ]
    if tellers:
        blocks.append(Block("field", _("Tellers: %(names)s.", names=wording.listed(tellers))))
    for n, ballot in enumerate(ballots, start=1):
        blocks += count_blocks(n, ballot, _)
    if tellers:
        last = _("The result of the count is set down in these minutes, signed by the tellers and the chair./.")
        first = Signer(_("FOR THE TELLERS"), tellers[0])
    else:  # the program counted
        last = _("The result of the count is set down in these minutes, signed by the secretary and the chair./.")
        first = Signer(_("SECRETARY"), minutes.secretary.name if minutes.secretary else "")
    return begin(
        source,
        "ket_qua_phieu",
        _("MINUTES OF THE COUNT"),
        minutes.title,
        [*blocks, Block("last", last)],
        signers=(first, Signer(_("CHAIR"), minutes.chair.name if minutes.chair else "")),
        recipients=copies(source, "ket_qua_phieu"),
    )


def count_blocks(n: int, ballot: Ballot, _: Words) -> list[Block]:
    found = [Block("item", f"{n}. {ballot.question}"), Block("fact", voted_text(ballot, _))]
    if ballot.counts:
        rows = [
            [str(k), capitalise(label), wording.count(count)] for k, (label, count) in enumerate(ballot.counts, start=1)
        ]
        found.append(table([_("Order"), _("Option"), _("Votes")], rows, (10, 65, 25)))
    return found


@builds("nghi_quyet", "NQ")
def resolution(source: Source) -> Official:
    """Form 1.1: what was adopted by vote on an item."""
    _, minutes = source.words, source.minutes
    items = [source.found] if source.item else list(minutes.items)
    adopted = [ballot for item in items for ballot in item.ballots if ballot.verdict == "adopted"]
    if not adopted:
        raise Refused("nothing_to_tell", what="adopted")
    day = wording.date(minutes.started or 0, _) if minutes.started else "…"
    basis = _("Pursuant to the result of the vote at the %(title)s on %(day)s,", title=minutes.title, day=day)
    blocks = [Block("text", "", basis), Block("section", _("RESOLVES:"))]
    blocks += [
        Block("text", _("Article %(n)s.", n=n) + f" {outline.as_sentence(ballot.question)}")
        for n, ballot in enumerate(adopted, start=1)
    ]
    blocks.append(
        Block(
            "last", _("Article %(n)s. The units and persons concerned carry out this resolution./.", n=len(adopted) + 1)
        )
    )
    subject = source.found.title if source.item else minutes.title
    return begin(
        source,
        "nghi_quyet",
        _("RESOLUTION"),
        _("On: %(subject)s", subject=subject),
        blocks,
        signers=(signer(source, "nghi_quyet", minutes.chair),),
        recipients=copies(source, "nghi_quyet"),
        place_date=place_date(source, None),
    )


@builds("trich_sao", "TrS")
def extract(source: Source) -> Official:
    """The head of the minutes rebuilt in full, then the part of one item, or of one person."""
    _, minutes = source.words, source.minutes
    items = [source.found] if source.item else list(minutes.items)
    blocks = list(outline.opening(minutes, _))
    for item in items:
        entries = [block for _at, block in outline.entries(item, minutes, _)]
        if source.person:
            entries = about(source, item)
        if entries:
            title = f"{item.number}. {item.title}" if item.number else item.title
            blocks += [Block("item", title, outline.span(item, _)), *entries]
    if len(blocks) == len(list(outline.opening(minutes, _))):
        raise Refused("nothing_to_tell", what="part")
    blocks.append(Block("last", _("The rest of the minutes is left out./.")))
    return begin(
        source,
        "trich_sao",
        _("EXTRACT FROM THE MINUTES"),
        minutes.title,
        blocks,
        signers=(signer(source, "trich_sao", minutes.chair),),
        recipients=copies(source, "trich_sao"),
        place_date=place_date(source, None),
    )


def about(source: Source, item: Item) -> list[Block]:
    """What the log tells of one person in an item: speeches and written opinions."""
    return [Block("fact", line.text) for line in item.lines if line.person == source.person]


@builds("y_kien")
def opinions(source: Source) -> Official:
    """The written opinions, in the order in which they came."""
    _, minutes = source.words, source.minutes
    items = [source.found] if source.item else list(minutes.items)
    lines = [(item, line) for item in items for line in item.lines if line.kind == "wrote"]
    if not lines:
        raise Refused("nothing_to_tell", what="opinions")
    blocks: list[Block] = []
    for item in dict.fromkeys(item.id for item, _line in lines):
        mine = [(each, line) for each, line in lines if each.id == item]
        blocks.append(Block("item", mine[0][0].title))
        blocks += [Block("fact", line.text) for _each, line in mine]
    return begin(
        source,
        "y_kien",
        _("WRITTEN OPINIONS"),
        minutes.title,
        blocks,
        signers=(Signer(_("SECRETARY"), minutes.secretary.name if minutes.secretary else ""),),
        numbered=False,
    )
