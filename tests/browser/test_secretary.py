"""The secretary's screen: text that is never lost, the roll, conclusions, what has happened."""

import pytest
from playwright.sync_api import expect

from tests.browser.rooms import barriers, eventually, overflowing, painted, seat, small_targets

SIZES = [(1280, 800), (1024, 768), (390, 844)]
SAVED = ".note-state.saved:has-text('Đã lưu')"


def notes(room):
    return {key: note["text"] for key, note in room.person("mai").fresh()["record"]["notes"].items()}


def roll(room, username):
    return room.person("mai").fresh()["roll"]["people"][room.people[username]]


def items(room):
    return room.person("mai").fresh()["agenda"]["order"]


def tab(page, n):
    page.locator(".room-tabs button").nth(n).click()


def test_what_is_typed_is_saved_by_itself(screen, opened):
    opened.person("an").does("start_item", item=items(opened)[0])
    page = seat(screen, opened, "mai")
    page.click(".note-text")
    page.keyboard.type("Đồng chí Chánh Văn phòng điểm danh các điểm cầu.")
    page.wait_for_selector(".note-state.typing")
    page.wait_for_selector(SAVED)
    assert notes(opened) == {items(opened)[0]: "Đồng chí Chánh Văn phòng điểm danh các điểm cầu."}


def test_an_update_never_touches_the_text_being_written(screen, opened):
    first, second, _ = items(opened)
    opened.person("an").does("start_item", item=first)
    page = seat(screen, opened, "mai")
    page.click(".note-text")
    page.keyboard.type("Câu đang viết")
    # The meeting goes on, the roll changes, somebody writes on another item: the cursor stays where it is.
    opened.person("an").does("start_item", item=second)
    opened.person("an").does("record_note", item=second, text="Của chủ tọa")
    opened.person("em").does("check_in", mode="onsite")
    page.wait_for_selector(".note-moved")
    page.keyboard.type(" dở dang")
    assert page.input_value(".note-text") == "Câu đang viết dở dang"
    page.click(".note-moved button")
    page.wait_for_function("() => document.querySelector('.note-text').value === 'Của chủ tọa'")
    eventually(page, lambda: notes(opened)[first] == "Câu đang viết dở dang")  # saved on leaving


def test_typed_text_survives_a_lost_line_and_a_closed_browser(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    page = seat(screen, opened, "mai")
    page.forgiven = ["Failed to load", "ERR_", "WebSocket"]
    page.context.route("**/commands", lambda route: route.abort())
    page.click(".note-text")
    page.keyboard.type("Viết lúc mất mạng.")
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('note/'))")
    page.reload()
    expect(page.locator(".note-text")).to_have_value("Viết lúc mất mạng.")
    # A browser that is closed sends a last time by itself, past what this test blocks: both are well.
    assert notes(opened) in ({}, {item: "Viết lúc mất mạng."})
    page.context.unroute("**/commands")
    page.wait_for_selector(SAVED, timeout=40000)
    assert notes(opened) == {item: "Viết lúc mất mạng."}
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('note/'))")


def test_two_who_write_the_same_text_see_both_versions(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    opened.person("mai").does("record_note", item=item, text="Bản đầu.")
    page = seat(screen, opened, "mai")
    page.click(".note-text")
    opened.person("an").does("record_note", item=item, text="Bản của chủ tọa.")
    page.wait_for_selector(".note-moved")
    assert page.input_value(".note-text") == "Bản đầu.", "not replaced under the cursor"
    page.keyboard.type("Bản của thư ký. ")
    page.wait_for_selector(".note-conflict")
    assert "Bản của chủ tọa." in page.inner_text(".note-conflict")
    assert notes(opened) == {item: "Bản của chủ tọa."}, "nothing of others is overwritten unseen"
    page.click(".note-conflict .primary")
    page.wait_for_selector(SAVED)
    assert "Bản của chủ tọa." in notes(opened)[item]
    assert "Bản của thư ký." in notes(opened)[item]


def test_a_second_window_that_missed_the_first_ones_text_does_not_overwrite_it(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    first, second = seat(screen, opened, "mai"), seat(screen, opened, "mai")
    first.click(".note-text")
    first.keyboard.type("Viết ở cửa sổ thứ nhất.")
    first.wait_for_selector(SAVED)
    second.wait_for_function("() => document.querySelector('.note-text').value.length > 0")
    # The save of the first lands while that of the second is on its way: the second cannot have seen it.
    held = []
    second.route("**/commands", lambda route: held.append(route))
    second.click(".note-text")
    second.keyboard.press("Control+End")
    second.keyboard.type(" Và ở cửa sổ thứ hai.")
    second.wait_for_selector(".note-state.saving")
    first.keyboard.type(" Viết tiếp.")
    eventually(first, lambda: notes(opened)[item] == "Viết ở cửa sổ thứ nhất. Viết tiếp.")
    held[0].continue_()
    second.unroute("**/commands")
    second.wait_for_selector(".note-conflict:has-text('ở một cửa sổ khác')")
    assert notes(opened)[item] == "Viết ở cửa sổ thứ nhất. Viết tiếp.", "nothing was overwritten"
    second.click(".note-conflict .primary")
    second.wait_for_selector(SAVED)
    assert "Viết tiếp." in notes(opened)[item]
    assert "Và ở cửa sổ thứ hai." in notes(opened)[item]


def test_a_save_whose_answer_was_lost_is_no_conflict_with_oneself(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    page = seat(screen, opened, "mai")

    lost = []

    def lose_the_answer(route):
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/commands", lose_the_answer)
    page.click(".note-text")
    page.keyboard.type("Câu một.")
    eventually(page, lambda: lost)
    page.keyboard.type(" Câu hai.")
    page.wait_for_function("() => document.querySelector('.note-state.waiting, .note-state.typing')")
    page.unroute("**/commands")
    page.wait_for_selector(SAVED, timeout=40000)
    assert notes(opened) == {item: "Câu một. Câu hai."}
    assert page.locator(".note-conflict").count() == 0


def test_a_new_text_of_others_is_taken_when_nobody_is_writing(screen, opened):
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    page = seat(screen, opened, "mai")
    opened.person("an").does("record_note", item=item, text="Chủ tọa ghi.")
    page.wait_for_function("() => document.querySelector('.note-text').value === 'Chủ tọa ghi.'")


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
        return list(opened.person("mai").fresh()["record"]["conclusions"]["items"].values())

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
    page.wait_for_selector(SAVED)
    eventually(page, lambda: "Hoàng Văn Em" in notes(opened).get(items(opened)[0], ""))


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
