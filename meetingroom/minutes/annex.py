"""The list of participants: a table in order of rank, or of given names the Vietnamese way."""

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import KeepTogether, Paragraph

from meetingroom.meeting import names
from meetingroom.minutes import flowables, rank
from meetingroom.minutes.model import ABSENT, EXCUSED, LEFT, ONLINE, ONSITE, WAITING, Attendee, Minutes, Person
from meetingroom.minutes.outline import office, substitute_text, with_clock
from meetingroom.minutes.rich_pdf import Grid
from meetingroom.printing import glyphs, page_layout, typefaces, wording
from meetingroom.printing.wording import Words, address

SIZE = 12
# Shares of the text's width: order, name, position, agency or site, presence, times.
ONE_PLACE = (0.06, 0.23, 0.24, 0.2, 0.14, 0.13)
MANY_PLACES = (0.06, 0.21, 0.27, 0.12, 0.21, 0.13)
CENTRED = {0, 4, 5}
CELL = ParagraphStyle(
    "cell", fontName=typefaces.REGULAR, bulletFontName=typefaces.REGULAR, fontSize=SIZE, leading=SIZE * 1.2
)
MIDDLE = CELL.clone("middle", alignment=TA_CENTER)
STRONG = MIDDLE.clone("strong", fontName=typefaces.BOLD)
BOLD = CELL.clone("bold", fontName=typefaces.BOLD)
TOTALS = CELL.clone("totals", fontSize=13, leading=16, spaceBefore=8)
TALL = 20  # lines in a cell
LINES = (
    ("FONT", (0, 0), (-1, -1), typefaces.REGULAR, SIZE),  # a table names Helvetica otherwise, which no file embeds
    ("GRID", (0, 0), (-1, -1), 0.5, black),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
)


def annex(minutes: Minutes, _: Words, order: str = "rank") -> list:
    """What follows the minutes: its own heading, the table, the totals."""
    headed = flowables.title(_("LIST OF PARTICIPANTS"), "", label=_("Annex"), aside=attached_line(minutes, _))
    return [headed, *table(minutes, _, order)]


def sheet(minutes: Minutes, _: Words, order: str) -> list:
    """The list as a paper of its own, which the secretary signs."""
    name = minutes.secretary.name if minutes.secretary else ""
    grid, *summed = table(minutes, _, order)
    signed = flowables.signatures(("", ""), (_("SECRETARY"), name))
    return [grid, *summed[:-2], KeepTogether([*summed[-2:], signed])]


def table(minutes: Minutes, _: Words, order: str) -> list:
    """The grid, and below it what it comes to."""
    first, *others = texts(minutes, _, order)
    rows = [[cell(text, STRONG) for text in first]]
    rows += [
        [cell(text, BOLD if is_group_row(row) else MIDDLE if n in CENTRED else CELL) for n, text in enumerate(row)]
        for row in others
    ]
    widths = [share * page_layout.paper().text_width for share in columns(minutes)]
    groups = [n for n, row in enumerate(others, start=1) if is_group_row(row)]
    spans = [("SPAN", (0, n), (-1, n)) for n in groups]
    kept = [("NOSPLIT", (0, n), (-1, n + 1)) for n in groups]  # with the first of the group
    # What is split within itself (only what is higher than a page) has to begin at its top, or runs out of the paper.
    tall = [("VALIGN", (0, n), (-1, n), "TOP") for n, row in enumerate(others, start=1) if is_tall(row, widths)]
    grid = Grid(rows, widths, repeatRows=1, splitInRow=1, spaceBefore=8, style=(*LINES, *spans, *kept, *tall))
    grid.heads = 1
    return [grid, *(cell(line, TOTALS) for line in summary(minutes, _))]


def is_tall(row: tuple[str, ...], widths: list[float]) -> bool:
    cells = zip(row, widths, strict=True)
    return any(
        page_layout.width(page_layout.clean_text(text), typefaces.REGULAR, SIZE) > TALL * wide for text, wide in cells
    )


def columns(minutes: Minutes) -> tuple[float, ...]:
    return MANY_PLACES if by_site(minutes) else ONE_PLACE


def by_site(minutes: Minutes) -> bool:
    return len(minutes.sites) > 1


def texts(minutes: Minutes, _: Words, order: str) -> list[tuple[str, ...]]:
    """The rows, the heading first. With sites there is a column for them, and the unit stands with the position."""
    away = any(left_early_at(person) or len(person.spells) > 1 for person in minutes.people)
    times = _("Arrived, left") if away else _("Arrived at")
    places = (_("Position, unit"), _("Site")) if by_site(minutes) else (_("Position"), _("Agency or unit"))
    heading = (_("Order"), _("Name in full"), *places, _("Presence"), times)
    people = order_rows(minutes, order)
    apart = [person for person in people if person.guest and order != "name"]  # a name is looked up in one list
    members, guests = [person for person in people if person not in apart], apart
    rows = [heading, *(row(n, person, minutes, _) for n, person in enumerate(members, start=1))]
    if guests:
        rows.append(group(_("Guests"), guests, heading))
        rows += (row(n, person, minutes, _) for n, person in enumerate(guests, start=len(members) + 1))
    if sent := [person for person in people if person.substitute and order != "name"]:
        rows.append(group(_("Substitutes"), sent, heading))
        rows += (substitute_line(n, person, minutes, _) for n, person in enumerate(sent, start=len(people) + 1))
    return rows


def group(name: str, people: list[Attendee], heading: tuple[str, ...]) -> tuple[str, ...]:
    """A row that is one cell: what it says stands first, and nothing in the others."""
    return (f"{name} ({wording.count(len(people))})", *("" for _cell in heading[1:]))


