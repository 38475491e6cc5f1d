"""Nameplates: A4, eight to a page, to be cut along the marks; each with the code that signs its person in. Pure."""

from io import BytesIO

import segno
from reportlab.lib.colors import HexColor, black
from reportlab.pdfgen.canvas import Canvas

from meetingroom.devices.nameplates import Nameplate, Occasion
from meetingroom.printing import page_format, page_layout, typefaces
from meetingroom.printing.canvas import canvas_class
from meetingroom.printing.wording import Words, words

COLUMNS, ROWS = 2, 4
CARD_WIDTH, CARD_HEIGHT = page_format.WIDTH / COLUMNS, page_format.HEIGHT / ROWS
EDGE = 7 * page_format.MM  # inside a card: no printer reaches the edge of the paper
MARK = 4 * page_format.MM
CODE = 25 * page_format.MM  # the side of the QR code
LARGEST, SMALLEST = 26, 15  # points, of a name
ACCENT, GREY = HexColor("#b3202c"), HexColor("#444444")


def nameplates_pdf(cards: list[Nameplate], occasion: Occasion, language: str = "vi") -> bytes:
    """As many pages as it takes; the last one may have room left."""
    _ = words(language)
    file = BytesIO()
    canvas = canvas_class(occasion.printed)(file, pagesize=(page_format.WIDTH, page_format.HEIGHT), lang=language)
    canvas.setTitle(page_layout.clean_text(_("Nameplates: %(title)s", title=occasion.meeting)))
    canvas.setAuthor(page_layout.clean_text(occasion.agency))
    for start in range(0, len(cards), COLUMNS * ROWS):
        cut_marks(canvas)
        for n, card in enumerate(cards[start : start + COLUMNS * ROWS]):
            row, column = divmod(n, COLUMNS)
            canvas.saveState()
            canvas.translate(column * CARD_WIDTH, page_format.HEIGHT - (row + 1) * CARD_HEIGHT)
            draw(canvas, card, occasion, _)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def cut_marks(canvas: Canvas) -> None:
    """Short lines at the edge of the paper and a small cross wherever four cards meet."""
    canvas.setLineWidth(0.4)
    canvas.setStrokeColor(black)
    for column in range(COLUMNS + 1):
        for row in range(ROWS + 1):
            x, y = column * CARD_WIDTH, row * CARD_HEIGHT
            canvas.line(x - MARK / 2, y, x + MARK / 2, y)
            canvas.line(x, y - MARK / 2, x, y + MARK / 2)


def draw(canvas: Canvas, card: Nameplate, occasion: Occasion, _: Words) -> None:
    """One card, its lower left corner at the origin: head, name, and below it the person's office beside the code."""
    top = head(canvas, occasion)
    bottom = EDGE + CODE + 14
    name(canvas, card.name.upper(), top, bottom)
    qr(canvas, card.address, CARD_WIDTH - EDGE - CODE, EDGE + 12, CODE)
    canvas.setFont(typefaces.BOLD, 11)
    canvas.drawCentredString(CARD_WIDTH - EDGE - CODE / 2, EDGE + 1, card.code)
    draw_beside(canvas, card, occasion, bottom, _)


def head(canvas: Canvas, occasion: Occasion) -> float:
    """The agency, and below its line the meeting. Returns where it ends."""
    room, y = CARD_WIDTH - 2 * EDGE, CARD_HEIGHT - EDGE - 8
    canvas.setFillColor(ACCENT)
    for line in shorten(page_layout.break_lines(occasion.agency.upper(), typefaces.BOLD, 9, room), 2):
        draw_centred(canvas, line, typefaces.BOLD, 9, y)
        y -= 11
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(0.8)
    canvas.line(CARD_WIDTH * 0.36, y + 5, CARD_WIDTH * 0.64, y + 5)
    y -= 6
    canvas.setFillColor(GREY)
    for line in shorten(page_layout.break_lines(occasion.meeting, typefaces.ITALIC, 8.5, room), 2):
        draw_centred(canvas, line, typefaces.ITALIC, 8.5, y)
        y -= 10
    return y + 6


def name(canvas: Canvas, text: str, top: float, bottom: float) -> None:
    """As large as it can be, in the middle of the room it has."""
    room = CARD_WIDTH - 2 * EDGE
    size = next(
        (s for s in range(LARGEST, SMALLEST, -1) if page_layout.width(text, typefaces.BOLD, s) <= room), SMALLEST
    )
    lines = shorten(page_layout.break_lines(text, typefaces.BOLD, size, room), 2)
    # Capitals with their marks are about as high as the size; the last line has a dot below at most.
    y = (top + bottom) / 2 + size * (1.12 * len(lines) / 2 - 0.82)
    canvas.setFillColor(black)
    for line in lines:
        draw_centred(canvas, line, typefaces.BOLD, size, y)
        y -= size * 1.12


def draw_beside(canvas: Canvas, card: Nameplate, occasion: Occasion, top: float, _: Words) -> None:
    """Left of the code, from its top down: office, unit, site; at the foot what the code is for."""
    room = CARD_WIDTH - 2 * EDGE - CODE - 10
    hint = _("Scan the code, or open %(door)s and type it, to enter the meeting room.", door=occasion.door)
    lines = page_layout.break_lines(hint, typefaces.REGULAR, 8, room)
    canvas.setFillColor(GREY)
    canvas.setFont(typefaces.REGULAR, 8)
    for n, line in enumerate(reversed(lines)):
        canvas.drawString(EDGE, EDGE + 1 + n * 9.4, line)
    space = top - EDGE - len(lines) * 9.4 - 4
    texts = (
        (card.title, typefaces.REGULAR, 13),
        (card.unit, typefaces.REGULAR, 11),
        (card.site, typefaces.BOLD, 10),
    )
    canvas.setFillColor(black)
    y = top
    for text, font, size in fit_lines(texts, room, space):
        y -= size * 1.18
        canvas.setFont(font, size)
        canvas.drawString(EDGE, y + size * 0.18, text)


def fit_lines(texts, room: float, space: float) -> list[tuple[str, str, float]]:
    """(line, font, size) of all texts, smaller where they would not fit."""
    for scale in (1, 0.92, 0.84, 0.76):
        lines = [
            (line, font, size * scale)
            for text, font, size in texts
            for line in shorten(page_layout.break_lines(text, font, size * scale, room), 3 if scale < 1 else 2)
        ]
        cut = any(line.endswith("…") for line, _, _ in lines)
        if sum(size * 1.18 for _, _, size in lines) <= space and not cut:
            break
    return lines


def qr(canvas: Canvas, address: str, x: float, y: float, side: float) -> None:
    """Drawn as rectangles, a run of dark squares at a time: sharp on any printer."""
    matrix = [list(row) for row in segno.make(address, error="m").matrix]
    dot = side / len(matrix)
    canvas.setFillColor(black)
    for n, row in enumerate(matrix):
        start = None
        for column, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                # A hair wider than it is, or some viewers show white seams.
                canvas.rect(x + start * dot, y + side - (n + 1) * dot, (column - start) * dot, dot * 1.02, 0, 1)
                start = None


def draw_centred(canvas: Canvas, text: str, font: str, size: float, y: float) -> None:
    canvas.setFont(font, size)
    canvas.drawCentredString(CARD_WIDTH / 2, y, text)


def shorten(lines: list[str], most: int) -> list[str]:
    """No more than `most` lines; an ellipsis where something is left out."""
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]}…"]
