"""Without a line: whatever sends says what will become of it, before it is pressed and when it is."""

import pytest
from playwright.sync_api import expect

from tests.browser.bare import until

WAITS = "Đang mất kết nối. Nội dung gửi lúc này sẽ chờ tại máy"
PRESSED = "máy chờ tối đa 20 giây để gửi"


@pytest.fixture
def cut(opened, enter):
    """A delegate whose line has just been cut, with a ballot open and nobody checked in."""
    mai = opened.person("mai")
    mai.does("draft_ballot", question="Thông qua Kế hoạch?")
    opened.person("em").does("check_in", mode="onsite")
    opened.person("an").does("open_ballot", ballot=mai.read_view()["ballots"]["order"][-1])
    em = enter(opened, "em", 390, 844)
    expect(em.locator("ballot-card .ballot-option").first).to_be_visible()
    em.context.set_offline(True)
    expect(em.locator("html[data-line=down]")).to_be_attached()
    return em


def test_a_vote_says_that_it_waits_and_goes_when_the_line_is_back(opened, cut):
    expect(cut.locator("ballot-card .line-word")).to_contain_text(WAITS)
    cut.get_by_text("Tán thành", exact=True).click()
    cut.get_by_role("button", name="Xác nhận").click()
    expect(cut.locator(".toast")).to_contain_text(PRESSED)
    cut.context.set_offline(False)
    ballot = opened.person("an").read_view()["ballots"]["open"]
    until(cut, lambda: opened.person("an").read_view()["ballots"]["items"][ballot]["cast"] == 1)
    expect(cut.locator("ballot-card .line-word")).to_have_count(0)


def test_every_sheet_that_sends_says_so_too(opened, cut):
    cut.get_by_role("button", name="Thu gọn phiếu").click()
    for button in ("Xin phát biểu", "Gọi phục vụ"):
        cut.locator(".room-bar").get_by_role("button", name=button).click()
        expect(cut.locator("dialog[open] > .line-word")).to_contain_text(WAITS)
        cut.keyboard.press("Escape")
    cut.locator(".room-bar").get_by_role("button", name="Xin phát biểu").click()
    cut.get_by_role("button", name="Gửi đăng ký").click()
    expect(cut.locator(".toast").first).to_contain_text(PRESSED)
    cut.context.set_offline(False)
    until(cut, lambda: len(opened.person("an").read_view()["floor"]["queue"]) == 1)


def test_checking_in_says_so_on_its_button_and_nothing_is_said_with_a_line(opened, enter):
    em = enter(opened, "em")
    button = em.locator("check-in .primary")
    expect(button).to_have_text("Điểm danh")
    em.context.set_offline(True)
    expect(button).to_contain_text("chờ đường truyền")
    em.context.set_offline(False)
    expect(button).to_have_text("Điểm danh")
