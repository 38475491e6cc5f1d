"""From the link in the terminal to the first page turned, in a real browser with a real PDF and the real worker."""

import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import in_step
from tests.browser.rooms import barriers
from tests.browser.walk import amiss
from tests.rooms import Room, paper

pytestmark = [pytest.mark.journey, pytest.mark.worker]
READY = 90_000  # ms: LibreOffice is not needed, but a busy machine may be slow


@contextmanager
def empty_house(tmp_path):
    (tmp_path / "data").mkdir()
    room = Room(tmp_path / "data", {})
    try:
        yield room.start()
    finally:
        room.stop()


def link(room) -> str:
    printed = re.search(r"http://\S+(/first\?code=\S+)", Path(room.output.name).read_text(encoding="utf-8"))
    assert printed, "the terminal shows a link with the code in it"
    return room.url + printed[1]


class Hand:
    """Somebody new: every tap and every field that is filled in counts one."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, name, role="button"):
        self.taps += 1
        self.page.get_by_role(role, name=re.compile(name)).click()

    def fill(self, label, text):
        self.taps += 1
        self.page.get_by_label(re.compile(label)).fill(text)

    def choose(self, field, name, data):
        self.taps += 1
        self.page.locator(field).set_input_files([{"name": name, "mimeType": "application/pdf", "buffer": data}])


def usable(page):
    """As every other screen (test_walk.py)."""
    assert [*barriers(page), *amiss(page)] == []


@pytest.mark.parametrize(("width", "height", "fingers"), [(1280, 800, False), (390, 844, True)])
def test_fifteen_taps_from_the_link_to_the_first_page_turned(screen, tmp_path, width, height, fingers):
    with empty_house(tmp_path) as room:
        page = screen(width, height, fingers=fingers)
        hand = Hand(page)
        page.goto(link(room))
        usable(page)
        hand.taps += 1
        hand.fill("^Tên cơ quan", "VKSND tỉnh Lạc Giang")
        hand.fill("^Họ và tên", "Bùi Thị Hạnh")
        expect(page.get_by_label("Tên đăng nhập")).to_have_value("hanhbt")
        hand.fill("^Mật khẩu", "một câu dễ nhớ")
        hand.tap("^Tiếp theo")
        page.wait_for_url("**/start/people")
        usable(page)
        hand.fill("Mỗi người một dòng", "Nguyễn Văn An, Viện trưởng\nLý Thị Mai, Chuyên viên, Văn phòng")
        hand.tap("Kiểm tra danh sách")
        hand.tap("Nhập 2 người")
        expect(page.locator(".slip")).to_have_count(2)
        usable(page)
        hand.tap("Sang cuộc họp đầu tiên", role="link")
        page.wait_for_url("**/start/meeting")
        usable(page)
        hand.tap("^Không", role="radio")
        hand.fill("Tên cuộc họp", "Họp giao ban")
        hand.choose("#file", "Báo cáo tuần.pdf", paper(5))
        hand.tap("Chuẩn bị cuộc họp")
        enter = page.get_by_role("button", name="Vào phòng họp")
        expect(enter).to_be_enabled(timeout=READY)
        usable(page)
        hand.tap("Vào phòng họp")
        in_step(page)
        hand.tap("^Sau$")
        meeting = re.search(r"/meetings/([^/]+)/room", page.url)[1]
        script = f"async () => (await (await fetch('/api/meetings/{meeting}')).json()).view"
        page.wait_for_function(f"async () => (await ({script})()).stage.page === 2")
        view = page.evaluate(script)
        assert (view["meeting"]["status"], view["meeting"]["title"]) == ("live", "Họp giao ban")
        assert view["papers"][view["stage"]["paper"]]["title"] == "Báo cáo tuần"
        assert hand.taps <= 15
        page.goto(room.url)
        page.get_by_role("heading", name="Cuộc họp của tôi").wait_for()
        assert page.get_by_text("Bắt đầu sử dụng").count() == 0


def test_whoever_is_interrupted_goes_on_where_it_was(screen, tmp_path):
    """A reload, the back button, a second tab, a server killed while the paper is made ready."""
    with empty_house(tmp_path) as room:
        page = screen()
        page.forgiven += ["net::ERR"]
        hand = Hand(page)
        page.goto(link(room))
        hand.fill("^Tên cơ quan", "VKSND tỉnh Lạc Giang")
        hand.fill("^Họ và tên", "Bùi Thị Hạnh")
        hand.fill("^Mật khẩu", "một câu dễ nhớ")
        hand.tap("^Tiếp theo")
        page.wait_for_url("**/start/people")
        page.goto(room.url)
        hand.tap("Tiếp tục", role="link")
        hand.tap("Để sau, sang cuộc họp")
        page.wait_for_url("**/start/meeting")
        other = page.context.new_page()
        other.goto(f"{room.url}/start")
        other.wait_for_url("**/start/meeting")
        for tab in (page, other):
            tab.get_by_role("radio", name=re.compile("^Không")).check()
            tab.get_by_label("Tên cuộc họp").fill("Họp giao ban")
            file = {"name": "Báo cáo.pdf", "mimeType": "application/pdf", "buffer": paper(30)}
            tab.locator("#file").set_input_files([file])
            tab.get_by_role("button", name="Chuẩn bị cuộc họp").click()
            tab.locator(".paper-row").wait_for()
        room.kill()
        room.start()
        page.reload()
        enter = page.get_by_role("button", name="Vào phòng họp")
        expect(enter).to_be_enabled(timeout=READY)
        expect(page.locator(".paper-row")).to_have_count(1)
        enter.click()
        page.wait_for_url("**/room*")
        in_step(page)
        meetings = page.evaluate("async () => (await fetch('/api/meetings')).json()")
        assert [(m["title"], m["status"]) for m in meetings] == [("Họp giao ban", "live")]
        page.go_back()
        page.wait_for_url(f"{room.url}/")
        other.reload()
        other.wait_for_url(f"{room.url}/")
