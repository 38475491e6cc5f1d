"""First paint and turn-to-paint in a real browser at a slowed processor, beside pdf.js for the same file.

    python -m bench paint --slower 6 --rounds 5

*First paint*: from the navigation, with an empty cache, until the page of the stage is seen (its picture in the first
HTML, as the browser itself reports it), and until it is in the canvas, where it can be turned and magnified; of the
home page the first contentful paint. *Turn-to-paint*: from just before the chair's request until the frame in which the
delegate's canvas has the page: request, commit and socket are in it. pdf.js opens the same PDF in the same browser;
its turns are of a file that it has loaded already, until the frame after it was drawn.
"""

import functools
import http.server
import json
import shutil
import statistics
import subprocess
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.page_turn import BUILD
from tests.browser.rooms import PAINTED
from tests.conftest import first_paper
from tests.rooms import Person, Room, chromium_path, people_of, prepare_meeting

PDFJS = "3.11.174"  # the last that browsers of the age of iPadOS 15 understand
LANDSCAPE = {"width": 1024, "height": 768}
# A picture of the page in the canvas, whoever the screen belongs to; evaluated once a frame.
ON_STAGE = """() => { const view = document.querySelector("page-view"), shown = view && view.shown
  return Boolean(shown && view.pictures && view.pictures.full(shown.document, shown.page)) && performance.now() }"""
# The picture of the first HTML is the largest thing that is painted before the canvas.
SEEN = """window.pageSeen = 0
new PerformanceObserver((list) => { for (const one of list.getEntries()) {
  if (one.element?.className === "first-page") window.pageSeen ||= one.renderTime || one.startTime } })
.observe({ type: "largest-contentful-paint", buffered: true })"""
FIRST = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def screens(room: Room) -> dict[str, tuple[Person, str]]:
    here = f"/meetings/{room.meeting}/room"
    return {
        "participant": (room.person("em"), here),
        "chair": (room.person("an"), here),
        "secretary": (room.person("mai"), here),
        "projector": (room.screen(room.person("mai")), "/projector"),
        "home": (room.person("em"), "/"),
    }


def slow(page: Page, times: float):
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": False})
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": times})
    return devtools


def cold(browser: Browser, room: Room, person: Person, path: str, slower: float) -> dict[str, float]:
    """One visit with an empty cache."""
    context = browser.new_context(viewport=LANDSCAPE, locale="vi-VN")
    context.add_cookies([{"name": c.name, "value": c.value, "url": room.url} for c in person.session.cookies])
    page = context.new_page()
    page.add_init_script(SEEN)
    devtools = slow(page, slower)
    sent, bytes_ = [], []
    devtools.on("Network.requestWillBeSent", lambda event: sent.append(event["request"]["url"]))
    devtools.on("Network.loadingFinished", lambda event: bytes_.append(event["encodedDataLength"]))
    page.goto(room.url + path, wait_until="commit")
    useful = None
    if path != "/":
        useful = page.wait_for_function(ON_STAGE, polling="raf", timeout=60_000).json_value()
    page.wait_for_load_state("load")
    first = page.wait_for_function(FIRST, timeout=60_000).json_value()
    seen = [url for url in sent if not url.startswith(("data:", "blob:"))]
    picture = page.evaluate("window.pageSeen")
    context.close()
    useful = useful or first
    return {"requests": len(seen), "kb": sum(bytes_) / 1000, "seen": picture or useful, "useful": useful}


def turns(browser: Browser, room: Room, count: int, slower: float) -> list[float]:
    """ms from the chair's request until the delegate's canvas has the page."""
    em, an = room.person("em"), room.person("an")
    context = browser.new_context(viewport=LANDSCAPE, locale="vi-VN")
    context.add_cookies([{"name": c.name, "value": c.value, "url": room.url} for c in em.session.cookies])
    page = context.new_page()
    slow(page, slower)
    page.goto(f"{room.url}/meetings/{room.meeting}/room")
    page.wait_for_function(ON_STAGE, timeout=60_000)
    taken = []
    for n in range(count):
        number = n % 4 + 2
        page.evaluate(
            f"""number => {{ const painted = {PAINTED}
              window.seen = new Promise((done) => {{
                const look = () => (painted(number) ? done(Date.now()) : requestAnimationFrame(look)); look() }}) }}""",
            number,
        )
        # One clock for both ends: the browser runs on this machine.
        started = page.evaluate("Date.now()")
        an.does("turn_page", page=number)
        taken.append(page.evaluate("window.seen") - started)
    context.close()
    return taken


