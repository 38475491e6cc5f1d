"""A page whose picture was lost on the disk is told as such, and drawn again."""

import pytest

from meetingroom.config import Settings
from meetingroom.documents.content_store import ContentStore, original_path

pytestmark = [pytest.mark.journey, pytest.mark.worker]


@pytest.fixture
def paper_of(opened):
    """(who reads, the document's id, its files)"""
    em = opened.person("em")
    document = next(iter(em.read_view()["papers"].values()))["document"]
    from meetingroom import database

    db = database.connect(opened.data / "meetingroom.db", patience=5)
    (sha,) = db.conn.execute("select sha from documents where id = ?", (document,)).fetchone()
    db.close()
    return em, document, ContentStore(Settings(data=opened.data), sha)


def test_a_lost_picture_is_named_and_drawn_again(paper_of):
    em, document, contents = paper_of
    before = em.get(f"/documents/{document}/pages/2.webp?w=1920").content
    for size in (480, 1920, 2880):
        contents.page(2, size).unlink(missing_ok=True)
    answer = em.get(f"/documents/{document}/pages/2.webp?w=1920")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "page_missing")
    assert answer.headers["Retry-After"]
    em.wait(lambda: em.get(f"/documents/{document}/pages/2.webp?w=1920").status_code == 200, timeout=40)
    assert em.get(f"/documents/{document}/pages/2.webp?w=1920").content == before


def test_without_the_original_it_says_that_a_backup_is_needed(paper_of):
    em, document, contents = paper_of
    original_path(Settings(data=em.room.data), contents.original.name).unlink()
    for size in (480, 1920, 2880):
        contents.page(2, size).unlink(missing_ok=True)
    answer = em.get(f"/documents/{document}/pages/2.webp")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "page_lost")
