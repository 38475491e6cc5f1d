"""What of packages is on paper: the pages that help where the viewer does not run, and the register. In the process for
documents."""

import io
from pathlib import Path

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.platypus import BaseDocTemplate, Frame, LongTable, PageTemplate, Paragraph, Spacer, Table

from meetingroom.cases.excerpt_print import draw_excerpts
from meetingroom.cases.handover_pdf import heading
from meetingroom.printing import page_format, typefaces
from meetingroom.printing.canvas import canvas_class
from meetingroom.printing.glyphs import draw, fit_text, marked_up, printed, width

MM = page_format.MM
WIDTH, HEIGHT = page_format.WIDTH, page_format.HEIGHT
EDGE, HEAD, FOOT = 12 * MM, 9 * MM, 8 * MM
SIDE = 1700  # pixels of a page's longer side
QUALITY = 80
GREY = HexColor("#444444")
CELL = ParagraphStyle("cell", fontName=typefaces.REGULAR, bulletFontName=typefaces.REGULAR, fontSize=9.5, leading=12,
                      splitLongWords=1)  # fmt: skip
STRONG = CELL.clone("strong", fontName=typefaces.BOLD, alignment=TA_CENTER)
CENTRE = CELL.clone("centre", alignment=TA_CENTER, fontSize=12, leading=15)
BOLD = CENTRE.clone("bold", fontName=typefaces.BOLD)
TITLE = BOLD.clone("title", fontSize=14, leading=19)
WIDTHS = (0.1, 0.14, 0.17, 0.16, 0.12, 0.11, 0.2)


def print_pages(request: dict) -> tuple[dict, bytes]:
    """`{front?: {title, lines}, pages: [{file, caption, excerpts?}], foot, written}` → ({}, PDF): a sheet that says
    what this is, and pages on A4, each with what it is called and the foot of the package."""
    made = io.BytesIO()
    canvas = canvas_class(request["written"])(made, pagesize=(WIDTH, HEIGHT))
    canvas.setTitle(fit_text(request["title"]))
    if front := request.get("front"):
        draw_front(canvas, front)
        foot(canvas, request["foot"])
        canvas.showPage()
    for page in request["pages"]:
        draw_page(canvas, page)
        foot(canvas, request["foot"])
        canvas.showPage()
    canvas.save()
    return {}, made.getvalue()


def draw_front(canvas, front: dict) -> None:
    room = WIDTH - 2 * 25 * MM
    body = CELL.clone("body", fontSize=12.5, leading=19)
    y = HEIGHT - 60 * MM
    for text, style in ((front["title"], TITLE), *((line, body) for line in front["lines"])):
        paragraph = Paragraph(marked_up(text), style)
        _wide, high = paragraph.wrap(room, HEIGHT)
        y -= high + 3 * MM
        paragraph.drawOn(canvas, 25 * MM, y)


def draw_page(canvas, page: dict) -> None:
    canvas.setFillColor(black)
    draw(canvas, EDGE, HEIGHT - EDGE - 2, shortened(page["caption"], WIDTH - 2 * EDGE, typefaces.BOLD, 11),
         typefaces.BOLD, 11)  # fmt: skip
    picture = ImageReader(io.BytesIO(jpeg(Path(page["file"]))))
    wide, high = picture.getSize()
    room = (WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE - HEAD - FOOT)
    scale = min(room[0] / wide, room[1] / high)
    x, y = (WIDTH - wide * scale) / 2, EDGE + FOOT + (room[1] - high * scale)
    canvas.drawImage(picture, x, y, wide * scale, high * scale)
    draw_excerpts(canvas, (x, y, wide * scale, high * scale), *page.get("excerpts", ([], [])))
    canvas.setStrokeColor(HexColor("#b9bec7"))
    canvas.setLineWidth(0.5)
    canvas.rect(x, y, wide * scale, high * scale, stroke=1, fill=0)


def jpeg(path: Path) -> bytes:
    from PIL import Image

    with Image.open(path) as picture:
        whole = picture.convert("RGB")
        whole.thumbnail((SIDE, SIDE))
        made = io.BytesIO()
        whole.save(made, "JPEG", quality=QUALITY)
    return made.getvalue()


def foot(canvas, text: str) -> None:
    canvas.setFillColor(GREY)
    draw(canvas, EDGE, EDGE - 2, shortened(text, WIDTH - 2 * EDGE, typefaces.ITALIC, 9), typefaces.ITALIC, 9)


def shortened(text: str, room: float, face: str, size: float) -> str:
    text = printed(text)
    while text and width(text, face, size) > room:
        text = text[:-2].rstrip() + "…" if len(text) > 2 else ""
    return text


def print_register(request: dict) -> tuple[dict, bytes]:
    """`{above, agency, country: [2], place, title, about, head, rows, signers: [[office, name]], hint, written}` →
    ({}, PDF): the register of packages, on A4 across."""
    wide, high = landscape((WIDTH, HEIGHT))
    room = wide - 2 * 15 * MM
    made = io.BytesIO()
    document = BaseDocTemplate(made, pagesize=(wide, high), title=request["title"], lang="vi",
                               initialFontName=typefaces.REGULAR)  # fmt: skip
    frame = Frame(15 * MM, 15 * MM, room, high - 30 * MM, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("register", [frame], onPage=number_page)])
    cells = [[Paragraph(marked_up(text), STRONG) for text in request["head"]]]
    cells += [[Paragraph(marked_up(text), CELL) for text in row] for row in request["rows"]]
    signers = [
        [Paragraph(marked_up(office.upper()), BOLD), Paragraph(marked_up(request["hint"]), CENTRE), Spacer(1, 20 * MM),
         Paragraph(marked_up(name), BOLD)]
        for office, name in request["signers"]
    ]  # fmt: skip
    document.build(
        [
            heading(request["above"], request["agency"], request["country"], room),
            Spacer(1, 6 * MM), Paragraph(marked_up(request["title"].upper()), TITLE),
            Paragraph(marked_up(request["about"]), CENTRE), Spacer(1, 5 * MM),
            LongTable(cells, [share * room for share in WIDTHS], repeatRows=1, style=LINES), Spacer(1, 4 * MM),
            Paragraph(marked_up(request["place"]), CENTRE.clone("place", fontName=typefaces.ITALIC, alignment=2)),
            Table([["", *signers]], [room / (1 + len(signers))] * (1 + len(signers))),
        ],
        canvasmaker=canvas_class(request["written"]),
    )  # fmt: skip
    return {}, made.getvalue()


LINES = [
    ("GRID", (0, 0), (-1, -1), 0.5, black),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *((f"{side}PADDING", (0, 0), (-1, -1), 3) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
]


def number_page(canvas, document) -> None:
    canvas.setFont(typefaces.REGULAR, 11)
    canvas.drawCentredString(document.pagesize[0] / 2, 8 * MM, str(document.page))
