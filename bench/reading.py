"""A paper of 200 pages read alone: finding in it, and the memory of the browser while it is scrolled and turned.

    python -m bench reading

*Find*: 200 questions to `/documents/<d>/find`, words of one page and of all, from the request until the
last byte, in ms. *Memory*: proportional set size of all processes of one browser (1024×768, two dots a pixel), after 20
pages, the most after that, and at the end: of 200 pages scrolled, 200 turned, and ten times put to sleep and awake.
"""

import io
import json
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from reportlab.pdfgen.canvas import Canvas

from tests.documents.papers import font
from tests.rooms import Person, Room, chromium_path, people_of, prepare_meeting

PAGES, QUESTIONS, FIRST = 200, 200, 20
WORDS = [
    "đồng",
    "chí",
    "trưởng",
    "phòng",
    "báo",
    "cáo",
    "kết",
    "quả",
    "công",
    "tác",
    "kiểm",
    "sát",
    "tháng",
    "hội",
    "nghị",
]
STEP = "() => { const place = document.querySelector('.reader-window'); place.scrollTop += place.scrollHeight / 200 }"
SLEEP = "kind => window.dispatchEvent(new PageTransitionEvent(kind, { persisted: true }))"


def long_paper() -> bytes:
    """Pages of some 400 words each; `số N` stands on page N alone."""
    chosen, buffer = random.Random(1), io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for n in range(1, PAGES + 1):
        canvas.setFont(font(), 11)
        canvas.drawString(60, 790, f"Trang số{n}")
        for k in range(34):
            canvas.drawString(60, 760 - 20 * k, " ".join(chosen.choice(WORDS) for _ in range(12)))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def bring(room: Room) -> tuple[str, str]:
    """The paper in the meeting: its key and its document."""
    dung = room.person("dung")
    before = dung.read_view()
    sent = dung.post(
        f"/api/meetings/{room.meeting}/documents",
        files={"file": ("Dài.pdf", long_paper(), "application/pdf")},
        data={"item": before["agenda"]["order"][2]},
    )
    assert sent.status_code == 202, sent.text
    dung.wait(lambda: len(dung.read_view()["papers"]) > len(before["papers"]), timeout=120)
    papers = dung.read_view()["papers"]
    key = next(key for key in papers if key not in before["papers"])
    return key, papers[key]["document"]


def find(em: Person, document: str) -> dict:
    taken = []
    for n in range(QUESTIONS):
        query = f"số{n % PAGES + 1}" if n % 2 else WORDS[n % len(WORDS)]
        started = time.perf_counter()
        answer = em.get(f"/documents/{document}/find", params={"q": query})
        taken.append(1000 * (time.perf_counter() - started))
        assert answer.json(), query
    taken.sort()
    return {"p50_ms": round(statistics.median(taken)), "p95_ms": round(taken[int(len(taken) * 0.95)]), "of": QUESTIONS}


def descendants(pid: int) -> list[int]:
    children = [
        int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and parent_of(entry) == pid
    ]
    return [pid, *(one for child in children for one in descendants(child))]


def parent_of(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def memory(browser_pid: int) -> float:
    """MB of the browser with all its processes."""
    total = 0
    for pid in descendants(browser_pid):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return round(total / 1024)


def browser_of(marker: str) -> int:
    """The browser that was started with this argument (a child has its parent's as well: the oldest)."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and marker in (entry / "cmdline").read_text():
                found.append(int(entry.name))
        except OSError:
            continue
    return min(pid for pid in found if parent_of(Path(f"/proc/{pid}")) not in found)


def memories(browser: Browser, room: Room, pid: int) -> dict:
    em = room.person("em")
    context = browser.new_context(viewport={"width": 1024, "height": 768}, device_scale_factor=2, locale="vi-VN")
    context.add_cookies([{"name": c.name, "value": c.value, "url": room.url} for c in em.session.cookies])
    page = context.new_page()
    page.goto(f"{room.url}/meetings/{room.meeting}")
    page.get_by_role("button", name="Dài").first.click()
    page.locator(".reader-page[data-state=ready]").first.wait_for()
    found: dict[str, list[float]] = {"scrolled": [], "turned": [], "slept": []}

    def note(kind: str) -> None:
        page.wait_for_timeout(400)
        found[kind].append(memory(pid))

    for n in range(1, PAGES + 1):
        page.evaluate(STEP)
        page.wait_for_timeout(50)
        if n % FIRST == 0:
            note("scrolled")
    page.evaluate("document.querySelector('paper-reader').setLook({ layout: 'one' })")
    page.keyboard.press("Home")
    for n in range(1, PAGES + 1):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(50)
        if n % FIRST == 0:
            note("turned")
    for _ in range(10):
        page.evaluate(SLEEP, "pagehide")
        page.evaluate(SLEEP, "pageshow")
        note("slept")
    context.close()
    return {
        kind: {"after_the_first_mb": first, "most_mb": max(rest), "at_the_end_mb": rest[-1]}
        for kind, (first, *rest) in found.items()
    }


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    room = Room(folder / "data", people_of(folder / "data")).start()
    try:
        prepare_meeting(room)
        _key, document = bring(room)
        print(json.dumps({"find": find(room.person("em"), document)}), flush=True)
        marker = f"--bench-reading={folder.name}"
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium_path(), args=[marker, "--disable-gpu"])
            print(json.dumps({"memory": memories(browser, room, browser_of(marker))}), flush=True)
            browser.close()
    finally:
        room.stop()
        shutil.rmtree(folder, ignore_errors=True)
