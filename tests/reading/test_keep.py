"""What of a meeting's papers may lie on a device: what all may read, for good, and nothing else."""

import pytest

from meetingroom import clock
from meetingroom.meeting.readers import SetReaders
from tests.documents import papers


@pytest.fixture
def paper(room, tmp_path):
    return room.paper(papers.pdf(tmp_path / "Kết luận.pdf", pages=2))


def offer(room, who):
    return room.get(who, "/api/meetings/m1/keep")


def kept_and_not(room, who="em"):
    found = offer(room, who).get_json()
    return [each["document"] for each in found["papers"]], {each["title"]: each["why"] for each in found["left_out"]}


def test_what_all_members_may_read_and_download_may_be_kept(room, paper):
    (one,) = offer(room, "em").get_json()["papers"]
    assert (one["document"], one["title"], one["pages"]) == (paper, "Kết luận", 2)
    assert one["bytes"] > 10_000
    assert one["t"]
    assert one["shape"]
    assert offer(room, "em").headers["Cache-Control"] == "private, no-store"
    assert offer(room, "nobody").status_code == 404


def test_nothing_is_kept_of_what_is_not_for_all_for_good(room, paper):
    for rights, why in (
        ({"mode": "view"}, "view"),
        ({"mode": "restricted"}, "restricted"),
        ({"mode": "open", "readers": ("role:delegate",)}, "some"),
        ({"readers": ("all",), "until": clock.now() + 60_000}, "ends"),
        ({"until": 0, "recall_after": "close"}, "ends"),
    ):
        room.does("mai", SetReaders(room.key(paper), **rights))
        assert kept_and_not(room) == ([], {"Kết luận": why}), rights


def test_of_what_somebody_may_not_read_not_even_the_title_is_said(room, paper):
    room.does("mai", SetReaders(room.key(paper), readers=("role:guest",)))
    assert kept_and_not(room) == ([], {})


def test_the_worker_of_the_root_names_its_shell_and_the_page_without_a_line_is_nobodys(room):
    answer = room.get("em", "/sw.js")
    first, rest = answer.text.split("\n", 1)
    assert answer.headers["Cache-Control"] == "no-cache"
    assert first.startswith("self.SHELL = {")
    assert all(part in first for part in ("/static/", "/words/vi-", "/words/en-", '"/offline"'))
    assert 'startsWith("/api/")' in rest
    page = room.get("em", "/offline")
    assert page.status_code == 200
    assert "data-person" not in page.text
