"""The page has the room at every zoom and size of text; on paper it stands alone; its title is said."""

import re

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import expect

from tests.browser.rooms import larger_text, painted, sign_in

# A browser's zoom of 200 % on the two usual tablets halves what the page has in CSS pixels.
TIGHT = [(640, 400, 100), (512, 384, 100), (640, 400, 150), (1280, 800, 150), (1024, 768, 150), (844, 390, 100)]


def seat(screen, room, username, width=1280, height=800):
    page = screen(width, height)
    sign_in(page.context, room, username)
    page.goto(f"{room.url}/meetings/{room.meeting}/room")
    page.wait_for_selector("h1")
    return page


SHARE = "() => document.getElementById('page').getBoundingClientRect().height / innerHeight"


@pytest.mark.parametrize(("width", "height", "text"), TIGHT)
def test_the_page_keeps_six_tenths_of_the_height(opened, screen, width, height, text):
    for who in ("em", "an"):
        page = painted(seat(screen, opened, who, width, height), 1)
        larger_text(page, text)
        assert page.evaluate(SHARE) >= 0.59, who
        if who == "em":
            page.get_by_role("button", name="Tự xem").click()
            page.wait_for_selector("own-place:not([hidden])")
            assert page.evaluate(SHARE) >= 0.59 - (height > 480) * 0.05, "while reading on one's own as well"


def test_what_the_program_draws_is_not_for_a_translator(opened, screen):
    page = seat(screen, opened, "em", 1280, 800)
    assert page.evaluate("() => document.body.translate") is False
    page = seat(screen, opened, "an", 1280, 800)
    page.goto(f"{opened.url}/meetings/{opened.meeting}/readiness")
    page.wait_for_selector("readiness-board .ready-number")
    assert page.evaluate("() => [document.body.translate, document.querySelector('readiness-board').translate]") == [
        True,
        False,
    ]


@pytest.mark.parametrize("who", ["em", "an", "phuong"])
def test_the_title_of_a_room_names_the_meeting(opened, screen, who):
    page = seat(screen, opened, who)
    title = opened.person(who).read_view()["meeting"]["title"]
    expect(page).to_have_title(re.compile(re.escape(title)))
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("who", ["em", "an"])
def test_a_room_on_paper_is_its_page_alone_and_whole_on_one_sheet(opened, screen, who, width, height):
    page = painted(seat(screen, opened, who, width, height), 1)
    page.keyboard.press("w")
    paper = pdfium.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(paper) == 1
    sheet = paper[0]
    assert sorted(sheet.get_size()) == pytest.approx([595, 842], abs=2)
    assert sheet.get_textpage().get_text_range().strip() == "", "no words of the screen"
    pictures = [one for one in sheet.get_objects() if one.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE]
    assert len(pictures) == 1
    left, bottom, right, top = pictures[0].get_bounds()
    across, down = sheet.get_size()
    assert min(left, bottom, across - right, down - top) > 10
    assert (top - bottom) / down > 0.85 or (right - left) / across > 0.85


def test_where_the_page_is_in_no_tab_in_sight_what_is_in_sight_is_printed(opened, screen):
    """Its picture is not there, and print waits for none: the sheet was empty."""
    page = seat(screen, opened, "mai", 390, 844)
    page.wait_for_selector("note-editor .note-text")
    paper = pdfium.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert opened.person("mai").read_view()["meeting"]["title"] in paper[0].get_textpage().get_text_range()
