"""A page on every size of screen: whole, in the same place for all, at once, and never many in memory."""

import pytest
from playwright.sync_api import expect

from tests.browser.bare import PAPERS, SHAPES, Bare, until

SIZES = [(1280, 800, 1), (1024, 768, 2), (390, 844, 3), (844, 390, 2), (1920, 1080, 1)]
RECTS = [[0, 0, 0.5, 0.25], [0.3, 0.4, 0.2, 0.2], [0.5, 0.75, 0.5, 0.25], [0, 0.1, 1, 0.1]]

# Where a rectangle of the page lies on the screen, by the same reckoning that paints it.
WHERE = """async ([x, y, w, h]) => {
  const { size } = document.getElementById("page").shown
  const { around } = await import("/static/js/pages/camera.js")
  const camera = around({ w: innerWidth, h: innerHeight }, size, [x, y, w, h])
  const [across, down] = [size.w * camera.scale, size.h * camera.scale]
  return [camera.x + x * across, camera.y + y * down, w * across, h * down]
}"""


SAYS = "state => { window.line.state = state; window.line.tell('state', state) }"


def fitted(paper, width, height):
    """Where the whole page must lie: (x, y, w, h)."""
    w, h = SHAPES[paper]
    scale = min(width / w, height / h)
    return (width - w * scale) / 2, (height - h * scale) / 2, w * scale, h * scale


@pytest.mark.parametrize("paper", ["a4", "slide"])
@pytest.mark.parametrize(("width", "height", "dots"), SIZES)
def test_a_page_is_whole_in_the_middle_and_as_large_as_can_be(screen, paper, width, height, dots):
    bare = Bare(screen(width, height, dots)).show(paper, 7).settled()
    x, y, w, h = fitted(paper, width, height)
    assert bare.colour(x + 4, y + 4) == "red"
    assert bare.colour(x + w - 4, y + 4) == "green"
    assert bare.colour(x + 4, y + h - 4) == "blue"
    assert bare.colour(x + w - 4, y + h - 4) == "violet"
    if x > 4:
        assert (bare.colour(x - 3, height / 2), bare.colour(x + w + 3, height / 2)) == ("", "")
    if y > 4:
        assert (bare.colour(width / 2, y - 3), bare.colour(width / 2, y + h + 3)) == ("", "")


@pytest.mark.parametrize("paper", ["a4", "slide"])
@pytest.mark.parametrize(("width", "height", "dots"), SIZES)
def test_what_the_holder_points_out_is_never_cropped(screen, paper, width, height, dots):
    bare = Bare(screen(width, height, dots)).show(paper, 7)
    for rect in RECTS:
        bare.show(paper, 7, rect=rect).settled()
        x, y, w, h = bare.page.evaluate(WHERE, rect)
        assert min(x, y) >= -0.5, rect
        assert (x + w <= width + 0.5, y + h <= height + 0.5) == (True, True), rect
        assert abs(w - width) < 1 or abs(h - height) < 1, "as large as the box allows"


def test_a_corner_that_is_pointed_out_is_painted_where_it_must_be(screen):
    """The top left tenth of an upright page, as wide as the screen: the red mark, from edge to edge."""
    bare = Bare(screen(1000, 500)).show("a4", 7, rect=[0, 0, 0.1, 0.1 * 210 / 297]).settled()
    assert bare.colour(260, 10) == bare.colour(740, 490) == "red"


def test_the_same_rectangle_still_fits_after_the_tablet_is_turned(screen):
    page = screen(1024, 768)
    bare = Bare(page).show("slide", 3).settled()
    page.set_viewport_size({"width": 768, "height": 1024})
    page.wait_for_function("() => document.querySelector('canvas').width === 768")
    x, y, w, h = fitted("slide", 768, 1024)
    assert (bare.colour(x + 4, y + 4), bare.colour(x + w - 4, y + h - 4)) == ("red", "violet")


