"""The page in a package opens by a double click, without the program, and is searched."""

import zipfile

import pytest

from meetingroom.documents.content_store import original_path
from meetingroom.meeting.ink import InkDrawn
from meetingroom.meeting.strokes import encode
from tests.archive.conftest import seal


@pytest.fixture
def held(held):
    """Somebody has written on the last page that was shown."""
    stroke = {
        "id": "stroke1",
        "t": "pen",
        "c": "red",
        "w": 28,
        "d": encode([(100, 200, 50), (300, 90, 60), (9000, 7, 0)]),
    }
    held.happens("08:25", "an", InkDrawn("f2", 3, (stroke,)))
    return held


def test_the_page_of_a_package_opens_from_a_folder_and_finds_words(archived, tmp_path, chromium):
    row = seal(archived)
    with zipfile.ZipFile(original_path(archived.app.extensions["meetingroom"].settings, row["file"])) as zip_:
        zip_.extractall(tmp_path)
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.goto((next(tmp_path.glob("hop-*")) / "data/index.html").as_uri())
    assert page.locator("h1").inner_text() == "Hội nghị tổng kết"
    page.fill("#find", "thong nhat")
    page.locator("mark").first.wait_for()
    assert page.locator("mark").first.inner_text() == "thống nhất"
    page.get_by_role("button", name="Xem lại").click()
    marks = page.get_by_label("Mốc của cuộc họp")
    marks.select_option(marks.locator("option", has_text="Trang 3").get_attribute("value"))
    assert page.locator(".stage img").get_attribute("src").endswith("/pages/0003.webp")
    assert page.locator(".stage polyline").count() == 0  # nothing was written yet
    page.get_by_label("Mốc của cuộc họp").select_option(label="08:26  Kết luận: Phòng 1 tham mưu kế hoạch kiểm sát")
    assert page.locator(".stage polyline").get_attribute("points") == "100,200 300,90 9000,7"
    page.get_by_role("button", name="Phát").click()
    page.get_by_role("button", name="Tạm dừng").click()
    page.get_by_label("Thời gian của cuộc họp").press("End")
    assert page.locator(".stage .screen").inner_text().startswith("Hội nghị tổng kết")
    assert not [line for line in said if "Content Security" in line]
    page.close()
