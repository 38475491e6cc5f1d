"""Stamps are taken out of their frames, and nothing else on the page is taken for one."""

import pytest
from PIL import Image, ImageDraw

from meetingroom.recognition import stamps

SIZE = (1600, 2200)


def page(*, frame: int = 0, ring: bool = False) -> Image.Image:
    """A block of ink as large as a word, in a frame of so many pixels; a ring as large as a seal."""
    picture = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(picture)
    for x in range(230, 420, 40):
        pen.rectangle((x, 230, x + 22, 275), fill=20)
    if frame:
        pen.rectangle((200, 200, 450, 310), outline=20, width=frame)
    if ring:
        pen.ellipse((700, 300, 1000, 600), outline=20, width=10)
    return picture


def top(picture: Image.Image) -> Image.Image:
    return picture.crop((0, 0, SIZE[0], SIZE[1] // 3))


def ink_of(picture: Image.Image):
    return picture.point(lambda level: 255 - level).getbbox()


@pytest.mark.parametrize("frame", [3, 6])
def test_a_word_is_taken_out_of_its_frame_and_stays_where_it_is(frame):
    assert ink_of(stamps.candidates(page(frame=frame), None)) == (230, 230, 413, 276)
    assert ink_of(stamps.candidates(Image.new("L", SIZE, 255), top(page(frame=frame)))) == (230, 230, 413, 276)


def test_in_black_only_what_is_framed_is_looked_at_and_in_red_every_word_but_no_seal():
    assert stamps.candidates(page(ring=True), None) is None
    red = top(page(ring=True))
    assert ink_of(stamps.candidates(Image.new("L", SIZE, 255), red)) == (230, 230, 413, 276)


def test_a_dark_page_is_no_stamp():
    assert stamps.candidates(Image.new("L", SIZE, 0), None) is None
