"""A screen comes in few requests and small; what makes it quick is counted here, how quick it is, in bench/."""

import pytest

from tests.browser.conftest import sign_in

AT_MOST = 40
SHOWN = """() => { const view = document.querySelector("page-view"), shown = view && view.shown
  return Boolean(shown && view.pictures && view.pictures.full(shown.document, shown.page)) }"""


def loaded(page, room, path) -> list:
    """The answers of a visit with an empty cache, until the page of the stage is in the canvas."""
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(room.url + path)
    page.wait_for_function(SHOWN)
    return answers


@pytest.mark.parametrize("who", ["em", "an", "mai", "tho", "screen"])
def test_a_room_comes_in_few_requests_and_compressed(screen, opened, who):
    page = screen(1024, 768)
    path = f"/meetings/{opened.meeting}/room"
    if who == "screen":
        jar = opened.screen(opened.person("mai")).session.cookies
        page.context.add_cookies([{"name": c.name, "value": c.value, "url": opened.url} for c in jar])
        path = "/projector"
    else:
        sign_in(page, opened, who)
    answers = loaded(page, opened, path)
    assert len(answers) <= AT_MOST, [one.url for one in answers]
    texts = [one for one in answers if one.request.resource_type in ("script", "stylesheet")]
    assert [one.request.resource_type for one in texts].count("stylesheet") == 1
    assert len(texts) == 3  # the sheet, the words, the screen
    for one in texts:
        assert one.headers.get("content-encoding") in ("br", "gzip"), one.url
        assert one.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_desk_page_comes_in_few_requests(screen, opened):
    page = screen(1024, 768)
    sign_in(page, opened, "em")
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(opened.url + "/", wait_until="networkidle")
    texts = [one for one in answers if one.request.resource_type in ("script", "stylesheet")]
    assert len(answers) <= AT_MOST
    assert len(texts) == 3
    assert {one.headers.get("content-encoding") for one in texts} <= {"br", "gzip"}
