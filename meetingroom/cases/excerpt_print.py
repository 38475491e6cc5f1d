"""Excerpts of a page on paper: their frames, and the words that are marked in them, over its picture."""

from reportlab.lib.colors import HexColor

FRAME, MARK = HexColor("#b35900"), HexColor("#ffe14a")


def draw_excerpts(canvas, box: tuple[float, float, float, float], rects: list, marks: list) -> None:
    """`box` (x, y, width, height), points from below, is where the picture lies; frames are fractions of the page,
    from above. The letters under a mark stay black."""
    x, y, wide, high = box

    def placed(frame) -> tuple[float, float, float, float]:
        left, top, width, height = frame
        return x + left * wide, y + (1 - top - height) * high, width * wide, height * high

    if marks:
        canvas.saveState()
        canvas.setBlendMode("Multiply")
        canvas.setFillColor(MARK)
        path = canvas.beginPath()
        for each in marks:
            path.rect(*placed(each))
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.restoreState()
    canvas.saveState()
    canvas.setStrokeColor(FRAME)
    canvas.setLineWidth(0.8)
    for each in rects:
        canvas.rect(*placed(each), stroke=1, fill=0)
    canvas.restoreState()
