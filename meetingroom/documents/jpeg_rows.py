"""Two JPEGs, one below the other, become one without being drawn again. Pure.

Both are as wide, of one quality, with the usual tables, and begin anew with each row of blocks (`HOW`): then what is
encoded of a row depends on no other row.
"""

import re

HEIGHT = 16  # dots of a row of blocks: the upper part is a multiple of it high
HOW = {"subsampling": "4:2:0", "restart_marker_rows": 1, "optimize": False, "progressive": False}
SOF, SOS, EOI = 0xC0, 0xDA, b"\xff\xd9"
RESTART = re.compile(rb"\xff[\xd0-\xd7]")


def join(upper: bytes, lower: bytes) -> bytes:
    """Raises ValueError for what is no such JPEG."""
    size, begin = anatomy(upper)
    size_below, begin_below = anatomy(lower)
    high, below = height(upper, size), height(lower, size_below)
    if high % HEIGHT or upper[-2:] != EOI or lower[-2:] != EOI:
        raise ValueError("not made of rows")
    done = high // HEIGHT
    # Marks of rows are counted to eight, over and over; between the parts one more is put.
    marks = iter(range(done, done + below))
    rows = RESTART.sub(lambda _: bytes((0xFF, 0xD0 + next(marks) % 8)), lower[begin_below:])
    head = upper[:size] + (high + below).to_bytes(2, "big") + upper[size + 2 : begin]
    return head + upper[begin:-2] + bytes((0xFF, 0xD0 + (done - 1) % 8)) + rows


def height(file: bytes, size: int) -> int:
    return int.from_bytes(file[size : size + 2], "big")


def anatomy(file: bytes) -> tuple[int, int]:
    """(where its height is written, where its picture begins)."""
    at, size = 2, 0
    while at + 4 <= len(file) and file[at] == 0xFF:
        kind, length = file[at + 1], int.from_bytes(file[at + 2 : at + 4], "big")
        if kind == SOF:
            size = at + 5
        at += 2 + length
        if kind == SOS and size:
            return size, at
    raise ValueError("no JPEG")
