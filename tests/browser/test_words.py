"""The words on every screen at the largest text: no Vietnamese syllable is taken apart."""

import pytest

from tests.browser.rooms import broken_syllables, larger_text, sign_in

SIZES = [(1280, 800), (1024, 768), (390, 844)]
LONG = "Báo cáo chuyên đề thực trạng hạ tầng, phương hướng, nhiệm vụ nghiêm trọng của những nguyên nhân khuyết điểm"
QUESTION = "Thông qua phương hướng, nhiệm vụ trọng tâm của những nghiêng lệch trong khuyến nghị chuyển đổi số"


@pytest.fixture
def wordy(opened):
    """Long words of Vietnamese wherever the room shows some: an item, a ballot, a request, a notice, a call."""
    mai, an = opened.person("mai"), opened.person("an")
    item = mai.read_view()["agenda"]["order"][0]
    mai.does("edit_item", item=item, title=LONG, minutes=120)
    an.does("start_item", item=item)
    opened.person("em").does("request_floor", note="Về những nghiêm trọng của phương hướng")
    opened.person("phuong").does("call_service", kind="water")
    mai.does("send_notice", text="Đề nghị những đồng chí nghiêm túc thực hiện phương hướng", to="all")
    mai.does("draft_ballot", question=QUESTION)
    an.does("open_ballot", ballot=mai.read_view()["ballots"]["order"][-1])
    return opened


@pytest.mark.parametrize("who", ["an", "em", "mai", "tho"])
def test_no_syllable_is_taken_apart_at_the_largest_text(enter, wordy, who):
    page = enter(wordy, who, view="")
    larger_text(page)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        tabs = page.locator(".room-tabs button:visible")
        for n in range(max(1, tabs.count())):
            if tabs.count():
                tabs.nth(n).click()
            assert broken_syllables(page) == [], (width, n)


def test_nor_on_the_pages_of_a_desk(screen, wordy):
    page = screen()
    sign_in(page.context, wordy, "mai")
    meeting = f"/meetings/{wordy.meeting}"
    for path in ("/", meeting, f"{meeting}/prepare", f"{meeting}/minutes", f"{meeting}/readiness", "/account"):
        page.goto(f"{wordy.url}{path}")
        page.wait_for_load_state("networkidle")
        larger_text(page)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert broken_syllables(page) == [], (path, width)


@pytest.mark.parametrize("size", [100, 115, 150])
def test_the_chairs_bar_keeps_its_buttons_whole(enter, opened, size):
    page = enter(opened, "an", view="")
    larger_text(page, size)
    for width, height in [(1280, 800), (1200, 800), (1024, 768), (768, 1024)]:
        page.set_viewport_size({"width": width, "height": height})
        bar = page.locator(".chair > .bar").bounding_box()
        boxes = [one.bounding_box() for one in page.locator(".bar .turn, .bar .tool").all()]
        assert len(boxes) == 6
        assert all(box["x"] >= bar["x"] and box["x"] + box["width"] <= bar["x"] + bar["width"] for box in boxes), width
        assert all(box["y"] >= bar["y"] and box["y"] + box["height"] <= bar["y"] + bar["height"] for box in boxes)
