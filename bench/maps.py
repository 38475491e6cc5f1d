"""A map of 2,000 nodes on the stage, in a real browser at a slowed processor: first paint, steps, patches, what stays.

    python -m bench map --slower 6 --nodes 2000

*First paint*: from the navigation of a delegate, with a warm cache, until the node is seen, as the browser itself
reports it (it stands in the first HTML); `whole`: until the script has drawn it, with all that can be pressed; `asked`
and `there` are when the map was asked for and when it had come. *A step*: from just before the chair's request until
the frame in which the delegate's screen has the next node: request, commit, socket and drawing are in it. `patch` is
what one step sends to a tablet in bytes. `cpu` is what one step costs the screen's own thread at full speed, which no
other work on the machine changes: times `--slower` it is what a slow tablet needs. *500 steps*: elements, listeners
and heap before and after, as the browser counts them after a collection. The editor's page of the same map is opened
last: `seen`, until the frame with its branches has been drawn (they are in the first HTML), and `drawn`, until
the drawing has taken their place, where one can write. Nothing is asked of the page meanwhile: that would cost time.
"""

import json
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.paint import LANDSCAPE, slow, summarise
from meetingroom import clock, database
from tests.rooms import HOUR, Room, chromium_path, people_of

CASE = {"code": "LG-2026-017", "title": "Vụ án A", "secrecy": "no", "kind": "criminal", "stage": "prosecution"}
PAGES = 4000
SHOWN = """node => { const shown = document.querySelector(".node-map")
  return shown && (!node || shown.dataset.node === node) && performance.now() }"""
# The largest text that is painted of the node: as it stood in the first HTML (which may be gone when the browser tells
# of it), or drawn by the script.
SEEN = """window.nodeSeen = 0
new PerformanceObserver((list) => { for (const one of list.getEntries())
  if (!one.element || one.element.closest(".node-map")) window.nodeSeen ||= one.renderTime || one.startTime })
.observe({ type: "largest-contentful-paint", buffered: true })"""
WHOLE = """() => [...document.querySelectorAll("case-stage .node-map")].some((one) => !one.closest(".first-node"))
  && performance.now()"""
UNTIL = """node => { window.seen = new Promise((done) => {
  const look = () => (document.querySelector(".node-map")?.dataset.node === node
    ? requestAnimationFrame(() => done(Date.now())) : requestAnimationFrame(look))
  look() }) }"""
ASKED = """() => {
  const one = performance.getEntriesByType("resource").find(({ name }) => /maps.[^/]+.1.json/.test(name))
  return [one.startTime, one.responseEnd] }"""
EDITED = """window.editor = { seen: 0, drawn: 0 }
const look = () => requestAnimationFrame(() => {
  const seen = document.querySelector(".first-branches.placed"), drawn = document.querySelector("me-tpc.selected")
  setTimeout(() => {
    if (seen || drawn) window.editor.seen ||= performance.now()
    if (drawn) window.editor.drawn ||= performance.now()
  })
  if (!drawn) look() })
look()"""
COUNTED = ("Nodes", "JSEventListeners", "JSHeapUsedSize")


def outline(nodes: int, most: int = 13) -> str:
    """As indented text: branches of thirteen, each with a citation."""
    lines, depth, count = ["Vụ án Nguyễn Văn A và đồng phạm"], 1, 1
    stack = [(1, 0)]
    while count < nodes:
        depth, n = stack.pop()
        count += 1
        lines.append(
            "\t" * depth + f"Nút {count}: lời khai của bị can về việc nhận tiền (BL {count * 2}-{count * 2 + 1})"
        )
        if n + 1 < most:
            stack.append((depth, n + 1))
        if depth < 3:
            stack.append((depth + 1, 0))
    return "\n".join(lines)


def file_of_a_case(room: Room, case: str) -> None:
    """One document of so many numbered pages: as it would be read, without its pictures."""
    pool = database.Pool(room.data / "meetingroom.db")
    with pool.writing() as db:
        at = clock.now()
        columns = {each.name: each for each in db["documents"].columns}
        row = {"id": "benchdoc", "meeting": "", "home": f"case:{case}", "name": "T1.pdf", "pages": PAGES,
               "status": "ready", "at": at, "created_at": at, "shape": "[]", "sha256": "x", "bytes": 1, "by": "",
               "kind": "pdf", "title": "T1"}  # fmt: skip
        needed = {name: "" for name, each in columns.items() if each.notnull and each.default_value is None}
        db["documents"].insert({**needed, **{name: value for name, value in row.items() if name in columns}})
        db["case_documents"].insert(
            {"document": "benchdoc", "case": case, "volume": "", "place": 1, "title": "Tập 1", "sha": "x", "by": "",
             "at": at}
        )  # fmt: skip
    pool.close()


def prepare(room: Room, nodes: int) -> tuple[str, str]:
    """A meeting whose chair shows the map. (case, map)."""
    dung, em, an = room.person("dung"), room.person("em"), room.person("an")
    about = {"title": "Họp báo cáo án", "kind": "conference", "starts_at": clock.now(), "secrecy": "none"}
    room.meeting = dung.post("/api/meetings", json={**about, "ends_at": clock.now() + HOUR}).json()["id"]
    for name, role in (("an", "chair"), ("em", "delegate"), ("phuong", "delegate")):
        dung.does("invite", person=room.people[name], role=role)
    dung.does("publish_meeting")
    case = em.post("/api/cases", json=CASE).json()["id"]
    file_of_a_case(room, case)
    numbering = em.post(f"/api/cases/{case}/numberings", json={"name": "BL-CQĐT"}).json()["id"]
    runs = {"runs": [{"document": "benchdoc", "first": 1, "last": PAGES, "start": 1}]}
    em.session.put(f"{room.url}/api/cases/{case}/numberings/{numbering}/runs", json=runs).raise_for_status()
    made = em.post(f"/api/cases/{case}/maps", json={"title": "Nội dung", "text": outline(nodes)})
    assert made.status_code == 201, made.text
    map = made.json()["id"]
    assert em.post(f"/api/cases/{case}/maps/{map}/versions", json={}).status_code == 201
    em.does("attach_case", case=case)
    an.does("open_meeting")
    an.does("show_map", case=case, map=map)
    return case, map


