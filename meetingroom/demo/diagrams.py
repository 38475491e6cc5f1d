"""Drawings that are not charts: who belongs to whom, how the sites are joined, a mind map."""

from reportlab.lib.colors import HexColor

from meetingroom.demo.charts import PRINT, Box, polar, wrapped, write
from meetingroom.demo.figures import SURVEY

GOOD, WEAK, BAD = "#3c8065", "#d9912f", "#b3202c"


def card(c, box, text, theme=PRINT, *, fill="#ffffff", edge="#8a8478", ink="", bold=False, size=0.0, round=5):
    """A box with centred words in it."""
    size = size or theme.size
    c.setFillColor(HexColor(fill))
    c.setStrokeColor(HexColor(edge))
    c.setLineWidth(0.9)
    c.roundRect(box.x, box.y, box.w, box.h, round, stroke=1, fill=1)
    font = theme.bold if bold else theme.font
    lines = [line for part in text.split("\n") for line in wrapped(part, font, size, box.w - size)]
    top = box.y + box.h / 2 + len(lines) * size * 0.62 - size * 0.95
    for k, line in enumerate(lines):
        write(c, box.x + box.w / 2, top - k * size * 1.24, line, theme, bold=bold, size=size, colour=ink, align="c")


def link(c, x0, y0, x1, y1, colour="#8a8478", width=1.0, dash=()):
    c.setStrokeColor(HexColor(colour))
    c.setLineWidth(width)
    c.setDash(*dash) if dash else c.setDash()
    c.line(x0, y0, x1, y1)
    c.setDash()


def organisation(c, box, theme=PRINT):
    """The provincial procuracy, its departments, and the nine regional ones."""
    red, w = theme.palette[1], box.w
    top = Box(box.x + w * 0.3, box.y + box.h - 44, w * 0.4, 40)
    board = Box(box.x + w * 0.68, box.y + box.h - 112, w * 0.3, 36)
    mid, spine = box.x + w / 2, box.y + box.h - 150
    link(c, mid, top.y, mid, box.y + box.h * 0.46)
    link(c, mid, board.y + 18, board.x, board.y + 18)
    rooms = ("Văn phòng", "Phòng 1", "Phòng 3", "Phòng 9", "Phòng 15", "Phòng TKTP và CNTT")
    slot = w / len(rooms)
    link(c, box.x + slot / 2, spine, box.x + w - slot / 2, spine)
    for i, room in enumerate(rooms):
        x = box.x + slot * i
        link(c, x + slot / 2, spine, x + slot / 2, spine - 18)
        card(c, Box(x + 3, spine - 68, slot - 6, 50), room, theme, fill="#f6f1ea")
    low = box.y + box.h * 0.46
    link(c, mid, low + 30, mid, low)
    slot = w / 5
    for i in range(9):
        row, column = divmod(i, 5)
        shift = slot / 2 if row else 0
        x, y = box.x + slot * column + shift, low - 58 - row * 62
        card(c, Box(x + 4, y, slot - 8, 46), f"VKSND khu vực {i + 1}\n{SURVEY[i + 1][1]} người", theme, fill="#eef1f4")
    link(c, box.x + slot / 2, low, box.x + w - slot / 2, low)
    for i in range(5):
        link(c, box.x + slot * (i + 0.5), low, box.x + slot * (i + 0.5), low - 12)
    card(c, top, "VIỆN TRƯỞNG\nVKSND tỉnh Lạc Giang", theme, fill=red, edge=red, ink="#ffffff", bold=True)
    card(c, board, "Ủy ban kiểm sát\n08 thành viên", theme, fill="#f6e4e5", edge=red)
    card(c, Box(box.x + w * 0.02, board.y, w * 0.3, 36), "02 Phó Viện trưởng", theme, fill="#f6e4e5", edge=red)
    link(c, mid, board.y + 18, box.x + w * 0.32, board.y + 18)


def network(c, box, theme=PRINT):
    """The main site and the nine others, coloured by the state of their lines."""
    x, y, r = box.x + box.w / 2, box.y + box.h / 2 + 14, min(box.w * 0.36, box.h * 0.38)
    colours = {"Tốt": GOOD, "Chập chờn": WEAK, "Mất tiếng": WEAK}
    for i in range(9):
        row = SURVEY[i + 1]
        state, colour = row[13], colours.get(row[13], BAD)
        px, py = polar(x, y, r, 90 - i * 40)
        link(c, x, y, px, py, colour, 1.2 + row[9] / 60, () if state == "Tốt" else ((6, 4),))
        lx, ly = polar(x, y, r * 0.55, 90 - i * 40)
        c.setFillColor(HexColor("#ffffff"))
        c.roundRect(lx - 26, ly - 5, 52, 15, 3, stroke=0, fill=1)
        write(c, lx, ly - 1, f"{row[9]} Mbps", theme, size=theme.size * 0.9, colour=colour, align="c")
    for i in range(9):
        px, py = polar(x, y, r, 90 - i * 40)
        state = SURVEY[i + 1][13]
        text = f"ĐC0{i + 1}" + ("" if state == "Tốt" else f"\n{state.lower()}")
        card(c, Box(px - 46, py - 21, 92, 42), text, theme, edge=colours.get(state, BAD), bold=state == "Tốt")
    card(c, Box(x - 62, y - 28, 124, 56), "ĐC00\nHội trường tầng 3\n300 Mbps", theme, fill=BAD, edge=BAD, ink="#ffffff")
    names = (("Ổn định", GOOD), ("Cần nâng cấp", WEAK), ("Ưu tiên số một", BAD))
    start = x - 150
    for k, (name, colour) in enumerate(names):
        link(c, start + k * 110, box.y + 8, start + k * 110 + 22, box.y + 8, colour, 3)
        write(c, start + k * 110 + 28, box.y + 4.5, name, theme)