def test_at_most_three_whole_pictures_are_alive(screen):
    bare = Bare(screen(dots=2)).show("a4", 1).settled()
    for n in [2, 3, 4, 5, 4, 3, 30, 31, 30, 12, 40, 1]:
        bare.show("a4", n).settled()
    bare.show("slide", 5, rect=[0, 0, 0.3, 0.3]).settled()
    until(bare.page, lambda: ("slide", 5, 2880) in bare.asked)
    bare.show("slide", 6).settled()
    assert bare.page.evaluate("() => window.most") == 3
    bare.page.evaluate("() => window.stage({ kind: 'title', paper: null, page: null, pages: null, document: null })")
    bare.page.wait_for_function("() => window.alive === 0")


def test_turning_to_the_next_page_needs_no_network(screen):
    page = screen()
    Bare(page).show("a4", 7).settled()
    page.context.set_offline(True)
    at_once = page.evaluate(
        """async () => {
          window.stage({ page: 8 })
          await null
          await null
          const view = document.getElementById("page")
          return [view.shown.page, Boolean(view.pictures.full("a4", 8)), view.querySelector("canvas").ariaBusy]
        }"""
    )
    assert at_once == [8, True, "false"]


def test_the_small_picture_stands_in_until_the_page_has_come(screen):
    bare = Bare(screen())
    held = []
    bare.page.route("**/pages/30.webp?w=1920", lambda route: held.append(route))
    bare.show("a4", 30)
    bare.page.wait_for_function("() => document.getElementById('page').pictures.thumb('a4', 30)")
    bare.frames()
    x, y, _, _ = fitted("a4", 1280, 800)
    assert bare.colour(x + 4, y + 4) == "red", "the small one, scaled"
    assert {"paper": "a4", "page": 30} not in bare.said("painted"), "that is not yet the page"
    held[0].fallback()
    bare.settled()
    assert bare.said("painted")[-1] == {"paper": "a4", "page": 30}


def test_what_is_painted_is_said_once_and_only_of_the_page_on_the_stage(screen):
    bare = Bare(screen()).show("a4", 7).settled()
    bare.show("a4", 7, rect=[0, 0, 0.5, 0.5]).settled()
    assert bare.said("painted") == [{"paper": "a4", "page": 7}]
    bare.page.evaluate("() => { document.getElementById('page').browse = { paper: 'slide', page: 3 } }")
    bare.settled()
    bare.show("a4", 8)
    bare.frames()
    painted = bare.said("painted")[1:]
    assert painted, "that its reader looks elsewhere is told"
    assert all(one.get("browsing") for one in painted), "browsing elsewhere is not being on the page"
    bare.page.evaluate("() => { document.getElementById('page').browse = undefined }")
    bare.settled()
    assert bare.said("painted")[-1] == {"paper": "a4", "page": 8}


def test_a_page_that_does_not_arrive_can_be_asked_for_again(screen):
    bare = Bare(screen())
    bare.away.add(("a4", 9))
    bare.show("a4", 9)
    bare.page.get_by_role("button", name="Try again").wait_for()
    assert "9" in bare.page.inner_text("page-view")
    bare.away.clear()
    bare.page.get_by_role("button", name="Try again").click()
    bare.settled()
    assert bare.page.get_by_role("button", name="Try again").count() == 0


def test_a_page_that_does_not_arrive_comes_by_itself_when_the_line_is_back(screen):
    bare = Bare(screen())
    bare.away.add(("a4", 9))
    bare.show("a4", 9)
    bare.page.get_by_role("button", name="Try again").wait_for()
    bare.away.clear()
    bare.page.evaluate("() => window.line.tell('state', 'live')")
    bare.settled()


def test_the_holder_magnifies_for_everybody(screen):
    bare = Bare(screen(), me_holds=True).show("a4", 7).settled()
    bare.page.mouse.move(640, 400)
    bare.page.mouse.wheel(0, -700)
    bare.page.wait_for_function("() => window.line.sent.length")
    [[name, args]] = bare.sent()
    x, y, w, h = args["rect"]
    assert name == "zoom"
    assert min(x, y) >= 0
    assert max(x + w, y + h) <= 1.0001
    assert h < 0.6
    assert abs(x + w / 2 - 0.5) < 0.05, "around the middle, where the wheel was turned"
    bare.page.locator(".whole-page").click()
    bare.page.wait_for_function("() => window.line.sent.length === 2")
    assert bare.sent()[1] == ["zoom", {}]


