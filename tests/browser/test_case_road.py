"""A case from the registration of its report to the signed record: presenter, chair, two leaders, secretary and a
projector, each in a browser, everything pressed that they press, in as few taps as were promised."""

import io
import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import in_step
from tests.browser.rooms import at_desk, seat
from tests.browser.test_record_road import seal_of, step

pytestmark = pytest.mark.worker
QUESTION = "Trả hồ sơ điều tra bổ sung hay truy tố?"
ASKED = "B biết gì về nguồn tiền?"
KEPT = "Tôi bảo lưu: chưa đủ căn cứ đối với bị can B."
TASKS = "1. Đối chất A và B. 2. Thu sao kê."
# Numbers typed and fields filled in are not counted; everything that is pressed is.
PROMISED = {
    "register": 2, "ready": 1, "open": 1, "a step": 1, "evidence": 1, "and back": 1, "contradiction": 1, "question": 2,
    "a leader's page": 1, "proposal": 1, "opinion": 2, "conclusion": 2, "close": 1,
}  # fmt: skip
NODE, PAGES = "case-stage:not([hidden]) .node-now h2", "case-stage:not([hidden]) .bl-strip b"
DRAWN = """n => { const all = [...document.querySelectorAll("case-stage case-page")]
  return all.length === n && all.every((one) => one.ready) }"""


def taps(moment, *places):
    """What is pressed in one moment of the session, and no more than was promised for it."""
    assert len(places) <= PROMISED[moment], moment
    for place in places:
        place.locator("visible=true").first.click()


def at_table(screen, room, who, **size):
    page = at_desk(screen, room, who, f"/meetings/{room.meeting}/room", **size)
    in_step(page)
    return page


def node(text, *pages):
    for page in pages:
        expect(page.locator(NODE)).to_have_text(text)


def sheets(labels, *pages):
    """These pages of the file are in sight, and drawn."""
    for page in pages:
        expect(page.locator(PAGES)).to_contain_text([f"BL {label}" for label in labels])
        page.wait_for_function(DRAWN, arg=len(labels))


