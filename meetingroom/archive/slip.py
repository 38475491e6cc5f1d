"""The seal slip: one page that names a package by its numbers, to be signed and kept with it. Pure."""

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Spacer, Table

from meetingroom.printing import page_format, typefaces
from meetingroom.printing.glyphs import marked_up
from meetingroom.printing.plain_paper import plain_paper

MM = page_format.MM
LEFT, RIGHT, EDGE = 30 * MM, 15 * MM, 20 * MM
WIDTH = page_format.WIDTH - LEFT - RIGHT
BODY = ParagraphStyle("body", fontName=typefaces.REGULAR, bulletFontName=typefaces.REGULAR, fontSize=13, leading=17)
BOLD = BODY.clone("bold", fontName=typefaces.BOLD)
TITLE = BOLD.clone("title", fontSize=14, leading=19, alignment=TA_CENTER)
ABOUT = BODY.clone("about", alignment=TA_CENTER)
SIGN = BOLD.clone("sign", alignment=TA_CENTER)
HINT = BODY.clone("hint", fontName=typefaces.ITALIC, alignment=TA_CENTER)
CODE = BODY.clone("code", fontSize=11, leading=14, splitLongWords=1)
GRID = [
    ("GRID", (0, 0), (-1, -1), 0.4, black),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *((f"{side}PADDING", (0, 0), (-1, -1), 4) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
]


def print_slip(request: dict) -> tuple[dict, bytes]:
    """As `slip_pdf`, in the process for documents."""
    return {}, slip_pdf(**request["words"])


def slip_pdf(
    agency: str, heading: str, title: str, rows: list, how: str, place: str, signers: list, hint: str, written: int
) -> bytes:
    """`rows`: [[label, value, is it a code?]]; `signers`: [[office, name]]; `written`: ms."""
    story = [
        *([Paragraph(marked_up(agency.upper()), BOLD), Spacer(1, 6 * MM)] if agency else []),
        Paragraph(marked_up(heading), TITLE), Paragraph(marked_up(title), ABOUT), Spacer(1, 6 * MM),
        Table(
            [[Paragraph(marked_up(label), BODY), Paragraph(marked_up(value), CODE if code else BODY)]
             for label, value, code in rows],
            [0.36 * WIDTH, 0.64 * WIDTH], style=GRID, splitInRow=1,
        ),
        Spacer(1, 5 * MM), Paragraph(marked_up(how), BODY), Spacer(1, 8 * MM),
        Paragraph(marked_up(place), HINT.clone("place", alignment=2)), Spacer(1, 3 * MM),
        Table(
            [[[Paragraph(marked_up(office.upper()), SIGN), Paragraph(marked_up(hint), HINT), Spacer(1, 24 * MM),
               Paragraph(marked_up(name), SIGN)] for office, name in signers]],
            [WIDTH / len(signers)] * len(signers),
        ),
    ]  # fmt: skip
    return plain_paper(story, written, sides=(LEFT, RIGHT), edge=EDGE, title=heading, subject=title[:200])
