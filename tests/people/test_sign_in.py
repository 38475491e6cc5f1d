"""Signing in and out, by the form and by the API."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from meetingroom import clock
from meetingroom.auth import account_store, passwords, sessions, throttle
from tests.people.conftest import PASSWORD

WRONG = "khong phai mat khau"


def api_sign_in(browser, username, password=PASSWORD, header=True):
    return browser.api("POST", "/api/session", {"username": username, "password": password}, header=header)


def cookie(browser):
    found = browser.client.get_cookie("meetingroom")
    return found.value if found else None


def test_the_right_password_signs_in_and_tells_who(agency):
    browser = agency.browser()
    answer = api_sign_in(browser, "mai")
    assert answer.status_code == 200
    user = answer.json["user"]
    assert (user["id"], user["name"], user["role"]) == (agency.people["mai"], "Lý Thị Mai", "organiser")
    assert (user["unit"], user["title"]) == ("Văn phòng", "Chuyên viên Văn phòng")
    assert browser.api("GET", "/api/session").json["user"] == user


def test_a_user_name_may_be_typed_in_capitals_and_with_spaces(agency):
    assert api_sign_in(agency.browser(), " MAI ").status_code == 200


def test_who_is_not_signed_in_is_nobody(agency):
    answer = agency.browser().api("GET", "/api/session")
    assert (answer.status_code, answer.json["error"]["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize("hours", [-2, 2, -48])
def test_who_is_signed_in_stays_so_when_the_servers_clock_is_set(agency, monkeypatch, hours):
    browser = agency.browser()
    api_sign_in(browser, "mai")
    real, real_ns = time.time, time.time_ns
    monkeypatch.setattr(time, "time", lambda: real() + hours * 3600)
    monkeypatch.setattr(time, "time_ns", lambda: real_ns() + hours * 3600 * 10**9)
    assert browser.api("GET", "/api/session").status_code == 200
    assert 'name="csrf_token"' in browser.page("/account"), "and a form that was open can be sent"


def test_a_cookie_lasts_by_the_tablets_own_reckoning(agency):
    """By its date alone, a tablet whose clock is a month ahead would drop it at once."""
    answer = api_sign_in(agency.browser(), "mai")
    cookie = next(h for h in answer.headers.getlist("Set-Cookie") if h.startswith("meetingroom="))
    assert "Max-Age=1209600" in cookie


@pytest.mark.parametrize("username", ["mai", "nobody"])
def test_a_wrong_password_and_an_unknown_name_are_told_apart_by_nothing(agency, username):
    answer = api_sign_in(agency.browser(), username, WRONG)
    assert (answer.status_code, answer.json["error"]["code"]) == (401, "wrong_credentials")
    assert "Set-Cookie" not in answer.headers


def test_an_unknown_name_takes_as_long_as_a_known_one(agency, monkeypatch):
    asked = []
    agency.context.in_thread = lambda function, *args: asked.append(function.__name__) or function(*args)
    api_sign_in(agency.browser(), "nobody", WRONG)
    api_sign_in(agency.browser(), "mai", WRONG)
    assert asked == ["is_right", "is_right"]


def test_a_deactivated_person_does_not_sign_in(agency):
    agency.write(account_store.deactivate, agency.people["mai"])
    assert api_sign_in(agency.browser(), "mai").status_code == 401


@pytest.mark.parametrize("body", [None, [], {"username": "mai"}, {"username": 1, "password": "x"}])
def test_a_malformed_sign_in_is_refused(agency, body):
    assert agency.browser().api("POST", "/api/session", body).status_code == 400


def test_without_the_header_nothing_under_api_changes(agency):
    browser = agency.browser()
    answer = api_sign_in(browser, "mai", header=False)
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "header_missing")
    browser = agency.browser("mai")
    assert browser.api("DELETE", "/api/session", header=False).status_code == 403
    assert browser.api("GET", "/api/session").status_code == 200


def test_signing_out_makes_the_old_cookie_worthless(agency):
    browser = agency.browser("mai")
    old = cookie(browser)
    assert browser.api("DELETE", "/api/session").status_code == 200
    assert browser.api("GET", "/api/session").status_code == 401
    browser.client.set_cookie("meetingroom", old)
    assert browser.api("GET", "/api/session").status_code == 401


def test_signing_in_again_gives_a_new_token_and_ends_the_old_session(agency):
    browser = agency.browser("mai")
    old = cookie(browser)
    api_sign_in(browser, "an")
    assert cookie(browser) != old
    browser.client.set_cookie("meetingroom", old)
    assert browser.api("GET", "/api/session").status_code == 401


def test_a_token_that_was_planted_before_sign_in_is_not_kept(agency):
    browser = agency.browser()
    with browser.client.session_transaction() as planted:
        planted["sid"] = "planted by somebody else"
    api_sign_in(browser, "mai")
    with browser.client.session_transaction() as kept:
        assert kept["sid"] != "planted by somebody else"


def test_the_database_holds_no_token(agency):
    browser = agency.browser("mai")
    with browser.client.session_transaction() as kept:
        token = kept["sid"]
    rows = agency.read(sessions.list_sessions, agency.people["mai"])
    assert [row["id"] for row in rows] == [account_store.hash_token(token)]
    assert token not in str(rows)


def test_the_cookie_is_for_this_site_and_not_for_scripts(agency):
    answer = api_sign_in(agency.browser(), "mai")
    made = answer.headers["Set-Cookie"]
    assert "HttpOnly" in made
    assert "SameSite=Lax" in made
    assert "Secure" not in made


def test_an_expired_session_is_nobody(agency, monkeypatch):
    browser = agency.browser("mai")
    later = clock.now() + 15 * sessions.DAY
    monkeypatch.setattr(clock, "now", lambda: later)
    assert browser.api("GET", "/api/session").status_code == 401


def test_a_session_that_is_used_lives_on(agency, monkeypatch):
    browser, start = agency.browser("mai"), clock.now()
    for day in (10, 20, 30):
        monkeypatch.setattr(clock, "now", lambda day=day: start + day * sessions.DAY)
        assert browser.api("GET", "/api/session").status_code == 200


def test_a_thousand_requests_are_not_a_thousand_commits(agency, monkeypatch):
    browser, start = agency.browser("mai"), clock.now()
    touched = []
    monkeypatch.setattr(sessions, "renew_session", lambda *args: touched.append(args))
    for second in range(0, 280, 10):
        monkeypatch.setattr(clock, "now", lambda second=second: start + second * 1000)
        answer = browser.api("GET", "/api/session")
        assert "Set-Cookie" not in answer.headers
    assert touched == []
    monkeypatch.setattr(clock, "now", lambda: start + 301_000)
    browser.api("GET", "/api/session")
    assert len(touched) == 1


def test_six_wrong_passwords_and_the_next_must_wait(agency):
    browser = agency.browser()
    for _attempt in range(6):
        assert api_sign_in(browser, "mai", WRONG).status_code == 401
    answer = api_sign_in(browser, "mai")
    assert (answer.status_code, answer.json["error"]["code"]) == (429, "too_many_attempts")
    assert 1 <= answer.json["error"]["retry_after"] <= 61
    assert answer.headers["Retry-After"] == str(answer.json["error"]["retry_after"])


def test_who_waits_is_one_name_at_one_address(agency):
    for _attempt in range(6):
        api_sign_in(agency.browser(), "mai", WRONG)
    assert api_sign_in(agency.browser(), "mai").status_code == 429
    assert api_sign_in(agency.browser(), "an").status_code == 200
    assert api_sign_in(agency.browser(address="10.0.0.8"), "mai").status_code == 200


def test_a_right_password_forgives_the_wrong_ones(agency):
    browser = agency.browser()
    for _round in range(3):
        for _attempt in range(4):
            assert api_sign_in(browser, "mai", WRONG).status_code == 401
        assert api_sign_in(browser, "mai").status_code == 200


def test_a_whole_agency_behind_one_address_may_sign_in():
    limiter = throttle.Throttle()
    for number in range(500):
        assert limiter.wait("10.0.0.1", f"delegate{number}") == 0
        limiter.succeeded("10.0.0.1", f"delegate{number}")


def test_one_address_that_tries_many_names_is_stopped():
    limiter = throttle.Throttle()
    for number in range(40):
        assert limiter.wait("10.0.0.1", f"name{number}") == 0
        limiter.failed("10.0.0.1")
    assert limiter.wait("10.0.0.1", "another") > 0
    assert limiter.wait("10.0.0.2", "another") == 0


def test_a_hundred_attempts_at_once_are_not_a_hundred_checks():
    limiter = throttle.Throttle()
    let_through = sum(limiter.wait("10.0.0.1", "mai") == 0 for _attempt in range(100))
    assert let_through == 6


def test_of_many_names_at_once_no_more_are_checked_than_one_after_the_other(agency, monkeypatch):
    """Three hundred names at once got 189 checks instead of 40: whoever had come before the first failure went on."""
    asked = []
    monkeypatch.setattr(passwords, "is_right", lambda *args: asked.append(args) or time.sleep(0.001) or False)
    with ThreadPoolExecutor(30) as crowd:
        tried = [crowd.submit(api_sign_in, agency.browser(), f"name{number}", WRONG) for number in range(120)]
        answers = [each.result().status_code for each in tried]
    assert len(asked) == 40
    assert sorted(answers) == [401] * 40 + [429] * 80


def guess(agency, times: int, **where) -> None:
    """Somebody at the same address tries one name after the other."""
    for number in range(times):
        api_sign_in(agency.browser(**where), f"stranger{number}", WRONG)


def test_who_has_signed_in_here_before_is_not_locked_out_by_the_neighbours(agency, monkeypatch):
    mine = agency.browser()
    assert api_sign_in(mine, "mai").status_code == 200
    mine.api("DELETE", "/api/session")
    guess(agency, 45)
    assert api_sign_in(agency.browser(), "mai").status_code == 429  # a browser nobody knows waits with the others
    assert api_sign_in(mine, "mai").status_code == 200
    mine.api("DELETE", "/api/session")
    assert api_sign_in(mine, "an").status_code == 429  # who has never signed in here is a stranger here too
    for _attempt in range(6):
        assert api_sign_in(mine, "mai", WRONG).status_code == 401
    assert api_sign_in(mine, "mai").status_code == 429  # and guessing is no better from a known browser


@pytest.mark.parametrize("cookie", ["", "x", "e30.abc", '["a", ["b"]]'])
def test_a_device_that_was_made_up_is_a_strangers(agency, cookie):
    guess(agency, 45)
    browser = agency.browser()
    browser.client.set_cookie("device", cookie)
    assert api_sign_in(browser, "mai").status_code == 429


def test_every_sign_in_is_written_down(agency):
    browser = agency.browser(address="10.1.2.3")
    api_sign_in(browser, "mai", WRONG)
    api_sign_in(browser, "mai")
    browser.api("DELETE", "/api/session")
    assert agency.audit() == ["signed_out", "signed_in", "sign_in_failed"]
    assert agency.read(account_store.audit_lines)[1]["data"] == {"address": "10.1.2.3"}


def test_what_was_typed_as_an_unknown_name_is_kept_nowhere(agency):
    """It is a password more often than one thinks."""
    api_sign_in(agency.browser(), PASSWORD, PASSWORD)
    assert agency.audit() == ["sign_in_unknown"]
    assert PASSWORD not in str(agency.read(account_store.audit_lines))


# The form


def test_the_form_signs_in_and_leads_back(agency):
    browser = agency.browser()
    asked = browser.get("/account?from=tablet")
    assert asked.location == "/sign-in?next=/account%3Ffrom%3Dtablet"
    answer = browser.sign_in("mai", next="/account?from=tablet")
    assert (answer.status_code, answer.location) == (302, "/account?from=tablet")
    assert "Lý Thị Mai" in browser.page("/account")


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "/\n/x.example",
        "",
    ],
)
def test_the_form_leads_to_no_other_site(agency, target):
    assert agency.browser().sign_in("mai", next=target).location == "/"


def test_a_form_without_its_token_is_refused(agency):
    browser = agency.browser()
    answer = browser.client.post("/sign-in", data={"username": "mai", "password": PASSWORD})
    assert answer.status_code == 400
    assert browser.api("GET", "/api/session").status_code == 401


def test_a_wrong_password_keeps_the_name_and_not_the_password(agency):
    answer = agency.browser().sign_in("mai", WRONG)
    assert answer.status_code == 401
    assert 'value="mai"' in answer.text
    assert "not right" in answer.text
    assert WRONG not in answer.text


def test_the_form_says_how_long_to_wait(agency):
    browser = agency.browser()
    for _attempt in range(6):
        browser.sign_in("mai", WRONG)
    answer = browser.sign_in("mai")
    assert answer.status_code == 429
    assert "You can try again in" in answer.text


def test_who_is_signed_in_sees_no_form(agency):
    assert agency.browser("mai").get("/sign-in").location == "/"


def test_signing_out_by_the_button(agency):
    browser = agency.browser("mai")
    assert browser.send("/sign-out").location == "/sign-in"
    assert browser.get("/account").status_code == 302


def test_a_stranger_chooses_a_language_and_keeps_it_after_signing_in(agency):
    browser = agency.browser()
    assert browser.send("/language", at="/sign-in", language="vi", next="/sign-in").location == "/sign-in"
    assert "Tên đăng nhập" in browser.page("/sign-in")
    browser.sign_in("mai")
    assert "Tài khoản của tôi" in browser.page("/account")


def test_the_language_of_a_person_follows_them_to_another_tablet(agency):
    agency.browser("mai").send("/language", language="vi", next="/")
    assert agency.user("mai")["language"] == "vi"
    assert "Tài khoản của tôi" in agency.browser("mai").page("/account")


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_lock_is_as_long_as_it_is_said_whatever_is_done_to_the_servers_clock(monkeypatch, hours):
    now = 1000.0
    monkeypatch.setattr(clock, "steady", lambda: round(now * 1000))
    limits = throttle.Throttle()
    while not (wait := limits.wait("10.0.0.7", "mai")):
        now += 0.1
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + hours * 3600)
    assert limits.wait("10.0.0.7", "mai") == pytest.approx(wait, abs=1)
    now += wait + 1
    assert limits.wait("10.0.0.7", "mai") == 0


def test_after_signing_out_the_browser_forgets_pages_and_pictures_and_nothing_else(agency):
    """Neither what is typed and not sent nor the cookies by which the device is known."""
    by_form = agency.browser("mai").send("/sign-out")
    by_api = agency.browser("mai").api("DELETE", "/api/session")
    assert by_form.headers["Clear-Site-Data"] == by_api.headers["Clear-Site-Data"] == '"cache"'
