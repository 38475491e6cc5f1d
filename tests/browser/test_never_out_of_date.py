"""Whatever happens to the server, the line or the tablet: back on the right page by itself, and truthful meanwhile."""

import json
import re
import shutil
import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import in_step, sign_in
from tests.browser.rooms import PAINTED
from tests.browser.test_participant import on_page
from tests.chaos.wire import Wire
from tests.conftest import first_paper
from tests.live.test_socket import turned_over_a_hole
from tests.rooms import Room

BACK_WITHIN = 6.0  # seconds, on a machine that is busy with other tests; 3 are promised on one that is not


def facts(room, name, who):
    """How often the log has this fact about somebody."""
    lines = room.person("mai").get(f"/api/meetings/{room.meeting}/log").text.splitlines()
    journal = [json.loads(line) for line in lines]
    return sum(fact["name"] == name and fact["data"].get("person") == room.people[who] for fact in journal)


def lamp(page):
    return page.locator("connection-lamp")


def test_back_within_three_seconds_of_a_server_that_was_killed(opened, enter):
    em = enter(opened, "em")
    on_page(em, 1)
    opened.kill()
    expect(lamp(em)).to_contain_text("Đang nối lại")
    on_page(em, 1)
    time.sleep(7)  # long enough for the pauses between tries to have grown to their longest
    expect(lamp(em)).to_contain_text("Mất kết nối")
    opened.start()
    answered = time.monotonic()
    in_step(em)
    assert time.monotonic() - answered < BACK_WITHIN
    opened.person("an").does("turn_page", page=4)
    on_page(em, 4)


def test_a_tablets_clock_that_is_set_changes_neither_the_countdown_nor_what_the_lamp_says(opened, screen):
    page = screen()
    page.add_init_script("window.jump = 0; const now = Date.now; Date.now = () => now() + window.jump")
    sign_in(page, opened, "em")
    page.goto(f"{opened.url}/meetings/{opened.meeting}/room?view=participant")
    in_step(page)
    opened.person("an").does("grant_floor", person=opened.people["em"], seconds=300)
    left = page.locator("speech-clock .speech-time b")
    for jump in (-3_600_000, 3_600_000):
        page.evaluate("jump => { window.jump = jump }", jump)
        expect(left).to_have_text(re.compile("^0[45]:[0-9]{2}$"))
    page.evaluate("window.jump = 0")
    in_step(page)
    opened.kill()
    page.evaluate("window.jump = -3600000")
    expect(lamp(page)).to_contain_text(re.compile("[1-9][0-9]? giây trước"))


def test_a_whole_view_that_nobody_asked_for_is_drawn(opened, enter):
    em = enter(opened, "em")
    on_page(em, 1)
    turned_over_a_hole(opened, 3)
    on_page(em, 3)
    opened.person("an").does("turn_page", page=4)
    on_page(em, 4)


def test_what_was_sent_while_the_server_was_away_is_done_once(opened, enter):
    em = enter(opened, "em")
    opened.kill()
    em.get_by_role("button", name="Điểm danh").click()
    time.sleep(2)
    opened.start()
    expect(em.get_by_role("button", name="Điểm danh")).to_be_hidden()
    assert facts(opened, "CheckedIn", "em") == 1


def test_a_command_whose_answer_is_lost_on_the_way_is_not_done_twice(opened, enter):
    em = enter(opened, "em")
    lost = []

    def lose_the_first_answer(route):
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(answer.status)
            route.abort()

    em.route("**/commands", lose_the_first_answer)
    em.get_by_role("button", name="Điểm danh").click()
    expect(em.get_by_role("button", name="Điểm danh")).to_be_hidden()
    expect(em.get_by_role("status").filter(has_text="Đã điểm danh")).to_be_visible()
    assert lost == [200]
    assert facts(opened, "CheckedIn", "em") == 1


def until_said(page, words):
    """Let the seconds pass until a line says it; a minute at the most."""
    line = page.locator(".toast").filter(has_text=words)
    for _ in range(60):
        page.clock.run_for(1000)
        if line.count():
            return
    expect(line).to_be_visible()


def test_what_could_not_be_done_is_said_and_stays_undone(opened, enter):
    """Twenty seconds without an answer: the delegate is told, and the button is there to press again."""
    em = enter(opened, "em")
    em.clock.install()
    em.route("**/commands", lambda route: route.abort())
    em.get_by_role("button", name="Điểm danh").click()
    until_said(em, "chưa được thực hiện")
    expect(em.get_by_role("button", name="Điểm danh")).to_be_visible()
    assert facts(opened, "CheckedIn", "em") == 0


