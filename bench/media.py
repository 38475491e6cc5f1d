"""A recording that runs on a big screen, at two sites and on tablets: how far each is from where it should be.

    python -m bench media --seconds 60

One Chromium draws all of them, so that the processor is the worst a room could have; each screen is a browser context
of its own. It is sought every ten seconds.
"""

import json
import statistics
import tempfile
import time
from pathlib import Path

from tests.recordings import attach, film
from tests.rooms import Room, chromium_path, people_of, prepare_meeting

FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-software-rasterizer")
SETTLES = 1.5  # seconds after a word: what is further off then is drift
EVERY = 10
# Every 100 ms: [the meeting's time, seconds off, does it run?]
WATCH = """() => {
  const kept = []
  globalThis.benchKept = kept
  setInterval(() => {
    const place = document.querySelector("stage-media"), player = place?.querySelector("video")
    if (!player || !place.what?.media.playing) return
    const { media, meeting } = place.what, now = meeting.now()
    if (now < media.at) return
    kept.push([now, player.currentTime - media.position - ((now - media.at) / 1000) * media.rate, !player.paused])
  }, 100)
}"""


TABLETS = ("em", "phuong", "ich", "an", "mai")  # `em` presents


def main(seconds: float) -> None:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        data = Path(folder) / "data"
        room = Room(data, people_of(data)).start()
        browser = None
        try:
            time.sleep(5)
            prepare_meeting(room)
            case = attach(room, film(Path(folder) / "film.mp4", size="640x360", rate=25))
            browser = running.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            screens = open_screens(browser, room)
            run(room, case, screens, seconds)
        finally:
            if browser:
                browser.close()
            room.kill()


def open_screens(browser, room) -> dict:
    """{name: page}: the wall, the big screen and the technician's of a site, the presenter's, and tablets."""
    found = {}
    for name in ("wall", "big screen of a site"):
        big = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
        big.goto(f"{room.url}/projector")
        code = big.request.get(f"{room.url}/api/screen").json()["code"]
        room.person("mai").post(f"/api/meetings/{room.meeting}/screens", json={"code": code, "name": name})
        found[name] = big
    for who in ("tho", *TABLETS):
        context = browser.new_context(viewport={"width": 820, "height": 600})
        cookies = room.person(who).session.cookies
        context.add_cookies([{"name": each.name, "value": each.value, "url": room.url} for each in cookies])
        found[who] = context.new_page()
        found[who].goto(f"{room.url}/meetings/{room.meeting}/room")
    return found


def run(room, case: dict, screens: dict, seconds: float) -> None:
    em, an = room.person("em"), room.person("an")
    time.sleep(5)
    an.does("give_stage", person=room.people["em"])
    em.does("show_media", case=case["case"], media=case["media"])
    an.does("play_on", where="everywhere")
    for page in screens.values():
        page.wait_for_function("() => document.querySelector('stage-media')?.ready", timeout=60_000)
        page.evaluate(WATCH)
    em.does("play")
    words = [stage(em)["at"]]
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(EVERY)
        em.does("seek", position=1 + len(words) % 5)
        words.append(stage(em)["at"])
    time.sleep(EVERY / 2)
    for name, page in screens.items():
        samples = page.evaluate("() => globalThis.benchKept")
        print(json.dumps({"screen": name, **figures(samples, words)}), flush=True)


def stage(person) -> dict:
    return person.read_view()["stage"]["media"]


def figures(samples: list, words: list[int]) -> dict:
    """Drift in ms while it runs on, and how long after each word it took until it was within 150 ms for good."""
    settled = [abs(off) * 1000 for at, off, _ in samples if all(not 0 <= at - word < SETTLES * 1000 for word in words)]
    back = []
    for word in words:
        after = [(at, off) for at, off, runs in samples if word <= at < word + 3000]
        late = [at - word for at, off in after if abs(off) > 0.15]
        back.append(max(late, default=0))
    ranked = sorted(settled)
    return {
        "samples": len(ranked),
        "p50": round(statistics.median(ranked)),
        "p95": round(ranked[int(len(ranked) * 0.95)]),
        "worst": round(ranked[-1]),
        "until within 150 ms": [round(each) for each in back],
    }
