"""Papers kept on a device: the line is cut, the browser started anew, one reads and writes, and all arrives.

Over HTTPS with a certificate of the agency's own authority, behind nginx, as docs/operations.md tells it.
"""

import contextlib
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.bare import until
from tests.browser.conftest import PATIENCE
from tests.browser.rooms import painted
from tests.browser.test_ink import Pen, line, take
from tests.browser.test_recall import EMPTY, KEPT
from tests.conftest import FLAGS, chromium_path, first_paper
from tests.nginx import CLEAR, NAME, NginxRoom, trusting_home

HTTPS = f"https://{NAME}"
HTTP = f"http://{CLEAR}"
STROKES = 30
READY = "() => document.querySelector('paper-reader')?.sheets?.visible.some(({ state }) => state === 'ready')"


@pytest.fixture
def room(prepared, tmp_path):
    """The published meeting behind nginx."""
    data, people, meeting = prepared
    shutil.copytree(data, tmp_path / "data")
    room = NginxRoom(tmp_path / "data", people, meeting, worker=False)
    try:
        yield room.start()
    finally:
        room.kill()


class Device:
    """A browser of somebody's own that trusts the agency's authority; closed and started again, it is as it was."""

    def __init__(self, chromium, folder, size, name, home, rules):
        self.chromium, self.folder, self.size, self.name = chromium, folder, size, name
        self.home, self.rules = home, rules
        self.context = None
        self.start()

    def start(self):
        if self.context:
            self.context.close()
        self.context = self.chromium.browser_type.launch_persistent_context(
            self.folder,
            executable_path=chromium_path(),
            args=[*FLAGS, f"--host-resolver-rules={self.rules}"],
            env=self.home,
            viewport={"width": self.size[0], "height": self.size[1]},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            user_agent=f"Mozilla/5.0 ({self.name}) Chrome/140.0.0.0",
        )
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        return self.page

    def sign_in(self, room, username, host=NAME):
        jar = room.person(username).session.cookies
        secure = host == NAME
        self.context.add_cookies(
            [{"name": c.name, "value": c.value, "domain": host, "path": "/", "secure": secure} for c in jar]
        )


@pytest.fixture
def device(chromium, room, tmp_path):
    """`device(1280, 800, "Windows")`."""
    made = []
    home = trusting_home(tmp_path / "home", room.authority)

    def make(width, height, name):
        made.append(
            Device(chromium, tmp_path / f"profile-{len(made)}", (width, height), name, home, room.browser_rules)
        )
        return made[-1]

    yield make
    for each in made:
        with contextlib.suppress(Exception):
            each.context.close()


def keep(device, room, username):
    """Signs in on a device and keeps the papers of the meeting."""
    device.sign_in(room, username)
    page = device.page
    page.goto(f"http://{NAME}/meetings/{room.meeting}")
    assert page.url == f"{HTTPS}/meetings/{room.meeting}"
    keeps = page.locator("keep-here")
    expect(keeps).to_contain_text("MB")
    expect(keeps).to_contain_text("iPad có thể xóa sau 7 ngày")
    keeps.get_by_role("button", name="Giữ trên máy này").click()
    expect(keeps).to_contain_text("Có trên máy:", timeout=60_000)
    expect(page.locator(".toast")).to_contain_text("Trình duyệt")
    expect(page.locator("kept-sign").first).to_have_text("có trên máy")


def open_reader(page, room, site=HTTPS):
    page.goto(f"{site}/meetings/{room.meeting}")
    page.locator("[data-paper]").first.click()
    page.wait_for_function(READY)


def strokes(page, at, count):
    page.get_by_role("button", name="Bút của tôi").click()
    box = page.locator(".reader-window").bounding_box()
    for n in range(count):
        x, y = box["x"] + 60 + at, box["y"] + 60 + 12 * n
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y + 3, steps=3)
        page.mouse.up()
    page.get_by_role("button", name="Đã xong").click()


def note(page, text):
    page.get_by_role("button", name="Ghi chú của tôi trên trang").click()
    page.get_by_role("textbox", name="Ghi chú của tôi trên trang").fill(text)
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("button", name=f"Ghi chú của tôi: {text}").wait_for()


def rewrite(page, before, text):
    page.get_by_role("button", name=f"Ghi chú của tôi: {before}", exact=True).click()
    page.get_by_role("textbox", name="Ghi chú của tôi trên trang").fill(text)
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("button", name=f"Ghi chú của tôi: {text}").wait_for()


def marks_of(room, username, paper):
    answer = room.person(username).get(f"/api/papers/{paper}/marks?after=0").json()
    return answer["marks"]


