"""The desk pages that lie open: home and the page of a meeting follow what happens, papers open in place."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from meetingroom import database, log
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.papers import RenewText
from meetingroom.search import indexing
from tests.browser.rooms import barriers, colliding, eventually, larger_text
from tests.rooms import PASSWORD


@pytest.fixture
def at_desk(screen, room):
    """`at_desk(username, path, **options)`: somebody signed in, on a page of the desk."""

    def open_desk(username, path, **options):
        page = screen(**options)
        body = {"username": username, "password": PASSWORD}
        signed = page.context.request.post(f"{room.url}/api/session", data=body, headers={"X-Meetingroom": "1"})
        assert signed.ok
        page.goto(room.url + path)
        return page

    return open_desk


def comes_back(page):
    """The tablet was put aside and is looked at again."""
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")


def test_home_shows_the_way_in_as_soon_as_the_meeting_is_open(at_desk, room):
    page = at_desk("em", "/", width=390, height=844)
    assert page.locator(".live-card").count() == 0
    room.person("an").does("open_meeting")
    comes_back(page)
    link = page.locator(".live-card").get_by_role("link", name="Vào phòng họp")
    assert link.get_attribute("href") == f"/meetings/{room.meeting}/room"


def test_a_word_being_typed_is_not_taken_away(at_desk, room):
    page = at_desk("em", "/")
    field = page.get_by_role("main").get_by_role("searchbox")
    field.fill("hoi ng")
    room.person("an").does("open_meeting")
    comes_back(page)
    page.wait_for_timeout(600)
    assert field.input_value() == "hoi ng"
    page.keyboard.press("Enter")
    page.get_by_text("Tìm thấy 1 cuộc họp").wait_for()


def test_the_page_of_a_meeting_follows_the_secretary(at_desk, room):
    page, mai = at_desk("em", f"/meetings/{room.meeting}"), room.person("mai")
    mai.does("add_item", title="Trao thưởng", minutes=10, presenters=[])
    comes_back(page)
    page.get_by_role("heading", name="Trao thưởng").wait_for()
    mai.does("remove_person", person=room.people["em"])
    comes_back(page)
    page.get_by_role("heading", name="Trao thưởng").wait_for(state="detached")
    assert "Trao thưởng" not in page.inner_text("body"), "who is no longer invited sees nothing more"


def test_a_delegate_reads_a_paper_before_the_meeting(at_desk, room):
    page = at_desk("em", f"/meetings/{room.meeting}", width=390, height=844)
    page.get_by_role("button", name="Báo cáo chuyên đề").click()
    page.locator(".reader-page[data-state=ready]").first.wait_for()
    expect(page.locator(".reader-where")).to_have_text("1 / 4")
    assert page.locator(".reader-bar").bounding_box()["y"] == 0, "nothing stands above the bar"
    page.locator(".reader-window").evaluate("pages => pages.scrollTo(0, 99999)")
    page.wait_for_function("() => document.querySelector('[data-where]').textContent === '4'")
    assert "&p=4" in page.url, "the address leads to the page that is read"
    page.reload()
    fourth = page.locator(".reader-page[data-state=ready][data-page='4']")
    expect(fourth).to_be_in_viewport()
    assert page.locator("canvas.reader-picture").count() <= 4
    page.keyboard.press("Home")
    expect(page.locator(".reader-where")).to_have_text("1 / 4")
    expect(page.get_by_role("document", name="Chữ của trang 1")).to_have_count(1)
    assert barriers(page) == []
    reads_by_night(page)
    reads_large(page)
    chosen = picked_by_a_finger(page)
    assert chosen in page.locator(".reader-text").first.inner_text(), "a finger that rests picks the word under it"
    page.get_by_role("toolbar", name="Phần chữ đã chọn").get_by_role("button", name="Tìm").click()
    expect(page.locator("paper-reader").get_by_role("search")).to_contain_text("kết quả")
    page.locator(".reader-hit.now").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.locator(".reader-hit")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về").click()
    assert download.value.suggested_filename == "Báo cáo chuyên đề.pdf"
    marks_a_page(page, room)
    page.get_by_role("button", name="Đóng", exact=True).click()
    page.locator("dialog").wait_for(state="detached")
    page.goto(f"{room.url}/meetings/{room.meeting}/marks")
    expect(page.locator(".marks-paper")).to_contain_text(
        re.compile("Trang 1.*Dấu trang.*Hỏi lại số liệu.*1 nét bút", re.S)
    )
    finds_a_page_and_comes_back(page, room)
    ends_while_it_is_read(page, room)


def reads_by_night(page):
    """A page of text is turned to light letters on dark paper; a red stamp on it stays as it is."""
    stamped = page.locator(".reader-page.flat > canvas").first
    stamped.evaluate(
        """canvas => { const draw = canvas.getContext("2d"), [w, h] = [canvas.width, canvas.height]
          draw.fillStyle = "#c8102e"; draw.fillRect(w / 2, h * 0.6, w / 5, h / 5)
          draw.fillStyle = "#000"; draw.fillRect(w / 4, h * 0.6, w / 5, h / 5) }"""
    )
    page.locator("paper-reader").evaluate("reader => reader.setNight(true)")
    expect(page.locator(".reader.night")).to_have_count(1)
    with Image.open(io.BytesIO(stamped.screenshot())) as seen:
        stamp, letters, paper = (
            seen.convert("RGB").getpixel((int(seen.width * x), int(seen.height * 0.7))) for x in (0.6, 0.35, 0.15)
        )
    assert max(abs(now - was) for now, was in zip(stamp, (0xC8, 0x10, 0x2E), strict=True)) < 12, stamp
    assert (min(letters) > 200, max(paper) < 40) == (True, True), (letters, paper)
    page.locator("paper-reader").evaluate("reader => reader.setNight(false)")
    page.locator("paper-reader").evaluate("reader => reader.repaint()")


def reads_large(page):
    """The text alone, at its largest on a telephone: nothing stands beside the screen."""
    page.locator("paper-reader").evaluate("one => one.setLargePrint(true)")
    article = page.locator(".reader-article")
    expect(article.locator("p").first).to_be_visible()
    for _ in range(8):
        page.keyboard.press("+")
    assert article.evaluate("one => parseFloat(getComputedStyle(one.querySelector('p')).fontSize)") >= 48
    assert article.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(article).to_be_hidden()


def finds_a_page_and_comes_back(page, room):
    """A hit opens its page with the words framed, and Back leads to the list; in the room it opens over it."""
    indexing.rebuild(database.Pool(room.data / "meetingroom.db"))
    page.goto(f"{room.url}/search?q=slide")
    page.get_by_role("link", name="Báo cáo chuyên đề › Trang").click()
    page.locator(".reader-hit.now").first.wait_for()
    expect(page.locator(".reader-where")).to_contain_text("/ 4")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/search\?q=slide$"))
    expect(page.locator(".search-snippet mark").first).to_have_text(re.compile("slide", re.I))
    room.person("an").does("open_meeting")
    page.goto(f"{room.url}/meetings/{room.meeting}/room")
    page.locator("room-menu > button").click()
    page.get_by_role("button", name="Tìm kiếm").click()
    sheet = page.locator("room-search")
    sheet.get_by_role("searchbox").fill("slide")
    page.keyboard.press("Enter")
    expect(sheet.locator("mark").first).to_have_text(re.compile("slide", re.I))
    sheet.get_by_role("button", name="Mọi cuộc họp").click()
    expect(sheet.get_by_role("button", name="Mọi cuộc họp")).to_have_attribute("aria-pressed", "true")
    sheet.locator(".room-search-hit").filter(has_text="Báo cáo chuyên đề › Trang").first.click()
    page.locator(".reader-hit.now").first.wait_for()
    # Words that are recognised while somebody reads are taken at once.
    paper = next(key for key, one in room.person("an").read_view()["papers"].items() if one["pages"] == 4)
    with page.expect_response(lambda answer: answer.url.endswith(".json?t=2")):
        pool = database.Pool(room.data / "meetingroom.db")
        log.handle(pool, room.meeting, RenewText(paper, 2), Actor("program", "system"), "text-2")
    page.keyboard.press("Escape")
    expect(page.locator(".reader-hit")).to_have_count(0)
    page.locator("paper-reader").get_by_role("button", name="Đóng", exact=True).click()
    expect(page.locator("paper-reader")).to_have_count(0)
    hit = sheet.locator(".room-search-hit").filter(has_text="Báo cáo chuyên đề › Trang").first
    hit.click()
    page.locator(".reader-hit.now").first.wait_for()
    # The chair calls: nothing that was found lies over the page.
    room.person("an").does("show_paper", paper=paper, page=1)
    room.person("an").does("call_back")
    expect(page.locator("paper-reader")).to_have_count(0)
    expect(sheet).to_have_count(0)


def ends_while_it_is_read(page, room):
    """At the desk nobody tells: the reader asks, and what may not be read any more is gone without a reload."""
    page.goto(f"{room.url}/meetings/{room.meeting}")
    page.get_by_role("button", name="Báo cáo chuyên đề").click()
    page.locator(".reader-page[data-state=ready]").first.wait_for()
    mai = room.person("mai")
    paper = next(key for key, one in mai.read_view()["papers"].items() if one["pages"] == 4)
    room.person("an").does("show_title")
    mai.does("set_readers", paper=paper, readers=[f"person:{room.people['phuong']}"])
    expect(page.locator(".reader-page[data-state=ready]")).to_have_count(0)
    expect(page.locator("paper-reader")).to_contain_text("đồng chí không được đọc")
    assert "Slide" not in page.locator("paper-reader").inner_text(), "nor do its words stay"


def marks_a_page(page, room):
    """With the pen, without a line; a note and a bookmark when it is back."""
    page.get_by_role("button", name="Bút của tôi").click()
    page.context.set_offline(True)
    box = page.locator(".reader-window").bounding_box()
    x, y = box["x"] + 80, box["y"] + 120
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 90, y + 40, steps=8)
    page.mouse.up()
    expect(page.locator(".marks-state")).to_have_text("Chưa gửi: 1 thay đổi.")
    page.context.set_offline(False)
    expect(page.locator(".marks-state")).to_have_count(0)
    highlights_words(page, room)
    page.get_by_role("button", name="Đã xong").click()
    page.keyboard.press("Control+f")
    expect(page.locator("[data-find]")).to_be_focused()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Dấu trang", exact=True).click()
    page.get_by_role("button", name="Ghi chú của tôi trên trang").click()
    page.get_by_role("textbox", name="Ghi chú của tôi trên trang").fill("Hỏi lại số liệu")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("button", name="Ghi chú của tôi: Hỏi lại số liệu").wait_for()
    expect(page.locator(".marks-state")).to_have_count(0)


def highlights_words(page, room):
    """A highlighter over words takes the words, in one step to undo; left free it stays as it was drawn."""
    em = room.person("em")
    paper = next(key for key, one in em.read_view()["papers"].items() if one["title"] == "Báo cáo chuyên đề")
    strip = page.get_by_role("toolbar", name="Bút của tôi")

    def kept(*wanted):
        def found():
            marks = em.get(f"/api/papers/{paper}/marks").json()["marks"]
            kinds = [(one["kind"], one["body"].get("t", one["body"].get("quote"))) for one in marks]
            assert sorted(kinds) == sorted([("ink", "pen"), *wanted])
            return True

        eventually(page, found)

    def over():
        line = page.locator(".reader-page[data-page='1'] .reader-text span").first.bounding_box()
        y = line["y"] + line["height"] / 2
        page.mouse.move(line["x"] + 3, y)
        page.mouse.down()
        page.mouse.move(line["x"] + line["width"] - 3, y + 2, steps=8)
        page.mouse.up()

    strip.get_by_role("button", name="Bút tô").click()
    over()
    kept(("highlight", "Slide 1 / 4"))
    strip.get_by_role("button", name="Hoàn tác").click()
    kept()
    strip.get_by_role("button", name="Tự do").click()
    over()
    kept(("ink", "hl"))
    strip.get_by_role("button", name="Hoàn tác").click()
    kept()


def picked_by_a_finger(page):
    """The word that a finger has rested on, in the first line of the text."""
    page.locator(".reader-text span").first.evaluate(
        """span => {
          const { left, top, height } = span.getBoundingClientRect()
          const at = { clientX: left + 4, clientY: top + height / 3, bubbles: true }
          span.dispatchEvent(new PointerEvent("pointerdown", { pointerId: 7, pointerType: "touch", ...at }))
        }"""
    )
    page.locator(".reader-picked").wait_for(state="attached")
    page.locator(".reader-window").dispatch_event("pointerup", {"pointerId": 7, "pointerType": "touch"})
    return page.evaluate("() => document.querySelector('paper-reader').picked.run.quote")


def test_the_question_on_secrecy_decides_which_fields_there_are(at_desk):
    page = at_desk("dung", "/meetings/new")
    submit = page.get_by_role("button", name="Tạo và chuẩn bị tiếp")
    expect(submit).to_be_disabled()
    expect(page.get_by_label("Tên cuộc họp")).to_be_hidden()
    page.get_by_role("radio", name="Không Nội dung không thuộc").check()
    page.get_by_label("Tên cuộc họp").fill("Họp về vụ án")
    page.get_by_role("radio", name="Chưa rõ").check()
    expect(page.get_by_label("Tên cuộc họp")).to_be_hidden()
    page.get_by_text("Cuộc họp chỉ được tạo dưới dạng phiếu trống").wait_for()
    page.get_by_role("textbox", name="Số bản tài liệu giấy").fill("7")
    submit.click()
    page.wait_for_url("**/prepare")
    page.get_by_text("Không nhập chương trình và tài liệu").wait_for()
    assert "Họp về vụ án" not in page.content()


def test_days_are_typed_or_picked_and_spoken_back(at_desk):
    page = at_desk("dung", "/meetings/new")
    page.get_by_role("radio", name="Không Nội dung không thuộc").check()
    day = page.get_by_label("Ngày", exact=True)
    day.fill("6/1/2027")
    page.get_by_label("Từ", exact=True).fill("8h30")
    page.get_by_label("Đến", exact=True).fill("11")
    page.get_by_text("Thứ Tư, 06/01/2027, 08 giờ 30 – 11 giờ 00 (2 giờ 30 phút)").wait_for()
    page.keyboard.press("Tab")
    assert (day.input_value(), page.get_by_label("Từ", exact=True).input_value()) == ("06/01/2027", "08:30")
    page.locator(".day-picker").first.evaluate(
        "picker => { picker.value = '2027-02-10'; picker.dispatchEvent(new Event('change', { bubbles: true })) }"
    )
    assert day.input_value() == "10/02/2027"
    page.get_by_text("Thứ Tư, 10/02/2027").wait_for()


@pytest.mark.parametrize("text", [100, 150])
def test_no_page_of_the_desk_is_wider_than_a_phone(at_desk, room, text):
    for path in ("/", f"/meetings/{room.meeting}", f"/meetings/{room.meeting}/prepare", "/meetings/new", "/account"):
        page = at_desk("dung", path, width=390, height=844)
        larger_text(page, text)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 390, path
        page.context.close()


@pytest.mark.parametrize(("width", "text"), [(390, 100), (390, 150), (1024, 150)])
def test_every_tab_of_the_preparation_is_in_sight(at_desk, room, width, text):
    page = at_desk("dung", f"/meetings/{room.meeting}/prepare", width=width, height=800)
    page.wait_for_selector("prepare-tabs .tabs > *")
    larger_text(page, text)
    assert page.locator("prepare-tabs .tabs > *").count() == 5
    assert colliding(page, "prepare-tabs .tabs > *") == []


def test_words_on_a_phone_are_not_squeezed_beside_a_button(at_desk, room):
    page = at_desk("dung", "/account", width=390, height=844)
    larger_text(page)
    assert page.locator(".row.wrap > .grow:has(#pin)").bounding_box()["width"] > 200