def test_from_the_registration_of_a_report_to_its_signed_record(case_room, screen):
    room, case = case_room
    presenter = at_desk(screen, room, "em", f"/cases/{case.id}")
    taps("register", presenter.get_by_role("link", name="Đăng ký báo cáo án"))
    presenter.locator("#question").fill(QUESTION)
    for field, who in (("chair", "an"), ("secretary", "mai"), ("head", "phuong")):
        presenter.locator(f"#{field}").select_option(room.people[who])
    taps("register", presenter.get_by_role("button", name="Đăng ký"))
    presenter.wait_for_url(re.compile("/prepare"))
    room.meeting = re.search(r"/meetings/(\w+)/", presenter.url)[1]
    mai, an = room.person("mai"), room.person("an")
    mai.does("invite", person=room.people["ich"], role="delegate")
    mai.does("publish_meeting")
    here = f"{room.url}/meetings/{room.meeting}"

    # Ready: the secretary sees who and what is.
    secretary = at_desk(screen, room, "mai", f"/meetings/{room.meeting}")
    taps("ready", secretary.get_by_role("link", name="Sẵn sàng"))
    expect(secretary.locator("readiness-board")).to_contain_text("Chưa ghép máy chiếu")
    wall = screen(1920, 1080)
    wall.goto(f"{room.url}/projector")
    code = wall.request.get(f"{room.url}/api/screen").json()["code"]
    assert mai.post(f"/api/meetings/{room.meeting}/screens", json={"code": code, "name": "Tường"}).status_code == 201

    # Opened at once: nothing hangs on a number of people. The screen says that the session is restricted.
    chair = seat(screen, room, "an")
    taps("open", chair.locator(".open-meeting"))
    expect(wall.locator("wall-report")).to_contain_text(QUESTION)
    expect(wall.locator("wall-report")).to_contain_text("Phiên hạn chế")
    secretary.goto(f"{here}/room")
    in_step(secretary)
    presenter.goto(f"{here}/room")
    in_step(presenter)
    leader, other = at_table(screen, room, "phuong"), at_table(screen, room, "ich", width=390, height=844)
    everybody = (presenter, chair, leader, other, wall)
    an.does("give_stage", person=room.people["em"])

    # Summary, a tap a step: on every screen the same node.
    presenter.locator("[data-opens=case]:visible").click()
    presenter.get_by_role("button", name="Chiếu sơ đồ").click()
    node("Vụ án Nguyễn Văn A", *everybody)
    for text in ("Quá trình tố tụng", "Tố giác của bị hại", "Khởi tố vụ án", "Lời khai", "Lời khai của A"):
        taps("a step", presenter.get_by_role("button", name="Bước tiếp"))
        node(text, presenter)
    node("Lời khai của A", *everybody)

    # Evidence: its number, and back to the same node; then the contradiction, side by side.
    taps("evidence", presenter.locator(".node-now .bl-chip"))
    sheets([123], *everybody)
    taps("and back", presenter.locator(".case-tools .primary"))
    node("Lời khai của A", *everybody)
    presenter.keyboard.press("ArrowRight")
    node("A và B mâu thuẫn", *everybody)
    taps("contradiction", presenter.locator(".node-now .bl-chip"))
    sheets([121, 133], *everybody)

    # A power cut: all screens come back to where they were, by themselves.
    room.kill()
    room.start()
    for page in everybody:
        page.locator("connection-lamp [data-state=live]").or_(page.locator("wall-lamp")).first.wait_for(
            state="attached"
        )
    sheets([121, 133], *everybody)
    other.reload()
    sheets([121, 133], other)

    # A question, and its answer with its page; a page that the chair wants: alone first, then on every screen.
    leader.locator("report-button[tab=ask] button").click()
    leader.locator("#report-ask").fill(ASKED)
    taps("question", leader.locator("report-panel form [type=submit]"))
    expect(leader.locator("report-panel .report-card")).to_contain_text(ASKED)
    leader.keyboard.press("Escape")
    for key in "133":
        chair.keyboard.press(key)
    expect(chair.locator("[name=bl]")).to_have_value("133")
    chair.keyboard.press("Enter")
    sheets([133], chair)
    sheets([121, 133], wall)
    taps("a leader's page", chair.get_by_role("button", name="Đưa lên màn hình"))
    sheets([133], *everybody)

    # The proposal of the map, put as it stands there; opinions by name, one of them reserved.
    an.does("give_stage", person=room.people["em"])
    presenter.locator(".case-tools .primary").click()
    presenter.locator("case-desk .outline-text", has_text="Trả hồ sơ để đối chất").click()
    presenter.get_by_role("button", name="Chiếu nút này").click()
    taps("proposal", presenter.get_by_role("button", name="Đưa ra làm phương án"))
    taps("opinion", leader.locator("report-button[tab=say] button"), leader.locator(".report-stances button"))
    expect(leader.locator("report-panel")).to_contain_text("Đồng ý PA1")
    other.locator("report-button[tab=say] button").click()
    other.locator("report-panel summary", has_text="Bảo lưu ý kiến").click()
    other.locator("#report-kept").fill(KEPT)
    other.get_by_role("button", name="Bảo lưu", exact=True).click()
    expect(other.locator("report-panel .kept")).to_contain_text(KEPT)

    # The direction: written down by the secretary, read back, concluded; the tasks; the end.
    secretary.locator("room-tabs button", has_text="Báo cáo án").click()
    secretary.locator("report-panel [role=tab]").nth(2).click()
    secretary.locator("#report-drafted").fill(TASKS)
    secretary.locator("report-panel").get_by_role("button", name="Trình chủ tọa duyệt").click()
    mai.wait(lambda: an.read_view()["report"].get("drafted"))
    taps(
        "conclusion",
        chair.locator("report-button button[aria-label='Kết luận chỉ đạo']"),
        chair.locator(".report-read .primary"),
    )
    expect(wall.locator("wall-report")).to_contain_text("Đối chất A và B")
    secretary.get_by_role("button", name="Tách thành nhiệm vụ").click()
    mai.wait(lambda: len(mai.read_view()["record"]["conclusions"]["order"]) == 2)
    taps("close", chair.locator("report-panel .danger"))
    chair.keyboard.press("Escape")
    chair.wait_for_selector(".top a[href$='/minutes']")
    record(room, secretary, chair)


def record(room, secretary, chair):
    """The minutes of a closed session: approved, numbered, final, signed by both; and what stands in them."""
    minutes = f"{room.url}/meetings/{room.meeting}/minutes"
    mai, an = room.person("mai"), room.person("an")
    secretary.goto(minutes)
    step(secretary, "Trình chủ tọa duyệt", "")
    chair.goto(minutes)
    chair.locator(".approve-minutes").click()
    chair.locator("dialog .button.primary").click()
    step(secretary, "Cấp số", "")
    step(secretary, "Lập bản cuối")
    expect(secretary.locator(".road .now")).to_contain_text("Bản cuối", timeout=60_000)
    issued = f"/api/issued/{mai.read_view()['review']['document']}"
    assert seal_of(issued, mai, "ThuKy", "Lý Thị Mai").json()["kept"]
    assert seal_of(issued, an, "ChuTri", "Nguyễn Văn An").json()["kept"]
    file = mai.get(f"{issued}/file").content
    pages = pypdfium2.PdfDocument(io.BytesIO(file))
    words = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    for said in (
        "họp báo cáo án", "Lừa đảo chiếm đoạt tài sản, điểm a khoản 4 Điều 174", QUESTION, ASKED, "đồng ý PA1",
        KEPT, "Kết luận chỉ đạo", "Đối chất A và B", "Thu sao kê",
    ):  # fmt: skip
        assert said in words, (said, words)
    for label, volume in ((123, 1), (133, 2)):
        assert re.search(rf"BL {label} \(tập {volume}\).{{0,40}}?: \d+ giờ \d\d", words), (label, words)
    assert "BL 121 (tập 1)" in words  # compared with BL 133
    assert "quá nửa" not in words  # nobody's opinion is counted
