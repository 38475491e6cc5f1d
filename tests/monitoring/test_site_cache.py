"""What a site's nginx says of each page, counted by the edge beside it."""

from meetingroom.ops.site_cache import Counts


def test_words_are_counted_once_also_over_a_half_written_one_and_a_file_that_was_emptied(tmp_path):
    path = tmp_path / "pages.log"
    counts = Counts(str(path))
    assert counts.read() is None
    path.write_text("MISS\nHIT\nHI")
    assert counts.read() == {"hits": 1, "misses": 1}
    path.write_text("MISS\nHIT\nHIT\n-\n")
    assert counts.read() == {"hits": 2, "misses": 1}
    path.write_text("HIT\n")
    assert counts.read() == {"hits": 3, "misses": 1}
    path.unlink()
    assert counts.read() == {"hits": 3, "misses": 1}
