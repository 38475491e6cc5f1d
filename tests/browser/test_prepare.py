"""The preparation in a real browser: two people at once, what is typed and dragged, files that are good and bad."""

import re

import pytest
from playwright.sync_api import expect

from meetingroom import clock
from tests.browser.rooms import drag
from tests.rooms import HOUR, PASSWORD, paper

SIZES = [(1280, 800), (1024, 768), (390, 844)]
PARTS = ("agenda", "people", "sites", "details", "publish")


@pytest.fixture
def at_desk(screen, room):
    """`at_desk(username, path, size)`: somebody signed in, on a page of the desk."""

    def open_desk(username, path=None, size=SIZES[0]):
        page = screen(*size)
        body = {"username": username, "password": PASSWORD}
        signed = page.context.request.post(f"{room.url}/api/session", data=body, headers={"X-Meetingroom": "1"})
        assert signed.ok
        page.goto(room.url + (path or f"/meetings/{room.meeting}/prepare"))
        return page

    return open_desk


def item(page, title):
    return page.locator("li.agenda-item", has_text=title)


def edit(page, title):
    page.get_by_label(f"Sửa: {title}").click()
    return page.get_by_label("Nội dung", exact=True)


def titles(view):
    return [view["agenda"]["items"][key]["title"] for key in view["agenda"]["order"]]


def sees(page, text):
    page.get_by_text(text).first.wait_for()


def test_what_one_secretary_adds_the_other_sees(at_desk, room):
    dung, mai = at_desk("dung"), at_desk("mai")
    dung.get_by_role("button", name="Thêm nội dung").click()
    dung.wait_for_function("() => document.activeElement.name === 'title'")
    dung.keyboard.type("Trao thưởng thi đua")
    dung.keyboard.press("Tab")
    dung.keyboard.type("nguyen van an")
    dung.keyboard.press("Enter")
    dung.keyboard.type("Đại diện VKSND tối cao")
    dung.keyboard.press("Tab")
    dung.keyboard.type("15")
    dung.keyboard.press("Enter")
    sees(item(mai, "Trao thưởng thi đua"), "Nguyễn Văn An; Đại diện VKSND tối cao")
    view = room.person("dung").read_view()
    last = view["agenda"]["items"][view["agenda"]["order"][-1]]
    assert last["presenters"] == [room.people["an"], "Đại diện VKSND tối cao"]
    assert last["minutes"] == 15


def test_what_is_being_typed_survives_what_others_change(at_desk, room):
    dung = at_desk("dung")
    title = edit(dung, "Báo cáo tóm tắt")
    title.fill("Báo cáo tóm tắt công tác năm")
    mai = room.person("mai")
    second = mai.read_view()["agenda"]["order"][1]
    mai.does("edit_item", item=second, minutes=40)
    mai.does("add_item", title="Nội dung mới", minutes=5, presenters=[])
    mai.does("move_item", item=second)
    sees(dung, "Nội dung mới")
    sees(dung, "Trong lúc đó có người khác đã sửa nội dung này:")
    assert title.input_value() == "Báo cáo tóm tắt công tác năm"
    assert title.evaluate("field => field === document.activeElement"), "and the keyboard is still in it"
    dung.get_by_role("button", name="Giữ bản của tôi").click()
    dung.get_by_role("button", name="Lưu nội dung").click()
    item(dung, "Báo cáo tóm tắt công tác năm").locator("h3").wait_for()
    assert mai.read_view()["agenda"]["items"][second] == {
        "title": "Báo cáo tóm tắt công tác năm",
        "minutes": 25,
        "status": "waiting",
        "papers": mai.read_view()["agenda"]["items"][second]["papers"],
    }


def test_only_what_was_changed_is_sent(at_desk, room):
    """Two people on two fields of one item do not undo each other."""
    dung, mai = at_desk("dung"), room.person("mai")
    edit(dung, "Báo cáo tóm tắt").fill("Báo cáo tổng kết")
    second = mai.read_view()["agenda"]["order"][1]
    mai.does("edit_item", item=second, minutes=40)
    dung.get_by_role("button", name="Lưu nội dung").click()
    item(dung, "Báo cáo tổng kết").locator("h3").wait_for()
    saved = mai.read_view()["agenda"]["items"][second]
    assert (saved["title"], saved["minutes"]) == ("Báo cáo tổng kết", 40)


