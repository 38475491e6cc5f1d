"""The big screen: nobody stands before it, so it asks for nothing and comes back by itself."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def wall(screen):
    """`wall(room)`: a projector that has just been switched on."""

    def switch_on(room, width=1920, height=1080):
        page = screen(width, height)
        page.goto(room.url + "/projector")
        return page

    return switch_on


def code(page) -> str:
    shown = page.locator(".pairing-digits")
    expect(shown).to_be_visible()
    return re.sub(r"\D", "", shown.inner_text())


def pair(room, page):
    answer = room.person("mai").post(
        f"/api/meetings/{room.meeting}/screens", json={"code": code(page), "name": "Tường"}
    )
    assert answer.status_code == 201
    expect(page.locator("body")).to_have_attribute("data-lamp", "live")
    return answer.json()["id"]


def test_a_code_then_the_title_then_the_page(room, wall):
    page = wall(room)
    assert len(code(page)) == 6
    pair(room, page)
    title = room.person("an").read_view()["meeting"]["title"]
    expect(page.locator("stage-card h2")).to_have_text(title)
    expect(page.locator("stage-card")).to_contain_text("chưa khai mạc")
    expect(page.locator("stage-card dl")).to_contain_text("có mặt")
    an = room.person("an")
    an.does("open_meeting")
    paper = next(iter(an.read_view()["papers"]))
    an.does("show_paper", paper=paper, page=2)
    expect(page.locator("stage-card")).to_be_hidden()
    expect(page.locator("canvas[aria-busy=false][aria-label^='Trang 2 ']")).to_be_visible()
    an.does("adjourn_meeting")
    expect(page.locator("stage-card")).to_contain_text("Tạm nghỉ")
    an.does("resume_meeting")
    an.does("close_meeting")
    expect(page.locator("stage-card")).to_contain_text("đã bế mạc")


def test_it_shows_nothing_to_press_and_no_lamp_while_all_is_well(opened, wall):
    page = wall(opened)
    pair(opened, page)
    expect(page.locator("canvas[aria-busy=false]")).to_be_visible()
    assert page.locator("button:visible, a:visible, input:visible, dialog:visible").count() == 0
    expect(page.locator("connection-lamp")).to_be_hidden()
    expect(page.locator("body")).to_have_class(re.compile("still"))
    assert page.evaluate("() => getComputedStyle(document.body).cursor") == "none"


def test_it_is_back_by_itself_after_the_server_was_killed(opened, wall):
    page = wall(opened)
    pair(opened, page)
    expect(page.locator("canvas[aria-label^='Trang 1 ']")).to_be_visible()
    opened.kill()
    expect(page.locator("connection-lamp")).to_be_visible()
    expect(page.locator("canvas[aria-label^='Trang 1 ']")).to_be_visible()
    opened.start()
    opened.person("an").does("turn_page", page=3)
    expect(page.locator("canvas[aria-label^='Trang 3 '][aria-busy=false]")).to_be_visible()
    expect(page.locator("connection-lamp")).to_be_hidden()


def test_it_comes_back_to_its_meeting_after_being_switched_off(opened, wall):
    page = wall(opened)
    pair(opened, page)
    page.reload()
    expect(page.locator("canvas[aria-label^='Trang 1 ']")).to_be_visible()


def test_taken_from_the_meeting_it_shows_a_code_again(opened, wall):
    page = wall(opened)
    screen = pair(opened, page)
    opened.person("mai").delete(f"/api/meetings/{opened.meeting}/screens/{screen}")
    assert len(code(page)) == 6
    expect(page.locator("canvas:visible")).to_have_count(0)


def test_after_a_restart_of_the_server_a_waiting_screen_shows_a_code_that_pairs_it(room, wall):
    """Another one, as the codes of those who wait are in memory only; nobody touches the screen."""
    page = wall(room)
    room.kill()
    expect(page.locator(".pairing-line")).to_contain_text("Đang nối lại")
    room.start()
    expect(page.locator(".pairing-line")).to_be_empty()
    pair(room, page)
