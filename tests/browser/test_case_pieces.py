"""Pieces of the case room in a browser: a volume numbered by keys alone; an excerpt and a pair of pages on a phone."""

from playwright.sync_api import expect

from tests.browser.conftest import in_step
from tests.browser.rooms import at_desk

BORDER = """([x, y]) => {
  const page = document.querySelector("case-stage case-page"), canvas = page.querySelector("canvas")
  const [left, top] = page.pointAt([x, y]), dots = canvas.width / page.clientWidth
  const [r, g, b] = canvas.getContext("2d").getImageData(Math.round(left * dots), Math.round(top * dots), 1, 1).data
  return r > 200 && g > 140 && b < 140
}"""  # the edge of the place that an excerpt comes from has the colour of the frame, its words that of their marks


def test_a_volume_is_numbered_and_compared_by_keys_alone(case_room, screen):
    room, case = case_room
    document = case.documents[2]
    case.sends("PATCH", f"/documents/{document}", {"bl_from": "131", "bl_to": "134"})
    case.sends("DELETE", f"/numberings/{case.numbering}/runs", {"document": document, "first": 1})
    volume = next(each["id"] for each in case.sends("GET", "")["volumes"] if each["no"] == 2)
    page = at_desk(screen, room, "em", f"/cases/{case.id}/numbers?volume={volume}")
    field, labels = page.locator("case-strip [name=label]"), page.locator("case-strip .strip-line .strip-page")
    expect(labels).to_have_text(["131", "132", "133", "134"])  # proposed by the list of documents or by the stamps

    def tab_to(target):
        for _ in range(60):
            page.keyboard.press("Tab")
            if target.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError("not reached by Tab")

    tab_to(field)
    page.keyboard.press("Enter")
    expect(page.locator("case-strip .strip-page.proposed:not(.strip-legend *)")).to_have_count(0)
    # A page in the middle is another one: 132a; what follows counts on from the number before it.
    tab_to(labels.nth(2))
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    page.keyboard.type("132a")
    page.keyboard.press("Enter")
    expect(labels).to_have_text(["131", "132", "132a", "133"])
    # It was none: the break goes, and the pages go on as before.
    tab_to(labels.nth(2))
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    page.keyboard.press("Delete")
    expect(labels.nth(2)).to_have_text("133")
    tab_to(page.get_by_role("button", name="Đã đối chiếu"))
    page.keyboard.press("Enter")
    page.locator("dialog[open]").wait_for()
    page.keyboard.press("Tab")
    page.locator("dialog[open] .primary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("case-strip .badge.good")).to_contain_text("Hoàng Văn Em")


def test_an_excerpt_and_a_pair_on_a_phone(case_room, screen):
    room, case = case_room
    em, an = case.owner, room.person("an")
    em.does("attach_case", case=case.id)
    an.does("open_meeting")
    an.does("give_stage", person=room.people["em"])
    phone = at_desk(screen, room, "ich", f"/meetings/{room.meeting}/room", width=390, height=844)
    wide = at_desk(screen, room, "phuong", f"/meetings/{room.meeting}/room")
    em.does("show_evidence", case=case.id, **case.place(121))
    em.does("show_callout", rects=[[0.1, 0.2, 0.5, 0.06]])
    for page in (phone, wide):
        in_step(page)
        page.wait_for_function("() => document.querySelector('case-stage case-page')?.ready")
        page.wait_for_function(BORDER, arg=[0.1, 0.23])
    em.does("show_callout", rects=[[0.1, 0.2, 0.5, 0.06]], marks=[[0.3, 0.235, 0.25, 0.02]])
    for page in (phone, wide):  # the same words on both
        page.wait_for_function(BORDER, arg=[0.5, 0.245])

    left, right = ({"case": case.id, **case.place(label)} for label in (121, 133))
    em.does("show_pair", left=left, right=right, text="Lệch ngày giao tiền")
    switch = phone.get_by_role("group", name="Chọn một trong hai trang")
    a, b = switch.get_by_role("button").all()
    expect(a).to_contain_text("A ① BL 121")
    expect(b).to_contain_text("B ② BL 133")
    seen = phone.locator("case-stage .case-sheet:visible .bl-strip b")
    expect(seen).to_have_text(["① BL 121 (tập 1)"])
    b.click()
    expect(seen).to_have_text(["② BL 133 (tập 2)"])
    expect(phone.locator("case-stage .pair-text")).to_contain_text("Lệch ngày giao tiền")
    expect(wide.locator("case-stage .case-sheet:visible .bl-strip b")).to_have_text(
        ["① BL 121 (tập 1)", "② BL 133 (tập 2)"]
    )
    expect(wide.locator("case-stage .pair-switch")).to_be_hidden()
    # Who looks at a page alone reads so in the bar, and comes back when the chair calls.
    for key in "133":
        wide.keyboard.press(key)
    wide.keyboard.press("Enter")
    alone = wide.locator("follow-switch button").nth(1)
    expect(alone).to_have_attribute("aria-pressed", "true")
    an.does("call_back")
    expect(wide.locator(".call-banner")).to_be_visible()
    expect(alone).to_have_attribute("aria-pressed", "false")
    expect(wide.locator(".case-alone")).to_have_count(0)
    timeline = room.person("mai").get(f"/api/meetings/{room.meeting}/timeline").text
    assert "Lệch ngày giao tiền" in timeline

    # Who looks at a page or a map alone is told when it is removed, as the stage tells the others.
    map = case.sends("POST", "/maps", {"title": "Sơ đồ hành vi", "template": "criminal"})["id"]
    case.sends("POST", f"/maps/{map}/versions", {})
    em.does("show_map", case=case.id, map=map)
    wide.locator(".node-children button.node-text").first.click()
    expect(wide.locator(".case-alone")).to_be_visible()
    case.sends("PATCH", f"/maps/{map}", {"removed": True})
    expect(wide.locator("case-stage")).to_contain_text("Sơ đồ “Sơ đồ hành vi” đã bị xóa")
    expect(wide.locator(".node-map")).to_have_count(0)
    wide.get_by_role("button", name="Theo phiên họp").click()
    expect(wide.locator("stage-card")).to_contain_text("Sơ đồ hành vi")
    for key in "122":
        wide.keyboard.press(key)
    wide.keyboard.press("Enter")
    wide.wait_for_function("() => document.querySelector('case-stage case-page')?.ready")
    assert em.session.delete(room.url + case.at(f"/documents/{case.documents[1]}"), timeout=60).status_code == 204
    wide.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # or twenty seconds later
    expect(wide.locator("case-stage .state")).to_contain_text("BL 122 (tập 1)")
    expect(wide.locator("case-stage .state")).to_contain_text("không còn trong hồ sơ")
    expect(wide.locator("case-page")).to_have_count(0)
    expect(wide.get_by_role("button", name="Đề nghị trình chiếu")).to_have_count(0)
