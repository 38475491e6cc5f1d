"""Writing on a page for everybody: under the pen, on another screen, for whoever comes late, and for the server.

    python -m bench ink --slower 6 --clients 1000

A page with 1,000 strokes of 40 points. *Handler*: one event of a pen until its segment is drawn, in a browser whose
processor is so much slower; *frames*: the longest while it writes. *Latecomer*: from the page in the canvas until the
last stroke is. *Glass*: from the pen's event until another screen's canvas has a dot of it, both at full speed.
*Server*: CPU of a batch of points to so many tablets, beside that of a page turn to the same, in interleaved blocks.
*Others*: a page turn until the last tablet has it, in a meeting in which nobody writes and while a pen does, in turn.
"""

import contextlib
import json
import math
import statistics
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench import page_turn
from bench.paint import LANDSCAPE, ON_STAGE, slow
from meetingroom.meeting.strokes import encode
from tests.rooms import Person, Room, chromium_path

STROKES, IN_ONE, BATCHES = 1000, 150, 60
PEN = """async (strokes) => {
  const view = document.querySelector("page-view"), { frame } = view.ink, box = view.getBoundingClientRect()
  const glass = view.querySelector(".ink-live"), took = [], frames = []
  let last = performance.now(), on = true
  const look = (now) => { frames.push(now - last); last = now; if (on) requestAnimationFrame(look) }
  requestAnimationFrame(look)
  const say = (kind, [x, y], buttons = 1) => { const at = performance.now()
    glass.dispatchEvent(new PointerEvent(kind, { bubbles: true, pointerId: 5, pointerType: "pen", pressure: 0.5,
      buttons, clientX: box.left + frame.x + x * frame.k, clientY: box.top + frame.y + y * frame.k }))
    if (kind === "pointermove") took.push(performance.now() - at) }
  for (const points of strokes) {
    say("pointerdown", points[0])
    for (const point of points.slice(1)) { await new Promise(requestAnimationFrame); say("pointermove", point) }
    say("pointerup", points.at(-1), 0)
  }
  on = false
  return { took, frames: frames.slice(2) } }"""
INKED = """count => { const { ink } = document.querySelector("page-view"), canvas = document.querySelector(".ink-kept")
  return Boolean(ink?.sheet?.strokes.size >= count && canvas.width && ink.still) && performance.now() }"""
DOT = """([x, y]) => { window.dot = new Promise((done) => { const look = () => {
  const view = document.querySelector("page-view"), { frame } = view.ink, canvas = view.querySelector(".ink-live")
  const at = [(frame.x + x * frame.k) * frame.ratio, (frame.y + y * frame.k) * frame.ratio].map(Math.round)
  const seen = canvas.width && canvas.getContext("2d").getImageData(at[0] - 3, at[1] - 3, 7, 7).data.some((n) => n)
  return seen ? done(Date.now()) : requestAnimationFrame(look) }; look() }) }"""


