"""The editor in a real browser: nothing typed is lost, nothing of others is overwritten unseen."""

import re

import pytest

from tests.minutes.conftest import MEETING, sign_in

playwright = pytest.importorskip("playwright.sync_api")


class Desk:
    """Somebody at the minutes."""

    def __init__(self, chromium, address, username, size=(1280, 800)):
        self.address, self.problems = address, []
        self.context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
        sign_in(self.context, address, username)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.open()

    def open(self):
        self.page.goto(f"{self.address}/meetings/{MEETING}/minutes")
        self.page.wait_for_selector("note-box[data-item=i1] .note-text")

    def box(self, item):
        return self.page.locator(f"note-box[data-item={item}] .note-text")

    def writes(self, item, text):
        self.box(item).click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)

    def leaves(self):
        self.page.locator("h1").click()

    def says(self, words):
        playwright.expect(self.page.locator(".minutes-state")).to_contain_text(words, timeout=30_000)

    def stored(self):
        answer = self.context.request.get(f"{self.address}/api/meetings/{MEETING}/notes").json()
        return {item: re.sub(r"<[^>]+>", "", note["html"]) for item, note in answer["items"].items() if "html" in note}


def test_what_is_typed_is_saved_and_stands_in_the_preview(chromium, address):
    mai = Desk(chromium, address, "mai")
    mai.writes("i2", "Nhất trí với báo cáo.")
    mai.says("Đã lưu")
    assert mai.stored()["i2"] == "Nhất trí với báo cáo."
    preview = mai.page.locator(".minutes-paper")
    playwright.expect(preview).to_contain_text("Nhất trí với báo cáo.", timeout=30_000)
    playwright.expect(preview).to_contain_text("trình chiếu tài liệu “Chương trình” (trang 1–2)")
    assert mai.problems == []


def test_another_persons_text_comes_by_itself_and_who_writes_is_shown(chromium, address):
    mai, an = Desk(chromium, address, "mai"), Desk(chromium, address, "an")
    mai.writes("i2", "Mai viết.")
    held = an.page.locator("note-box[data-item=i2] .note-held")
    playwright.expect(held).to_contain_text("Lý Thị Mai đang ghi", timeout=30_000)
    playwright.expect(an.box("i2")).to_have_text("Mai viết.", timeout=30_000)
    an.writes("i1", " Bổ sung mục 3.")
    an.leaves()
    an.says("Đã lưu")
    playwright.expect(mai.box("i1")).to_have_text("Thông qua chương trình. Bổ sung mục 3.", timeout=30_000)
    mai.leaves()
    playwright.expect(held).to_have_count(0, timeout=30_000)


def test_a_tablet_that_dies_while_one_types_still_has_the_text(chromium, address):
    mai = Desk(chromium, address, "mai")
    mai.page.route("**/notes/*", lambda route: route.abort())
    mai.writes("i2", "Chưa kịp lưu")
    mai.page.goto("about:blank")
    mai.page.unroute("**/notes/*")
    mai.open()
    playwright.expect(mai.box("i2")).to_have_text("Chưa kịp lưu")
    mai.says("Đã lưu")
    assert mai.stored()["i2"] == "Chưa kịp lưu"


def test_the_head_of_the_document_is_filled_in(chromium, address):
    mai = Desk(chromium, address, "mai")
    mai.page.locator("minutes-head summary").click()
    mai.page.fill("#minutes-number", "5/BB-VKS")
    mai.page.fill("#minutes-parent", "Viện kiểm sát nhân dân tối cao")
    mai.leaves()
    mai.says("Đã lưu")
    preview = mai.page.locator(".minutes-paper header")
    playwright.expect(preview).to_contain_text("Số: 05/BB-VKS", timeout=30_000)
    playwright.expect(preview).to_contain_text("VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO")


@pytest.mark.parametrize("size", [(1280, 800), (1024, 768), (390, 844)])
def test_nothing_is_wider_than_the_screen(chromium, address, size):
    mai = Desk(chromium, address, "mai", size)
    mai.page.wait_for_selector(".minutes-paper", state="attached")
    assert mai.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert mai.problems == []


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_page_can_be_used_without_eyes_or_mouse(chromium, address, size):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    mai = Desk(chromium, address, "mai", size)
    mai.page.locator("minutes-head summary").click()
    mai.page.wait_for_selector(".minutes-paper", state="attached")
    found = axe.run(mai.page)
    assert found.violations_count == 0, found.generate_report()
