"""What the owner of a paper is told before others see it."""

import json

import pytest

from meetingroom.documents import content_store, file_rejected, warnings
from tests.documents import papers

FOUND = [{"code": "tracked_changes"}, {"code": "hidden_sheets", "detail": "Nháp"}]


@pytest.fixture
def warned(room, tmp_path, monkeypatch):
    """A paper of which the worker found something."""
    monkeypatch.setattr(content_store.ContentStore, "found", lambda self: FOUND)
    return room.paper(papers.pdf(tmp_path / "bao-cao.pdf", pages=1))


def test_the_staff_is_told_in_words_what_to_look_at(room, warned):
    warnings = room.get("mai", f"/api/documents/{warned}").get_json()["warnings"]
    assert [each["code"] for each in warnings] == ["tracked_changes", "hidden_sheets"]
    assert "Nháp" in warnings[1]["message"]
    listed = room.get("an", "/api/meetings/m1/documents").get_json()["documents"]
    assert listed[0]["warnings"] == warnings


def test_nobody_else_reads_it_before_the_owner_has_looked(room, warned):
    page = f"/documents/{warned}/pages/1.webp"
    assert [room.get(name, page).status_code for name in ("mai", "an", "em", "khach")] == [200, 200, 404, 404]
    assert room.get("em", f"/api/documents/{warned}").status_code == 404
    room.releases(warned)
    assert [room.get(name, page).status_code for name in ("em", "khach")] == [200, 200]


def test_a_paper_without_warnings_is_read_at_once(room, tmp_path):
    document = room.paper(papers.pdf(tmp_path / "bao-cao.pdf", pages=1))
    assert room.get("em", f"/documents/{document}/pages/1.webp").status_code == 200


def test_the_owner_decides_and_not_the_command(room, warned):
    """Who may read a paper at first is the server's: a command that says something else is refused."""
    room.withdraws(warned)
    body = {"item": room.item, "document": warned, "readers": "members"}
    room.browser("mai").api("POST", "/api/meetings/m1/commands", {"id": "again", "name": "attach_paper", "args": body})
    assert room.get("em", f"/documents/{warned}/pages/1.webp").status_code == 404


def test_a_delegate_is_told_nothing_of_it(room, warned):
    room.releases(warned)
    answer = room.get("em", f"/api/documents/{warned}")
    assert answer.status_code == 200
    assert "warnings" not in answer.get_json()
    assert "Nháp" not in room.get("em", "/meetings/m1").text


def test_the_page_of_the_meeting_tells_the_staff(room, warned):
    assert "Nháp" in room.get("mai", "/meetings/m1").text


def test_what_was_found_is_forgotten_when_the_file_is_done_again(room, warned):
    room.withdraws(warned)
    with room.pool.writing() as db:
        from meetingroom.documents import store

        store.mark_again(db, warned)
    assert room.document(warned)["warnings"] == []


def test_what_is_kept_is_bounded():
    found = [{"code": "letters_missing", "page": n, "detail": "x" * 999} for n in range(1000)] * 2
    kept = warnings.note_warnings(found)
    assert len(kept) == file_rejected.WARNINGS_LIMIT
    assert all(len(each["detail"]) <= warnings.DETAIL for each in kept)
    assert len(json.dumps(kept)) < 120_000


def test_a_code_without_words_is_named_nevertheless(room):
    with room.app.test_request_context():
        assert "unheard_of" in warnings.sentence_for({"code": "unheard_of"})
        for code in warnings.WARNINGS:
            assert warnings.sentence_for({"code": code, "detail": "2"})
            assert warnings.sentence_for({"code": code})
