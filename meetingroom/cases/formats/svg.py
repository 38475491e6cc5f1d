"""A sheet of boxes (`layout.py`) as SVG: the same drawing as the PDF, in shapes and text alone. Pure.

Texts say how wide they are in our face, so that they stay in their boxes where a reader has another one. Nothing in it
runs, and nothing in it leads outside.
"""

from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from meetingroom.cases import layout

FACE = "'Liberation Serif','Times New Roman',Times,serif"
MARGIN = 24.0
Look = Callable[[layout.Box], tuple[str, str, str, str]]  # line, behind the text, text, what is cited


def write(sheet: layout.Sheet, links: list[dict], look: Look, width: layout.Width, title: str) -> bytes:
    """`links`: [{from, to, colour}]; `look(box)` says its colours; `width(text, size, bold)`."""
    size = sheet.width + 2 * MARGIN, sheet.height + 2 * MARGIN
    box = " ".join(number(each) for each in (-MARGIN, -MARGIN, *size))
    whole = f'viewBox="{box}" width="{number(size[0])}" height="{number(size[1])}"'
    places = {each.node: each for each in sheet.boxes}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {whole}>',
        f"<title>{escape(title)}</title>",
        f'<rect x="{number(-MARGIN)}" y="{number(-MARGIN)}" width="100%" height="100%" fill="#ffffff"/>',
        *(joint(one, other, look(other)[0]) for one, other in sheet.joints),
        *(
            cross(places[each["from"]], places[each["to"]], each["colour"])
            for each in links
            if each["from"] in places and each["to"] in places
        ),
        f'<g font-family="{FACE}">',
        *(drawn(each, look(each), width) for each in sheet.boxes),
        "</g></svg>",
    ]
    return "\n".join(parts).encode("utf-8", "replace")


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def joint(one: layout.Box, other: layout.Box, colour: str) -> str:
    start = one.x + (one.width if other.side > 0 else 0)
    end = other.x + (0 if other.side > 0 else other.width)
    y1, y2, middle = one.y + one.height / 2, other.y + other.height / 2, (start + end) / 2
    return curve((start, y1), (middle, y1), (middle, y2), (end, y2), f'stroke="{colour}"')


def cross(one: layout.Box, other: layout.Box, colour: str) -> str:
    """A link between two branches, with its end marked."""
    x1, x2 = (box.x + (0 if box.side < 0 else box.width) for box in (one, other))
    y1, y2 = (box.y + box.height / 2 for box in (one, other))
    bend = 40 * (1 if one.side >= 0 else -1)
    back = bend * (1 if other.side == one.side else -1)
    line = curve((x1, y1), (x1 + bend, y1), (x2 + back, y2), (x2, y2), f'stroke="{colour}" stroke-dasharray="4 3"')
    return f'{line}<circle cx="{number(x2)}" cy="{number(y2)}" r="2.2" fill="{colour}"/>'


def curve(start, first, second, end, stroke: str) -> str:
    points = " ".join(f"{number(x)},{number(y)}" for x, y in (first, second, end))
    return f'<path d="M{number(start[0])},{number(start[1])} C{points}" fill="none" {stroke}/>'


def drawn(box: layout.Box, colours: tuple[str, str, str, str], width: layout.Width) -> str:
    line, behind, ink, cited = colours
    weight = 1.4 if box.depth < 2 else 0.8
    place = f'x="{number(box.x)}" y="{number(box.y)}" width="{number(box.width)}" height="{number(box.height)}"'
    rows = [f'<rect {place} rx="4" fill={quoteattr(behind)} stroke="{line}" stroke-width="{weight}"/>']
    y = box.y + layout.PAD_Y
    said = [(text, box.size, box.bold, ink) for text in box.lines]
    said += [(text, layout.SIZE - 1, False, cited) for text in box.chip.split("\n") if box.chip]
    for text, size, bold, colour in said:
        y += size * layout.LEADING
        if text:
            bolder = ' font-weight="bold"' if bold else ""
            length = f'textLength="{number(width(text, size, bold))}" lengthAdjust="spacingAndGlyphs"'
            at = f'x="{number(box.x + layout.PAD_X)}" y="{number(y - size * 0.28)}"'
            rows.append(f'<text {at} font-size="{number(size)}"{bolder} fill="{colour}" {length}>{escape(text)}</text>')
    return "".join(rows)
