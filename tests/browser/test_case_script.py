"""A script is written, presented by the keys of a clicker, and goes on where it was after a reload."""

from playwright.sync_api import expect

from tests.browser.conftest import sign_in

MAP = """Vụ án
\tQuá trình tố tụng
\tHành vi của A
"""


def with_map(room, em) -> str:
    sheet = {"code": "LG-2026-017", "title": "Vụ án Nguyễn Văn A", "secrecy": "no", "stage": "prosecution"}
    case = em.post("/api/cases", json=sheet).json()["id"]
    made = em.post(f"/api/cases/{case}/maps", json={"title": "Nội dung", "text": MAP}).json()["id"]
    assert em.post(f"/api/cases/{case}/maps/{made}/versions", json={}).status_code == 201
    return case


def test_a_script_is_written_and_presented_by_keys(opened, screen, enter):
    em, dung = opened.person("em"), opened.person("dung")
    case = with_map(opened, em)
    page = screen(1280, 800)
    sign_in(page, opened, "em")
    page.goto(f"{opened.url}/cases/{case}/script")
    page.get_by_role("button", name="Thêm 3 bước").click()
    steps = page.locator(".script-step")
    expect(steps).to_have_count(3)
    # What was added last is open, to be written on.
    page.locator("#script-note").fill("Nói chậm ở đây")
    page.locator("#script-title").fill("A làm gì")
    expect(steps.nth(2).locator("strong")).to_have_text("A làm gì")
    page.locator("body").click(position={"x": 5, "y": 400})
    expect(page.locator(".map-saved")).to_contain_text("Đã lưu")

    em.does("attach_case", case=case)
    opened.person("an").does("give_stage", person=opened.people["em"])
    wall = screen(1920, 1080)
    wall.goto(f"{opened.url}/projector")
    code = wall.request.get(f"{opened.url}/api/screen").json()["code"]
    assert dung.post(f"/api/meetings/{opened.meeting}/screens", json={"code": code, "name": "Tường"}).ok

    desk = enter(opened, "em", 1280, 800)
    desk.locator("case-button button").locator("visible=true").first.click()
    desk.get_by_role("button", name="Theo kịch bản").click()
    expect(desk.locator(".script-where")).to_contain_text("0/3")
    desk.locator(".script-where .primary").click()
    expect(wall.locator(".node-now h2")).to_have_text("Vụ án")
    desk.keyboard.press("PageDown")
    expect(wall.locator(".node-now h2")).to_have_text("Quá trình tố tụng")
    desk.reload()
    expect(desk.locator(".case-tools")).to_contain_text("2/3")
    desk.keyboard.press("ArrowRight")
    expect(wall.locator(".node-now h2")).to_have_text("Hành vi của A")
    desk.keyboard.press("PageUp")
    expect(wall.locator(".node-now h2")).to_have_text("Quá trình tố tụng")
    desk.get_by_role("button", name="Thêm vào kịch bản").locator("visible=true").first.click()
    expect(desk.locator(".toast")).to_contain_text("bước 3")
    assert len(em.get(f"/api/cases/{case}/script").json()["steps"]) == 4
    assert "Nói chậm ở đây" not in wall.content()