def test_an_item_removed_while_it_is_edited_is_not_lost(at_desk, room):
    dung, mai = at_desk("dung"), room.person("mai")
    edit(dung, "Thảo luận, biểu quyết").fill("Thảo luận tại tổ")
    mai.does("remove_item", item=mai.read_view()["agenda"]["order"][2])
    sees(dung, "Trong lúc đó có người khác đã bỏ nội dung này.")
    dung.locator("prepare-item-form").get_by_role("button", name="Thêm nội dung").click()
    item(dung, "Thảo luận tại tổ").locator("h3").wait_for()
    assert titles(mai.read_view()) == ["Khai mạc", "Báo cáo tóm tắt", "Thảo luận tại tổ"]


def test_items_change_places_by_buttons_and_by_dragging(at_desk, room):
    page, mai = at_desk("dung"), room.person("mai")
    down = page.get_by_label("Chuyển xuống: Khai mạc")
    down.click()
    mai.wait(lambda: titles(mai.read_view()) == ["Báo cáo tóm tắt", "Khai mạc", "Thảo luận, biểu quyết"])
    rows = page.locator("li.agenda-item h3")
    expect(rows).to_have_text(["Báo cáo tóm tắt", "Khai mạc", "Thảo luận, biểu quyết"])
    expect(down, "the next press moves the same item").to_be_focused()
    page.keyboard.press("Enter")
    expect(rows).to_have_text(["Báo cáo tóm tắt", "Thảo luận, biểu quyết", "Khai mạc"])
    grip = item(page, "Khai mạc").locator("[data-grip]")
    drag(page, grip, item(page, "Báo cáo tóm tắt"), lambda: rows.first.inner_text() == "Khai mạc")
    mai.wait(lambda: titles(mai.read_view())[0] == "Khai mạc")
    expect(rows).to_have_text(["Khai mạc", "Báo cáo tóm tắt", "Thảo luận, biểu quyết"])


@pytest.mark.worker
def test_files_become_papers_or_say_why_not(at_desk, room):
    page, mai = at_desk("mai"), room.person("mai")
    third = mai.read_view()["agenda"]["order"][2]
    where = item(page, "Thảo luận, biểu quyết")
    where.locator("input[type=file]").focus()  # as after a press on the button: what comes in is shown all the same
    where.locator("input[type=file]").set_input_files(
        [
            {"name": "Tham luận.pdf", "mimeType": "application/pdf", "buffer": paper(3)},
            {"name": "hỏng.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 nothing of a document"},
            {"name": "máy.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x90\x00"},
        ]
    )
    where.get_by_label("Mở “Tham luận”").wait_for(timeout=60000)
    where.locator(".paper-row.failed").nth(1).wait_for(timeout=60000)
    assert "Tệp bị hỏng" in where.inner_text()
    assert where.get_by_role("button", name="Thử lại").count() == 0, "what cannot get better is not tried again"
    assert [mai.read_view()["papers"][p]["title"] for p in mai.read_view()["agenda"]["items"][third]["papers"]] == [
        "Tham luận"
    ]
    for left in (1, 0):
        where.locator(".paper-row.failed").get_by_role("button", name="Bỏ").first.click()
        expect(where.locator(".paper-row.failed")).to_have_count(left)
    assert len(mai.get(f"/api/meetings/{room.meeting}/documents").json()["documents"]) == 3


@pytest.mark.worker
def test_a_dropped_file_is_sent_to_the_item_it_was_dropped_on(at_desk, room):
    page, mai = at_desk("mai"), room.person("mai")
    item(page, "Khai mạc").locator("prepare-papers").evaluate(
        """(where, bytes) => {
          const files = new DataTransfer()
          files.items.add(new File([new Uint8Array(bytes)], "Kéo thả.pdf", { type: "application/pdf" }))
          for (const kind of ["dragenter", "dragover", "drop"]) {
            where.dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }))
          }
        }""",
        list(paper(1)),
    )
    item(page, "Khai mạc").get_by_label("Mở “Kéo thả”").wait_for(timeout=60000)
    first = mai.read_view()["agenda"]["order"][0]
    assert len(mai.read_view()["agenda"]["items"][first]["papers"]) == 2


