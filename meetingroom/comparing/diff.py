"""What has changed on a page: its words with the places where they stand, and the rectangles that look otherwise.

Boxes are [x, y, width, height] in fractions of the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from meetingroom.spelling import compose

MOST_BOXES = 400
MOST_TEXTS = 60
RECTANGLES = 20
LONG = 4_000_000  # pairs of words: more than this are compared by the library that is made for it
WORD_GAP = 0.03  # of the page's width: words of one change that stand nearer than this make one box

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Changes:
    """`removed` lie on the old page, `added` on the new one; `texts` are what stood there and what stands there now.
    `numbers`: nothing but numbers has changed."""

    removed: tuple[Box, ...]
    added: tuple[Box, ...]
    texts: tuple[tuple[str, str], ...]
    numbers: bool


def compare_words(old: Sequence[dict], new: Sequence[dict]) -> Changes:
    """Of the records of two pages: [{text, box, boxes?}]."""
    before, after = [plain(word) for word in old], [plain(word) for word in new]
    removed: list[Box] = []
    added: list[Box] = []
    texts: list[tuple[str, str]] = []
    numbers = True
    for a, b, c, d in edits(before, after):
        removed += joined(boxes_of(old[a:b]))
        added += joined(boxes_of(new[c:d]))
        texts.append((" ".join(before[a:b]), " ".join(after[c:d])))
        numbers = numbers and a < b and c < d and all(map(has_digit, (*before[a:b], *after[c:d])))
    return Changes(
        tuple(removed[:MOST_BOXES]), tuple(added[:MOST_BOXES]), tuple(texts[:MOST_TEXTS]), bool(texts) and numbers
    )


def edits(before: list[str], after: list[str]) -> Iterable[tuple[int, int, int, int]]:
    if len(before) * len(after) > LONG:
        from rapidfuzz.distance import Indel  # only the worker ever needs it

        ops = Indel.opcodes(before, after)
        return [(op.src_start, op.src_end, op.dest_start, op.dest_end) for op in ops if op.tag != "equal"]
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(a, b, c, d) for tag, a, b, c, d in codes if tag != "equal"]


def plain(word: dict) -> str:
    return compose(str(word.get("text", "")))


def has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def boxes_of(words: Iterable[dict]) -> Iterable[Box]:
    for word in words:
        yield from word.get("boxes") or [word["box"]]


def joined(boxes: Iterable[Box]) -> list[Box]:
    """Neighbours on a line make one."""
    found: list[Box] = []
    for x, y, w, h in boxes:
        if found:
            left, top, width, height = found[-1]
            lines = min(top + height, y + h) - max(top, y)
            if lines > min(height, h) / 2 and -WORD_GAP < x - (left + width) < WORD_GAP:
                found[-1] = union(found[-1], (x, y, w, h))
                continue
        found.append((x, y, w, h))
    return [tuple(round(part, 4) for part in box) for box in found]  # type: ignore[misc]


def union(a: Box, b: Box) -> Box:
    x, y = min(a[0], b[0]), min(a[1], b[1])
    return x, y, max(a[0] + a[2], b[0] + b[2]) - x, max(a[1] + a[3], b[1] + b[3]) - y


def rectangles(tiles: set[tuple[int, int]], columns: int, rows: int, most: int = RECTANGLES) -> tuple[Box, ...]:
    """Tiles (column, row) that differ, joined to a few rectangles: first those that touch, then the nearest."""
    left = set(tiles)
    found: list[Box] = []
    while left:
        group: set[tuple[int, int]] = set()
        edge = [left.pop()]
        while edge:
            x, y = edge.pop()
            group.add((x, y))
            near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & left
            left -= near
            edge += near
        across, down = [x for x, _ in group], [y for _, y in group]
        found.append((min(across), min(down), max(across) - min(across) + 1, max(down) - min(down) + 1))
    found.sort(key=lambda box: (box[1], box[0]))
    if len(found) > 10 * most:  # everything looks otherwise
        found = [box for n in range(most) if (box := bands(found, n, most, rows))]
    while len(found) > most:
        _, a, b = min((cost(p, q), n, m) for n, p in enumerate(found) for m, q in enumerate(found[:n]))
        found[b] = union(found[b], found.pop(a))
    return tuple((x / columns, y / rows, w / columns, h / rows) for x, y, w, h in found)


def bands(boxes: list[Box], n: int, of: int, rows: int) -> Box | None:
    """All that begin in one of the bands of the page, in one."""
    inside = [box for box in boxes if n * rows <= box[1] * of < (n + 1) * rows]
    if not inside:
        return None
    whole = inside[0]
    for box in inside[1:]:
        whole = union(whole, box)
    return whole


def cost(a: Box, b: Box) -> float:
    """How much more than the two their union covers."""
    both = union(a, b)
    return both[2] * both[3] - a[2] * a[3] - b[2] * b[3]
