"""Which page of the new version stands for which page of the old one. Words decide; pictures where there are none.

A page is the same only if its words and its picture are equal. A hash of a picture never says that nothing has changed:
a word moves it by as little as two of its 256 bits.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from meetingroom.spelling import compose

SAME, CHANGED = "same", "changed"
SHINGLE = 3  # words
ALIKE = 0.5  # of their shingles two versions of a page have in common
SHORT = 40  # words: too few shingles to tell
SHORT_ALIKE = 0.6
SURE, LIKELY = 32, 47  # bits of 256: the same sheet, scanned twice; perhaps so
MOST_COMPARED = 60_000  # pairs of pages of one gap; of more, only those near to each other
NEAR = 60

Pair = tuple[int, int, str]
Run = tuple[int, int, int, str]


@dataclass(frozen=True)
class Page:
    """The normalised words of a page, and what names its picture (two pictures with one name are one)."""

    words: tuple[str, ...]
    picture: str = ""


@dataclass(frozen=True)
class Match:
    """`runs` pairs pages ((old, new, count, same | changed), …) in the order of the old ones; `doubtful` are pairs of
    scanned sheets that somebody should look at."""

    runs: tuple[Run, ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]
    moved: tuple[tuple[int, int], ...]
    doubtful: tuple[tuple[int, int], ...] = ()


def normalise(text: str) -> str:
    return " ".join(compose(text).lower().split())


def words_of(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for text in texts for word in normalise(text).split())


def match(
    old: Sequence[Page],
    new: Sequence[Page],
    equal: Callable[[int, int], bool],
    distance: Callable[[int, int], int],
) -> Match:
    """`equal(old, new)`: whether the pictures of these pages are; `distance(old, new)`: in how many of 256 bits they
    differ. Pages count from 1."""
    anchors = list(in_order(old, new))
    pairs = dict(anchors)
    pairs |= elsewhere(old, new, pairs)
    taken = set(pairs.values())
    doubtful: list[tuple[int, int]] = []

    def alike(a: int, b: int) -> float:
        before, after = old[a - 1].words, new[b - 1].words
        if before or after:
            return likeness(before, after)
        bits = distance(a, b)
        return 1 - bits / 256 if bits <= LIKELY else 0.0

    for lower, upper in gaps(anchors, len(old), len(new)):
        left = [n for n in range(lower[0] + 1, upper[0]) if n not in pairs]
        right = [n for n in range(lower[1] + 1, upper[1]) if n not in taken]
        for a, b in best_in_order(left, right, alike):
            pairs[a] = b
            taken.add(b)
            if not old[a - 1].words and not new[b - 1].words and distance(a, b) > SURE:
                doubtful.append((a, b))
    found = []
    for a, b in sorted(pairs.items()):
        same = old[a - 1].words == new[b - 1].words and (named_alike(old[a - 1], new[b - 1]) or equal(a, b))
        found.append((a, b, SAME if same else CHANGED))
    return Match(
        run_length(found),
        tuple(n for n in range(1, len(old) + 1) if n not in pairs),
        tuple(n for n in range(1, len(new) + 1) if n not in set(pairs.values())),
        out_of_order([(a, b) for a, b, _ in found]),
        tuple(doubtful),
    )


def named_alike(a: Page, b: Page) -> bool:
    return bool(a.picture) and a.picture == b.picture


def key(page: Page) -> tuple:
    return page.words or ("", page.picture)


def in_order(old: Sequence[Page], new: Sequence[Page]) -> Iterable[tuple[int, int]]:
    """Pages with equal words (or the very same picture), in the order of both versions."""
    matcher = SequenceMatcher(None, [key(page) for page in old], [key(page) for page in new], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        yield from ((a + n + 1, b + n + 1) for n in range(size))


def elsewhere(old: Sequence[Page], new: Sequence[Page], pairs: dict[int, int]) -> dict[int, int]:
    """Those that have moved to another place."""
    waiting: dict[tuple, list[int]] = defaultdict(list)
    for n, page in enumerate(old, 1):
        if n not in pairs:
            waiting[key(page)].append(n)
    taken, found = set(pairs.values()), {}
    for n, page in enumerate(new, 1):
        if n not in taken and (same := waiting.get(key(page))):
            found[same.pop(0)] = n
    return found


def gaps(anchors: list[tuple[int, int]], old: int, new: int):
    """What lies between two pairs that are in order."""
    corners = [(0, 0), *anchors, (old + 1, new + 1)]
    return pairwise(corners)


def likeness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """0 to 1; 0 too for what is too little alike to be the same page."""
    first, second = shingles(a), shingles(b)
    common = len(first & second)
    part = common / (len(first) + len(second) - common) if common else 0.0
    if part >= ALIKE:
        return part
    if a and b and max(len(a), len(b)) < SHORT:
        ratio = SequenceMatcher(None, a, b, autojunk=False).ratio()
        return ratio if ratio >= SHORT_ALIKE else 0.0
    return 0.0


def shingles(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {words[n : n + SHINGLE] for n in range(max(1, len(words) - SHINGLE + 1))} if words else set()


def best_in_order(left: list[int], right: list[int], alike: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """The pairing that keeps the order and is the most alike altogether."""
    if not left or not right:
        return []
    band = NEAR if len(left) * len(right) > MOST_COMPARED else 0
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    taken = [[False] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i, a in enumerate(left, 1):
        for j, b in enumerate(right, 1):
            far = band and abs(i * len(right) - j * len(left)) > band * len(left)
            score = 0.0 if far else alike(a, b)
            best[i][j] = max(best[i - 1][j], best[i][j - 1])
            if score and best[i - 1][j - 1] + score > best[i][j]:
                best[i][j], taken[i][j] = best[i - 1][j - 1] + score, True
    found, i, j = [], len(left), len(right)
    while i and j:
        if taken[i][j]:
            found.append((left[i - 1], right[j - 1]))
            i, j = i - 1, j - 1
        elif best[i - 1][j] >= best[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return found[::-1]


def run_length(pairs: Iterable[Pair]) -> tuple[Run, ...]:
    runs: list[list] = []
    for a, b, kind in pairs:
        last = runs[-1] if runs else None
        if last and kind == last[3] and a == last[0] + last[2] and b == last[1] + last[2]:
            last[2] += 1
        else:
            runs.append([a, b, 1, kind])
    return tuple((run[0], run[1], run[2], run[3]) for run in runs)


def out_of_order(pairs: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The pairs that are not part of the longest run in one order: what a reader would say has moved."""
    best: list[tuple[int, int]] = []  # (length, index of the one before) of the longest ending here
    for n, (_, page) in enumerate(pairs):
        longest = max(((best[m][0], m) for m in range(n) if pairs[m][1] < page), default=(0, -1))
        best.append((longest[0] + 1, longest[1]))
    at = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    kept = set()
    while at >= 0:
        kept.add(at)
        at = best[at][1]
    return tuple(pair for n, pair in enumerate(pairs) if n not in kept)
