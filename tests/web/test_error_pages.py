"""What somebody sees in the browser when something cannot be done: a page of the program that says what to do."""

import sqlite3
from html import unescape

import pytest

from meetingroom.database import Busy, Pool

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def seen(answer, status: int) -> str:
    assert answer.status_code == status, answer.text
    assert answer.content_type.startswith("text/html")
    assert "desk-header" in answer.text
    return unescape(answer.text)


def test_every_page_of_an_error_says_what_to_do_now_and_leads_back(desk):
    desk.opened("m1")
    em = desk.browser("em")
    nowhere = seen(em.get("/meetings/none", Referer="http://localhost/meetings/m1"), 404)
    assert "check the address" in nowhere
    assert 'href="/meetings/m1"' in nowhere
    assert "ask the organiser" in seen(em.get("/admin/people"), 403)
    assert "evil" not in seen(em.get("/admin/people", Referer="http://evil.example/evil"), 403)
    assert 'href="//' not in seen(em.get("/admin/people", Referer="http://localhost//evil.example/"), 403)


@pytest.mark.parametrize("error", [Busy("busy"), sqlite3.DatabaseError("disk image is malformed")])
def test_a_page_comes_although_the_database_cannot_be_read(desk, monkeypatch, error):
    em = desk.browser("em")
    em.page("/")

    def refuse(self, *args, **more):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(Pool, "lend", refuse)
        broken.setattr(Pool, "writing", refuse)
        answer = em.get("/tasks?waits=me")
    text = seen(answer, 503 if isinstance(error, Busy) else 500)
    assert 'href="/tasks?waits=me"' in text
    assert "Error 50" in text


def test_a_file_that_cannot_be_had_is_a_page_in_a_browser_and_json_for_a_program(desk):
    desk.opened("m1")
    em = desk.browser("em")
    address = "/api/meetings/m1/documents/thong_bao.pdf"
    assert "Error 403" in seen(em.get(address, **BROWSER), 403)
    assert em.get(address).json["error"]["code"]
    assert em.get("/api/meetings/none", **BROWSER).json["error"]["code"]


def test_what_is_too_large_says_how_much_is_taken(desk):
    mai = desk.browser("mai")
    text = seen(mai.send("/meetings/new", at="/meetings/new", title="x" * 3_000_000), 413)
    assert "At most 2 MB" in text
    assert "Nothing of it was kept" in text
