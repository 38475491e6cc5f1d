"""A list or slip on A4: no official document with a layout of its own, but made as truthfully as one."""

import io
from collections.abc import Callable

from reportlab.platypus import Flowable, SimpleDocTemplate

from meetingroom.printing import page_format, typefaces
from meetingroom.printing.canvas import canvas_class

UPRIGHT = page_format.WIDTH, page_format.HEIGHT
ACROSS = page_format.HEIGHT, page_format.WIDTH


def plain_paper(
    story: list[Flowable],
    written: int,
    *,
    sides: tuple[float, float],
    edge: float,
    size: tuple[float, float] = UPRIGHT,
    below: Callable = lambda canvas, document: None,
    title: str,
    language: str = "vi",
    **about: str,
) -> bytes:
    """The PDF. `written`: its date, ms; `sides`: margins left and right, `edge`: above and below, points;
    `below(canvas, document)` draws the foot of each page."""
    file = io.BytesIO()
    left, right = sides
    paper = SimpleDocTemplate(
        file, pagesize=size, leftMargin=left, rightMargin=right, topMargin=edge, bottomMargin=edge, title=title,
        lang=language, initialFontName=typefaces.REGULAR, **about,
    )  # fmt: skip
    paper.build(story, onFirstPage=below, onLaterPages=below, canvasmaker=canvas_class(written))
    return file.getvalue()


def numbered(words: str) -> Callable:
    """A foot with the number of the page, `words` such as `Trang %(n)s`."""

    def below(canvas, document):
        canvas.setFont(typefaces.REGULAR, 10)
        canvas.drawCentredString(document.pagesize[0] / 2, 7 * page_format.MM, words % {"n": canvas.getPageNumber()})

    return below
