"""The chair's screen: opening, turning, showing, seeing who has it; at every size."""

import re

from playwright.sync_api import expect

from tests.browser.rooms import barriers, eventually, painted, seat, sign_in
from tests.conftest import first_paper


def where(page):
    return page.inner_text(".turn-where b")


def on_stage(room):
    return room.person("an").read_view()["stage"]


def test_the_chair_opens_the_meeting_after_a_question(screen, room):
    page = seat(screen, room, "an")
    page.click(".top .open-meeting")
    assert "1" in page.inner_text("dialog .dialog-body p"), "the question says who is present, with the chair who opens"
    page.click("dialog .button:not(.primary)")
    assert room.person("an").read_view()["meeting"]["status"] == "published"
    page.click(".top .open-meeting")
    page.click("dialog .primary")
    page.wait_for_selector(".top .close-meeting")
    eventually(page, lambda: room.person("an").read_view()["meeting"]["status"] == "live")


def test_starting_an_item_and_showing_its_paper(screen, room):
    room.person("an").does("open_meeting")
    page = seat(screen, room, "an")
    page.click(".item-act")
    page.wait_for_selector(".item.current")
    painted(page, 1)
    eventually(page, lambda: on_stage(room).get("paper") == first_paper(room.person("an")))
    expect(page.locator(".item-paper.on .paper-where")).to_have_text("1/5")
    page.click(".item.current .item-act")
    page.wait_for_selector(".item.done")
    first = room.person("an").read_view()["agenda"]["order"][0]
    eventually(page, lambda: room.person("an").read_view()["agenda"]["items"][first]["status"] == "done")


