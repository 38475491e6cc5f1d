"""The secretary's screen: the roll, conclusions, what has happened. What is typed has test_writing."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.rooms import barriers, eventually, overflowing, painted, seat, small_targets

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
    eventually(page, lambda: notes(opened).get(items(opened)[0], "").find("An khai mạc") > 0)
    doubt.locator("button").click()
    expect(doubt).to_have_count(0)
    eventually(page, lambda: "An khai mạc" in notes(opened).get(items(opened)[0], "").split("\n")[0])


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
