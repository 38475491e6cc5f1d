"""The first page of each kind of document looks as it did when somebody looked at it last."""

import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.official import every_kind

FEW = 40  # pixels of ink
MM_3 = round(3 * every_kind.DOTS / 25.4)


def golden(kind: str) -> Image.Image:
    return Image.open(every_kind.GOLDEN / f"{kind}.png").convert("L")


@pytest.mark.parametrize("kind", every_kind.KINDS)
def test_the_first_page_looks_as_it_did(kind):
    """If it changed on purpose: `python scripts/golden.py`, and look at the pictures."""
    now, then = every_kind.first_page(kind), golden(kind)
    assert every_kind.are_alike(now, then), f"{every_kind.differing(now, then)} dots of ink differ"


def lines(page: Image.Image) -> list[tuple[int, int]]:
    """(top, bottom) of what stands below one another on a page."""
    rows = [min(page.crop((0, y, page.width, y + 1)).tobytes()) < 128 for y in range(page.height)]
    found, start = [], None
    for y, dark in enumerate([*rows, False]):
        if dark and start is None:
            start = y
        elif not dark and start is not None:
            found.append((start, y))
            start = None
    return found


def moved(page: Image.Image, box: tuple[int, int, int, int], x: int, y: int) -> Image.Image:
    piece = page.crop(box)
    other = page.copy()
    other.paste(255, box)
    other.paste(piece, (box[0] + x, box[1] + y))
    return other


@pytest.mark.parametrize("kind", ["bien_ban", "thong_bao", "ket_qua_phieu", "nhiem_vu"])
@pytest.mark.parametrize(("x", "y"), [(0, MM_3), (MM_3, 0)])
def test_a_block_that_moved_by_three_millimetres_is_seen(kind, x, y):
    page = golden(kind)
    for top, bottom in lines(page):
        box = (0, top, page.width - MM_3, bottom)
        ink = sum(page.crop(box).histogram()[: every_kind.INK])
        if bottom - top < 5 or ink < FEW:  # a rule, or the last word of a paragraph
            continue
        assert not every_kind.are_alike(page, moved(page, box, x, y)), (top, bottom)


@pytest.mark.parametrize("kind", every_kind.KINDS)
def test_letters_drawn_a_little_otherwise_are_no_difference(kind):
    page = golden(kind)
    softer = page.filter(ImageFilter.GaussianBlur(0.5))
    assert every_kind.are_alike(page, softer)
    lighter = ImageChops.add(page, Image.new("L", page.size, 12))
    assert every_kind.are_alike(page, lighter)
