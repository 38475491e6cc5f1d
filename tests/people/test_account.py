"""My own account: password, language, size of text, devices."""

import pytest

from meetingroom.auth import account_store, sessions
from tests.people.conftest import PASSWORD

NEW = "mot cau khac de nho"


def change(browser, old=PASSWORD, new=NEW, again=None):
    return browser.send("/account/password", old=old, password=new, again=new if again is None else again)


def signed_in(browser):
    return browser.api("GET", "/api/session").status_code == 200


def test_a_new_password_opens_and_the_old_one_does_not(agency):
    browser = agency.browser("mai")
    assert change(browser).status_code == 302
    assert agency.browser().sign_in("mai", NEW).status_code == 302
    assert agency.browser().sign_in("mai", PASSWORD).status_code == 401


def test_a_new_password_signs_the_other_devices_out_and_this_one_anew(agency):
    here, there = agency.browser("mai"), agency.browser("mai")
    old = here.client.get_cookie("meetingroom").value
    change(here)
    assert signed_in(here)
    assert not signed_in(there)
    assert agency.dismissed == [agency.people["mai"]]
    here.client.set_cookie("meetingroom", old)
    assert not signed_in(here)


@pytest.mark.parametrize(
    ("kept", "reason"),
    [
        ({"old": "wrong old one"}, "The current password is not right."),
        ({"new": "short"}, "at least 8 characters"),
        ({"again": "something else"}, "The two passwords are not the same."),
        ({"new": PASSWORD}, "must differ from the old one"),
    ],
)
def test_a_new_password_is_refused_with_the_reason(agency, kept, reason):
    browser = agency.browser("mai")
    answer = change(browser, **kept)
    assert answer.status_code == 422
    assert reason in answer.text
    assert agency.browser().sign_in("mai").status_code == 302


def test_the_old_password_cannot_be_guessed_at_somebody_elses_tablet(agency):
    browser = agency.browser("mai")
    for _attempt in range(6):
        change(browser, old="guessed again")
    assert change(browser, old=PASSWORD).status_code == 422


def test_with_a_temporary_password_one_gets_no_further_than_the_new_one(agency):
    agency.add("newcomer", "Phan Văn Nam", must_change=True)
    browser = agency.browser()
    assert browser.sign_in("newcomer").location == "/account/password"
    assert browser.get("/").location == "/account/password"
    refused = browser.api("GET", "/api/meetings")
    assert (refused.status_code, refused.json["error"]["code"]) == (403, "password_must_change")
    assert browser.api("GET", "/api/session").json["user"]["must_change"] is True
    answer = browser.send("/account/password", password=NEW, again=NEW)
    assert (answer.status_code, answer.location) == (302, "/")
    assert browser.get("/").status_code == 200


def test_a_temporary_password_is_not_kept_as_the_new_one(agency):
    agency.add("newcomer", "Phan Văn Nam", must_change=True)
    browser = agency.browser()
    browser.sign_in("newcomer")
    assert browser.send("/account/password", password=PASSWORD, again=PASSWORD).status_code == 422


def test_who_came_by_a_link_and_never_had_a_password_needs_no_old_one(agency):
    agency.add("linked", "Đỗ Văn Ích", hashed="")
    browser = agency.browser()
    link = agency.write(account_store.make_sign_in_link, agency.people["linked"])
    browser.send(link, at=link)
    assert "Current password" not in browser.page("/account/password")
    assert browser.send("/account/password", password=NEW, again=NEW).status_code == 302
    assert agency.browser().sign_in("linked", NEW).status_code == 302


def test_language_and_size_are_kept(agency):
    browser = agency.browser("mai")
    browser.send("/account/settings", language="vi", text_size="130")
    assert (agency.user("mai")["language"], agency.user("mai")["text_size"]) == ("vi", 130)
    page = browser.page("/account")
    assert 'lang="vi"' in page
    assert 'data-text="130"' in page


def test_a_screen_keeps_the_size_of_text_by_the_api(agency):
    browser = agency.browser("mai")
    assert browser.api("PATCH", "/api/session", {"text_size": 150}).json["user"]["text_size"] == 150
    for nonsense in ({"text_size": 7}, {"text_size": "x"}, {"language": "xx"}, {"role": "admin"}):
        assert browser.api("PATCH", "/api/session", nonsense).status_code == 200
    assert (agency.user("mai")["text_size"], agency.user("mai")["role"]) == (150, "organiser")
    assert agency.browser().api("PATCH", "/api/session", {"text_size": 150}).status_code == 401


def test_a_stranger_has_larger_text_too(agency):
    browser = agency.browser()
    assert browser.send("/account/settings", at="/sign-in", text_size="115", next="/sign-in").location == "/sign-in"
    assert 'data-text="115"' in browser.page("/sign-in")


def test_the_devices_are_listed_and_can_be_signed_out(agency):
    here, there = agency.browser("mai"), agency.browser("mai", address="10.9.9.9")
    assert "10.9.9.9" in here.page("/account")
    rows = agency.read(sessions.list_sessions, agency.people["mai"])
    [other] = [row["id"] for row in rows if row["address"] == "10.9.9.9"]
    here.send("/account/sessions/end", session=other)
    assert signed_in(here)
    assert not signed_in(there)


def test_all_other_devices_at_once(agency):
    here, others = agency.browser("mai"), [agency.browser("mai"), agency.browser("mai")]
    here.send("/account/sessions/end")
    assert signed_in(here)
    assert not any(map(signed_in, others))
    assert "sessions_ended" in agency.audit()


def test_nobody_ends_somebody_elses_session(agency):
    mine, theirs = agency.browser("mai"), agency.browser("an")
    [row] = agency.read(sessions.list_sessions, agency.people["an"])
    mine.send("/account/sessions/end", session=row["id"])
    assert signed_in(theirs)
