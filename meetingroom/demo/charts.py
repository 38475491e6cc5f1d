"""Charts drawn straight on a canvas, for the reports (serif, on white) and for the deck (sans, large)."""

from dataclasses import dataclass
from math import cos, pi, sin

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from meetingroom.demo.figures import number


@dataclass(frozen=True)
class Theme:
    """Faces, sizes and colours of a chart. `palette` colours the series in order."""

    font: str = "Serif"
    bold: str = "Serif-Bold"
    size: float = 10.5
    ink: str = "#1b1d22"
    faint: str = "#8a8478"
    line: str = "#ddd6cc"
    palette: tuple[str, ...] = ("#c9b8a6", "#b3202c", "#5b6b7f", "#d9912f", "#3c8065", "#7d5a86", "#9aa5b1")


PRINT = Theme()


@dataclass(frozen=True)
class Box:
    """Where to draw, in points from the lower left."""

    x: float
    y: float
    w: float
    h: float


class Figure(Flowable):
    """A drawing in the flow of a report: `paint(canvas, box)` fills the width, `height` points high."""

    def __init__(self, height: float, paint):
        super().__init__()
        self.height, self.paint = height, paint

    def wrap(self, width, height):
        self.width = width
        return width, self.height

    def draw(self):
        self.paint(self.canv, Box(0, 0, self.width, self.height))


def write(c, x, y, text, theme=PRINT, *, size=0, bold=False, colour="", align="l"):
    """One line of text; `align` is l, c or r of (x, y)."""
    font, size = theme.bold if bold else theme.font, size or theme.size
    c.setFont(font, size)
    c.setFillColor(HexColor(colour or theme.ink))
    {"l": c.drawString, "c": c.drawCentredString, "r": c.drawRightString}[align](x, y, text)


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """`text` broken into lines no wider than `width`."""
    lines = [""]
    for word in text.split():
        tried = f"{lines[-1]} {word}".strip()
        if lines[-1] and stringWidth(tried, font, size) > width:
            lines.append(word)
        else:
            lines[-1] = tried
    return lines


def legend(c, box, names, theme, *, colours=()):
    """Coloured squares with their names, centred at the top of `box`."""
    colours = colours or theme.palette
    wide = [stringWidth(name, theme.font, theme.size) + theme.size * 3 for name in names]
    x, y = box.x + (box.w - sum(wide)) / 2, box.y + box.h - theme.size
    for name, width, colour in zip(names, wide, colours, strict=False):
        c.setFillColor(HexColor(colour))
        c.roundRect(x, y - 1, theme.size, theme.size, 2, stroke=0, fill=1)
        write(c, x + theme.size * 1.5, y, name, theme)
        x += width


def scale(most: float, ticks: int = 4) -> tuple[float, float]:
    """A round top of the axis and the step below it, for values up to `most`."""
    power = 10 ** (len(str(int(max(most, 1)))) - 1)
    step = next(s * power / 10 for s in (1, 2, 2.5, 5, 10, 20, 25, 50) if s * power / 10 * ticks >= most)
    return step * ticks, step


def columns(c, box, labels, series, names=(), theme=PRINT, *, values=True, places=0, unit=""):
    """Grouped columns: `series` are lists as long as `labels`."""
    s = theme.size
    head = s * 2.2 if names else s
    lines = [wrapped(label, theme.font, s, box.w / len(labels) * 0.96) for label in labels]
    foot = s * 1.3 * max(map(len, lines)) + s
    plot = Box(box.x + s * 3.2, box.y + foot, box.w - s * 3.6, box.h - foot - head)
    top, step = scale(max(map(max, series)))
    axis(c, plot, top, step, theme, unit)
    slot = plot.w / len(labels)
    each = min(slot * 0.72 / len(series), s * 4)
    colours = theme.palette if len(series) > 1 else theme.palette[1:]
    for i, label in enumerate(lines):
        left = plot.x + slot * i + (slot - each * len(series)) / 2
        for j, row in enumerate(series):
            high = plot.h * row[i] / top
            c.setFillColor(HexColor(colours[j]))
            c.rect(left + each * j, plot.y, each * 0.94, high, stroke=0, fill=1)
            if values and each > s * 1.1:
                text = number(row[i], places)
                write(c, left + each * (j + 0.47), plot.y + high + 3, text, theme, size=s * 0.86, align="c")
        for k, line in enumerate(label):
            write(c, plot.x + slot * (i + 0.5), plot.y - s * 1.3 * (k + 1), line, theme, align="c")
    if names:
        legend(c, box, names, theme, colours=colours)


def axis(c, plot, top, step, theme, unit=""):
    """Level lines with their numbers at the left."""
    c.setLineWidth(0.5)
    for k in range(round(top / step) + 1):
        y = plot.y + plot.h * k * step / top
        c.setStrokeColor(HexColor(theme.line if k else theme.faint))
        c.line(plot.x, y, plot.x + plot.w, y)
        text = number(k * step, 0 if step >= 1 else 1) + unit
        write(c, plot.x - 5, y - theme.size * 0.35, text, theme, size=theme.size * 0.86, colour=theme.faint, align="r")


