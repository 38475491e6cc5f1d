"""A walk through every screen there is: who opens what, and what each is looked at for."""

import contextlib
import functools
import re
import sqlite3
from pathlib import Path

from babel.messages import pofile

from tests.browser.conftest import in_step
from tests.browser.rooms import barriers, sign_in, small_targets

WIDE, PHONE = (1280, 800), (390, 844)
WORDS = Path(__file__).parents[2] / "meetingroom" / "translations" / "vi" / "LC_MESSAGES"
# Words no Vietnamese sentence has: what holds one was never given to gettext at all.
ENGLISH = re.compile(r"\b(the|of|is|are|for|with|not|your|this|that|from|was|has|be)\b", re.IGNORECASE)
SEEN = """() => {
  const seen = new Set(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const { data, parentElement: one } = walk.currentNode
    if (data.trim() && !one.closest("script, style, [lang=en], [translate=no], kbd, code") && one.checkVisibility())
      seen.add(data.trim().replace(/\\s+/g, " "))
  }
  for (const name of ["title", "aria-label", "placeholder", "alt"])
    for (const one of document.querySelectorAll(`[${name}]:not([lang=en] *)`)) seen.add(one.getAttribute(name).trim())
  return [document.title, ...seen]
}"""
DRAWN = """() => document.readyState === "complete" && !document.querySelector(".state.loading") &&
  [...document.querySelectorAll("connection-lamp")]
    .every((one) => !one.checkVisibility() || one.querySelector("[data-state=live]"))"""
# Beyond the right edge of the window, or a second heading of the first rank, or none.
FORM = """() => {
  const found = []
  const wide = document.documentElement.scrollWidth - innerWidth
  if (wide > 0) found.push(`${wide} px wider than the screen`)
  const heads = [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility({ visibilityProperty: true }))
  if (heads.length !== 1) found.push(`${heads.length} h1`)
  return found
}"""


@functools.cache
def sources() -> frozenset[str]:
    """What the source says in English and Vietnamese says in other words."""
    found = set()
    for path in WORDS.glob("*.po"):
        with path.open("rb") as file:
            for message in pofile.read_po(file):
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                said = message.string if isinstance(message.string, tuple) else (message.string,)
                found.update(id for id in ids if id and id not in said and " " not in said)
    return frozenset(found)


def untranslated(page) -> list[str]:
    """English on a Vietnamese page: a text of the source as it stands there, or a sentence that is in no catalogue."""
    known = sources()
    return [text for text in page.evaluate(SEEN) if text in known or (text.isascii() and ENGLISH.search(text))]


def amiss(page) -> list:
    """What one cannot press, read or see as the page stands there."""
    return [*small_targets(page), *untranslated(page), *page.evaluate(FORM)]


class Walk:
    """Looks at screens; `findings` is what was found amiss, by the name of the screen and its width."""

    def __init__(self, screen, room):
        self.screen, self.room = screen, room
        self.findings: dict[str, list] = {}

    def look(self, name, page, sizes=(WIDE, PHONE)):
        """At each size; by axe, which takes longest, at the first of them."""
        for n, (width, height) in enumerate(sizes):
            page.set_viewport_size({"width": width, "height": height})
            if found := [*([] if n else barriers(page)), *amiss(page)]:
                self.findings[f"{name} ({width})"] = found

    def desk(self, username, *paths):
        """Pages of the desk, one after the other in one browser."""
        page = self.screen()
        if username:
            sign_in(page.context, self.room, username)
        for path in paths:
            page.goto("about:blank")  # another fragment alone would not load the page anew
            page.goto(self.room.url + path)
            page.wait_for_function(DRAWN if username else "document.readyState === 'complete'")
            self.look(f"{username or 'nobody'} {path}", page)
        page.close()

    def enter(self, username, view):
        """Somebody in their room."""
        page = self.screen()
        sign_in(page.context, self.room, username)
        page.goto(f"{self.room.url}/meetings/{self.room.meeting}/room?view={view}")
        in_step(page)
        return page

    def device(self, person, path):
        """A screen or a tablet without anybody signed in, by the cookie it was paired with."""
        page = self.screen()
        jar = person.session.cookies
        page.context.add_cookies([{"name": c.name, "value": c.value, "url": self.room.url} for c in jar])
        page.goto(self.room.url + path)
        page.locator("page-view canvas").first.wait_for(state="attached")
        return page

    def tabs(self, name, page):
        """A room as it is, and on a phone each of its tabs."""
        self.look(name, page)
        tabs = page.locator(".room-tabs button:visible")
        for n in range(1, tabs.count()):
            tabs.nth(n).click()
            self.look(f"{name}, tab {n + 1}", page, [PHONE])
        if tabs.count():
            tabs.first.click()

    def over(self, name, page, *openers):
        """What stands over the page after these were pressed, one after the other; Escape closes it."""
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        for opener in openers:
            page.locator(opener).locator("visible=true").first.click()
        self.look(f"{name}, {openers[-1]}", page)
        for _ in openers:
            page.keyboard.press("Escape")
        page.locator("dialog[open]").wait_for(state="detached")


def a_unit(room) -> str:
    with contextlib.closing(sqlite3.connect(room.data / "meetingroom.db")) as db:
        return db.execute("select id from units").fetchone()[0]
