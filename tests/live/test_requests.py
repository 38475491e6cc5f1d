"""Asking the presenter to show a place: what is passed on of it."""

import pytest

from meetingroom.live.requests import TITLE, read_request

PAGE = {"kind": "request", "case": "c1", "document": "d1", "page": 4}
NODE = {"kind": "request", "case": "c1", "map": "m1", "node": "N43"}


def test_a_page_or_a_node_is_asked_for_and_nothing_else_is_passed_on():
    assert read_request({**PAGE, "meeting": "m1", "x": 1}) == {**PAGE, "title": ""}
    assert read_request({**NODE, "page": 9, "title": "Lời khai"}) == {**NODE, "title": "Lời khai"}
    media = {"kind": "request", "case": "c1", "media": "v1"}
    assert read_request({**media, "page": 9, "node": "N1", "title": "Hỏi cung"}) == {**media, "title": "Hỏi cung"}
    assert read_request({**media, "media": 7}) is None
    assert len(read_request({**NODE, "title": "x" * 1000})["title"]) == TITLE


@pytest.mark.parametrize(
    "wrong",
    [None, 7, [], {}, {"kind": "pointer"}, {**PAGE, "page": "4"}, {**PAGE, "page": 0}, {**PAGE, "document": ["d"]},
     {**NODE, "node": "x" * 65}, {**NODE, "map": None}, {**NODE, "title": "x" * 5000}],
)  # fmt: skip
def test_what_is_no_request_is_none(wrong):
    assert read_request(wrong) is None
