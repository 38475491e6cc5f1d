"""From the presenter's finger to the glass: a node, one of its numbers and back, on three other screens.

    python -m bench taps --turns 60

The presenter's page is tapped as a finger does it. Measured is from that tap until the chair's page, a tablet and the
projector have said `painted` on their socket, which is what the server counts and the chair reads as n/n; in ms, for
each kind of tap and each screen, and `all` is the last of the three. `sent`: when the command left the presenter;
`heard`: when the patch was on the last screen's socket. All of them are drawn by one Chromium beside the server, so
that the processor is that of four tablets and a server at once. A key that was painted before (the same node again)
counts when it is said anew.
"""

import json
import os
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.media import FLAGS
from tests.case_file import case_file
from tests.rooms import Room, chromium_path, people_of, prepare_meeting

AIM = 150  # ms
DWELL = 1500  # ms between taps: the pages that come next lie ready by then
# What each page says and hears, with the moment by the clock that all of them share.
WATCH = r"""(() => {
  const now = () => performance.timeOrigin + performance.now()
  const bench = (window.bench = { painted: [], heard: [], sent: 0, tap: 0 })
  const { fetch: asked, WebSocket: Socket } = window
  window.WebSocket = class extends Socket {
    constructor(...how) {
      super(...how)
      this.addEventListener("message", ({ data }) => String(data).includes('"key"') && bench.heard.push(now()))
    }
    send(data) {
      const found = /^\d*\["painted",(.*)\]$/.exec(String(data))
      if (found) bench.painted.push([now(), JSON.parse(found[1]).key])
      if (String(data).includes("show_") || String(data).includes('"back"')) bench.sent = now()
      return super.send(data)
    }
  }
  window.fetch = (...how) => {
    if (String(how[0]).includes("/commands")) bench.sent = now()
    return asked(...how)
  }
  addEventListener("click", (event) => { bench.tap = performance.timeOrigin + event.timeStamp }, true)
})()"""
# To another node, to the first one again, to its page, and back.
ROUND = (
    ("node", ".beside .node-text:has-text('A và B mâu thuẫn')"),
    ("node", ".beside .node-text:has-text('Lời khai của A')"),
    ("number", ".node-map .bl-chip"),
    ("back", ".case-tools .primary:has-text('sơ đồ')"),
)
KEY = "() => document.querySelector('case-stage').meeting.view.stage.key"
MOVED = f"before => ({KEY})() !== before && ({KEY})()"
PAINTED = """([tap, key]) => {
  const found = window.bench.painted.find(([at, which]) => at > tap && which === key)
  const heard = window.bench.heard.find((at) => at > tap)
  return found && [found[0], heard] }"""


def main(turns: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    room = Room(folder / "data", people_of(folder / "data")).start()
    try:
        prepare_meeting(room)
        case = case_file(room)
        em, an = room.person("em"), room.person("an")
        em.does("attach_case", case=case.id)
        an.does("open_meeting")
        an.does("give_stage", person=room.people["em"])
        em.does("show_map", case=case.id, map=case.map, node=case.nodes()["Lời khai của A"])
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            measure(room, browser, turns)
            browser.close()
    finally:
        room.stop()
        shutil.rmtree(folder, ignore_errors=True)


def measure(room: Room, browser: Browser, turns: int) -> None:
    presenter = enter(room, browser, "em")
    screens = {"chair": enter(room, browser, "an"), "tablet": enter(room, browser, "phuong")}
    screens["projector"] = wall(room, browser)
    for page in (presenter, *screens.values()):
        page.locator(".node-map").first.wait_for()
    presenter.wait_for_timeout(3000)
    found: dict[str, list[dict]] = {"node": [], "number": [], "back": []}
    load = os.getloadavg()[0]
    for n in range(-4, turns):
        kind, target = ROUND[n % 4]
        one = tapped(presenter, screens, presenter.locator(target).first)
        if n >= 0:  # the first ones warm up
            found[kind].append(one)
        presenter.wait_for_timeout(DWELL)
    for kind, rows in found.items():
        if rows:
            print(json.dumps({"tap": kind, **{name: figures(rows, name) for name in rows[0]}}), flush=True)
    every = [row for rows in found.values() for row in rows]
    within = sum(row["all"] <= AIM for row in every)
    said = {"all": figures(every, "all"), "within": f"{within}/{len(every)} in {AIM} ms"}
    print(json.dumps({**said, "load": [round(load, 1), round(os.getloadavg()[0], 1)]}), flush=True)


def enter(room: Room, browser: Browser, who: str) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    cookies = room.person(who).session.cookies
    context.add_cookies([{"name": each.name, "value": each.value, "url": room.url} for each in cookies])
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(f"{room.url}/meetings/{room.meeting}/room")
    return page


def wall(room: Room, browser: Browser) -> Page:
    page = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
    page.add_init_script(WATCH)
    page.goto(f"{room.url}/projector")
    code = page.request.get(f"{room.url}/api/screen").json()["code"]
    room.person("mai").post(f"/api/meetings/{room.meeting}/screens", json={"code": code, "name": "Tường"})
    return page


def tapped(presenter: Page, screens: dict[str, Page], target) -> dict[str, float]:
    """ms from the tap: when the command left, when the last screen heard of it, and when each had painted it."""
    before = presenter.evaluate(KEY)
    target.click()
    key = presenter.wait_for_function(MOVED, arg=before, timeout=20_000).json_value()
    tap, sent = presenter.evaluate("() => [window.bench.tap, window.bench.sent]")
    ends = {
        name: page.wait_for_function(PAINTED, arg=[tap, key], timeout=20_000).json_value()
        for name, page in screens.items()
    }
    said = {"sent": sent - tap, "heard": max(heard for _, heard in ends.values()) - tap}
    painted = {name: at - tap for name, (at, _) in ends.items()}
    return said | painted | {"all": max(painted.values())}


def figures(rows: list[dict], name: str) -> dict[str, float]:
    found = sorted(row[name] for row in rows)
    return {
        "p50": round(statistics.median(found)),
        "p95": round(found[min(len(found) - 1, int(len(found) * 0.95))]),
        "most": round(found[-1]),
        "of": len(found),
    }