def test_two_devices_read_and_write_without_a_line_and_nothing_is_lost(opened, device):
    paper = first_paper(opened.person("an"))
    facts = lambda name: [  # noqa: E731
        one for one in opened.person("mai").get(f"/api/meetings/{opened.meeting}/log").text.splitlines() if name in one
    ]
    tablet, desk = device(1024, 768, "iPad; CPU OS 17_5 like Mac OS X"), device(1280, 800, "Windows NT 10.0")
    keep(tablet, opened, "an")
    open_reader(tablet.page, opened)
    note(tablet.page, "Chung")
    until(tablet.page, lambda: len(marks_of(opened, "an", paper)) == 1)
    keep(desk, opened, "an")
    shells = "async () => (await caches.keys()).map((name) => name.split('-')[0]).sort()"
    assert tablet.page.evaluate(shells) == ["papers", "shell"]
    asked = """async () => { const found = []
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname)
      return found.filter((path) => path.startsWith("/api/")) }"""
    assert tablet.page.evaluate(asked) == [], "what is asked of the server lies in no cache"

    # Over plain HTTP by a name there is a sentence and no button.
    plain = device(1024, 768, "Linux; Android 14")
    plain.sign_in(opened, "em", CLEAR)
    plain.page.goto(f"{HTTP}/meetings/{opened.meeting}")
    assert plain.page.evaluate("[isSecureContext, navigator.serviceWorker === undefined]") == [False, True]
    expect(plain.page.locator("keep-here")).to_contain_text("không phải HTTPS")
    expect(plain.page.locator("keep-here button")).to_have_count(0)
    open_reader(plain.page, opened, HTTP)

    # The line is cut; both browsers are started anew. The tab over plain HTTP keeps what is written in it.
    opened.cut_line()
    opened.stop()
    strokes(plain.page, 0, 2)
    note(plain.page, "Trong thẻ")
    expect(plain.page.locator(".marks-state")).to_contain_text("Chưa gửi")
    for each, at, text in ((tablet, 0, "Từ iPad"), (desk, 150, "Từ bàn")):
        page = each.start()
        open_reader(page, opened)
        expect(page.get_by_role("button", name="Ghi chú của tôi: Chung", exact=True)).to_be_visible()
        strokes(page, at, STROKES)
        rewrite(page, "Chung", f"{text}: chung")
        note(page, f"{text}: hai")
        note(page, f"{text}: ba")
        expect(page.locator(".marks-state")).to_contain_text("Chưa gửi")
        if not opened.nginx:
            opened.connect_line()  # for the next, nginx is there (502), and nobody behind it
    # Whoever holds the stage writes for everybody, in a room that the browser was started into.
    page = tablet.start()
    page.goto(f"{HTTPS}/meetings/{opened.meeting}/room")
    painted(page, 1)
    expect(page.locator("connection-lamp")).to_contain_text("trước")
    take(page, "Bút phê")
    take(page, "Bút")
    Pen(page).draws(*line(3000))
    expect(page.locator(".ink-seen")).to_contain_text("khi có mạng trở lại")
    expect(page.locator(".ink-unsent")).to_contain_text("chưa gửi")
    # What was written is there after yet another start, and the home page says what is kept.
    page = tablet.start()
    page.goto(HTTPS)
    expect(page.locator(".offline-main")).to_contain_text("Chưa gửi: 34 thay đổi")
    page.locator(".offline-paper").first.click()
    expect(page.get_by_role("button", name="Ghi chú của tôi: Từ iPad: hai")).to_be_visible()
    expect(page.locator(".kept-page")).to_contain_text("Mất kết nối. Trang này là bản lúc")

    # It is back: all is there, from both, once; of the note that both have written over, both texts.
    opened.start()
    wanted = 2 * STROKES + 2 * 3
    until(page, lambda: len(marks_of(opened, "an", paper)) == wanted, 60)
    every = marks_of(opened, "an", paper)
    texts = sorted(mark["body"]["text"] for mark in every if mark["kind"] == "note")
    assert texts == sorted(f"Từ {place}: {each}" for place in ("iPad", "bàn") for each in ("chung", "hai", "ba"))
    until(page, lambda: len(facts("InkDrawn")) == 1)
    copies = [mark["body"]["copy"]["device"] for mark in every if "copy" in mark["body"]]
    assert copies in (["iPad"], ["Windows"])
    for each in (tablet, desk):
        open_reader(each.page, opened)
        expect(each.page.get_by_role("button", name="bản trên ")).to_have_count(1)
        expect(each.page.locator(".marks-note")).to_have_count(6)
    until(plain.page, lambda: len(marks_of(opened, "em", paper)) == 3)

    # Who signs out leaves nothing.
    page = desk.page
    page.goto(HTTPS)
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/sign-in**")
    assert page.evaluate(shells) == ["shell"]

    # What is recalled goes from a device that has kept it, and from a tab over plain HTTP; both sign for it.
    keep(desk, opened, "phuong")
    open_reader(page, opened)
    mai = opened.person("mai")
    document = mai.read_view()["papers"][paper]["document"]
    assert page.evaluate(KEPT, document)["stored"] > 0
    mai.does("recall_papers", papers=[paper], reason="Kết thúc cuộc họp")
    recall = mai.read_view()["recall"]["id"]
    for each in (page, plain.page):
        until(each, lambda each=each: each.evaluate(KEPT, document) == EMPTY)
    standing = lambda: mai.get(f"/api/meetings/{opened.meeting}/recalls/{recall}").json()  # noqa: E731
    until(page, lambda: standing()["signed"] == standing()["asked"] == 2)

    # Another person in the same browser sees nothing of the former, who has not signed out.
    tablet.sign_in(opened, "phuong")
    tablet.page.goto(HTTPS)
    until(tablet.page, lambda: tablet.page.evaluate(shells) == ["shell"])
