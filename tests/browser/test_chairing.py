"""Conducting the meeting at the screens of the chair and the secretary: the floor, ballots, roll, service."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.rooms import (
    PLAN,
    barriers,
    drag,
    eventually,
    everybody_in,
    overflowing,
    seat,
    sign_in,
    small_targets,
    write_ballot,
)


def floor(room):
    return room.person("an").read_view()["floor"]


def waiting(room):
    """Who waits, by username, in order."""
    now = floor(room)
    names = {person: username for username, person in room.people.items()}
    return [names[now["requests"][request]["person"]] for request in now["queue"]]


def ask(room, *usernames, **more):
    for username in usernames:
        room.person(username).does("request_floor", **more)


def queue(page):
    return page.locator(".queue-who > b")


def test_the_chair_invites_a_speaker_and_sees_the_time_run_down(screen, opened):
    ask(opened, "em")
    page = seat(screen, opened, "an")
    page.select_option(".speech-limit", "180")
    page.click(".queue-invite")
    page.wait_for_selector(".speaker-now:has-text('Hoàng Văn Em')")
    assert floor(opened)["speech"]["seconds"] == 180
    assert waiting(opened) == []
    shown = page.inner_text(".speaker-now .speech-time b")
    assert re.fullmatch(r"0(3:00|2:5\d)", shown), shown
    page.wait_for_function("was => document.querySelector('.speaker-now .speech-time b').innerText < was", arg=shown)
    page.click(".more-time")
    page.wait_for_function("() => document.querySelector('.speaker-now .speech-time b').innerText > '03:30'")
    page.click(".speaker-acts button >> nth=0")
    page.wait_for_selector(".speaker-now speech-clock[data-mood=paused]")
    page.click(".end-speech")
    page.wait_for_selector(".speaker-now", state="detached")
    assert floor(opened)["times"] == {opened.people["em"]: 1}


def test_the_time_chosen_is_remembered_on_the_device(screen, opened):
    page = seat(screen, opened, "an")
    page.select_option(".speech-limit", "600")
    page.reload()
    page.wait_for_selector(".speech-limit")
    expect(page.locator(".speech-limit")).to_have_value("600")


def test_nobody_is_cut_off_unasked(screen, opened):
    ask(opened, "em", "phuong")
    opened.person("an").does("grant_floor", person=opened.people["em"], seconds=300)
    page = seat(screen, opened, "an")
    page.click(".queue-invite")
    assert "Hoàng Văn Em" in page.inner_text("dialog h2")
    page.click("dialog .button:not(.primary)")
    assert floor(opened)["speech"]["person"] == opened.people["em"]
    page.click(".queue-invite")
    page.click("dialog .primary")
    eventually(page, lambda: floor(opened)["speech"]["person"] == opened.people["phuong"])


def test_the_queue_is_put_in_order_with_buttons_and_by_dragging(screen, opened):
    ask(opened, "em", "phuong", "ich")
    page = seat(screen, opened, "an", height=1000)
    page.click(".queue-who >> nth=2")
    up = page.locator(".queue-row.open .queue-act").first
    up.click()
    eventually(page, lambda: waiting(opened) == ["em", "ich", "phuong"])
    expect(up, "the next press moves the same row").to_be_focused()
    page.click(".queue-row.open .queue-who")
    page.wait_for_selector(".queue-row.open", state="detached")
    expect(queue(page)).to_have_text(["Hoàng Văn Em", "Đỗ Văn Ích", "Võ Thị Phượng"])
    grips = page.locator(".queue-place")
    drag(page, grips.nth(2), grips.nth(0), lambda: queue(page).first.inner_text() == "Võ Thị Phượng")
    eventually(page, lambda: waiting(opened) == ["phuong", "em", "ich"])
    expect(queue(page)).to_have_text(["Võ Thị Phượng", "Hoàng Văn Em", "Đỗ Văn Ích"])


def test_a_row_put_elsewhere_does_not_jump_back_before_the_fact_has_come(screen, opened):
    """The answer to a command may overtake the patch: on a busy machine the next drag took the wrong row."""
    ask(opened, "em", "phuong", "ich")
    page, held = screen(1280, 1000), Held()
    page.route_web_socket("**/socket.io/**", held.between)
    sign_in(page.context, opened, "an")
    page.goto(f"{opened.url}/meetings/{opened.meeting}/room")
    page.click(".queue-who >> nth=2")
    page.evaluate(ORDERS_SEEN)
    held.keeps = True
    with page.expect_response("**/commands"):
        page.click(".queue-row.open .queue-act >> nth=0")
    eventually(page, lambda: held.kept)
    # What the page does with the answer is done when it has drawn twice.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    moved = "Hoàng Văn Em,Đỗ Văn Ích,Võ Thị Phượng"
    assert page.evaluate("() => window.seen") == [moved]
    held.go_on()
    page.click(".queue-row.open .queue-who")
    expect(queue(page)).to_have_text(moved.split(","))
    assert page.evaluate("() => window.seen") == [moved]


ORDERS_SEEN = """() => {
  const part = document.querySelector("speaker-queue")
  const names = () => [...part.querySelectorAll(".queue-who > b")].map((name) => name.innerText).join()
  let last = names()
  window.seen = []
  const look = () => { if (names() !== last) window.seen.push(last = names()) }
  new MutationObserver(look).observe(part, { childList: true, subtree: true })
}"""


class Held:
    """A line from the server that can be told to keep what comes, and to let it go."""

    def __init__(self):
        self.keeps, self.kept = False, []

    def between(self, line):
        server = line.connect_to_server()
        line.on_message(server.send)
        server.on_message(lambda words: self.kept.append((line, words)) if self.keeps else line.send(words))

    def go_on(self):
        self.keeps = False
        for line, words in self.kept:
            line.send(words)


def test_a_point_of_order_stands_first_and_says_what_it_is(screen, opened):
    ask(opened, "em")
    ask(opened, "phuong", kind="point_of_order", note="Về trình tự")
    page = seat(screen, opened, "an")
    expect(queue(page)).to_have_text(["Võ Thị Phượng", "Hoàng Văn Em"])
    expect(page.locator(".queue-row.point_of_order .badge")).to_be_visible()
    expect(page.locator(".queue-row.point_of_order")).to_contain_text("Về trình tự")


def test_a_request_becomes_a_written_opinion_with_one_tap(screen, opened):
    ask(opened, "em", "phuong")
    page = seat(screen, opened, "an")
    page.click(".queue-who >> nth=0")
    page.click(".queue-row.open .queue-act >> nth=2")
    eventually(page, lambda: waiting(opened) == ["phuong"])
    assert [one["person"] for one in floor(opened)["opinions"].values()] == [opened.people["em"]]


def test_the_list_is_closed_and_opened_again(screen, opened):
    page = seat(screen, opened, "an")
    page.click(".queue-foot button >> nth=2")
    page.wait_for_selector(".queue-closed")
    assert opened.person("em").refused("request_floor") == "floor_closed"
    page.click(".queue-foot button >> nth=2")
    page.wait_for_selector(".queue-closed", state="detached")
    ask(opened, "em")


def test_those_who_have_not_spoken_are_invited_by_name(screen, opened):
    everybody_in(opened)
    opened.person("an").does("grant_floor", person=opened.people["em"])
    opened.person("an").does("end_speech")
    page = seat(screen, opened, "an")
    page.click(".queue-foot button >> nth=0")
    page.wait_for_selector("speakers-book li")
    expect(page.locator(".book-people")).not_to_contain_text("Hoàng Văn Em")
    page.click("speakers-book .book-filters button >> nth=1")
    expect(page.locator(".book-people b").first).to_have_text("Hoàng Văn Em")
    page.click("speakers-book .book-filters button >> nth=0")
    page.fill("speakers-book input", "phuong")
    expect(page.locator(".book-people li")).to_have_count(1)
    page.click("speakers-book .book-people .button")
    page.wait_for_selector("dialog", state="detached")
    page.wait_for_selector(".speaker-now:has-text('Võ Thị Phượng')")


def test_the_chair_speaks_too(screen, opened):
    page = seat(screen, opened, "an")
    page.click(".queue-foot button >> nth=1")
    eventually(page, lambda: floor(opened).get("speech", {}).get("person") == opened.people["an"])


def test_opening_without_a_quorum_shows_the_numbers(screen, room):
    page = seat(screen, room, "an")
    page.click(".top .open-meeting")
    assert "1/5" in page.inner_text("dialog .quorum-notice.warn"), "who opens it is there"
    page.click("dialog .primary")
    page.wait_for_selector(".top .close-meeting")
    write_ballot(page, PLAN)
    page.wait_for_selector("ballot-opening .quorum-notice.warn")
    page.click("ballot-opening .primary.big")
    page.wait_for_selector(".side .desk-card.live")


def test_a_whole_group_is_called_at_once_and_the_quorum_follows(screen, opened):
    page = seat(screen, opened, "mai")
    page.click(".room-tabs button:has-text('Điểm danh')")
    page.wait_for_selector(".roll-quorum.short")
    page.click(".roll-everybody")
    page.click("dialog .wide-row >> nth=0")
    page.wait_for_selector(".roll-quorum.met")
    people = opened.person("mai").read_view()["roll"]["people"]
    assert people[opened.people["ich"]]["state"] == "online"
    assert people[opened.people["em"]]["state"] == "onsite"
    page.click(".roll-quorum button")
    page.click("dialog .wide-row:has-text('hai phần ba')")
    page.wait_for_selector(".roll-quorum:has-text('hai phần ba')")


def test_the_chair_consents_to_a_substitute(screen, opened):
    opened.person("em").does("propose_substitute", name="Lê Văn Tư", title="Phó Trưởng phòng 1")
    page = seat(screen, opened, "an")
    page.click(".roll-open")
    page.wait_for_selector(".roll-substitute:has-text('Lê Văn Tư')")
    page.click(".roll-substitute .primary")
    eventually(
        page, lambda: opened.person("an").read_view()["roll"]["people"][opened.people["em"]]["consent"] == "given"
    )
    assert opened.person("mai").refused("accept_substitute", person=opened.people["em"]) == "not_allowed"


def test_a_whisper_reaches_the_chair_and_vanishes_when_read(screen, opened):
    chair, delegate = seat(screen, opened, "an"), opened.person("em")
    page = seat(screen, opened, "mai")
    page.click(".room-tabs button:has-text('Phục vụ')")
    page.select_option("#notice-to", "chair")
    page.fill("#notice-text", "Đại biểu ĐC01 xin phát biểu qua điện thoại")
    page.click("notice-desk [type=submit]")
    chair.wait_for_selector(".whisper:has-text('qua điện thoại')")
    assert delegate.read_view()["notices"]["order"] == []
    chair.click(".whisper button")
    chair.wait_for_selector(".whisper", state="detached")
    page.wait_for_selector(".sent-notices li", state="detached")


def test_a_call_is_taken_and_done(screen, opened):
    opened.person("em").does("call_service", kind="water")
    page = seat(screen, opened, "mai")
    tab = page.locator(".room-tabs button:has-text('Phục vụ')")
    expect(tab.locator(".tab-count")).to_have_text("1")
    tab.click()
    assert "Hoàng Văn Em" in page.inner_text(".call")
    page.click(".call-acts button >> nth=0")
    page.wait_for_selector(".call.taken")
    page.click(".call-acts button")
    page.wait_for_selector(".calls-none")
    expect(tab.locator(".tab-count")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 768), (390, 844)])
def test_the_chair_reaches_everything_at_every_size(screen, opened, width, height):
    everybody_in(opened)
    ask(opened, "em")
    ask(opened, "phuong", kind="point_of_order")
    opened.person("an").does("grant_floor", person=opened.people["ich"], seconds=300)
    page = seat(screen, opened, "an", width, height, fingers=width < 500)
    if width < 500:
        page.click(".room-tabs button >> nth=2")
    page.wait_for_selector(".speaker-now")
    page.click(".queue-who >> nth=0")
    assert small_targets(page) == []
    assert overflowing(page) == []
    badge, beside = (page.locator(name).first.bounding_box() for name in (".queue-who .badge", ".queue-invite"))
    assert badge["x"] + badge["width"] <= beside["x"], "its kind is not covered by the button"
    side = page.locator(".side").bounding_box()
    for button in page.locator("speaker-queue button:visible").all():
        box = button.bounding_box()
        assert side["x"] - 1 <= box["x"]
        assert box["x"] + box["width"] <= side["x"] + side["width"] + 1


def test_nobody_is_kept_out_by_the_way_it_is_built(screen, opened):
    everybody_in(opened)
    ask(opened, "em")
    ask(opened, "phuong", kind="point_of_order")
    opened.person("an").does("grant_floor", person=opened.people["ich"], seconds=300)
    page = seat(screen, opened, "an")
    page.click(".queue-who >> nth=0")
    assert barriers(page) == []
    write_ballot(page, PLAN)
    page.wait_for_selector("ballot-opening .desk-roll li")
    assert barriers(page) == []
    page.click("ballot-opening .primary.big")
    page.wait_for_selector(".side .desk-card.live")
    assert barriers(page) == []
