"""One-time links and the first visit."""

from meetingroom import clock
from meetingroom.auth import account_store
from meetingroom.database import fetch_all
from tests.people.conftest import Browser

GOOD = {
    "agency": "VKSND tỉnh Lạc Giang",
    "name": "Bùi Thị Hạnh",
    "title": "Trưởng phòng",
    "username": "hanhbt",
    "password": "chieu nay hop o dau",
    "again": "chieu nay hop o dau",
}


def who(browser):
    answer = browser.api("GET", "/api/session")
    return answer.json["user"]["username"] if answer.status_code == 200 else None


def test_a_link_asks_and_its_button_signs_in_once(agency):
    link = agency.write(account_store.make_sign_in_link, agency.people["mai"])
    browser = agency.browser()
    assert "Sign in as Lý Thị Mai?" in browser.page(link)
    assert who(browser) is None
    assert browser.send(link, at=link).location == "/"
    assert who(browser) == "mai"
    other = agency.browser()
    assert other.get(link).status_code == 404
    assert other.send(link).status_code == 404
    assert who(other) is None


def test_opening_ones_own_link_again_does_no_harm(agency):
    link = agency.write(account_store.make_sign_in_link, agency.people["mai"])
    browser = agency.browser()
    browser.send(link, at=link)
    assert browser.get(link).location == "/"
    assert who(browser) == "mai"


def test_somebody_else_s_used_link_is_not_taken_for_ones_own(agency):
    link = agency.write(account_store.make_sign_in_link, agency.people["mai"])
    agency.browser().send(link, at=link)
    an = agency.browser("an")
    assert an.get(link).status_code == 404
    assert who(an) == "an"


def test_two_who_press_at_once_are_one(agency):
    link = agency.write(account_store.make_sign_in_link, agency.people["mai"])
    first, second = agency.browser(), agency.browser()
    tokens = [one.token(link) for one in (first, second)]
    for one, token in zip((first, second), tokens, strict=True):
        one.client.post(link, data={"csrf_token": token})
    assert [who(first), who(second)] == ["mai", None]


def test_a_button_of_another_site_signs_nobody_in(agency):
    link = agency.write(account_store.make_sign_in_link, agency.people["mai"])
    browser = agency.browser()
    assert browser.client.post(link).status_code == 400
    assert who(browser) is None
    browser.send(link, at=link)
    assert who(browser) == "mai"


def test_a_link_expires(agency, monkeypatch):
    link = agency.write(account_store.make_sign_in_link, agency.people["mai"], hours=1)
    later = clock.now() + 3_600_001
    monkeypatch.setattr(clock, "now", lambda: later)
    assert agency.browser().get(link).status_code == 404


def test_a_link_of_somebody_deactivated_is_worth_nothing(agency):
    link = agency.write(account_store.make_sign_in_link, agency.people["mai"])
    agency.write(account_store.deactivate, agency.people["mai"])
    agency.write(account_store.reactivate, agency.people["mai"])
    assert agency.browser().get(link).status_code == 404


def test_whoever_only_looks_at_a_link_uses_nothing_up(agency):
    link = agency.write(account_store.make_sign_in_link, agency.people["mai"])
    for kept in ({}, {"User-Agent": "Zalo link preview"}, {"Sec-Purpose": "prefetch;prerender"}):
        assert agency.browser().get(link, **kept).status_code == 200
    browser = agency.browser()
    assert browser.client.head(link).status_code == 200
    assert who(browser) is None
    browser.send(link, at=link)
    assert who(browser) == "mai"


def test_a_link_asks_before_it_signs_somebody_else_out(agency):
    link = agency.write(account_store.make_sign_in_link, agency.people["mai"])
    browser = agency.browser("an")
    assert "Lý Thị Mai" in browser.page(link)
    assert who(browser) == "an"
    browser.send(link, at=link)
    assert who(browser) == "mai"


def test_the_database_holds_no_code(agency):
    link = agency.write(account_store.make_sign_in_link, agency.people["mai"])
    rows = agency.read(fetch_all, "select * from invitations")
    assert link.removeprefix("/in/") not in str(rows)


def first_visit(app):
    browser = Browser(app)
    with app.extensions["meetingroom"].pool.writing() as db:
        code = account_store.make_first_code(db)
    return browser, code


def test_the_first_visitor_with_the_code_founds_the_agency(empty_app):
    browser, code = first_visit(empty_app)
    assert browser.get("/sign-in").location == "/first"
    answer = browser.send("/first", {**GOOD, "code": code}, at="/first")
    assert answer.location == "/start"
    assert who(browser) == "hanhbt"
    assert "VKSND tỉnh Lạc Giang" in browser.page("/admin/units")


def test_the_code_stands_in_the_link_and_nobody_types_it(empty_app):
    browser, code = first_visit(empty_app)
    text = browser.page(f"/first?code={code}")
    assert f'<input type="hidden" name="code" value="{code}">' in text
    assert "Code of the first start" not in text
    assert "Code of the first start" in browser.page("/first"), "without it the page asks"
    long = browser.page(f"/first?code={'x' * 3000}")
    assert f'name="code" value="{"x" * 40}"' in long
    answer = browser.send("/first", {**GOOD, "code": "guessed"}, at=f"/first?code={code}")
    assert "This code is not right" in answer.text, "a wrong one is shown and can be mended"
    assert 'id="code"' in answer.text


def test_the_password_is_typed_once_and_the_user_name_comes_from_the_name(empty_app):
    browser, code = first_visit(empty_app)
    fields = {key: value for key, value in GOOD.items() if key not in ("again", "username")}
    assert browser.send("/first", {**fields, "code": code}, at="/first").location == "/start"
    assert who(browser) == "hanhbt"


def test_after_the_first_visit_the_code_opens_nothing(empty_app):
    browser, code = first_visit(empty_app)
    browser.send("/first", {**GOOD, "code": code}, at="/first")
    other = Browser(empty_app)
    assert other.get("/first").location == "/sign-in"
    assert other.send("/first", {**GOOD, "code": code, "username": "other"}, at="/sign-in").location == "/sign-in"
    assert who(other) is None


def test_without_the_code_nobody_becomes_administrator(empty_app):
    browser, _code = first_visit(empty_app)
    answer = browser.send("/first", {**GOOD, "code": "guessed"}, at="/first")
    assert answer.status_code == 422
    assert "This code is not right" in answer.text
    assert "VKSND tỉnh Lạc Giang" in answer.text
    assert GOOD["password"] not in answer.text
    with empty_app.extensions["meetingroom"].pool.lend() as db:
        assert not account_store.has_users(db)


def test_a_new_start_makes_the_code_of_the_last_one_worthless(empty_app):
    browser, old = first_visit(empty_app)
    _browser, new = first_visit(empty_app)
    assert browser.send("/first", {**GOOD, "code": old}, at="/first").status_code == 422
    assert browser.send("/first", {**GOOD, "code": new}, at="/first").status_code == 302


def test_codes_cannot_be_guessed_at_leisure(empty_app):
    browser, _code = first_visit(empty_app)
    statuses = [browser.send("/first", {**GOOD, "code": f"guess-{n}"}, at="/first").status_code for n in range(8)]
    assert statuses == [422] * 6 + [429] * 2


def test_the_form_of_the_first_visit_names_what_is_wrong(empty_app):
    browser, code = first_visit(empty_app)
    wrong = {**GOOD, "code": code, "username": "Hạnh BT", "again": "other", "agency": " "}
    text = browser.send("/first", wrong, at="/first").text
    for words in ("Only letters without marks", "The two passwords are not the same", "Please fill in this field"):
        assert words in text
