"""A delegate's screen, in a real browser against the real server."""

import pytest
from playwright.sync_api import expect

from tests.browser.bare import until
from tests.browser.rooms import colliding, larger_text, still
from tests.conftest import first_paper

SIZES = [(1280, 800), (1180, 820), (1024, 768), (820, 1180), (768, 1024), (390, 844), (844, 390)]


def on_page(page, n):
    """The number in the bar, and the whole picture painted."""
    expect(page.locator("page-turner .page-number b")).to_have_text(str(n))
    expect(page.locator(f"page-view canvas[aria-busy=false][aria-label^='Trang {n} ']")).to_be_visible()


def test_a_delegate_follows_the_chair_and_the_chair_sees_it(opened, enter):
    an = opened.person("an").connect()
    em = enter(opened, "em")
    on_page(em, 1)
    an.does("turn_page", page=3)
    on_page(em, 3)
    until(em, lambda: an.presence.get("on_page", 0) >= 1)


def test_whoever_browses_is_left_alone_until_called_back(opened, enter):
    an = opened.person("an")
    em = enter(opened, "em")
    on_page(em, 1)
    em.get_by_role("button", name="Tự xem").click()
    em.get_by_role("button", name="Trang sau").click()
    on_page(em, 2)
    an.does("turn_page", page=4)
    expect(em.get_by_role("button", name="Theo chủ tọa")).to_contain_text("trang 4")
    on_page(em, 2)
    an.does("call_back")
    expect(em.locator("call-banner")).to_contain_text("Chủ tọa gọi về trang 4")
    on_page(em, 4)
    em.get_by_role("button", name="Trở lại trang 2").click()
    on_page(em, 2)
    em.get_by_role("button", name="Theo chủ tọa").click()
    on_page(em, 4)


def test_the_chairs_call_stands_above_whatever_is_open(opened, enter):
    an, em = opened.person("an"), enter(opened, "em")
    on_page(em, 1)
    em.get_by_role("button", name="Tự xem").click()
    em.get_by_role("button", name="Xin phát biểu").click()
    em.locator("#floor-note").fill("Về chỉ tiêu 3")
    an.does("turn_page", page=4)
    an.does("call_back")
    expect(em.locator("call-banner")).to_contain_text("Chủ tọa gọi về trang 4")
    expect(em.locator("dialog[open]")).to_have_count(0)
    em.get_by_role("button", name="Trở lại trang 1").click()
    expect(em.locator("dialog[open] #floor-note")).to_have_value("Về chỉ tiêu 3")


def test_who_leaves_the_chair_by_a_swipe_is_told_and_keeps_both_places(opened, enter):
    an = opened.person("an")
    em = enter(opened, "em", 390, 844, fingers=True)
    bar = em.locator("own-place")
    on_page(em, 1)
    expect(bar).to_be_hidden()
    swiped(em)
    on_page(em, 2)
    expect(bar).to_contain_text("Đồng chí đang xem trang 2, chủ tọa đang ở trang 1")
    an.does("turn_page", page=4)
    expect(bar).to_contain_text("chủ tọa đang ở trang 4")
    em.reload()
    expect(bar).to_contain_text("Đồng chí đang xem trang 2, chủ tọa đang ở trang 4")
    bar.get_by_role("button", name="Về trang của chủ tọa").click()
    on_page(em, 4)
    expect(bar).to_be_hidden()
    em.get_by_role("button", name="Tự xem trang 2").click()
    on_page(em, 2)
    an.does("show_title")
    expect(bar.get_by_role("button", name="Về màn hình chung")).to_be_visible()


def swiped(page):
    """One finger to the left across the page."""
    box = page.locator("page-view").bounding_box()
    y, left, right = box["y"] + box["height"] / 2, box["x"] + box["width"] * 0.2, box["x"] + box["width"] * 0.8
    hand = page.context.new_cdp_session(page)
    hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": right, "y": y}]})
    for n in range(1, 6):
        x = right + (left - right) * n / 5
        hand.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_reload_leaves_everybody_where_they_were(opened, enter):
    an = opened.person("an")
    em = enter(opened, "em")
    em.keyboard.press("ArrowRight")
    on_page(em, 2)
    em.reload()
    on_page(em, 2)
    em.get_by_role("button", name="Theo chủ tọa").click()
    an.does("turn_page", page=5)
    em.reload()
    on_page(em, 5)


def test_a_second_tab_is_fine(opened, enter):
    em = enter(opened, "em")
    other = em.context.new_page()
    other.goto(em.url)
    opened.person("an").does("turn_page", page=2)
    on_page(em, 2)
    on_page(other, 2)


def test_checking_in_takes_one_tap_on_a_phone(opened, enter):
    em = enter(opened, "em", 390, 844, fingers=True)
    em.get_by_role("button", name="Điểm danh").tap()
    expect(em.get_by_role("button", name="Điểm danh")).to_be_hidden()
    until(em, lambda: opened.person("em").me()["roll"]["state"] == "onsite")


