"""The screen of a site's technician: the page, the line, and the roll of this site only."""

import pytest
from playwright.sync_api import expect

from tests.browser.rooms import barriers, overflowing, painted, seat, small_targets

SIZES = [(1280, 800), (1024, 768), (390, 844)]


def test_only_the_own_site_is_called(screen, opened):
    page = seat(screen, opened, "tho")
    expect(page.locator(".roll-who b")).to_have_text(["Đỗ Văn Ích"])
    page.locator(".roll-row:has-text('Đỗ Văn Ích') .roll-mark").nth(1).click()
    page.wait_for_selector(".roll-row.online:has-text('Đỗ Văn Ích')")
    assert opened.person("an").read_view()["roll"]["people"][opened.people["ich"]]["state"] == "online"


def test_the_page_follows_the_chair_and_says_who_leads(screen, opened):
    page = painted(seat(screen, opened, "tho"), 1)
    expect(page.locator("line-state")).to_contain_text("Nguyễn Văn An")
    opened.person("an").does("turn_page", page=3)
    painted(page, 3)
    opened.person("an").does("give_stage", person=opened.people["em"])
    page.wait_for_selector("line-state dd:has-text('Hoàng Văn Em')")


def test_the_chairs_call_is_said_on_the_sites_screen_as_well(screen, opened):
    page = painted(seat(screen, opened, "tho"), 1)
    an = opened.person("an")
    expect(page.locator(".call-banner")).to_have_count(0)
    an.does("turn_page", page=2)
    an.does("call_back")
    expect(page.locator("call-banner")).to_contain_text("Chủ tọa gọi tất cả về trang 2")


def test_a_covered_page_leaves_no_word_and_no_light_before_the_site(screen, opened):
    page = painted(seat(screen, opened, "tho"), 1)
    opened.person("an").does("cover_stage")
    card = page.locator("stage-card.cover")
    expect(card).to_be_visible()
    expect(card).to_have_text("")
    for place in (".stage", "stage-card"):
        expect(page.locator(place).first).to_have_css("background-color", "rgb(0, 0, 0)")
    expect(page.locator("line-state")).to_contain_text("trang đang được che")
    opened.person("an").does("uncover_stage")
    expect(card).to_have_count(0)


def test_the_line_is_told_truly(screen, opened):
    page = seat(screen, opened, "tho")
    page.forgiven = ["Failed to load", "ERR_", "WebSocket"]
    page.wait_for_selector(".line.good")
    opened.kill()
    page.wait_for_selector(".line.bad", timeout=20000)
    opened.start()
    page.wait_for_selector(".line.good", timeout=20000)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_everything_is_in_reach_at_every_size(screen, opened, width, height):
    page = seat(screen, opened, "tho", width, height, fingers=width < 500)
    page.wait_for_selector("line-state", state="attached")
    for n in range(page.locator(".room-tabs button:visible").count() or 1):
        if page.locator(".room-tabs button:visible").count():
            page.locator(".room-tabs button:visible").nth(n).click()
        page.wait_for_timeout(200)
        assert overflowing(page) == []
        assert small_targets(page) == []


def test_nobody_is_kept_out_by_the_way_it_is_built(screen, opened):
    page = painted(seat(screen, opened, "tho"), 1)
    assert barriers(page) == []
