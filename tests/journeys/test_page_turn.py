"""The ten stops of a page turn, as docs/life-of-a-page-turn.md tells them (stops 1, 2, 8, 9 are the browser's:
tests/browser)."""

import json

import pytest

from meetingroom import database, log

pytestmark = pytest.mark.journey


def test_a_page_turn_travels_from_the_chairs_finger_to_every_screen_and_back(opened):
    an, mai, em, ich = (opened.person(name).connect() for name in ("an", "mai", "em", "ich"))
    big = opened.screen(mai).connect()
    paper = an.view["stage"]["paper"]

    # 2, 3: the command is posted with an id of its own; 4: the same id again gets the same answer
    first = an.send("turn_page", id="turn-4", page=4)
    again = an.send("turn_page", id="turn-4", page=4)
    assert (first.status_code, first.json()) == (200, again.json())

    # 5, 6: one fact, stamped, numbered, chained
    pool = database.Pool(opened.data / "meetingroom.db")
    with pool.lend() as db:
        facts = log.read(db, opened.meeting)
        assert log.verify(db, opened.meeting) == facts[-1].seq == first.json()["seq"]
    assert (type(facts[-1].event).__name__, facts[-1].by) == ("PageTurned", an.id)
    pool.close()

    # 7, 8: one patch to every audience, merged by its number
    for screen in (an, mai, em, ich, big):
        view = screen.until(lambda seen: seen["stage"].get("page") == 4)
        assert screen.patches[-1]["patch"]["stage"]["page"] == 4
        assert view["stage"] == screen.read_view()["stage"] if screen.username else True
        assert screen.gaps == 0

    # 9, 10: each tells what it has painted; the chair sees who has not
    for screen in (an, mai, em, big):
        screen.socket.emit("painted", {"meeting": opened.meeting, "paper": paper, "page": 4})
    an.wait(lambda: an.presence.get("on_page") == 3 and an.presence["projectors"][0]["state"] == "shown")
    assert an.presence["screens"] == 4, "the big screen is told apart"
    assert an.presence["late"] == [ich.id]
    main, remote = an.view["sites"]["order"]
    assert an.presence["sites"][remote]["on_page"] == 0
    ich.socket.emit("painted", {"meeting": opened.meeting, "paper": paper, "page": 4})
    an.wait(lambda: an.presence["on_page"] == 4)
    assert an.presence["sites"][main]["here"] == 3
    for screen in (an, mai, em, ich, big):
        screen.leave()


def test_the_page_is_a_picture_for_members_and_nothing_for_anybody_else(opened):
    em, lan = opened.person("em"), opened.person("lan")
    document = em.read_view()["stage"]["document"]
    page = em.get(f"/documents/{document}/pages/1.webp")
    assert (page.status_code, page.headers["Content-Type"]) == (200, "image/webp")
    assert "immutable" in page.headers["Cache-Control"]
    assert page.content[:4] == b"RIFF"
    assert lan.get(f"/documents/{document}/pages/1.webp").status_code == 404
    words = em.get(f"/documents/{document}/pages/3.json").json()
    assert "Trang" in json.dumps(words, ensure_ascii=False)


def test_nobody_but_the_holder_turns_pages(opened):
    assert opened.person("em").refused("turn_page", page=2) == "not_the_holder"
    assert opened.person("mai").refused("turn_page", page=2) == "not_the_holder"
    assert opened.person("an").refused("turn_page", page=99) == "no_such_page"
    assert opened.person("lan").send("turn_page", page=2).status_code == 404
