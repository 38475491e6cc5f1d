"""The record of a handover, as an office writes it: who gave what to whom, when, and both names to be signed. Pure."""

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import HRFlowable, Paragraph, Spacer, Table

from meetingroom.printing import page_format, typefaces
from meetingroom.printing.glyphs import marked_up
from meetingroom.printing.plain_paper import plain_paper

MM = page_format.MM
LEFT, RIGHT, EDGE = 30 * MM, 15 * MM, 20 * MM
WIDTH = page_format.WIDTH - LEFT - RIGHT
BODY = ParagraphStyle("body", fontName=typefaces.REGULAR, bulletFontName=typefaces.REGULAR, fontSize=13, leading=18,
                      alignment=TA_JUSTIFY, spaceAfter=4)  # fmt: skip
BOLD = BODY.clone("bold", fontName=typefaces.BOLD)
CENTRE = BODY.clone("centre", alignment=TA_CENTER, spaceAfter=0)
HEAD = BOLD.clone("head", alignment=TA_CENTER, fontSize=12, leading=15, spaceAfter=0)
TITLE = BOLD.clone("title", fontSize=14, leading=19, alignment=TA_CENTER)
PLACE = BODY.clone("place", fontName=typefaces.ITALIC, alignment=TA_RIGHT)
HINT = CENTRE.clone("hint", fontName=typefaces.ITALIC)
CELL = BODY.clone("cell", fontSize=11, leading=14, splitLongWords=1, alignment=0, spaceAfter=0)
GRID = [
    ("GRID", (0, 0), (-1, -1), 0.4, black),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *((f"{side}PADDING", (0, 0), (-1, -1), 4) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
]


def print_handover(request: dict) -> tuple[dict, bytes]:
    """As `handover_pdf`, in the process for documents."""
    return {}, handover_pdf(**request["words"])


def handover_pdf(
    above: str,
    agency: str,
    country: list,
    place: str,
    title: str,
    about: str,
    lines: list,
    note: str,
    rows: list,
    signers: list,
    hint: str,
    written: int,
) -> bytes:
    """`country`: the two lines of the national heading; `lines`: paragraphs; `rows`: the table of volumes, its head
    first, with `note` below; `signers`: [[office, name]]; `written`: ms."""
    story = [
        heading(above, agency, country),
        Spacer(1, 2 * MM), Paragraph(marked_up(place), PLACE), Spacer(1, 4 * MM),
        Paragraph(marked_up(title), TITLE), Paragraph(marked_up(about), CENTRE), Spacer(1, 5 * MM),
        *(Paragraph(marked_up(line), BODY) for line in lines),
        Spacer(1, 2 * MM),
        Table([[Paragraph(marked_up(cell), CELL) for cell in row] for row in rows],
              [0.12 * WIDTH, 0.52 * WIDTH, 0.18 * WIDTH, 0.18 * WIDTH], style=GRID, repeatRows=1),
        Spacer(1, 3 * MM), Paragraph(marked_up(note), CELL), Spacer(1, 6 * MM),
        Table(
            [[[Paragraph(marked_up(office.upper()), CENTRE.clone("office", fontName=typefaces.BOLD)),
               Paragraph(marked_up(hint), HINT), Spacer(1, 24 * MM),
               Paragraph(marked_up(name), CENTRE.clone("name", fontName=typefaces.BOLD))] for office, name in signers]],
            [WIDTH / len(signers)] * len(signers),
        ),
    ]  # fmt: skip
    return plain_paper(story, written, sides=(LEFT, RIGHT), edge=EDGE, title=title, subject=about[:200])


def heading(above: str, agency: str, country: list, wide: float = WIDTH) -> Table:
    """Left the bodies, right the country and its motto: both from the top, each with its line below."""
    bodies = [Paragraph(marked_up(above.upper()), HEAD.clone("above", fontName=typefaces.REGULAR))] if above else []
    left = [*bodies, Paragraph(marked_up(agency.upper()), HEAD), line(0.3)]
    right = [*(Paragraph(words, HEAD) for words in country), line(0.55)]
    whole = (0, 0), (-1, -1)
    style = [("VALIGN", *whole, "TOP"), ("ALIGN", *whole, "CENTER")]
    return Table([[left, right]], [0.42 * wide, 0.58 * wide], style=style)


def line(part: float) -> HRFlowable:
    return HRFlowable(f"{part:.0%}", 0.7, color=black, spaceBefore=2, spaceAfter=0)
