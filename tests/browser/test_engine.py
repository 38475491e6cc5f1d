"""What the browser does with numbers, commands and text fields; on a page of its own, with a line of our own."""

from tests.browser.bare import Bare, until

PATCH = "([seq, patch]) => window.line.tell('patch', { seq, patch })"


def test_patches_count_once_and_in_their_order(screen):
    bare = Bare(screen()).show("a4", 2)
    bare.page.evaluate(PATCH, [4, {"meeting": {"place": "second"}}])
    assert bare.page.evaluate("() => [window.meeting.seq, window.meeting.view.meeting.place || '']") == [2, ""]
    bare.page.evaluate(PATCH, [3, {"meeting": {"place": "first"}}])
    assert bare.page.evaluate("() => [window.meeting.seq, window.meeting.view.meeting.place]") == [4, "second"]
    bare.page.evaluate(PATCH, [3, {"meeting": {"place": "again"}}])
    assert bare.page.evaluate("() => window.meeting.view.meeting.place") == "second", "an old number changes nothing"


def test_a_hole_that_stays_asks_for_the_whole_view(screen):
    bare = Bare(screen())
    bare.page.evaluate("() => { window.asked = []; window.line.resync = (how) => window.asked.push(how) }")
    bare.page.evaluate(PATCH, [9, {"meeting": {"place": "later"}}])
    bare.page.wait_for_function("() => window.asked.length")
    assert bare.page.evaluate("() => window.asked[0]") == {"whole": True}
    bare.page.evaluate(
        "view => window.line.tell('view', { seq: 9, audience: 'members', view })",
        {"meeting": {"place": "now"}, "stage": {}},
    )
    assert bare.page.evaluate("() => [window.meeting.seq, window.meeting.view.meeting.place]") == [9, "now"]


def test_only_those_who_watch_a_slice_are_told_of_it(screen):
    bare = Bare(screen())
    bare.page.evaluate(
        """() => { window.heard = []
          window.meeting.watch(["stage"], () => window.heard.push("stage"))
          const end = new AbortController()
          window.meeting.watch(["papers"], () => window.heard.push("papers"), { signal: end.signal })
          window.heard.length = 0
          window.end = end }"""
    )
    bare.page.evaluate(PATCH, [2, {"stage": {"since": 5}}])
    bare.page.evaluate(PATCH, [3, {"papers": {"a4": {"title": "B"}}}])
    bare.page.evaluate("() => window.end.abort()")
    bare.page.evaluate(PATCH, [4, {"papers": {"a4": {"title": "C"}}}])
    assert bare.page.evaluate("() => window.heard") == ["stage", "papers"]


def test_the_holder_sees_the_page_before_the_server_has_said_so(screen):
    bare = Bare(screen(), me_holds=True).show("a4", 7).settled()
    shown = bare.page.evaluate(
        """() => { window.line.send = () => new Promise((yes, no) => { window.refuse = no })
          window.said = window.meeting.turnTo(8).catch((problem) => problem.message)
          return window.meeting.view.stage.page }"""
    )
    assert shown == 8
    bare.page.evaluate("() => window.refuse(new Error('not the holder'))")
    assert bare.page.evaluate("() => window.said") == "not the holder"
    assert bare.page.evaluate("() => window.meeting.view.stage.page") == 7, "what was refused did not happen"


def test_an_echo_of_an_earlier_turn_does_not_throw_the_holder_back(screen):
    bare = Bare(screen(), me_holds=True).show("a4", 7)
    bare.page.evaluate("() => { window.line.send = () => new Promise(() => {}) }")
    bare.page.evaluate("() => { window.meeting.turnTo(8); window.meeting.turnTo(9) }")
    bare.show("a4", 8)
    assert bare.page.evaluate("() => window.meeting.view.stage.page") == 9


def post_commands(bare, answers):
    """A queue of commands whose POSTs are answered by `answers(name)`; returns what was posted."""
    posted = []

    def answer(route):
        body = route.request.post_data_json
        posted.append(body)
        status, said = answers(body, len(posted))
        if status:
            route.fulfill(status=status, json=said)
        else:
            route.abort()

    bare.page.route("**/api/meetings/m1/commands", answer)
    bare.page.evaluate(
        """async () => { const { CommandQueue } = await import("/static/js/meeting/command-queue.js")
          window.queue = new CommandQueue("/api/meetings/m1/commands", () => { window.out = true })
          window.send = (name, args) => window.queue.send(name, args).then((answer) => ["done", answer],
            ({ code, message }) => ["not", code, message]) }"""
    )
    return posted