def test_what_was_done_without_an_answer_is_said_to_be_done(opened, enter):
    em = enter(opened, "em")
    em.clock.install()

    def lose_every_answer(route):
        route.fetch()
        route.abort()

    em.route("**/commands", lose_every_answer)
    em.get_by_role("button", name="Điểm danh").click()
    until_said(em, "đã được thực hiện")
    expect(em.get_by_role("button", name="Điểm danh")).to_be_hidden()
    assert facts(opened, "CheckedIn", "em") == 1


def test_a_lost_network_and_a_found_one(opened, enter):
    em = enter(opened, "em")
    on_page(em, 1)
    em.context.set_offline(True)
    expect(lamp(em)).to_contain_text("Đang nối lại")
    opened.person("an").does("turn_page", page=3)
    em.context.set_offline(False)
    found = time.monotonic()
    on_page(em, 3)
    assert time.monotonic() - found < BACK_WITHIN


@pytest.fixture
def quick(prepared, tmp_path):
    """The meeting on a server whose tablets notice within three seconds that nothing comes any more."""
    data, people, meeting = prepared
    shutil.copytree(data, tmp_path / "data")
    environment = {"MEETINGROOM_PING_INTERVAL": "1", "MEETINGROOM_PING_TIMEOUT": "2"}
    room = Room(tmp_path / "data", people, meeting, worker=False, **environment).start()
    yield room
    room.kill()


def test_a_line_that_falls_silent_without_a_word_keeps_no_page_back(quick, screen):
    """A router has forgotten the connections: neither end hears of it, and what was asked on them waits for minutes."""
    an, wire = quick.person("an"), Wire(quick.port)
    an.does("open_meeting")
    an.does("show_paper", paper=first_paper(an))
    em = screen()
    sign_in(em, quick, "em")
    em.clock.install()
    em.goto(f"http://127.0.0.1:{wire.port}/meetings/{quick.meeting}/room?view=participant")
    in_step(em)
    em.wait_for_function(PAINTED, arg=1)
    wire.freeze()
    an.does("turn_page", page=4)
    expect(em.locator("page-view canvas").first).to_have_attribute("aria-label", re.compile("Trang 4 "))
    for _ in range(8):  # as long as there are connections that are kept for the next question
        em.clock.run_for(5_000)
        em.wait_for_timeout(300)
    em.wait_for_function(PAINTED, arg=4, timeout=10_000)
    wire.close()


# As a page does that was left while it wrote (WebKit keeps it, and what it has begun).
HOLDING = """() => new Promise((held) => {
  const asked = indexedDB.open("meetingroom")
  asked.onsuccess = () => {
    const begun = asked.result.transaction([...asked.result.objectStoreNames], "readwrite")
    const again = () => { begun.objectStore("addresses").get("nothing").onsuccess = again; held() }
    again()
  }
})"""


def test_a_browsers_database_that_does_not_answer_keeps_no_page_back(opened, enter):
    em = enter(opened, "em")
    on_page(em, 1)
    other = em.context.new_page()
    other.goto(f"{opened.url}/favicon.ico")
    other.evaluate(HOLDING)
    em.reload()
    in_step(em)
    for page in (2, 4):
        opened.person("an").does("turn_page", page=page)
        em.wait_for_function(PAINTED, arg=page, timeout=5000)


@pytest.mark.parametrize("asleep", [True, False])
def test_a_tablet_that_was_asleep_or_hidden_is_up_to_date_when_it_is_looked_at(opened, enter, asleep):
    """The socket of a sleeping tablet looks open and is not: waking asks, and does not wait for a timeout."""
    em = enter(opened, "em")
    on_page(em, 1)
    line = em.context.new_cdp_session(em)
    if asleep:
        # Nothing arrives any more, and nothing says so.
        line.send("Network.enable")
        line.send("Page.setWebLifecycleState", {"state": "frozen"})
    opened.person("an").does("turn_page", page=5)
    time.sleep(1)
    if asleep:
        line.send("Page.setWebLifecycleState", {"state": "active"})
    em.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    woken = time.monotonic()
    on_page(em, 5)
    assert time.monotonic() - woken < BACK_WITHIN


def test_a_number_that_is_missing_brings_the_whole_view(opened, enter):
    """A patch is lost between server and tablet: the next one shows the hole, and the hole is filled."""
    em = enter(opened, "em")
    on_page(em, 1)
    em.evaluate(
        """async () => {
          const { modules } = await import(document.querySelector("script[type=module]").src)
          const meeting = await modules["js/meeting/meeting.js"].entered
          window.meeting = meeting
          meeting.seq -= 1
        }"""
    )
    before = em.evaluate("() => window.meeting.seq")
    opened.person("an").does("turn_page", page=2)
    on_page(em, 2)
    assert em.evaluate("() => window.meeting.seq") == before + 2
