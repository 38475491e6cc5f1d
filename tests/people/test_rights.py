"""Who may what, over every route of this area."""

import pytest

from meetingroom.auth import guard
from meetingroom.web.errors import Problem

# What somebody who is not signed in may send or see.
OPEN = {"/sign-in", "/sign-out", "/in/<code>", "/first", "/language", "/account/settings", "/api/session"}


def routes(app, start):
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(start):
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield method, rule.rule.replace("<id>", "x").replace("<code>", "x")


def test_the_administration_is_for_administrators(agency):
    found = list(routes(agency.app, "/admin"))
    assert len(found) > 20
    for username in ("mai", "an"):
        browser = agency.browser(username)
        for method, path in found:
            answer = browser.get(path) if method == "GET" else browser.send(path)
            assert answer.status_code == 403, (username, method, path)


def test_a_stranger_is_led_to_the_form(agency):
    browser = agency.browser()
    for method, path in [*routes(agency.app, "/admin"), *routes(agency.app, "/account")]:
        if path in OPEN:
            continue
        answer = browser.get(path) if method == "GET" else browser.send(path, at="/sign-in")
        assert answer.status_code == 302, (method, path)
        assert answer.location.startswith("/sign-in"), (method, path)


def test_no_form_is_taken_without_its_token(agency):
    browser = agency.browser("admin")
    posts = [
        path
        for start in ("/admin", "/account", "/sign", "/language")
        for method, path in routes(agency.app, start)
        if method == "POST" and not path.startswith("/signing/")  # one-time addresses, for a program without a cookie
    ]
    assert len(posts) > 15
    for path in posts:
        assert browser.client.post(path).status_code == 400, path
    assert browser.api("GET", "/api/session").status_code == 200


def test_a_token_of_somebody_elses_session_is_worth_nothing(agency):
    admin, other = agency.browser("admin"), agency.browser("an")
    stolen = other.token("/account")
    path = f"/admin/people/{agency.people['mai']}/deactivate"
    assert admin.client.post(path, data={"csrf_token": stolen}).status_code == 400
    assert agency.user("mai")["active"] == 1


def test_who_is_no_member_learns_nothing_of_a_meeting(agency):
    with agency.context.pool.writing() as db:
        db["members"].insert({"meeting": "m1", "person": agency.people["mai"], "role": "secretary", "site": None})
    for username, meeting, status in (("an", "m1", 404), ("an", "none", 404), ("admin", "m1", 404)):
        with as_user(agency, username), pytest.raises(Problem) as refused:
            guard.require_member(meeting)
        assert (refused.value.code, refused.value.status) == ("not_found", status)
    with as_user(agency, "mai"):
        assert guard.require_member("m1") == "secretary"


def as_user(agency, username):
    """A request of this person, in which `g.user` stands."""
    browser = agency.browser(username)
    cookie = browser.client.get_cookie("meetingroom").value
    return loaded(agency.app.test_request_context("/", headers={"Cookie": f"meetingroom={cookie}"}))


class loaded:
    def __init__(self, context):
        self.context = context

    def __enter__(self):
        self.context.push()
        guard.load()

    def __exit__(self, *_):
        self.context.pop()


def test_the_cookie_tells_a_socket_who_it_is(agency):
    with as_user(agency, "mai"):
        assert guard.user_from_cookie().username == "mai"
    with agency.app.test_request_context("/"):
        assert guard.user_from_cookie() is None


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("/meetings/m1", "/meetings/m1"),
        ("/a?b=c#d", "/a?b=c#d"),
        ("/sign-in?", "/sign-in"),
        (None, "/"),
        ("meetings", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\tevil", "/"),
    ],
)
def test_nobody_is_sent_to_another_site(target, leads_to):
    assert guard.safe_next(target) == leads_to


def test_a_changed_role_counts_at_once(agency):
    browser = agency.browser("mai")
    assert browser.get("/admin/people").status_code == 403
    agency.write(lambda db: db["users"].update(agency.people["mai"], {"role": "admin"}))
    assert browser.get("/admin/people").status_code == 200
