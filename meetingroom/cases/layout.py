"""A map to boxes and lines: the root in the middle, branches to both sides. Pure; lengths in points.

What is measured comes as an argument: `width(text, size, bold)`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

Width = Callable[[str, float, bool], float]
SIZE, LEADING = 9.0, 1.25
ROOT_SIZE, BRANCH_SIZE = 13.0, 10.5
WIDEST = (240.0, 190.0, 175.0)  # of a box: the root, its children, all below
PAD_X, PAD_Y = 7.0, 4.0
GAP_X, GAP_Y, GAP_BRANCH = 26.0, 5.0, 12.0


@dataclass
class Box:
    """`x`, `y` is its upper left corner, y grows downwards; `side` -1 left of the root, 1 right, 0 the root."""

    node: str
    lines: list[str]
    chip: str  # what is cited, below the text
    size: float
    bold: bool
    width: float
    height: float
    side: int = 1
    x: float = 0.0
    y: float = 0.0
    depth: int = 0
    children: list["Box"] = field(default_factory=list)
    block: float = 0.0  # the height of it and all below it


@dataclass(frozen=True)
class Sheet:
    """What stands on one page: boxes, lines between them (as pairs of boxes), and how large it is."""

    boxes: list[Box]
    joints: list[tuple[Box, Box]]
    width: float
    height: float


def one_sheet(map: dict, width: Width, sides: int = 2) -> Sheet:
    """The whole map on one sheet as large as it needs; loose nodes stand below."""
    root = boxes_of(map, map["root"], width)
    return place(root, root.children, sides, [boxes_of(map, each, width, depth=1) for each in map["loose"]])


def sheets(map: dict, width: Width, most: tuple[float, float], sides: int = 2) -> list[Sheet]:
    """Sheets that are none larger than `most`, where that can be: as many branches of the root on each as fit. A branch
    that does not fit alone stands alone on a larger one."""
    whole = one_sheet(map, width, sides)
    if fits(whole, most) or len(map["nodes"][map["root"]]["children"]) < 2:
        return [whole]
    found: list[Sheet] = []
    row: list[Box] = []
    root = boxes_of(map, map["root"], width)
    for branch in root.children:
        if row and not fits(place(root, [*row, branch], sides, []), most):
            found.append(settled(root, row, sides))
            row = []
        row.append(branch)
    found.append(settled(root, row, sides))
    if map["loose"]:
        loose = [boxes_of(map, each, width, depth=1) for each in map["loose"]]
        found.append(place(copy_of(root), [], 1, loose))
    return found


def settled(root: Box, row: list[Box], sides: int) -> Sheet:
    return place(copy_of(root), row, sides, [])


def copy_of(root: Box) -> Box:
    return Box(root.node, root.lines, root.chip, root.size, root.bold, root.width, root.height, 0)


def fits(sheet: Sheet, most: tuple[float, float]) -> bool:
    return sheet.width <= most[0] and sheet.height <= most[1]


def boxes_of(map: dict, node: str, width: Width, depth: int = 0) -> Box:
    """The box of a node, with those below it; without recursion, how deep a map is others decide."""
    top = box_of(map["nodes"][node], node, depth, width)
    order, stack = [], [top]
    while stack:
        box = stack.pop()
        order.append(box)
        for child in map["nodes"][box.node]["children"]:
            box.children.append(box_of(map["nodes"][child], child, box.depth + 1, width))
        stack += box.children
    for box in reversed(order):
        box.block = max(box.height, below(box))
    return top


def below(box: Box) -> float:
    return sum(child.block for child in box.children) + GAP_Y * max(0, len(box.children) - 1)


def box_of(mine: dict, node: str, depth: int, width: Width) -> Box:
    size = (ROOT_SIZE, BRANCH_SIZE)[depth] if depth < 2 else SIZE
    bold, widest = depth < 2, WIDEST[min(depth, 2)]
    lines = wrap(mine["text"], widest - 2 * PAD_X, lambda text: width(text, size, bold))
    bl = mine.get("bl", "").strip(" -–—")
    chip = f"BL {bl}" if bl else ""
    chip_lines = wrap(chip, widest - 2 * PAD_X, lambda text: width(text, SIZE - 1, False)) if chip else []
    widths = [width(line, size, bold) for line in lines] + [width(line, SIZE - 1, False) for line in chip_lines]
    height = len(lines) * size * LEADING + len(chip_lines) * (SIZE - 1) * LEADING + 2 * PAD_Y
    return Box(node, lines, "\n".join(chip_lines), size, bold, max(widths, default=0) + 2 * PAD_X, height, depth=depth)


def wrap(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """Lines no wider than `room`; a word that is wider is broken."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if width(longer) <= room:
                line = longer
                continue
            if line:
                found.append(line)
            line = word
            while width(line) > room and len(line) > 1:
                n = next((n for n in range(len(line), 1, -1) if width(line[:n]) <= room), 1)
                found.append(line[:n])
                line = line[n:]
        found.append(line)
    return found or [""]


