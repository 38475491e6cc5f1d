"""The list of participants: a table in order of rank, or of given names the Vietnamese way."""

from xml.sax.saxutils import escape

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import KeepTogether, Paragraph, Table

from meetingroom.minutes import paper, wording
from meetingroom.minutes.model import ABSENT, EXCUSED, LEFT, ONLINE, ONSITE, WAITING, Attendee, Minutes
from meetingroom.minutes.outline import substituted
from meetingroom.minutes.pieces import Signatures, Title
from meetingroom.minutes.wording import Words
from meetingroom.people import names

SIZE = 12
COLUMNS = (0.06, 0.23, 0.24, 0.2, 0.14, 0.13)  # shares of the text's width
CENTRED = {0, 4, 5}
CELL = ParagraphStyle("cell", fontName=paper.REGULAR, bulletFontName=paper.REGULAR, fontSize=SIZE, leading=SIZE * 1.2)
MIDDLE = CELL.clone("middle", alignment=TA_CENTER)
STRONG = MIDDLE.clone("strong", fontName=paper.BOLD)
TOTALS = CELL.clone("totals", fontSize=13, leading=16, spaceBefore=8)
LINES = (
    ("FONT", (0, 0), (-1, -1), paper.REGULAR, SIZE),  # a table names Helvetica otherwise, which no file embeds
    ("GRID", (0, 0), (-1, -1), 0.5, black),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
)


def annex(minutes: Minutes, _: Words, order: str = "rank") -> list:
    """What follows the minutes: its own heading, the table, the totals."""
    return [Title(_("LIST OF PARTICIPANTS"), attached(minutes, _)), *table(minutes, _, order)]


def sheet(minutes: Minutes, _: Words, order: str) -> list:
    """The list as a paper of its own, which the secretary signs."""
    name = minutes.secretary.name if minutes.secretary else ""
    grid, summed = table(minutes, _, order)
    return [grid, KeepTogether([summed, Signatures(("", ""), (_("SECRETARY"), name))])]


def table(minutes: Minutes, _: Words, order: str) -> list:
    first, *others = texts(minutes, _, order)
    rows = [[cell(text, STRONG) for text in first]]
    rows += [[cell(text, MIDDLE if n in CENTRED else CELL) for n, text in enumerate(row)] for row in others]
    widths = [share * paper.TEXT_WIDTH for share in COLUMNS]
    grid = Table(rows, widths, repeatRows=1, spaceBefore=8, style=LINES)
    return [grid, cell(totals(minutes, _), TOTALS)]


def texts(minutes: Minutes, _: Words, order: str) -> list[tuple[str, ...]]:
    """The rows, the heading first."""
    heading = (_("Order"), _("Name in full"), _("Position"), _("Agency or unit"), _("Presence"), _("Arrived at"))
    return [heading, *(row(n, person, _) for n, person in enumerate(ordered(minutes, order), start=1))]


def ordered(minutes: Minutes, order: str) -> list[Attendee]:
    """`rank`: as invited; `name`: by given name."""
    return sorted(minutes.people, key=lambda p: names.name_key(p.name)) if order == "name" else list(minutes.people)


def row(n: int, person: Attendee, _: Words) -> tuple[str, ...]:
    state = said(person, _)
    if why := wording.listed((person.reason if person.state == EXCUSED else "", substituted(person, _))):
        state = f"{state}: {why}"
    time = wording.time(person.at, _) if person.present and person.at else ""
    return str(n), person.name, person.title, person.unit, state, time


def said(person: Attendee, _: Words) -> str:
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


def attached(minutes: Minutes, _: Words) -> str:
    """What the annex belongs to."""
    if minutes.letterhead.number:
        return _("(attached to minutes No. %(number)s)", number=minutes.letterhead.full_number)
    return _("(attached to the minutes)")


def cell(text: str, style: ParagraphStyle = CELL) -> Paragraph:
    return Paragraph(escape(paper.clean(text)), style)