def test_pages_nobody_wants_any_more_are_not_sent(screen):
    bare = Bare(screen())
    posted = post_commands(bare, lambda body, n: (200, {"seq": n}))
    answers = bare.page.evaluate("() => Promise.all([2, 3, 4, 5].map((page) => window.send('turn_page', { page })))")
    assert [body["args"]["page"] for body in posted] == [2, 5]
    assert answers[1] == answers[2] == ["done", {"superseded": True}]


def test_a_command_is_tried_again_with_the_same_number_and_what_comes_after_waits(screen):
    bare = Bare(screen())
    posted = post_commands(bare, lambda body, n: (None, None) if n == 1 else (503, {}) if n == 2 else (200, {"seq": n}))
    bare.page.evaluate("() => Promise.all([window.send('check_in', {}), window.send('show_title', {})])")
    assert [body["name"] for body in posted] == ["check_in", "check_in", "check_in", "show_title"]
    assert len({body["id"] for body in posted}) == 2


def test_a_draft_that_nobody_answered_is_the_same_draft_when_its_form_sends_it_again(screen):
    bare = Bare(screen())
    posted = post_commands(bare, lambda body, n: (503, {}) if n == 1 else (200, {"seq": n}))
    bare.page.evaluate(
        """async () => {
          const now = performance.now.bind(performance)
          let ahead = 0
          performance.now = () => now() + ahead
          const sent = window.send("draft_ballot", { question: "A?" })
          ahead = 19_990  // the patience is over after the first try
          await sent
        }"""
    )
    for question in ("A?", "A?", "B?"):
        bare.page.evaluate("question => window.send('draft_ballot', { question })", question)
    assert [body["args"]["question"] for body in posted] == ["A?", "A?", "A?", "B?"]
    first, again, another, other = (body["id"] for body in posted)
    assert first == again, "it is done once"
    assert len({again, another, other}) == 3, "once it was answered, the same words make a new one"


def test_a_refusal_is_not_tried_again(screen):
    bare = Bare(screen())
    said = {"error": {"code": "not_the_holder", "message": "Đồng chí không giữ màn hình."}}
    posted = post_commands(bare, lambda body, n: (409, said))
    assert bare.page.evaluate("() => window.send('turn_page', { page: 2 })") == [
        "not", "not_the_holder", "Đồng chí không giữ màn hình.",
    ]  # fmt: skip
    assert len(posted) == 1


def test_a_lost_session_is_noticed(screen):
    bare = Bare(screen())
    post_commands(bare, lambda body, n: (401, {"error": {"code": "not_signed_in", "message": "…"}}))
    bare.page.evaluate("() => window.send('check_in', {})")
    assert bare.page.evaluate("() => window.out")


PART = """async () => {
  const { Part } = await import("/static/js/parts/core/part.js")
  const { html } = await import("/static/js/lib/html.js")
  customElements.define("test-part", class extends Part {
    watches = ["meeting"]
    draw({ meeting }) { return html`<b>${meeting.place}</b><button>x</button><input .value=${meeting.place || ""}>` }
  })
  document.body.innerHTML = "<test-part></test-part>"
}"""


def test_what_is_being_typed_is_not_drawn_over(screen):
    bare = Bare(screen())
    bare.page.evaluate(PART)
    bare.page.locator("test-part input").fill("đang viết dở")
    bare.page.evaluate(PATCH, [2, {"meeting": {"place": "Hội trường B"}}])
    bare.frames()
    assert bare.page.input_value("test-part input") == "đang viết dở"
    bare.page.locator("test-part button").focus()
    until(bare.page, lambda: bare.page.inner_text("test-part b") == "Hội trường B")


def test_nothing_moves_under_a_finger(screen):
    bare = Bare(screen())
    bare.page.evaluate(PART)
    box = bare.page.locator("test-part button").bounding_box()
    bare.page.mouse.move(box["x"] + 3, box["y"] + 3)
    bare.page.mouse.down()
    bare.page.evaluate(PATCH, [2, {"meeting": {"place": "Hội trường B"}}])
    bare.frames()
    assert bare.page.inner_text("test-part b") == ""
    bare.page.mouse.up()
    until(bare.page, lambda: bare.page.inner_text("test-part b") == "Hội trường B")


def test_a_part_that_stumbles_says_so_and_the_others_go_on(screen):
    bare = Bare(screen()).show("a4", 2)
    bare.page.forgiven.append("test-part")
    bare.page.evaluate(
        """async () => { const { Part } = await import("/static/js/parts/core/part.js")
          customElements.define("test-part", class extends Part {
            watches = ["stage"]
            draw() { throw new Error("oh") }
          })
          document.body.append(document.createElement("test-part")) }"""
    )
    bare.page.locator("test-part [role=alert]").wait_for()
    bare.show("a4", 3).settled()
    assert bare.page.evaluate("() => document.getElementById('page').shown.page") == 3
