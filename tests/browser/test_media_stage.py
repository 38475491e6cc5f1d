"""A recording of a case in real browsers: it is played, the big screen is at the same second, tablets show when."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.recordings import attach, film

SECOND = "() => document.querySelector('stage-media video')?.currentTime"
# How far the screen is from where the stage says it should be, in seconds.
RUNS_IN_STEP = """least => {
  const place = document.querySelector("stage-media"), video = place?.querySelector("video")
  if (!video || video.paused || video.currentTime < least) return false
  return place.drift && Math.abs(place.drift.drift) < 0.25
}"""


@pytest.fixture(scope="session")
def recording(tmp_path_factory):
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not installed")
    return film(tmp_path_factory.mktemp("film") / "film.mp4")


def test_a_recording_runs_in_step_and_everybody_finds_its_second_again(room, screen, enter, recording):
    case = attach(room, recording)
    em, an = room.person("em"), room.person("an")
    wall = screen(1280, 720)
    wall.goto(f"{room.url}/projector")
    code = wall.request.get(f"{room.url}/api/screen").json()["code"]
    mai = room.person("mai")
    assert mai.post(f"/api/meetings/{room.meeting}/screens", json={"code": code, "name": "Tường"}).status_code == 201
    presenter = enter(room, "em")
    tablet = enter(room, "phuong", 820, 1180)

    an.does("give_stage", person=room.people["em"])
    em.does("show_map", case=case["case"], map=case["map"])
    expect(wall.locator(".node-map")).to_be_visible()
    fetched = []
    wall.on("request", lambda request: "/media/" in request.url and fetched.append(request.url.rsplit("/", 1)[1]))
    with wall.expect_request("**/view?ahead=1"):  # its head lies ready where the node leads to it
        em.does("show_node", node=case["node"])
    presenter.locator("case-button button").click()
    presenter.locator("case-media-list .media-title").click()
    presenter.locator("case-media-list .prepared .primary").click()
    presenter.keyboard.press("Escape")
    expect(wall.locator("stage-media video")).to_be_attached()
    expect(presenter.locator(".media-ready").first).to_contain_text("3/3")
    assert wall.evaluate(SECOND) == 0
    expect(tablet.locator("stage-media .media-card")).to_contain_text("Hỏi cung bị can A")
    expect(tablet.locator("stage-media video")).to_have_count(0)

    presenter.locator(".media-play").click()
    wall.wait_for_function(RUNS_IN_STEP, arg=1)
    presenter.wait_for_function(RUNS_IN_STEP, arg=1)
    expect(tablet.locator(".media-big-time")).to_contain_text("00:0")
    assert presenter.evaluate("() => document.querySelector('stage-media video').muted")
    wall.wait_for_function("() => !document.querySelector('stage-media video').muted")  # the hall hears it from there

    assert set(fetched) == {"view?ahead=1", "opened"}  # and what lay ready is what is played
    em.does("seek", position=9)
    wall.wait_for_function(RUNS_IN_STEP, arg=9)
    wall.reload()  # and whoever comes late
    wall.wait_for_function(RUNS_IN_STEP, arg=9.5)
    em.does("pause", position=12)
    wall.wait_for_function(f"() => Math.abs(({SECOND})() - 12) < 0.1")
    an.does("play_on", where="everywhere")
    tablet.wait_for_function(f"() => Math.abs(({SECOND})() - 12) < 0.1")

    presenter.locator("media-tools .primary", has_text="Quay lại sơ đồ").click()
    for page in (wall, presenter, tablet):
        expect(page.locator(".node-map")).to_be_visible()
        expect(page.locator("stage-media")).to_have_count(0)
    view = f"{room.url}/cases/{case['case']}/media/{case['media']}/view"
    assert tablet.request.get(view, headers={"Range": "bytes=0-1"}).status == 206  # it was shown
    assert wall.request.get(view).status == 404  # and a wall has what is on the stage alone
    an.does("close_meeting")
    assert tablet.request.get(view).status == 404
