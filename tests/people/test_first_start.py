"""The guided start over HTTP: people as typed lines, a first meeting, into the room; interrupted, repeated, left."""

import re
from html import unescape

import pytest

from meetingroom import log
from meetingroom.auth import account_store, first_store
from meetingroom.commands import do
from meetingroom.meeting.kernel import Refused
from meetingroom.people import roster
from tests.people.conftest import Browser
from tests.people.test_links import GOOD, first_visit

MEETING = {"secrecy": "none", "title": "Họp giao ban", "chair": "", "secretary": "", "invite": True}
LINES = "Nguyễn Văn An, Viện trưởng\n2. Lý Thị Mai; Chuyên viên; Văn phòng\n\n- Hoàng Văn Em\n"


@pytest.fixture
def founder(empty_app):
    browser, code = first_visit(empty_app)
    assert browser.send("/first", {**GOOD, "code": code}, at="/first").location == "/start"
    browser.app = empty_app
    browser.context = empty_app.extensions["meetingroom"]
    return browser


def fields(page: str) -> dict[str, str]:
    """What the form of the preview carries."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found if name != "csrf_token"} | {
        "take": re.findall(r'name="take" value="(\d+)"[^>]* checked', page),
        "new_unit": re.findall(r'name="new_unit" value="([^"]+)" checked', page),
    }


def import_lines(founder, lines=LINES):
    preview = founder.send("/admin/import", {"lines": lines, "back": "/start"}, at="/start/people")
    assert preview.status_code == 200
    return fields(preview.text)


def people(founder) -> list[str]:
    with founder.context.pool.lend() as db:
        return sorted(person["name"] for person in account_store.list_users(db))


def meetings(founder) -> list[dict]:
    return founder.api("GET", "/api/meetings").json


def state(founder, key):
    return log.state(founder.context.pool, key)


def make(founder, **changes):
    return founder.api("POST", "/api/start/meeting", {**MEETING, **changes})


def test_typed_lines_become_people_with_slips(founder):
    assert founder.get("/start").location == "/start/people"
    sent = import_lines(founder)
    assert sent["take"] == ["1", "2", "4"]
    assert sent["new_unit"] == ["Văn phòng"], "on the first day every unit is new"
    slips = founder.send("/admin/import/accounts", sent, at="/start/people")
    assert slips.status_code == 200
    assert slips.text.count("Temporary password") == 3
    assert 'href="/start"' in slips.text
    assert people(founder) == ["Bùi Thị Hạnh", "Hoàng Văn Em", "Lý Thị Mai", "Nguyễn Văn An"]
    with founder.context.pool.lend() as db:
        units = {person["name"]: person["unit_name"] for person in account_store.list_users(db)}
    assert units["Lý Thị Mai"] == "Văn phòng"
    assert units["Hoàng Văn Em"] == "VKSND tỉnh Lạc Giang"
    assert founder.get("/start").location == "/start/meeting"


def test_a_list_that_is_sent_again_makes_nobody_twice(founder):
    sent = import_lines(founder)
    founder.send("/admin/import/accounts", sent, at="/start/people")
    again = founder.send("/admin/import/accounts", sent, at="/start/people")
    assert again.location == "/start"
    assert "imported already" in founder.page("/start/people")
    assert len(people(founder)) == 4
    assert import_lines(founder)["take"] == [], "the same names typed once more are doubtful"


def test_lines_as_people_type_and_paste_them():
    rows = roster.lines_of("STT\tHọ và tên\tChức vụ\n1\tNguyễn Văn An\tViện trưởng\n2\tLý Thị Mai\t", "Cơ quan")
    assert [(r.values["name"], r.values["title"], r.values["unit"]) for r in rows] == [
        ("Nguyễn Văn An", "Viện trưởng", "Cơ quan"),
        ("Lý Thị Mai", "", "Cơ quan"),
    ]
    rows = roster.lines_of(
        "1\tNguyễn Văn An\tViện trưởng\n1. Trần Bình – Kế toán\n* Ngô Chi, , Phòng 1\n---\n12345", after=10
    )
    assert [(r.line, r.values["name"], r.values["title"], r.values["unit"]) for r in rows] == [
        (11, "Nguyễn Văn An", "Viện trưởng", ""),
        (12, "Trần Bình", "Kế toán", ""),
        (13, "Ngô Chi", "", "Phòng 1"),
    ]
    assert roster.lines_of(" \n ") == []


def test_nobody_named_is_told_on_the_page_itself(founder):
    answer = founder.send("/admin/import", {"lines": " \n", "back": "/start"}, at="/start/people")
    assert answer.location == "/start"
    assert "Type a name a line" in founder.page("/start/people")


def test_a_list_does_not_lead_to_another_site(founder):
    sent = import_lines(founder) | {"back": "//evil.example/"}
    slips = founder.send("/admin/import/accounts", sent, at="/start/people")
    assert "evil.example" not in slips.text
    assert 'href="/admin/people"' in slips.text


def test_people_may_come_later_and_that_is_remembered(founder):
    assert founder.send("/start/people", at="/start/people").location == "/start"
    assert founder.get("/start").location == "/start/meeting"
    assert "step 3 of 3" in founder.page("/")


def test_secrecy_is_asked_and_not_assumed(founder):
    answer = make(founder, secrecy="")
    assert answer.status_code == 422
    assert "secrecy" in answer.json["error"]["fields"]
    page = founder.page("/start/meeting")
    assert page.count('name="secrecy"') == 3
    assert "checked" not in page.split('name="secrecy"', 1)[1].split("</fieldset>")[0]


def test_a_meeting_without_title_or_with_strangers_is_not_made(founder):
    for wrong in ({"title": " "}, {"chair": "nobody"}, {"secretary": "nobody"}, {"title": "x" * 501}):
        answer = make(founder, **wrong)
        assert (answer.status_code, list(answer.json["error"]["fields"])) == (422, list(wrong))
    for body in ({"secrecy": 1, "title": []}, {}, {"secrecy": "none"}):
        assert founder.api("POST", "/api/start/meeting", body).status_code == 422
    assert meetings(founder) == []


def test_the_first_meeting_is_made_once_and_opened_by_its_maker(founder):
    first = make(founder)
    assert first.status_code == 201
    assert first.json["chairs"] is True
    again = make(founder, title="Another tab", chair="")
    assert (again.json["meeting"], again.json["item"]) == (first.json["meeting"], first.json["item"])
    assert [m["title"] for m in meetings(founder)] == ["Họp giao ban"]
    key = first.json["meeting"]
    assert "Họp giao ban" in founder.page("/start/meeting"), "after a reload it goes on with the paper"
    assert founder.send("/start/room", at="/start/meeting").location == "/start/meeting"
    assert state(founder, key).meeting.status == "draft", "not without its paper, unless asked"
    answer = founder.send("/start/room", {"without": "yes"}, at="/start/meeting")
    assert answer.location == f"/meetings/{key}/room"
    assert state(founder, key).meeting.status == "live"
    assert founder.get("/start").location == "/"
    assert "First start" not in founder.page("/")
    assert founder.send("/start/room", {"without": "yes"}, at="/").location == "/start", "the button pressed twice"


def test_a_server_killed_half_way_makes_no_second_meeting(founder, monkeypatch):
    real = log.handle

    def dies(pool, meeting, command, actor, name):
        if name == "first-item":
            raise OSError("the power went")
        return real(pool, meeting, command, actor, name)

    monkeypatch.setattr(log, "handle", dies)
    assert make(founder).status_code >= 500
    monkeypatch.setattr(log, "handle", real)
    founder.page("/start/meeting")
    answer = make(founder)
    assert answer.status_code == 201
    assert len(meetings(founder)) == 1
    assert len(state(founder, answer.json["meeting"]).agenda.order) == 1


def test_what_the_rules_refuse_can_be_mended(founder, monkeypatch):
    real = do.create_meeting

    def refuses(*args):
        raise Refused("too_long", field="title")

    monkeypatch.setattr(do, "create_meeting", refuses)
    with founder.context.pool.lend() as db:
        user = account_store.find_by_username(db, "hanhbt")["id"]
        before = first_store.find_guide(db, user)["request"]
    assert make(founder).status_code == 422
    monkeypatch.setattr(do, "create_meeting", real)
    with founder.context.pool.lend() as db:
        assert first_store.find_guide(db, user)["request"] != before
    assert make(founder).status_code == 201


def test_others_are_invited_and_another_chairs(founder):
    founder.send("/admin/import/accounts", import_lines(founder), at="/start/people")
    with founder.context.pool.lend() as db:
        an, mai = (account_store.find_by_username(db, name)["id"] for name in ("annv", "mailt"))
    assert list(make(founder, chair=an, secretary=an).json["error"]["fields"]) == ["secretary"]
    answer = make(founder, chair=an, secretary=mai)
    assert answer.json["chairs"] is False
    key = answer.json["meeting"]
    roll = state(founder, key).roll
    assert next(roll.people[who].name for who in roll.order) == "Nguyễn Văn An", "not who made the meeting"
    roles = {person.name: person.role for person in roll.people.values()}
    assert roles == {
        "Bùi Thị Hạnh": "organiser",
        "Nguyễn Văn An": "chair",
        "Lý Thị Mai": "secretary",
        "Hoàng Văn Em": "delegate",
    }
    answer = founder.send("/start/room", {"without": "yes"}, at="/start/meeting")
    assert answer.location == f"/meetings/{key}"
    assert state(founder, key).meeting.status == "published", "the chair opens it"


@pytest.mark.parametrize("answer", ["secret", "unsure"])
def test_a_secret_meeting_is_a_neutral_shell(founder, answer):
    made = make(founder, secrecy=answer, title="")
    assert made.json["shell"] is True
    now = state(founder, made.json["meeting"])
    assert (now.meeting.title, now.agenda.order, now.meeting.secrecy) == ("", (), answer)
    assert founder.get("/start").location == "/"


def test_the_guide_can_be_left_and_never_comes_back(founder):
    assert "First start: step 2 of 3" in founder.page("/")
    assert founder.send("/start/leave", at="/").location == "/"
    assert "First start" not in founder.page("/")
    for path in ("/start", "/start/people", "/start/meeting"):
        assert founder.get(path).location == "/"
    assert make(founder).status_code == 404
    founder.send("/start/people", at="/")
    assert founder.get("/start").location == "/"


def test_the_guide_is_its_founders_alone(agency):
    for username in ("admin", "mai", "an"):
        browser = agency.browser(username)
        assert "First start" not in browser.page("/")
        assert browser.get("/start").status_code == (302 if username != "an" else 403)
        assert browser.api("POST", "/api/start/meeting", MEETING).status_code == (404 if username != "an" else 403)


def test_strangers_and_foreign_pages_start_nothing(founder):
    stranger = Browser(founder.app)
    for path in ("/start", "/start/people", "/start/meeting"):
        assert stranger.get(path).location.startswith("/sign-in")
    assert stranger.api("POST", "/api/start/meeting", MEETING).status_code == 401
    assert founder.api("POST", "/api/start/meeting", MEETING, header=False).status_code == 403
    for path in ("/start/people", "/start/room", "/start/leave"):
        assert founder.client.post(path).status_code == 400
