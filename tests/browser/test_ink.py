"""Whoever holds the stage writes on the page, with a pen: on every screen while it is drawn, and afterwards."""

import math
import re

from playwright.sync_api import expect

from tests.browser.bare import until
from tests.browser.test_projector import pair, wall  # noqa: F401 (the fixture of a big screen)

STROKES = """() => { const view = document.querySelector("page-view")
  return [view.ink?.frame?.key, ...[...view.ink?.sheet?.strokes.values() ?? []].map(({ id, d }) => `${id}:${d}`)] }"""
SETTLED = """() => { const ink = document.querySelector("page-view")?.ink
  return Boolean(ink?.sheet) && !ink.sheet.waits && ink.live.empty }"""
# The dots of the finished strokes at a place of the page, in 1/10,000 of its width.
DOT = """([x, y]) => { const { ink } = document.querySelector("page-view"), { frame } = ink
  const canvas = document.querySelector("page-view > .ink-kept")
  if (!canvas.width) return 0
  const at = [(frame.x + x * frame.k) * frame.ratio, (frame.y + y * frame.k) * frame.ratio].map(Math.round)
  return canvas.getContext("2d").getImageData(at[0] - 2, at[1] - 2, 5, 5).data.reduce((sum, n) => sum + n, 0) }"""

# How many dots of the page's picture are as dark as its letters.
LETTERS = """() => { const canvas = document.querySelector("page-view > canvas:not([class])")
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
  let dark = 0
  for (let n = 0; n < data.length; n += 4)
    dark += Math.max(data[n], data[n + 1], data[n + 2]) < 60 && data[n + 3] === 255
  return dark }"""


# How much waits in the database of the browser.
WAITING = """() => new Promise((done) => { const asked = indexedDB.open("meetingroom")
  asked.onsuccess = () => { const db = asked.result
    const counted = db.transaction("acts").objectStore("acts").count()
    counted.onsuccess = () => { db.close(); done(counted.result) } } })"""


class Pen:
    """A pen (or fingers) over the page of a screen, as the device itself says what they do."""

    def __init__(self, page, view="page-view"):
        self.page, self.cdp, self.view = page, page.context.new_cdp_session(page), view

    def place(self, x, y):
        left, top, k = self.page.evaluate(
            """(name) => { const view = document.querySelector(name), box = view.getBoundingClientRect()
              return [box.left + view.ink.frame.x, box.top + view.ink.frame.y, view.ink.frame.k] }""",
            self.view,
        )
        return left + x * k, top + y * k

    def says(self, kind, point, down=True, **more):
        x, y = self.place(*point)
        said = {
            "type": kind,
            "x": x,
            "y": y,
            "button": "left",
            "buttons": int(down),
            "pointerType": "pen",
            "force": 0.6,
        }
        self.cdp.send("Input.dispatchMouseEvent", said | more)

    def down(self, points):
        self.says("mousePressed", points[0], clickCount=1)
        for point in points[1:]:
            self.says("mouseMoved", point)

    def up(self, point):
        self.says("mouseReleased", point, down=False, clickCount=1)

    def draws(self, *points):
        self.down(points)
        self.up(points[-1])

    def fingers(self, kind, *points):
        touched = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(self.place(*point) for point in points)]
        self.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})


def line(y, left=2000, right=6000, steps=12):
    return [(left + (right - left) * n / steps, y + 60 * math.sin(n)) for n in range(steps + 1)]


def take(page, name):
    page.locator("ink-tools").get_by_role("button", name=name, exact=True).click()


def strokes(page):
    return page.evaluate(STROKES)


def equal(chair, *others, count):
    """Everything that the chair has done is kept, and every screen has the same."""
    for page in (chair, *others):
        until(page, lambda page=page: page.evaluate(SETTLED) and len(strokes(page)) == count + 1)
    found = strokes(chair)
    assert len(set(found)) == len(found)
    for page in others:
        until(page, lambda page=page: strokes(page) == found)


