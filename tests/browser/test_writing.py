"""What a secretary types: saved by itself, never lost, nothing of others overwritten unseen; pasted from Word."""

import json
import shutil
import unicodedata

from playwright.sync_api import expect

from tests.browser.rooms import eventually, frames, seat, sign_in
from tests.browser.test_secretary import SAVED, TEXT, items, notes
from tests.rooms import PASSWORD, ROOT


def test_what_is_typed_is_saved_by_itself_in_a_plain_field_too(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    page = screen()
    page.forgiven += ["ERR_FAILED"]
    page.context.route("**/vendor/prosemirror/**", lambda route: route.abort())
    sign_in(page.context, opened, "mai")
    page.goto(f"{opened.url}/meetings/{opened.meeting}/room")
    field = page.locator("note-editor textarea.note-text")
    field.click()
    page.keyboard.type("Đồng chí Chánh Văn phòng điểm danh <các điểm cầu>.\nDòng thứ hai.")
    page.wait_for_selector(SAVED)
    written = "Đồng chí Chánh Văn phòng điểm danh &lt;các điểm cầu&gt;.\nDòng thứ hai."
    assert notes(opened) == {item: written}
    # The editor comes after all: the text goes on in it, with what has not been sent.
    page.keyboard.type(" Chưa gửi.")
    page.context.unroute("**/vendor/prosemirror/**")
    page.locator(".notice", has_text="Không tải được").locator("button").click()
    expect(page.locator(f"{TEXT}:not(textarea) p")).to_have_count(2)
    page.click(TEXT)
    page.keyboard.press("Control+End")
    page.keyboard.type(" Viết tiếp.")
    eventually(page, lambda: notes(opened) == {item: f"{written} Chưa gửi. Viết tiếp."})


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
    eventually(page, lambda: notes(opened).get(first) == "Câu đang viết dở dang")  # saved on leaving


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


def test_a_server_that_is_killed_and_updated_while_one_types_loses_nothing(screen, opened, tmp_path):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    page = seat(screen, opened, "mai")
    page.forgiven += ["ERR_CONNECTION", "net::"]
    page.evaluate("window.same = true")
    page.click(TEXT)
    page.keyboard.type("Trước khi mất điện.")
    opened.kill()
    page.keyboard.type(" Viết khi máy chủ tắt.")
    expect(page.locator(".note-state.waiting")).to_contain_text("đang giữ trên máy này")
    opened.program = newer_program(tmp_path)
    opened.start()
    page.keyboard.type(" Viết sau khi cập nhật.")
    typed = "Trước khi mất điện. Viết khi máy chủ tắt. Viết sau khi cập nhật."
    eventually(page, lambda: notes(opened).get(item) == typed)
    page.wait_for_selector(SAVED)
    assert page.evaluate("window.same"), "nobody's page is loaded anew under their hands"
    page.reload()
    expect(page.locator(TEXT)).to_have_text(typed)
    assert page.evaluate("window.newer"), "the next visit has the new program"


def newer_program(folder):
    """The program as the next version of it, with another static file."""
    for name in ("meetingroom", "templates"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "run.py", folder)
    shutil.copytree(ROOT / "static", folder / "static")
    with (folder / "static/js/before.js").open("a") as script:
        script.write("\nwindow.newer = true\n")
    return folder


def test_a_lid_that_is_closed_while_one_types_loses_nothing(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    page = seat(screen, opened, "mai")
    page.forgiven += ["ERR_INTERNET_DISCONNECTED", "net::"]
    page.click(TEXT)
    page.keyboard.type("Thư ký ghi.")
    page.wait_for_selector(SAVED)
    # Asleep within the pause before anything is kept or sent; nothing runs in the page, and its line is dead.
    devtools = page.context.new_cdp_session(page)
    page.keyboard.type(" Vừa gõ xong thì gập máy.")
    page.context.set_offline(True)
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    an = opened.person("an")
    notes_of = f"/api/meetings/{opened.meeting}/notes/{item}"
    assert an.post(f"{notes_of}/hold", json={"window": "w-an-1", "take": True}).json()["mine"]
    wish = {"html": "<p>Thư ký ghi. Chủ tọa ghi tiếp.</p>", "base": an.get(notes_of).json()["rev"], "window": "w-an-1"}
    assert an.session.put(opened.url + notes_of, json=wish).ok
    # Opened again: what was typed is on the server, beside the text that went on without it.
    page.context.set_offline(False)
    devtools.send("Page.setWebLifecycleState", {"state": "active"})
    aside = page.locator(".note-moved", has_text="Phần đồng chí chưa lưu")
    expect(aside).to_be_visible(timeout=40_000)
    assert notes(opened) == {item: "Thư ký ghi. Chủ tọa ghi tiếp."}, "nothing of others is overwritten unseen"
    aside.get_by_role("button").first.click()
    page.locator("dialog .primary").click()  # the chair holds the item: taken over
    eventually(page, lambda: "Vừa gõ xong thì gập máy." in notes(opened).get(item, ""))
    assert "Chủ tọa ghi tiếp." in notes(opened)[item]


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
    eventually(an, lambda: notes(opened).get(item) == "Thư ký ghi. Chủ tọa ghi.")
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
    cut = True

    def lose_the_answer(route):
        answer = route.fetch()
        if cut:
            lost.append(answer.status)
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/notes/*", lose_the_answer)
    page.click(TEXT)
    page.keyboard.type("Câu một.")
    eventually(page, lambda: lost)
    page.keyboard.type(" Câu hai.")
    page.wait_for_function("() => document.querySelector('.note-state.waiting, .note-state.typing')")
    cut = False  # not `unroute`: it lets go of a request that the line above may be in the middle of
    page.wait_for_selector(SAVED, timeout=40000)
    assert notes(opened) == {item: "Câu một. Câu hai."}
    assert page.locator(".note-conflict").count() == 0


def test_a_new_text_of_others_is_taken_when_nobody_is_writing(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    page = seat(screen, opened, "mai")
    opened.person("an").does("record_note", item=item, text="Chủ tọa ghi.")
    expect(page.locator(TEXT)).to_have_text("Chủ tọa ghi.")


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


TOO_MUCH = [
    (f"<table>{'<tr><td>x' * 2000}</table>", "2.000 hàng"),
    (f"<table><tr>{'<td>x' * 13}</table>", "13 cột"),
    (f"<table><tr><td>{'x' * 6000}</table>", "6.000 ký tự"),
    ("từ " * 40_000, "100.000 ký tự"),
]
ODD = (
    "<ul><li>1<ul><li>2<ul><li>3<ul><li>4<ul><li>5</ul></ul></ul><li>2b</ul></ul>"
    "<p><!--[if gte vml 1]><v:shape style='width:1pt'><v:imagedata src='file:///C:/a.png'/></v:shape><![endif]-->"
    "<img src='file:///C:/b.png'>日本語 עברית\u202e \ud800a\u0007b</p>"
)
ODD_KEPT = (
    "<ul><li><p>1</p><ul><li><p>2</p><ul><li><p>3</p></li><li><p>4</p></li><li><p>5</p></li></ul></li>"
    "<li><p>2b</p></li></ul></li></ul><p>日本語 עברית \ufffdab</p>"
)


def paste(page, html):
    page.evaluate(
        """([selector, html]) => {
          const clipboardData = new DataTransfer()
          clipboardData.setData("text/html", JSON.parse(html))
          document.querySelector(selector).dispatchEvent(
            new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
        }""",
        [TEXT, json.dumps(html)],
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
    paste(page, WORD)
    expect(page.locator(".toast", has_text="ảnh")).to_be_visible()
    eventually(page, is_pasted)
    # What could never be saved is not put in; deeper lists, half letters and what does not print are mended.
    for much, said in TOO_MUCH:
        paste(page, much)
        expect(page.locator(".toast", has_text=said)).to_be_visible()
    expect(page.locator(f"{TEXT} tr")).to_have_count(5)
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    frames(page)
    paste(page, ODD)

    def is_mended():
        assert text()[-len(ODD_KEPT) :] == ODD_KEPT
        return True

    eventually(page, is_mended)
    page.wait_for_selector(SAVED)
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
    eventually(page, lambda: notes(opened).get(item) == "Viết trước. Viết khi phiên đã hết.")
    page.wait_for_selector(SAVED)
