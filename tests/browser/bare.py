"""A <page-view> alone in a browser: the files of static/, pages with marks in their corners, a line of our own.

Nothing is served: Playwright answers every request, so that a test decides what arrives, and when.
"""

import functools
import io
import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from PIL import Image, ImageDraw

STATIC = Path(__file__).parents[2] / "static"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
HOST = "http://room.test"

# The corners of every page: top left, top right, bottom left, bottom right.
CORNERS = {"red": (200, 0, 0), "green": (0, 160, 0), "blue": (0, 0, 200), "violet": (160, 0, 160)}
SHAPES = {"a4": (210, 297), "slide": (320, 180)}
PAPERS = {
    name: {"title": name, "document": name, "item": "i1", "pages": 40, "shape": [[1, *SHAPES[name]]]} for name in SHAPES
}

PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8">
<link rel="stylesheet" href="/static/css/tokens.css"><link rel="stylesheet" href="/static/js/parts/page/page-view.css">
<link rel="stylesheet" href="/static/js/parts/page/page-states.css">
<style>body {margin: 0} .room-stage {position: fixed; top: 0; left: 0; width: 100vw; height: 100vh}</style>
<body class="room"><main class="room-stage"><page-view id="page"></page-view></main>
<script type="module">
import { enter } from "/static/js/meeting/meeting.js"
import "/static/js/parts/page/page-view.js"
class Line extends EventTarget {
  state = "live"
  heard = Date.now()
  clock = { now: () => Date.now() }
  said = []
  sent = []
  open() { this.tell("view", { seq: 1, audience: "members", view: START }) }
  tell(kind, detail) { this.dispatchEvent(new CustomEvent(kind, { detail })) }
  emit(event, body) { this.said.push([event, body]) }
  async send(name, args) {
    this.sent.push([name, args])
    // As the server does: the fact comes as a patch, then the answer has its number.
    if (name === "zoom") window.stage({ rect: args.rect || null })
    if (name === "turn_page") window.stage({ page: args.page, rect: null })
    return { seq: window.seq }
  }
  resync() {}
}
window.line = new Line()
window.meeting = enter({ meeting: "m1", me: { id: "em" } }, { connection: () => window.line })
window.seq = 1
window.stage = (stage) => window.line.tell("patch", { seq: ++window.seq, patch: { stage } })
window.ready = true
</script>"""

COUNT = """
window.alive = 0; window.most = 0
// Playwright's answers are in no cache.
const ask = window.fetch
window.fetch = (url, how = {}) => (how.cache === "only-if-cached" ? Promise.reject(new TypeError()) : ask(url, how))
const make = window.createImageBitmap
window.createImageBitmap = async (...given) => {
  const bitmap = await make(...given)
  const close = bitmap.close.bind(bitmap)
  let open = true
  bitmap.close = () => { if (open) { open = false; window.alive -= 1 } close() }
  window.alive += 1
  window.most = Math.max(window.most, window.alive)
  return bitmap
}
"""


def until(page, true, seconds=15):
    """Wait until something is true that the browser does not know of."""
    for _ in range(seconds * 20):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come to that")


class Bare:
    """The page under test. `asked` are the pictures it fetched; `away` pages do not arrive, nor do `silent` ones, and
    nobody says so of those."""

    def __init__(self, page, stage=None, me_holds=False):
        self.page, self.asked, self.away, self.silent = page, [], set(), set()
        self.bundles = None  # or the numbers of those that were asked for
        self.start = {
            "meeting": {"id": "m1", "title": "Họp", "status": "live"},
            "papers": PAPERS,
            "stage": {"kind": "title", "since": 0, **({"holder": "em"} if me_holds else {}), **(stage or {})},
        }
        page.add_init_script(COUNT)
        page.route(f"{HOST}/**", self.answer)
        page.goto(f"{HOST}/")
        page.wait_for_function("() => window.ready")

    def answer(self, route):
        where = urlsplit(route.request.url)
        if where.path == "/":
            html = PAGE.replace("START", json.dumps(self.start))
            route.fulfill(body=html, content_type="text/html")
        elif where.path.startswith("/static/"):
            path = STATIC / where.path.removeprefix("/static/")
            route.fulfill(body=path.read_bytes(), content_type=TYPES[path.suffix])
        elif where.path.startswith("/documents/"):
            _, _, document, _, name = where.path.split("/")
            if name.startswith("bundle-"):
                return self.bundle(route, document, int(name.removeprefix("bundle-")))
            n, width = int(name.removesuffix(".webp")), int(parse_qs(where.query)["w"][0])
            self.asked.append((document, n, width))
            if (document, n) in self.silent:
                return  # nothing comes, and nothing says so
            if (document, n) in self.away:
                route.fulfill(status=404)
            else:
                route.fulfill(body=picture(document, n, width), content_type="image/webp")
        else:
            route.fulfill(status=404)

    def bundle(self, route, document, number):
        if self.bundles is None:
            return route.fulfill(status=404)
        self.bundles.append(number)
        pictures = {n: picture(document, n, 1920) for n in range(number * 32 + 1, min(40, number * 32 + 32) + 1)}
        head = json.dumps([[n, len(data)] for n, data in pictures.items()]).encode()
        return route.fulfill(body=head + b"\n" + b"".join(pictures.values()), content_type="application/octet-stream")

    def show(self, paper, page, **more):
        """The chair shows a page; returns when the whole picture is on the screen."""
        stage = {"kind": "page", "paper": paper, "document": paper, "page": page, "pages": 40, "rect": None, **more}
        self.page.evaluate("stage => window.stage(stage)", stage)
        return self

    def settled(self):
        """Wait until the page and its neighbours are decoded and drawn."""
        self.page.wait_for_function(
            """() => { const { shown, pictures } = document.getElementById("page")
              if (!shown) return false
              const { document: name, page, pages } = shown
              const around = [page - 1, page, page + 1].filter((n) => n >= 1 && n <= pages)
              return around.every((n) => pictures.state(name, n) !== "loading") && pictures.full(name, page) }"""
        )
        self.frames()
        return self

    def frames(self):
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def said(self, event):
        return [body for kind, body in self.page.evaluate("() => window.line.said") if kind == event]

    def sent(self):
        return self.page.evaluate("() => window.line.sent")

    def colour(self, x, y):
        """The name of what is painted at a point of the screen (CSS pixels): a corner's, "page", or "" for nothing."""
        red, green, blue, alpha = self.page.evaluate(
            """([x, y]) => { const canvas = document.querySelector("canvas"), dots = canvas.width / canvas.clientWidth
              const at = [Math.round(x * dots), Math.round(y * dots)]
              return [...canvas.getContext("2d").getImageData(...at, 1, 1).data] }""",
            [x, y],
        )
        if alpha < 128:
            return ""
        for name, (r, g, b) in CORNERS.items():
            if abs(r - red) + abs(g - green) + abs(b - blue) < 90:
                return name
        return "page"


@functools.lru_cache(maxsize=300)
def picture(document, n, width):
    """A white page with coloured corners (a tenth of the short side) and a grey that grows with its number."""
    w, h = SHAPES[document]
    w, h = round(width * w / max(w, h)), round(width * h / max(w, h))
    image = Image.new("RGB", (w, h), "white")
    draw, mark = ImageDraw.Draw(image), min(w, h) // 10
    red, green, blue, violet = CORNERS.values()
    draw.rectangle((0, 0, mark, mark), fill=red)
    draw.rectangle((w - mark, 0, w, mark), fill=green)
    draw.rectangle((0, h - mark, mark, h), fill=blue)
    draw.rectangle((w - mark, h - mark, w, h), fill=violet)
    grey = 250 - n * 5
    draw.rectangle((w * 0.4, h * 0.4, w * 0.6, h * 0.6), fill=(grey, grey, grey))
    out = io.BytesIO()
    image.save(out, "webp", quality=90)
    return out.getvalue()
