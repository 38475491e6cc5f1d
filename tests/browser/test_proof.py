"""Success is the server's own answer and nothing else: what else answers proves nothing, loses nothing, and is told."""

import pytest
from playwright.sync_api import expect

from tests.browser.bare import Bare
from tests.browser.conftest import in_step
from tests.browser.test_conduct import opened_ballot
from tests.browser.test_engine import post_commands

PORTAL = "<!doctype html><title>Wi-Fi</title><h1>Đăng nhập Wi-Fi khách</h1>"

# What may come in the place of the answer to a command: none of it proves anything.
NO_PROOF = {
    "a sign-in page of the network": {"status": 200, "content_type": "text/html", "body": PORTAL},
    "a sign-in page that calls itself JSON": {"status": 200, "content_type": "application/json", "body": PORTAL},
    "a way to elsewhere": {"status": 302, "headers": {"Location": "/portal"}},
    "half an answer": {"status": 200, "content_type": "application/json", "body": '{"seq": 1'},
    "JSON of another shape": {"status": 200, "content_type": "application/json", "body": '{"status": "ok"}'},
    "a number that is none": {"status": 200, "content_type": "application/json", "body": '{"seq": "12"}'},
    "no body": {"status": 204},
    "a proxy's refusal": {"status": 403, "content_type": "text/html", "body": "<h1>Blocked</h1>"},
    "a proxy's trouble": {"status": 500, "content_type": "text/html", "body": "<h1>Proxy error</h1>"},
    "a network that wants a sign-in": {"status": 511, "content_type": "text/html", "body": PORTAL},
}


@pytest.mark.parametrize("kind", NO_PROOF)
def test_a_command_is_sent_again_with_the_same_number_until_the_server_itself_answers(screen, kind):
    bare = Bare(screen())
    posted = post_commands(bare, lambda body, n: (200, {"seq": 7}))
    seen = []

    def first(route):
        seen.append(route.request.post_data_json["id"])
        route.fulfill(**NO_PROOF[kind]) if len(seen) == 1 else route.fallback()

    bare.page.route("**/api/meetings/m1/commands", first)
    assert bare.page.evaluate("() => window.send('cast_vote', { ballot: 'b1', choice: ['yes'] })") == [
        "done",
        {"seq": 7},
    ]
    assert [body["id"] for body in posted] == seen[1:]
    assert len(set(seen)) == 1


def test_nothing_is_known_to_be_done_or_undone_on_the_word_of_somebody_else(screen):
    bare = Bare(screen())
    page = bare.page
    page.clock.install()
    page.route("**/api/meetings/m1/commands", lambda route: route.fulfill(**NO_PROOF["a sign-in page of the network"]))
    fate = {"status": 200, "content_type": "text/html", "body": PORTAL}
    page.route("**/api/meetings/m1/commands/*", lambda route: route.fulfill(**fate))
    page.evaluate(
        """async () => { const { CommandQueue } = await import("/static/js/meeting/command-queue.js")
          window.queue = new CommandQueue("/api/meetings/m1/commands", () => { window.out = true })
          window.queue.send("record_note", {}).then(() => { window.end = "saved" },
            ({ code, message }) => { window.end = [code, message] }) }"""
    )
    for _ in range(60):
        if page.evaluate("() => window.end"):
            break
        page.clock.fast_forward(1000)
        page.wait_for_timeout(20)
    code, message = page.evaluate("() => window.end")
    assert code == "not_known"
    assert "Something else answered" in message
    for status in (200, 404):
        fate["status"] = status
        assert page.evaluate("() => window.queue.settle()") == []
    fate |= {"status": 404, "content_type": "application/json", "body": '{"error": {"code": "not_found"}}'}
    assert [one["done"] for one in page.evaluate("() => window.queue.settle()")] == [False]


def test_a_page_of_html_is_no_picture_and_no_bundle(screen):
    page = Bare(screen()).page
    page.route("**/documents/**", lambda route: route.fulfill(status=200, content_type="text/html", body=PORTAL))
    ask = """async (url) => Boolean(await (await import("/static/js/pages/page-files.js")).picture(url))"""
    assert page.evaluate(ask, "/documents/d1/pages/1.webp?w=1920") is False
    assert page.evaluate(ask, "/documents/d1/pages/bundle-0") is False


def behind_a_portal(page, path="**/commands"):
    """The network answers in place of the server; returns how to sign in to the network."""
    page.route(path, lambda route: route.fulfill(**NO_PROOF["a sign-in page of the network"]))
    return lambda: page.unroute(path)


def test_a_vote_behind_a_portal_is_not_taken_and_then_taken_once(opened, enter):
    ballot = opened_ballot(opened)
    em = enter(opened, "em")
    through = behind_a_portal(em)
    card = em.locator("ballot-card")
    card.get_by_text("Tán thành", exact=True).click()
    with em.expect_response("**/commands"):
        card.get_by_role("button", name="Xác nhận: Tán thành").click()
    with em.expect_response("**/commands"):
        pass
    expect(card.locator(".ballot-mine")).to_have_count(0)
    assert not opened.person("em").me()["ballots"][ballot]["voted"]
    through()
    expect(card.locator(".ballot-mine")).to_contain_text("Tán thành")
    assert opened.person("em").me()["ballots"][ballot]["choices"] == ["yes"]


def test_a_note_behind_a_portal_is_kept_and_then_saved(opened, enter):
    mai = enter(opened, "mai", view="secretary")
    through = behind_a_portal(mai, "**/notes/*")
    with mai.expect_response("**/notes/*"):
        mai.locator("note-editor .note-text").fill("Đồng chí An kết luận.")
    expect(mai.locator("note-editor")).not_to_contain_text("Đã lưu")
    mai.reload()
    in_step(mai)
    expect(mai.locator("note-editor .note-text")).to_have_text("Đồng chí An kết luận.")
    through()
    expect(mai.locator("note-editor")).to_contain_text("Đã lưu", timeout=30000)


def test_a_file_is_sent_when_the_server_says_so_and_sent_again_as_the_same_one(screen):
    page, posted = Bare(screen()).page, []

    def take(route):
        if route.request.method == "GET":
            return route.fulfill(json={"documents": [], "kinds": ["pdf"], "worker": True})
        posted.append(route.request.post_data.split('name="id"')[1].split("\r\n")[2])
        return route.fulfill(**NO_PROOF["a sign-in page of the network"]) if len(posted) == 1 else route.fulfill(
            status=202, json={"id": "d1", "status": "processing"}
        )  # fmt: skip

    page.route("**/api/meetings/m1/documents", take)
    page.evaluate(
        """async () => { const { Uploads } = await import("/static/js/parts/prepare/uploads.js")
          window.files = new Uploads("m1")
          window.files.add("i1", [new File(["%PDF-1.7"], "a.pdf")]) }"""
    )
    page.wait_for_function("() => window.files.sending[0]?.problem")
    assert page.evaluate("() => window.files.sending[0].final") is False
    page.evaluate("() => window.files.again(window.files.sending[0])")
    page.wait_for_function("() => window.files.sending.length === 0")
    assert len(posted) == 2
    assert posted[0] == posted[1]