def test_a_paper_is_found_under_its_item_and_read_while_the_chair_goes_on(opened, enter):
    em = enter(opened, "em")
    em.get_by_role("button", name="Tài liệu").click()
    papers = em.get_by_role("complementary", name="Tài liệu")
    expect(papers).to_be_visible()
    papers.locator(".paper-row button").last.click()
    expect(em.get_by_role("button", name="Tự xem")).to_have_attribute("aria-pressed", "true")
    on_page(em, 1)
    em.keyboard.press("Escape")
    expect(papers).to_be_hidden()
    # It is taken out of the meeting: its reader is not just moved to the common screen.
    paper = em.evaluate("() => document.querySelector('own-place').following.place.paper")
    opened.person("mai").does("withdraw_paper", paper=paper)
    expect(em.locator(".toast")).to_contain_text("đã được rút khỏi phiên họp")
    expect(em.get_by_role("button", name="Tự xem")).to_have_attribute("aria-pressed", "false")


def test_the_small_pages_lead_to_a_page(opened, enter):
    em = enter(opened, "em")
    em.locator(".page-number").click()
    em.get_by_role("button", name="Trang 4", exact=True).click()
    on_page(em, 4)


def test_who_is_given_the_stage_turns_pages_for_everybody_and_loses_it_again(opened, enter):
    an = opened.person("an")
    em, phuong = enter(opened, "em"), enter(opened, "phuong", 1024, 768)
    an.does("give_stage", person=opened.people["em"])
    expect(em.locator("follow-switch")).to_contain_text("Đang trình bày")
    em.keyboard.press("PageDown")
    on_page(phuong, 2)
    an.does("take_stage")
    expect(em.get_by_role("button", name="Theo chủ tọa")).to_be_visible()
    em.keyboard.press("PageDown")
    on_page(em, 3)
    on_page(phuong, 2)
    assert an.read_view()["stage"]["page"] == 2, "whoever does not hold the stage turns only their own page"


def test_break_and_end_are_said_in_words(opened, enter):
    an = opened.person("an")
    em = enter(opened, "em")
    an.does("adjourn_meeting")
    expect(em.locator("stage-card")).to_contain_text("Tạm nghỉ")
    an.does("resume_meeting")
    on_page(em, 1)
    an.does("close_meeting")
    expect(em.locator("stage-card")).to_contain_text("đã bế mạc")
    em.get_by_role("button", name="Tự xem").click()
    on_page(em, 1)
    # … and it is seen again: what was on the screens, the break, the end, by the keys as by the line of time.
    em.goto(f"{opened.url}/meetings/{opened.meeting}")
    em.get_by_role("link", name="Xem lại").click()
    course = em.locator("replay-course li")
    course.filter(has_text="Tạm nghỉ").click()
    expect(em.locator("stage-card")).to_contain_text("Tạm nghỉ")
    em.keyboard.press("PageUp")
    expect(em.locator("page-view canvas[aria-busy=false][aria-label^='Trang 1 ']")).to_be_visible()
    expect(em.locator("replay-course [aria-current]")).to_contain_text("Trang 1")
    em.get_by_role("button", name="Phát").click()
    expect(em.locator("stage-card")).to_contain_text("đã bế mạc")
    expect(em.locator("room-title")).to_contain_text("Đã kết thúc")
    expect(em.get_by_role("button", name="Phát")).to_be_visible()


def test_who_is_removed_is_told_and_sees_nothing_more(opened, enter):
    em = enter(opened, "em")
    opened.person("mai").does("remove_person", person=opened.people["em"])
    expect(em.locator("room-gate")).to_contain_text("không còn trong thành phần")