def test_a_new_version_takes_the_glass_when_its_picture_is_here_and_nobody_sees_white(screen):
    bare = Bare(screen()).show("a4", 3).settled()
    left, top = bare.page.evaluate("() => { const { x, y } = document.getElementById('page').camera; return [x, y] }")
    held = []
    bare.page.route("**/documents/slide/pages/**", lambda route: held.append(route))
    bare.page.evaluate(
        """([paper]) => window.line.tell("patch", { seq: ++window.seq, patch: {
          papers: { a4: { ...paper, version: 2, versions: [{ document: "a4", pages: 40 }] } },
          stage: { document: "slide" } } })""",
        [{**PAPERS["slide"], "title": "a4"}],
    )
    expect(bare.page.locator(".page-version")).to_have_text("Version 2 is being fetched …")
    until(bare.page, lambda: held)
    # However slow the line is.
    bare.page.evaluate("""() => { const now = performance.now.bind(performance); performance.now = () => now() + 60000
      document.getElementById("page").redraw() }""")
    bare.frames()
    assert bare.colour(left + 10, top + 10) == "red", "the page of the version before"
    bare.page.unroute("**/documents/slide/pages/**")
    for route in held:
        bare.answer(route)
    bare.settled()
    expect(bare.page.locator(".page-version")).to_have_count(0)
    left, top = bare.page.evaluate("() => { const { x, y } = document.getElementById('page').camera; return [x, y] }")
    assert left < 10
    assert bare.colour(left + 10, top + 10) == "red"


CAMERA = """() => { const view = document.getElementById("page"), { camera, shown: { size } } = view
  const wide = size.w * camera.scale / view.clientWidth
  return { wide, x: camera.x, y: camera.y, near: view.near, held: view.wide } }"""


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 768)])
@pytest.mark.parametrize("way", ["button", "key"])
def test_fit_width_stays_over_turns_and_a_reload_of_this_paper_alone(screen, width, height, way):
    bare = Bare(screen(width, height)).show("a4", 7).settled()
    bare.page.locator(".fit-width").click() if way == "button" else bare.page.keyboard.press("w")
    for page in (7, 8, 9):
        bare.show("a4", page).settled()
        at = bare.page.evaluate(CAMERA)
        assert (round(at["wide"], 2), round(at["y"]), at["held"]) == (1, 0, True), page
        assert (bare.colour(4, 4), bare.colour(width - 4, 4)) == ("red", "green"), "from its top, from edge to edge"
    bare.show("slide", 1).settled()
    assert not bare.page.evaluate(CAMERA)["near"], "another paper is read as it was"
    bare.page.reload()
    bare.page.wait_for_function("() => window.ready")
    bare.show("a4", 12).settled()
    assert round(bare.page.evaluate(CAMERA)["wide"], 2) == 1
    assert bare.sent() == []
    bare.page.locator(".whole-page").click() if way == "button" else bare.page.keyboard.press("w")
    bare.show("a4", 13).settled()
    assert not bare.page.evaluate(CAMERA)["near"], "and whole again, until it is asked for"


