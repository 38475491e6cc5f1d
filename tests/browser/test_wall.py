"""What the hall reads: the board before the opening, ballots, the speaker. Nothing to press, nothing private."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.rooms import seat


@pytest.fixture
def wall(screen):
    """`wall(room, show="page")`: a projector, paired with the meeting."""

    def switch_on(room, show="", width=1920, height=1080):
        page = screen(width, height)
        page.goto(f"{room.url}/projector" + (f"?show={show}" if show else ""))
        code = page.request.get(f"{room.url}/api/screen").json()["code"]
        answer = room.person("mai").post(f"/api/meetings/{room.meeting}/screens", json={"code": code, "name": "Tường"})
        assert answer.status_code == 201
        expect(page.locator("body")).to_have_attribute("data-lamp", "live")
        return page

    return switch_on


def drafted(room, **more):
    mai = room.person("mai")
    mai.does("draft_ballot", question="Thông qua Kế hoạch chuyển đổi số năm 2027?", **more)
    return mai.read_view()["ballots"]["order"][-1]


def test_before_the_opening_the_hall_reads_how_many_have_come_and_from_where(room, wall):
    page = wall(room)
    board = page.locator("attendance-board")
    expect(board.locator(".board-all")).to_have_text(re.compile(r"^\s*0/6\s*có mặt"))
    expect(board).to_contain_text("Chưa đủ điều kiện tiến hành: 0/5 thành viên (cần từ 3)")
    room.person("ich").does("check_in", mode="online")
    expect(board.locator("li", has_text="ĐC01")).to_contain_text("1/1")
    for name in ("an", "em"):
        room.person(name).does("check_in")
    expect(board).to_contain_text("Đủ điều kiện tiến hành: 3/5")
    assert "Hoàng Văn Em" not in page.content()
    room.person("an").does("open_meeting")
    expect(board).to_be_hidden()


def test_between_two_papers_the_hall_reads_the_item_and_who_presents_it(opened, wall):
    an, dung = opened.person("an"), opened.person("dung")
    (item, *_) = an.read_view()["agenda"]["order"]
    dung.does("edit_item", item=item, presenters=[opened.people["em"], "Bùi Thị Hạnh"])
    page = wall(opened)
    an.does("start_item", item=item)
    an.does("show_title")
    expect(page.locator("stage-card .card-now")).to_contain_text("1. Khai mạc")
    expect(page.locator("stage-card .card-now")).to_contain_text("Hoàng Văn Em; Bùi Thị Hạnh")


def test_during_a_ballot_the_question_who_has_voted_and_then_the_result_with_its_sentence(opened, wall):
    an = opened.person("an")
    ballot = drafted(opened, preset="UBKS_NQ", seconds=600)
    page = wall(opened)
    expect(page.locator("canvas[aria-label^='Trang 1 ']")).to_be_visible()
    an.does("open_ballot", ballot=ballot)
    shown = page.locator("wall-ballot")
    expect(shown).to_contain_text("Thông qua Kế hoạch chuyển đổi số năm 2027?")
    expect(shown).to_contain_text("Biểu quyết công khai")
    expect(shown.locator(".wall-options li")).to_have_text(["Tán thành", "Không tán thành", "Ý kiến khác"])
    expect(shown.locator("time-left")).to_contain_text("còn 0")
    for name in ("an", "em", "ich"):
        opened.person(name).does("cast_vote", ballot=ballot, choice="yes")
    expect(shown.locator(".wall-cast")).to_contain_text("3/5")
    assert shown.locator(".wall-options b").count() == 0, "no numbers while it runs, unless the ballot says so"
    an.does("close_ballot", ballot=ballot)
    expect(shown).to_contain_text("Chờ công bố kết quả")
    an.does("publish_result", ballot=ballot)
    sentence = an.read_view()["ballots"]["items"][ballot]["result"]["sentence"]["vi"]
    expect(shown.locator(".wall-foot")).to_contain_text(sentence)
    expect(shown.locator(".wall-seal")).to_have_text("Thông qua")
    expect(shown.locator(".wall-options b")).to_have_text(["03", "0", "0"])
    base = an.read_view()["ballots"]["items"][ballot]["result"]["base"]
    bars = shown.locator(".wall-options progress").evaluate_all("bars => bars.map((bar) => [bar.value, bar.max])")
    assert bars == [[3, base], [0, base], [0, base]], "a bar is full at the base, not at the longest"
    expect(shown.locator(".tally-needs")).to_have_text([f"cần 03/{base:02}"])
    expect(shown.locator(".wall-foot")).to_contain_text("Chưa biểu quyết: 02")
    assert page.locator("button:visible, a:visible, input:visible, dialog:visible").count() == 0
    an.does("turn_page", page=2)
    expect(shown).to_be_hidden()
    expect(page.locator("canvas[aria-busy=false][aria-label^='Trang 2 ']")).to_be_visible()


def test_a_live_count_grows_while_the_ballot_runs(opened, wall):
    page = wall(opened)
    ballot = drafted(opened, live=True)
    opened.person("an").does("open_ballot", ballot=ballot)
    numbers = page.locator("wall-ballot .wall-options b")
    expect(numbers).to_have_text(["0", "0", "0"])
    opened.person("em").does("cast_vote", ballot=ballot, choice="no")
    expect(numbers).to_have_text(["0", "1", "0"])


def test_the_speaker_is_beside_the_page_and_has_the_whole_wall_without_one(opened, wall):
    an = opened.person("an")
    page = wall(opened)
    expect(page.locator("canvas[aria-busy=false][aria-label^='Trang 1 ']")).to_be_visible()
    before = page.locator("page-view").bounding_box()
    an.does("grant_floor", person=opened.people["em"], seconds=300)
    strip = page.locator("wall-speech[strip]")
    expect(strip).to_contain_text("Hoàng Văn Em")
    expect(strip.locator("b")).to_have_text(re.compile(r"04:\d\d|05:00"))
    sheet, beside = page.locator("page-view").bounding_box(), strip.bounding_box()
    assert sheet["x"] + sheet["width"] <= beside["x"] + 1, "the strip covers nothing of the page"
    assert sheet["height"] == before["height"], "the page keeps its height"
    an.does("show_title")
    whole = page.locator("wall-speech:not([strip])")
    expect(whole.locator(".speech-left b")).to_be_visible()
    assert whole.locator(".speech-left b").bounding_box()["height"] > 1080 / 5
    an.does("extend_speech", seconds=-298)
    expect(page.locator("wall-speech")).to_have_attribute("data-mood", "over")
    expect(whole.locator(".speech-left b")).to_contain_text(re.compile(r"-\d\d:\d\d"))
    an.does("end_speech")
    expect(whole).to_be_hidden()
    expect(page.locator("stage-card")).to_be_visible()


def test_a_covered_page_is_black_and_says_nothing_and_the_chair_knows(screen, opened, wall):
    an, page = opened.person("an"), wall(opened)
    an.does("cover_stage")
    card = page.locator("stage-card.cover")
    expect(card).to_be_visible()
    expect(card).to_have_css("background-color", "rgb(0, 0, 0)")
    an.does("grant_floor", person=opened.people["em"], seconds=300)
    expect(page.locator("body")).to_have_attribute("data-shows", "cover")
    for words in (".secrecy", "connection-lamp", "wall-clock", "wall-speech"):
        expect(page.locator(words)).to_be_hidden()
    expect(page.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")
    expect(page.locator("body")).to_have_css("cursor", "none")
    chair = seat(screen, opened, "an")
    expect(chair.locator(".painted-wall b")).to_have_text("đang che")
    expect(page.locator("wall-clock")).to_be_hidden()
    an.does("turn_page", page=2)
    expect(card).to_be_hidden()


def test_two_projectors_show_different_things(opened, wall):
    an = opened.person("an")
    left, right = wall(opened, "page"), wall(opened, "floor")
    ballot = drafted(opened)
    an.does("open_ballot", ballot=ballot)
    an.does("grant_floor", person=opened.people["em"], seconds=300)
    expect(right.locator("wall-speech .speech-head")).to_contain_text("Hoàng Văn Em")
    expect(left.locator("canvas[aria-label^='Trang 1 ']")).to_be_visible()
    for name in ("wall-ballot", "wall-speech"):
        expect(left.locator(name)).to_be_hidden()
    left.goto(opened.url + "/projector")
    expect(left.locator("canvas[aria-label^='Trang 1 ']")).to_be_visible()
    expect(left.locator("wall-ballot")).to_be_hidden()


def test_notices_and_calls_are_never_on_the_wall(opened, wall):
    page = wall(opened)
    opened.person("mai").does("send_notice", text="Giải lao lúc 09 giờ 45")
    opened.person("em").does("call_service", kind="help", text="Kính lúp")
    opened.person("an").does("turn_page", page=3)
    expect(page.locator("canvas[aria-busy=false][aria-label^='Trang 3 ']")).to_be_visible()
    assert "Giải lao" not in page.content()
    assert "notices" not in page.request.get(f"{opened.url}/api/screen").text()