def mind_map(c, box, root, branches, theme=PRINT):
    """A tree from the middle to both sides: `branches` of (title, colour, leaves)."""
    half = (len(branches) + 1) // 2
    middle = Box(box.x + box.w * 0.43, box.y + box.h * 0.39, box.w * 0.14, box.h * 0.22)
    for side, group in ((1, branches[:half]), (-1, branches[half:])):
        weight = [max(len(leaves), 1.6) for _, _, leaves in group]
        y = box.y + box.h
        for (title, colour, leaves), share in zip(group, weight, strict=True):
            high = box.h * share / sum(weight)
            branch(c, box, middle, side, y - high / 2, high, title, colour, leaves, theme)
            y -= high
    card(c, middle, root, theme, fill=theme.palette[1], edge=theme.palette[1], ink="#ffffff", bold=True, round=12)


def branch(c, box, middle, side, y, high, title, colour, leaves, theme):
    """One branch of a mind map at height `y`, with its leaves spread over `high`."""
    x0 = middle.x + middle.w if side > 0 else middle.x
    wide = box.w * 0.142
    x1 = x0 + side * box.w * 0.036
    curve(c, x0, middle.y + middle.h / 2, x1, y, colour, 2.4)
    left = x1 if side > 0 else x1 - wide
    card(c, Box(left, y - theme.size * 1.55, wide, theme.size * 3.1), title, theme,
         fill=colour, edge=colour, ink="#ffffff", bold=True)  # fmt: skip
    x2 = x1 + side * wide
    step = high / max(len(leaves), 1)
    for k, leaf in enumerate(leaves):
        leaf_y = y + high / 2 - step * (k + 0.5)
        x3 = x2 + side * box.w * 0.025
        curve(c, x2, y, x3, leaf_y, colour, 1.3)
        text, _, mark = leaf.partition("|")
        align = "l" if side > 0 else "r"
        write(c, x3 + side * 4, leaf_y - theme.size * 0.32, text, theme, align=align)
        if mark:
            from_edge = c.stringWidth(text, theme.font, theme.size) + theme.size
            write(
                c, x3 + side * from_edge, leaf_y - theme.size * 0.32, mark, theme, bold=True, colour=colour, align=align
            )


def curve(c, x0, y0, x1, y1, colour, width):
    c.setStrokeColor(HexColor(colour))
    c.setLineWidth(width)
    c.setDash()
    c.bezier(x0, y0, (x0 + x1) / 2, y0, (x0 + x1) / 2, y1, x1, y1)


# The fictional case of the deck and of the appendix: branch, colour, leaves as "words|bút lục".
SAMPLE_CASE = (
    (
        "1. Quá trình tố tụng",
        "#5b6b7f",
        ("Tố giác của Lê Thị C|1-4", "Khởi tố vụ án|11", "Phê chuẩn khởi tố bị can A|15-19"),
    ),
    (
        "2. Diễn biến",
        "#3c8065",
        (
            "02-04/2025: nhận 600 tr|152-158",
            "05/2025: nhận 450 tr|161-164",
            "08/2025: giao GCN giả|174-179",
            "11/2025: trả lại 200 tr|322",
        ),
    ),
    ("3. Bị can, vai trò", "#7d5a86", ("Nguyễn Văn A: chủ mưu|43-52", "Trần Thị B: giúp sức|61-70")),
    (
        "4. Chứng cứ buộc tội",
        "#b3202c",
        (
            "Lời khai 5 bị hại|151-190",
            "Sao kê 23 giao dịch|301-330",
            "Giám định: GCN giả|285-290",
            "Tin nhắn A - B|341-352",
        ),
    ),
    ("5. Chứng cứ gỡ tội", "#2f6f9f", ("B khai không biết|118-120", "Trả lại 200 tr|322")),
    (
        "6. Mâu thuẫn, còn thiếu",
        "#d9912f",
        ("B: bản cung 2 và 5|121, 133", "Chưa đối chất A - B|225", "Chưa thu sao kê TK 2|-"),
    ),
)