def in_order(found: dict) -> list[str]:
    order, stack = [], [found["root"]]
    while stack:
        order.append(stack.pop())
        stack += reversed(found["nodes"][order[-1]]["children"])
    return order


def counted(devtools: CDPSession) -> dict[str, float]:
    devtools.send("HeapProfiler.collectGarbage")
    found = {each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]}
    return {name: round(found[name]) for name in COUNTED}


def busy(devtools: CDPSession) -> float:
    """ms that the page's main thread has worked so far."""
    found = {each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]}
    return found["ThreadTime"] * 1000


def painted(page: Page, address: str, where: str) -> float:
    page.goto(address, wait_until="commit")
    return page.wait_for_function(where, polling="raf", timeout=120_000).json_value()


def walked(page: Page, devtools: CDPSession, people: tuple, order: list[str], name: str, levels: int) -> None:
    """From the root to branches and back, with the levels open: what stands there is redrawn at each step."""
    chair, listener = people
    taken, sizes = [], []
    page.wait_for_timeout(1500)
    began = busy(devtools)
    for node in order[1:] if not levels else [order[1 - n % 2] for n in range(20)]:
        page.evaluate(UNTIL, node)
        listener.patches.clear()
        started = page.evaluate("Date.now()")
        chair.does("show_node", node=node, levels=levels)
        taken.append(page.evaluate("window.seen") - started)
        listener.wait(lambda: listener.patches)
        sizes += [len(json.dumps(each, ensure_ascii=False).encode()) for each in listener.patches]
    page.wait_for_timeout(300)
    boxes = page.locator(".node-map .node-line").count()
    cpu = round((busy(devtools) - began) / len(taken), 1)
    print(json.dumps({"step": name, **summarise(taken), "cpu": cpu, "patch": max(sizes), "boxes": boxes}), flush=True)


def main(slower: float, nodes: int = 2000, steps: int = 40, walk: int = 500) -> None:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    room = Room(folder / "data", people_of(folder / "data"), worker=False).start()
    try:
        case, map = prepare(room, nodes)
        an, phuong = room.person("an"), room.person("phuong")
        found = phuong.get(f"/cases/{case}/maps/{map}/1.json")
        order = in_order(found.json())
        said = {
            "nodes": len(order),
            "kb": len(found.content) // 1000,
            "ms": round(found.elapsed.total_seconds() * 1000),
        }
        print(json.dumps({"map": said}), flush=True)
        listener = room.person("ich") if False else phuong
        listener.connect()
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium_path())
            context = browser.new_context(viewport=LANDSCAPE, locale="vi-VN")
            context.add_cookies([{"name": c.name, "value": c.value, "url": room.url} for c in phuong.session.cookies])
            page = context.new_page()
            page.add_init_script(SEEN)
            devtools = slow(page, slower)
            devtools.send("Performance.enable")
            here = f"{room.url}/meetings/{room.meeting}/room"
            visits, whole, asked = [], [], []
            for _ in range(6):
                whole.append(painted(page, here, WHOLE))
                visits.append(page.wait_for_function("() => window.nodeSeen", timeout=60_000).json_value())
                asked.append(page.evaluate(ASKED))
            said = {"asked": summarise([each[0] for each in asked[1:]]), "there": summarise([n[1] for n in asked[1:]])}
            print(json.dumps({"first paint": summarise(visits[1:]), "whole": summarise(whole[1:]), **said}), flush=True)
            for name, rate in (("at full speed", 1), ("slower", slower)):
                devtools.send("Emulation.setCPUThrottlingRate", {"rate": rate})
                for levels in (0, 4):
                    walked(page, devtools, (an, listener), order[: steps + 1], f"{name}, {levels} levels", levels)
            devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            before = None
            for n in range(walk + 40):
                if n == 40:
                    page.wait_for_timeout(1000)
                    before = counted(devtools)
                an.does("show_node", node=order[n % len(order)])
            page.wait_for_function(SHOWN, arg=order[(walk + 39) % len(order)])
            an.does("show_node", node=order[39])
            page.wait_for_function(SHOWN, arg=order[39])
            page.wait_for_timeout(1000)
            print(json.dumps({"walk": walk, "before": before, "after": counted(devtools)}), flush=True)
            context.close()
            context = browser.new_context(viewport=LANDSCAPE, locale="vi-VN")
            em = room.person("em")
            context.add_cookies([{"name": c.name, "value": c.value, "url": room.url} for c in em.session.cookies])
            page = context.new_page()
            slow(page, slower)
            page.add_init_script(EDITED)
            visits = []
            for _ in range(6):
                page.goto(f"{room.url}/cases/{case}/maps/{map}", wait_until="commit")
                page.wait_for_timeout(5000)
                visits.append(page.evaluate("window.editor"))
            times = {name: summarise([each[name] for each in visits[1:]]) for name in ("seen", "drawn")}
            print(json.dumps({"editor": times, "boxes": page.locator("me-tpc").count()}), flush=True)
            browser.close()
    finally:
        room.stop()
        shutil.rmtree(folder, ignore_errors=True)
