"""Dates that an old PowerPoint file computes anew: in the text of a slide stands a mark, in the record beside it what
it becomes. LibreOffice draws today's date there, or nothing; the saved one is nowhere in the file.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

import olefile

LARGEST = 100 * 1024 * 1024  # of the stream that holds the slides; pictures lie in another
MOST = 1_000_000  # records
HEAD = struct.Struct("<HHI")  # version and instance, type, length

# [MS-PPT] 2.13.24 RecordType
SLIDE, TEXTS_OF_SLIDES = 0x03EE, 0x0FF0
DATES = {0x0FF7, 0x0FF8, 0x1015}  # DateTimeMCAtom, GenericDateMCAtom, RTFDateTimeMCAtom
CONTAINER = 0xF


def count_dates(path: Path) -> int:
    """How many dates on slides are today's; 0 also for what is no such file."""
    try:
        with olefile.OleFileIO(str(path)) as ole:
            if ole.get_size("PowerPoint Document") > LARGEST:
                return 0
            data = ole.openstream("PowerPoint Document").read()
    except Exception:  # it raises many kinds for damaged files
        return 0
    return sum(1 for kind in kinds_on_slides(data) if kind in DATES)


def kinds_on_slides(data: bytes) -> Iterator[int]:
    """The type of every record within a slide, or within the list of the slides' texts."""
    at, ends, slide_ends = 0, [len(data)], 0
    for _ in range(MOST):
        while ends and at + HEAD.size > ends[-1]:
            at = ends.pop()
        if not ends:
            return
        version, kind, length = HEAD.unpack_from(data, at)
        at += HEAD.size
        end = min(at + length, ends[-1])
        if at <= slide_ends:
            yield kind
        if version & 0xF != CONTAINER:
            at = end
            continue
        ends.append(end)
        if kind == SLIDE or (kind == TEXTS_OF_SLIDES and version >> 4 == 0):
            slide_ends = max(slide_ends, end)
