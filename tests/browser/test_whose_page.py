"""A page acts for the person who opened it, and for nobody else: two people, one browser."""

import json

from playwright.sync_api import expect

from tests.browser.conftest import in_step, sign_in

STOPPED = "Trang này đã dừng"


def second_sign_in(page, room, username):
    """Somebody else signs in in another tab of the same browser; that tab."""
    tab = page.context.new_page()
    sign_in(tab, room, username)
    tab.goto(f"{room.url}/meetings/{room.meeting}/room?view=participant")
    in_step(tab)
    return tab


def whose(room):
    """Who has checked in, by the log."""
    lines = room.person("mai").get(f"/api/meetings/{room.meeting}/log").text.splitlines()
    facts = [json.loads(line) for line in lines]
    return [one["data"]["person"] for one in facts if one["name"] == "CheckedIn"]


def test_every_room_shows_whose_it_is(opened, enter):
    for username, view in (("em", "participant"), ("an", "chair"), ("mai", "secretary"), ("tho", "site")):
        for width, height in ((390, 844), (1280, 800)):
            page = enter(opened, username, width, height, view=view)
            name = opened.person(username).get("/api/session").json()["user"]["name"]
            expect(page.locator(".room-person")).to_have_text(name)
            expect(page.locator(".room-person")).to_be_visible()


def test_the_first_tab_stops_and_says_who_is_signed_in_now(opened, enter):
    em = enter(opened, "em")
    second_sign_in(em, opened, "phuong")
    stop = em.get_by_role("alertdialog")
    expect(stop).to_contain_text(STOPPED)
    expect(stop).to_contain_text("Hoàng Văn Em")
    expect(stop).to_contain_text("Võ Thị Phượng")
    em.keyboard.press("Escape")
    expect(stop).to_be_visible()
    stop.get_by_role("button", name="Tiếp tục với tên Võ Thị Phượng").click()
    in_step(em)
    expect(em.locator(".room-person")).to_have_text("Võ Thị Phượng")


def test_what_the_first_tab_sends_before_it_knows_is_done_for_nobody(opened, enter):
    em = enter(opened, "em")
    sign_in(em, opened, "phuong")  # no other tab tells it
    em.get_by_role("button", name="Điểm danh").click()
    expect(em.get_by_role("alertdialog")).to_contain_text(STOPPED)
    assert not {opened.people["em"], opened.people["phuong"]} & set(whose(opened))


def test_the_first_one_signs_in_again_and_the_page_goes_on(opened, enter):
    em = enter(opened, "em")
    tab = second_sign_in(em, opened, "phuong")
    expect(em.get_by_role("alertdialog")).to_contain_text(STOPPED)
    sign_in(tab, opened, "em")
    tab.reload()
    expect(em.get_by_role("alertdialog")).to_be_hidden()
    in_step(em)


def test_a_draft_is_kept_for_its_writer_and_shown_to_nobody_else(opened, enter):
    mai = enter(opened, "mai", view="secretary")
    mai.route("**/notes/*", lambda route: route.abort())
    mai.locator("note-editor .note-text").fill("Chưa gửi: ý kiến của đồng chí Ích.")
    sign_in(mai, opened, "dung")
    mai.goto(f"{opened.url}/meetings/{opened.meeting}/room")
    in_step(mai)
    expect(mai.locator("note-editor .note-text")).to_have_text("")
    sign_in(mai, opened, "mai")
    mai.goto(f"{opened.url}/meetings/{opened.meeting}/room")
    in_step(mai)
    expect(mai.locator("note-editor .note-text")).to_have_text("Chưa gửi: ý kiến của đồng chí Ích.")


def test_a_desk_page_stops_as_well(opened, screen):
    page = screen()
    sign_in(page, opened, "dung")
    page.goto(f"{opened.url}/")
    tab = page.context.new_page()
    sign_in(tab, opened, "mai")
    tab.goto(f"{opened.url}/")
    expect(page.get_by_role("alertdialog")).to_contain_text(STOPPED)