def test_a_keyboard_and_a_clicker_turn_the_page(screen, opened):
    page = painted(seat(screen, opened, "an"), 1)
    for key, number in (
        ("ArrowRight", 2), ("PageDown", 3), (" ", 4), ("ArrowLeft", 3), ("PageUp", 2), ("End", 5), ("ArrowRight", 5),
        ("Home", 1),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert where(page) == str(number), key
    eventually(page, lambda: on_stage(opened).get("page") == 1)
    page.keyboard.press("b")
    page.wait_for_selector("stage-card:not([hidden])")
    eventually(page, lambda: on_stage(opened).get("covered"))
    page.keyboard.press(".")
    painted(page, 1)
    eventually(page, lambda: "covered" not in on_stage(opened))


def test_a_clicker_turns_the_page_wherever_the_focus_is_and_never_reloads(screen, opened):
    page = painted(seat(screen, opened, "an"), 1)
    # Any list and any number of the room: which of them are in sight depends on the tab that is open.
    page.evaluate("""() => {
        const list = "<select id=a-list><option>3</option><option>5</option><option>b</option></select>"
        document.body.insertAdjacentHTML("beforeend", `${list}<input id=a-number type=number value=5>`)
        window.sameDocument = true
    }""")
    page.focus("#a-list")
    page.keyboard.press("PageDown")
    painted(page, 2)
    page.focus("#a-number")
    page.keyboard.press("PageDown")
    painted(page, 3)
    page.keyboard.press("PageUp")
    painted(page, 2)
    page.keyboard.press("ArrowUp")
    assert page.input_value("#a-number") == "6", "arrows belong to the field"
    assert where(page) == "2"
    page.focus("#a-list")
    page.keyboard.down("b")
    page.keyboard.down("b")  # the keyboard repeats a key that is held
    page.keyboard.down("b")
    page.keyboard.up("b")
    eventually(page, lambda: on_stage(opened).get("covered"))
    assert page.input_value("#a-list") == "3"
    expect(page.locator("stage-card.cover")).to_be_visible()
    page.keyboard.press("Shift+F5")
    painted(page, 2)
    eventually(page, lambda: "covered" not in on_stage(opened))
    for key in ("F5", "Escape"):
        page.keyboard.press(key)
    # A script's key event says what the page does with a key; the browser's own reload is not part of it.
    ended = page.evaluate("""() => [["F5", false], ["F5", true], ["r", true]].map(([key, ctrlKey]) => {
        const pressed = new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true, cancelable: true })
        return !document.body.dispatchEvent(pressed)
    })""")
    assert ended == [True, False, False], "F5 does nothing; with Ctrl the browser reloads"
    assert page.evaluate("window.sameDocument")
    assert where(page) == "2"


def test_a_covered_page_keeps_its_place_over_a_reload_and_the_next_press_goes_on(screen, opened, enter):
    opened.person("an").does("turn_page", page=3)
    page = painted(seat(screen, opened, "an"), 3)
    page.get_by_role("button", name="Che trang").click()
    eventually(page, lambda: on_stage(opened).get("covered"))
    late = enter(opened, "em")
    page.reload()
    for one in (page, late):
        expect(one.locator("stage-card.cover")).to_be_visible()
        expect(one.locator("stage-card.cover")).to_have_css("background-color", "rgb(0, 0, 0)")
    assert where(page) == "3"
    page.get_by_role("button", name="Hiện lại").click()
    for one in (page, late):
        expect(one.locator("stage-card")).to_be_hidden()
        painted(one, 3)
    page.keyboard.press("b")
    expect(late.locator("stage-card.cover")).to_be_visible()
    page.reload()
    expect(page.locator("stage-card.cover")).to_be_visible()
    page.locator("button.turn.on").click()
    for one in (page, late):
        expect(one.locator("stage-card")).to_be_hidden()
        painted(one, 4)


def test_on_the_last_page_the_next_press_takes_the_cover_off(screen, opened):
    opened.person("an").does("turn_page", page=5)
    opened.person("an").does("cover_stage")
    page = seat(screen, opened, "an")
    page.locator("button.turn.on").click()
    expect(page.locator("stage-card")).to_be_hidden()
    eventually(page, lambda: (on_stage(opened)["page"], on_stage(opened).get("covered")) == (5, None))


def test_keys_do_not_turn_the_page_while_a_question_is_open(screen, opened):
    page = painted(seat(screen, opened, "an"), 1)
    page.click("button.turn-where")
    page.keyboard.press("ArrowRight")
    page.fill("#picked-page", "9")
    page.keyboard.press("Enter")
    page.wait_for_selector(".picker-wrong")  # there is no page 9
    page.fill("#picked-page", "4")
    page.keyboard.press("Enter")
    painted(page, 4)
    eventually(page, lambda: on_stage(opened)["page"] == 4)


def test_the_own_page_turns_at_once_and_settles_on_what_the_server_says(screen, opened):
    page = painted(seat(screen, opened, "an"), 1)
    page.route("**/commands", lambda route: page.wait_for_timeout(600) or route.continue_())
    page.click(".turn.on")
    assert where(page) == "2", "before any answer"
    eventually(page, lambda: on_stage(opened)["page"] == 2)
    page.unroute("**/commands")
    # Taken away meanwhile: the command is refused, and the screen says what is true.
    room_chair = opened.person("an")
    page.route(
        "**/commands", lambda route: room_chair.does("give_stage", person=opened.people["em"]) and route.continue_()
    )
    page.click(".turn.on")
    page.wait_for_selector(".take-back:visible")
    page.wait_for_selector(".toast.bad")
    assert on_stage(opened)["page"] == 2


def test_the_strip_and_the_next_page_lead_on(screen, opened):
    page = painted(seat(screen, opened, "an"), 1)
    page.wait_for_selector("page-strip [aria-current=page][aria-label$='1']")
    page.click("page-strip button >> nth=2")
    painted(page, 3)
    page.wait_for_function("() => document.querySelector('next-page').innerText.includes('Trang 4 / 5')")
    page.click("next-page .next")
    painted(page, 4)
    eventually(page, lambda: on_stage(opened)["page"] == 4)
    page.route("**/pages/*.webp?w=480", lambda route: route.abort())
    page.reload()
    expect(page.locator("page-strip img.missing")).to_have_count(5)  # empty sheets, and no broken pictures
    expect(page.locator("page-strip img:not(.missing)")).to_have_count(0)


def test_a_long_paper_has_only_the_small_pages_that_are_in_sight(screen, opened):
    page = painted(seat(screen, opened, "an"), 1)
    page.evaluate("""() => { const strip = document.querySelector("page-strip"), meeting = strip.meeting
      const paper = Object.keys(meeting.view.papers)[0]
      meeting.view = { ...meeting.view, stage: { ...meeting.view.stage, page: 700, pages: 1000 } }
      strip.redraw() }""")
    page.wait_for_function("() => document.querySelector('page-strip [aria-current=page]')?.ariaLabel.endsWith('700')")
    shown = page.locator("page-strip button").count()
    assert 3 < shown < 20
    box, frame = (
        page.locator("page-strip [aria-current=page]").bounding_box(),
        page.locator("page-strip").bounding_box(),
    )
    assert frame["y"] <= box["y"]
    assert box["y"] + box["height"] <= frame["y"] + frame["height"]


def test_who_has_painted_the_page_by_site(screen, opened):
    ich = opened.person("ich").connect()
    try:
        page = painted(seat(screen, opened, "an"), 1)
        page.wait_for_selector(".painted-sum.some:has-text('1/2')")
        page.click(".site-chip.some")
        assert "Đỗ Văn Ích" in page.inner_text("dialog")
        page.click("dialog .primary")
        ich.until(lambda view: view["stage"].get("call", {}).get("n") == 1)
        ich.socket.emit("painted", {"meeting": opened.meeting, "paper": first_paper(ich), "page": 1})
        page.wait_for_selector(".painted-sum.all")
        expect(page.locator(".site-chip.all")).to_have_count(2)
    finally:
        ich.vanish()
    opened.person("mai").does("check_in", person=opened.people["ich"], mode="online")
    page.wait_for_selector(".site-chip.lost")


def test_the_board_counts_who_has_the_page_and_nobody_else(screen, opened):
    """A tablet out of reach stays in the base, one that browses does not have the page, the office's own page and the
    big screen are no tablets."""
    board = painted(seat(screen, opened, "an"), 1)
    summed, rest = board.locator(".painted-sum"), board.locator(".painted-rest")
    em = screen()
    sign_in(em.context, opened, "em")
    em.goto(f"{opened.url}/meetings/{opened.meeting}/room")
    painted(em, 1)
    phuong = opened.person("phuong").connect()
    phuong.socket.emit("painted", {"meeting": opened.meeting, "paper": first_paper(phuong), "page": 1})
    office, wall = screen(), screen(1920, 1080)
    sign_in(office.context, opened, "dung")
    office.goto(f"{opened.url}/meetings/{opened.meeting}/prepare")
    office.wait_for_selector("prepare-agenda")
    wall.context.add_cookies(wall_cookies(opened))
    wall.goto(opened.url + "/projector")
    expect(board.locator(".painted-wall")).to_contain_text(re.compile(r"Màn hình lớn:\s+trang 1/5"))
    expect(summed).to_have_text(re.compile(r"^\s*3/3 "))
    expect(rest).to_have_text("Tất cả đang hiện")
    expect(board.locator(".call-back")).to_be_disabled()

    em.click("follow-switch button >> nth=1")
    expect(summed).to_have_text(re.compile(r"^\s*2/3 "))
    expect(rest).to_have_text("1 xem riêng")
    board.click(".site-chip >> nth=0")
    expect(board.locator("dialog .late")).to_have_text("đang xem nội dung khác")
    board.click("dialog .dialog-actions .button:not(.primary)")
    phuong.vanish()
    expect(summed).to_have_class(re.compile("some"))
    expect(rest).to_have_text("1 xem riêng · 1 mất kết nối")
    board.click(".call-back")
    expect(summed).to_have_text(re.compile(r"^\s*2/3 "))
    expect(rest).to_have_text("1 mất kết nối")
    expect(board.locator(".call-back")).to_be_disabled()
    em.goto(opened.url + "/")
    expect(summed).to_have_text(re.compile(r"^\s*1/2 "))

    opened.person("mai").does("draft_ballot", question="Thông qua?", preset="HOI_NGHI", secret=False)
    (ballot,) = opened.person("an").read_view()["ballots"]["order"]
    opened.person("an").does("open_ballot", ballot=ballot, despite=True)
    expect(board.locator(".painted-wall.other")).to_contain_text("biểu quyết")


def wall_cookies(room):
    """The cookie of a big screen that has been paired."""
    big = room.screen(room.person("mai"))
    return [{"name": c.name, "value": c.value, "url": room.url} for c in big.session.cookies]


def test_a_site_is_lost_only_if_it_had_come(screen, opened):
    """Checked in by name is not connected; what had come is remembered when the page is loaded again."""
    opened.person("mai").does("check_in", person=opened.people["ich"], mode="online")
    page = painted(seat(screen, opened, "an"), 1)
    page.wait_for_selector(".site-chip.none[aria-label*='chưa kết nối']")
    ich = opened.person("ich").connect()
    page.wait_for_selector(".site-chip.some:has-text('ĐC01')")
    ich.vanish()
    page.wait_for_selector(".site-chip.lost[aria-label*='mất kết nối']")
    page.reload()
    page.wait_for_selector(".site-chip.lost")


def test_nothing_is_claimed_of_other_screens_while_the_line_is_down(screen, opened):
    page = painted(seat(screen, opened, "an"), 1)
    page.forgiven = ["Failed to load", "ERR_", "WebSocket"]
    page.wait_for_selector(".painted-sum.all")
    opened.kill()
    page.wait_for_selector("painted-board.unknown .site-chip.none:has-text('…')")
    assert page.locator(".painted-sum.all, .site-chip.all").count() == 0
    assert barriers(page) == []
    opened.start()
    page.wait_for_selector(".painted-sum.all")


def test_a_part_of_the_page_is_drawn_with_a_finger_or_chosen(screen, opened):
    page = painted(seat(screen, opened, "an"), 1)
    page.click(".bar .tool >> nth=0")
    box = page.locator("page-view").bounding_box()
    middle = box["x"] + box["width"] / 2
    page.mouse.move(middle - 100, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(middle + 100, box["y"] + 300, steps=4)
    page.mouse.up()
    eventually(page, lambda: "rect" in on_stage(opened))
    x, y, width, height = on_stage(opened)["rect"]
    assert 0.2 < x < 0.35
    assert 0.25 < y < 0.4
    assert 0.4 < width < 0.55
    assert 0.1 < height < 0.22
    page.click(".bar .tool >> nth=0")
    eventually(page, lambda: "rect" not in on_stage(opened))
    page.click(".bar .tool >> nth=0")
    page.click(".zoom-ready .button >> nth=2")
    eventually(page, lambda: on_stage(opened).get("rect") == [0, 0.6, 1, 0.4])


def test_the_stage_is_handed_over_and_taken_back(screen, opened):
    opened.person("em").does("check_in", mode="onsite")
    page = painted(seat(screen, opened, "an"), 1)
    page.click(".bar .tool:has-text('Giao quyền trình chiếu')")
    page.click("dialog button:has-text('Hoàng Văn Em')")
    page.wait_for_selector(".bar .take-back")
    eventually(page, lambda: on_stage(opened)["holder"] == opened.people["em"])
    opened.person("em").does("turn_page", page=3)
    painted(page, 3)
    page.keyboard.press("ArrowRight")
    page.click(".bar .take-back")
    page.wait_for_selector(".turn.on")
    stage = on_stage(opened)
    assert (stage["holder"], stage["page"]) == (opened.people["an"], 3)


def test_a_break_and_the_end(screen, opened):
    page = painted(seat(screen, opened, "an"), 1)
    page.click(".top .adjourn")
    page.click("dialog .primary")
    page.click(".top .resume")
    page.wait_for_selector(".top .adjourn")
    page.click(".top .close-meeting")
    assert "3" in page.inner_text("dialog .dialog-body p"), "three items are not finished"
    page.click("dialog .danger")
    page.wait_for_selector(".top a[href$='/minutes']")
    assert opened.person("an").read_view()["meeting"]["status"] == "closed"
    expect(page.locator("turn-buttons")).to_be_hidden()
    expect(page.locator("painted-board")).to_be_hidden()


def test_a_projector_is_paired_and_let_go(screen, opened):
    wall = screen(1920, 1080)
    wall.goto(opened.url + "/projector")
    code = wall.request.get(opened.url + "/api/screen").json()["code"]
    page = seat(screen, opened, "an")
    page.click(".top staff-menu button")
    page.click(".top .menu-list button:has-text('Màn hình trình chiếu')")
    expect(page.locator("#pair-code")).to_be_focused()
    page.keyboard.type("12")
    page.click("screens-pairing [type=submit]")
    page.wait_for_selector("screens-pairing [role=alert]")
    page.fill("#pair-code", f"{code[:3]} {code[3:]}")
    page.fill("#pair-name", "Hội trường")
    page.click("screens-pairing [type=submit]")
    page.wait_for_selector("screens-pairing li:has-text('Hội trường')")
    page.click("screens-pairing li button")
    page.click("dialog >> nth=-1 >> .primary")
    page.wait_for_selector("screens-pairing li", state="detached")
