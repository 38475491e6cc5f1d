"""Where tables and figures register under the name the texts call them by (`:table-crimes`)."""

from collections.abc import Callable

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, KeepTogether, Paragraph, Spacer

from meetingroom.demo.figures import INDICATORS, by_unit, change, number
from meetingroom.demo.typeset import CAPTION, UNDER, WIDTH, grid, style

EXHIBITS: dict[str, Callable[[], list]] = {}
COMPARED = (12 * mm, WIDTH - 87 * mm, 22 * mm, 22 * mm, 31 * mm)


def insert(name: str) -> list:
    """The flowables of one exhibit; KeyError if a text asks for what is not there."""
    return EXHIBITS[name]()


def exhibit(name: str, caption: str = ""):
    """Register a maker under `name`; a table has its caption above, a figure below."""

    def register(make):
        def made():
            content = make()
            if name.startswith("table"):
                head = [Paragraph(caption, CAPTION)] if caption else []
                return [KeepTogether([Spacer(1, 4), *head, content, Spacer(1, 4)])]
            foot = [Paragraph(caption, UNDER)] if caption else []
            return [KeepTogether([Spacer(1, 6), content, Spacer(1, 4), *foot])]

        EXHIBITS[name] = made
        return make

    return register


def ruled(name, caption, rows, parts, align):
    """Register a plain table whose column widths are `parts` of the page's."""
    widths = [WIDTH * part / sum(parts) for part in parts]
    exhibit(name, caption)(lambda: grid(rows, widths, align=align))


def long(name: str, caption: str, head, rows, parts, align: str):
    """Register a table that may run over pages; its rows are numbered."""
    rows = [["STT", *head], *([str(i), *row] for i, row in enumerate(rows, 1))]
    widths = [12 * mm, *((WIDTH - 12 * mm) * part / sum(parts) for part in parts)]
    label = style("long caption", parent=CAPTION, keepWithNext=0)
    EXHIBITS[name] = lambda: [
        *([CondPageBreak(110), Paragraph(caption, label)] if caption else []),
        grid(rows, widths, align="c" + align),
        Spacer(1, 4),
    ]


def compared(*keys: str):
    """A table of indicators: 2025, 2026 and the change."""
    rows = [["STT", "Chỉ tiêu", "2025", "2026", "Tăng, giảm"]]
    for i, key in enumerate(keys, 1):
        name, _, before, now = INDICATORS[key]
        rows.append([str(i), name, number(before), number(now), change(before, now)])
    return grid(rows, COMPARED, align="clccc")


def by_units(*keys: str):
    """A table with a row per unit and a column per indicator, with a total."""
    rows = [["Đơn vị", *(INDICATORS[key][0] for key in keys)]]
    parts = {key: by_unit(key) for key in keys}
    names = ("VKSND tỉnh", *(f"VKSND khu vực {n}" for n in range(1, 10)))
    rows += [[name, *(number(parts[key][i][1]) for key in keys)] for i, name in enumerate(names)]
    rows.append(["Toàn tỉnh", *(number(INDICATORS[key][3]) for key in keys)])
    first = 40 * mm
    widths = [first, *([(WIDTH - first) / len(keys)] * len(keys))]
    return grid(rows, widths, align="l" + "c" * len(keys), total=True)
