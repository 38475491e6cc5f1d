"""What has changed on a page, and where it stands."""

import io

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from meetingroom.comparing import diff, pictures


def line(text: str, y: float = 0.1) -> list[dict]:
    found, x = [], 0.1
    for word in text.split():
        found.append({"text": word, "box": [x, y, 0.01 * len(word), 0.02]})
        x += 0.01 * len(word) + 0.01
    return found


def test_one_digit_is_framed_on_both_pages():
    found = diff.compare_words(line("Đã giải quyết 120 vụ án"), line("Đã giải quyết 121 vụ án"))
    assert found.texts == (("120", "121"),)
    assert found.numbers
    assert len(found.removed) == len(found.added) == 1
    assert found.added[0] == tuple(round(part, 4) for part in line("Đã giải quyết 121")[-1]["box"])


def test_words_of_one_change_on_a_line_make_one_box_and_are_no_number():
    found = diff.compare_words(line("Đề nghị xem xét"), line("Đề nghị sớm cho ý kiến xem xét"))
    assert found.removed == ()
    assert len(found.added) == 1
    assert not found.numbers
    assert found.texts == (("", "sớm cho ý kiến"),)


def test_nothing_changed_says_nothing():
    found = diff.compare_words(line("Đề nghị"), line("Đề nghị"))
    assert (found.removed, found.added, found.texts, found.numbers) == ((), (), (), False)


@given(st.sets(st.tuples(st.integers(0, 43), st.integers(0, 59)), max_size=300))
def test_every_tile_that_differs_lies_in_one_of_at_most_twenty_rectangles(tiles):
    found = diff.rectangles(tiles, 44, 60)
    assert len(found) <= diff.RECTANGLES
    for x, y in tiles:
        middle = ((x + 0.5) / 44, (y + 0.5) / 60)
        assert any(a <= middle[0] <= a + w and b <= middle[1] <= b + h for a, b, w, h in found)


def drawn(*marks, noise: int = 0) -> bytes:
    image = Image.new("L", (1358, 1920), 255 - noise)
    pen = ImageDraw.Draw(image)
    for n in range(40):
        pen.rectangle((120, 100 + 40 * n, 900 + 13 * (n % 7), 112 + 40 * n), fill=30)
    for mark in marks:
        pen.rectangle(mark, fill=0)
    kept = io.BytesIO()
    image.save(kept, "webp", lossless=True)
    return kept.getvalue()


def test_a_mark_the_size_of_a_digit_makes_another_picture():
    plain, marked = drawn(), drawn((1100, 900, 1108, 918))
    assert pictures.are_equal(plain, drawn(noise=3))
    assert not pictures.are_equal(plain, marked)
    tiles, columns, rows = pictures.differing_tiles(plain, marked)
    (box,) = diff.rectangles(tiles, columns, rows)
    assert box[0] <= 1104 / 1358 <= box[0] + box[2]
    assert box[1] <= 909 / 1920 <= box[1] + box[3]


def test_a_fingerprint_hardly_moves_by_a_mark_and_far_by_another_sheet():
    plain = pictures.fingerprint(drawn())
    assert pictures.bits_apart(plain, pictures.fingerprint(drawn((1100, 900, 1108, 918)))) <= 32
    other = Image.new("L", (1358, 1920), 255)
    ImageDraw.Draw(other).ellipse((200, 300, 1100, 1500), fill=90)
    kept = io.BytesIO()
    other.save(kept, "webp", lossless=True)
    assert pictures.bits_apart(plain, pictures.fingerprint(kept.getvalue())) > 47
