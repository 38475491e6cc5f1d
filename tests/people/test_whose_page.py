"""A request says for whom it is meant; when somebody else has signed in since, nothing is done."""

import pytest

MEETING = {
    "title": "Giao ban",
    "kind": "conference",
    "starts_at": "2026-12-16T08:00",
    "ends_at": "2026-12-16T11:00",
    "secrecy": "none",
}
AS = "X-Meetingroom-As"


def sends(browser, method, path, meant, json=None):
    headers = {"X-Meetingroom": "1", AS: meant}
    return browser.client.open(path, method=method, json=json, headers=headers)


def test_a_request_for_who_is_signed_in_is_done_and_one_without_a_name_as_before(agency):
    browser = agency.browser("mai")
    assert sends(browser, "GET", "/api/session", agency.people["mai"]).status_code == 200
    assert browser.api("GET", "/api/session").status_code == 200


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_a_request_for_another_person_does_nothing_and_says_who_is_signed_in(agency, method):
    browser = agency.browser("mai")
    answer = sends(browser, method, "/api/session", agency.people["an"], json={"text_size": 150})
    assert answer.status_code == 409
    assert answer.json["error"]["code"] == "another_person"
    assert answer.json["error"]["signed_in"] == {"id": agency.people["mai"], "name": "Lý Thị Mai"}
    user = browser.api("GET", "/api/session").json["user"]
    assert (user["username"], user["text_size"]) == ("mai", 100)


def test_a_request_for_somebody_when_nobody_is_signed_in_is_told_so(agency):
    answer = sends(agency.browser(), "GET", "/api/session", agency.people["an"])
    assert (answer.status_code, answer.json["error"]["code"]) == (401, "not_signed_in")


def test_a_vote_meant_for_one_is_never_the_other_s(agency):
    browser = agency.browser("mai")
    made = browser.api("POST", "/api/meetings", MEETING)
    meeting = made.json["id"]
    body = {"id": "one", "name": "add_item", "args": {"title": "Nội dung"}}
    answer = sends(browser, "POST", f"/api/meetings/{meeting}/commands", agency.people["an"], json=body)
    assert answer.json["error"]["code"] == "another_person"
    done = sends(browser, "POST", f"/api/meetings/{meeting}/commands", agency.people["mai"], json=body)
    assert done.status_code == 200, "and the same id is still free"


def test_a_form_of_another_person_is_not_taken(agency):
    browser = agency.browser("mai")
    sent = {"as": agency.people["an"], "language": "vi", "csrf_token": browser.token("/account")}
    answer = browser.client.post("/account/settings", data=sent)
    assert answer.status_code == 409
    assert "Lý Thị Mai" in answer.text
    assert browser.client.post("/account/settings", data=sent | {"as": agency.people["mai"]}).status_code == 302


def test_every_form_says_whose_it_is(agency):
    page = agency.browser("mai").page("/account")
    assert page.count('name="csrf_token"') == page.count(f'name="as" value="{agency.people["mai"]}"') > 1


def test_every_answer_of_the_server_has_its_mark(agency):
    browser = agency.browser("mai")
    for path in ("/", "/api/session", "/healthz", "/api/none", "/none"):
        assert browser.get(path).headers["X-Meetingroom"] == "1"
