"""A scanned page is made ready for recognition: no words are read here."""

import pytest
from PIL import Image, ImageDraw

from meetingroom.recognition import skew


def lines(angle: float = 0.0) -> Image.Image:
    """A page with lines of ink, turned by an angle."""
    page = Image.new("L", (600, 800), 255)
    pen = ImageDraw.Draw(page)
    for y in range(100, 700, 30):
        for x in range(80, 500, 40):
            pen.rectangle((x, y, x + 30, y + 12), fill=20)
    return page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


@pytest.mark.parametrize("angle", [0.0, 0.8, -1.5, 2.0, 4.5])
def test_how_a_page_is_turned_is_seen_from_its_rows(angle):
    assert skew.find_skew(lines(angle)) == pytest.approx(-angle, abs=0.21)


def test_an_empty_page_is_not_turned():
    assert skew.find_skew(Image.new("L", (600, 800), 255)) == 0.0


@pytest.mark.parametrize("angle", [2.0, -3.5])
def test_what_is_found_on_the_straightened_copy_stands_where_people_see_it(angle):
    page = Image.new("L", (600, 800), 255)
    page.paste(0, (400, 150, 460, 170))
    copy = skew.straighten(page, angle)
    left, top, right, bottom = copy.point(lambda level: 255 - level).getbbox()
    x, y, width, height = skew.turn_back((left, top, right - left, bottom - top), angle, copy.size, page.size)
    assert x + width / 2 == pytest.approx(430 / 600, abs=0.003)
    assert y + height / 2 == pytest.approx(160 / 800, abs=0.003)


def test_a_box_never_leaves_the_page():
    x, y, width, height = skew.turn_back((-50, -50, 2000, 2000), 1.0, (600, 800), (600, 800))
    assert (x, y, width, height) == (0, 0, 1, 1)


def test_a_red_stamp_is_looked_through_and_a_few_red_dots_are_not():
    stamped = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(stamped).ellipse((100, 100, 200, 200), outline=(200, 30, 30), width=8)
    plain = Image.new("RGB", (400, 400), "white")
    plain.putpixel((5, 5), (200, 30, 30))
    assert skew.one_channel(stamped).getpixel((150, 103)) == 200
    assert skew.one_channel(plain).getpixel((5, 5)) < 100


def test_words_in_red_at_the_top_are_seen_alone():
    page = Image.new("RGB", (300, 600), "white")
    ImageDraw.Draw(page).rectangle((20, 20, 80, 40), fill=(200, 30, 30))
    ImageDraw.Draw(page).rectangle((20, 60, 80, 80), fill=(20, 20, 20))
    red = skew.red_words(page)
    assert (red.size, red.getpixel((50, 30)), red.getpixel((50, 70))) == ((300, 200), 0, 255)
    assert skew.red_words(Image.new("RGB", (300, 600), "white")) is None


def test_grain_is_no_ink_and_one_word_is():
    grain = Image.effect_noise((800, 1000), 18).point(lambda level: min(255, level + 110))
    assert not skew.has_ink(grain)
    written = grain.copy()
    ImageDraw.Draw(written).rectangle((300, 300, 360, 315), fill=30)
    assert skew.has_ink(written)
