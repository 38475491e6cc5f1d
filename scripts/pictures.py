"""The pictures of docs/record.md, from a demonstration that has just been started (it is held to its end):

python scripts/pictures.py http://localhost:8080 <password of the demonstration>
"""

import io
import re
import shutil
import sys
from pathlib import Path

import requests
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

FOLDER = Path(__file__).parents[1] / "docs/pictures"
MOST = 150_000  # bytes a picture
MEETING = "/meetings/mdemo-today"
TEXT = "note-editor .note-text"
PAST = "phiên trù bị"


class Demo:
    """People of a demonstration, each in a browser."""

    def __init__(self, browser: Browser, address: str, password: str):
        self.browser, self.address, self.password = browser, address.rstrip("/"), password

    def page(self, username: str, path: str, width: int = 1280, height: int = 800) -> Page:
        session = requests.Session()
        session.headers["X-Meetingroom"] = "1"
        who = {"username": username, "password": self.password}
        session.post(f"{self.address}/api/session", json=who, timeout=20).raise_for_status()
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
        )
        context.add_cookies([{"name": c.name, "value": c.value, "url": self.address} for c in session.cookies])
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(self.address + path)
        page.wait_for_load_state("networkidle")
        return page


def keep(page: Page, name: str) -> None:
    """What stands on the screen, as a small WebP file."""
    page.wait_for_timeout(700)  # what moves has come to rest
    picture = Image.open(io.BytesIO(page.screenshot()))
    for quality in (86, 76, 66, 50):
        file = io.BytesIO()
        picture.save(file, "webp", quality=quality, method=6)
        if file.tell() <= MOST:
            break
    (FOLDER / f"{name}.webp").write_bytes(file.getvalue())
    print(f"{name}.webp {file.tell() // 1000} KB", flush=True)


def step(page: Page, name: str, answer: bool = True) -> None:
    page.locator("minutes-road").get_by_role("button", name=name).click()
    if answer:
        page.locator("dialog[open] .button.primary").last.click()


def the_desk(demo: Demo) -> Page:
    mai = demo.page("secretary", f"{MEETING}/room")
    mai.click(TEXT)
    mai.keyboard.press("Control+End")
    mai.keyboard.type("Đồng chí Trần Thị Bình trình bày Báo cáo tổng kết; 12/14 chỉ tiêu đạt và vượt.")
    mai.locator(".happenings li", has_text="Trình chiếu").first.locator("button").click()
    mai.wait_for_selector(".note-state.saved")
    keep(mai, "desk")
    mai.locator("note-editor .note-menu summary").first.click()
    keep(mai, "desk-insert")
    mai.keyboard.press("Escape")
    mai.click(TEXT)
    mai.keyboard.press("Control+End")
    mai.keyboard.type(" Hội nghị thống nhất với báo cáo.")
    mai.wait_for_selector(".note-state.saved")
    mai.locator("note-editor .note-menu summary").nth(1).click()
    mai.get_by_role("button", name="Các bản trước").click()
    mai.wait_for_selector(".differences")
    keep(mai, "desk-versions")
    mai.keyboard.press("Escape")
    return mai


def the_conclusions(mai: Page) -> None:
    mai.locator(".room-tabs button").nth(4).click()
    mai.click(".add-conclusion")
    mai.fill("#c-text", "Phòng Thống kê tội phạm và CNTT hoàn thành số hóa hồ sơ các vụ án trọng điểm")
    mai.select_option("#c-unit", index=1)
    mai.get_by_role("button", name="trong tuần").click()
    mai.locator("#c-text").scroll_into_view_if_needed()
    keep(mai, "conclusion")
    mai.click(".conclusion-form [type=submit]")
    mai.wait_for_selector(".conclusion")


def the_road(demo: Demo, mai: Page) -> None:
    an = demo.page("chair", f"{MEETING}/room")
    an.click(".top .close-meeting")
    an.click("dialog .danger")
    an.wait_for_selector(".top a[href$='/minutes']")
    mai.goto(f"{demo.address}{MEETING}/minutes")
    step(mai, "Gửi lấy ý kiến", answer=False)
    keep(mai, "minutes-send")
    mai.locator("dialog .check", has_text="Hoàng Văn Em").click()
    mai.locator("dialog .button.primary").click()
    em = demo.page("delegate2", f"{MEETING}/review")
    part = em.locator(".review-part", has_text="12/14").last
    part.get_by_role("button", name="Cho ý kiến phần này").click()
    part.locator("textarea").fill("Đề nghị nêu rõ hai chỉ tiêu chưa đạt.")
    keep(em, "minutes-review")
    part.get_by_role("button", name="Gửi ý kiến").click()
    expect(part.locator(".review-comment")).to_contain_text("hai chỉ tiêu")
    step(mai, "Kết thúc lấy ý kiến")
    mai.get_by_role("link", name="Trả lời ý kiến").click()
    mai.locator(".review-comment").get_by_role("button", name="Tiếp thu").click()
    expect(mai.locator(".review-answer")).to_contain_text("Tiếp thu")
    mai.goto(f"{demo.address}{MEETING}/minutes")
    step(mai, "Trình chủ tọa duyệt", answer=False)
    an.goto(f"{demo.address}{MEETING}/minutes")
    an.locator(".approve-minutes").click()
    keep(an, "minutes-approve")
    an.locator("dialog .button.primary").click()
    step(mai, "Cấp số", answer=False)
    step(mai, "Lập bản cuối")
    expect(mai.locator(".road .now")).to_contain_text("Bản cuối", timeout=60_000)
    mai.evaluate("scrollTo(0, 0)")
    keep(mai, "minutes-final")


def the_dossier(demo: Demo) -> None:
    mai = demo.page("secretary", "/")
    address = mai.get_by_role("link", name=re.compile(PAST)).first.get_attribute("href") or ""
    mai.goto(demo.address + address.split("?")[0].rstrip("/") + "/archive")
    mai.wait_for_load_state("networkidle")
    keep(mai, "dossier")


def main(address: str, password: str) -> None:
    with sync_playwright() as play:
        program = shutil.which("chromium") or shutil.which("chromium-headless-shell")
        demo = Demo(play.chromium.launch(executable_path=program), address, password)
        mai = the_desk(demo)
        the_conclusions(mai)
        the_road(demo, mai)
        the_dossier(demo)  # the last: its package is made while the demonstration starts


if __name__ == "__main__":
    main(*sys.argv[1:])