def place(root: Box, branches: list[Box], sides: int, loose: list[Box]) -> Sheet:
    """Everything gets its corner. The first branches stand right, from the top; the rest left."""
    right, left = halves(branches) if sides == 2 else (branches, [])
    heights = [column(row) for row in (right, left)]
    middle = max(*heights, root.height) / 2
    root.x, root.y, root.side = -root.width / 2, middle - root.height / 2, 0
    joints = [(root, branch) for branch in (*right, *left)]
    for row, side, height in ((right, 1, heights[0]), (left, -1, heights[1])):
        y = middle - height / 2
        for branch in row:
            hang(branch, side, side * (root.width / 2 + GAP_X * 1.5), y, joints)
            y += branch.block + GAP_BRANCH
    foot = max(*heights, root.height) + 3 * GAP_BRANCH
    for each in loose:
        hang(each, 1, root.x, foot, joints)
        foot += each.block + GAP_BRANCH
    boxes = [root, *spread((*right, *left, *loose))]
    return moved(boxes, joints)


def halves(branches: list[Box]) -> tuple[list[Box], list[Box]]:
    """As even as whole branches in their order can be."""
    if len(branches) < 3:
        return branches, []
    total, so_far, best = column(branches), 0.0, (float("inf"), 0)
    for n, branch in enumerate(branches, 1):
        so_far += branch.block + GAP_BRANCH
        best = min(best, (abs(total - 2 * so_far), n))
    return branches[: best[1]], branches[best[1] :]


def column(row: list[Box]) -> float:
    return sum(box.block for box in row) + GAP_BRANCH * max(0, len(row) - 1)


def hang(top: Box, side: int, x: float, y: float, joints: list[tuple[Box, Box]]) -> None:
    """A branch at its place: `x` is the edge that looks to the root, `y` the top of its block."""
    stack = [(top, x, y)]
    while stack:
        box, x, y = stack.pop()
        box.side = side
        box.x = x if side > 0 else x - box.width
        box.y = y + (box.block - box.height) / 2
        at = y + (box.block - below(box)) / 2
        edge = x + side * (box.width + GAP_X)
        for child in box.children:
            joints.append((box, child))
            stack.append((child, edge, at))
            at += child.block + GAP_Y


def spread(tops: Iterable[Box]) -> list[Box]:
    found, stack = [], list(tops)
    while stack:
        box = stack.pop()
        found.append(box)
        stack += box.children
    return found


def moved(boxes: list[Box], joints: list[tuple[Box, Box]]) -> Sheet:
    """So that everything begins at 0."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    for box in boxes:
        box.x, box.y = box.x - left, box.y - top
    return Sheet(boxes, joints, max(box.x + box.width for box in boxes), max(box.y + box.height for box in boxes))
