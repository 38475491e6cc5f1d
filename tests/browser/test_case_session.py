"""A case is reported in real browsers, from its registration to the direction, in as few taps as were promised."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import in_step, sign_in

# Where the middles of all that is to press in the bar of a delegate stand.
ROWS = """[...document.querySelectorAll(".room-bar button")].map((one) => one.closest(".switch") ?? one)
  .filter((one) => one.checkVisibility()).map((one) => {
    const { top, bottom } = one.getBoundingClientRect()
    return Math.round((top + bottom) / 2)
  })"""
QUESTION = "Trả hồ sơ điều tra bổ sung hay truy tố?"


def taps(page, *places) -> int:
    """Presses one after the other; how many that were."""
    for place in places:
        (place if hasattr(place, "click") else page.locator(place).first).click()
    return len(places)


def registered(room, screen) -> str:
    """The owner of a case registers its report in two taps; the id of the meeting."""
    em = room.person("em")
    sheet = {"code": "LG-2026-017", "title": "Vụ án Nguyễn Văn A", "secrecy": "no", "stage": "prosecution"}
    case = em.post("/api/cases", json=sheet).json()["id"]
    page = screen(1280, 800)
    sign_in(page, room, "em")
    page.goto(f"{room.url}/cases/{case}/reports/new")
    page.locator("#question").fill(QUESTION)
    for field, who in (("chair", "an"), ("secretary", "mai"), ("head", "phuong")):
        page.locator(f"#{field}").select_option(room.people[who])
    assert taps(page, "form.new-report [type=submit]") <= 2
    page.wait_for_url(re.compile("/prepare"))
    return re.search(r"/meetings/(\w+)/", page.url)[1]


def test_a_case_is_asked_about_opined_on_and_decided_in_two_taps_each(room, screen, enter):
    room.meeting = registered(room, screen)
    an, mai, em = (room.person(who) for who in ("an", "mai", "em"))
    mai.does("invite", person=room.people["ich"], role="delegate")
    mai.does("publish_meeting")
    an.does("open_meeting")
    em.does("put_proposal", text="Trả hồ sơ: 1. Đối chất A–B. 2. Thu sao kê.", bl="BL 133, 225")
    em.does("put_proposal", text="Truy tố theo Điều 174")

    leader = enter(room, "ich", 390, 844)
    expect(leader.locator(".room-bar check-in .button.primary")).to_be_visible()
    assert len(set(leader.evaluate(ROWS))) == 2  # the rest of the glass is the case's
    leader.locator("report-button[tab=ask] button").click()
    leader.locator("#report-ask").fill("B biết gì về nguồn tiền?")
    assert taps(leader, "report-panel form [type=submit]") + 1 <= 2
    expect(leader.locator("report-panel .report-card")).to_contain_text("B biết gì về nguồn tiền?")
    leader.keyboard.press("Escape")
    assert taps(leader, "report-button[tab=say] button", ".report-stances button") <= 2
    expect(leader.locator("report-panel")).to_contain_text("Đồng chí đã cho ý kiến: Đồng ý PA1")
    leader.locator("report-panel summary", has_text="Bảo lưu ý kiến").click()
    leader.locator("#report-kept").fill("Tôi giữ ý kiến của tôi.")
    leader.locator("report-panel button", has_text="Bảo lưu").last.click()
    expect(leader.locator("report-panel .kept")).to_contain_text("Tôi giữ ý kiến của tôi.")

    wall = screen(1920, 1080)
    wall.goto(f"{room.url}/projector")
    code = wall.request.get(f"{room.url}/api/screen").json()["code"]
    assert mai.post(f"/api/meetings/{room.meeting}/screens", json={"code": code, "name": "Tường"}).status_code == 201
    expect(wall.locator("wall-report")).to_contain_text(QUESTION)
    expect(wall.locator("wall-report")).to_contain_text("PA2")
    assert "Đỗ Văn Ích" not in wall.content()

    secretary = enter(room, "mai", 1280, 800, view="")
    secretary.locator("room-tabs button", has_text="Báo cáo án").click()
    secretary.locator("report-panel [role=tab]").nth(1).click()
    expect(secretary.locator(".report-missing")).to_contain_text("Võ Thị Phượng")

    chair = enter(room, "an", 1280, 800, view="")
    chair.locator("report-button button[aria-label='Kết luận chỉ đạo']").locator("visible=true").first.click()
    assert taps(chair, ".report-stances button", ".report-read .button.primary") <= 2
    expect(chair.locator(".report-direction")).to_contain_text("Đối chất A–B")
    expect(wall.locator("wall-report")).to_contain_text("Kết luận chỉ đạo")
    secretary.locator("report-panel [role=tab]").nth(2).click()
    secretary.locator("report-panel button", has_text="Tách thành nhiệm vụ").click()
    mai_sees = mai.read_view
    mai.wait(lambda: len(mai_sees()["record"]["conclusions"]["order"]) == 2)
    in_step(chair)