def test_what_the_chair_writes_is_on_every_screen_while_it_is_drawn_and_stays(opened, enter, wall):  # noqa: F811
    an = enter(opened, "an", view="chair", fingers=True)
    em = enter(opened, "em", 1024, 768)
    big = wall(opened)
    pair(opened, big)
    expect(big.locator("canvas[aria-busy=false]")).to_be_visible()
    pen = Pen(an)
    take(an, "Bút phê")
    expect(an.locator(".ink-seen")).to_have_text("Mọi người đang thấy nét này")
    expect(em.locator("ink-tools")).to_be_hidden()

    # While the pen is down the others see the stroke, and a palm does nothing.
    pen.down(line(2000))
    for page in (em, big):
        until(page, lambda page=page: not page.evaluate("document.querySelector('page-view').ink.live.empty"))
    assert strokes(em)[1:] == []
    pen.fingers("touchStart", (7000, 9000))
    pen.fingers("touchMove", (1000, 9000))
    pen.fingers("touchEnd")
    pen.up(line(2000)[-1])
    pen.fingers("touchStart", (7000, 9500))
    pen.fingers("touchMove", (1000, 9500))
    pen.fingers("touchEnd")
    equal(an, em, big, count=1)
    assert an.evaluate("document.querySelector('page-view').shown.page") == 1
    for page in (an, em, big):
        assert page.evaluate(DOT, line(2000)[6]) > 0
    label = em.locator("page-view > .ink-kept")
    expect(label).to_have_attribute("aria-label", re.compile(r"1 nét của .+, \d\d:\d\d"))

    # A highlighter goes into the picture itself; black stays black, and the bitmap above has nothing of it.
    take(an, "Bút tô")
    letters = em.evaluate(LETTERS)
    pen.draws(*line(4000))
    equal(an, em, big, count=2)
    assert em.evaluate(LETTERS) == letters > 0
    assert em.evaluate(DOT, line(4000)[6]) == 0

    # Over words it takes the words: one straight stroke over their line, however the hand went.
    top = 0.0909 * 842 / 595 * 10000
    pen.draws((1100, round(top) + 300), (3000, round(top) + 420), (4500, round(top) + 320))
    equal(an, em, big, count=3)
    word = an.evaluate(
        """async () => { const view = document.querySelector("page-view")
          const { points, w } = [...view.ink.sheet.strokes.values()].at(-1)
          return [points.length, points[0][0], points[0][1] === points[1][1], w] }"""
    )
    assert (word[0], word[2]) == (2, True)
    assert abs(word[1] - 1008) < 20, "the line begins where its first word does"
    assert word[3] > 600, "as high as the letters"
    an.keyboard.press("Control+z")
    equal(an, em, big, count=2)

    # Sixty quick taps are sixty dots; then the eraser takes strokes, cuts them, and everything comes back.
    take(an, "Bút")
    for n in range(60):
        pen.draws((1500 + 350 * (n % 10), 6000 + 200 * (n // 10)))
    pen.draws(*line(8000))
    equal(an, em, big, count=63)
    take(an, "Tẩy cả nét")
    pen.draws(*[(1500 + 100 * n, 6000) for n in range(40)])
    equal(an, em, big, count=53)
    take(an, "Hoàn tác")
    equal(an, em, big, count=63)
    take(an, "Tẩy cả nét")  # once more: now it cuts
    pen.draws((4000, 7700), (4000, 8000), (4000, 8300))
    equal(an, em, big, count=64)
    assert (big.evaluate(DOT, (4000, line(8000)[6][1])), big.evaluate(DOT, line(8000)[3]) > 0) == (0, True)
    an.keyboard.press("Control+z")
    equal(an, em, big, count=63)
    an.keyboard.press("Control+y")
    equal(an, em, big, count=64)
    take(an, "Xóa bút phê trang này")
    equal(an, em, big, count=0)
    an.get_by_role("status").get_by_role("button", name="Hoàn tác").click()
    equal(an, em, big, count=64)

    # Without a line the strokes wait, and say so; with it they arrive, once.
    take(an, "Bút")
    an.context.set_offline(True)
    pen.draws(*line(10000))
    pen.draws(*line(10500))
    expect(an.locator(".ink-unsent")).to_contain_text("2 nét chưa gửi")
    assert len(strokes(an)) == 67
    an.context.set_offline(False)
    expect(an.locator(".ink-unsent")).to_have_count(0)
    equal(an, em, big, count=66)

    # What did not go before a reload is kept, seen, and goes afterwards.
    an.route("**/commands", lambda route: route.abort())
    pen.draws(*line(11000))
    until(an, lambda: an.evaluate(WAITING) == 1)
    an.reload()
    until(an, lambda: len(strokes(an)) == 68)
    expect(an.locator(".ink-unsent")).to_contain_text("chưa gửi")
    an.unroute("**/commands")
    equal(an, em, big, count=67)
    until(an, lambda: an.evaluate(WAITING) == 0)
    take(an, "Bút phê")

    # The page turns and comes back; whoever comes late has all of it.
    an.locator("turn-buttons .turn.on").click()
    until(em, lambda: strokes(em) == [strokes(em)[0]] and strokes(em)[0].endswith("/2"))
    pen.draws(*line(3000))
    equal(an, em, big, count=1)
    em.reload()
    equal(an, em, count=1)
    an.locator("turn-buttons .turn.back").click()
    equal(an, em, big, count=67)

    # Whoever points is seen on the wall; whoever hands the stage over puts the pen down.
    take(an, "Con trỏ")
    pen.down([(5000, 5000), (5200, 5100)])
    expect(big.locator(".ink-laser > i").first).to_be_visible()
    pen.up((5200, 5100))
    opened.person("an").does("give_stage", person=opened.person("em").id)
    expect(an.locator("ink-tools")).to_be_hidden()
    expect(em.locator(".ink-open")).to_be_visible()
    Pen(em).draws(*line(12000))  # no tool is in hand
    opened.person("an").does("take_stage")
    expect(an.locator(".ink-open")).to_be_visible()
    equal(an, em, big, count=67)

    # Two pages side by side: every screen has both, both are named to the chair, and both are written on.
    paper = an.evaluate("document.querySelector('page-view').shown.paper")
    left, right = ({"paper": paper, "page": page} for page in (1, 3))
    opened.person("an").does("show_pair", left=left, right=right)
    for page in (an, em, big):
        expect(page.locator("page-view.right > canvas[aria-busy=false]")).to_be_visible()
        expect(page.locator("page-view:not(.right) > canvas[aria-busy=false]")).to_be_visible()
    expect(an.locator("painted-board .painted-sum")).to_have_text("2/2 máy")
    take(an, "Bút phê")
    Pen(an, "page-view.right").draws(*line(4000))
    Pen(an).draws(*line(13000, 5000, 9000))  # beside the tools
    equal(an, em, big, count=68)
    beside = STROKES.replace('"page-view"', '"page-view.right"')
    until(an, lambda: len(an.evaluate(beside)) == 2)
    for page in (em, big):
        until(page, lambda page=page: page.evaluate(beside) == an.evaluate(beside))
    an.locator("turn-buttons .turn.on").click()
    until(
        em,
        lambda: (
            [em.evaluate(f"document.querySelector('page-view{one}').shown.page") for one in ("", ".right")] == [2, 4]
        ),
    )
    an.locator("stage-tools").get_by_role("button", name="Một trang").click()
    expect(em.locator("page-view.right")).to_be_hidden()
