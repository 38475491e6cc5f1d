"""Dates that old slides compute anew, found in the records of the file."""

import random
import struct

from meetingroom.documents import slide_dates
from tests.documents import papers

DATE, FOOTER, SLIDE, MASTER, DRAWING, TEXTS = 0x0FF7, 0x0FFA, 0x03EE, 0x03F8, 0xF00D, 0x0FF0


def atom(kind: int, length: int = 8) -> bytes:
    return struct.pack("<HHI", 0, kind, length) + bytes(length)


def container(kind: int, *inside: bytes, instance: int = 0) -> bytes:
    return struct.pack("<HHI", instance << 4 | 0xF, kind, len(b"".join(inside))) + b"".join(inside)


def counted(tmp_path, data: bytes) -> int:
    return slide_dates.count_dates(papers.ole(tmp_path / "a.ppt", ["PowerPoint Document"], data))


def test_dates_are_counted_on_slides_however_deep_and_in_their_texts(tmp_path):
    slide = container(SLIDE, container(DRAWING, atom(FOOTER, 4), container(DRAWING, atom(DATE))), atom(0x0FF8, 4))
    texts = container(TEXTS, atom(0x1015, 132))
    assert counted(tmp_path, container(0x03E8, texts) + slide + slide) == 5


def test_the_places_for_dates_on_masters_and_notes_are_none(tmp_path):
    masters = container(MASTER, atom(DATE)) + container(TEXTS, atom(DATE), instance=1) + container(0x03F0, atom(DATE))
    assert counted(tmp_path, masters + container(SLIDE) + masters) == 0


def test_nonsense_comes_to_an_end(tmp_path):
    chance = random.Random(7)
    assert counted(tmp_path, bytes(chance.randrange(256) for _ in range(20_000))) >= 0
    assert counted(tmp_path, struct.pack("<HHI", 0xF, SLIDE, 2**32 - 1) * 5000) == 0
    assert slide_dates.count_dates(papers.rtf(tmp_path / "a.rtf")) == 0
