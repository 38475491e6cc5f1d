"""People of a running room in a browser: signed in by their session, on the screen of their role."""

from axe_playwright_python.sync_playwright import Axe

PAINTED = """page => { const view = document.getElementById("page"), shown = view && view.shown
  return shown && shown.page === page && view.pictures.full(shown.document, page) }"""


def seat(screen, room, username, width=1280, height=800, **options):
    """Somebody's room on a screen of that size; returns when the first view has been drawn."""
    page = screen(width, height, **options)
    sign_in(page.context, room, username)
    page.goto(f"{room.url}/meetings/{room.meeting}/room")
    page.wait_for_selector("room-title h1")
    return page


def sign_in(context, room, username):
    """The cookies of `room.person(username)`: no second trip through the throttled door."""
    cookies = room.person(username).session.cookies
    context.add_cookies([{"name": c.name, "value": c.value, "url": room.url} for c in cookies])


def at_desk(screen, room, username, path, **size):
    """Somebody at any page."""
    page = screen(**size)
    sign_in(page.context, room, username)
    page.goto(room.url + path)
    return page


def painted(page, number):
    """Wait until this page of the paper is really in the canvas."""
    page.wait_for_function(PAINTED, arg=number)
    return page


def overflowing(page):
    """What stands wholly or partly outside of the screen, or is cut off without saying so."""
    return page.evaluate(
        """() => [...document.querySelectorAll("main button, main a, main h1, main h2, main textarea, main select")]
          .filter((one) => one.offsetParent && !one.closest("page-strip, .rail, .work, .side, .more, .visually-hidden"))
          .filter((one) => { const box = one.getBoundingClientRect()
            return box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1 })
          .map((one) => one.outerHTML.slice(0, 120))"""
    )


TARGETS = """least => {
  const wanted = "a[href], button, select, summary, textarea, input:not([type=hidden]), [role=button], [role=tab]"
  // WCAG 2.5.8 excepts a link within a sentence: its height is that of the line it stands in.
  const inSentence = (one) => one.matches("a") && getComputedStyle(one).display === "inline" &&
    [...one.parentElement.childNodes].some((near) => near.nodeType === Node.TEXT_NODE && near.data.trim())
  // What is pressed is the whole label of a box to tick, of a choice, of a file.
  const pressed = (one) => one.matches("[type=checkbox], [type=radio], [type=file]") && one.labels[0] || one
  const inSight = (one) => one.checkVisibility({ visibilityProperty: true }) &&
    !one.closest(".visually-hidden, .skip, [inert]")
  const found = [...document.querySelectorAll(wanted)].map((one) => pressed(one))
  return [...new Set(found)].filter((one) => inSight(one) && !inSentence(one))
    .map((one) => [one.getBoundingClientRect(), one])
    .filter(([box]) => box.width && box.height && Math.min(box.width, box.height) < least - 0.5)
    .map(([box, one]) => `${Math.round(box.width)}x${Math.round(box.height)} ${one.outerHTML.slice(0, 110)}`)
}"""


def small_targets(page, least=48):
    """What is in sight on the whole page and can be pressed or typed into, and that a finger would miss."""
    return page.evaluate(TARGETS, least)


def larger_text(page, size=150):
    """The person's size of text, in per cent, without the trip through the account."""
    page.evaluate("size => { document.documentElement.dataset.text = size }", str(size))


def colliding(page, selector, apart=4):
    """Words (of the elements found) that stand nearer to each other than `apart` px, or outside of the screen."""
    return page.evaluate(
        """([selector, apart]) => {
          const words = (one) => one.textContent.trim().replace(/\\s+/g, " ")
          const boxOf = (one) => {
            const range = document.createRange()
            range.selectNodeContents(one)
            return range.getBoundingClientRect()
          }
          const seen = [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length)
          const all = seen.map((one) => [boxOf(one), words(one)])
          const beside = (a, b) => a.left < b.right + apart && b.left < a.right + apart
          const near = (a, b) => beside(a, b) && a.top < b.bottom && b.top < a.bottom
          const cut = all.filter(([a]) => a.left < 0 || a.right > innerWidth).map(([, word]) => word)
          const pairs = all.flatMap((one, i) => all.slice(i + 1).map((other) => [one, other]))
          return [...cut, ...pairs.filter(([[a], [b]]) => near(a, b)).map(([[, a], [, b]]) => `${a} | ${b}`)]
        }""",
        [selector, apart],
    )


SYLLABLES = """() => {
  const found = [], range = document.createRange()
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement
    if (!node.data.trim() || parent.offsetWidth <= 1 || !parent.getClientRects().length) continue
    for (const { 0: word, index } of node.data.matchAll(/[\\p{L}\\p{M}]+/gu)) {
      if (word.length > 12) continue
      range.setStart(node, index)
      range.setEnd(node, index + word.length)
      const boxes = [...range.getClientRects()].filter(({ width }) => width > 0)
      if (boxes.some(({ top }) => top > boxes[0].bottom - 2)) found.push(`${word}: ${node.data.trim().slice(0, 60)}`)
    }
  }
  return found
}"""


def broken_syllables(page):
    """Words of a Vietnamese syllable's length that stand on two lines (what is longer may have to break)."""
    return page.evaluate(SYLLABLES)


def drag(page, grip, target, arrived):
    """Take `grip` with the mouse to just below the top of `target`; let go once `arrived()` is true on the screen."""
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), target.bounding_box()
    x, y = start["x"] + min(8, start["width"] / 2), start["y"] + start["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + (8 if end["y"] > y else -8), steps=4)
    for n in range(100):
        page.mouse.move(end["x"] + 8, end["y"] + 4 + n % 4, steps=6)
        if arrived():
            break
        page.wait_for_timeout(100)
    page.mouse.up()


def still(page):
    """Wait until nothing fades or slides any more (what turns for ever is left alone)."""
    page.evaluate(
        """() => Promise.allSettled(document.getAnimations()
          .filter((one) => one.effect.getComputedTiming().endTime < 60000).map((one) => one.finished))"""
    )


def barriers(page):
    """What axe finds that keeps somebody out, by every rule it has: id and the elements."""
    still(page)
    found = Axe().run(page)
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found.response["violations"]]


def frames(page, number=2):
    """Let the page draw so often: what it does about an event after the event is done then."""
    page.evaluate(
        "async (n) => { for (let i = 0; i < n; i++) await new Promise((done) => requestAnimationFrame(done)) }", number
    )


def eventually(page, true, seconds=30):
    """Wait until something is true that the server knows; where `true` asserts it, what it saw last is told."""
    seen = AssertionError("it did not come to that")
    for _ in range(seconds * 20):
        try:
            if true():
                return
        except AssertionError as problem:
            seen = problem
        page.wait_for_timeout(50)
    raise seen


PLAN = "Thông qua Kế hoạch chuyển đổi số năm 2027"


def everybody_in(room):
    for username in ("an", "em", "phuong", "ich", "dung"):
        room.person(username).does("check_in", mode="onsite")


def write_ballot(page, question, secret=False, opens=True):
    page.click(".desk-start")
    page.click("ballot-desk[wide] .desk-new")
    page.fill("#b-question", question)
    if secret:
        page.click("ballot-form button:has-text('Bỏ phiếu kín')")
    page.click(f"ballot-form [value={'open' if opens else 'save'}]")
