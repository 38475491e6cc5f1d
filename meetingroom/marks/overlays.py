"""What needs letters in a copy of a paper: the numbers of notes, a line at the foot, the list of notes at the end."""

import io
from dataclasses import dataclass, field, replace

from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Spacer, Table

from meetingroom import clock
from meetingroom.printing import page_format, typefaces
from meetingroom.printing.canvas import canvas_class
from meetingroom.printing.glyphs import fit_text
from meetingroom.printing.plain_paper import plain_paper
from meetingroom.printing.wording import Words

MM = page_format.MM
LEFT, RIGHT, EDGE = 25 * MM, 15 * MM, 20 * MM
WIDTH = page_format.WIDTH - LEFT - RIGHT
BODY = ParagraphStyle("body", fontName=typefaces.REGULAR, bulletFontName=typefaces.REGULAR, fontSize=11, leading=14.5,
                      splitLongWords=1)  # fmt: skip
HEAD = BODY.clone("head", fontName=typefaces.BOLD)
TITLE = HEAD.clone("title", fontSize=14, leading=19, alignment=TA_CENTER)
ABOUT = BODY.clone("about", alignment=TA_CENTER)
GRID = [
    ("GRID", (0, 0), (-1, -1), 0.4, black),
    ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e8e6e1")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *((f"{side}PADDING", (0, 0), (-1, -1), 4) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
]
RED, INK = HexColor("#c8102e"), HexColor("#000000")
UNSEEN = 3  # how text is drawn that is only to be found and copied
BELOW = 0.2  # of its height: what hangs below the line


@dataclass(frozen=True)
class Top:
    """What lies over a page of this size (points): numbers at (x, y) in the unit of marks, a line at its foot, and
    words that are not seen: `[text, [x, y, width, height]]` in fractions of the page."""

    size: tuple[float, float]
    numbers: list[tuple[int, float, float]] = field(default_factory=list)
    unit: float = 1.0
    line: str = ""
    words: list = field(default_factory=list)

    def with_line(self, line: str) -> "Top":
        return replace(self, line=line)


def draw(tops: list[Top], written: int, *, black: bool = False) -> bytes:
    """A PDF with a page for each; its lines red, or black."""
    file = io.BytesIO()
    canvas = canvas_class(written)(file)
    for top in tops:
        width, height = top.size
        canvas.setPageSize(top.size)
        for number, x, y in top.numbers:
            at = min(max(x * top.unit, 8), width - 8), min(max(height - y * top.unit, 8), height - 8)
            canvas.setFillColor(RED)
            canvas.setStrokeColor(white)
            canvas.circle(*at, 8, stroke=1, fill=1)
            canvas.setFillColor(white)
            canvas.setFont(typefaces.BOLD, 10 if number < 100 else 7)
            canvas.drawCentredString(at[0], at[1] - 3.4, str(number))
        lay_words(canvas, top)
        if top.line:
            size = min(9.0, 9.0 * (width - 24) / max(1, typefaces.width(top.line, typefaces.ITALIC, 9)))
            canvas.setFillColor(INK if black else RED)
            canvas.setFont(typefaces.ITALIC, size)
            canvas.drawCentredString(width / 2, 8, top.line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lay_words(canvas, top: Top) -> None:
    """As wide and as high as they are printed, so that what is selected lies over what is seen."""
    width, height = top.size
    if not top.words:
        return
    written = canvas.beginText()
    written.setTextRenderMode(UNSEEN)
    for text, (x, y, across, down) in top.words:
        said = fit_text(text).strip()
        size = max(1.0, down * height)
        natural = typefaces.width(said, typefaces.REGULAR, size)
        if not said or natural <= 0 or across <= 0:
            continue
        written.setFont(typefaces.REGULAR, size)
        written.setHorizScale(100 * across * width / natural)
        written.setTextOrigin(x * width, height - (y + down) * height + BELOW * size)
        written.textOut(said + " ")
    canvas.drawText(written)


def list_of_notes(about: dict, notes: list[dict], _: Words) -> bytes:
    """The notes under their numbers, and the bookmarks: sheets of their own behind the paper."""
    rows = [[Paragraph(fit(text), HEAD) for text in (_("No."), _("Page"), _("Content"), _("Written by"))]]
    for note in notes:
        said = fit(note["said"]).replace("\n", "<br/>")
        if note.get("quote"):
            said = f"<i>“{fit(note['quote'])}”</i><br/>{said}"
        when = f"{clock.local(note['at']):%H:%M %d/%m/%Y}"
        cells = (str(note["number"]), str(note["page"]), said, f"{fit(note['author'])}<br/>{when}")
        rows.append([Paragraph(cell, BODY) for cell in cells])
    for mark in about["bookmarks"]:
        cells = ("", str(mark["page"]), fit(mark.get("name") or _("Bookmark")), fit(mark["author"]))
        rows.append([Paragraph(cell, BODY) for cell in cells])
    columns = [0.08 * WIDTH, 0.1 * WIDTH, 0.57 * WIDTH, 0.25 * WIDTH]
    title = _("List of notes")
    story = [
        Paragraph(fit(title).upper(), TITLE), Paragraph(fit(about["title"]), ABOUT), Spacer(1, 5 * MM),
        Table(rows, columns, repeatRows=1, splitInRow=1, style=GRID),
    ]  # fmt: skip
    sides, language = (LEFT, RIGHT), about["language"]
    return plain_paper(story, about["written"], sides=sides, edge=EDGE, title=title, language=language)


def fit(text: str) -> str:
    return fit_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
