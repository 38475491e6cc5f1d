"""Where the points of marks lie in a PDF's own space: pages may be turned and cropped. Pure.

A mark's unit is 1/10,000 of the page's width as it is shown, y downwards from the top edge that is shown. The space of
a page is that of its boxes, before it is turned: what is drawn there turns with the page.
"""

from dataclasses import dataclass

from meetingroom.meeting.strokes import WIDTH

Matrix = tuple[float, float, float, float, float, float]
A4 = (0.0, 0.0, 612.0, 792.0)  # what PDFium takes for a page without a box


@dataclass(frozen=True)
class Sheet:
    """A page: the box of it that is shown (left, bottom, right, top, in its own space) and its turn in degrees."""

    box: tuple[float, float, float, float]
    turn: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points, as shown."""
        left, bottom, right, top = self.box
        across, up = right - left, top - bottom
        return (up, across) if self.turn in (90, 270) else (across, up)

    @property
    def unit(self) -> float:
        """In points."""
        return self.size[0] / WIDTH

    @property
    def matrix(self) -> Matrix:
        """From a mark's place to the page's space, as a PDF writes it: X = a·x + c·y + e, Y = b·x + d·y + f."""
        left, bottom, right, top = self.box
        k = self.unit
        return {
            0: (k, 0.0, 0.0, -k, left, top),
            90: (0.0, k, k, 0.0, left, bottom),
            180: (-k, 0.0, 0.0, k, right, bottom),
            270: (0.0, -k, -k, 0.0, right, top),
        }[self.turn]

    @property
    def upright(self) -> Matrix:
        """The same for what is drawn in points from the lower left corner that is shown, as an overlay is."""
        a, b, c, d, e, f = self.matrix
        k, height = self.unit, self.size[1]
        return (a / k, b / k, -c / k, -d / k, e + c * height / k, f + d * height / k)

    def place(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f

    def rect(self, left: float, top: float, right: float, bottom: float) -> list[float]:
        """A box of a mark as a PDF's rectangle: [left, bottom, right, top] in the page's space."""
        (x1, y1), (x2, y2) = self.place(left, top), self.place(right, bottom)
        return [round(edge, 3) for edge in (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))]

    def quad(self, x: float, y: float, width: float, height: float) -> list[float]:
        """Upper left, upper right, lower left, lower right as read: as viewers want it, unlike the standard."""
        corners = ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
        return [round(part, 3) for corner in corners for part in self.place(*corner)]


def sheet_of(media: list[float] | None, crop: list[float] | None, turn: int) -> Sheet:
    """As PDFium shows it: what of the crop box lies in the media box."""
    whole = ordered(media) or A4
    cut = ordered(crop)
    box = whole
    if cut:
        box = (max(whole[0], cut[0]), max(whole[1], cut[1]), min(whole[2], cut[2]), min(whole[3], cut[3]))
        if box[0] >= box[2] or box[1] >= box[3]:
            box = whole
    return Sheet(box, turn % 360 if turn % 90 == 0 else 0)


def ordered(box: list[float] | None) -> tuple[float, float, float, float] | None:
    if not box or len(box) != 4:
        return None
    left, right = sorted((float(box[0]), float(box[2])))
    bottom, top = sorted((float(box[1]), float(box[3])))
    return (left, bottom, right, top) if left < right and bottom < top else None
