"""Strokes, highlights and signs as operators of a PDF, in the unit of marks. Pure, and the same every time."""

from collections.abc import Iterable

# As static/js/ink/outline.js has them.
PEN = {"red": "c8102e", "blue": "1348b8", "black": "17181c", "green": "0a7a3c", "yellow": "e0a800", "pink": "d63384"}
MARKER = {"red": "ffb3a7", "blue": "a9d8ff", "black": "d0d3d8", "green": "b0f0a8", "yellow": "ffe968",
          "pink": "ffb0d8"}  # fmt: skip
MIDDLE = 50  # pressure
Points = list[tuple[int, int, int]]


def colour(kind: str, name: str) -> list[float]:
    """Red, green, blue in 0–1."""
    text = (PEN if kind in ("pen", "line") else MARKER)[name]
    return [round(int(text[n : n + 2], 16) / 255, 4) for n in (0, 2, 4)]


def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def numbers(*values: float) -> str:
    return " ".join(number(value) for value in values)


def stroke(kind: str, name: str, width: float, points: Points) -> str:
    """One stroke. A pen's is wider where the hand pressed; a highlighter's is one line in one go, which does not darken
    itself."""
    head = f"{numbers(*colour(kind, name))} RG 1 j {0 if kind == 'hl' and len(points) > 1 else 1} J\n"
    if len(points) == 1 or len({point[:2] for point in points}) == 1:
        x, y, pressure = points[0]
        thick = width_at(width, pressure) if kind == "pen" else width
        return f"{head}1 J {number(thick)} w {numbers(x, y)} m {numbers(x + 0.01, y)} l S\n"
    if kind != "pen" or len({pressure for _x, _y, pressure in points}) == 1:
        thick = width_at(width, points[0][2]) if kind == "pen" else width
        return f"{head}{number(thick)} w {' '.join(curve(points))} S\n"
    parts = [f"{number(width_at(width, press))} w {path} S" for press, path in pieces(points)]
    return head + "\n".join(parts) + "\n"


def width_at(width: float, pressure: float) -> float:
    return width * (1 + 0.006 * (pressure - MIDDLE))


def middle(a, b) -> tuple[float, float]:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def bend(start, corner, end) -> str:
    """From `start`, where one is, to `end` around `corner`: a quadratic curve as PDF's cubic one."""
    first = [s + 2 / 3 * (c - s) for s, c in zip(start, corner, strict=True)]
    second = [e + 2 / 3 * (c - e) for e, c in zip(end, corner, strict=True)]
    return f"{numbers(*first, *second, *end)} c"


def curve(points: Points) -> Iterable[str]:
    """One line through all points, with soft corners."""
    flat = [point[:2] for point in points]
    yield f"{numbers(*flat[0])} m"
    here: tuple[float, float] = flat[0]
    for n in range(1, len(flat) - 1):
        end = middle(flat[n], flat[n + 1])
        yield bend(here, flat[n], end)
        here = end
    yield f"{numbers(*flat[-1])} l"


def pieces(points: Points) -> Iterable[tuple[float, str]]:
    """(pressure, path) of each piece of the same line."""
    here: tuple[float, float] = points[0][:2]
    for n in range(1, len(points) - 1):
        corner = points[n]
        end = middle(corner, points[n + 1])
        yield corner[2], f"{numbers(*here)} m {bend(here, corner[:2], end)}"
        here = end
    yield points[-1][2], f"{numbers(*here)} m {numbers(*points[-1][:2])} l"


def boxes(name: str, found: list[list[int]]) -> str:
    """Lines of words, highlighted: one filling, so that boxes that meet do not darken each other."""
    return f"{numbers(*colour('hl', name))} rg\n{' '.join(numbers(*box) + ' re' for box in found)} f\n"


def slip(name: str, x: float, y: float, side: float) -> str:
    """The sign of a note: a slip of paper with lines on it."""
    part = side / 10
    lines = " ".join(
        f"{numbers(x + 2 * part, y + n * part)} m {numbers(x + 8 * part, y + n * part)} l" for n in (3, 5, 7)
    )
    return (
        f"{numbers(*colour('hl', name))} rg 0.25 0.25 0.25 RG {number(part * 0.7)} w\n"
        f"{numbers(x, y, side, side)} re B {lines} S\n"
    )


def bounds(strokes: Iterable[tuple[float, Points]]) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of (width, points) strokes, their widths included."""
    found = [(x - width, y - width, x + width, y + width) for width, points in strokes for x, y, _pressure in points]
    return (min(b[0] for b in found), min(b[1] for b in found), max(b[2] for b in found), max(b[3] for b in found))
