"""A screen comes in few requests and small; what makes it quick is counted here, how quick it is, in bench/."""

import pytest
from playwright.sync_api import expect

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
    # The secretary's editor comes when the desk stands, which on a quick machine is before the page is drawn.
    here = [one for one in answers if "/prosemirror/" not in one.url]
    texts = [one for one in here if one.request.resource_type in ("script", "stylesheet")]
    assert [one.request.resource_type for one in texts].count("stylesheet") == 1
    assert len(texts) == 3, [one.url for one in texts]  # the sheet, the words, the screen
    for one in texts:
        assert one.headers.get("content-encoding") in ("br", "gzip"), one.url
        assert one.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_the_page_is_seen_before_any_script_has_run(screen, opened):
    page = screen(1024, 768)
    page.route("**/js/screens/*.js", lambda route: route.abort())
    sign_in(page, opened, "em")
    page.goto(f"{opened.url}/meetings/{opened.meeting}/room", wait_until="load")
    picture = page.locator("page-view > img.first-page")
    expect(picture).to_be_visible()
    assert picture.evaluate("(one) => one.naturalWidth") > 1000
    on_top = "([x, y]) => document.elementFromPoint(x, y).className"
    assert page.evaluate(on_top, [512, 384]) == "first-page", "no card and no drawer lies over it"


@pytest.mark.parametrize("who", ["em", "an"])
def test_a_room_is_there_before_its_line_is(screen, opened, who):
    """What came with the page is drawn; the socket has not answered. Nothing is claimed about the line."""
    page = screen(1024, 768)
    page.route("**/socket.io/**", lambda route: route.abort())
    page.route_web_socket("**/socket.io/**", lambda held: None)
    sign_in(page, opened, who)
    page.goto(f"{opened.url}/meetings/{opened.meeting}/room")
    page.wait_for_function(SHOWN)
    expect(page.locator("page-view canvas[aria-busy=false]")).to_be_visible()
    expect(page.locator("page-view > img")).to_have_count(0)
    expect(page.locator("connection-lamp .lamp").first).not_to_have_attribute("data-state", "live")


def test_another_page_than_the_first_is_shown_if_the_stage_has_moved_on_meanwhile(screen, opened):
    page = screen(1024, 768)
    sign_in(page, opened, "em")
    held = []
    page.route("**/js/screens/*.js", lambda route: held.append(route))
    page.goto(f"{opened.url}/meetings/{opened.meeting}/room", wait_until="commit")
    expect(page.locator("page-view > img.first-page")).to_be_visible()
    opened.person("an").does("turn_page", page=3)
    held[0].continue_()
    expect(page.locator("page-view canvas[aria-busy=false][aria-label^='Trang 3 ']")).to_be_visible()
    expect(page.locator("page-view > img")).to_have_count(0)


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
