"""A draft is the staff's alone: whoever is only going to be invited learns nothing, by whatever road."""

import re

import pytest

from meetingroom.live import socket
from meetingroom.meeting.roles import ROLES, STAFF

SECRETS = ("Kiểm điểm cán bộ", "P.301", "Nguyễn Văn An", "Hoàng Văn Em")


def draft(desk, role: str, called_off: bool = False) -> str:
    """A draft `lan` is entered in with a role."""
    desk.meeting("m1", "Kiểm điểm cán bộ", days=1, place="P.301")
    if role == "chair":
        desk.does("m1", "mai", "organiser", "change_role", person=desk.people["an"], role="cochair")
    desk.does("m1", "mai", "organiser", "invite", person=desk.people["lan"], role=role)
    if called_off:
        desk.does("m1", "mai", "organiser", "cancel_meeting", reason="Chưa cần")
    return "m1"


def roads(app):
    """(method, address with {meeting}) of every route of a meeting."""
    for rule in app.url_map.iter_rules():
        if "<meeting>" in rule.rule:
            address = re.sub(r"<int:\w+>", "1", rule.rule).replace("<meeting>", "{meeting}")
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield method, re.sub(r"<[^>]+>", "x", address)


def said(browser, method: str, address: str, meeting: str) -> tuple[int, str]:
    address = address.format(meeting=meeting)
    brought: dict = {}
    if method == "POST" and not address.startswith("/api/"):
        brought = {"data": {"csrf_token": browser.token("/account")}}
    elif method != "GET":
        brought = {"json": {"id": "1", "name": "check_in", "args": {"mode": "onsite"}}}
    answer = browser.client.open(address, method=method, headers={"X-Meetingroom": "1"}, **brought)
    main = answer.text.partition("<main")[2] or answer.text
    return answer.status_code, main.replace(meeting, "?")


@pytest.mark.parametrize("called_off", [False, True], ids=["in preparation", "called off"])
@pytest.mark.parametrize("role", sorted(ROLES - STAFF))
def test_a_draft_does_not_exist_for_those_who_are_going_to_be_invited(desk, role, called_off):
    key = draft(desk, role, called_off)
    lan = desk.browser("lan")
    for method, address in roads(desk.app):
        status, words = said(lan, method, address, key)
        assert status in (401, 403, 404, 400, 422), (method, address, status)
        assert (status, words) == said(lan, method, address, "m9"), (method, address)
        assert not any(secret in words for secret in SECRETS), (method, address)
    assert lan.api("GET", "/api/meetings").json == []
    for page in ("/", "/?q=kiểm+điểm", "/?past=all"):
        assert not any(secret in lan.page(page) for secret in SECRETS[:2])


@pytest.mark.parametrize("role", sorted(STAFF))
def test_its_staff_see_a_draft_as_ever(desk, role):
    key = draft(desk, role)
    lan = desk.browser("lan")
    for address in (f"/meetings/{key}", f"/meetings/{key}/room", f"/api/meetings/{key}", f"/api/meetings/{key}/me"):
        assert lan.get(address).status_code == 200, address
    assert [m["title"] for m in lan.api("GET", "/api/meetings").json] == [SECRETS[0]]


@pytest.mark.parametrize("called_off", [False, True], ids=["in preparation", "called off"])
@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_draft_is_joined_by_its_staff_alone(desk, role, called_off):
    key = draft(desk, role, called_off)
    lan = desk.browser("lan")
    wire = socket.socketio.test_client(desk.app, flask_test_client=lan.client)
    answer = wire.emit("join", {"meeting": key}, callback=True)
    nothing = wire.emit("join", {"meeting": "m9"}, callback=True)
    wire.disconnect()
    assert ("error" in str(answer)) == (role not in STAFF), answer
    if role not in STAFF:
        assert answer == nothing


def test_a_meeting_that_was_announced_and_called_off_is_still_told(desk):
    key = desk.published("m1", "Họp giao ban", days=1)
    desk.does(key, "mai", "organiser", "cancel_meeting", reason="Bão")
    assert desk.browser("em").get(f"/meetings/{key}").status_code == 200
    assert [m["status"] for m in desk.browser("em").api("GET", "/api/meetings").json] == ["cancelled"]