def test_a_paper_is_read_renamed_moved_and_kept_for_the_staff(at_desk, room):
    page, mai = at_desk("mai"), room.person("mai")
    third = mai.read_view()["agenda"]["order"][2]
    page.get_by_label("Mở “Chương trình”").click()
    page.locator(".reader-page[data-state=ready]").first.wait_for()
    expect(page.locator(".reader-where")).to_have_text("1 / 5")
    page.keyboard.press("Escape")
    page.get_by_label("Tùy chỉnh: Chương trình").click()
    page.get_by_label("Tên", exact=True).fill("Chương trình chi tiết")
    page.get_by_label("Nội dung chương trình").select_option(third)
    page.get_by_label("Chỉ chủ tọa, thư ký và ban tổ chức").check()
    page.get_by_label("Người được đọc được tải tệp về").uncheck()
    page.get_by_role("button", name="Lưu").click()
    item(page, "Thảo luận").get_by_label("Mở “Chương trình chi tiết”").wait_for()
    wanted = {"title": "Chương trình chi tiết", "item": third, "readers": "staff", "download": False}
    mai.wait(lambda: any(wanted.items() <= paper.items() for paper in mai.read_view()["papers"].values()))
    page.get_by_label("Thu hồi: Chương trình chi tiết").click()
    page.get_by_role("button", name="Thu hồi", exact=True).click()
    sees(page, "Tệp chưa thuộc nội dung nào")
    page.get_by_role("button", name="Đưa vào nội dung").click()
    page.get_by_role("button", name="1. Khai mạc").click()
    item(page, "Khai mạc").get_by_label("Mở “Chương trình").wait_for()


def test_people_are_invited_by_words_and_roles_changed(at_desk, room):
    page, mai = at_desk("mai", f"/meetings/{room.meeting}/prepare#people"), room.person("mai")
    page.get_by_role("button", name="Mời dự họp").click()
    page.get_by_label("Họ tên, chức vụ hoặc đơn vị").fill("do thi lan")
    page.get_by_label("Đỗ Thị Lan").check()
    page.get_by_label("Mời với vai trò").select_option("guest")
    page.get_by_role("button", name="Mời 1 người").click()
    mai.wait(lambda: mai.read_view()["roll"]["people"].get(room.people["lan"], {}).get("role") == "guest")
    page.get_by_label("Vai trò của Đỗ Thị Lan").select_option("chair")
    sees(page, "Nguyễn Văn An đang là chủ tọa.")
    page.get_by_role("button", name="Thay chủ tọa").click()
    mai.wait(lambda: mai.read_view()["roll"]["people"][room.people["lan"]]["role"] == "chair")
    mai.wait(lambda: mai.read_view()["roll"]["people"][room.people["an"]]["role"] == "cochair")
    page.get_by_label("Chuyển lên: Đỗ Thị Lan").click()
    mai.wait(lambda: mai.read_view()["roll"]["order"][-2] == room.people["lan"])


def test_a_role_that_was_not_given_is_not_shown_as_given(at_desk, room):
    page = at_desk("mai", f"/meetings/{room.meeting}/prepare#people")
    role = page.get_by_label("Vai trò của Hoàng Văn Em")
    role.select_option("chair")
    page.get_by_role("button", name="Hủy").click()
    page.wait_for_function("select => select.value === 'delegate'", arg=role.element_handle())
    own = page.get_by_label("Vai trò của Lý Thị Mai")
    own.select_option("guest")
    page.wait_for_function("select => select.value === 'secretary'", arg=own.element_handle())


def test_details_are_checked_and_what_is_typed_is_kept(at_desk, room):
    dung = room.person("dung")
    morning = clock.milliseconds("2026-12-16T08:00")  # a meeting of the late evening ends on another day
    dung.does("edit_meeting", starts_at=morning, ends_at=morning + HOUR)
    page = at_desk("mai", f"/meetings/{room.meeting}/prepare#details")
    title = page.get_by_label("Tên cuộc họp")
    title.fill("")
    page.get_by_label("Từ", exact=True).fill("9h")
    page.get_by_label("Đến", exact=True).fill("830")
    page.get_by_role("button", name="Lưu thông tin").click()
    sees(page, "Nhập tên cuộc họp.")
    sees(page, "Giờ kết thúc phải sau giờ bắt đầu.")
    title.fill("Hội nghị sơ kết")
    dung.does("edit_meeting", place="Phòng họp số 2")
    sees(page, "Trong lúc đó có người khác đã sửa thông tin:")
    assert title.input_value() == "Hội nghị sơ kết"
    page.get_by_label("Đến", exact=True).fill("11")
    page.get_by_role("button", name="Lưu thông tin").click()
    sees(page, "Đã lưu thông tin")
    saved = dung.read_view()["meeting"]
    assert saved["title"] == "Hội nghị sơ kết"
    assert saved["ends_at"] - saved["starts_at"] == 2 * HOUR
    assert saved["place"] == "Phòng họp số 2", "what the other one changed is not undone"


