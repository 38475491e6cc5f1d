"""A slide of the deck: 16:9, its frame, and the pieces slides are put together from."""

from contextlib import contextmanager
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from meetingroom.demo.charts import Box, Theme, wrapped, write
from meetingroom.demo.typeset import faces

W, H = 960, 540
RED, DEEP, INK, GREY, WASH, LINE = "#b3202c", "#7d141d", "#1b1d22", "#5a5f6b", "#f6f5f2", "#e3e0da"
SLATE, GREEN, AMBER, PLUM, BLUE = "#5b6b7f", "#3c8065", "#d9912f", "#7d5a86", "#2f6f9f"
DECK = Theme("Sans", "Sans-Bold", 14, INK, "#8b8f99", LINE, ("#c9b8a6", RED, SLATE, AMBER, GREEN, PLUM, BLUE))
BODY = Box(56, 64, W - 112, H - 168)  # where a slide's content goes


class Deck:
    """A PDF of slides. Same content, same bytes."""

    def __init__(self, path: Path, title: str, footer: str):
        faces()
        self.c = Canvas(str(path), pagesize=(W, H), invariant=1, pageCompression=1)
        self.c.setTitle(title)
        self.c.setAuthor("VKSND tỉnh Lạc Giang")
        self.footer, self.count = footer, 0

    @contextmanager
    def slide(self, title: str = "", over: str = ""):
        """One slide: a white page with its title; `over` is the small line above the title."""
        self.count += 1
        c = self.c
        if title:
            c.setFillColor(HexColor(RED))
            c.rect(0, H - 92, 10, 56, stroke=0, fill=1)
            write(c, 56, H - 50, over.upper(), DECK, size=11.5, bold=True, colour=RED)
            write(c, 56, H - 82, title, DECK, size=28 if len(title) < 52 else 24, bold=True)
            c.setStrokeColor(HexColor(LINE))
            c.setLineWidth(0.8)
            c.line(56, 40, W - 56, 40)
            write(c, 56, 22, self.footer, DECK, size=10.5, colour="#8b8f99")
            write(c, W - 56, 22, str(self.count), DECK, size=10.5, bold=True, colour="#8b8f99", align="r")
        yield c
        c.showPage()

    def save(self) -> int:
        self.c.save()
        return self.count


def block(c, x, y, w, text, *, size=16.0, bold=False, colour=INK, lead=1.42, align="l") -> float:
    """Words wrapped to `w` from the top `y` down; returns the y below them."""
    font = DECK.bold if bold else DECK.font
    for part in text.split("\n"):
        for line in wrapped(part, font, size, w):
            y -= size * lead
            at = x + w / 2 if align == "c" else x
            write(c, at, y + size * 0.3, line, DECK, size=size, bold=bold, colour=colour, align=align)
    return y


def panel(c, box, *, fill=WASH, edge="", round=10, bar=""):
    """A rounded ground; `bar` paints its left edge."""
    c.setFillColor(HexColor(fill))
    if edge:
        c.setStrokeColor(HexColor(edge))
        c.setLineWidth(1.2)
    c.roundRect(box.x, box.y, box.w, box.h, round, stroke=1 if edge else 0, fill=1)
    if bar:
        c.setFillColor(HexColor(bar))
        c.roundRect(box.x, box.y, 7, box.h, 3, stroke=0, fill=1)


def badge(c, x, y, text, *, r=17.0, fill=RED, size=15.0):
    """A number in a disc, its middle at (x, y)."""
    c.setFillColor(HexColor(fill))
    c.circle(x, y, r, stroke=0, fill=1)
    write(c, x, y - size * 0.35, text, DECK, size=size, bold=True, colour="#ffffff", align="c")


def arrow(c, x0, y0, x1, y1, colour=SLATE, width=2.4):
    """A line with a head at its end."""
    from math import atan2, cos, sin

    c.setStrokeColor(HexColor(colour))
    c.setFillColor(HexColor(colour))
    c.setLineWidth(width)
    turn, head = atan2(y1 - y0, x1 - x0), 5 + width * 2.2
    c.line(x0, y0, x1 - head * 0.8 * cos(turn), y1 - head * 0.8 * sin(turn))
    path = c.beginPath()
    path.moveTo(x1, y1)
    for side in (0.42, -0.42):
        path.lineTo(x1 - head * cos(turn + side), y1 - head * sin(turn + side))
    path.close()
    c.drawPath(path, stroke=0, fill=1)


def tiles(box, count: int, gap: float = 20) -> list[Box]:
    """`count` equal boxes side by side."""
    wide = (box.w - gap * (count - 1)) / count
    return [Box(box.x + (wide + gap) * i, box.y, wide, box.h) for i in range(count)]


def figure(c, box, big: str, small: str, *, colour=RED):
    """A large number and what it counts."""
    panel(c, box)
    size = min(46, 46 * (box.w - 30) / max(stringWidth(big, "Sans-Bold", 46), 1))
    write(c, box.x + box.w / 2, box.y + box.h - 74, big, DECK, size=size, bold=True, colour=colour, align="c")
    block(c, box.x + 14, box.y + box.h - 88, box.w - 28, small, size=14, colour=GREY, align="c")


def cover(deck: Deck, title, under: str, who: str):
    """The first slide: the deep red field and the title. `title` is a list of lines."""
    with deck.slide() as c:
        c.setFillColor(HexColor(RED))
        c.rect(0, 0, W, H, stroke=0, fill=1)
        c.setFillColor(HexColor(DEEP))
        for k, r in enumerate((430, 330, 230)):
            c.setFillColor(HexColor(("#a81d29", "#98192a", DEEP)[k] if k != 1 else "#951a25"))
            c.circle(W + 20, H / 2, r, stroke=0, fill=1)
        write(c, 72, H - 84, "VIỆN KIỂM SÁT NHÂN DÂN TỈNH LẠC GIANG", DECK, size=14, bold=True, colour="#f3d9db")
        for k, line in enumerate(title):
            write(c, 72, H - 220 - k * 58, line, DECK, size=44, bold=True, colour="#ffffff")
        write(c, 72, H - 220 - len(title) * 58, under, DECK, size=18, colour="#f3d9db")
        c.setFillColor(HexColor("#ffffff"))
        c.rect(72, 118, 64, 4, stroke=0, fill=1)
        block(c, 72, 104, 620, who, size=15, colour="#ffffff")


def divider(deck: Deck, number: str, title: str, lines: str):
    """A slide that opens a part."""
    with deck.slide() as c:
        c.setFillColor(HexColor(INK))
        c.rect(0, 0, W, H, stroke=0, fill=1)
        c.setFillColor(HexColor(RED))
        c.rect(0, 0, 300, H, stroke=0, fill=1)
        write(c, 150, H / 2 - 54, number, DECK, size=150, bold=True, colour="#ffffff", align="c")
        y = block(c, 350, H / 2 + 82, 540, title, size=36, bold=True, colour="#ffffff", lead=1.25)
        block(c, 350, y - 16, 540, lines, size=17, colour="#c9ccd3")