def test_who_is_signed_out_finds_the_way_back(opened, enter):
    em = enter(opened, "em")
    em.context.clear_cookies()
    opened.kill()
    opened.start()
    link = em.locator("room-gate a")
    expect(link).to_contain_text("Đăng nhập lại")
    link.click()
    expect(em.locator("input[type=password]")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_out_of_reach_or_too_small_to_press(opened, enter, width, height):
    em = enter(opened, "em", width, height)
    em.get_by_role("button", name="Tự xem").click()
    expect(em.get_by_role("button", name="Trang sau")).to_be_visible()
    outside = em.evaluate(
        """() => [...document.querySelectorAll("button, a")].filter((thing) => thing.offsetParent)
          .map((thing) => [thing.textContent.trim() || thing.getAttribute("aria-label"), thing.getBoundingClientRect()])
          .filter(([, box]) => box.left < 0 || box.top < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1
            || box.width < 47 || box.height < 47)
          .map(([name, box]) => `${name}: ${box.left},${box.top} ${box.width}×${box.height}`)"""
    )
    assert outside == []
    assert em.evaluate("() => document.documentElement.scrollWidth") <= width
    over = em.evaluate(
        """() => {
          const seen = [...document.querySelectorAll(".room-bar button")].filter((one) => one.offsetParent)
          const boxes = seen.map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
          const apart = (x, y) => x.right <= y.left + 1 || x.bottom <= y.top + 1
          return boxes.flatMap(([a, x], i) => boxes.slice(i + 1)
            .filter(([, y]) => !apart(x, y) && !apart(y, x)).map(([b]) => `${a} / ${b}`))
        }"""
    )
    assert over == [], "buttons lie over each other"


def test_everything_can_be_done_from_the_keyboard(opened, enter):
    em = enter(opened, "em")
    reached = set()
    for _ in range(12):
        em.keyboard.press("Tab")
        reached.add(
            em.evaluate("() => (document.activeElement.textContent || '').trim() || document.activeElement.ariaLabel")
        )
    assert {"Theo chủ tọa", "Tự xem", "Tài liệu", "Điểm danh"} <= reached
    em.get_by_role("button", name="Tài liệu").press("Enter")
    em.wait_for_function("() => document.activeElement.closest('side-drawer')")  # the focus goes into the drawer
    em.keyboard.press("Escape")
    em.wait_for_function("() => document.activeElement.dataset.opens === 'papers'")  # and comes back


def test_the_room_has_no_faults_that_axe_knows(opened, enter):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    em = enter(opened, "em")
    em.get_by_role("button", name="Tài liệu").click()
    expect(em.locator("paper-list .paper-row").first).to_be_visible()
    still(em)
    found = axe.Axe().run(em).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []


def test_a_refusal_is_said_in_words(opened, enter):
    em = enter(opened, "em")
    opened.person("an").does("give_stage", person=opened.people["em"])
    expect(em.locator("follow-switch")).to_contain_text("Đang trình bày")
    em.evaluate(
        """async () => {
          const { modules } = await import(document.querySelector("script[type=module]").src)
          const { entered } = modules["js/meeting/meeting.js"], { attempt } = modules["js/lib/attempt.js"]
          attempt((await entered).send("turn_page", { page: 999 }))
        }"""
    )
    expect(em.get_by_role("alert")).to_be_visible()


def test_the_first_paper_is_the_one_on_the_stage(opened):
    """What these tests rest on."""
    assert opened.person("em").read_view()["stage"]["paper"] == first_paper(opened.person("em"))


@pytest.mark.parametrize("text", [100, 150])
def test_the_words_of_the_bar_stand_apart_on_a_phone(opened, enter, text):
    em = enter(opened, "em", 390, 844, fingers=True)
    on_page(em, 1)
    larger_text(em, text)
    assert colliding(em, "follow-switch button, .page-number, .room-bar > .right .button") == []
    em.get_by_role("button", name="Tự xem").click()
    assert colliding(em, "follow-switch button, .page-number, .room-bar > .right .button") == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_number_of_the_page_stands_beside_the_switch_on_a_phone(opened, enter, language):
    em = enter(opened, "em", 390, 844, fingers=True)
    settings = {"language": language}
    em.request.patch(f"{opened.url}/api/session", data=settings, headers={"X-Meetingroom": "1"})
    em.reload()
    number, switch = em.locator(".page-number"), em.locator("follow-switch")
    number.wait_for()
    expect(switch).to_contain_text("On my own" if language == "en" else "Tự xem")
    assert number.bounding_box()["y"] < switch.bounding_box()["y"] + switch.bounding_box()["height"]


@pytest.mark.parametrize("text", [100, 150])
def test_how_many_have_voted_is_never_behind_the_button_that_confirms(opened, enter, text):
    opened.person("an").does("check_in", person=opened.people["em"], mode="onsite")
    opened.person("mai").does("draft_ballot", question="Thông qua Kế hoạch chuyển đổi số năm 2027 của hai cấp")
    opened.person("an").does("open_ballot", ballot=opened.person("an").read_view()["ballots"]["order"][0])
    em = enter(opened, "em", 390, 844, fingers=True)
    larger_text(em, text)
    em.locator(".ballot-option >> nth=0").click()
    confirm, cast = em.locator(".ballot-paper [type=submit]"), em.locator(".ballot-cast")
    em.locator(".ballot").evaluate("face => { face.scrollTop = 10000 }")
    below = em.evaluate("""() => document.querySelector(".ballot").getBoundingClientRect().bottom
      - document.querySelector(".ballot-paper [type=submit]").getBoundingClientRect().bottom""")
    assert below >= 0, "the button is whole"
    assert cast.bounding_box()["y"] < confirm.bounding_box()["y"]
    cast.scroll_into_view_if_needed()
    cast.click()  # would be refused if something lay over it