def bars(c, box, rows, theme=PRINT, *, left=0.34, top=0.0, unit="", places=0, marks=()):
    """Lying bars: `rows` of (label, value); `marks` has the indexes painted in the accent, all if empty."""
    s, most = theme.size, top or max(value for _, value in rows) * 1.12
    slot, start = box.h / len(rows), box.x + box.w * left
    for i, (label, value) in enumerate(rows):
        y = box.y + box.h - slot * (i + 1)
        lines = wrapped(label, theme.font, s, box.w * left - s)
        for k, line in enumerate(lines):
            write(c, start - s * 0.7, y + slot / 2 + (len(lines) / 2 - k - 0.82) * s * 1.2, line, theme, align="r")
        c.setFillColor(HexColor(theme.line))
        c.rect(start, y + slot * 0.2, box.x + box.w - start, slot * 0.6, stroke=0, fill=1)
        c.setFillColor(HexColor(theme.palette[1] if not marks or i in marks else theme.palette[2]))
        wide = (box.x + box.w - start) * value / most
        c.rect(start, y + slot * 0.2, wide, slot * 0.6, stroke=0, fill=1)
        write(c, start + wide + s * 0.4, y + slot / 2 - s * 0.35, number(value, places) + unit, theme, bold=True)


def curves(c, box, labels, series, names, theme=PRINT, *, low=0.0, dots=True):
    """Lines over `labels`, the last series in the accent; the axis starts at `low`."""
    s = theme.size
    plot = Box(box.x + s * 3.2, box.y + s * 2.2, box.w - s * 4, box.h - s * 4.6)
    top, step = scale(max(map(max, series)) - low)
    c.setLineWidth(0.5)
    for k in range(round(top / step) + 1):
        y = plot.y + plot.h * k * step / top
        c.setStrokeColor(HexColor(theme.line if k else theme.faint))
        c.line(plot.x, y, plot.x + plot.w, y)
        write(c, plot.x - 5, y - s * 0.35, number(low + k * step), theme, size=s * 0.86, colour=theme.faint, align="r")
    slot = plot.w / len(labels)
    for i, label in enumerate(labels):
        write(c, plot.x + slot * (i + 0.5), plot.y - s * 1.4, label, theme, align="c")
    for j, row in enumerate(series):
        points = [(plot.x + slot * (i + 0.5), plot.y + plot.h * (v - low) / top) for i, v in enumerate(row)]
        c.setStrokeColor(HexColor(theme.palette[j]))
        c.setFillColor(HexColor(theme.palette[j]))
        c.setLineWidth(s * 0.22)
        c.setLineJoin(1)
        path = c.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        c.drawPath(path)
        for x, y in points if dots else ():
            c.circle(x, y, s * 0.28, stroke=0, fill=1)
        if j == len(series) - 1:
            for (x, y), value in zip(points, row, strict=True):
                write(c, x, y + s * 0.6, number(value), theme, size=s * 0.86, align="c")
    legend(c, box, names, theme)


def ring(c, box, rows, theme=PRINT, *, centre=("", "")):
    """A ring of shares at the left, its legend at the right; `centre` is a large and a small line inside."""
    s, total = theme.size, sum(value for _, value in rows)
    r = min(box.h, box.w * 0.5) / 2
    x, y, angle = box.x + r + s, box.y + box.h / 2, 90.0
    for j, (_, value) in enumerate(rows):
        sweep = 360 * value / total
        c.setFillColor(HexColor(shade(theme, j)))
        c.wedge(x - r, y - r, x + r, y + r, angle - sweep, sweep, stroke=0, fill=1)
        angle -= sweep
    c.setFillColor(HexColor("#ffffff"))
    c.circle(x, y, r * 0.58, stroke=0, fill=1)
    write(c, x, y, centre[0], theme, size=s * 2.1, bold=True, align="c")
    write(c, x, y - s * 1.5, centre[1], theme, colour=theme.faint, align="c")
    step = min(s * 2.1, box.h / len(rows))
    for j, (name, value) in enumerate(rows):
        row = y + step * (len(rows) / 2 - j - 0.7)
        c.setFillColor(HexColor(shade(theme, j)))
        c.roundRect(x + r + s * 2.5, row - 1, s, s, 2, stroke=0, fill=1)
        write(c, x + r + s * 4.2, row, name, theme)
        text = f"{number(value)} ({number(100 * value / total, 1)}%)"
        write(c, box.x + box.w - s, row, text, theme, bold=True, align="r")


def shade(theme, j: int) -> str:
    """The accent first, then the others."""
    return (theme.palette[1], *theme.palette[2:], theme.palette[0])[j % len(theme.palette)]


def road(c, box, steps, theme=PRINT):
    """A time line: `steps` of (when, what), alternately above and below."""
    s, y, slot = theme.size, box.y + box.h / 2, box.w / len(steps)
    c.setStrokeColor(HexColor(theme.palette[1]))
    c.setLineWidth(s * 0.25)
    c.line(box.x, y, box.x + box.w, y)
    for i, (when, what) in enumerate(steps):
        x, up = box.x + slot * (i + 0.5), i % 2 == 0
        c.setFillColor(HexColor("#ffffff"))
        c.setStrokeColor(HexColor(theme.palette[1]))
        c.circle(x, y, s * 0.62, stroke=1, fill=1)
        c.setFillColor(HexColor(theme.palette[1]))
        c.circle(x, y, s * 0.3, stroke=0, fill=1)
        lines = wrapped(what, theme.font, s, slot * 1.45)
        at = y + s * (1.6 + 1.25 * len(lines)) if up else y - s * 2.2
        write(c, x, at, when, theme, bold=True, colour=theme.palette[1], align="c")
        for k, line in enumerate(lines):
            write(c, x, at - s * 1.25 * (k + 1), line, theme, align="c")


def polar(x: float, y: float, r: float, degrees: float) -> tuple[float, float]:
    return x + r * cos(degrees * pi / 180), y + r * sin(degrees * pi / 180)
