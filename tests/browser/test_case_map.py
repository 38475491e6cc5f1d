"""A mind map on its page: written by two at once, with keys and by hand, and nothing that was typed is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.rooms import barriers
from tests.rooms import PASSWORD

ASKS = re.compile(r"/ops\?")  # for news; a pattern with a question mark would match something else
# Every box: its words, and where it stands, in pixels.
BOXES = """[...document.querySelectorAll("me-tpc")].map((box) => {
  const { x, y, width, height } = box.getBoundingClientRect()
  return [box.innerText, ...[x, y, width, height].map(Math.round)] })"""
STOOD = f"""new MutationObserver(() => {{
  if (document.querySelector(".first-branches.placed")) window.stood = {BOXES}
}}).observe(document, {{ subtree: true, childList: true, attributeFilter: ["class", "style"] }})"""
CASE = {"code": "LG-2026-017", "title": "Vụ án A", "secrecy": "no", "kind": "criminal", "stage": "prosecution"}


@pytest.fixture
def editors(screen, room):
    """(page of the prosecutor, page of the helper, the map's address over the wire)."""
    pages = []
    for name in ("em", "phuong"):
        page = screen(width=1280, height=800, fingers=name == "phuong")
        body = {"username": name, "password": PASSWORD}
        page.context.request.post(f"{room.url}/api/session", data=body, headers={"X-Meetingroom": "1"})
        pages.append(page)

    def sends(path, body):
        return pages[0].context.request.post(room.url + path, data=body, headers={"X-Meetingroom": "1"}).json()

    case = sends("/api/cases", CASE)["id"]
    sends(f"/api/cases/{case}/people", {"person": room.people["phuong"], "role": "helper"})
    made = sends(f"/api/cases/{case}/maps", {"title": "Sơ đồ", "template": "criminal"})["id"]
    for page in pages:
        page.goto(f"{room.url}/cases/{case}/maps/{made}#N2")
        expect(page.locator("me-tpc.selected")).to_have_text(re.compile("Quá trình tố tụng"))
    return *pages, f"{room.url}/api/cases/{case}/maps/{made}"


def hold(page, node, target=None):
    """A finger rests on a node until it is lifted, is moved onto another one, and let go."""
    devtools = page.context.new_cdp_session(page)

    def middle(node):
        box = page.locator(f"[data-nodeid=me{node}]").bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(kind, *point):
        points = [{"x": point[0], "y": point[1]}] if point else []
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = middle(node)
    touch("touchStart", x, y)
    expect(page.locator("me-tpc.lifted")).to_have_count(1)
    if target:
        to_x, to_y = middle(target)
        for part in (0.3, 0.6, 0.9, 1):
            touch("touchMove", x + (to_x - x) * part, y + (to_y - y) * part)
        expect(page.locator(".insert-preview.in")).to_have_count(1)
    touch("touchEnd")


def test_two_write_one_map(editors):
    one, two, at = editors
    # Nothing is lost of what is typed before the server has answered; a Vietnamese keyboard sends text, and no keys.
    held = []
    one.route("**/ops", lambda route: held.append(route))
    one.keyboard.press("Tab")
    one.keyboard.type("Bị hại tố giác")
    expect(one.locator(".map-early")).to_have_value("Bị hại tố giác")
    held[0].continue_()
    one.unroute("**/ops")
    expect(one.locator(".map-early")).to_have_count(0)
    expect(one.get_by_role("textbox", name="Nội dung")).to_have_value("Bị hại tố giác")
    expect(two.locator("me-tpc", has_text="Bị hại tố giác")).to_be_visible()
    expect(one.locator(".map-saved")).to_have_text(re.compile(r"Đã lưu \d\d:\d\d"))

    # Both write the same field: the second is asked, with both texts before him.
    two.locator("me-tpc", has_text="Bị hại tố giác").click()
    first, second = one.get_by_role("textbox", name="Nội dung"), two.get_by_role("textbox", name="Nội dung")
    second.focus()
    expect(one.locator(".map-people, .map-others")).to_contain_text("Võ Thị Phượng đang sửa")
    with two.expect_event("requestfailed"):  # nothing that was asked before is still on its way
        two.route(ASKS, lambda route: route.abort())  # he hears nothing of it
    first.fill("12/11/2025: bị hại tố giác")
    first.blur()
    expect(one.locator(".map-saved")).to_have_text(re.compile("Đã lưu"))
    second.fill("Bà C tố giác")
    second.blur()
    asked = two.get_by_role("dialog")
    expect(asked).to_contain_text("12/11/2025: bị hại tố giác")
    expect(asked).to_contain_text("Bà C tố giác")
    assert barriers(two) == []
    two.unroute(ASKS)
    asked.get_by_role("button", name="Giữ cả hai").click()
    expect(one.locator("me-tpc.selected")).to_contain_text("Bà C tố giác")
    expect(one.locator("me-tpc.selected")).to_contain_text("12/11/2025")

    # Into the bin and back, by keys.
    one.keyboard.press("Escape")
    one.locator("me-tpc.selected").click()
    one.keyboard.press("Delete")
    expect(two.locator("me-tpc", has_text="Bà C tố giác")).to_have_count(0)
    one.keyboard.press("Control+z")
    expect(two.locator("me-tpc", has_text="Bà C tố giác")).to_have_count(1)
    one.get_by_role("button", name="Dòng thời gian").click()
    one.get_by_role("button", name="Lấy 12/11/2025").click()
    expect(one.locator(".map-timeline li")).to_have_count(1)
    assert barriers(one) == []
    texts = [node["text"] for node in one.context.request.get(f"{at}.json").json()["nodes"].values()]
    assert "12/11/2025: bị hại tố giác\nBà C tố giác" in texts

    # A finger hangs a node elsewhere and takes it back; at rest it opens the menu, which keys open as well.
    below = two.locator("me-wrapper:has(> me-parent > [data-nodeid=meN3]) me-children [data-nodeid=meN4]")
    two.get_by_role("button", name="Xem toàn sơ đồ").click()
    hold(two, "N4", "N3")
    expect(below).to_have_count(1)
    two.get_by_role("button", name="Hoàn tác", exact=True).click()
    expect(below).to_have_count(0)
    hold(two, "N4")
    menu = two.get_by_role("menu")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    assert barriers(two) == []
    two.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    two.keyboard.press("Shift+F10")
    menu.get_by_role("menuitem", name="Chuyển sang nhánh khác").click()
    two.keyboard.press("ArrowUp")
    two.keyboard.press("Enter")
    expect(below).to_have_count(1)
    assert one.context.request.get(f"{at}.json").json()["nodes"]["N3"]["children"] == ["N4"]

    # Its branches are seen before its script has run, and nothing moves when it draws.
    one.add_init_script(STOOD)
    held.clear()
    one.route(f"{at}.json", lambda route: held.append(route))
    one.goto(one.url.partition("#")[0], wait_until="domcontentloaded")
    one.wait_for_function("window.stood && document.fonts.status === 'loaded'")  # of another font: other sizes
    held[0].continue_()
    expect(one.locator("me-tpc.selected")).to_have_count(1)
    assert len(one.evaluate(BOXES)) > 5
    assert sorted(one.evaluate(BOXES)) == sorted(one.evaluate("window.stood"))
