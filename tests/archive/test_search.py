"""Where a word was found in an archive."""

import pytest

from meetingroom.archive import store

TEXT = (
    "Hội nghị tổng kết. Đồng chí Bình báo cáo công tác năm. "
    + "Ý kiến khác. " * 30
    + "Kết luận: Phòng 1 tham mưu kế hoạch kiểm sát thi hành án dân sự trước ngày 30/12. Bế mạc."
)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("thi hành án", "kiểm sát thi hành án dân sự"),
        ("thi hanh an dan su", "thi hành án dân sự trước"),
        ("hội nghị", "Hội nghị tổng kết"),
        ("dong chi", "Đồng chí Bình"),
        ("BÌNH", "Đồng chí Bình"),
        ("phong 1 ke hoach", "Phòng 1 tham mưu kế hoạch"),
    ],
)
def test_the_place_with_most_of_the_words_is_shown_as_it_was_written(query, said):
    words = store.words_of(query)
    assert said in store.snippet(TEXT, store.fold(TEXT), words)
    assert len(store.snippet(TEXT, store.fold(TEXT), words)) < 200


@pytest.mark.parametrize("query", ["án treo", "inh", "!!!", ""])
def test_whole_words_are_shown_or_none(query):
    assert not store.snippet("kinh phí", "kinh phi", store.words_of(query))


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("kiểm sat", 'text : "kiểm" AND plain : "sat" *'),
        ('" OR 1', 'plain : "or" AND plain : "1"'),
        ("v", 'plain : "v"'),
        ("NEAR(a b)", 'plain : "near" AND plain : "a" AND plain : "b"'),
        ("!!!", ""),
    ],
)
def test_whatever_is_typed_is_words_joined_by_and(query, asked):
    assert store.match(query) == asked
