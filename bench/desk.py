"""The secretary's desk in a real browser at a slowed processor: a key in a long text, and a long timeline.

    python -m bench desk --slower 6

*A key*: from the key's event until the frame that shows it, in the middle of a text of 200 blocks and 21,000 words (the
most an item holds) with the log beside it; the yardstick is the same key in an empty text of the same page. Minutes of
30,000 words are this text and one of 9,000 in the next item. *The timeline*: 2,000 lines brought in by its button, then
scrolled through: milliseconds between frames, of which a screen that keeps up has 17.
"""

import json
import random
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.paint import LANDSCAPE, slow, summarise
from tests.rooms import Person, Room, chromium_path, people_of, prepare_meeting

TEXT = "note-editor .note-text"
WORDS = ["đồng chí", "trưởng phòng", "báo cáo", "kết quả", "công tác", "kiểm sát", "tháng", "đề nghị", "hội nghị"]
KEYS = """async ([selector, count]) => {
  const text = document.querySelector(selector), taken = []
  for (let n = 0; n < count; n++) {
    const started = performance.now()
    document.execCommand("insertText", false, n % 6 ? "a" : " ")
    await new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)))
    taken.push(performance.now() - started)
    await new Promise((rested) => setTimeout(rested, 90))
  }
  return taken }"""
SCROLLED = """async ([step, count]) => {
  let place = document.querySelector("time-line")
  while (place && place.scrollHeight <= place.clientHeight + 4) place = place.parentElement
  place ??= document.scrollingElement
  place.scrollTop = 0
  const taken = []
  let last = await new Promise(requestAnimationFrame)
  for (let n = 0; n < count; n++) {
    place.scrollTop += step
    const now = await new Promise(requestAnimationFrame)
    taken.push(now - last)
    last = now
  }
  return taken }"""


def text_of(words: int, blocks: int) -> str:
    """Paragraphs, points and one table, of so many words in so many blocks."""
    chosen = random.Random(1)

    def sentence(count: int) -> str:
        return " ".join(chosen.choice(WORDS) for _ in range(count))

    each = words // blocks // 2  # each is two syllables, which Vietnamese counts as words
    paragraphs = [f"<p>{sentence(each)}.</p>" for _ in range(blocks * 3 // 4)]
    points = [f"<li><p>{sentence(each)};</p></li>" for _ in range(blocks // 4)]
    return "".join(paragraphs[: blocks // 2]) + f"<ol>{''.join(points)}</ol>" + "".join(paragraphs[blocks // 2 :])


def write(person: Person, item: str, html: str) -> None:
    address = f"{person.room.url}/api/meetings/{person.room.meeting}/notes/{item}"
    answer = person.session.put(address, json={"html": html, "base": 0, "window": "bench-window"}, timeout=60)
    assert answer.status_code == 200, answer.text


def at_the_desk(page: Page, room: Room) -> None:
    page.goto(f"{room.url}/meetings/{room.meeting}/room")
    page.wait_for_selector(TEXT, timeout=120_000)


def typed(page: Page, devtools, count: int, slower: float) -> list[float]:
    """ms of each key, in the middle of the text."""
    page.evaluate(
        """selector => { const text = document.querySelector(selector), blocks = text.children
          const middle = blocks[Math.floor(blocks.length / 3)]
          middle.scrollIntoView({ block: "center" })
          text.focus()
          const range = document.createRange()
          range.setStart(middle.firstChild || middle, middle.firstChild?.length ?? 0)
          getSelection().removeAllRanges(); getSelection().addRange(range) }""",
        TEXT,
    )
    page.wait_for_timeout(500)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.evaluate(KEYS, [TEXT, 8])
    taken = page.evaluate(KEYS, [TEXT, count])
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return taken


def speeches(room: Room, count: int) -> None:
    """A meeting that has been long: so many lines."""
    mai, speakers = room.person("mai"), [room.people[name] for name in ("em", "phuong", "ich")]
    for n in range(count):
        mai.does("grant_floor", person=speakers[n % 3], seconds=0)


def main(slower: float, keys: int = 40, count: int = 2000) -> None:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    room = Room(folder / "data", people_of(folder / "data")).start()
    try:
        prepare_meeting(room)
        an, mai = room.person("an"), room.person("mai")
        an.does("open_meeting")
        first, second, third = an.read_view()["agenda"]["order"]
        write(mai, first, text_of(21_000, 200))
        write(mai, second, text_of(9_000, 100))
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium_path())
            context = browser.new_context(viewport=LANDSCAPE, locale="vi-VN")
            context.add_cookies([{"name": c.name, "value": c.value, "url": room.url} for c in mai.session.cookies])
            page = context.new_page()
            devtools = slow(page, 1)
            for name, item in (("empty text", third), ("21,000 words", first)):
                an.does("start_item", item=item)
                at_the_desk(page, room)
                page.wait_for_timeout(1500)
                print(json.dumps({"key": name, **summarise(typed(page, devtools, keys, slower))}), flush=True)
            speeches(room, count)
            at_the_desk(page, room)
            more = page.locator("time-line .button.wide")
            page.wait_for_selector(".happenings li")
            while more.count() and page.locator(".happenings li").count() < count:
                more.dispatch_event("click")
                page.wait_for_timeout(100)
            shown = page.locator(".happenings li").count()
            devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            for name, step in (("scrolled by a finger", 60), ("thrown", 900)):
                taken = page.evaluate(SCROLLED, [step, 60])
                print(json.dumps({"timeline": name, "lines": shown, **summarise(taken)}), flush=True)
            name = f"21,000 words beside {shown} lines"
            devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            print(json.dumps({"key": name, **summarise(typed(page, devtools, keys, slower))}), flush=True)
            browser.close()
    finally:
        room.stop()
        shutil.rmtree(folder, ignore_errors=True)