def is_group_row(row: tuple[str, ...]) -> bool:
    return not any(row[1:])


def order_rows(minutes: Minutes, order: str) -> list[Attendee]:
    """`rank`: by title and unit; `name`: by given name."""
    if order == "name":
        return sorted(minutes.people, key=lambda p: names.name_key(p.name))
    return rank.order_by_rank(minutes.people)


def substitute_line(n: int, person: Attendee, minutes: Minutes, _: Words) -> tuple[str, ...]:
    """Who attended for somebody: name and title, and for whom. The unit is that of the one they stand in for."""
    name, _comma, title = person.substitute.partition(", ")
    stands = Person(name, title, person.unit)
    places = (office(stands), short_site(person, minutes)) if by_site(minutes) else (title, person.unit)
    return str(n), name, *places, _("for %(whom)s", whom=address(person.name, _)), ""


def row(n: int, person: Attendee, minutes: Minutes, _: Words) -> tuple[str, ...]:
    state = state_words(person, _)
    if person.present and person.late:
        state = f"{state}, " + _("late")
    if why := wording.listed((person.reason if person.state == EXCUSED else "", substitute_text(person, _))):
        state = f"{state}: {why}"
    places = (office(person), short_site(person, minutes)) if by_site(minutes) else (person.title, person.unit)
    return str(n), person.name, *places, state, times(person, minutes, _)


def times(person: Attendee, minutes: Minutes, _: Words) -> str:
    """`07 giờ 50 – 09 giờ 10; 09 giờ 30`: came and left; who came back has a line for each time."""
    if not person.present:
        return ""
    spells = person.spells if len(person.spells) > 1 else ((person.at, left_early_at(person)),)
    return wording.listed(" – ".join(with_clock(ms, minutes, _) for ms in spell if ms) for spell in spells)


def left_early_at(person: Attendee) -> int | None:
    """When somebody went before the end."""
    return person.left_at if person.state == LEFT else None


def short_site(person: Attendee, minutes: Minutes) -> str:
    """The site as it is called for short."""
    return next((site.short or site.name for site in minutes.sites if site.name == person.site), person.site)


def state_words(person: Attendee, _: Words) -> str:
    """Where the person was, in the words of a roll call."""
    return {
        ONSITE: _("in the room"),
        ONLINE: _("online"),
        LEFT: _("left early"),
        EXCUSED: _("excused"),
        ABSENT: _("absent"),
        WAITING: _("not yet called"),
    }[person.state]


def totals(minutes: Minutes, _: Words) -> str:
    return _(
        "Invited: %(all)s; present: %(present)s; excused: %(excused)s; absent: %(absent)s.",
        all=wording.count(len(minutes.people)),
        present=wording.count(len(minutes.present)),
        excused=wording.count(sum(p.state == EXCUSED for p in minutes.people)),
        absent=wording.count(sum(p.state in (ABSENT, WAITING) for p in minutes.people)),
    )


def summary(minutes: Minutes, _: Words) -> list[str]:
    """What the list comes to: the totals, how they were there, the quorum at the opening, and each site."""
    return [
        line
        for line in (totals(minutes, _), ways_of_attending(minutes, _), quorum_line(minutes, _), *of_sites(minutes, _))
        if line
    ]


def ways_of_attending(minutes: Minutes, _: Words) -> str:
    """`Có mặt tại chỗ: 08; trực tuyến: 02; đến muộn: 01.`: what is not nought."""
    here = minutes.present
    kinds = (
        (_("in the room"), sum(person.state == ONSITE for person in here)),
        (_("online"), sum(person.state == ONLINE for person in here)),
        (_("left early"), sum(person.state == LEFT for person in here)),
        (_("late"), sum(person.late for person in here)),
        (_("represented by substitutes"), sum(bool(person.substitute) for person in minutes.people)),
    )
    said = wording.listed(f"{kind}: {wording.count(n)}" for kind, n in kinds if n)
    return _("Of these %(ways)s.", ways=said) if said else ""


def quorum_line(minutes: Minutes, _: Words) -> str:
    """The numbers the chair saw when opening the meeting."""
    if (quorum := minutes.quorum) is None:
        return ""
    numbers = {
        "present": wording.count(quorum.present),
        "members": wording.count(quorum.members),
        "needed": wording.count(quorum.needed),
    }
    if quorum.present >= quorum.needed:
        return _("At the opening %(present)s of %(members)s members (%(needed)s needed): a quorum.", **numbers)
    return _("At the opening %(present)s of %(members)s members (%(needed)s needed): no quorum.", **numbers)


def of_sites(minutes: Minutes, _: Words) -> list[str]:
    """A line for each place; who has none of them is in the main hall."""
    if not by_site(minutes):
        return []
    main = next((site.name for site in minutes.sites if site.main), "")
    lines = []
    for site in minutes.sites:
        people = [person for person in minutes.people if (person.site or main) == site.name]
        if people:
            present = sum(person.present for person in people)
            numbers = {"present": wording.count(present), "all": wording.count(len(people))}
            place = f"{site.short} · {site.name}" if site.short else site.name
            lines.append(_("- %(site)s: %(present)s of %(all)s present.", site=place, **numbers))
    return lines


def attached_line(minutes: Minutes, _: Words) -> str:
    """What the annex belongs to; where number or date are not there yet, there is room to write them."""
    date = wording.date(minutes.ended, _) if minutes.ended else _("… / … / …")
    return _("(attached to minutes No. %(number)s of %(date)s)", number=minutes.letterhead.full_number, date=date)


def cell(text: str, style: ParagraphStyle = CELL) -> Paragraph:
    return Paragraph(glyphs.markup(page_layout.clean_text(text), style.fontName), style)
