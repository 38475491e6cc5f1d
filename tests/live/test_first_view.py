"""What a room's page brings along: the view of its reader's rights, and the picture of the page on the stage."""

import json
import re
from types import SimpleNamespace

import pytest
from flask import Flask

from meetingroom.web import first_view
from tests.conftest import first_paper

pytestmark = pytest.mark.journey

VIEW = re.compile(r'<script type="application/json" id="first-view">(.*?)</script>', re.S)
PICTURE = re.compile(r'<img class="first-page( part)?" src="([^"]+)"')


def room_of(person, meeting) -> str:
    answer = person.get(f"/meetings/{meeting}/room")
    assert answer.status_code == 200
    return answer.text


def view_in(html: str) -> dict:
    return json.loads(VIEW.search(html)[1])


def picture_in(html: str) -> str:
    found = PICTURE.search(html)
    return found[2].replace("&amp;", "&") if found else ""


@pytest.mark.parametrize(
    ("who", "audience"), [("an", "staff"), ("mai", "staff"), ("em", "members"), ("tho", "members")]
)
def test_the_page_brings_what_its_reader_would_be_told(opened, who, audience):
    opened.person("mai").does("record_note", item="general", text="Ghi chép của thư ký")
    person = opened.person(who)
    brought = view_in(room_of(person, opened.meeting))
    asked = person.get(f"/api/meetings/{opened.meeting}").json()
    assert {key: brought[key] for key in ("seq", "audience", "view")} == {
        key: asked[key] for key in ("seq", "audience", "view")
    }
    assert brought["audience"] == audience
    assert ("Ghi chép của thư ký" in json.dumps(brought, ensure_ascii=False)) == (audience == "staff")
    assert abs(asked["now"] - brought["now"]) < 60_000


def test_nobody_else_is_brought_anything(opened):
    assert opened.person("lan").get(f"/meetings/{opened.meeting}/room").status_code == 404


def test_a_text_in_the_view_does_not_end_the_script(opened):
    opened.person("an").does("record_note", item="general", text="</script><script>alert(1)</script><!--")
    html = room_of(opened.person("mai"), opened.meeting)
    assert "</script><script>alert(1)" not in html
    assert "</script><script>alert(1)</script><!--" in json.dumps(view_in(html))


def test_the_picture_of_the_stage_comes_with_the_page_and_not_while_it_is_hidden(opened):
    an, em = opened.person("an"), opened.person("em")
    paper = first_paper(an)
    an.does("show_paper", paper=paper, page=2)
    address = picture_in(room_of(em, opened.meeting))
    document = em.read_view()["papers"][paper]["document"]
    assert address == f"/documents/{document}/pages/2.webp?w=1920"
    assert em.get(address).headers["Content-Type"] == "image/webp"
    an.does("zoom", rect=[0, 0, 0.5, 0.5])
    assert PICTURE.search(room_of(em, opened.meeting))[1] == " part"
    an.does("cover_stage")
    assert picture_in(room_of(em, opened.meeting)) == ""
    an.does("turn_page", page=1)
    assert picture_in(room_of(em, opened.meeting)).endswith("/pages/1.webp?w=1920")
    an.does("show_title")
    assert picture_in(room_of(em, opened.meeting)) == ""


def test_a_big_screen_is_brought_what_screens_see(opened):
    an = opened.person("an")
    an.does("show_paper", paper=first_paper(an))
    wall = opened.screen(opened.person("mai"))
    html = wall.get("/projector").text
    assert view_in(html)["audience"] == "screens"
    assert picture_in(html).endswith("/pages/1.webp?w=1920")


def test_a_view_that_cannot_be_drawn_is_left_to_the_line():
    def fails(*_):
        raise RuntimeError("hurt")

    app = Flask("test")
    app.extensions["meetingroom"] = SimpleNamespace(push=SimpleNamespace(snapshot=fails))
    with app.app_context():
        assert first_view.first("m1", "members") is None
