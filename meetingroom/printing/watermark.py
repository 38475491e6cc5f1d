"""A word across the whole page, light enough to read through: what this paper is not."""

from meetingroom.printing import page_layout, typefaces
from meetingroom.printing.tagging import artifact

GREY = 0.88
WIDEST = 0.8  # of the page's diagonal


def draw_watermark(canvas, word: str) -> None:
    """Below the text, from the lower left to the upper right."""
    wide, high = page_layout.paper().size
    diagonal = (wide**2 + high**2) ** 0.5
    size = min(120, 100 * WIDEST * diagonal / canvas.stringWidth(word, typefaces.BOLD, 100))
    with artifact(canvas):
        canvas.saveState()
        canvas.setFillColorRGB(GREY, GREY, GREY)
        canvas.setFont(typefaces.BOLD, size)
        canvas.translate(wide / 2, high / 2)
        canvas.rotate(50 if high > wide else 35)
        canvas.drawCentredString(0, -size / 3, word)
        canvas.restoreState()