def wave(n: int, steps: int = 40) -> list[tuple[int, int, int]]:
    """A written line of its own."""
    left, top = 500 + 900 * (n % 10), 300 + 130 * (n // 10 % 100)
    return [(left + 18 * k, round(top + 50 * math.sin(k / 3 + n)), 40 + k % 20) for k in range(steps)]


def write(person: Person, paper: str, count: int) -> None:
    for first in range(0, count, IN_ONE):
        strokes = [
            {"id": f"bench-{n:05}", "t": "pen", "c": "blue", "w": 28, "d": encode(wave(n))}
            for n in range(first, min(count, first + IN_ONE))
        ]
        person.does("draw_ink", paper=paper, page=1, strokes=strokes)


def seat(browser: Browser, room: Room, person: Person, slower: float = 1) -> Page:
    context = browser.new_context(viewport=LANDSCAPE, locale="vi-VN")
    context.add_cookies([{"name": c.name, "value": c.value, "url": room.url} for c in person.session.cookies])
    page = context.new_page()
    if slower > 1:
        slow(page, slower)
    page.goto(f"{room.url}/meetings/{room.meeting}/room")
    return page


def under_the_pen(browser: Browser, room: Room, slower: float) -> dict:
    page = seat(browser, room, room.person("an"), slower)
    page.wait_for_function(f"() => document.querySelector('page-view').ink?.sheet?.strokes.size >= {STROKES}")
    page.locator(".ink-open").first.click()
    found = page.evaluate(PEN, [[list(point[:2]) for point in wave(n * 37)] for n in range(8)])
    page.context.close()
    took = sorted(found["took"])
    return {
        "handler_ms_p50": round(statistics.median(took), 2),
        "handler_ms_p95": round(took[int(len(took) * 0.95)], 2),
        "longest_frame_ms": round(max(found["frames"])),
        "events": len(took),
    }


def latecomer(browser: Browser, room: Room, slower: float, rounds: int = 5) -> dict:
    taken = []
    for _ in range(rounds):
        page = seat(browser, room, room.person("em"), slower)
        painted = page.wait_for_function(ON_STAGE, polling="raf", timeout=60_000).json_value()
        inked = page.wait_for_function(INKED, arg=STROKES, polling="raf", timeout=60_000).json_value()
        taken.append(max(0, inked - painted))
        page.context.close()
    return {"median_ms": round(statistics.median(taken)), "most_ms": round(max(taken))}


def to_the_glass(browser: Browser, room: Room, rounds: int = 30) -> dict:
    an, em = seat(browser, room, room.person("an")), seat(browser, room, room.person("em"))
    for page in (an, em):
        page.wait_for_function(ON_STAGE, timeout=60_000)
    an.locator(".ink-open").first.click()
    taken = []
    for n in range(rounds):
        top = 400 + 420 * n
        em.evaluate(DOT, [6000, top])
        points = [[5700 + 100 * k, top] for k in range(8)]
        started = an.evaluate("Date.now()")
        an.evaluate(PEN, [points])
        taken.append(em.evaluate("window.dot") - started - 16 * 3)  # the dot is the fourth event, one a frame
    for page in (an, em):
        page.context.close()
    taken.sort()
    return {"p50_ms": round(statistics.median(taken)), "p95_ms": round(taken[int(len(taken) * 0.95)]), "of": rounds}


def batches(server: page_turn.Server, an: Person, about: dict) -> float:
    """CPU of the server for a batch of points, in microseconds."""
    points = encode(wave(3, 12))
    said = {"kind": "ink", **about, "s": "benchstroke", "t": "pen", "c": "red", "w": 28, "d": points}
    time.sleep(0.5)
    before = server.cpu()
    for n in range(BATCHES):
        an.socket.emit("signal", {"meeting": an.room.meeting, **said, "i": 12 * n})
        time.sleep(0.1)
    time.sleep(0.3)
    return (server.cpu() - before) / BATCHES


def idle(server: page_turn.Server) -> float:
    """CPU of the server in the same time with nothing to do, for each batch."""
    before = server.cpu()
    time.sleep(0.1 * BATCHES + 0.3)
    return (server.cpu() - before) / BATCHES


def fill(room: Room, server: page_turn.Server, clients: int) -> None:
    """So many tablets, who count from what the meeting has come to."""
    at = server.options.index("--first-seq")
    seq = room.person("an").get(f"/api/meetings/{room.meeting}").json()["seq"]
    server.options[at + 1] = str(seq + 1)
    server.fill(clients)


def delivery(room: Room, server: page_turn.Server, clients: int, rounds: int = 3) -> dict:
    fill(room, server, clients)
    server.turn(20, 50)
    server.blocks.clear()
    an = room.person("an").connect()
    stage = an.view["stage"]
    about = {"document": stage["document"]}
    turned, waved = [], []
    for _ in range(rounds):
        server.turn(BATCHES, 100)
        block = server.blocks[-1]
        turned.append(block["server_us"] / max(1, len(block["turns"])))
        an.wait(lambda: True)
        page = an.read_view()["stage"]["page"]
        waved.append(batches(server, an, {**about, "page": page}) - idle(server))
    an.leave()
    turn, batch = statistics.median(turned), statistics.median(waved)
    return {
        "clients": clients,
        "turn_us": round(turn),
        "batch_us": round(batch),
        "batch_of_a_turn": round(batch / turn, 2),
    }


def beside_a_pen(room: Room, server: page_turn.Server, clients: int, rounds: int = 6) -> dict:
    """Turns of a page while a pen never rests, as often as it may speak, beside turns while nobody writes."""
    fill(room, server, clients)
    server.turn(50, 20)
    an = room.person("an").connect()
    every = an.socket.call("clock", {"t0": 0}, timeout=10)["pen_ms"] / 1000
    said = {"meeting": room.meeting, "kind": "ink", "s": "benchstroke", "t": "pen", "c": "red", "w": 28, "i": 0}
    found: dict[str, list[float]] = {"quiet": [], "beside": []}
    for n in range(2 * rounds):
        kind, stop = ("quiet", "beside")[n % 2], threading.Event()

        def write(stop=stop):
            while not stop.wait(every):
                stage = an.view["stage"]
                at = {"document": stage["document"], "page": stage["page"]}
                an.socket.emit("signal", {**said, **at, "d": encode(wave(3, 12))})

        pen = threading.Thread(target=write)
        if kind == "beside":
            pen.start()
        server.turn(40, 90)
        stop.set()
        if kind == "beside":
            pen.join()
        block = server.blocks[-1]
        if block["lost"] or block["closed"]:
            raise RuntimeError(f"lost {block['lost']}, cut off {block['closed']}")
        found[kind] += [turn[3] for turn in block["turns"]]
    an.leave()
    p95 = {kind: sorted(taken)[int(len(taken) * 0.95)] for kind, taken in found.items()}
    return {
        "clients": clients,
        "pen_ms": round(every * 1000),
        "quiet_p95_ms": round(p95["quiet"], 1),
        "beside_p95_ms": round(p95["beside"], 1),
        "ratio": round(p95["beside"] / p95["quiet"], 2),
    }


def main(clients: list[int], slower: float) -> None:
    page_turn.build()
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    room, server = page_turn.ours(folder)
    try:
        an = room.person("an")
        paper = an.read_view()["stage"]["paper"]
        for count in clients:
            print(json.dumps({"delivery": delivery(room, server, count)}), flush=True)
            server.end()
            print(json.dumps({"turns_of_others": beside_a_pen(room, server, count)}), flush=True)
            server.end()
        if an.read_view()["stage"]["page"] != 1:
            an.does("turn_page", page=1)
        write(an, paper, STROKES)
        with (
            sync_playwright() as play,
            contextlib.closing(play.chromium.launch(executable_path=chromium_path())) as browser,
        ):
            print(json.dumps({"under_the_pen": under_the_pen(browser, room, slower)}), flush=True)
            print(json.dumps({"latecomer": latecomer(browser, room, slower)}), flush=True)
            print(json.dumps({"to_the_glass": to_the_glass(browser, room)}), flush=True)
    finally:
        page_turn.end_all(room, [server], folder)
