"""Words that are marked within the excerpts of a page: a frame for each of their lines. What the rules of a meeting and
those of a case share; it stands alone, for a process that reads a stranger's map (`refused.py`)."""

from collections.abc import Iterable, Sequence

from meetingroom.refused import Refused

Rect = tuple[float, float, float, float]
MARKS = 60  # lines, of all excerpts of a page together
LEAST = 0.001  # of the page's width or height: a comma is about three times as wide


def marks_inside(marks: Iterable[Sequence[float]], rects: Iterable[Sequence[float]]) -> tuple[Rect, ...]:
    """Each cut to the excerpt in which its middle lies; one that is there twice stands once.

    Refused: too_many_marks · mark_outside · bad_mark."""
    found: dict[Rect, None] = {}
    rects = tuple(rects)
    for mark in marks:
        if not all(-10 < value < 10 for value in mark):  # also refuses NaN
            raise Refused("bad_mark", field="marks")
        if mark[2] < LEAST or mark[3] < LEAST:
            raise Refused("bad_mark", field="marks")
        if (cut := cut_to(mark, rects)) is None:
            raise Refused("mark_outside", field="marks")
        found[cut] = None
        if len(found) > MARKS:
            raise Refused("too_many_marks", field="marks", limit=MARKS)
    return tuple(found)


def marks_left(marks: Iterable[Sequence[float]], rects: Iterable[Sequence[float]]) -> tuple[Rect, ...]:
    """Those that still lie in an excerpt, now that these are other ones."""
    rects = tuple(rects)
    cut = (cut_to(mark, rects) for mark in marks)
    return tuple(dict.fromkeys(mark for mark in cut if mark))


def cut_to(mark: Sequence[float], rects: tuple[Sequence[float], ...]) -> Rect | None:
    x, y, width, height = mark
    across, down = x + width / 2, y + height / 2
    for left, top, wide, high in rects:
        if left <= across <= left + wide and top <= down <= top + high:
            x0, y0 = max(x, left), max(y, top)
            x1, y1 = min(x + width, left + wide), min(y + height, top + high)
            cut = (round(x0, 4), round(y0, 4), round(x1 - x0, 4), round(y1 - y0, 4))
            return cut if cut[2] > 0 and cut[3] > 0 else None
    return None
