"""A package in court: from a read-only folder, by a double click, without a network; two windows in step."""

import hashlib
import io
import shutil
import zipfile

import pytest
from playwright.sync_api import expect

from meetingroom import create_app
from meetingroom.config import Settings
from tests.cases.conftest import CaseRoom
from tests.cases.test_packages import HIDDEN, Packages
from tests.people.conftest import hashed  # noqa: F401
from tests.recordings import film, make_ready

MAP = f"""Vụ án
\tLời khai (BL 1-2)
\t\tKhai khác nhau (BL 2 ↔ 4)
\tGiám định (BL 5)
\t{HIDDEN} (BL 3)
"""


@pytest.fixture
def folder(tmp_path, hashed):  # noqa: F811
    """An unpacked package that nobody can write into. Its sixth page has the number of the first."""
    app = create_app(Settings(data=tmp_path / "data", async_mode="threading", testing=True, language="vi"))
    packages = Packages(CaseRoom(app, hashed), MAP, ((1, 5, 1), (6, 6, 1)))
    if shutil.which("ffmpeg"):
        two_parts(packages, tmp_path)
    packages.made()
    with zipfile.ZipFile(io.BytesIO(packages.fetched().data)) as zip_:
        zip_.extractall(tmp_path / "usb")
    app.extensions["meetingroom"].pool.close()
    (found,) = (tmp_path / "usb").iterdir()
    for path in (*found.rglob("*"), found):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return found


def two_parts(packages, tmp_path):
    """A recording of eight seconds; the script shows two parts of it, one behind the other."""
    room, path = packages.room, film(tmp_path / "film.mp4", seconds=8)
    media = room.sends("em", room.at("/media"), path.read_bytes(), "film.mp4", title="Camera").json["id"]
    make_ready(room.settings.data, media, path, 8)
    parts = ({"from": 1000, "to": 2000}, {"from": 4000, "to": 8000})
    steps = [{"id": f"s{n}", "kind": "media", "media": media, **part} for n, part in enumerate(parts)]
    answer = room.api("em", "POST", room.at("/script/ops"), {"id": "w1", "rev": 0, "add": {"steps": steps}})
    assert answer.status_code == 200, answer.text


def current(page):
    return page.locator(".box.current .box-text")


def shows(page, file):
    """The picture of this page stands there, and has come."""
    image = page.locator(".sheet-page").first
    expect(image).to_have_attribute("src", file)
    expect(image).to_be_visible()
    page.wait_for_function("document.querySelector('.sheet-page').naturalWidth > 0")


def test_it_runs_from_a_usb_stick_in_two_windows_that_are_in_step(screen, folder):
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        sha, _, name = line.partition("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha, name
    page = screen(width=1280, height=800)
    page.forgiven = []
    page.context.set_offline(True)
    asked, said = [], []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{folder.as_uri()}/index.html")
    expect(current(page)).to_have_text("Vụ án")
    expect(page.locator(".foot")).to_contain_text("Hoàng Văn Em")

    with page.expect_popup() as opened:
        page.get_by_role("button", name="Màn hình trình chiếu").click()
    wall = opened.value
    wall.on("pageerror", lambda error: said.append(str(error)))
    wall.on("console", lambda line: said.append(line.text))
    wall.set_viewport_size({"width": 1920, "height": 1080})
    expect(current(wall)).to_have_text("Vụ án")
    page.keyboard.press("ArrowRight")
    expect(current(wall)).to_have_text("Lời khai")
    page.keyboard.press("ArrowDown")
    expect(current(wall)).to_have_text("Khai khác nhau")
    expect(page.locator(".box", has_text=HIDDEN)).to_have_count(0)

    # A contradiction: two pages, then back to the very node.
    page.locator(".box.current .chip").click()
    expect(wall.locator("figure:visible")).to_have_count(2)
    expect(wall.locator(".pair-text")).to_have_text("Khai khác nhau")
    page.keyboard.press("Backspace")
    expect(current(wall)).to_have_text("Khai khác nhau")
    page.keyboard.press("ArrowUp")
    page.locator(".box.current .box-fold").click()
    expect(wall.locator(".box", has_text="Khai khác nhau")).to_have_count(0)
    expect(current(wall)).to_have_text("Lời khai")

    # Two pages have the number 1: nothing moves before one is chosen.
    page.keyboard.press("/")
    page.keyboard.type("BL 1")
    page.keyboard.press("Enter")
    expect(page.locator(".found-row")).to_have_count(2)
    expect(current(wall)).to_have_text("Lời khai")
    page.locator(".found-row").nth(1).click()
    for window in (page, wall):
        shows(window, "pages/d01/6.webp")
    page.keyboard.press("/")
    page.keyboard.press("Control+A")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(wall.locator("figcaption").first).to_contain_text("BL 5")
    shows(wall, "pages/d01/5.webp")

    # An excerpt over the page, then the cover.
    page.get_by_role("button", name="Vùng trích").click()
    box = page.locator(".sheet").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.3)
    page.mouse.up()
    expect(wall.locator(".excerpt")).to_have_count(1)
    wall.keyboard.press("b")  # also from the audience's window
    expect(wall.locator(".cover")).to_be_visible()
    expect(page.locator(".cover")).to_be_visible()
    page.keyboard.press("b")
    expect(wall.locator(".cover")).to_be_hidden()

    # What is held stays on the wall.
    page.keyboard.press("h")
    page.keyboard.press("Backspace")
    expect(page.locator(".box.current")).to_be_visible()
    expect(wall.locator(".excerpt")).to_have_count(1)
    page.keyboard.press("b")  # the cover comes over what is held, too
    expect(wall.locator(".cover")).to_be_visible()
    page.keyboard.press("b")
    expect(wall.locator(".cover")).to_be_hidden()
    expect(wall.locator(".excerpt")).to_have_count(1)
    page.keyboard.press("h")
    expect(current(wall)).to_have_text("Giám định")  # the node that names the page
    if shutil.which("ffmpeg"):
        plays_parts(page, wall)
    page.get_by_role("button", name="EN", exact=True).click()
    expect(page.get_by_role("button", name="Audience window is open")).to_be_visible()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:///", "data:"))] == []


def plays_parts(page, wall):
    """Each part begins where it begins and ends where it ends, in both windows."""
    stands = """([at, off]) => {
      const video = document.querySelector("video")
      return video?.paused && Math.abs(video.currentTime - at) < off
    }"""
    page.keyboard.press("PageDown")
    for window in (page, wall):
        window.wait_for_function(stands, arg=[1, 0.05])
    page.keyboard.press(" ")
    for window in (page, wall):
        window.wait_for_function(stands, arg=[2, 0.5])
    page.keyboard.press("PageDown")
    for window in (page, wall):
        window.wait_for_function(stands, arg=[4, 0.05])


def test_it_fits_a_phone_and_without_scripts_it_names_the_pdf(screen, folder):
    phone = screen(width=390, height=844, fingers=True)
    phone.goto(f"{folder.as_uri()}/index.html")
    phone.locator(".box-text", has_text="Lời khai").click()
    expect(current(phone)).to_have_text("Lời khai")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    plain = screen(width=390, height=844, java_script_enabled=False)
    plain.goto(f"{folder.as_uri()}/index.html")
    expect(plain.get_by_role("link", name="in-du-phong.pdf").first).to_be_visible()
