"""The secretary's screen: text that is never lost, the roll, conclusions, what has happened."""

import re
import unicodedata

import pytest
from playwright.sync_api import expect

from tests.browser.rooms import barriers, eventually, frames, overflowing, painted, seat, sign_in, small_targets
from tests.rooms import PASSWORD

SIZES = [(1280, 800), (1024, 768), (390, 844)]
SAVED = ".note-state.saved:has-text('Đã lưu')"


TEXT = "note-editor .note-text"


def notes(room):
    """The texts as the server has them."""
    notes = room.person("mai").get(f"/api/meetings/{room.meeting}/notes").json()["items"]
    plain = {key: re.sub(r"</p>(?=.)", "\n", note["html"]) for key, note in notes.items() if note.get("html")}
    return {key: re.sub(r"<[^>]+>", "", html) for key, html in plain.items()}


def roll(room, username):
    return room.person("mai").read_view()["roll"]["people"][room.people[username]]


def items(room):
    return room.person("mai").read_view()["agenda"]["order"]


def tab(page, n):
    page.locator(".room-tabs button").nth(n).click()


def test_what_is_typed_is_saved_by_itself(screen, opened):
    opened.person("an").does("start_item", item=items(opened)[0])
    page = seat(screen, opened, "mai")
    page.click(TEXT)
    page.keyboard.type("Đồng chí Chánh Văn phòng điểm danh các điểm cầu.")
    page.wait_for_selector(SAVED)
    assert notes(opened) == {items(opened)[0]: "Đồng chí Chánh Văn phòng điểm danh các điểm cầu."}


def test_an_update_never_touches_the_text_being_written(screen, opened):
    first, second, _ = items(opened)
    opened.person("an").does("start_item", item=first)
    page = seat(screen, opened, "mai")
    page.click(TEXT)
    page.keyboard.type("Câu đang viết")
    # The meeting goes on, the roll changes, somebody writes on another item: the cursor stays where it is.
    opened.person("an").does("start_item", item=second)
    opened.person("an").does("record_note", item=second, text="Của chủ tọa")
    opened.person("em").does("check_in", mode="onsite")
    page.wait_for_selector(".note-moved")
    page.keyboard.type(" dở dang")
    expect(page.locator(TEXT)).to_have_text("Câu đang viết dở dang")
    page.click(".note-moved button")
    expect(page.locator(TEXT)).to_have_text("Của chủ tọa")
    eventually(page, lambda: notes(opened)[first] == "Câu đang viết dở dang")  # saved on leaving


def test_typed_text_survives_a_lost_line_and_a_closed_browser(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    page = seat(screen, opened, "mai")
    page.forgiven = ["Failed to load", "ERR_", "WebSocket"]
    page.context.route("**/notes/*", lambda route: route.abort())
    page.click(TEXT)
    page.keyboard.type("Viết lúc mất mạng.")
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('note/'))")
    page.reload()
    expect(page.locator(TEXT)).to_have_text("Viết lúc mất mạng.")
    # A browser that is closed sends a last time by itself, past what this test blocks: both are well.
    assert notes(opened) in ({}, {item: "Viết lúc mất mạng."})
    page.context.unroute("**/notes/*")
    page.wait_for_selector(SAVED, timeout=40000)
    assert notes(opened) == {item: "Viết lúc mất mạng."}
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('note/'))")