def fetch_pdfjs() -> Path:
    """pdf.js in bench/build: for comparison only, never served by the program."""
    found = BUILD / "node_modules" / "pdfjs-dist"
    BUILD.mkdir(exist_ok=True)
    if not found.exists():
        subprocess.run(["npm", "install", "--silent", "--prefix", BUILD, f"pdfjs-dist@{PDFJS}"], check=True)
    return found / "build"


VIEWER = """<!doctype html><meta charset="utf-8"><canvas id="page"></canvas><script src="/pdf.js"></script><script>
pdfjsLib.GlobalWorkerOptions.workerSrc = "/pdf.worker.js"
const canvas = document.getElementById("page")
async function show(number) {
  const page = await (await window.opening).getPage(number)
  const size = page.getViewport({ scale: 1 })
  const viewport = page.getViewport({ scale: Math.min(innerWidth / size.width, innerHeight / size.height) })
  canvas.width = viewport.width; canvas.height = viewport.height
  await page.render({ canvasContext: canvas.getContext("2d"), viewport }).promise
  return performance.now()
}
window.opening = pdfjsLib.getDocument("/paper.pdf").promise
window.first = show(1)
</script>"""


def served(folder: Path) -> http.server.ThreadingHTTPServer:
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *args: None})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def pdfjs(browser: Browser, folder: Path, rounds: int, count: int, slower: float) -> tuple[list[float], list[float]]:
    """(first page, turns) of pdf.js in ms, for `paper.pdf` of this folder."""
    build = fetch_pdfjs()
    (folder / "index.html").write_text(VIEWER)
    for name in ("pdf", "pdf.worker"):
        shutil.copy(build / f"{name}.min.js", folder / f"{name}.js")
    server = served(folder)
    first: list[float] = []
    turned: list[float] = []
    for _ in range(rounds):
        context = browser.new_context(viewport=LANDSCAPE)
        page = context.new_page()
        slow(page, slower)
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        first.append(page.evaluate("window.first"))
        for n in range(count // rounds):
            shown = f"await show({n % 4 + 2}); await new Promise(requestAnimationFrame)"
            turn = f"async () => {{ const at = performance.now(); {shown}; return performance.now() - at }}"
            turned.append(page.evaluate(turn))
        context.close()
    server.shutdown()
    return first, turned


def main(rounds: int, count: int, slower: float, compare: bool = True) -> None:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    room = Room(folder / "data", people_of(folder / "data")).start()
    try:
        prepare_meeting(room)
        an = room.person("an")
        an.does("open_meeting")
        shown = first_paper(an)
        an.does("show_paper", paper=shown)
        document = an.read_view()["papers"][shown]["document"]
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium_path())
            print("| screen | requests | KB | page seen, ms: median, least | in the canvas, ms: median, least |")
            print("|---|--:|--:|--:|--:|")
            for name, (person, path) in screens(room).items():
                visits = [cold(browser, room, person, path, slower) for _ in range(rounds)]
                all_of = {key: [visit[key] for visit in visits] for key in visits[0]}
                cells = [name, *(f"{statistics.median(all_of[key]):.0f}" for key in ("requests", "kb"))]
                cells += [f"{statistics.median(all_of[key]):.0f}, {min(all_of[key]):.0f}" for key in ("seen", "useful")]
                print(f"| {' | '.join(cells)} |", flush=True)
            taken = turns(browser, room, count, slower)
            print(json.dumps({"turn_to_paint_ms": summarise(taken)}), flush=True)
            if compare and shutil.which("npm"):
                beside = folder / "pdfjs"
                beside.mkdir()
                (beside / "paper.pdf").write_bytes(an.get(f"/documents/{document}/file").content)
                first, turned = pdfjs(browser, beside, rounds, count, slower)
                print(json.dumps({"pdfjs_first_ms": summarise(first), "pdfjs_turn_ms": summarise(turned)}))
            browser.close()
    finally:
        room.stop()
        shutil.rmtree(folder, ignore_errors=True)


def summarise(taken: list[float]) -> dict[str, float]:
    return {
        "p50": round(statistics.median(taken)),
        "least": round(min(taken)),
        "most": round(max(taken)),
        "of": len(taken),
    }
