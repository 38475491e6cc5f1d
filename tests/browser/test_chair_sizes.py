"""The chair's screen at every size: what is in reach, in its place, and whole."""

import pytest
from playwright.sync_api import expect

from tests.browser.rooms import barriers, colliding, eventually, larger_text, overflowing, painted, seat, small_targets
from tests.browser.test_chair import on_stage, where
from tests.conftest import first_paper

SIZES = [(1280, 800), (1024, 768), (390, 844)]


KEPT = [".queue-invite", ".call-back", ".queue-foot .button", ".desk-start", ".roll-open", ".queue-head select"]


def places(page, names=KEPT):
    """Where each of these stands (the middle of the first one)."""
    boxes = {name: page.locator(f".side {name}").first.bounding_box() for name in names}
    return {name: (round(box["x"]), round(box["y"])) for name, box in boxes.items()}


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 768)])
def test_the_column_keeps_its_places_whatever_appears(screen, opened, width, height):
    """Nothing moves under the thumb: a stray tablet, a request, a whisper, a speech, a ballot, no page."""
    an, mai = opened.person("an"), opened.person("mai")
    em, phuong = opened.person("em").connect(), opened.person("phuong").connect()
    em.does("request_floor")
    page = painted(seat(screen, opened, "an", width, height), 1)
    page.wait_for_selector(".side .queue-invite")
    page.wait_for_selector(".painted-sum.some")
    before = places(page)
    assert all(0 < x < width for x, y in before.values())
    assert all(0 < before[name][1] < height - 90 for name in (".queue-invite", ".call-back"))

    for person in (em, phuong):
        place = {"meeting": opened.meeting, "paper": first_paper(person), "page": 1}
        person.socket.emit("painted", place)
    page.wait_for_selector(".painted-sum.all")
    assert places(page) == before, "everybody has the page"
    phuong.socket.emit("painted", {**place, "browsing": True})
    page.wait_for_selector(".call-back:not(:disabled)")
    assert places(page) == before, "somebody browses"
    phuong.vanish()
    expect(page.locator(".painted-rest")).to_have_text("1 mất kết nối")
    assert places(page) == before, "a line is lost"
    opened.person("ich").does("request_floor")
    expect(page.locator(".queue-invite")).to_have_count(2)
    assert places(page) == before, "another one waits"
    mai.does("send_notice", text="Đoàn khách đã đến.", to="chair")
    page.wait_for_selector(".whisper")
    assert places(page) == before, "the secretary whispers"
    page.click(".whisper button")
    mai.does("close_floor")
    page.wait_for_selector(".queue-closed")
    assert places(page) == before, "the list is closed"
    an.does("grant_floor", person=opened.people["phuong"], seconds=300)
    page.wait_for_selector(".side .speaker-now")
    assert places(page) == before, "somebody speaks"
    an.does("end_speech")
    page.wait_for_selector(".side .speaker-now", state="detached")
    an.does("show_title")
    page.wait_for_selector("next-page:has-text('Chưa có trang')")
    assert places(page) == before, "no page"
    mai.does("draft_ballot", question="Thông qua kế hoạch?", preset="HOI_NGHI", secret=False)
    (ballot,) = an.read_view()["ballots"]["order"]
    an.does("open_ballot", ballot=ballot, despite=True)
    page.wait_for_selector(".side .desk-card.live")
    still = [name for name in KEPT if name not in (".desk-start", ".roll-open")]
    assert places(page, still) == {name: before[name] for name in still}, "a ballot is open"
    box = page.locator(".side .desk-end").bounding_box()
    assert box["y"] + box["height"] <= height
    em.leave()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 768), (1280, 640), (820, 1180), (390, 844)])
