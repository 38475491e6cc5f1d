"""Two pictures of pages, as the program drew them itself: whether they are equal, where they differ, how far apart."""

import math
from io import BytesIO

HALF = 2  # of a page of 1920 pixels: enough to see a digit
DIFFERS = 24  # of 256 levels
TILE = 16  # pixels of the half
FEW = 3  # pixels of a tile: the trace of another compression, never of a digit
EDGE, LOW = 64, 16  # the picture for the hash, and its lowest frequencies

COSINES = [[math.cos(math.pi * u * (2 * x + 1) / (2 * EDGE)) for x in range(EDGE)] for u in range(LOW)]


def differing_tiles(old: bytes, new: bytes) -> tuple[set[tuple[int, int]], int, int]:
    """The tiles (column, row) that look otherwise, and how many columns and rows there are. Pages of two sizes differ
    everywhere."""
    from PIL import ImageChops

    a, b = gray(old), gray(new)
    if a.size != b.size:
        return {(0, 0)}, 1, 1
    rough = ImageChops.difference(a, b).point(lambda level: 255 if level > DIFFERS else 0)
    columns, rows = -(-rough.width // TILE), -(-rough.height // TILE)
    if rough.getbbox() is None:
        return set(), columns, rows
    share = rough.reduce(TILE).tobytes()
    limit = round(FEW * 255 / TILE**2)
    return {(n % columns, n // columns) for n, mean in enumerate(share) if mean >= limit}, columns, rows


def are_equal(old: bytes, new: bytes) -> bool:
    return old == new or not differing_tiles(old, new)[0]


def gray(picture: bytes):
    from PIL import Image

    with Image.open(BytesIO(picture)) as image:
        return image.convert("L").reduce(HALF)


def fingerprint(picture: bytes) -> int:
    """256 bits that hardly change when a sheet is scanned again (pHash: the signs of the lowest frequencies)."""
    from PIL import Image

    with Image.open(BytesIO(picture)) as image:
        small = image.convert("L").resize((EDGE, EDGE), Image.Resampling.LANCZOS)
    levels = small.tobytes()
    rows = [levels[y * EDGE : (y + 1) * EDGE] for y in range(EDGE)]
    across = [[sum(map(float.__mul__, wave, map(float, row))) for wave in COSINES] for row in rows]
    waves = [
        sum(COSINES[v][y] * across[y][u] for y in range(EDGE)) for v in range(LOW) for u in range(LOW)
    ]  # fmt: skip
    middle = sorted(waves)[len(waves) // 2]
    return sum(1 << n for n, wave in enumerate(waves) if wave > middle)


def bits_apart(a: int, b: int) -> int:
    return (a ^ b).bit_count()
