"""A presentation script on paper, in the process for documents: its steps in a table, each with a small picture."""

import io

from PIL import Image as Pictures
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, LongTable, Paragraph, Spacer

from meetingroom.cases.excerpt_print import draw_excerpts
from meetingroom.cases.handover_pdf import (
    BODY,
    CELL,
    CENTRE,
    EDGE,
    GRID,
    LEFT,
    PLACE,
    RIGHT,
    TITLE,
    WIDTH,
    heading,
)
from meetingroom.printing import page_format, typefaces
from meetingroom.printing.glyphs import draw, marked_up, printed, width
from meetingroom.printing.plain_paper import plain_paper

MM = page_format.MM
COLUMNS = [0.07 * WIDTH, 0.22 * WIDTH, 0.51 * WIDTH, 0.20 * WIDTH]
LOW, HIGH = 17 * MM, 22 * MM  # of a picture
PIXELS = 300
STRONG = CELL.clone("strong", fontName=typefaces.BOLD)
SMALL = CELL.clone("small", fontSize=9.5, leading=12, textColor=HexColor("#444444"))
WRONG = SMALL.clone("wrong", textColor=HexColor("#b00020"))
NOTE = SMALL.clone("note", fontName=typefaces.ITALIC, leftIndent=3 * MM, textColor=HexColor("#1a1a1a"))
QUOTE = SMALL.clone("quote", textColor=HexColor("#1a1a1a"))
MARKED = "#ffe97a"
NUMBER = CELL.clone("number", alignment=1)


class Pages(Flowable):
    """Up to two pages beside each other, as high as their row; on the one of an excerpt its frames and marks."""

    def __init__(self, readers: list[ImageReader], rects: list, marks: list):
        super().__init__()
        self.readers, self.rects, self.marks = readers, rects, marks
        self.wide = (COLUMNS[1] - 10) / max(1, len(readers))
        self.width, self.height = COLUMNS[1] - 8, HIGH if len(readers) == 1 else LOW

    def wrap(self, *_room):
        return self.width, self.height

    def draw(self):
        for n, reader in enumerate(self.readers):
            w, h = reader.getSize()
            scale = min((self.wide - 2) / w, self.height / h)
            x = n * self.wide + (self.wide - w * scale) / 2
            self.canv.drawImage(reader, x, (self.height - h * scale) / 2, w * scale, h * scale)
            box = (x, (self.height - h * scale) / 2, w * scale, h * scale)
            draw_excerpts(self.canv, box, self.rects, self.marks)
            self.canv.setStrokeColor(HexColor("#999999"))
            self.canv.setLineWidth(0.4)
            self.canv.rect(x, (self.height - h * scale) / 2, w * scale, h * scale)


def print_script(request: dict) -> tuple[dict, bytes]:
    """`{above, agency, country, place, title, named, about, columns, rows: [{n, name, under, bl, wrong, pictures,
    rects, marks, quote, marked, note}], note, foot, page, written}` → ({}, file)."""
    table = [[Paragraph(marked_up(each), STRONG.clone("head", alignment=1)) for each in request["columns"]]]
    table += [row_of(each, request["note"]) for each in request["rows"]]
    story = [
        heading(request["above"], request["agency"], request["country"]),
        Spacer(1, 2 * MM), Paragraph(marked_up(request["place"]), PLACE), Spacer(1, 4 * MM),
        Paragraph(marked_up(request["title"]), TITLE), Paragraph(marked_up(request["about"]), CENTRE),
        Paragraph(marked_up(request["named"]), BODY.clone("named", alignment=1)), Spacer(1, 4 * MM),
        LongTable(table, COLUMNS, style=[*GRID, ("VALIGN", (0, 0), (-1, 0), "MIDDLE")], repeatRows=1),
    ]  # fmt: skip
    title, subject, sides = request["title"], request["about"][:200], (LEFT, RIGHT)
    return {}, plain_paper(
        story, request["written"], sides=sides, edge=EDGE, below=foot(request), title=title, subject=subject
    )


def row_of(row: dict, noted: str) -> list:
    said = [Paragraph(marked_up(row["name"]), STRONG)]
    if row["under"] and row["under"] != row["name"]:
        said.append(Paragraph(marked_up(row["under"]), SMALL))
    if row["quote"]:
        said.append(Paragraph(f'<font backColor="{MARKED}">{marked_up(row["quote"])}</font>' if row["marked"]
                              else marked_up(row["quote"]), QUOTE))  # fmt: skip
    if row["wrong"]:
        said.append(Paragraph(marked_up(row["wrong"]), WRONG))
    if row["note"]:
        said.append(Paragraph(f"{marked_up(noted)} {marked_up(row['note'])}", NOTE))
    readers = [reader for path in row["pictures"] if (reader := picture(path))]
    return [
        Paragraph(row["n"], NUMBER),
        Pages(readers, row["rects"], row["marks"]) if readers else "",
        said,
        Paragraph(marked_up(row["bl"]), NUMBER),
    ]


def picture(path: str) -> ImageReader | None:
    """Small, as a picture that a PDF can hold; a page that cannot be read has none."""
    made = io.BytesIO()
    try:
        with Pictures.open(path) as found:
            small = found.convert("RGB")
            small.thumbnail((PIXELS, PIXELS))
            small.save(made, "JPEG", quality=80)
    except (OSError, ValueError):
        return None
    made.seek(0)
    return ImageReader(made)


def foot(request: dict):
    def on_page(canvas, document) -> None:
        canvas.saveState()
        draw(canvas, LEFT, EDGE / 2, printed(request["foot"]), typefaces.ITALIC, 9)
        said = request["page"] % {"n": document.page}
        draw(
            canvas, page_format.WIDTH - RIGHT - width(said, typefaces.REGULAR, 9), EDGE / 2, said, typefaces.REGULAR, 9
        )
        canvas.restoreState()

    return on_page
