"""A room by its keys alone: letters, links that skip, and the focus, which is never lost."""

from playwright.sync_api import expect

from tests.browser.rooms import painted, seat

FOCUSED = "() => document.activeElement !== document.body && document.activeElement.isConnected"


def test_the_chair_opens_a_ballot_with_few_keys_and_keeps_the_focus(screen, opened):
    mai = opened.person("mai")
    mai.does("draft_ballot", question="Thông qua Kế hoạch năm 2027?", seconds=600)
    page = painted(seat(screen, opened, "an"), 1)
    keys = page.keyboard
    keys.press("v")
    start = page.locator("dialog[open] .desk-draft .button.primary")
    expect(start).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("button", name="Để sau")).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    expect(page.locator(".side ballot-desk.forward")).to_be_visible()
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.wait_for_function(FOCUSED)


def test_letters_are_typed_where_one_writes_and_can_be_switched_off(screen, opened):
    page = painted(seat(screen, opened, "an"), 1)
    page.keyboard.press("?")
    sheet = page.locator("dialog[open]")
    expect(sheet.get_by_role("heading", name="Phím tắt")).to_be_visible()
    page.keyboard.press("v")
    expect(page.locator("dialog[open]")).to_have_count(1)
    sheet.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    for key in ("v", "?", "b", "w"):
        page.keyboard.press(key)
    expect(page.locator("dialog[open]")).to_have_count(0)
    menu = page.get_by_role("button", name="Trình đơn")
    expect(menu).not_to_have_attribute("aria-keyshortcuts", "M")
    menu.click()
    page.get_by_role("button", name="Phím tắt").click()
    assert not opened.person("an").read_view()["stage"].get("covered"), "no letter covers the page, either"
    sheet.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-keyshortcuts", "M")
    expect(page.get_by_role("button", name="Che trang")).to_have_attribute("title", "Che trang (B)")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("v")
    expect(page.locator("dialog[open]")).to_have_count(1)
    page.keyboard.press("Enter")
    question = page.locator("dialog[open] textarea").first
    question.fill("")
    question.press_sequentially("vrqa?")
    expect(question).to_have_value("vrqa?")
    expect(page.locator("dialog[open]")).to_have_count(2)


def test_the_agenda_is_one_stop_and_arrows_go_through_it(screen, opened):
    page = painted(seat(screen, opened, "an"), 1)
    page.keyboard.press("a")
    page.keyboard.press("Tab")
    heads = page.locator("agenda-rail .item-head")
    expect(page.locator("agenda-rail .item-head[tabindex='0']")).to_have_count(1)
    expect(heads.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(heads.nth(1)).to_be_focused()
    expect(heads.nth(1)).to_have_attribute("tabindex", "0")
    page.keyboard.press("End")
    expect(heads.last).to_be_focused()
    page.keyboard.press("Home")
    expect(heads.first).to_be_focused()
    # A tap leaves the keys to the clicker: they turn the page.
    heads.last.click()
    page.keyboard.press("End")
    painted(page, opened.person("an").read_view()["stage"]["pages"])


def test_links_lead_past_the_agenda_to_the_page_and_the_speakers(screen, opened):
    page = painted(seat(screen, opened, "an"), 1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến trang tài liệu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#page")).to_be_focused()
    page.keyboard.press("q")
    expect(page.locator("#queue")).to_be_focused()


def test_the_focus_stays_where_the_vote_was_and_goes_back_to_what_opened_a_dialog(enter, opened):
    mai, an = opened.person("mai"), opened.person("an")
    em = enter(opened, "em")
    opens = em.get_by_role("button", name="Xin phát biểu")
    opens.focus()
    em.keyboard.press("Enter")
    expect(em.locator("dialog[open]")).to_be_visible()
    em.keyboard.press("Escape")
    expect(opens).to_be_focused()
    mai.does("draft_ballot", question="Thông qua Kế hoạch năm 2027?", seconds=600)
    an.does("open_ballot", ballot=mai.read_view()["ballots"]["order"][-1])
    card = em.locator("ballot-card")
    card.locator(".ballot-option input").first.focus()
    em.keyboard.press("Space")
    confirm = card.get_by_role("button", name="Xác nhận")
    confirm.focus()
    em.keyboard.press("Enter")
    expect(card.locator(".ballot-mine")).to_be_visible()
    assert em.evaluate("() => document.querySelector('ballot-card').contains(document.activeElement)")
    an.does("turn_page", page=2)
    painted(em, 2)
    assert em.evaluate(FOCUSED)
