"""A trial is followed on two devices: by touch on a phone that loses its line, by keys on a laptop; a doubled entry is
joined, and the table comes out."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.rooms import barriers, sign_in, small_targets
from tests.rooms import Room, people_of

CASE = {"code": "LG-2026-017", "title": "Vụ án A", "secrecy": "no", "kind": "criminal", "stage": "first_instance"}
TRIAL = {
    "court": "Tòa án nhân dân tỉnh Lạc Giang", "sites": ["Trụ sở", "Hội trường"],
    "people": "Chủ tọa phiên tòa: Lê Văn K\nKiểm sát viên: Hoàng Văn Em\nBị cáo: Nguyễn Văn A",
}  # fmt: skip


@pytest.fixture
def room(tmp_path):
    """A running server without a meeting."""
    data = tmp_path / "data"
    room = Room(data, people_of(data), worker=False).start()
    yield room
    room.kill()


@pytest.fixture
def trial(room):
    """Its address; `em` observes, and `lan`, who is not on the list of the case."""
    em = room.person("em")
    case = em.post("/api/cases", json=CASE).json()["id"]
    day = time.strftime("%d/%m/%Y")
    hearing = em.post(f"/api/cases/{case}/court", json={**TRIAL, "days": day}).json()["id"]
    em.post(f"/api/cases/{case}/court/{hearing}/observers", json={"person": room.people["lan"], "site": "Hội trường"})
    return f"/cases/{case}/court/{hearing}"


def test_two_observers_write_the_log_of_a_trial(room, screen, trial):
    phone, laptop = screen(390, 844, fingers=True), screen(1280, 800)
    for page, who in ((phone, "lan"), (laptop, "em")):
        sign_in(page.context, room, who)
        page.goto(room.url + trial)
        expect(page.get_by_text("Chưa ghi mục nào")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert (small_targets(phone), barriers(phone)) == ([], [])

    # By keys alone: the phase, who speaks, the line. What one does follows from both.
    laptop.keyboard.press("Alt+2")
    laptop.keyboard.press("Alt+e")
    laptop.keyboard.type("Không biết, chỉ cho mượn tài khoản")
    laptop.keyboard.press("Enter")
    expect(laptop.locator(".court-status .good")).to_have_text(re.compile(r"Đã lưu \d\d:\d\d:\d\d"))
    entry = phone.locator(".court-entry", has_text="chỉ cho mượn tài khoản")
    expect(entry).to_contain_text("Bị cáo Nguyễn Văn A")
    expect(entry.locator(".badge")).to_have_text("Đáp")

    # The line is lost: one goes on, over a reload of the window as well; nothing says Saved before it is.
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Xét hỏi").tap()
    phone.get_by_role("button", name="Bị cáo Nguyễn Văn A").tap()
    phone.get_by_label("Nội dung").fill("Khai không biết, chỉ cho mượn")
    phone.get_by_role("button", name="Ghi", exact=True).tap()
    phone.get_by_role("button", name="Vi phạm tố tụng", exact=True).tap()
    phone.get_by_label("Nội dung").fill("Chủ tọa không cho bị hại hỏi")
    phone.get_by_label("Bút lục (BL)").fill("121")
    phone.get_by_role("button", name="Ghi", exact=True).tap()
    expect(phone.locator(".court-status")).to_contain_text("2 mục chờ gửi, đã lưu trên máy này")
    expect(phone.locator(".court-entry.waits")).to_have_count(2)
    expect(laptop.locator(".court-entry")).to_have_count(1)
    phone.context.set_offline(False)
    phone.reload()
    expect(laptop.locator(".court-entry")).to_have_count(3)
    expect(phone.locator(".court-entry.waits")).to_have_count(0)
    expect(phone.locator(".court-entry")).to_have_count(3)

    # Two of the same: joined by hand, both texts under their names.
    def act(text, who, word):
        laptop.locator(".court-entry", has_text=text).get_by_role("button", name=f"Mục của {who}").click()
        laptop.get_by_role("dialog").get_by_role("button", name=word).click()

    act("Khai không biết", "Đỗ Thị Lan", "Ghép với mục trùng nội dung")
    laptop.locator(".court-entry", has_text="tài khoản").get_by_role("button", name="Ghép").click()
    both = phone.locator(".court-entry", has_text="tài khoản")
    expect(both).to_contain_text("Khai không biết, chỉ cho mượn")
    expect(both).to_contain_text("Đỗ Thị Lan")
    act("Không biết, chỉ cho mượn tài khoản", "Hoàng Văn Em", "Sửa mục")
    laptop.get_by_role("dialog").get_by_label("Nội dung").fill("Không biết A lừa đảo")
    laptop.get_by_role("dialog").get_by_role("button", name="Lưu").click()
    expect(phone.locator(".court-entry", has_text="Không biết A lừa đảo")).to_contain_text("đã sửa")

    # Counted and filtered; side by side on a wide screen; taken out.
    laptop.get_by_role("button", name="Song song").click()
    laptop.get_by_role("button", name="Vi phạm tố tụng 1").click()
    expect(laptop.locator(".court-entry")).to_have_count(1)
    assert barriers(laptop) == []
    laptop.get_by_text("Phiên tòa, người theo dõi, văn bản").click()
    # The files themselves: tests/cases/test_court.py.
    expect(laptop.get_by_role("link", name="Bảng theo dõi (Excel)")).to_have_attribute(
        "href", f"/api{trial}/table.xlsx"
    )

    # The owner closes it: from then on it is read only, on the phone too.
    laptop.get_by_role("button", name="Khóa sổ").click()
    laptop.get_by_role("dialog").get_by_role("button", name="Tiếp tục").click()
    expect(phone.locator(".court-status")).to_contain_text("Sổ đã khóa")
    expect(phone.get_by_label("Nội dung")).to_have_count(0)