def test_a_page_as_wide_as_the_screen_is_moved_up_and_turned_across(screen):
    page = screen(1024, 768, fingers=True)
    bare = Bare(page).show("a4", 7).settled()
    page.evaluate("() => { document.getElementById('page').browse = { paper: 'a4', page: 20 } }")
    bare.settled()
    page.keyboard.press("w")
    page.keyboard.press("ArrowDown")
    moved = page.evaluate(CAMERA)["y"]
    assert moved < -200
    page.mouse.move(500, 400)
    page.mouse.wheel(0, 100)
    assert page.evaluate(CAMERA)["y"] < moved - 50
    assert round(page.evaluate(CAMERA)["wide"], 2) == 1, "the wheel moves it and does not magnify"
    touch = page.context.new_cdp_session(page)
    for kind, x in [("touchStart", 800), ("touchMove", 600), ("touchMove", 400), ("touchEnd", None)]:
        points = [] if x is None else [{"x": x, "y": 400}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_function("() => document.getElementById('page').shown.page === 21")
    assert round(page.evaluate(CAMERA)["y"]) == 0, "the next page begins at its top"


def test_a_holder_reads_as_wide_as_the_screen_and_nobody_else_sees_it(screen):
    bare = Bare(screen(), me_holds=True).show("a4", 7).settled()
    bare.page.keyboard.press("w")
    bare.page.keyboard.press("ArrowDown")
    bare.page.mouse.move(640, 400)
    bare.page.mouse.wheel(0, 200)
    bare.show("a4", 8).settled()
    assert round(bare.page.evaluate(CAMERA)["wide"], 2) == 1
    bare.page.wait_for_timeout(400)  # the time after which a wheel has come to rest
    assert bare.sent() == []
    bare.show("a4", 8, rect=[0, 0, 0.5, 0.5]).settled()
    assert not bare.page.evaluate(CAMERA)["held"], "what is pointed out is seen by the holder as by everybody"
    bare.show("a4", 8).settled()
    assert bare.page.evaluate(CAMERA)["held"]


def test_a_frame_drawn_on_a_page_as_wide_as_the_screen_is_the_part_that_is_seen(screen):
    bare = Bare(screen(1000, 700), me_holds=True).show("a4", 7).settled()
    bare.page.keyboard.press("w")
    bare.page.evaluate(
        """async () => { const { ZoomFrame } = await import("/static/js/parts/stage/zoom-frame.js")
          const view = document.getElementById("page")
          new ZoomFrame(view, (rect) => { window.drawn = rect }) }"""
    )
    cover = bare.page.locator(".zoom-cover")
    cover.evaluate("one => Object.assign(one.style, { position: 'absolute', inset: 0 })")
    bare.page.locator(".zoom-words").evaluate("one => { one.hidden = true }")
    bare.page.mouse.move(100, 100)
    bare.page.mouse.down()
    bare.page.mouse.move(600, 400, steps=4)
    bare.page.mouse.up()
    x, y, w, h = bare.page.evaluate("() => window.drawn")
    tall = 1000 * 297 / 210
    assert [round(n, 2) for n in (x, y, w, h)] == [0.1, round(100 / tall, 2), 0.5, round(300 / tall, 2)]


def test_what_one_has_magnified_is_kept_for_the_paper(screen):
    bare = Bare(screen()).show("a4", 7).settled()
    bare.page.mouse.dblclick(640, 200)
    bare.page.wait_for_function("() => document.getElementById('page').near")
    before = bare.page.evaluate(CAMERA)
    bare.show("a4", 8).settled()
    after = bare.page.evaluate(CAMERA)
    assert (round(after["wide"], 2), round(after["x"])) == (round(before["wide"], 2), round(before["x"]))
    bare.page.reload()
    bare.page.wait_for_function("() => window.ready")
    bare.show("a4", 9).settled()
    assert round(bare.page.evaluate(CAMERA)["wide"], 2) == round(before["wide"], 2)
    bare.show("slide", 2).settled()
    assert not bare.page.evaluate(CAMERA)["near"]
    assert bare.sent() == []


def test_what_lies_in_the_browser_from_another_program_does_no_harm(screen):
    bare = Bare(screen())
    bare.page.evaluate("""() => localStorage.setItem("zoom/m1/em", '[["a4", {"by": "x"}], 5, ["a4", null], {}]')""")
    bare.page.reload()
    bare.page.wait_for_function("() => window.ready")
    bare.show("a4", 7).settled()
    assert not bare.page.evaluate(CAMERA)["near"]


def test_others_magnify_for_themselves(screen):
    bare = Bare(screen(dots=2)).show("a4", 7).settled()
    bare.page.mouse.move(640, 400)
    bare.page.mouse.dblclick(640, 400)
    bare.page.wait_for_function("() => document.getElementById('page').near")
    until(bare.page, lambda: ("a4", 7, 2880) in bare.asked)
    assert bare.sent() == []
    bare.page.locator(".whole-page").click()
    bare.show("a4", 8).settled()
    assert not bare.page.evaluate("() => document.getElementById('page').near")


def test_a_pinch_magnifies_and_a_drag_moves(screen):
    page = screen(1024, 768, 2, fingers=True)
    bare = Bare(page).show("a4", 7).settled()
    touch = page.context.new_cdp_session(page)

    def fingers(kind, *places):
        points = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(places)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", (480, 384), (544, 384))
    for step in range(1, 9):
        fingers("touchMove", (480 - step * 20, 384), (544 + step * 20, 384))
    fingers("touchEnd")
    page.wait_for_function("() => document.getElementById('page').near")
    x, y, _, _ = fitted("a4", 1024, 768)
    assert bare.colour(x + 4, y + 4) != "red", "the corner has gone out of sight"
    for _ in range(3):
        fingers("touchStart", (100, 60))
        for step in range(1, 15):
            fingers("touchMove", (100 + step * 50, 60 + step * 45))
        fingers("touchEnd")
    bare.frames()
    assert bare.colour(6, 6) == "red", "dragged to the top left corner, and no farther"


def test_a_swipe_turns_the_page_one_is_browsing(screen):
    page = screen(390, 844, 2, fingers=True)
    bare = Bare(page).show("a4", 7)
    page.evaluate("() => { document.getElementById('page').browse = { paper: 'a4', page: 20 } }")
    bare.settled()
    touch = page.context.new_cdp_session(page)
    for kind, x in [("touchStart", 300), ("touchMove", 200), ("touchMove", 120), ("touchEnd", None)]:
        points = [] if x is None else [{"x": x, "y": 400}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_function("() => document.getElementById('page').shown.page === 21")
    assert bare.sent() == []


def test_who_turns_twice_at_once_has_the_pages_beside_the_second_one(screen):
    bare = Bare(screen()).show("a4", 2).show("a4", 3)
    wide = lambda: sorted(n for _, n, width in bare.asked if width == 1920)  # noqa: E731
    until(bare.page, lambda: 4 in wide())
    bare.settled()
    assert wide() == [2, 3, 4], "what stood beside the first one would take the place of what comes next"


def test_a_page_that_is_slow_is_asked_for_once_and_again_on_a_new_line(screen):
    bare = Bare(screen()).show("a4", 2).settled()
    bare.silent.add(("a4", 9))
    bare.show("a4", 9)
    asked = ("a4", 9, 1920)
    until(bare.page, lambda: asked in bare.asked)
    bare.page.wait_for_timeout(3200)
    for state in ("late", "live"):  # its heartbeat waits behind the page
        bare.page.evaluate(SAYS, state)
    bare.page.wait_for_timeout(300)
    assert bare.asked.count(asked) == 1
    bare.silent.clear()
    for state in ("offline", "live"):
        bare.page.evaluate(SAYS, state)
    bare.settled()
    assert bare.asked.count(asked) == 2


def test_the_whole_paper_is_fetched_when_there_is_nothing_else_to_do(screen):
    page = screen()
    page.add_init_script("Math.random = () => 0")
    bare = Bare(page).show("a4", 7).settled()
    until(page, lambda: {n for _, n, width in bare.asked if width == 1920} == set(range(1, 41)))
    fetched = [n for _, n, width in bare.asked if width == 1920]
    assert fetched.index(9) < fetched.index(1), "what comes next first"


def test_the_whole_paper_comes_in_two_bundles_and_is_turned_without_asking(screen):
    page = screen()
    page.add_init_script("Math.random = () => 0")
    bare = Bare(page)
    bare.bundles = []
    bare.show("a4", 35).settled()
    until(page, lambda: bare.bundles == [1, 0])  # the one with the page that is looked at first
    page.wait_for_timeout(500)
    asked = [n for _, n, width in bare.asked if width == 1920]
    assert sorted(asked) == [34, 35, 36], "nothing is fetched twice"
    for n in (1, 20, 40, 33):
        bare.show("a4", n).settled()
        x, y, _, _ = fitted("a4", 1280, 800)
        assert bare.colour(x + 4, y + 4) == "red"
    assert [n for _, n, width in bare.asked if width == 1920] == asked
    assert page.evaluate("() => window.most") <= 3