def test_a_draft_is_published_once_it_has_a_chair(at_desk, room):
    page = at_desk("dung", "/meetings/new")
    page.get_by_role("radio", name=re.compile("^Không")).check()
    page.get_by_label("Tên cuộc họp").fill("Họp giao ban tháng 12")
    page.get_by_role("button", name="Tạo và chuẩn bị tiếp").dblclick()
    page.wait_for_url("**/prepare")
    meetings = [m for m in room.person("dung").get("/api/meetings").json() if m["title"] == "Họp giao ban tháng 12"]
    assert len(meetings) == 1
    page.get_by_role("link", name=re.compile("Phát hành")).click()
    sees(page, "Chưa có chủ tọa")
    sees(page.locator("prepare-publish"), "Chương trình chưa có nội dung")
    publish = page.get_by_role("button", name="Phát hành cuộc họp")
    assert publish.is_disabled()
    room.meeting = meetings[0]["id"]
    room.person("dung").does("invite", person=room.people["an"], role="chair")
    page.wait_for_function("() => !document.querySelector('prepare-publish .primary').disabled")
    publish.dblclick()
    page.get_by_role("button", name="Phát hành", exact=True).click()
    sees(page, "Cuộc họp đã phát hành")
    assert room.person("an").read_view()["meeting"]["status"] == "published"
    page.get_by_role("button", name="Hủy cuộc họp").click()
    page.get_by_label("Lý do").fill("Chuyển sang tháng 1")
    page.get_by_role("button", name="Hủy cuộc họp").last.click()
    page.locator("h2", has_text="Cuộc họp đã hủy").wait_for()
    assert room.person("an").read_view()["meeting"]["reason"] == "Chuyển sang tháng 1"


def test_the_chair_reads_and_changes_nothing(at_desk, room):
    page = at_desk("an")
    sees(page, "Đồng chí xem được toàn bộ nội dung tại đây")
    for part in PARTS[:4]:
        page.goto(f"{room.url}/meetings/{room.meeting}/prepare#{part}")
        page.locator(f"#{part} > :not([hidden])").first.wait_for()
        panel = page.locator(f"#{part}")
        assert panel.locator("input, select, textarea, .item-tools, [data-grip]").count() == 0, part


def test_a_change_without_a_line_is_told_and_not_lost(at_desk, room):
    page, mai = at_desk("dung"), room.person("mai")
    title = edit(page, "Khai mạc")
    title.fill("Khai mạc hội nghị")
    page.context.set_offline(True)
    page.get_by_role("button", name="Lưu nội dung").click()
    page.wait_for_timeout(1500)
    assert title.input_value() == "Khai mạc hội nghị"
    page.context.set_offline(False)
    item(page, "Khai mạc hội nghị").locator("h3").wait_for(timeout=20000)
    assert titles(mai.read_view())[0] == "Khai mạc hội nghị"


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_screen(at_desk, room, size):
    room.person("mai").does("edit_meeting", title="Hội nghị tổng kết công tác kiểm sát năm " * 7)
    first = room.person("mai").read_view()["agenda"]["order"][0]
    room.person("mai").does("edit_item", item=first, title="Khai mạc và thông qua chương trình " * 8)
    page = at_desk("mai", size=size)
    for path in (*(f"/meetings/{room.meeting}/prepare#{part}" for part in PARTS), f"/meetings/{room.meeting}", "/"):
        page.goto(room.url + path)
        page.reload()
        page.locator("main h1").first.wait_for()
        page.wait_for_timeout(250)
        wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (path, size)
        small = page.evaluate(
            """() => [...document.querySelectorAll("main button, main a.button, main select, main summary")]
              .filter((one) => one.offsetParent && !one.closest(".tag") && one.getBoundingClientRect().height < 47.5)
              .map((one) => one.outerHTML.slice(0, 120))"""
        )
        assert small == [], (path, size)