def test_putting_something_to_the_vote_is_in_sight_without_scrolling(screen, opened, width, height):
    for n in range(2, 10):
        opened.person("dung").does("add_site", name=f"VKSND khu vực {n}", short=f"ĐC{n:02}")
    for name in ("em", "phuong", "ich"):
        opened.person(name).does("request_floor")
    opened.person("mai").does("draft_ballot", question="Thông qua kế hoạch?" * 8, preset="HOI_NGHI", secret=False)
    page = painted(seat(screen, opened, "an", width, height), 1)
    if width < 700:
        page.click("room-tabs button:has-text('Biểu quyết')")
    for size in (150, 100):
        larger_text(page, size)
        box = page.locator(".desk-start").bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height, size
        assert box["height"] >= 48
        page.locator(".desk-start").click(trial=True)
    page.click(".desk-start")
    page.click("ballot-desk[wide] .desk-drafts button:has-text('Mở biểu quyết')")
    box = page.locator("ballot-opening .primary.big").bounding_box()
    assert box["y"] + box["height"] <= height


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_everything_is_in_reach_at_every_size(screen, opened, width, height):
    page = painted(seat(screen, opened, "an", width, height, fingers=width < 500), 1)
    assert overflowing(page) == []
    assert small_targets(page) == []
    for name in (".turn.back", ".turn.on"):
        assert page.locator(name).bounding_box()["height"] >= 64
    sheet = page.locator("page-view").bounding_box()
    assert sheet["height"] > height * 0.6 or sheet["width"] == width


@pytest.mark.parametrize("text", [100, 150])
def test_no_word_at_the_foot_of_a_phone_runs_into_the_next(screen, opened, text):
    page = painted(seat(screen, opened, "an", 390, 844, fingers=True), 1)
    larger_text(page, text)
    assert colliding(page, ".room-tabs > button > span") == []
    assert colliding(page, ".turn > span, .turn-where") == []


@pytest.mark.parametrize(("width", "height", "text"), [(1280, 800, 100), (1280, 800, 150), (1024, 768, 150)])
def test_the_tools_and_the_turn_buttons_leave_each_other_room(screen, opened, width, height, text):
    page = painted(seat(screen, opened, "an", width, height), 1)
    larger_text(page, text)
    # The longest words they have in any language.
    page.evaluate("""() => {
      const all = (selector) => [...document.querySelectorAll(selector)]
      const put = (selector, words) => all(selector).forEach((one, i) => { one.textContent = words[i] })
      put(".bar .turn.back > span", ["Previous"])
      put(".bar .tool > span", ["Zoom in", "Cover", "Hand over", "More"])
    }""")
    assert colliding(page, ".bar > stage-tools, .bar .turn > span, .bar .turn-where", apart=0) == []
    assert colliding(page, ".bar .tool > span", apart=2) == []


def test_a_phone_runs_the_meeting(screen, opened):
    page = painted(seat(screen, opened, "an", 390, 844, fingers=True), 1)
    tabs = page.locator(".room-tabs button")
    tabs.nth(1).click()
    page.click(".rail .item-act")
    page.wait_for_selector(".rail .item.current")
    page.click(".turn.on")
    assert where(page) == "2", "pages are turned from every tab"
    tabs.nth(4).click()
    page.wait_for_selector("painted-board:visible")
    page.wait_for_selector("roll-summary:visible")
    tabs.nth(5).click()
    page.click(".more .tool >> nth=1")
    eventually(page, lambda: on_stage(opened).get("covered"))
    page.click(".more .adjourn")
    page.click("dialog .primary")
    page.wait_for_selector(".more .resume")


def test_the_agenda_is_a_drawer_on_a_small_tablet(screen, opened):
    page = painted(seat(screen, opened, "an", 1024, 768), 1)
    assert not page.is_visible(".item-title >> nth=0")
    page.click(".rail-toggle")
    page.wait_for_selector(".item-title:visible")
    page.click(".item-head >> nth=1")
    page.click(".item-paper:has-text('Báo cáo chuyên đề')")
    page.wait_for_selector(".stage[data-lies=across]")  # slides have their small pages below
    painted(page, 1)
    expect(page.locator(".item-title").first, "the drawer closes by itself").to_be_hidden()


def test_nobody_is_kept_out_by_the_way_it_is_built(screen, opened):
    page = painted(seat(screen, opened, "an"), 1)
    assert barriers(page) == []
