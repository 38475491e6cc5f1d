"""The board before a meeting, and what a tablet does when the secretary presses “Kiểm tra”."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import in_step, sign_in
from tests.browser.rooms import Axe, painted, small_targets, still
from tests.conftest import first_paper

TRAVELLED = """() => performance.getEntriesByType("resource")
  .filter((one) => (one.name.includes("w=1920") || one.name.includes("bundle-")) && one.transferSize > 0)
  .map((one) => one.name)"""


def test_a_tablet_fetches_every_page_and_the_board_says_so(room, enter, screen):
    tablet = enter(room, "em", 820, 1180)
    fetched = []
    tablet.on("response", lambda answer: re.search(r"/pages/bundle-\d+$", answer.url) and fetched.append(answer.url))

    board = screen(1280, 800)
    sign_in(board, room, "mai")
    board.goto(f"{room.url}/meetings/{room.meeting}/readiness")
    number = board.locator(".ready-number")
    number.wait_for()
    before = int(re.match(r"\d+", number.inner_text())[0])
    board.get_by_role("button", name="Kiểm tra").click()
    board.get_by_text("1/1 thiết bị đã có đủ trang.").wait_for(timeout=20000)
    assert int(re.match(r"\d+", number.inner_text())[0]) > before
    assert len(set(fetched)) == 2, "two papers, each in one bundle"
    row = board.locator(".ready-devices tbody tr")
    expect(row).to_contain_text("Hoàng Văn Em")
    expect(row).to_contain_text("9/9")

    # What the cache holds does not travel again when the chair shows it.
    an = room.person("an")
    an.does("open_meeting")
    tablet.evaluate("performance.clearResourceTimings()")
    an.does("show_paper", paper=first_paper(an))
    painted(tablet, 1)
    assert tablet.evaluate(TRAVELLED) == []


def test_a_tablet_that_comes_late_is_checked_too(room, enter, screen):
    assert room.person("mai").post(f"/api/meetings/{room.meeting}/readiness/check").status_code == 202
    tablet = enter(room, "em", 390, 844)
    mai = room.person("mai")
    mai.wait(
        lambda: [
            d for d in mai.get(f"/api/meetings/{room.meeting}/readiness").json()["devices"] if d.get("cached") == 9
        ],
    )
    in_step(tablet)


def test_the_board_can_be_read_by_everybody_and_pressed_with_a_finger(room, screen):
    board = screen(390, 844, fingers=True)
    sign_in(board, room, "mai")
    board.goto(f"{room.url}/meetings/{room.meeting}/readiness")
    board.locator(".ready-number").wait_for()
    assert board.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert small_targets(board) == []
    still(board)
    found = Axe().run(board)
    assert not [v["id"] for v in found.response["violations"]]


def test_every_row_that_is_open_leads_to_its_cure(room, screen):
    board = screen(1280, 800)
    sign_in(board, room, "mai")
    board.goto(f"{room.url}/meetings/{room.meeting}/readiness")
    board.locator(".ready-number").wait_for()
    rows = board.locator(".ready-row.bad, .ready-row.todo").filter(has_not_text="máy chủ")
    assert rows.count() > 1
    for row in rows.all():
        expect(row.locator("a.ready-go")).to_be_visible()
    board.get_by_role("link", name="Mở phần màn hình trình chiếu").click()
    expect(board.locator("dialog[open] h2")).to_have_text("Màn hình trình chiếu")
    board.reload()
    in_step(board)
    expect(board.locator("dialog[open]")).to_have_count(0)