def test_a_server_that_is_killed_while_one_types_loses_nothing(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    page = seat(screen, opened, "mai")
    page.forgiven += ["ERR_CONNECTION", "net::"]
    page.click(TEXT)
    page.keyboard.type("Trước khi mất điện.")
    opened.kill()
    page.keyboard.type(" Viết khi máy chủ tắt.")
    expect(page.locator(".note-state.waiting")).to_contain_text("đang giữ trên máy này")
    opened.start()
    eventually(page, lambda: notes(opened).get(item) == "Trước khi mất điện. Viết khi máy chủ tắt.")
    page.wait_for_selector(SAVED)


def test_two_who_write_the_same_text_see_both_versions(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    opened.person("mai").does("record_note", item=item, text="Bản đầu.")
    page = seat(screen, opened, "mai")
    expect(page.locator(TEXT)).to_have_text("Bản đầu.")
    page.click(TEXT)
    # A plain client knows nothing of who holds the item; it writes while the secretary does.
    page.keyboard.type("Bản của thư ký. ")
    opened.person("an").does("record_note", item=item, text="Bản của chủ tọa.")
    page.keyboard.type("Viết tiếp. ")
    page.wait_for_selector(".note-conflict")
    expect(page.locator(".note-conflict")).to_contain_text("Bản của chủ tọa.")
    assert notes(opened) == {item: "Bản của chủ tọa."}, "nothing of others is overwritten unseen"
    page.click(".note-conflict .primary")
    page.wait_for_selector(SAVED)
    assert "Bản của chủ tọa." in notes(opened)[item]
    assert "Bản của thư ký. Viết tiếp." in notes(opened)[item]


def test_who_writes_an_item_holds_it_and_another_can_take_it_over(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    mai, an = seat(screen, opened, "mai"), screen()
    sign_in(an.context, opened, "an")
    an.goto(f"{opened.url}/meetings/{opened.meeting}/minutes")
    its = an.locator(f"note-box[data-item='{item}'] .note-text")
    mai.click(TEXT)
    mai.keyboard.type("Thư ký ghi.")
    held = an.locator(".note-held")
    expect(held).to_contain_text("Lý Thị Mai đang ghi mục này")
    expect(its).to_have_text("Thư ký ghi.")
    expect(its).to_have_attribute("aria-readonly", "true")
    # What the secretary cannot send before the chair takes over is set aside, and offered.
    blocked = []
    mai.route("**/notes/*", lambda route: blocked.append(route))
    mai.keyboard.type(" Câu chưa gửi.")
    eventually(mai, lambda: blocked)
    held.locator("button").click()
    an.locator("dialog .primary").click()
    expect(its).to_be_focused()
    an.keyboard.press("Control+End")
    an.keyboard.type(" Chủ tọa ghi.")
    eventually(an, lambda: notes(opened)[item] == "Thư ký ghi. Chủ tọa ghi.")
    for route in blocked:
        route.abort()
    mai.unroute("**/notes/*")
    expect(mai.locator(".note-held")).to_contain_text("Nguyễn Văn An đang ghi")
    aside = mai.locator(".note-moved", has_text="Phần đồng chí chưa lưu")
    expect(aside).to_be_visible()
    expect(mai.locator(TEXT)).to_have_text("Thư ký ghi. Chủ tọa ghi.")
    listed = opened.person("mai").get(f"/api/meetings/{opened.meeting}/notes/{item}/revisions").json()
    assert "branch" in [one["kind"] for one in listed]
    an.locator("h1").click()  # away from the item: it is free
    expect(mai.locator(".note-held")).to_have_count(0)  # before she has heard so, it would be a question first
    aside.locator("button").first.click()
    expect(mai.locator(TEXT)).to_contain_text("Câu chưa gửi.")
    eventually(mai, lambda: "Câu chưa gửi." in notes(opened)[item] and "Chủ tọa ghi." in notes(opened)[item])


def test_a_save_whose_answer_was_lost_is_no_conflict_with_oneself(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    page = seat(screen, opened, "mai")

    lost = []

    def lose_the_answer(route):
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/notes/*", lose_the_answer)
    page.click(TEXT)
    page.keyboard.type("Câu một.")
    eventually(page, lambda: lost)
    page.keyboard.type(" Câu hai.")
    page.wait_for_function("() => document.querySelector('.note-state.waiting, .note-state.typing')")
    page.unroute("**/notes/*")
    page.wait_for_selector(SAVED, timeout=40000)
    assert notes(opened) == {item: "Câu một. Câu hai."}
    assert page.locator(".note-conflict").count() == 0


def test_a_new_text_of_others_is_taken_when_nobody_is_writing(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    page = seat(screen, opened, "mai")
    opened.person("an").does("record_note", item=item, text="Chủ tọa ghi.")
    expect(page.locator(TEXT)).to_have_text("Chủ tọa ghi.")


def test_the_roll_is_called_one_by_one_and_by_groups(screen, room):
    page = seat(screen, room, "mai")
    tab(page, 1)
    row = page.locator(".roll-row:has-text('Hoàng Văn Em')")
    row.locator("button").nth(0).click()
    page.wait_for_selector(".roll-row.onsite")
    assert roll(room, "em")["state"] == "onsite"
    row.locator("button").nth(2).click()
    page.wait_for_selector(".roll-row.left")
    assert roll(room, "em")["state"] == "left"

    page.fill("roll-board input", "phuong")
    page.wait_for_function("() => document.querySelectorAll('.roll-row').length === 1")
    page.locator(".roll-mark").nth(2).click()
    page.fill("#reason", "Dự phiên tòa")
    page.click("dialog .primary")
    page.wait_for_selector(".roll-row.excused")
    assert roll(room, "phuong") | {"state": "excused", "reason": "Dự phiên tòa"} == roll(room, "phuong")
    page.fill("roll-board input", "")


def test_a_whole_site_is_recorded_at_once(screen, room):
    page = seat(screen, room, "mai")
    tab(page, 1)
    main = page.locator(".roll-group:has-text('ĐC00')")
    main.locator(".roll-group-head button").click()
    page.click("dialog button:has-text('Trực tuyến')")
    main.locator("h3 .full").wait_for()
    assert roll(room, "an")["state"] == "online", "as chosen, though one usually sits in the room there"
    assert roll(room, "ich")["state"] == "waiting", "another site"


def test_everybody_is_recorded_as_usual_at_their_sites(screen, room):
    page = seat(screen, room, "mai")
    tab(page, 1)
    page.select_option(".roll-order", "protocol")
    page.click(".roll-group-head button")
    page.click("dialog button:has-text('Theo điểm cầu')")
    page.wait_for_selector(".roll-row.waiting", state="detached")
    assert [roll(room, name)["state"] for name in ("an", "dung", "em", "ich")] == [
        "onsite",
        "onsite",
        "onsite",
        "online",
    ]


def test_the_roll_by_given_name(screen, room):
    page = seat(screen, room, "mai")
    tab(page, 1)
    page.select_option(".roll-order", "name")
    page.wait_for_function("() => document.querySelectorAll('.roll-group').length === 1")
    names = page.locator(".roll-who b").all_inner_texts()
    assert [name.split()[-1] for name in names] == ["An", "Dung", "Em", "Ích", "Mai", "Phượng"], "and no technician"


def test_conclusions_are_recorded_changed_and_removed(screen, opened):
    page = seat(screen, opened, "mai")
    tab(page, 4)
    page.click(".add-conclusion")
    page.fill("#c-text", "Ban hành Thông báo kết luận")
    page.fill("#c-lead", "Văn phòng")
    page.fill("#c-with", "Phòng 1; Phòng 15")
    page.fill("#c-due", "31/02/2027")
    page.click(".conclusion-form [type=submit]")
    page.wait_for_selector("[data-error=due]")  # there is no 31 February
    page.fill("#c-due", "28/02/2027")
    page.click(".conclusion-form [type=submit]")
    page.wait_for_selector(".conclusion")

    def recorded():
        return list(opened.person("mai").read_view()["record"]["conclusions"]["items"].values())

    assert recorded() == [
        {
            "text": "Ban hành Thông báo kết luận",
            "lead": "Văn phòng",
            "cooperating": ["Phòng 1", "Phòng 15"],
            "due": "2027-02-28",
        }
    ]
    page.click(".conclusion-acts button >> nth=0")
    expect(page.locator("#c-due")).to_have_value("28/02/2027")
    page.fill("#c-what", "Thông báo")
    page.click(".conclusion-form [type=submit]")
    page.wait_for_selector(".conclusion:has-text('Thông báo kết luận')")
    assert recorded()[0]["deliverable"] == "Thông báo"
    page.click(".conclusion-acts button >> nth=1")
    page.click("dialog .primary")
    page.wait_for_selector(".conclusion", state="detached")
    assert recorded() == []


def test_a_half_written_conclusion_is_there_after_a_reload(screen, opened):
    page = seat(screen, opened, "mai")
    tab(page, 4)
    page.click(".add-conclusion")
    page.fill("#c-text", "Mỗi đơn vị báo cáo hai vụ án")
    page.reload()
    page.wait_for_selector(".room-tabs button")
    tab(page, 4)
    expect(page.locator("#c-text")).to_have_value("Mỗi đơn vị báo cáo hai vụ án")


def test_what_happens_is_told_in_sentences_and_put_into_the_minutes(screen, opened):
    an = opened.person("an")
    an.does("start_item", item=items(opened)[0])
    page = seat(screen, opened, "mai")
    for number in (2, 3, 4):
        an.does("turn_page", page=number)
    page.wait_for_selector(".happenings li:has-text('các trang 2–4'), .happenings li:has-text('các trang 1–4')")
    opened.person("em").does("check_in", mode="onsite")
    line = page.locator(".happenings li:has-text('Hoàng Văn Em')")
    line.wait_for()
    expect(page.locator(".happenings li:has-text('Nguyễn Văn An khai mạc')")).to_have_count(1)
    line.locator("button").click()
    eventually(page, lambda: "Hoàng Văn Em" in notes(opened).get(items(opened)[0], ""))
    # Dragged below the line of what came later: it is printed there, and said; one press puts it in its place.
    page.locator(".happenings li:has-text('An khai mạc')").drag_to(
        page.locator(f"{TEXT} p", has_text="Hoàng Văn Em"), target_position={"x": 30, "y": 20}
    )
    doubt = page.locator(".note-doubtful", has_text="không đúng thứ tự thời gian")
    expect(doubt).to_contain_text("Hoàng Văn Em")
    eventually(page, lambda: notes(opened)[items(opened)[0]].find("An khai mạc") > 0)
    doubt.locator("button").click()
    expect(doubt).to_have_count(0)
    eventually(page, lambda: "An khai mạc" in notes(opened)[items(opened)[0]].split("\n")[0])


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_everything_is_in_reach_at_every_size(screen, opened, width, height):
    page = seat(screen, opened, "mai", width, height, fingers=width < 500)
    page.wait_for_selector(".note-text")
    for n in range(page.locator(".room-tabs button:visible").count()):
        page.locator(".room-tabs button:visible").nth(n).click()
        page.wait_for_timeout(200)
        assert overflowing(page) == []
        assert small_targets(page) == []
    if width > 1000:
        painted(page, 1)


def test_nobody_is_kept_out_by_the_way_it_is_built(screen, opened):
    page = painted(seat(screen, opened, "mai"), 1)
    assert barriers(page) == []


PHRASE = "Đồng chí Viện trưởng kết luận: tổ chức"
WORD = """<html><head><style>p {color: red}</style></head><body><!--StartFragment-->
<p class=MsoNormal style='text-align:justify'><b>Ý kiến <span style='color:red'>thảo luận</span></b><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>
</span></span><![endif]>Phòng 1</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>a)<span>
</span></span><![endif]>Điểm một</p>
<table style='border:solid'><tr><td colspan=2 style='border:solid'><p>Tổng hợp</p></td></tr>
<tr><td>a</td><td>b</td></tr></table>
<p onclick="alert(1)"><img src="x" onerror="alert(1)">Cuối<script>alert(1)</script></p><!--EndFragment-->"""
PASTED = (
    "<p><strong>Ý kiến thảo luận</strong></p><ol><li><p>Phòng 1</p>"
    '<ol data-k="letter"><li><p>Điểm một</p></li></ol></li></ol>'
    '<table><tbody><tr><td colspan="2"><p>Tổng hợp</p></td></tr>'
    "<tr><td><p>a</p></td><td><p>b</p></td></tr></tbody></table>"
    "<p>Cuối</p>"
)


def types_in_vietnamese(page, text, way):
    """As keyboard programs do: take the bare letter back and send the marked one; overwrite it; or compose words."""
    if way == "composition":
        line = page.context.new_cdp_session(page)
        for n, word in enumerate(text.split(" ")):
            if n:
                page.keyboard.type(" ")
            for end in range(1, len(word) + 1):
                line.send("Input.imeSetComposition", {"text": word[:end], "selectionStart": end, "selectionEnd": end})
            line.send("Input.insertText", {"text": word})
        return
    for letter in text:
        bare = {"đ": "d", "Đ": "D"}.get(letter, unicodedata.normalize("NFD", letter)[0])
        page.keyboard.type(bare)
        if bare != letter:
            page.keyboard.press("Backspace" if way == "backspace" else "Shift+ArrowLeft")
            page.keyboard.insert_text(letter)


def test_vietnamese_is_typed_and_word_is_pasted_without_a_word_from_the_policy(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    page = seat(screen, opened, "mai")
    page.evaluate(
        """() => { window.reports = []
          addEventListener("securitypolicyviolation", (report) => reports.push(report.violatedDirective)) }"""
    )
    page.click(TEXT)
    for place in ("", "[data-tool=letter]", "[aria-label='Bảng']"):
        if place:
            page.click(f"note-editor .note-toolbar {place}")
        for way in ("backspace", "selection", "composition"):
            types_in_vietnamese(page, PHRASE, way)
            page.keyboard.press("Tab" if "Bảng" in place else "Enter")
        if place == "[data-tool=letter]":
            page.keyboard.press("Enter")

    def text():
        note = opened.person("mai").get(f"/api/meetings/{opened.meeting}/notes/{item}").json()
        return note["html"]

    paragraph = f"<p>{PHRASE}</p>"
    typed = paragraph * 3 + f'<ol data-k="letter">{f"<li>{paragraph}</li>" * 3}</ol>'
    cells = f"<tr>{f'<th>{paragraph}</th>' * 3}</tr>"

    def is_typed():
        assert text()[: len(typed)] == typed
        assert text().startswith(f"{typed}<table><tbody>{cells}")
        return True

    def is_pasted():
        assert text()[-len(PASTED) :] == PASTED
        return True

    eventually(page, is_typed)
    page.keyboard.press("Control+End")
    frames(page)  # a hand is slower than a script: the editor has heard where the cursor is when something is pasted
    page.evaluate(
        """([selector, html]) => {
          const clipboardData = new DataTransfer()
          clipboardData.setData("text/html", html)
          document.querySelector(selector).dispatchEvent(
            new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
        }""",
        [TEXT, WORD],
    )
    expect(page.locator(".toast", has_text="ảnh")).to_be_visible()
    eventually(page, is_pasted)
    assert page.evaluate("reports") == []


def test_a_session_that_ends_while_one_writes_loses_nothing(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    page = seat(screen, opened, "mai")
    page.click(TEXT)
    page.keyboard.type("Viết trước.")
    page.wait_for_selector(SAVED)
    page.context.clear_cookies()
    page.keyboard.type(" Viết khi phiên đã hết.")
    dialog = page.locator("dialog", has_text="đăng nhập lại")
    expect(dialog).to_be_visible()
    expect(page.locator(TEXT)).to_contain_text("Viết khi phiên đã hết.")
    # Somebody else cannot go on here; the same person can.
    for username in ("dung", "mai"):
        dialog.locator("[name=username]").fill(username)
        dialog.locator("[name=password]").fill(PASSWORD)
        dialog.locator(".primary").click()
        if username == "dung":
            expect(dialog.locator("[role=alert]")).to_contain_text("Lý Thị Mai")
    expect(dialog).to_have_count(0)
    eventually(page, lambda: notes(opened)[item] == "Viết trước. Viết khi phiên đã hết.")
    page.wait_for_selector(SAVED)
