"""The chair's screen: opening, turning, showing, seeing who has it; at every size."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.rooms import barriers, colliding, larger_text, overflowing, painted, seat, sign_in, small_targets
from tests.conftest import first_paper

SIZES = [(1280, 800), (1024, 768), (390, 844)]


def where(page):
    return page.inner_text(".turn-where b")


def on_stage(room):
    return room.person("an").fresh()["stage"]


def eventually(page, true, seconds=30):
    """Wait until something is true that the server knows."""
    for _ in range(seconds * 20):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come to that")


def test_the_chair_opens_the_meeting_after_a_question(screen, room):
    page = seat(screen, room, "an")
    page.click(".top .open-meeting")
    assert "1" in page.inner_text("dialog .dialog-body p"), "the question says who is present, with the chair who opens"
    page.click("dialog .button:not(.primary)")
    assert room.person("an").fresh()["meeting"]["status"] == "published"
    page.click(".top .open-meeting")
    page.click("dialog .primary")
    page.wait_for_selector(".top .close-meeting")
    eventually(page, lambda: room.person("an").fresh()["meeting"]["status"] == "live")


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
    first = room.person("an").fresh()["agenda"]["order"][0]
    eventually(page, lambda: room.person("an").fresh()["agenda"]["items"][first]["status"] == "done")


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
    (ballot,) = opened.person("an").fresh()["ballots"]["order"]
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
    (ballot,) = an.fresh()["ballots"]["order"]
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
    page.click(".bar .tool >> nth=2")
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
    assert opened.person("an").fresh()["meeting"]["status"] == "closed"
    expect(page.locator("turn-buttons")).to_be_hidden()
    expect(page.locator("painted-board")).to_be_hidden()


def test_a_projector_is_paired_and_let_go(screen, opened):
    wall = screen(1920, 1080)
    wall.goto(opened.url + "/projector")
    code = wall.request.get(opened.url + "/api/screen").json()["code"]
    page = seat(screen, opened, "an")
    page.click(".top staff-menu button")
    page.click(".top .menu-list button:has-text('Màn hình trình chiếu')")
    page.fill("#pair-code", "12")
    page.click("screens-pairing [type=submit]")
    page.wait_for_selector("screens-pairing [role=alert]")
    page.fill("#pair-code", f"{code[:3]} {code[3:]}")
    page.fill("#pair-name", "Hội trường")
    page.click("screens-pairing [type=submit]")
    page.wait_for_selector("screens-pairing li:has-text('Hội trường')")
    page.click("screens-pairing li button")
    page.click("dialog >> nth=-1 >> .primary")
    page.wait_for_selector("screens-pairing li", state="detached")


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
